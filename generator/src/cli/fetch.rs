//! Documents from files and URLs, with limits for time and size.

use std::path::Path;

use crate::cli::args::Download;
use crate::cli::{Failure, input};

pub(super) use fetched::Fetched;
use fetched::too_large;

mod fetched;
#[cfg(feature = "fetch")]
mod http;

/// Reads the file, or fetches the URL unless it still has this entity tag.
pub(super) fn fetch(from: &str, how: &Download, etag: Option<&str>) -> Result<Fetched, Failure> {
    let is_loopback = is_loopback(from);
    match from.split_once("://") {
        Some(("https", _)) => ask(from, how, etag, false),
        Some(("http", _)) if is_loopback && how.allow_loopback => ask(from, how, etag, true),
        Some(("http", _)) if is_loopback => {
            Err(Failure::new(format!("`{from}` is not fetched by plain HTTP"))
                .help("`--allow-loopback` allows it for this machine"))
        }
        Some(_) => Err(Failure::new(format!("`{from}` is not fetched"))
            .help("use `https://`, or save the document to a file")),
        None => {
            let size = std::fs::metadata(from).map(|about| about.len());
            let text = match size {
                Ok(size) if size > how.max_bytes => return Err(too_large(from, how.max_bytes)),
                _ => input::source(Path::new(from), from)?.text,
            };
            Ok(Fetched::Text { text, etag: None })
        }
    }
}

#[cfg(feature = "fetch")]
use http::ask;

#[cfg(not(feature = "fetch"))]
fn ask(from: &str, _: &Download, _: Option<&str>, _: bool) -> Result<Fetched, Failure> {
    Err(Failure::new(format!("`{from}` is not fetched: this program was built without the feature `fetch`"))
        .help("save the document to a file, or build the program with its default features"))
}

/// Returns whether a URL is on this machine, independently of DNS.
fn is_loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    host == "127.0.0.1" || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_numbers_of_this_machine_are_loopback() {
        assert!(is_loopback("http://127.0.0.1:8080/api.yaml") && is_loopback("http://[::1]:80/"));
        for other in [
            "http://localhost/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "https://127.0.0.1/",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
