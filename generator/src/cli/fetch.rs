//! Documents from files and URLs, with limits for time and size.

use crate::cli::Failure;
use crate::cli::args::Download;
use crate::cli::home::Place;

pub(super) use fetched::Fetched;
use fetched::too_large;

mod fetched;
#[cfg(feature = "fetch")]
mod http;

/// Reads the file, or fetches the URL with these headers unless it still has this entity tag.
pub(super) fn fetch(
    from: &str,
    how: &Download,
    headers: &[(String, String)],
    etag: Option<&str>,
) -> Result<Fetched, Failure> {
    let ask = |plain| {
        let named = how.header_env.iter().chain(headers);
        let headers =
            named.map(|(name, variable)| value_of(name, variable)).collect::<Result<Vec<_>, _>>()?;
        document(from, ask(from, how, &headers, etag, plain)?)
    };
    let is_loopback = is_loopback(from);
    match from.split_once("://") {
        Some(("https", _)) => ask(false),
        Some(("http", _)) if is_loopback && how.allow_loopback => ask(true),
        Some(("http", _)) if is_loopback => {
            Err(Failure::new(format!("`{from}` is not fetched by plain HTTP"))
                .help("`--allow-loopback` allows it for this machine"))
        }
        Some(_) => Err(Failure::new(format!("`{from}` is not fetched"))
            .help("use `https://`, or save the document to a file")),
        None => file(&Place::new(from.into()), how),
    }
}

/// Reads a file, within the limit of size.
pub(super) fn file(from: &Place, how: &Download) -> Result<Fetched, Failure> {
    let size = std::fs::metadata(&from.path).map(|about| about.len());
    let text = match size {
        Ok(size) if size > how.max_bytes => return Err(too_large(&from.label, how.max_bytes)),
        _ => from.read()?.text,
    };
    Ok(Fetched::Text { text, etag: None })
}

#[cfg(feature = "fetch")]
use http::ask;

#[cfg(not(feature = "fetch"))]
fn ask(
    from: &str,
    _: &Download,
    _: &[(String, String)],
    _: Option<&str>,
    _: bool,
) -> Result<Fetched, Failure> {
    Err(Failure::new(format!("`{from}` is not fetched: this program was built without the feature `fetch`"))
        .help("save the document to a file, or build the program with its default features"))
}

/// Reads the value of a header from the environment.
fn value_of(name: &str, variable: &str) -> Result<(String, String), Failure> {
    match std::env::var(variable) {
        Ok(value) => Ok((name.to_owned(), value)),
        Err(_) => Err(Failure::new(format!("the environment variable `{variable}` is not set"))
            .help(format!("it holds the value of the header `{name}`"))),
    }
}

/// Refuses a page for people: many servers show one at the URL beside that of the document.
fn document(from: &str, fetched: Fetched) -> Result<Fetched, Failure> {
    match &fetched {
        Fetched::Text { text, .. } if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => {
            Err(Failure::new(format!("`{from}` is a page for people (HTML or XML), not an OpenAPI document"))
                .help(
                    "such a page loads the document from another URL, often `/openapi.json`; pass that one",
                ))
        }
        _ => Ok(fetched),
    }
}

/// Returns whether a document is at a URL.
pub(super) fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Returns the file with the copy of a document, which `sync` updates: the document itself, or the last segment of
/// its URL.
pub(super) fn copy_of(spec: &str) -> String {
    if !is_url(spec) {
        return spec.to_owned();
    }
    let path = spec.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or("", |(_, rest)| rest);
    let name = path.split_once('/').and_then(|(_, path)| path.rsplit('/').next()).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    match name.rsplit_once('.') {
        Some((stem, "json" | "yaml" | "yml")) if !stem.is_empty() => name,
        _ if name.chars().any(|c| c.is_ascii_alphanumeric()) => format!("{name}.json"),
        _ => "openapi.json".to_owned(),
    }
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
    use super::{copy_of, is_loopback};

    #[test]
    fn a_copy_has_the_name_of_its_url() {
        assert_eq!(copy_of("https://a.example/v1/api.yaml?x=1"), "api.yaml");
        assert_eq!(copy_of("https://a.example/docs/openapi"), "openapi.json");
        assert_eq!(copy_of("https://a.example/"), "openapi.json");
        assert_eq!(copy_of("https://a.example/.."), "openapi.json");
        assert_eq!(copy_of("../spec/a b.yaml"), "../spec/a b.yaml");
    }

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
