//! A thin blocking face: a runtime of its own for threads that have none.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::error::{Error, RequestError, RequestErrorKind};
use super::future::next;

/// One runtime for all blocking calls, so that they share connections. A thread of its own keeps it going: connections
/// have to be looked after also while nobody waits.
fn runtime() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Result<Handle, String>> = OnceLock::new();
    let started = RUNTIME.get_or_init(|| {
        let runtime: Runtime =
            Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let handle = runtime.handle().clone();
        let run = move || runtime.block_on(std::future::pending::<()>());
        let thread = std::thread::Builder::new().name("sdk-blocking".to_owned()).spawn(run);
        thread.map(|_| handle).map_err(|error| error.to_string())
    });
    started.as_ref().map_err(|why| {
        let message = format!("no runtime for blocking calls: {why}");
        RequestError::new(RequestErrorKind::Configuration, message).into()
    })
}

/// Waits for a future on this thread: for whatever has no method `send_blocking`, such as reading a stream.
///
/// Threads that a runtime lends for blocking work count as asynchronous code, since they cannot be told from others. There, the
/// runtime itself can wait: `Handle::current().block_on(call.send())`.
///
/// # Errors
///
/// When the thread runs asynchronous code, which waiting would bring to a halt.
#[doc(alias("sync", "synchronous", "block_on"))]
pub fn wait<F: Future>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() {
        let message = "a blocking call inside of asynchronous code would bring it to a halt; await the call instead, \
             or wait with `Handle::current().block_on(call.send())` in `spawn_blocking`";
        return Err(RequestError::new(RequestErrorKind::Configuration, message).into());
    }
    Ok(runtime()?.block_on(future))
}

/// A stream as an iterator; see [`iter`].
#[derive(Debug)]
pub struct Blocking<S>(Option<Pin<Box<S>>>);

/// Reads a stream (pages, items, lines, events, bytes) on this thread.
pub fn iter<S>(stream: S) -> Blocking<S> {
    Blocking(Some(Box::pin(stream)))
}

impl<T, S: Stream<Item = Result<T, Error>>> Iterator for Blocking<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match wait(next(self.0.as_mut()?)) {
            Ok(item) => item,
            // There is no use in trying that again.
            Err(error) => {
                self.0 = None;
                Some(Err(error))
            }
        }
    }
}
