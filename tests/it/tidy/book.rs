//! The book: every page is a chapter, links lead somewhere, and examples are read as what they are.

use super::assert_none;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tests::checkout;

/// Made by `cargo xtask dev site`, beside the pages.
const BUILT: &str = "playground/";

/// All pages, relative to `docs`.
fn pages() -> BTreeSet<PathBuf> {
    let mut pages = BTreeSet::new();
    let mut folders = vec![checkout().join("docs")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md") {
                pages.insert(path.strip_prefix(checkout().join("docs")).unwrap().to_owned());
            }
        }
    }
    pages
}

fn read(page: &Path) -> String {
    std::fs::read_to_string(checkout().join("docs").join(page)).unwrap()
}

/// The targets of the links of a page, code aside, each with its line.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    let mut is_code = false;
    for (number, line) in text.lines().enumerate() {
        is_code ^= line.trim_start().starts_with("```");
        let targets = line.split("](").skip(1).filter(|_| !is_code);
        links.extend(targets.filter_map(|rest| Some((number + 1, rest.split_once(')')?.0))));
    }
    links
}

/// The anchors of a page, as mdBook and the hosts of repositories make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let heads = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |head: &str| {
        let kept =
            head.trim_start_matches('#').trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
    };
    heads.map(anchor).collect()
}

#[test]
fn every_page_is_a_chapter() {
    let summary = read(Path::new("SUMMARY.md"));
    let listed: BTreeSet<PathBuf> =
        links(&summary).into_iter().map(|(_, link)| PathBuf::from(link)).collect();
    let mut pages = pages();
    pages.remove(Path::new("SUMMARY.md"));
    let missing =
        pages.difference(&listed).map(|page| format!("`docs/SUMMARY.md` lacks `{}`", page.display()));
    let gone = listed.difference(&pages).map(|page| format!("`docs/SUMMARY.md` lists `{}`", page.display()));
    assert_none(missing.chain(gone).collect(), "list exactly the pages that are there");
}

#[test]
fn links_lead_to_what_is_there() {
    let mut dead = Vec::new();
    for page in pages() {
        for (line, link) in links(&read(&page)) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if link.contains("://") || path.starts_with(BUILT) {
                continue;
            }
            let target = if path.is_empty() { page.clone() } else { page.with_file_name(path) };
            let file = checkout().join("docs").join(&target);
            let there = file.exists()
                && (anchor.is_empty()
                    || std::fs::read_to_string(&file).is_ok_and(|text| anchors(&text).contains(anchor)));
            if !there {
                dead.push(format!("`docs/{}:{line}`: `{link}`", page.display()));
            }
        }
    }
    assert_none(dead, "link to a file, and to a head of it");
}

#[test]
fn examples_in_toml_are_toml() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages() {
        for block in read(&page).split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            count += 1;
            if let Err(error) = toml::from_str::<toml::Table>(block) {
                wrong.push(format!("`docs/{}`: {error}\n{block}", page.display()));
            }
        }
    }
    assert!(count > 15, "{count} blocks");
    assert_none(wrong, "correct the example");
}

#[test]
fn anchors_are_those_of_the_hosts() {
    let found = anchors("# `[include]` and `[exclude]`\n## Try it, now\n");
    assert_eq!(found, BTreeSet::from(["include-and-exclude".to_owned(), "try-it-now".to_owned()]));
}
