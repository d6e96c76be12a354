//! Generated parts in files of the user, between `@generated:begin NAME` and `@generated:end`.
//!
//! A marker is a comment on a line of its own. Text of a document never is: in a table, a list or a doc
//! comment, other text precedes it.

const BEGIN: &str = "@generated:begin ";
const END: &str = "@generated:end";

/// A marker line.
pub(super) enum Marker<'a> {
    Begin(&'a str),
    End,
}

/// Parses a marker line; `None` if the line only mentions a marker.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let line = line.trim();
    let comment = match line.strip_prefix("<!--") {
        Some(rest) => rest.strip_suffix("-->")?,
        None => line.strip_prefix("# ").or_else(|| line.strip_prefix("// "))?,
    };
    match comment.trim().strip_prefix(BEGIN) {
        Some(name) => Some(Marker::Begin(name.trim())).filter(|_| !name.trim().contains(char::is_whitespace)),
        None => (comment.trim() == END).then_some(Marker::End),
    }
}

/// A generated part of a text.
struct Part<'a> {
    name: &'a str,
    /// The bytes from the line after the begin marker to the line of the end marker.
    content: std::ops::Range<usize>,
}

/// Returns whether a text has generated parts.
pub fn has_parts(text: &str) -> bool {
    text.lines().any(|line| matches!(marker(line), Some(Marker::Begin(_))))
}

/// Returns `old` with the content of each part taken from `new`. An error says in one line how to fix the
/// markers.
pub fn splice(old: &str, new: &str) -> Result<String, String> {
    let theirs = parts(old)?;
    let ours = parts(new)?;
    let mut out = String::with_capacity(old.len());
    let mut at = 0;
    for part in &theirs {
        // A part that is no longer generated stays, empty, until the user removes its markers.
        let content =
            ours.iter().find(|own| own.name == part.name).map_or("", |own| &new[own.content.clone()]);
        out.push_str(&old[at..part.content.start]);
        out.push_str(content);
        at = part.content.end;
    }
    out.push_str(&old[at..]);
    match ours.iter().find(|own| theirs.iter().all(|part| part.name != own.name)) {
        Some(own) => Err(format!(
            "has no part `{0}`: add a comment line `{BEGIN}{0}` and one with `{END}` where it belongs",
            own.name
        )),
        None => Ok(out),
    }
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        match marker(line) {
            Some(Marker::Begin(name)) => {
                if let Some((before, _)) = open {
                    return Err(format!("has no `{END}` after the part `{before}`: add it"));
                }
                if parts.iter().any(|part| part.name == name) {
                    return Err(format!("has the part `{name}` twice: remove one"));
                }
                open = Some((name, next));
            }
            Some(Marker::End) => match open.take() {
                Some((name, start)) => parts.push(Part { name, content: start..at }),
                None => return Err(format!("has an `{END}` without a beginning: remove it")),
            },
            None => {}
        }
        at = next;
    }
    match open {
        Some((name, _)) => Err(format!("has no `{END}` after the part `{name}`: add it")),
        None => Ok(parts),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const OLD: &str = "[package]\nname = \"mine\"\n\n[features]\n# @generated:begin features\nold = []\n# @generated:end\nown = []\n";

    #[test]
    fn only_the_parts_change() {
        let new = "[package]\nname = \"theirs\"\n[features]\n# @generated:begin features\na = []\nb = []\n# @generated:end\n";
        expect![[r#"
            [package]
            name = "mine"

            [features]
            # @generated:begin features
            a = []
            b = []
            # @generated:end
            own = []
        "#]]
        .assert_eq(&splice(OLD, new).unwrap());
        assert_eq!(splice(OLD, OLD).unwrap(), OLD);
    }

    #[test]
    fn a_line_that_speaks_of_a_marker_is_none() {
        for line in [
            "@generated:begin x",
            "/// @generated:begin x",
            "//! # @generated:begin x",
            "| `get()` | <!-- @generated:begin x --> |",
            "- # @generated:begin x",
            "description = \"# @generated:begin x\"",
            "# `@generated:begin x`",
            "# @generated:begin x y",
            "<!-- @generated:begin x",
        ] {
            assert!(!has_parts(line), "{line}");
            let old = OLD.replace("old = []", line);
            let new = OLD.replace("old = []", &line.replace("begin x", "end"));
            assert_eq!(splice(&old, &new).unwrap(), new, "{line}");
        }
        for line in ["# @generated:begin x", "<!-- @generated:begin x -->\r", "  // @generated:begin x"] {
            assert!(has_parts(line), "{line}");
        }
    }

    #[test]
    fn a_part_that_is_gone_is_emptied_and_one_that_lacks_is_asked_for() {
        assert!(!splice(OLD, "").unwrap().contains("old = []"));
        let new = "# @generated:begin targets\n# @generated:end\n";
        expect!["has no part `targets`: add a comment line `@generated:begin targets` and one with `@generated:end` where it belongs"]
            .assert_eq(&splice(OLD, new).unwrap_err());
    }

    #[test]
    fn broken_markers_are_named() {
        let error = |old| splice(old, "").unwrap_err();
        expect!["has no `@generated:end` after the part `a`: add it"]
            .assert_eq(&error("<!-- @generated:begin a -->\n"));
        expect!["has an `@generated:end` without a beginning: remove it"]
            .assert_eq(&error("# @generated:end\n"));
        let twice = "# @generated:begin a\n# @generated:end\n# @generated:begin a\n# @generated:end\n";
        expect!["has the part `a` twice: remove one"].assert_eq(&error(twice));
    }
}
