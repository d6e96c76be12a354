//! Identifiers, messages and reports use the words of the field, not those that this code base once made up.

use super::{assert_none, sources};
use std::path::Path;
use tests::checkout;

/// Words that no identifier contains, with better ones.
const IDENTIFIERS: [(&str, &str); 25] = [
    ("answer", "response (HTTP), reply (a program)"),
    ("answers", "responses (HTTP), replies (a program)"),
    ("aside", "stashed, side table"),
    ("brought", "inserted, provenance"),
    ("burnt", "reserved"),
    ("census", "untyped report"),
    ("conj", "conjunction"),
    ("deed", "edit kind"),
    ("encryption", "TLS"),
    ("evolve", "forward compatibility"),
    ("granted", "assigned"),
    ("knot", "recursive alias"),
    ("leftover", "legacy, stale"),
    ("mend", "recover (syntax), repair (a violation)"),
    ("mended", "recovered, repaired"),
    ("misfit", "violation, repair, mismatch"),
    ("misfits", "violations, mismatches"),
    ("onward", "transitive"),
    ("planted", "inserted, mutated"),
    ("rigour", "strictness"),
    ("slip", "syntax error"),
    ("slips", "syntax errors"),
    ("spot", "location"),
    ("versus", "build time"),
    ("wish", "candidate name"),
];

/// Folders and files that still have such identifiers. Nothing is ever added here.
const NOT_YET: [&str; 7] = [
    "generator/benches",
    "generator/runtime",
    "tests/benches",
    "tests/it",
    "tests/judges",
    "tests/reading",
    "tests/src",
];

/// Phrases that no message and no report contains outside of code, with better ones.
const PHRASES: [(&str, &str); 18] = [
    ("answer", "response"),
    ("answers", "responses"),
    ("encryption", "TLS"),
    ("is no", "is not a"),
    ("leads to", "points to, resolves to, is mapped to"),
    ("left out", "skipped, ignored, removed"),
    ("member", "property"),
    ("members", "properties"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("put it here", "inserted"),
    ("stands", "is"),
    ("take it out", "remove it"),
    ("take one", "remove one"),
    ("told apart", "distinguished, tagged"),
    ("until then", "it is …"),
    ("was read as", "is read as"),
    ("were read as", "are read as"),
];

#[test]
fn identifiers_use_the_words_of_the_field() {
    let (mut wrong, mut done) = (Vec::new(), vec![true; NOT_YET.len()]);
    for (path, text) in sources(&["generator", "xtask", "tests"]) {
        let odd = odd_identifiers(&text);
        let listed = NOT_YET.iter().position(|entry| is_in(&path, entry));
        match listed {
            Some(at) => done[at] &= odd.is_empty(),
            None => wrong.extend(
                odd.iter()
                    .map(|(line, name, better)| format!("`{}:{line}`: `{name}`: {better}", path.display())),
            ),
        }
    }
    let finished = NOT_YET.iter().zip(done).filter(|(_, done)| *done);
    wrong.extend(finished.map(|(entry, _)| format!("`{entry}` is done: remove it from `NOT_YET`")));
    assert_none(wrong, "use the word that newcomers know");
}

#[test]
fn messages_use_the_words_of_the_field() {
    let mut wrong = Vec::new();
    // Documentation of SDKs and dumps are not messages, and `plan/place.rs` has the keys of `names.lock`.
    let skipped = ["generator/src/emit", "generator/src/ir", "generator/src/plan/place.rs"];
    for (path, text) in sources(&["generator/src", "xtask/dev/src"]) {
        if path.to_string_lossy().contains("tests") || skipped.iter().any(|entry| is_in(&path, entry)) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
        for (line, token) in tokens(code) {
            if let Token::Text(text) = token {
                wrong.extend(
                    odd_phrases(text).map(|(phrase, better)| {
                        format!("`{}:{line}`: \"{phrase}\": {better}", path.display())
                    }),
                );
            }
        }
    }
    assert_none(wrong, "say it as the standard library would");
}

#[test]
fn reports_use_the_words_of_the_field() {
    let mut wrong = Vec::new();
    for folder in ["tests/cases", "tests/cases/errors"] {
        for entry in std::fs::read_dir(checkout().join(folder)).unwrap() {
            let path = entry.unwrap().path().join("report.txt");
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let name = path.strip_prefix(checkout()).unwrap().display().to_string();
            for line in text.lines().filter(|line| is_message(line)) {
                let odd = odd_phrases(line);
                wrong.extend(odd.map(|(phrase, better)| format!("`{name}`: \"{phrase}\": {better}: {line}")));
            }
        }
    }
    assert_none(wrong, "violation, what the generator does, fix");
}

/// Whether a path is an entry of a list, in it, or the file of a module that is.
fn is_in(path: &Path, entry: &str) -> bool {
    path.starts_with(entry) || path.with_extension("") == Path::new(entry)
}

/// Whether a line of a report is text of the generator, and not an excerpt of the document.
fn is_message(line: &str) -> bool {
    let excerpt = |line: &str| line.contains(" | ") || line.ends_with(" |") || line.starts_with("-->");
    !excerpt(line.trim_start()) && !line.trim_start().starts_with(":::")
}

/// The phrases of a text, code aside, that have a better one.
fn odd_phrases(text: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" . ");
    let outside = outside.split(" [#").next().unwrap_or_default();
    // Inline arguments of format strings are identifiers.
    let outside = outside.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let outside = outside.collect::<Vec<_>>().join(" . ");
    // A single word may be a key or a name.
    let is_prose = outside.trim().contains(' ');
    let plain: String = outside.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let plain = plain.replace("there is no ", "").replace(" is no longer ", " ");
    PHRASES.into_iter().filter(move |(phrase, _)| is_prose && plain.contains(&format!(" {phrase} ")))
}

