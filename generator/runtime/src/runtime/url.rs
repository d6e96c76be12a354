//! URLs: read, resolved and taken apart (RFC 3986), lowercase and percent-encoded where that means the same.
//!
//! In: text. Out: a [`Url`] that can be sent as it is. What browsers repair (backslashes, line breaks, missing slashes) is
//! an error or an encoded character here, so that whoever reads a URL next finds the same host in it.

mod parse;
mod path;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use percent_encoding::{percent_decode_str, utf8_percent_encode};

pub use parse::InvalidUrl;

use parse::{Parts, halves};

/// An absolute URL.
#[derive(Clone)]
pub struct Url(Parts);

impl Url {
    /// Reads an absolute URL.
    ///
    /// # Errors
    ///
    /// When the text is none.
    pub fn parse(text: &str) -> Result<Self, InvalidUrl> {
        parse::parse(text).map(Self)
    }

    /// Resolves a reference, which may be relative to this URL.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn join(&self, reference: &str) -> Result<Self, InvalidUrl> {
        let reference = parse::trimmed(reference)?;
        if parse::scheme(reference).is_some() {
            return Self::parse(reference);
        }
        if reference.starts_with("//") {
            return Self::parse(&format!("{}:{reference}", self.scheme()));
        }
        let mut joined = self.clone();
        joined.set_fragment(None);
        let (rest, fragment) = halves(reference, '#');
        let (path, query) = halves(rest, '?');
        if !path.is_empty() {
            joined.set_query(None);
            if path.starts_with('/') {
                joined.set_path(path);
            } else {
                let folder = self.path().rfind('/').map_or("/", |end| &self.path()[..=end]);
                joined.set_path(&[folder, path].concat());
            }
        }
        if query.is_some() || !path.is_empty() {
            joined.set_query(query);
        }
        joined.set_fragment(fragment);
        Ok(joined)
    }

    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The scheme, such as `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.0.text[..self.0.scheme]
    }

    /// The user name, percent-encoded; empty where there is none.
    #[must_use]
    pub fn username(&self) -> &str {
        halves(self.user_info(), ':').0
    }

    /// The password, percent-encoded.
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        halves(self.user_info(), ':').1
    }

    /// The host, where there is one: a name, or an address, in brackets if it is one of IPv6.
    #[must_use]
    pub fn host_str(&self) -> Option<&str> {
        Some(&self.0.text[self.0.host.clone()]).filter(|host| !host.is_empty())
    }

    /// The port, where it is not the usual one of the scheme.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.0.port
    }

    /// The path, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.text[self.0.path..self.0.query.or(self.0.fragment).unwrap_or(self.0.text.len())]
    }

    /// The query, percent-encoded.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        Some(&self.0.text[self.0.query? + 1..self.0.fragment.unwrap_or(self.0.text.len())])
    }

    /// The parameters of the query, decoded.
    pub fn query_pairs(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let pairs = self.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (plain(name), plain(value)))
    }

    /// The fragment, percent-encoded.
    #[must_use]
    pub fn fragment(&self) -> Option<&str> {
        Some(&self.0.text[self.0.fragment? + 1..])
    }

    /// Puts another path in; what cannot stand in one is encoded, and `.` and `..` are resolved.
    pub fn set_path(&mut self, path: &str) {
        let end = self.0.query.or(self.0.fragment);
        let behind = end.map(|end| self.0.text.split_off(end)).unwrap_or_default();
        self.0.text.truncate(self.0.path);
        path::push(&mut self.0.text, path);
        let moved = |at: usize| at - end.unwrap_or_default() + self.0.text.len();
        (self.0.query, self.0.fragment) = (self.0.query.map(moved), self.0.fragment.map(moved));
        self.0.text.push_str(&behind);
    }

    /// Puts another query in, or takes it out; what cannot stand in one is encoded.
    pub fn set_query(&mut self, query: Option<&str>) {
        let fragment = self.0.fragment.map(|at| self.0.text.split_off(at));
        self.0.text.truncate(self.0.query.unwrap_or(self.0.text.len()));
        self.0.query = query.map(|query| {
            let at = self.0.text.len();
            self.0.text.reserve(query.len() + 1);
            self.0.text.push('?');
            self.0.text.extend(utf8_percent_encode(query, path::QUERY));
            at
        });
        self.0.fragment = fragment.map(|fragment| {
            let at = self.0.text.len();
            self.0.text.push_str(&fragment);
            at
        });
    }

    /// Puts another fragment in, or takes it out; what cannot stand in one is encoded.
    pub fn set_fragment(&mut self, fragment: Option<&str>) {
        self.0.text.truncate(self.0.fragment.unwrap_or(self.0.text.len()));
        self.0.fragment = fragment.map(|fragment| {
            let at = self.0.text.len();
            self.0.text.push('#');
            self.0.text.extend(utf8_percent_encode(fragment, path::FRAGMENT));
            at
        });
    }

    /// The same URL over TLS.
    pub(crate) fn encrypted(&self) -> Result<Self, InvalidUrl> {
        Self::parse(&format!("https{}", &self.0.text[self.0.scheme..]))
    }

    /// Takes user and password out.
    pub(crate) fn forget_user(&mut self) {
        let begin = self.authority();
        let gone = self.0.host.start - begin;
        self.0.text.replace_range(begin..self.0.host.start, "");
        self.0.host = begin..self.0.host.end - gone;
        self.0.path -= gone;
        self.0.query = self.0.query.map(|at| at - gone);
        self.0.fragment = self.0.fragment.map(|at| at - gone);
    }

    /// Do both lead to the same server: scheme, host and port?
    #[must_use]
    pub fn same_origin(&self, other: &Self) -> bool {
        self.host_str().is_some() && self.origin() == other.origin()
    }

    /// Scheme, host and port, as they stand at the beginning.
    pub(crate) fn origin(&self) -> (&str, &str) {
        (self.scheme(), &self.0.text[self.0.host.start..self.0.path])
    }

    /// Where user, host and port begin.
    fn authority(&self) -> usize {
        if self.0.host.is_empty() { self.0.host.start } else { self.0.scheme + "://".len() }
    }

    fn user_info(&self) -> &str {
        self.0.text[self.authority()..self.0.host.start].trim_end_matches('@')
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.text, f)
    }
}

impl PartialEq for Url {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Url {}

impl Hash for Url {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl std::str::FromStr for Url {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        Self::parse(text)
    }
}

impl From<Url> for String {
    fn from(url: Url) -> Self {
        url.0.text
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0.text
    }
}

/// A name or value of a query, decoded as one of a form is.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('+') {
        return Cow::Owned(percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned());
    }
    percent_decode_str(text).decode_utf8_lossy()
}
