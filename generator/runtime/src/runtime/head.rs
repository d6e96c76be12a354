//! The parts of a request's head: URLs, headers and cookies, each checked where it is made.

use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::error::{Error, RequestError, RequestErrorKind};
use super::url::Url;

/// Parses a base URL. The value is not repeated: it may hold a password.
pub(crate) fn base_url(text: &str) -> Result<Url, Error> {
    let failed = |why: &str| {
        let message = format!("the base URL {why}; give one like `https://api.example.com`");
        Error::from(RequestError::new(RequestErrorKind::Url, message))
    };
    if text.is_empty() {
        return Err(failed("is not given, and the document names no server"));
    }
    let url = Url::parse(text).map_err(|error| failed(&format!("is no URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(failed("is not an `http` or `https` URL"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(failed("has a query or fragment"));
    }
    Ok(url)
}

/// Checks a name and a value for a header.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), RequestError> {
    let failed = |message: String| RequestError::new(RequestErrorKind::Header, message);
    let checked = HeaderName::try_from(name).map_err(|_| {
        let name = name.escape_debug();
        failed(format!("`{name}` is no header name; take out what is not a letter, digit or dash"))
    })?;
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        failed(format!("the value of the header `{name}` has a control character; take it out"))
    })?;
    // What looks like a credential is treated as one.
    let secret = |word: &&str| checked.as_str().contains(word) && checked.as_str() != "idempotency-key";
    value.set_sensitive(["authorization", "cookie", "key", "token", "secret"].iter().any(secret));
    Ok((checked, value))
}

/// Adds cookies to those that are there: a request has one header for all of them (RFC 6265, section 5.4).
pub(crate) fn add_cookies(headers: &mut HeaderMap, cookies: &HeaderValue) {
    let all: Vec<&[u8]> =
        headers.get_all(COOKIE).iter().chain([cookies]).map(HeaderValue::as_bytes).collect();
    // Pieces of headers, joined, are one.
    let Ok(mut value) = HeaderValue::from_bytes(&all.join(&b"; "[..])) else { return };
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
}

/// Appends `name=value`, encoded already.
pub(crate) fn push_query(url: &mut Url, pairs: &str) {
    let query = match url.query() {
        Some(query) if !query.is_empty() => format!("{query}&{pairs}"),
        Some(_) | None => pairs.to_owned(),
    };
    url.set_query(Some(&query));
}
