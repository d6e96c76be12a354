//! What is the same for each attempt of a call: URL, headers, and what must not be shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use super::super::auth::{Scheme, SchemeKind};
use super::super::call::Call;
use super::super::encode;
use super::super::error::{Error, RequestError, RequestErrorKind};
use super::super::head::{add_cookies, base_url, header, push_query};
use super::super::random;
use super::super::redact::Scrub;
use super::super::retry::idempotent;
use super::super::route::Route;
use super::super::url::Url;

/// What all attempts of a call share.
pub(super) struct Prepared {
    pub(super) method: Method,
    /// The idempotency key, minted once.
    key: Option<(HeaderName, HeaderValue)>,
    /// Sending it twice is the same as once.
    pub(super) repeatable: bool,
}

/// The head of a request, but for credentials. Each attempt has one of its own, which it can use up: most calls need no
/// second one.
pub(super) struct Head {
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) scrub: Scrub,
}

pub(super) fn prepare(call: &Call) -> Result<Prepared, Error> {
    if let Some((kind, message)) = &call.parts.problem {
        return Err(refused(*kind, message.clone()));
    }
    let method = call.method().clone();
    let (key, keyed) = key(call)?;
    Ok(Prepared { repeatable: keyed || idempotent(&method), method, key })
}

pub(super) fn head(call: &Call, prepared: &Prepared) -> Result<Head, Error> {
    let given = &call.core.shared().headers;
    // With room for what comes: to grow is to copy.
    let mut headers = HeaderMap::with_capacity(given.len() + call.parts.headers.len() + 3);
    for (name, value) in given {
        headers.append(name.clone(), value.clone());
    }
    if !call.route.accept.is_empty() && !headers.contains_key(ACCEPT) {
        // What a document calls a media type may be no header.
        let accept = HeaderValue::from_maybe_shared(Bytes::from_static(call.route.accept.as_bytes()));
        headers.extend(accept.ok().map(|accept| (ACCEPT, accept)));
    }
    if let Some(cookies) = cookies(call)? {
        add_cookies(&mut headers, &cookies);
    }
    for (name, value) in &call.parts.headers {
        // What the call says takes the place of what all calls say; `extend` would send both.
        headers.insert(name.clone(), value.clone());
    }
    for (name, value) in &call.parts.options.added {
        headers.append(name.clone(), value.clone());
    }
    if let Some((name, value)) = &prepared.key {
        headers.insert(name.clone(), value.clone());
    }
    let mut scrub = Scrub::default();
    for value in headers.values().filter(|value| value.is_sensitive()) {
        // They only look like credentials; short ones are more likely words that must stay readable.
        if let Ok(text) = value.to_str()
            && text.len() >= 8
        {
            scrub.add(text);
        }
    }
    let url = request_url(call)?;
    if let Some(password) = url.password() {
        scrub.add(password);
    }
    Ok(Head { url, headers, scrub })
}

fn cookies(call: &Call) -> Result<Option<HeaderValue>, Error> {
    let cookies: Vec<&str> =
        call.parts.cookies.iter().flat_map(|(_, pairs)| pairs).map(String::as_str).collect();
    if cookies.is_empty() {
        return Ok(None);
    }
    let (_, value) = header("cookie", &cookies.join("; "))?;
    Ok(Some(value))
}

/// The user and password of a URL, as credentials, unless there are others; no URL keeps them.
pub(super) fn sign(url: &mut Url, headers: &mut HeaderMap, scrub: &mut Scrub) -> Result<(), Error> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(());
    }
    let plain = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<u8>>();
    let password = plain(url.password().unwrap_or_default());
    let pair = STANDARD.encode([plain(url.username()), password.clone()].join(&b':'));
    scrub.add(&String::from_utf8_lossy(&password));
    scrub.add(&pair);
    url.forget_user();
    if !headers.contains_key(AUTHORIZATION) {
        let (name, value) = header("authorization", &format!("Basic {pair}"))?;
        headers.insert(name, value);
    }
    Ok(())
}

