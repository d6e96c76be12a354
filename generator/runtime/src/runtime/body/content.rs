//! A body as the transport sees it.

use std::borrow::Cow;
use std::fmt;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::super::future::{BoxError, BoxStream, next};

/// A request body as the transport sees it: bytes, or a stream of them.
#[derive(Default)]
pub struct Body(Inner);

#[derive(Default)]
enum Inner {
    #[default]
    Empty,
    Bytes(Bytes),
    Stream {
        stream: BoxStream<Result<Bytes, BoxError>>,
        length: Option<u64>,
    },
}

impl Body {
    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self(Inner::Empty)
    }

    /// A body that comes over time; its length, where it is known beforehand.
    #[must_use]
    pub fn stream(
        stream: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Inner::Stream { stream: Box::pin(stream), length })
    }

    /// Length in bytes, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Empty => Some(0),
            Inner::Bytes(bytes) => Some(bytes.len() as u64),
            Inner::Stream { length, .. } => *length,
        }
    }

    /// The bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Inner::Empty => Some(&[]),
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream { .. } => None,
        }
    }

    /// The bytes, or else the stream.
    ///
    /// # Errors
    ///
    /// The stream, if it is one.
    pub fn into_bytes(self) -> Result<Bytes, BoxStream<Result<Bytes, BoxError>>> {
        match self.0 {
            Inner::Empty => Ok(Bytes::new()),
            Inner::Bytes(bytes) => Ok(bytes),
            Inner::Stream { stream, .. } => Err(stream),
        }
    }

    /// All bytes, read to the end if it is a stream.
    ///
    /// # Errors
    ///
    /// When the stream fails.
    pub async fn collect(self) -> Result<Bytes, BoxError> {
        match self.into_bytes() {
            Ok(bytes) => Ok(bytes),
            Err(mut stream) => {
                let mut all = BytesMut::new();
                while let Some(chunk) = next(&mut stream).await {
                    all.extend_from_slice(&chunk?);
                }
                Ok(all.freeze())
            }
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Inner::Empty, _) => f.write_str("Body(empty)"),
            (_, Some(length)) => write!(f, "Body({length} bytes)"),
            (_, None) => f.write_str("Body(stream)"),
        }
    }
}

/// A body with its media type, for one attempt.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    pub(crate) media: Option<Cow<'static, str>>,
    pub(crate) body: Body,
}
