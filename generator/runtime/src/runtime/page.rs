//! Paging: the pages of a list, or their items, as streams.
//!
//! In: an operation whose responses are pages. Out: [`Pages`] and [`Items`], which fetch a page when the one before is
//! used up. Where the next page is found is decided by `walk`, which is not generic and sends nothing.

mod link;
mod walk;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

pub use walk::{About, Style, last};

use super::call::{Decode, Operation, decoded};
use super::error::Error;
use super::future::next;
use super::reply::Replying;
use super::send;
use walk::Walk;

/// An operation whose responses are pages. Implemented by the `paged!` macro.
pub trait Paged: Operation + Clone {
    /// What the pages hold.
    type Item: Send + 'static;

    /// How the next page is asked for.
    const STYLE: Style;

    /// The query parameter that asks for it; empty where a URL does.
    const PARAM: &'static str;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;

    /// What a page says about the next one.
    fn about(page: &Self::Output) -> About;
}

/// All pages, one after the other. After an error there is nothing more.
#[must_use = "a stream does nothing unless it is read"]
pub struct Pages<O: Paged> {
    first: O,
    walk: Walk,
    state: State<O>,
    /// Ask for the next page while the present one is being used.
    ahead: bool,
}

enum State<O: Paged> {
    /// The next page is not asked for yet.
    Ready(O),
    /// It is on its way.
    Fetching(Replying, Decode<O::Output>),
    /// There is none that could be asked for.
    Astray(Error),
    Done,
}

impl<O: Paged> Pages<O> {
    /// The pages from the one this operation asks for.
    pub fn new(first: O) -> Self {
        let walk = Walk::new(O::STYLE, O::PARAM, first.call());
        Self { state: State::Ready(first.clone()), first, walk, ahead: false }
    }

    /// Asks for the next page as soon as a page is there, on a task of its own, instead of when it is wanted. Dropping
    /// the stream ends that task.
    pub fn ahead(mut self) -> Self {
        self.ahead = true;
        self
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error>>
    where
        O: Unpin,
    {
        next(self).await
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// When it cannot be fetched, or the pages go round in a circle.
    pub async fn try_next(&mut self) -> Result<Option<O::Output>, Error>
    where
        O: Unpin,
    {
        next(self).await.transpose()
    }

    /// The pages for a thread that runs no asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking::Blocking<Self> {
        super::blocking::iter(self)
    }

    /// Looks where the next page is.
    fn turn(&mut self, page: &O::Output, digest: u64) {
        let value = match self.walk.turn(&O::about(page), digest) {
            Ok(Some(value)) => value,
            Ok(None) => return,
            // This page is given first: what came is not lost.
            Err(error) => {
                self.state = State::Astray(error);
                return;
            }
        };
        let operation = self.first.clone().map_call(|call| self.walk.at(call, &value));
        self.state = if self.ahead {
            let (reply, decode) = operation.sending().into_parts();
            State::Fetching(send::ahead(reply), decode)
        } else {
            State::Ready(operation)
        };
    }
}

impl<O: Paged + Unpin> Stream for Pages<O> {
    type Item = Result<O::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let State::Ready(operation) = &this.state {
            let (reply, decode) = operation.clone().sending().into_parts();
            this.state = State::Fetching(reply, decode);
        }
        if matches!(&this.state, State::Astray(_))
            && let State::Astray(error) = std::mem::replace(&mut this.state, State::Done)
        {
            return Poll::Ready(Some(Err(error)));
        }
        let State::Fetching(reply, decode) = &mut this.state else { return Poll::Ready(None) };
        let (reply, decode) = (ready!(reply.as_mut().poll(context)), *decode);
        this.state = State::Done;
        Poll::Ready(Some(reply.and_then(|reply| {
            let digest = this.walk.digest(&reply);
            let page = decoded(reply, decode)?;
            this.turn(&page, digest);
            Ok(page)
        })))
    }
}

/// The items of all pages, one after the other. After an error there is nothing more.
#[must_use = "a stream does nothing unless it is read"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    /// The items from the page this operation asks for.
    pub fn new(first: O) -> Self {
        Self { pages: Pages::new(first), page: Vec::new().into_iter() }
    }

    /// Asks for the next page as soon as a page is there; see [`Pages::ahead`].
    pub fn ahead(mut self) -> Self {
        self.pages = self.pages.ahead();
        self
    }

    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>>
    where
        O: Unpin,
    {
        next(self).await
    }

    /// The next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// When its page cannot be fetched, or the pages go round in a circle.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error>
    where
        O: Unpin,
    {
        next(self).await.transpose()
    }

    /// The items in memory, the first ones up to this many. What is left is not fetched.
    ///
    /// # Errors
    ///
    /// When a page cannot be fetched, or the pages go round in a circle.
    pub async fn collect_up_to(mut self, most: usize) -> Result<Vec<O::Item>, Error>
    where
        O: Unpin,
    {
        let mut all = Vec::new();
        while all.len() < most {
            match self.try_next().await? {
                Some(item) => all.push(item),
                None => break,
            }
        }
        Ok(all)
    }

    /// The items for a thread that runs no asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking::Blocking<Self> {
        super::blocking::iter(self)
    }
}

impl<O: Paged + Unpin> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.page = O::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("first", self.first.call())
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
