//! The links of the built pages.

use std::path::{Component, Path, PathBuf};

use sdkgen::cli::Failure;

use super::copy;

/// Where copies of source files stand in the site.
const SOURCES: &str = "source";

/// Gives every linked source file of the checkout a copy that browsers show as text, and returns the links that lead nowhere.
pub(super) fn settle(out: &Path, root: &Path) -> Result<Vec<String>, Failure> {
    let mut pages = Vec::new();
    collect(out, &mut pages);
    pages.sort();
    let mut dead = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).map_err(|error| Failure::write(&page, &error))?;
        let inside = page.strip_prefix(out).unwrap_or(&page).to_owned();
        let folder = inside.parent().unwrap_or(Path::new("")).to_owned();
        let mut changed = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("href=\"") {
            let Some((link, following)) = after.split_once('"') else { break };
            changed.push_str(before);
            changed.push_str("href=\"");
            match target(link, &folder, out, root) {
                Target::Fine => changed.push_str(link),
                Target::Source(file) => changed.push_str(&copied(&file, &folder, out, root)?),
                Target::Nowhere => {
                    dead.push(format!("  {}: {link}", inside.display()));
                    changed.push_str(link);
                }
            }
            changed.push('"');
            rest = following;
        }
        changed.push_str(rest);
        if changed != text {
            std::fs::write(&page, changed).map_err(|error| Failure::write(&page, &error))?;
        }
    }
    Ok(dead)
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
        // The page for all chapters at once repeats links from their own folders.
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|ext| ext == "html") && !path.ends_with("print.html") {
            pages.push(path);
        }
    }
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// Out of the site, or to a file of it.
    Fine,
    /// To a file of the checkout.
    Source(PathBuf),
    Nowhere,
}

fn target(link: &str, folder: &Path, out: &Path, root: &Path) -> Target {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || link.contains(':') || link.starts_with('/') {
        return Target::Fine;
    }
    if let Some(inside) = normal(&folder.join(path)) {
        let file = out.join(inside);
        if file.is_file() || file.join("index.html").is_file() {
            return Target::Fine;
        }
    }
    // In the checkout the pages are in `docs`, and mdBook has made `.html` of `.md`.
    let Some(inside) = normal(&Path::new("docs").join(folder).join(path)) else { return Target::Nowhere };
    let page = inside.with_extension("md");
    [inside, page].into_iter().find(|file| root.join(file).is_file()).map_or(Target::Nowhere, Target::Source)
}

/// Copies a source file into the site, and returns the link to it.
fn copied(file: &Path, folder: &Path, out: &Path, root: &Path) -> Result<String, Failure> {
    let name = format!("{SOURCES}/{}.txt", file.display()).replace('\\', "/");
    let to = out.join(&name);
    copy::one(&root.join(file), &to)?;
    Ok("../".repeat(folder.components().count()) + &name)
}

/// Resolves `..`; `None` if that leads out.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !resolved.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    Some(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_kept_copied_or_called_dead() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let out = std::env::temp_dir().join(format!("site-links-{}", std::process::id()));
        let page = "<a href=\"https://example.com/\">a</a><a href=\"#x\">b</a><a href=\"../other.html#y\">c</a>\
            <a href=\"../../README.html\">d</a><a href=\"../../spec/sdk.toml\">e</a><a href=\"gone.html\">f</a>";
        std::fs::create_dir_all(out.join("recipes")).unwrap();
        std::fs::write(out.join("other.html"), "").unwrap();
        std::fs::write(out.join("recipes/one.html"), page).unwrap();
        let dead = settle(&out, &root).unwrap();
        let text = std::fs::read_to_string(out.join("recipes/one.html")).unwrap();
        let copy = std::fs::read_to_string(out.join("source/README.md.txt")).unwrap();
        std::fs::remove_dir_all(&out).unwrap();
        assert_eq!(dead, ["  recipes/one.html: gone.html"]);
        assert!(text.contains("href=\"../source/README.md.txt\""), "{text}");
        assert!(text.contains("href=\"../source/spec/sdk.toml.txt\""), "{text}");
        assert!(text.contains("href=\"../other.html#y\""), "{text}");
        assert_eq!(copy, std::fs::read_to_string(root.join("README.md")).unwrap());
    }
}
