//! Boxed futures and streams: the shapes at the seams, so that users' crates compile little.
//!
//! The one place that says whether they are `Send`.

use std::future::Future;
use std::pin::Pin;

use futures_core::Stream;

/// A future behind a pointer.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A stream behind a pointer.
pub type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// An error of any kind, behind a pointer.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The next item of a stream, so that nobody needs a crate of stream helpers.
pub(crate) async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}
