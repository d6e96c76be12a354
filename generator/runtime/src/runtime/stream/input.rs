//! Bytes of an event stream on their way to the framing, line by line.
//!
//! In: the body of a response. Out: the same bytes as valid UTF-8, so that the framing never stops at a bad one, and a flag
//! for the event that had bad bytes. Here is the limit on the size of an event, and the end of the last event.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use sse_stream::SseByteStream;

use super::super::error::{Error, ResponseErrorKind};
use super::ByteStream;

/// The blocks of an event stream.
pub(super) struct Frames {
    pub(super) blocks: SseByteStream<Input>,
    /// The block that the framing gave last had bytes that are no UTF-8.
    bad: Arc<AtomicBool>,
}

impl Frames {
    pub(super) fn new(bytes: ByteStream, limit: usize) -> Self {
        let bad = Arc::new(AtomicBool::new(false));
        let input = Input {
            bytes,
            chunk: Bytes::new(),
            cut: Vec::new(),
            event: EventSize::default(),
            limit,
            bad: bad.clone(),
            ended: false,
        };
        Self { blocks: SseByteStream::new(input), bad }
    }

    /// Did the last block have bytes that are no UTF-8?
    pub(super) fn is_bad(&self) -> bool {
        self.bad.load(Ordering::Relaxed)
    }
}

/// Gives one line at a time, so that nothing of the next event is read before the framing has given the one before.
pub(super) struct Input {
    bytes: ByteStream,
    /// What came last, without the lines that were given.
    chunk: Bytes,
    /// The beginning of a character that goes on in the next chunk.
    cut: Vec<u8>,
    event: EventSize,
    limit: usize,
    bad: Arc<AtomicBool>,
    ended: bool,
}

/// Counts the bytes of an event that the framing keeps: its lines without comments, which keep the connection alive and add
/// up to nothing.
#[derive(Default)]
struct EventSize {
    bytes: usize,
    line: Line,
    /// The last byte was a carriage return; a line feed behind it ends the same line.
    returned: bool,
    /// The last line was blank, so that the next one begins another event.
    over: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Line {
    #[default]
    Start,
    Comment,
    Field,
}

/// What a piece of a line is.
#[derive(Default)]
struct Taken {
    /// It begins another event.
    begins: bool,
    is_comment: bool,
}

impl EventSize {
    /// The length of the next line in the chunk, its end included, as far as it is there.
    fn line_length(&self, chunk: &[u8]) -> usize {
        let skipped = usize::from(self.returned && chunk.first() == Some(&b'\n'));
        let end = chunk[skipped..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        end.map_or(chunk.len(), |end| skipped + end + 1)
    }

    /// Counts a line, or a piece of one.
    fn take(&mut self, piece: &[u8]) -> Taken {
        let mut rest = piece;
        if std::mem::take(&mut self.returned) && rest.first() == Some(&b'\n') {
            rest = &rest[1..];
        }
        let Some(&first) = rest.first() else { return Taken::default() };
        let begins = self.line == Line::Start && std::mem::take(&mut self.over);
        if self.line == Line::Start {
            self.line = if first == b':' { Line::Comment } else { Line::Field };
            if matches!(first, b'\n' | b'\r') {
                (self.bytes, self.over) = (0, true);
            }
        }
        let is_comment = self.line == Line::Comment;
        let end = rest.last().filter(|byte| matches!(byte, b'\n' | b'\r'));
        if !is_comment {
            self.bytes += rest.len() - usize::from(end.is_some());
        }
        if let Some(end) = end {
            self.returned = *end == b'\r';
            self.line = Line::Start;
        }
        Taken { begins, is_comment }
    }
}

impl Input {
    /// The next line of the chunk, or the piece of it that is there.
    fn line(&mut self) -> Bytes {
        let length = self.event.line_length(&self.chunk);
        let line = self.chunk.split_to(length);
        let Taken { begins, is_comment } = self.event.take(&line);
        if begins {
            self.bad.store(false, Ordering::Relaxed);
        }
        let error = match std::str::from_utf8(&line) {
            Ok(_) => return line,
            Err(error) => error,
        };
        if error.error_len().is_none() && self.chunk.is_empty() {
            // The character goes on in the next chunk.
            self.cut = line[error.valid_up_to()..].to_vec();
            self.event.bytes = self.event.bytes.saturating_sub(self.cut.len());
            return line.slice(..error.valid_up_to());
        }
        self.lossy(&line, is_comment)
    }

    /// The line with a mark in the place of bad bytes. Those of a comment do no harm.
    fn lossy(&self, line: &[u8], is_comment: bool) -> Bytes {
        if !is_comment {
            self.bad.store(true, Ordering::Relaxed);
        }
        String::from_utf8_lossy(line).into_owned().into()
    }
}

impl Stream for Input {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.event.bytes > self.limit {
                let message = format!(
                    "an event is larger than {} bytes; the client's `max_response_bytes` is the limit",
                    self.limit
                );
                let error = self.bytes.fail(ResponseErrorKind::TooLarge, Bytes::new(), &message);
                return Poll::Ready(Some(Err(error.into())));
            }
            if !self.chunk.is_empty() {
                let line = self.line();
                if line.is_empty() {
                    continue;
                }
                return Poll::Ready(Some(Ok(line)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut self.bytes).poll_next(context)) {
                Some(Ok(chunk)) if self.cut.is_empty() => self.chunk = chunk,
                Some(Ok(chunk)) => {
                    self.chunk = [std::mem::take(&mut self.cut).as_slice(), &chunk].concat().into()
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    self.ended = true;
                    // The last event counts also without the empty line behind it. The first line feed may belong to the
                    // last line, the second ends it, the third ends the event.
                    let cut = std::mem::take(&mut self.cut);
                    let last = if cut.is_empty() {
                        Bytes::new()
                    } else {
                        self.lossy(&cut, self.event.line == Line::Comment)
                    };
                    return Poll::Ready(Some(Ok([&last[..], b"\n\n\n"].concat().into())));
                }
            }
        }
    }
}
