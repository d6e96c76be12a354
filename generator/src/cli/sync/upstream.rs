//! Reads and writes `upstream.toml` beside the configuration, the origin of the document and its entity tag.

use std::path::Path;

use crate::cli::Failure;
use crate::cli::args::Download;
use crate::cli::fetch::{self, Fetched, is_url};
use crate::cli::home::{Place, relative, tidied};
use crate::config::Config;
use crate::fs::near;

/// The name of the file.
pub(super) const UPSTREAM: &str = "upstream.toml";

/// The origin of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Upstream {
    /// The URL, or the path relative to the folder of this file, so that it is found from any folder.
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

    /// Returns the given origin, the one in the configuration, or the one in this file.
    pub(super) fn origin(
        &self,
        given: Option<&str>,
        choices: &Config,
        config: &Place,
    ) -> Result<Origin, Failure> {
        let spec = choices.spec.as_deref().filter(|spec| is_url(spec));
        let kept = Some(self.from.as_str()).filter(|from| !from.is_empty());
        if let Some(url) = given.or(choices.upstream.url.as_deref()).or(spec).or(kept).filter(|of| is_url(of))
        {
            return Ok(Origin { from: url.to_owned(), file: None, kept_in: None });
        }
        match (given, kept) {
            (Some(path), _) => {
                Ok(Origin { from: beside(path, config), file: Some(Place::new(path.into())), kept_in: None })
            }
            (None, Some(path)) => Ok(Origin {
                from: path.to_owned(),
                file: Some(config.beside(path)),
                kept_in: Some(config.beside(UPSTREAM).label),
            }),
            (None, None) => {
                let help = format!(
                    "pass `--from`, or add `url = \"https://…\"` under `[upstream]` in `{}`",
                    config.label
                );
                Err(Failure::new("the origin of the document is missing").help(help))
            }
        }
    }

    /// Returns the entity tag of the last download, if it came from this URL.
    fn known(&self, url: &str) -> Option<&str> {
        self.etag.as_deref().filter(|_| self.from == url)
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

/// Where a version of the document comes from.
pub(super) struct Origin {
    /// The URL or path, as [`Upstream`] keeps it.
    pub(super) from: String,
    /// The file; `None` for a URL.
    file: Option<Place>,
    /// The file that named the path, if the user did not.
    kept_in: Option<String>,
}

impl Origin {
    /// How it is shown: the URL, or the path from the current folder.
    pub(super) fn label(&self) -> &str {
        self.file.as_ref().map_or(&self.from, |file| &file.label)
    }

    /// Reads the file, or fetches the URL unless it still has the entity tag of the last download.
    pub(super) fn read(
        &self,
        how: &Download,
        headers: &[(String, String)],
        last: &Upstream,
    ) -> Result<Fetched, Failure> {
        match (&self.file, &self.kept_in) {
            (None, _) => fetch::fetch(&self.from, how, headers, last.known(&self.from)),
            (Some(file), None) => fetch::file(file, how),
            (Some(file), Some(kept_in)) if !file.path.exists() => {
                let near = near::neighbour(&file.path).map(|near| near::label_beside(&file.label, &near));
                let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
                let help = format!("{near}`{kept_in}` names it; pass `--from FILE|URL` if it is elsewhere");
                Err(Failure::new(format!("cannot read `{}`: no such file", file.label)).help(help))
            }
            (Some(file), Some(_)) => fetch::file(file, how),
        }
    }
}

/// Returns a path of the command line relative to the folder of the configuration. An absolute path stays.
fn beside(path: &str, config: &Place) -> String {
    let Ok(here) = std::env::current_dir() else { return path.to_owned() };
    if Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let folder = tidied(&here.join(&config.path));
    relative(&tidied(&here.join(path)), folder.parent().unwrap_or(&here))
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
