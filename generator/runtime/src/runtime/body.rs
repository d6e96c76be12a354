//! What a request carries.
//!
//! In: models, files, text. Out: a `Payload`, which is a recipe and can be sent again, and from it for each attempt a
//! [`Body`]. It knows no HTTP beyond media types.

mod file;
mod multipart;
mod reader;

use std::borrow::Cow;
use std::fmt;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::error::{RequestError, RequestErrorKind};
use super::future::{BoxError, BoxStream, next};
use super::model::Upload;

#[cfg(not(target_family = "wasm"))]
pub(crate) use file::UploadFailed;
pub(crate) use multipart::{Multipart, multipart, of_file};

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

/// A body with its media type, for one attempt.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    pub(crate) media: Option<Cow<'static, str>>,
    pub(crate) body: Body,
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

/// The media type of a file: what was said, or what the ending of its name stands for.
fn media_type(file: &Upload) -> Cow<'_, str> {
    if let Some(media) = file.declared_media_type() {
        return Cow::Borrowed(media);
    }
    let name = file.name().unwrap_or_default().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Cow::Borrowed(match ending {
        "pdf" => "application/pdf",
        "json" => "application/json",
        "jsonl" | "ndjson" => "application/jsonl",
        "xml" => "application/xml",
        "yaml" | "yml" => "application/yaml",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "rtf" => "application/rtf",
        "txt" | "log" => "text/plain",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "htm" | "html" => "text/html",
        "md" => "text/markdown",
        "eml" => "message/rfc822",
        "msg" => "application/vnd.ms-outlook",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "bmp" => "image/bmp",
        "svg" => "image/svg+xml",
        "heic" => "image/heic",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "mpeg" => "video/mpeg",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        _ => "application/octet-stream",
    })
}

/// What is wrong with a media type that would break the header it travels in.
pub(crate) fn unfit(media: &str) -> Option<String> {
    let fits = media.contains('/') && http::HeaderValue::from_str(media).is_ok();
    (!fits).then(|| format!("`{}` is no media type; say it as `type/subtype`", media.escape_debug()))
}

fn file_error(message: String) -> RequestError {
    RequestError::new(RequestErrorKind::File, message)
}

/// What is said of a stream that is gone.
fn gone(file: &Upload) -> RequestError {
    let name = file.name().unwrap_or_default();
    file_error(format!("the stream `{name}` was sent before; make a new upload for a new call"))
}
