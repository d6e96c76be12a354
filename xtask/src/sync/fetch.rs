//! Fetches the new document, from a file or by HTTPS, with limits for time and size, unless it is unchanged.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::header::{ETAG, IF_NONE_MATCH};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::upstream::Upstream;
use crate::Failure;
use crate::args::Sync;

/// The result of fetching.
pub(super) enum Fetched {
    /// The document is unchanged.
    Same,
    /// A document with its entity tag.
    Text { text: String, etag: Option<String> },
}

/// Reads the file, or fetches the URL.
pub(super) fn fetch(from: &str, args: &Sync, upstream: &Upstream) -> Result<Fetched, Failure> {
    let is_loopback = loopback(from);
    match from.split_once("://") {
        Some(("https", _)) => ask(from, args, upstream, false),
        Some(("http", _)) if is_loopback && args.allow_loopback => ask(from, args, upstream, true),
        Some(("http", _)) if is_loopback => {
            Err(Failure::new(format!("`{from}` is not fetched by plain HTTP"))
                .help("`--allow-loopback` allows it for this machine"))
        }
        Some(_) => Err(Failure::new(format!("`{from}` is not fetched"))
            .help("use `https://`, or save the document to a file")),
        None => {
            let size = std::fs::metadata(from).map(|about| about.len());
            let text = match size {
                Ok(size) if size > args.max_bytes => return Err(too_large(from, args.max_bytes)),
                _ => crate::input::source(std::path::Path::new(from), from)?.text,
            };
            Ok(Fetched::Text { text, etag: None })
        }
    }
}

/// Returns whether a URL is on this machine, independently of DNS.
fn loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    host == "127.0.0.1" || host == "[::1]"
}

fn ask(from: &str, args: &Sync, upstream: &Upstream, plain: bool) -> Result<Fetched, Failure> {
    let roots = args.ca.as_deref().map_or(Ok(RootCerts::WebPki), roots)?;
    let config = Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .https_only(!plain)
        // Redirects must not leave this machine.
        .max_redirects(if plain { 0 } else { 5 })
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(args.timeout)))
        .build();
    let mut request = Agent::new_with_config(config).get(from);
    if let Some(etag) = upstream.etag.as_ref().filter(|_| upstream.from == from) {
        request = request.header(IF_NONE_MATCH, etag);
    }
    let failed = |error: ureq::Error| {
        Failure::new(format!("cannot fetch `{from}`: {error}"))
            .help("nothing was changed; try again, or use a file")
    };
    let mut response = request.call().map_err(failed)?;
    match response.status().as_u16() {
        200 => {}
        304 => return Ok(Fetched::Same),
        status => {
            return Err(Failure::new(format!("cannot fetch `{from}`: status {status}")).help("check the URL"));
        }
    }
    let etag = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let body = response.body_mut().with_config().limit(args.max_bytes).read_to_vec();
    let bytes = body.map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => too_large(from, args.max_bytes),
        other => failed(other),
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("`{from}` is not UTF-8")).help("check that it is the document"))?;
    Ok(Fetched::Text { text, etag })
}

/// Reads the certificates in a file.
fn roots(path: &Path) -> Result<RootCerts, Failure> {
    let label = crate::input::label(path);
    let text = crate::input::source(path, &label)?.text;
    let wrong =
        |problem: &str| Failure::new(format!("`{label}` {problem}")).help("pass a PEM file of certificates");
    let mut all = Vec::new();
    for item in parse_pem(text.as_bytes()) {
        if let PemItem::Certificate(one) = item.map_err(|error| wrong(&format!("cannot be read: {error}")))? {
            all.push(one);
        }
    }
    if all.is_empty() {
        return Err(wrong("has no certificate"));
    }
    Ok(RootCerts::Specific(Arc::new(all)))
}

fn too_large(from: &str, limit: u64) -> Failure {
    Failure::new(format!("`{from}` is larger than {limit} bytes")).help("raise the limit with `--max-bytes`")
}

#[cfg(test)]
mod tests {
    use super::loopback;

    #[test]
    fn only_numbers_of_this_machine_are_loopback() {
        assert!(loopback("http://127.0.0.1:8080/api.yaml") && loopback("http://[::1]:80/"));
        for other in [
            "http://localhost/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "https://127.0.0.1/",
        ] {
            assert!(!loopback(other), "{other}");
        }
    }
}
