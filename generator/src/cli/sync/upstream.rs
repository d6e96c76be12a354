//! Reads and writes `upstream.toml` beside the configuration, the origin of the document and its entity tag.

use crate::cli::Failure;
use crate::cli::fetch::is_url;
use crate::cli::home::Place;
use crate::config::Config;

/// The name of the file.
pub(super) const UPSTREAM: &str = "upstream.toml";

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
    pub(super) fn read(place: &Place) -> Result<Self, Failure> {
        if !place.path.is_file() {
            return Ok(Self::default());
        }
        let text = place.read()?.text;
        Ok(Self { from: value(&text, "from").unwrap_or_default(), etag: value(&text, "etag") })
    }

    /// Returns the given URL, the one in the configuration, or the one in the file.
    pub(super) fn address(
        &self,
        given: Option<&str>,
        choices: &Config,
        label: &str,
    ) -> Result<String, Failure> {
        let spec = choices.spec.as_deref().filter(|spec| is_url(spec));
        let kept = Some(self.from.as_str()).filter(|from| !from.is_empty());
        let known = given.or(choices.upstream.url.as_deref()).or(spec).or(kept);
        known.map(str::to_owned).ok_or_else(|| {
            let help = format!("pass `--from`, or add `url = \"https://…\"` under `[upstream]` in `{label}`");
            Failure::new("the origin of the document is missing").help(help)
        })
    }

    /// Returns the entity tag of the last download, if it came from this URL.
    pub(super) fn known(&self, address: &str) -> Option<&str> {
        self.etag.as_deref().filter(|_| self.from == address)
    }

    /// Renders the file. Single-line TOML strings are JSON strings.
    pub(super) fn text(&self) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", serde_json::Value::from(value));
        let mut text = "# The origin of the document, written by `sync`.\n".to_owned();
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
