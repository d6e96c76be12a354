//! Text to a URL.

use std::fmt;
use std::net::Ipv6Addr;
use std::ops::Range;

use percent_encoding::utf8_percent_encode;

use super::path;

/// Why a text is no URL. The text is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidUrl(&'static str);

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidUrl {}

/// A URL, and where its parts are in it.
#[derive(Clone)]
pub(super) struct Parts {
    /// All of it.
    pub(super) text: String,
    /// End of the scheme, before the colon.
    pub(super) scheme: usize,
    /// The host, with the brackets of an IPv6 address; empty where there is none.
    pub(super) host: Range<usize>,
    /// The port, where it is not the usual one.
    pub(super) port: Option<u16>,
    pub(super) path: usize,
    /// Where the question mark is.
    pub(super) query: Option<usize>,
    /// Where the number sign is.
    pub(super) fragment: Option<usize>,
}

/// What stands before and behind the first of these characters.
pub(super) fn halves(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

/// Without spaces around it.
pub(super) fn trimmed(text: &str) -> Result<&str, InvalidUrl> {
    let text = text.trim_matches(|c: char| c <= ' ');
    if text.contains(char::is_control) {
        return Err(InvalidUrl("it holds a control character"));
    }
    Ok(text)
}

/// The scheme of a text, where it begins with one.
pub(super) fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

pub(super) fn parse(text: &str) -> Result<Parts, InvalidUrl> {
    let text = trimmed(text)?;
    let scheme = scheme(text).ok_or(InvalidUrl("it has no scheme"))?;
    let rest = &text[scheme.len() + 1..];
    let mut url = Parts {
        text: scheme.to_ascii_lowercase(),
        scheme: scheme.len(),
        host: 0..0,
        port: None,
        path: 0,
        query: None,
        fragment: None,
    };
    url.text.reserve(rest.len() + 2);
    url.text.push(':');
    let rest = match rest.strip_prefix("//") {
        Some(rest) => {
            url.text.push_str("//");
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            authority(&mut url, &rest[..end])?;
            &rest[end..]
        }
        None if is_web(&url.text) => {
            return Err(InvalidUrl("there is no `//` behind its scheme"));
        }
        None => {
            url.host = url.text.len()..url.text.len();
            rest
        }
    };
    let (rest, fragment) = halves(rest, '#');
    let (path, query) = halves(rest, '?');
    url.path = url.text.len();
    path::push(&mut url.text, if path.is_empty() && !url.host.is_empty() { "/" } else { path });
    for (mark, part, encoded, at) in
        [('?', query, path::QUERY, &mut url.query), ('#', fragment, path::FRAGMENT, &mut url.fragment)]
    {
        let Some(part) = part else { continue };
        *at = Some(url.text.len());
        url.text.push(mark);
        url.text.extend(utf8_percent_encode(part, encoded));
    }
    Ok(url)
}

/// Is it a URL of the web, where there is always a host?
fn is_web(url: &str) -> bool {
    url.starts_with("http:") || url.starts_with("https:")
}

/// User, host and port.
fn authority(url: &mut Parts, text: &str) -> Result<(), InvalidUrl> {
    let is_web = is_web(&url.text);
    if text.contains('\\') {
        // A browser takes it for a slash, and what is before it for the host.
        return Err(InvalidUrl("there is a backslash before its path"));
    }
    let (user, server) = text.rsplit_once('@').map_or((None, text), |(user, server)| (Some(user), server));
    if let Some(user) = user {
        let (name, password) = halves(user, ':');
        url.text.extend(utf8_percent_encode(name, path::USER));
        if let Some(password) = password.filter(|password| !password.is_empty()) {
            url.text.push(':');
            url.text.extend(utf8_percent_encode(password, path::USER));
        }
        url.text.push('@');
    }
    let end = match server.strip_prefix('[').and_then(|rest| rest.find(']')) {
        Some(end) => end + 2,
        None => server.find(':').unwrap_or(server.len()),
    };
    let (host, port) = server.split_at(end);
    if host.is_empty() && (is_web || user.is_some() || !port.is_empty()) {
        return Err(InvalidUrl("it has no host"));
    }
    let begin = url.text.len();
    push_host(&mut url.text, host)?;
    url.host = begin..url.text.len();
    let port = match port {
        "" | ":" => None,
        port => {
            let digits = port.strip_prefix(':').filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
            let port = digits
                .and_then(|port| port.parse().ok())
                .ok_or(InvalidUrl("its port is no number up to 65535"))?;
            Some(port)
        }
    };
    url.port = port.filter(|port| Some(*port) != usual_port(&url.text[..url.scheme]));
    if let Some(port) = url.port {
        url.text.push(':');
        url.text.push_str(&port.to_string());
    }
    Ok(())
}

/// The port that a scheme has when none is named.
fn usual_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

fn push_host(out: &mut String, host: &str) -> Result<(), InvalidUrl> {
    if let Some(address) = host.strip_prefix('[') {
        let address: Option<Ipv6Addr> = address.strip_suffix(']').and_then(|it| it.parse().ok());
        let address = address.ok_or(InvalidUrl("its host is no IPv6 address"))?;
        out.push_str(&format!("[{address}]"));
        return Ok(());
    }
    if !host.is_ascii() {
        return push_international(out, host);
    }
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte)) {
        return Err(InvalidUrl("its host holds a character that no host has"));
    }
    out.extend(host.chars().map(|c| c.to_ascii_lowercase()));
    Ok(())
}

#[cfg(feature = "idn")]
fn push_international(out: &mut String, host: &str) -> Result<(), InvalidUrl> {
    let host = idna::domain_to_ascii(host).map_err(|_| InvalidUrl("its host is no name of a host"))?;
    push_host(out, &host)
}

#[cfg(not(feature = "idn"))]
fn push_international(_: &mut String, _: &str) -> Result<(), InvalidUrl> {
    Err(InvalidUrl("its host is not ASCII; write it as `xn--…`, or turn on the feature `idn`"))
}
