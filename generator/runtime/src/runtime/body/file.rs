//! Files and other pieces, one behind the other, as one body. Files are read by the blocking threads of the runtime.

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::super::error::{RequestError, RequestErrorKind};
use super::super::future::BoxError;
use super::super::model::{self, Source, Upload};
use super::content::Body;

/// Bytes read from a file at a time.
const CHUNK: usize = 64 * 1024;

/// A file that is read.
type Reading = Pin<Box<dyn AsyncRead + Send>>;

/// A piece of a body.
pub(super) enum Segment {
    Bytes(Bytes),
    File { file: Reading, left: u64, name: String },
    Stream { stream: model::Stream, name: String },
}

/// The content of a file could not be read while it was sent.
#[derive(Debug)]
pub(crate) struct UploadFailed(String);

impl fmt::Display for UploadFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UploadFailed {}

impl Segment {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File { left, .. } => Some(*left),
            Self::Stream { .. } => None,
        }
    }
}

/// Gets at the content of a file.
pub(super) async fn open(upload: &Upload) -> Result<Segment, RequestError> {
    let path = match upload.source() {
        Source::Bytes(bytes) => return Ok(Segment::Bytes(bytes.clone())),
        Source::Stream(stream) => {
            let name = upload.name().unwrap_or_default().into_owned();
            let stream = Upload::take_stream(stream).ok_or_else(|| gone(upload))?;
            return Ok(Segment::Stream { stream, name });
        }
        Source::Path(path) => path,
    };
    let name = path.display().to_string();
    let failed = |error| file_error(format!("the file `{name}` cannot be read")).with_source(error);
    let found = read_from(path).await.map_err(failed)?;
    let (file, left) = found.map_err(|odd| file_error(format!("`{name}` {odd}")))?;
    Ok(Segment::File { file, left, name })
}

/// The file at a path and its length, or why what is there cannot be sent.
type Found = Result<(Reading, u64), &'static str>;

#[cfg(not(target_family = "wasm"))]
async fn read_from(path: &Path) -> std::io::Result<Found> {
    let about = tokio::fs::metadata(path).await?;
    if about.is_dir() {
        return Ok(Err("is a directory; give the path of a file"));
    }
    // A pipe says that it has no bytes, and would be sent as that; opening it may take for ever.
    if !about.is_file() {
        return Ok(Err("is no regular file; open it, and give it by `Upload::reader`"));
    }
    let file = tokio::fs::File::open(path).await?;
    Ok(Ok((Box::pin(file), about.len())))
}

/// There are no files.
#[cfg(target_family = "wasm")]
async fn read_from(_: &Path) -> std::io::Result<Found> {
    Err(std::io::Error::new(std::io::ErrorKind::Unsupported, "there are no files here; give its bytes"))
}

/// Is this a stream that was taken?
pub(super) fn consumed(upload: &Upload) -> bool {
    match upload.source() {
        Source::Path(_) | Source::Bytes(_) => false,
        Source::Stream(stream) => stream.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_none(),
    }
}

/// The pieces as one body: bytes where all are, else a stream, with a length where all have one.
pub(super) fn assemble(segments: Vec<Segment>) -> Body {
    let length = segments.iter().map(Segment::length).sum::<Option<u64>>();
    let all: Option<Vec<&[u8]>> = segments
        .iter()
        .map(|segment| match segment {
            Segment::Bytes(bytes) => Some(&bytes[..]),
            Segment::File { .. } | Segment::Stream { .. } => None,
        })
        .collect();
    match (&segments[..], all) {
        ([Segment::Bytes(bytes)], _) => Body::from(bytes.clone()),
        (_, Some(all)) => Body::from(Bytes::from(all.concat())),
        (_, None) => Body::stream(Assembled { segments: segments.into(), buffer: Vec::new() }, length),
    }
}

struct Assembled {
    segments: VecDeque<Segment>,
    buffer: Vec<u8>,
}

impl Stream for Assembled {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        while let Some(segment) = this.segments.front_mut() {
            let chunk = match segment {
                Segment::Bytes(bytes) => {
                    let bytes = std::mem::take(bytes);
                    (!bytes.is_empty()).then_some(Ok(bytes))
                }
                Segment::File { file, left, name } => {
                    ready!(read(file, left, name, &mut this.buffer, context))
                }
                Segment::Stream { stream, name } => match ready!(stream.as_mut().poll_next(context)) {
                    Some(Err(error)) => Some(Err(failed(name, &error.to_string()))),
                    Some(Ok(bytes)) => Some(Ok(bytes)),
                    None => None,
                },
            };
            match chunk {
                Some(Ok(bytes)) if bytes.is_empty() => {}
                Some(Ok(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Err(error)) => {
                    this.segments.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    this.segments.pop_front();
                }
            }
        }
        Poll::Ready(None)
    }
}

fn failed(name: &str, why: &str) -> BoxError {
    Box::new(UploadFailed(format!("`{name}` could not be read to its end: {why}")))
}

/// The next bytes of a file, never more than were promised when it was opened.
fn read(
    file: &mut Reading,
    left: &mut u64,
    name: &str,
    buffer: &mut Vec<u8>,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, BoxError>>> {
    if *left == 0 {
        return Poll::Ready(None);
    }
    buffer.resize(CHUNK.min(usize::try_from(*left).unwrap_or(CHUNK)), 0);
    let mut target = ReadBuf::new(buffer);
    let outcome = ready!(file.as_mut().poll_read(context, &mut target));
    let read = target.filled();
    Poll::Ready(Some(match outcome {
        Err(error) => Err(failed(name, &error.to_string())),
        Ok(()) if read.is_empty() => Err(failed(name, "it became shorter meanwhile")),
        Ok(()) => {
            *left -= read.len() as u64;
            Ok(Bytes::copy_from_slice(read))
        }
    }))
}

fn file_error(message: String) -> RequestError {
    RequestError::new(RequestErrorKind::File, message)
}

/// What is said of a stream that is gone.
fn gone(file: &Upload) -> RequestError {
    let name = file.name().unwrap_or_default();
    file_error(format!("the stream `{name}` was sent before; make a new upload for a new call"))
}
