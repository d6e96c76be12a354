//! Downloads by HTTPS.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::header::{ETAG, IF_NONE_MATCH};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::fetched::{Fetched, too_large};
use crate::cli::args::Download;
use crate::cli::{Failure, input};

/// Fetches a URL, unless it still has this entity tag.
pub(super) fn ask(from: &str, how: &Download, known: Option<&str>, plain: bool) -> Result<Fetched, Failure> {
    let roots = how.ca.as_deref().map_or(Ok(RootCerts::WebPki), roots)?;
    let config = Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .https_only(!plain)
        // Redirects must not leave this machine.
        .max_redirects(if plain { 0 } else { 5 })
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(how.timeout)))
        .build();
    let mut request = Agent::new_with_config(config).get(from);
    if let Some(etag) = known {
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
    let body = response.body_mut().with_config().limit(how.max_bytes).read_to_vec();
    let bytes = body.map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => too_large(from, how.max_bytes),
        other => failed(other),
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("`{from}` is not UTF-8")).help("check that it is the document"))?;
    Ok(Fetched::Text { text, etag })
}

/// Reads the certificates in a file.
fn roots(path: &Path) -> Result<RootCerts, Failure> {
    let label = input::label(path);
    let text = input::source(path, &label)?.text;
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