/// The idempotency key to put in, if any, and whether there is one, by the caller's own header perhaps.
fn key(call: &Call) -> Result<(Option<(HeaderName, HeaderValue)>, bool), Error> {
    if call.parts.url.is_some() {
        // A page that a link leads to is got, however the list was asked for.
        return Ok((None, false));
    }
    let given = call.parts.options.idempotency_key.as_deref();
    let name = call.route.idempotency.or(given.map(|_| "Idempotency-Key"));
    let Some(name) = name else { return Ok((None, false)) };
    let by_hand = || {
        let headers = [&call.parts.headers, &call.core.shared().headers];
        headers.iter().any(|headers| headers.contains_key(name))
    };
    if given.is_none() && by_hand() {
        return Ok((None, true));
    }
    let key = given.map_or_else(random::uuid, str::to_owned);
    Ok((Some(header(name, &key)?), true))
}

/// Where a call goes, without credentials.
pub(crate) fn request_url(call: &Call) -> Result<Url, Error> {
    let mut url = match &call.parts.url {
        Some(given) => without_keys(call, given),
        None => operation_url(call)?,
    };
    for (name, pair) in &call.core.shared().query {
        if !url.query_pairs().any(|(known, _)| known == *name) {
            push_query(&mut url, pair);
        }
    }
    Ok(url)
}

/// Where an operation is, with the query of its call.
fn operation_url(call: &Call) -> Result<Url, Error> {
    let shared = call.core.shared();
    let mut url = match (&call.parts.options.base_url, call.route.server) {
        (Some(given), _) => base_url(given)?,
        (None, Some(server)) if !shared.base_url_given => shared.base_url.join(server).map_err(|error| {
            refused(RequestErrorKind::Url, format!("the server `{server}` is no URL ({error})"))
        })?,
        (None, _) => shared.base_url.clone(),
    };
    let (path, given) = split(&call.parts.path)?;
    let base = url.path().trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    // Host and port of the server are read already, and most of what reading a whole URL takes is spent on them.
    if base.is_empty() && slash.is_empty() {
        url.set_path(path);
    } else {
        let whole = [base, slash, path].concat();
        url.set_path(&whole);
    }
    let pairs = call.parts.query.iter().map(|(_, pairs)| pairs.as_str());
    let query: Vec<&str> = given.into_iter().filter(|given| !given.is_empty()).chain(pairs).collect();
    match &query[..] {
        [] => {}
        [one] => url.set_query(Some(one)),
        all => url.set_query(Some(&all.join("&"))),
    }
    Ok(url)
}

/// A path with all its parameters, and the query behind it, if there is one.
fn split(path: &str) -> Result<(&str, Option<&str>), Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~');
    if path.bytes().all(plain) {
        // Most are, and nothing of what follows could be in them.
        return Ok((path, None));
    }
    let refuse = |message: String| Err(refused(RequestErrorKind::Parameter, message));
    if let Some(missing) = path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        return refuse(format!("the path parameter `{}` is missing; give it a value", missing.0));
    }
    if path.contains(char::is_control) {
        let message = "the path holds a control character, which a URL leaves out; encode it or take it out";
        return refuse(message.to_owned());
    }
    // A fragment is not sent, and the query stands before it.
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let steps = |segment: &str| {
        // Most segments begin with something else.
        segment.starts_with(['.', '%']) && {
            let plain = segment.to_ascii_lowercase().replace("%2e", ".");
            plain == "." || plain == ".."
        }
    };
    // A URL parser takes a backslash for a slash.
    if path.split(['/', '\\']).any(steps) {
        return refuse(
            "a part of the path is `.` or `..`, which leads elsewhere; give other values".to_owned(),
        );
    }
    Ok((path, query))
}

/// A URL that a server gave, without credentials that the server put into it: they are added again.
fn without_keys(call: &Call, given: &Url) -> Url {
    let (keys, mut url) = (query_keys(call.route), given.clone());
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

/// The query parameters of a call that may be keys.
pub(super) fn query_keys(route: &Route) -> Vec<&'static str> {
    let schemes = route.auth.iter().flat_map(|all| all.iter());
    let key = |scheme: &&Scheme| match scheme.kind {
        SchemeKind::ApiKeyQuery(name) => Some(name),
        _ => None,
    };
    schemes.filter_map(key).collect()
}

fn refused(kind: RequestErrorKind, message: String) -> Error {
    RequestError::new(kind, message).into()
}
