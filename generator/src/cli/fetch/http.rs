//! Downloads by HTTPS.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::header::{ETAG, IF_NONE_MATCH, LOCATION};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::fetched::{Fetched, too_large};
use crate::cli::args::Download;
use crate::cli::{Failure, read};

/// Fetches a URL, unless it still has this entity tag.
pub(super) fn ask(
    from: &str,
    how: &Download,
    headers: &[(String, String)],
    known: Option<&str>,
    plain: bool,
) -> Result<Fetched, Failure> {
    let roots = how.ca.as_deref().map_or(Ok(RootCerts::WebPki), roots)?;
    let config = Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .https_only(!plain)
        // Redirects must not leave this machine, nor take secrets to another one.
        .max_redirects(if plain || !headers.is_empty() { 0 } else { 5 })
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(how.timeout)))
        .build();
    let mut request = Agent::new_with_config(config).get(from);
    if let Some(etag) = known {
        request = request.header(IF_NONE_MATCH, etag);
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let failed = |error: ureq::Error| {
        Failure::new(format!("cannot fetch `{from}`: {error}"))
            .help("nothing was changed; try again, or use a file")
    };
    let mut response = request.call().map_err(failed)?;
    match response.status().as_u16() {
        200 => {}
        304 => return Ok(Fetched::Same),
        status @ 300..=399 => {
            let to =
                response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("another URL");
            return Err(Failure::new(format!("`{from}` redirects (status {status}) to `{to}`"))
                .help("redirects are not followed here; pass that URL if you trust it"));
        }
        status @ (401 | 403) => {
            return Err(Failure::new(format!("cannot fetch `{from}`: status {status}")).help(
                "if the document is behind a login, send a header: `--header-env Authorization=VARIABLE`",
            ));
        }
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
    if let Some(how) = read::compressed(&bytes) {
        return Err(Failure::new(format!("`{from}` is a compressed file ({how})"))
            .help("download and decompress it, and pass the file that is in it"));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("`{from}` is not UTF-8")).help("check that it is the document"))?;
    Ok(Fetched::Text { text, etag })
}

/// Reads the certificates in a file.
fn roots(path: &Path) -> Result<RootCerts, Failure> {
    let label = read::label(path);
    let text = read::source(path, &label)?.text;
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
