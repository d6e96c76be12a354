//! JSON pointers (RFC 6901) into the original document.

mod path;

use std::fmt;
use std::sync::Arc;

pub(crate) use path::Path;

/// A JSON pointer to a node of the document as the user wrote it. The empty pointer is the root.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Returns the pointer to a property or item below this one; `~` and `/` in `key` are escaped.
    pub fn child(&self, key: impl fmt::Display) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(self.0.len() + 16);
        text.push_str(&self.0);
        text.push('/');
        let start = text.len();
        let _ = write!(text, "{key}");
        if text[start..].contains(['~', '/']) {
            let escaped = text[start..].replace('~', "~0").replace('/', "~1");
            text.truncate(start);
            text.push_str(&escaped);
        }
        Self(Arc::from(text))
    }

    /// Returns the parent pointer; the root is its own parent.
    pub fn parent(&self) -> Self {
        Self(Arc::from(self.0.rsplit_once('/').map_or("", |(up, _)| up)))
    }

    /// Returns the pointer itself, then its ancestors up to the root.
    pub fn upwards(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), |at| (!at.0.is_empty()).then(|| at.parent()))
    }

    /// Returns the unescaped keys from the root.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~"))
    }

    /// Returns the pointer as RFC 6901 text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Pointer {
    fn from(text: &str) -> Self {
        Self(Arc::from(text.strip_prefix('#').unwrap_or(text)))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
