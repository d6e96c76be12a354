//! What is the same for each attempt of a call: address, headers, and what must not be shown.

use http::Method;
use http::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

use super::super::auth::SchemeKind;
use super::super::call::Call;
use super::super::client::{base_url, builder_header};
use super::super::encode;
use super::super::error::{Error, RequestErrorKind};
use super::super::random;
use super::super::redact::Scrub;
use super::super::retry::idempotent;
use super::refused;

/// A call, ready to be sent but for credentials and body.
pub(super) struct Prepared {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) scrub: Scrub,
    /// Sending it twice is the same as once.
    pub(super) repeatable: bool,
}

pub(super) fn prepare(call: &Call) -> Result<Prepared, Error> {
    if let Some((kind, message)) = &call.parts.problem {
        return Err(refused(*kind, message.clone()));
    }
    let method = call.method().clone();
    let mut headers = call.core.shared().headers.clone();
    if !call.route.accept.is_empty() {
        headers.insert(ACCEPT, HeaderValue::from_static(call.route.accept));
    }
    headers.extend(cookies(call)?.map(|cookies| (COOKIE, cookies)));
    for (name, value) in &call.parts.headers {
        // What the call says takes the place of what all calls say; `extend` would send both.
        headers.insert(name.clone(), value.clone());
    }
    let keyed = key(call, &mut headers)?;
    let mut scrub = Scrub::default();
    for value in headers.values().filter(|value| value.is_sensitive()) {
        // They only look like credentials; short ones are more likely words that must stay readable.
        if let Ok(text) = value.to_str()
            && text.len() >= 8
        {
            scrub.add(text);
        }
    }
    let url = address(call)?;
    if let Some(password) = url.password() {
        scrub.add(password);
    }
    Ok(Prepared { repeatable: keyed || idempotent(&method), method, url, headers, scrub })
}

fn cookies(call: &Call) -> Result<Option<HeaderValue>, Error> {
    let cookies: Vec<&str> =
        call.parts.cookies.iter().flat_map(|(_, pairs)| pairs).map(String::as_str).collect();
    if cookies.is_empty() {
        return Ok(None);
    }
    let (_, value) = builder_header("cookie", &cookies.join("; "))?;
    Ok(Some(value))
}

/// Puts the idempotency key in, minted once per call. Says whether there is one.
fn key(call: &Call, headers: &mut HeaderMap) -> Result<bool, Error> {
    let given = call.parts.options.idempotency_key.as_deref();
    let name = call.route.idempotency.or(given.map(|_| "Idempotency-Key"));
    let Some(name) = name else { return Ok(false) };
    if given.is_none() && headers.contains_key(name) {
        return Ok(true);
    }
    let key = given.map_or_else(random::uuid, str::to_owned);
    let (name, value): (HeaderName, HeaderValue) = builder_header(name, &key)?;
    headers.insert(name, value);
    Ok(true)
}

/// Where a call goes, without credentials.
pub(crate) fn address(call: &Call) -> Result<Url, Error> {
    if let Some(address) = &call.parts.address {
        return Ok(without_keys(call, address));
    }
    let shared = call.core.shared();
    let server = match (&call.parts.options.base_url, call.route.server) {
        (Some(given), _) => base_url(given)?,
        (None, Some(server)) if !shared.base_url_given => shared.base_url.join(server).map_err(|error| {
            refused(RequestErrorKind::Url, format!("the server `{server}` is no URL ({error})"))
        })?,
        (None, _) => shared.base_url.clone(),
    };
    let path = &call.parts.path;
    if let Some(missing) = path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        let message = format!("the path parameter `{}` is missing; give it a value", missing.0);
        return Err(refused(RequestErrorKind::Parameter, message));
    }
    let steps = |segment: &str| {
        // Most segments begin with something else.
        segment.starts_with(['.', '%']) && {
            let plain = segment.to_ascii_lowercase().replace("%2e", ".");
            plain == "." || plain == ".."
        }
    };
    if path.split(['?', '#']).next().unwrap_or_default().split('/').any(steps) {
        let message =
            "a part of the path is `.` or `..`, which leads elsewhere; give other values".to_owned();
        return Err(refused(RequestErrorKind::Parameter, message));
    }
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    let text = format!("{}{slash}{path}", server.as_str().trim_end_matches('/'));
    let mut url = Url::parse(&text)
        .map_err(|error| refused(RequestErrorKind::Url, format!("the path gives no URL ({error})")))?;
    for (_, pairs) in &call.parts.query {
        push_query(&mut url, pairs);
    }
    Ok(url)
}

/// An address that a server gave, without credentials that the server put into it: they are added again.
fn without_keys(call: &Call, address: &Url) -> Url {
    let schemes = call.route.auth.iter().flat_map(|all| all.iter());
    let keys = schemes.filter_map(|scheme| match scheme.kind {
        SchemeKind::ApiKeyQuery(name) => Some(name),
        _ => None,
    });
    let (keys, mut url): (Vec<&str>, Url) = (keys.collect(), address.clone());
    if keys.is_empty() {
        return url;
    }
    let is_key = |pair: &&str| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        keys.iter().any(|key| *key == name || encode::strict(key) == name)
    };
    let kept =
        url.query().map(|query| query.split('&').filter(|pair| !is_key(pair)).collect::<Vec<_>>().join("&"));
    url.set_query(kept.as_deref().filter(|query| !query.is_empty()));
    url
}

/// Appends `name=value`, encoded already.
pub(crate) fn push_query(url: &mut Url, pairs: &str) {
    let query = match url.query() {
        Some(query) if !query.is_empty() => format!("{query}&{pairs}"),
        Some(_) | None => pairs.to_owned(),
    };
    url.set_query(Some(&query));
}
