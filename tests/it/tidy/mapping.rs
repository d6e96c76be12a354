//! Each row of `docs/mapping.md` names what shows it, and that is there.

use super::assert_none;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tests::checkout;

const ADVICE: &str = "\
the last cell of a row in `docs/mapping.md` names what shows it, in backticks: `case/file: text`, a text that a file of the case holds \
(`query-styles/requests.http: deep%5Bmin%5D=`; files under `out/src/` without these), or `path/from/here.rs: fn name` for a test. \
More cases may stand behind it by their names alone. Keywords in backticks in the first cell occur in the documents of these cases";

/// What a row names.
enum Named {
    /// A text in a file, and the case the file belongs to.
    Text { file: PathBuf, text: String, case: Option<String> },
    /// A case.
    Case(String),
}

#[test]
fn every_mapping_names_what_shows_it() {
    let mapping = std::fs::read_to_string(checkout().join("docs/mapping.md")).unwrap();
    let known: BTreeSet<&str> = sdkgen::keywords::keywords().iter().map(|keyword| keyword.name).collect();
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for (number, line) in rows_of(&mapping) {
        rows += 1;
        wrong.extend(faults(line, &known).into_iter().map(|why| format!("line {number}: {why}")));
    }
    assert!(rows > 150, "`docs/mapping.md` has {rows} rows");
    assert_none(wrong, ADVICE);
}

/// The rows of all tables, without their heads, each with its line.
fn rows_of(mapping: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines: Vec<&str> = mapping.lines().collect();
    let is_ruler = |line: &str| line.chars().all(|c| "-:| ".contains(c)) && line.contains("--");
    let is_head = move |at: usize| lines.get(at + 1).is_some_and(|next| is_ruler(next));
    let rows = mapping
        .lines()
        .enumerate()
        .filter(move |(at, line)| line.starts_with('|') && !is_ruler(line) && !is_head(*at));
    rows.map(|(at, line)| (at + 1, line))
}

/// What is wrong with a row.
fn faults(line: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").collect();
    let (first, last) = (cells[0], cells[cells.len() - 1]);
    let named: Vec<Named> = spans(last).iter().map(|span| named(span)).collect();
    let mut wrong = Vec::new();
    if !named.iter().any(|one| matches!(one, Named::Text { .. })) {
        wrong.push(format!("{} names no text that shows it", first.trim()));
    }
    let mut cases = BTreeSet::new();
    for one in named {
        match one {
            Named::Text { file, text, case } => {
                let there = std::fs::read_to_string(checkout().join(&file));
                match there {
                    Err(_) => wrong.push(format!("there is no `{}`", file.display())),
                    Ok(there) if !there.contains(&text) => {
                        wrong.push(format!("`{}` does not hold `{text}`", file.display()));
                    }
                    Ok(_) => cases.extend(case),
                }
            }
            Named::Case(case) if checkout().join("tests/cases").join(&case).join("spec.yaml").is_file() => {
                cases.insert(case);
            }
            Named::Case(case) => wrong.push(format!("there is no case `{case}`")),
        }
    }
    let read = |case: &String, file: &str| {
        std::fs::read_to_string(checkout().join("tests/cases").join(case).join(file)).unwrap_or_default()
    };
    let texts: Vec<String> =
        cases.iter().flat_map(|case| ["spec.yaml", "sdk.toml"].map(|file| read(case, file))).collect();
    let asked = spans(first).into_iter().filter_map(|span| asked(&span, known));
    let missing = asked.filter(|word| !texts.is_empty() && !texts.iter().any(|text| has_word(text, word)));
    wrong.extend(missing.map(|word| format!("no case of the row has `{word}`")));
    wrong
}

/// The code spans of a cell.
fn spans(cell: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        let mark = "`".repeat(ticks);
        let inner = &rest[start + ticks..];
        let Some(end) = inner.find(&mark) else { break };
        found.push(inner[..end].trim().to_owned());
        rest = &inner[end + ticks..];
    }
    found
}

fn named(span: &str) -> Named {
    let Some((file, text)) = span.split_once(": ").filter(|(file, _)| file.contains('/')) else {
        return Named::Case(span.to_owned());
    };
    let (folder, inside) = file.split_once('/').unwrap_or_default();
    let home = PathBuf::from("tests/cases").join(folder);
    let text = text.to_owned();
    if !checkout().join(&home).join("spec.yaml").is_file() {
        return Named::Text { file: file.into(), text, case: None };
    }
    let places = ["", "out", "out/src"].map(|place| home.join(place).join(inside));
    let there = places.iter().find(|place| checkout().join(place).is_file());
    let file = there.unwrap_or(&places[0]).clone();
    Named::Text { file, text, case: Some(folder.to_owned()) }
}

/// The keyword that a span is about, or the table of `sdk.toml`.
fn asked(span: &str, known: &BTreeSet<&str>) -> Option<String> {
    if span.starts_with('[') && span.ends_with(']') {
        return Some(span.to_owned());
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '$' || c == '_';
    let word: String = span.chars().take_while(|c| is_part(*c)).collect();
    known.contains(word.as_str()).then_some(word)
}

/// Whether a text has a word that stands alone.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "$_-".contains(c);
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        !text[..at].chars().next_back().is_some_and(is_part) && !after.chars().next().is_some_and(is_part)
    })
}

#[test]
fn rows_are_judged() {
    let known = BTreeSet::from(["explode", "not"]);
    let right = "| `explode: true` | x | `query-styles/requests.http: deep%5Bmin%5D=` `path-styles` |";
    assert_eq!(faults(right, &known), Vec::<String>::new());
    for (line, why) in [
        ("| `explode` | x | `query-styles` |", "names no text"),
        ("| `explode` | x | `query-styles/requests.http: deep=` |", "does not hold"),
        ("| `explode` | x | `query-styles/request.http: deep` |", "there is no `tests/cases/query-styles"),
        ("| `explode` | x | `query-styles/requests.http: GET` `query-stiles` |", "there is no case"),
        ("| `not` | x | `query-styles/requests.http: GET` |", "no case of the row has `not`"),
        ("| `[waits]` | x | `query-styles/requests.http: GET` |", "no case of the row has `[waits]`"),
    ] {
        let found = faults(line, &known).join("\n");
        assert!(found.contains(why), "{line}: {found}");
    }
    assert_eq!(spans("`a` and `` b`c ``"), ["a", "b`c"]);
}
