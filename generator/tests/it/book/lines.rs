//! The command lines that the pages for people show.

use std::path::{Path, PathBuf};

/// A command line: where it stands, and its words.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) at: String,
    pub(crate) words: Vec<String>,
}

/// All command lines that begin with these words, in blocks of commands and in backticks.
pub(crate) fn lines(checkout: &Path, begin: &str) -> Vec<Line> {
    let mut pages = vec![checkout.join("README.md"), checkout.join("CONTRIBUTING.md")];
    collect(&checkout.join("docs"), &mut pages);
    pages.sort();
    let mut found = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let name = page.strip_prefix(checkout).unwrap().display().to_string();
        let mut fence = None;
        for (number, line) in text.lines().enumerate() {
            if let Some(language) = line.trim_start().strip_prefix("```") {
                fence = fence.is_none().then(|| language.to_owned());
                continue;
            }
            let commands: Vec<&str> = match fence.as_deref() {
                Some("sh" | "yaml") => vec![line],
                Some(_) => Vec::new(),
                None => line.split('`').skip(1).step_by(2).collect(),
            };
            for command in commands {
                found.extend(
                    words(command, begin).map(|words| Line { at: format!("{name}:{}", number + 1), words }),
                );
            }
        }
    }
    found
}

/// Decisions are history: they may name what was.
fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.ends_with("decisions") {
            collect(&path, pages);
        } else if path.extension().is_some_and(|ext| ext == "md") {
            pages.push(path);
        }
    }
}

/// The words after the program, up to a comment or the next command.
pub(crate) fn words(command: &str, begin: &str) -> Option<Vec<String>> {
    let at = command.find(begin)?;
    let is_start = command[..at].chars().next_back().is_none_or(|c| " \t|&;(\"".contains(c));
    let rest = command[at + begin.len()..].strip_prefix(' ')?;
    if !is_start {
        return None;
    }
    let ends = |word: &&str| !["#", "|", ">", ">>", "&&", "||", ";"].contains(word) && !word.starts_with('>');
    let words = rest.split_whitespace().map(|word| word.trim_end_matches([';', ')'])).take_while(ends);
    let words: Vec<String> = words.map(|word| word.replace(['[', ']', '"'], "")).collect();
    (!words.is_empty()).then_some(words)
}

/// What the help of a command does not offer.
pub(crate) fn unknown(words: &[String], help: &str) -> Option<String> {
    let offered =
        |flag: &str| help.split(|c: char| c.is_whitespace() || ",=[".contains(c)).any(|word| word == flag);
    let flags = words.iter().filter(|word| word.starts_with('-') && word.len() > 1);
    let mut names = flags.map(|flag| flag.split('=').next().unwrap_or(flag).trim_end_matches('…'));
    names.find(|flag| !offered(flag)).map(str::to_owned)
}
