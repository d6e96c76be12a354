//! The recipe of a body.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::super::error::RequestError;
use super::super::model::Upload;
use super::content::{Body, Opened};
use super::file;
use super::multipart::Multipart;

/// The recipe of a body. Shows nothing of its content.
#[derive(Clone, Default)]
pub(crate) enum Payload {
    #[default]
    None,
    Whole {
        media: Cow<'static, str>,
        bytes: Bytes,
    },
    File {
        media: Cow<'static, str>,
        file: Upload,
    },
    Multipart(Multipart),
}

impl Payload {
    /// Makes the body. Files are opened here, so that a missing one is found before anything is sent.
    pub(crate) async fn open(&self) -> Result<Opened, RequestError> {
        Ok(match self {
            Self::None => Opened::default(),
            Self::Whole { media, bytes } => {
                Opened { media: Some(media.clone()), body: Body::from(bytes.clone()) }
            }
            Self::File { media, file } => {
                let segments = vec![file::open(file).await?];
                Opened { media: Some(media.clone()), body: file::assemble(segments) }
            }
            Self::Multipart(multipart) => multipart.open().await?,
        })
    }

    /// Was a stream in it sent already, so that it cannot be sent again?
    pub(crate) fn consumed(&self) -> bool {
        match self {
            Self::None | Self::Whole { .. } => false,
            Self::File { file, .. } => file::consumed(file),
            Self::Multipart(multipart) => multipart.files().any(file::consumed),
        }
    }

    /// Is there anything to send?
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Whole { media, bytes } => write!(f, "{media}, {} bytes", bytes.len()),
            Self::File { media, file } => write!(f, "{media}, {file:?}"),
            Self::Multipart(multipart) => {
                write!(f, "{}, ", multipart.media())?;
                f.debug_list().entries(multipart.names()).finish()
            }
        }
    }
}
