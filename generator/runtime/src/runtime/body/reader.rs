//! Readers as uploads.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::JoinHandle;

use super::super::model::Upload;

/// Bytes read at a time.
const CHUNK: usize = 64 * 1024;

impl Upload {
    /// What comes out of this reader as a file of this name. It is read by the blocking threads of the runtime, and can
    /// be sent once: such a call is not repeated.
    #[must_use]
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::stream(name.into(), Blocking::Idle(Box::new(reader)))
    }

    /// What comes out of this reader as a file of this name. It can be sent once: such a call is not repeated.
    #[must_use]
    pub fn async_reader(name: impl Into<String>, reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(name.into(), Reader { reader: Box::pin(reader), buffer: Vec::new() })
    }
}

struct Reader {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: Vec<u8>,
}

impl Stream for Reader {
    type Item = std::io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        this.buffer.resize(CHUNK, 0);
        let mut target = ReadBuf::new(&mut this.buffer);
        let outcome = ready!(this.reader.as_mut().poll_read(context, &mut target));
        let read = target.filled();
        Poll::Ready(match outcome {
            Ok(()) if read.is_empty() => None,
            Ok(()) => Some(Ok(Bytes::copy_from_slice(read))),
            Err(error) => Some(Err(error)),
        })
    }
}

type BoxRead = Box<dyn Read + Send>;

/// A reader that blocks; while it does, another thread has it.
enum Blocking {
    Idle(BoxRead),
    Busy(JoinHandle<(BoxRead, std::io::Result<Bytes>)>),
    Done,
}

fn read(mut reader: BoxRead) -> (BoxRead, std::io::Result<Bytes>) {
    let mut buffer = vec![0; CHUNK];
    loop {
        match reader.read(&mut buffer) {
            Ok(read) => {
                buffer.truncate(read);
                return (reader, Ok(Bytes::from(buffer)));
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return (reader, Err(error)),
        }
    }
}

impl Stream for Blocking {
    type Item = std::io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(this, Self::Done) {
                Self::Done => return Poll::Ready(None),
                Self::Idle(reader) => *this = Self::Busy(tokio::task::spawn_blocking(|| read(reader))),
                Self::Busy(mut task) => {
                    let Poll::Ready(done) = Pin::new(&mut task).poll(context) else {
                        *this = Self::Busy(task);
                        return Poll::Pending;
                    };
                    return Poll::Ready(match done {
                        Ok((_, Ok(bytes))) if bytes.is_empty() => None,
                        Ok((reader, Ok(bytes))) => {
                            *this = Self::Idle(reader);
                            Some(Ok(bytes))
                        }
                        Ok((_, Err(error))) => Some(Err(error)),
                        // The reader panicked, or the runtime is going down.
                        Err(error) => Some(Err(std::io::Error::other(error))),
                    });
                }
            }
        }
    }
}