/// The identifiers of a source that contain a word with a better one, with their lines.
fn odd_identifiers(text: &str) -> Vec<(usize, &str, &'static str)> {
    let mut odd = Vec::new();
    for (line, token) in tokens(text) {
        if let Token::Name(name) = token {
            let better = |word: String| IDENTIFIERS.iter().find(|(odd, _)| *odd == word);
            odd.extend(parts(name).find_map(better).map(|(_, better)| (line, name, *better)));
        }
    }
    odd
}

/// The words of an identifier, in lowercase.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() && words.last().is_some_and(|word| word.ends_with(char::is_lowercase))
        {
            words.push(String::new());
        }
        words.last_mut().unwrap().extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    words.into_iter()
}

/// A part of a Rust source.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Name(&'a str),
    Text(&'a str),
}

/// The names and strings of a source, with their lines; comments are skipped.
fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let (mut out, mut rest, mut line) = (Vec::new(), source, 1);
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some((inside, length)) = string(rest) {
            out.push((line, Token::Text(inside)));
            length
        } else if c.is_alphabetic() || c == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            out.push((line, Token::Name(&rest[..length])));
            length
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find("'").map_or(1, |end| end + 2)
        } else {
            c.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    out
}

/// The content of a string literal at the beginning of a text, and the length of the literal.
fn string(text: &str) -> Option<(&str, usize)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut is_escaped = false;
        let end = quoted.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        return Some((&quoted[..end], end + 2));
    }
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let inside = after[hashes..].strip_prefix('"')?;
    let end = inside.find(&format!("\"{}", &after[..hashes]))?;
    Some((&inside[..end], text.len() - inside.len() + end + 1 + hashes))
}

#[test]
fn odd_words_are_found() {
    let found =
        |text| odd_identifiers(text).into_iter().map(|(line, name, _)| (line, name)).collect::<Vec<_>>();
    let source = "// a misfit\nfn is_misfit(x: &'static str, c: char) {\n    c == '\"' && \"misfit\" == r#\"mend\"#; BroughtBy::X }";
    assert_eq!(found(source), [(2, "is_misfit"), (3, "BroughtBy")]);
    assert!(found("let recommended = amend + asides;").is_empty());
    assert_eq!(odd_phrases("the `member` is no tag; take it out").count(), 2);
    assert_eq!(odd_phrases("member").count(), 0);
    assert!(!is_message(" 7 |       member: is no string"));
    assert!(is_message("   = help: remove it"));
}
