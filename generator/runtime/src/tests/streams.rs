//! Answers and bodies that come over time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::runtime::model::Bytes;

/// A stream of what is there already.
pub(super) struct Iter(VecDeque<std::io::Result<Bytes>>);

pub(super) fn iter(chunks: impl IntoIterator<Item = std::io::Result<Bytes>>) -> Iter {
    Iter(chunks.into_iter().collect())
}

impl Stream for Iter {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}
