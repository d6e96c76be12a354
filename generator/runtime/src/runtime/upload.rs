//! Files that are sent.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// Chunks of bytes that come over time.
pub type Stream = Pin<Box<dyn futures_core::Stream<Item = std::io::Result<Bytes>> + Send>>;

/// A file to send: from a path, from bytes, or from a stream.
///
/// `Upload::from_path("invoice.pdf")` is the file at that path, and `Upload::bytes("notes.txt", "the content")` a file of that name.
/// A string alone does not convert into an upload, because it could be a path or the content.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    name: Option<Cow<'static, str>>,
    media_type: Option<Cow<'static, str>>,
    headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

/// Where the bytes of an [`Upload`] come from.
#[derive(Clone)]
pub enum Source {
    /// A file, read when the call is sent.
    Path(PathBuf),
    /// Bytes.
    Bytes(Bytes),
    /// A stream, which can be sent once.
    Stream(Arc<Mutex<Option<Stream>>>),
}

impl Upload {
    /// The file at this path. It is read when the call is sent, or when it becomes a part of JSON (`From<Upload>` of such a type says
    /// so). It is named like the file unless [`Self::named`] says else.
    #[must_use]
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self { source: Source::Path(path.into()), name: None, media_type: None, headers: Vec::new() }
    }

    /// These bytes as a file of this name.
    #[must_use]
    pub fn bytes(name: impl Into<Cow<'static, str>>, bytes: impl Into<Bytes>) -> Self {
        Self {
            source: Source::Bytes(bytes.into()),
            name: Some(name.into()),
            media_type: None,
            headers: Vec::new(),
        }
    }

    /// What comes out of this stream as a file of this name. It can be sent once: such a call is not repeated.
    #[must_use]
    pub fn stream<S>(name: impl Into<Cow<'static, str>>, stream: S) -> Self
    where
        S: futures_core::Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        let source = Source::Stream(Arc::new(Mutex::new(Some(Box::pin(stream)))));
        Self { source, name: Some(name.into()), media_type: None, headers: Vec::new() }
    }

    /// Says what is in the file, instead of leaving that to the ending of its name.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<Cow<'static, str>>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Gives the file another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A header of the part that the file is in a multipart body, as the document describes it. Given twice, it is sent twice.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The name of the file, as it is told to the server.
    #[must_use]
    pub fn name(&self) -> Option<Cow<'_, str>> {
        match (&self.name, &self.source) {
            (Some(name), _) if !name.is_empty() => Some(Cow::Borrowed(name)),
            (None, Source::Path(path)) => path.file_name().map(|name| name.to_string_lossy()),
            _ => None,
        }
    }

    /// What was said to be in the file.
    pub(crate) fn declared_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The headers of its part.
    pub(crate) fn headers(&self) -> &[(Cow<'static, str>, Cow<'static, str>)] {
        &self.headers
    }

    /// Where the bytes come from.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Takes the stream, which leaves none.
    pub(crate) fn take_stream(stream: &Mutex<Option<Stream>>) -> Option<Stream> {
        stream.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

macro_rules! from {
    ($($of:ty),* => $make:expr) => {$(
        impl From<$of> for Upload {
            fn from(of: $of) -> Self {
                Self { source: $make(of.into()), name: None, media_type: None, headers: Vec::new() }
            }
        }
    )*};
}

// No strings, which could be paths or the content.
from!(Bytes, Vec<u8>, Box<[u8]>, &'static [u8] => Source::Bytes);
from!(PathBuf, &std::path::Path => Source::Path);

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Upload");
        match &self.source {
            Source::Path(path) => debug.field("path", path),
            Source::Bytes(bytes) => debug.field("bytes", &bytes.len()),
            Source::Stream(_) => debug.field("stream", &"_"),
        };
        debug.field("name", &self.name()).field("media_type", &self.media_type).finish()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(left), Self::Path(right)) => left == right,
            (Self::Bytes(left), Self::Bytes(right)) => left == right,
            (Self::Stream(left), Self::Stream(right)) => Arc::ptr_eq(left, right),
            (Self::Path(_) | Self::Bytes(_) | Self::Stream(_), _) => false,
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

impl PartialEq for Upload {
    /// Streams are equal if they are the same.
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
            && self.name == other.name
            && self.media_type == other.media_type
            && self.headers == other.headers
    }
}
