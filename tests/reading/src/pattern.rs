//! Strings that fit a regular expression.
//!
//! In: a pattern and a source of choices. Out: a string, or nothing where the pattern says more than a generator can follow
//! (look-around); the judge has the last word anyway.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A string for this pattern: short when `fill` is false. `None` when the pattern cannot be read.
pub fn string(pattern: &str, fill: bool, choose: &mut dyn FnMut(usize) -> usize) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new().build().parse(&without_look_around(pattern)).ok()?;
    let mut out = String::new();
    write(&hir, fill, choose, &mut out)?;
    Some(out)
}

/// The pattern without its look-around groups, which the parser refuses. What they demand is left to luck and to the judge.
fn without_look_around(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        if ["(?!", "(?=", "(?<!", "(?<="].iter().any(|open| rest.starts_with(open)) {
            rest = &rest[group(rest)..];
            continue;
        }
        // An escaped bracket opens nothing.
        let taken =
            if next == '\\' { rest.chars().take(2).map(char::len_utf8).sum() } else { next.len_utf8() };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// Length of the group that a text begins with.
fn group(text: &str) -> usize {
    let (mut depth, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn write(hir: &Hir, fill: bool, choose: &mut dyn FnMut(usize) -> usize, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let chars = readable(&class.ranges().iter().map(|r| (r.start(), r.end())).collect::<Vec<_>>());
            out.push(*chars.get(choose(chars.len()))?);
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges: Vec<_> =
                class.ranges().iter().map(|r| (char::from(r.start()), char::from(r.end()))).collect();
            let chars = readable(&ranges);
            out.push(*chars.get(choose(chars.len()))?);
        }
        HirKind::Repetition(repeat) => {
            let most = repeat.max.unwrap_or(repeat.min.saturating_add(8)).min(repeat.min.saturating_add(8));
            let spare = (most - repeat.min) as usize;
            let count = repeat.min as usize + if fill { choose(spare + 1) } else { 0 };
            for _ in 0..count.min(5_000) {
                write(&repeat.sub, fill, choose, out)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, fill, choose, out)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, fill, choose, out))?,
        HirKind::Alternation(branches) => write(branches.get(choose(branches.len()))?, fill, choose, out)?,
    }
    Some(())
}

/// Some characters of a class: letters and digits where there are any, else what can be printed, else whatever is first.
fn readable(ranges: &[(char, char)]) -> Vec<char> {
    let members = |wanted: fn(char) -> bool| -> Vec<char> {
        ranges.iter().flat_map(|(a, b)| (*a..=*b).take(200)).filter(|c| wanted(*c)).take(64).collect()
    };
    let plain = members(|c| c.is_ascii_alphanumeric());
    if !plain.is_empty() {
        return plain;
    }
    // A large class (`.`) begins with control characters: look for a letter in it by hand.
    let letters: Vec<char> = ('a'..='z').filter(|c| ranges.iter().any(|(a, b)| a <= c && c <= b)).collect();
    if !letters.is_empty() {
        return letters;
    }
    let printed = members(|c| !c.is_control());
    if printed.is_empty() { members(|_| true) } else { printed }
}
