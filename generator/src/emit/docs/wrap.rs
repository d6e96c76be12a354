//! Lines of a paragraph: where one may begin, and how long it gets.

/// Text is broken into lines of about this many bytes.
pub(super) const WIDTH: usize = 100;

/// Whether a line that begins with this text could begin a block. `first`: whether it is the first line of its paragraph.
pub(super) fn starts_block(line: &str, first: bool) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    let all = |of: &str| word.chars().all(|c| of.contains(c));
    match word.as_bytes().first() {
        None => false,
        Some(b'#') => all("#"),
        Some(b'>' | b'|') => true,
        // Markers of lists, rules, underlines of headings, rulers of tables.
        Some(b'-' | b':') => all("-:|") || word == "-",
        Some(b'+') => word == "+",
        Some(b'*') => all("*"),
        Some(b'_') => all("_"),
        Some(b'=') => all("="),
        Some(b'~') => word.starts_with("~~~"),
        // A span of code ends on its line, and so is no fence.
        Some(b'0'..=b'9') => {
            let digits = word.trim_end_matches(['.', ')']);
            word.len() == digits.len() + 1
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && (first || digits.parse() == Ok(1_u32))
        }
        Some(_) => false,
    }
}

/// The line, written so that it begins no block.
pub(super) fn escaped(line: &str, first: bool) -> String {
    if !starts_block(line, first) {
        return line.to_owned();
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut out = line[..line.len() - digits.len()].to_owned();
    let kind = digits.chars().next().unwrap_or_default();
    let rest = digits.trim_start_matches(kind);
    // All of a run, or the rest of it would be a delimiter.
    for c in digits[..digits.len() - rest.len()].chars() {
        out.extend(['\\', c]);
    }
    out.push_str(rest);
    out
}

/// Breaks a line of text at spaces outside of code, where the rest begins no block.
pub(super) fn wrap(line: &str, width: usize, out: &mut Vec<String>) {
    let bytes = line.as_bytes();
    // Where the line begins that is being filled, and the last space at which it may end.
    let (mut start, mut end) = (0, None);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => {
                at = code_end(line, at);
                continue;
            }
            b' ' if at > start => {
                if at - start > width
                    && let Some(space) = end.take()
                {
                    out.push(line[start..space].trim_end().to_owned());
                    start = space + 1;
                }
                if bytes.get(at + 1).is_some_and(|next| *next != b' ') && !starts_block(&line[at + 1..], true)
                {
                    if at - start > width {
                        out.push(line[start..at].trim_end().to_owned());
                        start = at + 1;
                    } else {
                        end = Some(at);
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    if line.len() - start > width
        && let Some(space) = end
    {
        out.push(line[start..space].trim_end().to_owned());
        start = space + 1;
    }
    out.push(line[start..].to_owned());
}

/// Where the code span ends that begins at `at`; the end of its backticks if it is none.
fn code_end(line: &str, at: usize) -> usize {
    let bytes = line.as_bytes();
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let length = run(at);
    let mut next = at + length;
    while let Some(found) = line[next..].find('`') {
        next += found;
        let other = run(next);
        next += other;
        if other == length {
            return next;
        }
    }
    at + length
}
