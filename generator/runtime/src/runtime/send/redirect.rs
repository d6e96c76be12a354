//! Where a redirect leads: a pure function.

use http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, RANGE, USER_AGENT};
use http::{Method, StatusCode};

use super::super::encode::strict;
use super::super::head::push_query;
use super::super::redact::Scrub;
use super::super::transport::shown;
use super::super::url::Url;

/// Redirects followed for one attempt.
pub(super) const MOST: usize = 10;

/// What to do with a response.
#[derive(Debug, PartialEq)]
pub(super) enum Redirection {
    /// It is no redirect, or none that leads anywhere.
    Stay,
    /// Ask there instead.
    Follow(Hop),
    /// A redirect that must not be followed, and why.
    Refuse(String),
}

/// The next request.
#[derive(Debug, PartialEq)]
pub(super) struct Hop {
    pub(super) url: Url,
    pub(super) method: Method,
    /// The body goes along.
    pub(super) body: bool,
    /// Credentials and the caller's headers go along.
    pub(super) trusted: bool,
}

/// Is it a status of redirects?
pub(super) fn leads_on(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Decides about a response to a request of this method to this URL.
pub(super) fn step(status: StatusCode, location: Option<&[u8]>, method: &Method, url: &Url) -> Redirection {
    if !leads_on(status) {
        return Redirection::Stay;
    }
    let target = location.and_then(|it| std::str::from_utf8(it).ok()).and_then(|it| url.join(it).ok());
    let Some(mut target) = target else { return Redirection::Stay };
    target.set_fragment(None);
    let refuse = |why: &str| {
        Redirection::Refuse(format!(
            "the redirect ({}) of a {method} to {} is not followed: {why}",
            status.as_u16(),
            shown(&target)
        ))
    };
    if !matches!(target.scheme(), "http" | "https") || target.host_str().is_none() {
        return refuse("it leads to no `http` or `https` URL");
    }
    if url.scheme() == "https" && target.scheme() == "http" {
        return refuse("it leads from `https` to `http`");
    }
    let trusted = same_site(url, &target);
    let reading = matches!(*method, Method::GET | Method::HEAD);
    match status.as_u16() {
        303 => {
            let method = if *method == Method::HEAD { Method::HEAD } else { Method::GET };
            Redirection::Follow(Hop { url: target, method, body: false, trusted })
        }
        301 | 302 if !reading => refuse("it does not say whether the body should go along"),
        _ if !reading && !trusted => refuse("the body would go to another host"),
        _ => Redirection::Follow(Hop { url: target, method: method.clone(), body: !reading, trusted }),
    }
}

/// The same host, or its encrypted door.
fn same_site(from: &Url, to: &Url) -> bool {
    let upgrade =
        from.scheme() == "http" && to.scheme() == "https" && from.port().is_none() && to.port().is_none();
    from.same_origin(to) || (upgrade && from.host_str() == to.host_str())
}

/// Lets keys in the query go along to the same host, as those in headers do, unless the server has sent them along.
pub(super) fn carry(keys: &[&str], from: &Url, to: &mut Url) {
    for key in keys {
        if to.query_pairs().any(|(name, _)| name == *key) {
            continue;
        }
        for (_, value) in from.query_pairs().filter(|(name, _)| name == *key) {
            push_query(to, &format!("{}={}", strict(key), strict(&value)));
        }
    }
}

/// The headers that may go to a host nobody gave credentials for.
pub(super) fn harmless(headers: &HeaderMap) -> HeaderMap {
    [ACCEPT, ACCEPT_LANGUAGE, RANGE, USER_AGENT]
        .into_iter()
        .filter_map(|name| {
            headers.get(&name).filter(|it| !it.is_sensitive()).cloned().map(|value| (name, value))
        })
        .collect()
}

/// Is a secret in the URL, however it is encoded?
pub(super) fn tells(url: &Url, scrub: &Scrub) -> bool {
    scrub.finds(url.as_str()) || url.query_pairs().any(|(_, value)| scrub.finds(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(status: u16, method: &Method, from: &str, to: &str) -> Redirection {
        let from = Url::parse(from).unwrap();
        step(StatusCode::from_u16(status).unwrap(), Some(to.as_bytes()), method, &from)
    }

    fn follow(step: Redirection) -> (String, Method, bool, bool) {
        match step {
            Redirection::Follow(hop) => (hop.url.to_string(), hop.method, hop.body, hop.trusted),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reading_is_sent_on() {
        for status in [301, 302, 303, 307, 308] {
            let hop = follow(go(status, &Method::GET, "https://a.test/x?y=1", "/z"));
            assert_eq!(hop, ("https://a.test/z".to_owned(), Method::GET, false, true), "{status}");
        }
    }

    #[test]
    fn another_host_is_not_trusted() {
        for to in ["https://b.test/", "https://a.test:444/", "//b.test/", "https://sub.a.test/"] {
            assert!(!follow(go(302, &Method::GET, "https://a.test/", to)).3, "{to}");
        }
        assert!(follow(go(302, &Method::GET, "http://a.test/", "https://a.test/")).3);
        assert!(!follow(go(302, &Method::GET, "http://a.test:80/", "https://a.test:8443/")).3);
    }

    #[test]
    fn bodies_go_along_only_where_the_status_says_so_and_the_host_is_the_same() {
        let (_, method, body, _) = follow(go(307, &Method::POST, "https://a.test/", "/b"));
        assert_eq!((method, body), (Method::POST, true));
        let (_, method, body, _) = follow(go(303, &Method::POST, "https://a.test/", "/b"));
        assert_eq!((method, body), (Method::GET, false));
        for (status, to) in [(301, "/b"), (302, "/b"), (307, "https://b.test/"), (308, "https://b.test/")] {
            assert!(
                matches!(go(status, &Method::POST, "https://a.test/", to), Redirection::Refuse(_)),
                "{status} {to}"
            );
        }
    }

    #[test]
    fn never_away_from_tls_nor_off_the_web() {
        for to in ["http://a.test/", "ftp://a.test/", "file:///etc/passwd", "data:text/plain,x"] {
            assert!(matches!(go(302, &Method::GET, "https://a.test/", to), Redirection::Refuse(_)), "{to}");
        }
        let Redirection::Refuse(why) = go(302, &Method::GET, "https://a.test/", "http://b.test/x?key=1")
        else {
            panic!()
        };
        assert!(!why.contains("key=1"), "{why}");
    }

    #[test]
    fn other_responses_stay() {
        assert_eq!(go(304, &Method::GET, "https://a.test/", "/b"), Redirection::Stay);
        assert_eq!(go(300, &Method::GET, "https://a.test/", "/b"), Redirection::Stay);
        let url = Url::parse("https://a.test/").unwrap();
        assert_eq!(step(StatusCode::FOUND, None, &Method::GET, &url), Redirection::Stay);
        assert_eq!(step(StatusCode::FOUND, Some(b"http://["), &Method::GET, &url), Redirection::Stay);
    }
}
