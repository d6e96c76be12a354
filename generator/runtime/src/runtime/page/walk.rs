//! Where the next page is.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::super::body::Payload;
use super::super::call::{self, Call, Reply};
use super::super::error::ResponseError;
use super::super::error::{Error, ResponseErrorKind, Source};
use super::super::model::to_value;
use super::super::send::request_url;
use super::super::url::Url;
use super::super::wire::Wire;
use super::link;

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// By a value from the page, or from its last item.
    Cursor,
    /// By its number; the first page has this one.
    Number(i64),
    /// By the number of items before it.
    Offset,
    /// By the URL in the header `Link` of the page.
    Link,
    /// By a URL in the page.
    Url,
}

/// What a page says about the next one.
#[derive(Clone, Debug, Default)]
pub struct About {
    items: usize,
    next: Option<Value>,
    more: Option<bool>,
}

impl About {
    /// A page of these items.
    #[must_use]
    pub fn new<T>(items: Option<&Vec<T>>) -> Self {
        Self { items: items.map_or(0, Vec::len), next: None, more: None }
    }

    /// The cursor of the next page; null and the empty string are none.
    #[must_use]
    pub fn next<T: Wire>(mut self, cursor: Option<&T>) -> Self {
        self.next = cursor.map(to_value).filter(|it| !it.is_null() && it.as_str() != Some(""));
        self
    }

    /// Is there more?
    #[must_use]
    pub fn more(mut self, more: Option<&bool>) -> Self {
        self.more = more.copied();
        self
    }
}

/// The last item of a page.
pub fn last<T>(items: Option<&Vec<T>>) -> Option<&T> {
    items?.last()
}

/// The way through the pages so far.
pub(super) struct Walk {
    style: Style,
    param: &'static str,
    /// Number or offset of the present page.
    place: i64,
    /// Where the present page is, for those that lead on by URLs.
    url: Option<Url>,
    /// Cursors that were followed, and for numbered pages the content of the last one.
    seen: HashSet<u64>,
    last: Option<u64>,
    source: Option<Source>,
}

impl Walk {
    /// Begins at the page a call asks for.
    pub(super) fn new(style: Style, param: &'static str, call: &Call) -> Self {
        let given = call.parts.query.iter().find(|(name, _)| name == param);
        let given = given.and_then(|(_, pair)| pair.split_once('=')).map(|(_, value)| value);
        let number = given.and_then(|value| value.parse().ok());
        let mut seen = HashSet::new();
        let place = match style {
            Style::Cursor => {
                seen.extend(given.map(hash));
                0
            }
            Style::Number(first) => number.unwrap_or(first),
            Style::Offset => number.unwrap_or(0),
            Style::Link | Style::Url => 0,
        };
        // A call that has no URL fails before there is a page.
        let by_url = matches!(style, Style::Link | Style::Url);
        let url = by_url.then(|| request_url(call).ok()).flatten();
        seen.extend(url.as_ref().map(|url| hash(url.as_str())));
        Self { style, param, place, url, seen, last: None, source: None }
    }

    /// Remembers a response, and condenses it where pages are distinguished by content.
    pub(super) fn digest(&mut self, reply: &Reply) -> u64 {
        self.source = Some(reply.source.clone());
        match self.style {
            Style::Cursor | Style::Link | Style::Url => 0,
            Style::Number(_) | Style::Offset => hash(reply.bytes()),
        }
    }

    /// The value that asks for the page after this one; `None` after the last.
    pub(super) fn turn(&mut self, page: &About, digest: u64) -> Result<Option<Value>, Error> {
        if page.more == Some(false) {
            return Ok(None);
        }
        let step = match self.style {
            Style::Cursor => return self.cursor(page),
            Style::Link => return self.link(),
            Style::Url => return self.follow(page.next.as_ref().and_then(Value::as_str).map(str::to_owned)),
            Style::Number(_) => 1,
            Style::Offset => i64::try_from(page.items).unwrap_or(i64::MAX),
        };
        match (page.items, page.more, self.style) {
            // What a server sorts out may be all of a page.
            (0, Some(true), Style::Number(_)) => {}
            (0, Some(true), _) => {
                return Err(self.astray("the page is empty and says that there is more; it leads nowhere"));
            }
            (0, _, _) => return Ok(None),
            _ => {}
        }
        if self.last.replace(digest) == Some(digest) {
            return Err(
                self.astray("the server sent the same page twice; it seems to ignore the number of the page")
            );
        }
        self.place = self.place.saturating_add(step);
        Ok(Some(Value::from(self.place)))
    }

    fn cursor(&mut self, page: &About) -> Result<Option<Value>, Error> {
        let Some(cursor) = &page.next else {
            if page.more == Some(true) {
                return Err(self.astray("the page says that there is more, and gives no cursor to it"));
            }
            return Ok(None);
        };
        let text = cursor.as_str().map_or_else(|| cursor.to_string(), str::to_owned);
        // What was given by the caller is percent-encoded already.
        let new = self.seen.insert(hash(super::super::encode::strict(&text).as_str()));
        if new {
            Ok(Some(cursor.clone()))
        } else {
            Err(self.astray("the page leads to a page that was read before"))
        }
    }

    fn link(&mut self) -> Result<Option<Value>, Error> {
        let headers = self.source.as_ref().map(|source| source.headers.get_all(http::header::LINK));
        let lines = headers.into_iter().flatten().filter_map(|value| value.to_str().ok());
        self.follow(lines.filter_map(link::next).next())
    }

    /// The URL of the next page. Credentials go along, so it must be of the same server.
    fn follow(&mut self, target: Option<String>) -> Result<Option<Value>, Error> {
        let (Some(target), Some(present)) = (target, &self.url) else { return Ok(None) };
        let Ok(mut next) = present.join(&target) else {
            return Err(self.astray("the page leads to something that is no URL"));
        };
        if present.scheme() == "https" && next.scheme() == "http" && next.port().is_none() {
            // A server behind a proxy that encrypts for it does not know better.
            next = next.encrypted().unwrap_or(next);
        }
        if !next.same_origin(present) {
            return Err(self.astray("the page leads to another server, where the credentials do not belong"));
        }
        if !self.seen.insert(hash(next.as_str())) {
            return Err(self.astray("the page leads to a page that was read before"));
        }
        let value = Value::from(next.as_str());
        self.url = Some(next);
        Ok(Some(value))
    }

    #[cold]
    fn astray(&self, message: &str) -> Error {
        match &self.source {
            Some(source) => {
                ResponseError::new(source, ResponseErrorKind::Paging, bytes::Bytes::new(), message).into()
            }
            // There is no page without a response.
            None => super::super::error::RequestError::new(
                super::super::error::RequestErrorKind::Parameter,
                message.to_owned(),
            )
            .into(),
        }
    }

    /// The call for the page with this value.
    pub(super) fn at(&self, mut call: Call, value: &Value) -> Call {
        if let Some(url) = &self.url {
            call.parts.url = Some(url.clone());
            // A link is something to get, also where the list is asked for by `POST`: it stands for all that the body said.
            call.parts.method = Some(Method::GET);
            call.parts.payload = Payload::None;
            call.parts.headers.remove(CONTENT_TYPE);
            return call;
        }
        call.set_query(self.param.into(), call::Style::FormExplode, value)
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Debug for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("style", &self.style)
            .field("place", &self.place)
            .field("seen", &self.seen.len())
            .finish()
    }
}
