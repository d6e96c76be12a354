//! Keeps secrets out of whatever people read.
//!
//! In: the secrets of a request, and text or headers that will be shown. Out: the same without them. A server may
//! echo a key in its error text, so text from outside is cleaned as well.

mod mask;

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};

use super::encode;
use super::url::Url;

pub(crate) use mask::REDACTED;

/// What is shorter is no secret worth the name, and replacing it would destroy the text.
const SHORTEST: usize = 4;

/// Most of a body that is looked at for an excerpt, in bytes.
const WINDOW: usize = 64 * 1024;

/// The secrets of one request. The forms in which they may come back are made when something is shown, which is seldom.
#[derive(Clone, Default)]
pub(crate) struct Scrub(Vec<Arc<str>>);

impl Scrub {
    /// Adds a secret.
    pub(crate) fn add(&mut self, secret: &str) {
        self.0.push(secret.into());
    }

    /// Adds secrets that others know as well.
    pub(crate) fn share(&mut self, secrets: &[Arc<str>]) {
        self.0.extend_from_slice(secrets);
    }

    /// The secrets as they are, inside of JSON, and percent-encoded.
    #[cold]
    fn forms(&self) -> Vec<String> {
        let mut forms = Vec::new();
        for secret in &self.0 {
            let quoted = serde_json::Value::from(&**secret).to_string();
            let inside = quoted[1..quoted.len() - 1].to_owned();
            forms.extend([secret.to_string(), inside, encode::strict(secret)]);
        }
        forms.retain(|form| form.len() >= SHORTEST);
        // Longer ones first, so that one secret inside another leaves nothing behind.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        forms
    }

    /// The text without secrets.
    pub(crate) fn clean(&self, text: &str) -> String {
        self.forms().iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), REDACTED))
    }

    /// The beginning of a body, on one line, as people may read it. Secrets are taken out before it is cut, since a
    /// piece of a secret would not be known for one.
    pub(crate) fn excerpt(&self, body: &[u8], most: usize) -> String {
        let mut text = self.clean(&String::from_utf8_lossy(&body[..body.len().min(WINDOW)]));
        if body.len() > WINDOW {
            let doubtful = self.forms().first().map_or(0, String::len);
            let mut end = text.len().saturating_sub(doubtful);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        one_line(&text, most)
    }

    /// The beginning of a body, for hooks: without secrets, and without values whose names say that they are some.
    pub(crate) fn body(&self, body: &[u8], media: &str, most: usize) -> String {
        // Secrets are taken out before it is cut, as above.
        let longest = self.forms().first().map_or(0, String::len);
        let window = &body[..body.len().min(most.saturating_add(longest))];
        let text = self.clean(&String::from_utf8_lossy(window));
        let mut text = if media.starts_with("application/x-www-form-urlencoded") {
            mask::pairs(&text)
        } else {
            mask::json(&text)
        };
        let mut end = text.len().min(most);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text
    }

    /// A URL with its query, without secrets.
    pub(crate) fn url(&self, url: &Url) -> String {
        let (scheme, server) = url.origin();
        let place = format!("{scheme}://{server}{}", url.path());
        let query = url.query().map(|query| format!("?{}", mask::pairs(query))).unwrap_or_default();
        self.clean(&(place + &query))
    }

    /// Does the text hold a secret?
    pub(crate) fn finds(&self, text: &str) -> bool {
        self.forms().iter().any(|secret| text.contains(secret.as_str()))
    }

    /// The headers as they may be shown.
    pub(crate) fn headers(&self, headers: &HeaderMap) -> ShownHeaders {
        ShownHeaders(
            headers
                .iter()
                .map(|(name, value)| {
                    let hidden = value.is_sensitive()
                        || [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE].contains(name);
                    let text = if hidden {
                        REDACTED.to_owned()
                    } else {
                        self.clean(&String::from_utf8_lossy(value.as_bytes()))
                    };
                    (name.as_str().to_owned(), text)
                })
                .collect(),
        )
    }
}

impl fmt::Debug for Scrub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scrub({})", self.0.len())
    }
}

/// Headers without secrets, for `Debug`.
#[derive(Clone)]
pub(crate) struct ShownHeaders(Vec<(String, String)>);

impl ShownHeaders {
    /// Names and values.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

impl fmt::Debug for ShownHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(name, value)| (name, value))).finish()
    }
}

/// Words with single spaces, cut when they are too many.
fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|character| !character.is_control()));
        if line.chars().count() > most {
            return line.chars().take(most).chain("…".chars()).collect();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Scrub, WINDOW};

    #[test]
    fn secrets_inside_of_secrets_leave_nothing() {
        let mut scrub = Scrub::default();
        scrub.add("abcd");
        scrub.add("abcdefgh");
        assert_eq!(scrub.clean("x abcdefgh y abcd z"), "x [redacted] y [redacted] z");
        assert!(scrub.finds("…abcd…"));
    }

    #[test]
    fn short_values_are_no_secrets() {
        let mut scrub = Scrub::default();
        scrub.add("ab");
        assert_eq!(scrub.clean("abc"), "abc");
    }

    #[test]
    fn excerpts_are_one_line_and_bounded() {
        let excerpt = |body: &[u8], most| Scrub::default().excerpt(body, most);
        assert_eq!(excerpt(b"<html>\n  <body>\tBad</body>", 100), "<html> <body> Bad</body>");
        assert_eq!(excerpt(&[b'x'; 500], 10), "xxxxxxxxxx…");
        assert_eq!(excerpt(&[0xff, 0xfe, b'a'], 10), "\u{fffd}\u{fffd}a");
    }
    #[test]
    fn a_secret_at_the_cut_leaves_no_piece() {
        let mut scrub = Scrub::default();
        scrub.add("0123456789");
        assert_eq!(scrub.excerpt(b"abc 0123456789 def", 8), "abc [red…");
        let mut body = vec![b' '; WINDOW - 5];
        body.extend_from_slice(b"0123456789");
        assert_eq!(scrub.excerpt(&body, 100), "");
    }

    #[test]
    fn secrets_are_known_in_other_forms() {
        let mut scrub = Scrub::default();
        scrub.add("a\"b c/d");
        assert_eq!(scrub.clean(r#"{"key":"a\"b c/d"}"#), r#"{"key":"[redacted]"}"#);
        assert_eq!(scrub.clean("?key=a%22b%20c%2Fd"), "?key=[redacted]");
    }
}
