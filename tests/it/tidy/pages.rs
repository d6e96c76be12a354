//! The pages for people: files and functions that they name exist, and they use the words of the field.

use super::assert_none;
use std::path::PathBuf;
use tests::checkout;

/// Folders that paths on the pages may start from.
const BASES: [&str; 5] =
    ["", "generator/src", "generator/runtime/src", "generator/runtime/src/runtime", "xtask/dev/src"];

const ADVICE: &str =
    "name what is there now: a path from the checkout, or `path: fn name` for a function of that file";

/// Words that these pages once used, and what the field says.
const WORDS: [(&str, &str); 14] = [
    ("member", "property (in a document), field (in Rust)"),
    ("members", "properties, fields"),
    ("slip", "syntax error"),
    ("slips", "syntax errors"),
    ("mend", "repair, correct"),
    ("mended", "repaired, corrected"),
    ("misfit", "repair, violation"),
    ("leftover", "legacy"),
    ("brought", "inserted"),
    ("census", "untyped report"),
    ("rigour", "strictness"),
    ("encryption", "TLS"),
    ("knot", "recursive alias"),
    ("told apart", "untagged, distinguished"),
];

/// The generator needs what the workspace says, and an SDK what its own manifest says.
#[test]
fn pages_name_the_versions_of_rust_that_are_needed() {
    let version = |manifest: &str| {
        let text = std::fs::read_to_string(checkout().join(manifest)).unwrap();
        let (_, rest) = text.split_once("rust-version = \"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (generator, sdk) = (version("Cargo.toml"), version("generated/Cargo.toml"));
    for (page, said) in [
        ("README.md", format!("({generator} or later; SDKs need {sdk})")),
        ("docs/tutorial.md", format!("({generator} or later; the crate itself needs {sdk})")),
        ("generated/README.md", format!("It needs Rust {sdk} or later")),
    ] {
        let text = std::fs::read_to_string(checkout().join(page)).unwrap();
        assert!(text.contains(&said), "`{page}` does not say `{said}`");
    }
}

#[test]
fn pages_name_files_and_functions_that_exist() {
    let pages = ["ARCHITECTURE.md", "CONTRIBUTING.md"].map(|page| checkout().join(page)).into_iter();
    let mut wrong = Vec::new();
    for page in pages.chain(markdown("docs/decisions")) {
        let text = std::fs::read_to_string(&page).unwrap();
        let name = page.strip_prefix(checkout()).unwrap().display().to_string();
        for (number, line) in text.lines().enumerate() {
            wrong.extend(
                faults(line).into_iter().map(|fault| format!("`{name}:{}` names {fault}", number + 1)),
            );
        }
    }
    assert_none(wrong, ADVICE);
}

#[test]
fn pages_use_the_words_of_the_field() {
    let mut wrong = Vec::new();
    for page in markdown("").chain(markdown("docs")).chain(markdown("docs/decisions")) {
        let text = std::fs::read_to_string(&page).unwrap();
        let name = page.strip_prefix(checkout()).unwrap().display().to_string();
        let mut is_code = false;
        for (number, line) in text.lines().enumerate() {
            is_code ^= line.starts_with("```");
            if !is_code {
                let odd =
                    words(line).map(|(word, better)| format!("`{name}:{}`: `{word}`: {better}", number + 1));
                wrong.extend(odd);
            }
        }
    }
    assert_none(wrong, "say what stands behind the word");
}

/// The pages in a folder.
fn markdown(folder: &str) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(checkout().join(folder)).unwrap();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ext| ext == "md"));
    pages.sort();
    pages.into_iter()
}

/// The words of a line, code aside, that have a better one.
fn words(line: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut text = String::from(" ");
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        text.push_str(&rest[..start]);
        let ticks = rest.len() - start - rest[start..].trim_start_matches('`').len();
        let inner = &rest[start + ticks..];
        let end = inner.find(&rest[start..start + ticks]).map_or(inner.len(), |end| end + ticks);
        rest = &inner[end..];
    }
    text.push_str(rest);
    let plain: String =
        text.chars().map(|c| if c.is_alphabetic() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let plain = format!("{} ", plain.split_whitespace().fold(String::new(), |all, word| all + " " + word));
    WORDS.into_iter().filter(move |(word, _)| plain.contains(&format!(" {word} ")))
}

/// What a line names in backticks that does not exist.
fn faults(line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // `fn name` alone belongs to the file named last on the line.
    let mut file = None;
    for span in line.split('`').skip(1).step_by(2) {
        let (path, function) = match span.split_once(": fn ") {
            Some((path, function)) => (Some(path), Some(function)),
            None => (Some(span).filter(|span| span.ends_with(".rs")), span.strip_prefix("fn ")),
        };
        if let Some(path) = path {
            file = find(path);
            if file.is_none() {
                faults.push(format!("`{path}`, which does not exist"));
            }
        }
        let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        if let (Some(function), Some(text)) = (function, text)
            && !has_function(&text, function)
        {
            faults.push(format!("`fn {function}`, which its file does not have"));
        }
    }
    faults
}

/// The file that a path means, from the checkout or from one of the folders of sources. A bare name may lie deeper.
fn find(path: &str) -> Option<PathBuf> {
    let direct = BASES.iter().map(|base| checkout().join(base).join(path)).find(|file| file.is_file());
    direct.or_else(|| {
        super::sources(&["generator", "xtask", "tests"])
            .into_iter()
            .find(|(file, _)| file.ends_with(path))
            .map(|(file, _)| checkout().join(file))
    })
}

fn has_function(text: &str, name: &str) -> bool {
    text.match_indices(&format!("fn {name}"))
        .any(|(at, found)| text[at + found.len()..].starts_with(['(', '<']))
}

#[test]
fn missing_files_and_functions_are_found() {
    assert!(faults("`generator/src/lib.rs: fn understand`, `fn run` and `plan/naming/member.rs`").is_empty());
    assert_eq!(faults("`generator/src/lib.rs: fn nowhere` and `fn runs`").len(), 2);
    assert_eq!(faults("`plan/nowhere.rs`").len(), 1);
}

#[test]
fn words_are_found_outside_of_code() {
    assert_eq!(words("Slips, told apart by `member`.").count(), 2);
    assert_eq!(words("`` slips `mend` `` and `census` have other members").count(), 1);
}
