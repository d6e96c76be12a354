//! JSON lines: one JSON text per line (`application/jsonl`, `x-ndjson`, `json-seq`).

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;

use super::super::error::{Error, ResponseErrorKind};
use super::super::future::next;
use super::super::model;
use super::super::reply::{Reply, undecodable};
use super::super::transport::grow;
use super::super::wire::{Wire, unmarked};
use super::ByteStream;
use super::reported::{self, ErrorMarks};

/// Values of type `T`, one per line.
///
/// A line that cannot be decoded is an error, after which the next line follows, and so is one by which the server reports an
/// error ([`Error::Api`], with the server's words); when the connection breaks, the error
/// is the last item.
#[must_use = "a stream does nothing unless it is read"]
pub struct Lines<T> {
    reader: LineReader,
    item: PhantomData<fn() -> T>,
}

/// Cuts bytes into lines. Each byte is looked at once.
struct LineReader {
    bytes: ByteStream,
    /// What came last, without the lines that were cut from it.
    chunk: Bytes,
    /// The beginning of a line that goes on in the chunk.
    begun: Vec<u8>,
    limit: usize,
    errors: ErrorMarks,
    ended: bool,
}

impl<T: Wire> Lines<T> {
    pub(crate) fn new(reply: Reply) -> Self {
        let limit = reply.call.as_ref().map_or(usize::MAX, |call| call.core.shared().limits.response);
        let errors = ErrorMarks::new(reply.call.as_ref().and_then(|call| call.parts.errors.clone()));
        let bytes = reply.into_stream();
        let reader =
            LineReader { bytes, chunk: Bytes::new(), begun: Vec::new(), limit, errors, ended: false };
        Self { reader, item: PhantomData }
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    ///
    /// When a line cannot be decoded, or the connection breaks.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        next(self).await.transpose()
    }
}

impl LineReader {
    /// The next line that is not blank.
    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            if let Some(line) = self.line() {
                let line = trimmed(line);
                if !line.is_empty() {
                    return Poll::Ready(Some(Ok(line)));
                }
                continue;
            }
            if self.begun.len() > self.limit {
                self.ended = true;
                let start = self.rest().slice(..self.limit.min(4096));
                let message = format!(
                    "a line is longer than {} bytes; the client's `max_response_bytes` is the limit",
                    self.limit
                );
                return Poll::Ready(Some(Err(self
                    .bytes
                    .fail(ResponseErrorKind::TooLarge, start, &message)
                    .into())));
            }
            if self.ended {
                let last = trimmed(self.rest());
                return Poll::Ready((!last.is_empty()).then_some(Ok(last)));
            }
            match ready!(Pin::new(&mut self.bytes).poll_next(context)) {
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(error)) => {
                    // A line that was cut off is none.
                    self.rest();
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.ended = true,
            }
        }
    }

    /// Everything that is left.
    fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.begun).into()
    }

    /// The next whole line; without one, the chunk becomes the beginning of it.
    fn line(&mut self) -> Option<Bytes> {
        let end = self.chunk.iter().position(|byte| *byte == b'\n');
        let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        if end.is_some() {
            self.chunk.advance(1);
            // Most lines come in one piece, which is then not copied.
            if self.begun.is_empty() {
                return Some(piece);
            }
        }
        grow(&mut self.begun, piece.len(), self.limit, None);
        self.begun.extend_from_slice(&piece);
        end.map(|_| self.rest())
    }
}

/// Without white space, the separator of `json-seq` and a mark of the byte order.
fn trimmed(line: Bytes) -> Bytes {
    let text = unmarked(line.strip_prefix(b"\x1e").unwrap_or(&line)).trim_ascii();
    line.slice_ref(text)
}

impl<T: Wire> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let line = match ready!(this.reader.poll_line(context)) {
            Some(Ok(line)) => line,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        let source = this.reader.bytes.source();
        if let Some(found) = this.reader.errors.find(&line) {
            return Poll::Ready(Some(Err(reported::error(source, line, Some(&found)))));
        }
        Poll::Ready(Some(model::from_slice(&line).map_err(|error| match reported::likely(&line) {
            Some(found) => reported::error(source, line, Some(&found)),
            None => undecodable(source, ResponseErrorKind::Json, "a line does not fit: ", line, error),
        })))
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("bytes", &self.reader.bytes).finish_non_exhaustive()
    }
}
