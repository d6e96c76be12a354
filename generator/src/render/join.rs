//! Joins what prettyplease broke at its own width and what fits into ours, as rustfmt would write it.
//!
//! In: lines of formatted Rust. Out: the same tokens on fewer lines. It looks at brackets at the ends of lines and at
//! chains of methods, never inside of a line.

/// Width of a line, as in the `rustfmt.toml` of the workspace.
pub(super) const WIDTH: usize = 110;

/// Adds a line, joining it with those before it where that is possible.
pub(super) fn push(out: &mut Vec<String>, line: String) {
    let text = line.trim_start();
    if !text.starts_with('.') {
        chain(out, &line);
    }
    let closes = text.starts_with([')', ']', '}', '>']);
    out.push(line);
    if closes {
        group(out);
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_remark(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("#[")
}

/// Joins the chain that ends before `next`: a line, and lines below it that start with a dot.
fn chain(out: &mut Vec<String>, next: &str) {
    let links = out.iter().rev().take_while(|line| line.trim_start().starts_with('.')).count();
    if links == 0 || links == out.len() {
        return;
    }
    let base = out.len() - links - 1;
    let depth = indent(&out[base]);
    let is_whole = out[base + 1..].iter().all(|line| indent(line) == depth + 4) && indent(next) <= depth;
    if !is_whole || is_remark(&out[base]) {
        return;
    }
    let joined: String = out[base..]
        .iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { line } else { line.trim_start() })
        .collect();
    if joined.len() <= WIDTH {
        out.truncate(base);
        out.push(joined);
    }
}

/// Joins the brackets that the last line closes.
fn group(out: &mut Vec<String>) {
    let Some(close) = out.last() else { return };
    let depth = indent(close);
    let close = close.trim_start();
    let Some(open) = out[..out.len() - 1].iter().rposition(|line| indent(line) <= depth && !line.is_empty())
    else {
        return;
    };
    let head = out[open].as_str();
    if indent(head) != depth || is_remark(head) || !opens(head, close) {
        return;
    }
    let inside = &out[open + 1..out.len() - 1];
    if let Some(hung) = hung(head, inside, depth, close) {
        out.truncate(open);
        out.extend(hung);
        return;
    }
    let is_flat = inside.iter().all(|line| indent(line) == depth + 4 && !is_remark(line));
    let is_list = inside.split_last().is_some_and(|(last, others)| {
        others.iter().all(|line| line.ends_with(',')) && (last.ends_with(',') || close.starts_with(')'))
    });
    if !is_flat || !is_list {
        return;
    }
    let room = if close.starts_with('}') { " " } else { "" };
    let inside: Vec<&str> = inside.iter().map(|line| line.trim_start()).collect();
    let inside = inside.join(" ");
    let joined = format!("{head}{room}{}{room}{close}", inside.strip_suffix(',').unwrap_or(&inside));
    if joined.len() <= WIDTH {
        out.truncate(open);
        out.push(joined);
    }
}

/// A chain in the brackets of a name as short as an indentation hangs from that name: rustfmt's way with `Get(…)`.
fn hung(head: &str, inside: &[String], depth: usize, close: &str) -> Option<Vec<String>> {
    let (first, links) = inside.split_first()?;
    let is_short = head.len() - depth <= 4 && head.ends_with('(');
    let is_chain = !links.is_empty() && indent(first) == depth + 4;
    if !is_short
        || !is_chain
        || !links.iter().all(|link| indent(link) == depth + 8 && link[depth + 8..].starts_with('.'))
    {
        return None;
    }
    let mut out = vec![format!("{head}{}", first.trim_start())];
    out.extend(links.iter().map(|link| link[4..].to_owned()));
    let last = out.last_mut()?;
    *last = format!("{}{close}", last.strip_suffix(',').unwrap_or(last));
    Some(out)
}

/// Whether `close` closes what `head` opens, and the two may stand on one line: arguments, lists, and the fields of a
/// value, but no body and no definition.
fn opens(head: &str, close: &str) -> bool {
    let Some(before) = head.strip_suffix(['(', '[', '{', '<']) else { return false };
    let bracket = &head[before.len()..];
    match (bracket, &close[..1]) {
        // Not the one of a tuple, whose last comma matters.
        ("(", ")") => before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '>')),
        ("[", "]") | ("<", ">") => true,
        ("{", "}") => {
            let name = before.trim_end().rsplit([' ', '(']).next().unwrap_or_default();
            let item = before.trim_start();
            let is_item =
                ["pub struct ", "pub enum ", "impl", "pub fn ", "fn ", "pub mod ", "struct ", "enum "];
            name.starts_with(|c: char| c.is_alphabetic())
                && !is_item.iter().any(|word| item.starts_with(word))
        }
        _ => false,
    }
}
