//! Computes the next version, and writes its changelog entry.

use std::fmt::Write as _;

use crate::diff::{Changes, Class, Verdict};
use crate::files::{Setting, set};

use crate::cli::diff::{prose, span};

/// A changelog without an entry.
pub(super) const HEAD: &str = "# Changelog\n";
/// Maximum number of changes to list per class; all are in the diff.
const MOST: usize = 40;

/// A manifest with its next version.
pub(super) struct Bumped {
    pub manifest: String,
    pub version: String,
}

/// Returns the version after `version`. Before 1.0.0, a breaking change bumps the minor version.
pub(super) fn next(version: &str, verdict: Verdict) -> Option<String> {
    let core = version.split(['-', '+']).next().unwrap_or(version);
    let numbers: Vec<u64> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [major, minor, patch] = numbers[..] else { return None };
    let (major, minor, patch) = match (verdict, major, minor) {
        (Verdict::None, ..) => return Some(version.to_owned()),
        (Verdict::Major, 0, 0) | (Verdict::Patch, ..) | (Verdict::Minor, 0, _) => {
            (major, minor, patch.checked_add(1)?)
        }
        (Verdict::Major, 0, _) | (Verdict::Minor, ..) => (major, minor.checked_add(1)?, 0),
        (Verdict::Major, ..) => (major.checked_add(1)?, 0, 0),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// Sets the next version in a manifest.
pub(super) fn bumped(manifest: &str, verdict: Verdict) -> Result<Bumped, String> {
    let old = version(manifest)?;
    let version = next(&old, verdict).ok_or_else(|| format!("has the invalid version `{old}`"))?;
    Ok(Bumped { manifest: with_version(manifest, &version)?, version })
}

/// Returns the version in `[package]` of a TOML file.
pub(super) fn version(text: &str) -> Result<String, String> {
    let read: toml::Table = text.parse().map_err(|_| "is not TOML".to_owned())?;
    let version = read.get("package").and_then(|package| package.get("version")?.as_str());
    version.map(str::to_owned).ok_or_else(|| "has no `version` in `[package]`".to_owned())
}

/// Sets the version in `[package]` of a TOML file.
pub(super) fn with_version(text: &str, version: &str) -> Result<String, String> {
    set(text, &[Setting { table: "package", key: "version", value: version.to_owned() }])
}

/// Adds an entry for a version to the changelog, before the others.
pub(super) fn entry(changelog: &str, version: &str, changes: &Changes) -> String {
    let mut text = format!("## {version}\n");
    for (class, heading) in [
        (Class::Breaking, "Breaking"),
        (Class::Addition, "Added"),
        (Class::Fix, "Changed without effect on code"),
    ] {
        let these: Vec<_> = changes.list.iter().filter(|change| change.class == class).collect();
        if these.is_empty() {
            continue;
        }
        let _ = write!(text, "\n### {heading}\n\n");
        for change in these.iter().take(MOST) {
            let _ = writeln!(text, "- {} {}.", span(&change.item), prose(&change.what));
        }
        if these.len() > MOST {
            let _ = writeln!(text, "- … and {} more.", these.len() - MOST);
        }
    }
    let (head, rest) = match changelog.find("\n## ") {
        Some(at) => changelog.split_at(at + 1),
        None => (changelog, ""),
    };
    let head = head.trim_end();
    if rest.is_empty() { format!("{head}\n\n{text}") } else { format!("{head}\n\n{text}\n{rest}") }
}

#[cfg(test)]
mod tests {
    use crate::diff::{Change, Kind};

    use super::*;

    #[test]
    fn before_one_the_second_number_breaks() {
        let after = |version, verdict| next(version, verdict).unwrap();
        assert_eq!(after("0.1.4", Verdict::Major), "0.2.0");
        assert_eq!(after("0.1.4", Verdict::Minor), "0.1.5");
        assert_eq!(after("0.1.4", Verdict::Patch), "0.1.5");
        assert_eq!(after("0.0.4", Verdict::Major), "0.0.5");
        assert_eq!(after("1.2.3", Verdict::Major), "2.0.0");
        assert_eq!(after("1.2.3", Verdict::Minor), "1.3.0");
        assert_eq!(after("1.2.3", Verdict::None), "1.2.3");
        assert!(next("one", Verdict::Major).is_none() && next("1.2", Verdict::Major).is_none());
    }

    #[test]
    fn only_the_version_of_the_package_grows() {
        let manifest =
            "[package]\nname = \"a\"\nversion = \"1.0.0\"\n\n[dependencies.x]\nversion = \"1.0.0\"\n";
        let bumped = bumped(manifest, Verdict::Minor).unwrap();
        assert_eq!(
            bumped.manifest,
            "[package]\nname = \"a\"\nversion = \"1.1.0\"\n\n[dependencies.x]\nversion = \"1.0.0\"\n"
        );
    }

    #[test]
    fn what_a_document_says_is_text_in_the_changelog() {
        let one = |item: &str, what: &str| Change {
            class: Class::Breaking,
            item: item.to_owned(),
            kind: Kind::FieldRemoved,
            what: what.to_owned(),
            why: String::new(),
            old: None,
            new: None,
            unread: false,
        };
        let list = vec![
            one("types::A::b", "sends `a\u{202e}b`\n## 9.9.9\n<script>x</script> [x](http://evil) @me"),
            one("types::`<b>`", "is gone"),
        ];
        let changes = Changes { list, ..Changes::default() };
        let text = entry(HEAD, "0.1.1", &changes);
        assert_eq!(
            text,
            "# Changelog\n\n## 0.1.1\n\n### Breaking\n\n- `types::A::b` sends `a\\u202eb` ## 9.9.9 &lt;script>x&lt;/script> \\[x](http://evil) &#64;me.\n- `` types::`<b>` `` is gone.\n"
        );
    }

    #[test]
    fn the_newest_entry_stands_first() {
        let one = entry(HEAD, "0.1.1", &Changes::default());
        assert_eq!(one, "# Changelog\n\n## 0.1.1\n");
        assert_eq!(entry(&one, "0.1.2", &Changes::default()), "# Changelog\n\n## 0.1.2\n\n## 0.1.1\n");
    }
}
