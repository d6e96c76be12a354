//! Reads and writes `spec/upstream.toml`, the origin of the document and its entity tag.

use std::path::Path;

use crate::cli::{Failure, input};

/// The origin of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Upstream {
    /// The URL or path.
    pub from: String,
    /// The entity tag.
    pub etag: Option<String>,
}

impl Upstream {
    /// Reads the file; empty if there is none.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        if !path.is_file() {
            return Ok(Self::default());
        }
        let text = input::source(path, &input::label(path))?.text;
        Ok(Self { from: value(&text, "from").unwrap_or_default(), etag: value(&text, "etag") })
    }

    /// Returns the given URL, or the one in the file.
    pub(super) fn address(&self, given: Option<&str>) -> Result<String, Failure> {
        let known = given.unwrap_or(&self.from);
        if known.is_empty() {
            let help = "pass `--from`, or add `from = \"https://…\"` to `spec/upstream.toml`";
            return Err(Failure::new("the origin of the document is missing").help(help));
        }
        Ok(known.to_owned())
    }

    /// Returns the entity tag of the last download, if it came from this URL.
    pub(super) fn known(&self, address: &str) -> Option<&str> {
        self.etag.as_deref().filter(|_| self.from == address)
    }

    /// Renders the file. Single-line TOML strings are JSON strings.
    pub(super) fn text(&self) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", serde_json::Value::from(value));
        let mut text = "# The origin of the document, written by `cargo xtask sync`.\n".to_owned();
        text += &line("from", &self.from);
        text += &self.etag.as_ref().map(|etag| line("etag", etag)).unwrap_or_default();
        text
    }
}

fn value(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
    serde_json::from_str(line.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let upstream =
            Upstream { from: "https://a.example/x".to_owned(), etag: Some("W/\"a\\b\"".to_owned()) };
        let text = upstream.text();
        assert_eq!((value(&text, "from"), value(&text, "etag")), (Some(upstream.from), upstream.etag));
    }
}
