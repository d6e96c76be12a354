//! A transport that writes what it sends and receives to an HTTP Archive (HAR 1.2), without secrets.
//!
//! In: a transport, and a file or writer. Out: a transport that does the same, and an entry for each exchange once its
//! response was read. The values of most headers and of query parameters are replaced, so are properties that are named like secrets,
//! and credentials wherever they turn up. Bodies that are not JSON are not written, nor are those above the limit.

mod archive;
mod redact;

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};

use super::client::{Builder, Core};
use super::error::TransportError;
use super::future::BoxFuture;
use super::transport::{HttpRequest, HttpResponse, ResponseBody, Transport, Url};
use archive::Archive;
use redact::Redactor;

/// Writes exchanges to an HTTP Archive. Clones write to the same.
///
/// It must not fail calls: what cannot be written is reported by [`Recorder::finish`].
#[derive(Clone)]
#[doc(alias("vcr", "cassette"))]
pub struct Recorder {
    archive: Arc<Mutex<Archive>>,
    secrets: Arc<[String]>,
    most: usize,
}

/// A transport around another one that records its exchanges.
pub struct Recording {
    recorder: Recorder,
    inner: Arc<dyn Transport>,
}

impl Recorder {
    /// Records to a file, which is replaced. It is a complete archive after each exchange.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub fn to_file(path: impl AsRef<Path>) -> io::Result<Self> {
        Ok(Self::new(Archive::file(std::fs::File::create(path)?)))
    }

    /// Records to a writer. The archive is complete after [`Recorder::finish`], or once the last clone is gone.
    pub fn to_writer(writer: impl io::Write + Send + 'static) -> Self {
        Self::new(Archive::writer(Box::new(writer)))
    }

    fn new(archive: Archive) -> Self {
        Self { archive: Arc::new(Mutex::new(archive)), secrets: Arc::new([]), most: 1024 * 1024 }
    }

    /// Larger bodies are not written (1 MiB by default).
    #[must_use]
    pub fn max_body_bytes(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Replaces the values of properties with these names, besides those that are named like secrets.
    #[must_use]
    pub fn secrets<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.secrets = self.secrets.iter().cloned().chain(names.into_iter().map(Into::into)).collect();
        self
    }

    /// A transport that sends by another one, and records.
    #[must_use]
    pub fn around(&self, inner: Arc<dyn Transport>) -> Recording {
        Recording { recorder: self.clone(), inner }
    }

    /// Ends the archive.
    ///
    /// # Errors
    ///
    /// When it, or an exchange before, could not be written.
    pub fn finish(&self) -> io::Result<()> {
        self.lock().finish()
    }

    fn lock(&self) -> MutexGuard<'_, Archive> {
        self.archive.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: From<Core>> Builder<C> {
    /// Records all exchanges of the client, those of its attempts and those that fetch tokens.
    pub fn record(self, recorder: &Recorder) -> Self {
        let recorder = recorder.clone();
        self.wrap(move |inner| recorder.around(inner))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("max_body_bytes", &self.most).finish_non_exhaustive()
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").finish_non_exhaustive()
    }
}

impl Transport for Recording {
    fn send(&self, mut request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        // What comes compressed could not be read here.
        request.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut entry = Entry::new(&request, self.recorder.clone());
        let sent = self.inner.send(request);
        Box::pin(async move {
            let response = match sent.await {
                Ok(response) => response,
                Err(error) => {
                    entry.write(None);
                    return Err(error);
                }
            };
            let HttpResponse { status, headers, body } = response;
            entry.response = Some((status, headers.clone()));
            let taped = Taped { inner: body, seen: BytesMut::new(), length: 0, ended: false, entry };
            Ok(HttpResponse { status, headers, body: Box::pin(taped) })
        })
    }
}

/// An exchange until it is written.
struct Entry {
    recorder: Recorder,
    redactor: Redactor,
    started: String,
    begun: Instant,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Bytes>,
    response: Option<(StatusCode, HeaderMap)>,
}

impl Entry {
    fn new(request: &HttpRequest, recorder: Recorder) -> Self {
        let body = request.body.as_bytes().filter(|bytes| bytes.len() <= recorder.most);
        Self {
            redactor: Redactor::new(&request.headers, &recorder.secrets),
            recorder,
            started: archive::now(),
            begun: Instant::now(),
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: body.map(Bytes::copy_from_slice),
            response: None,
        }
    }

    /// Writes the entry; `body` is that of the response, as far as it was kept, and whether it is whole.
    fn write(&mut self, body: Option<(&[u8], bool, usize)>) {
        let redactor = &self.redactor;
        let media = |headers: &HeaderMap| {
            let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let sent = media(&self.headers);
        let posted = self.body.as_ref().filter(|body| !body.is_empty() || !sent.is_empty());
        let posted = posted.map(|bytes| redactor.content(&sent, bytes, true, bytes.len()));
        let received = self.response.as_ref().map(|(status, headers)| {
            let (bytes, is_whole, length) = body.unwrap_or((&[], true, 0));
            let is_plain = headers.get(CONTENT_ENCODING).is_none_or(|coding| coding == "identity");
            let content = redactor.content(&media(headers), bytes, is_whole && is_plain, length);
            (*status, redactor.headers(headers), content)
        });
        let entry = archive::entry(archive::Exchange {
            started: &self.started,
            elapsed: self.begun.elapsed(),
            method: self.method.as_str(),
            url: &redactor.url(&self.url),
            headers: redactor.headers(&self.headers),
            posted,
            received,
        });
        self.recorder.lock().add(&entry);
    }
}

/// The body of a response while it passes.
struct Taped {
    inner: ResponseBody,
    seen: BytesMut,
    length: usize,
    ended: bool,
    entry: Entry,
}

impl Stream for Taped {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.inner.as_mut().poll_next(context);
        match &polled {
            Poll::Ready(Some(Ok(chunk))) => {
                self.length += chunk.len();
                let room = self.entry.recorder.most.saturating_sub(self.seen.len());
                let kept = &chunk[..chunk.len().min(room)];
                self.seen.extend_from_slice(kept);
            }
            Poll::Ready(None) => self.ended = true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }
}

impl Drop for Taped {
    fn drop(&mut self) {
        // Who reads a body of known length may stop before its end is reported.
        let announced = self.entry.response.as_ref().and_then(|(_, headers)| {
            headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse::<usize>().ok()
        });
        let is_whole = (self.ended || announced == Some(self.length)) && self.seen.len() == self.length;
        let (seen, length) = (std::mem::take(&mut self.seen), self.length);
        self.entry.write(Some((&seen, is_whole, length)));
    }
}
