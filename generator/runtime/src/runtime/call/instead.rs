//! A call that asks for another media type than its operation gives by itself.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use super::super::error::Error;
use super::{Answer, Call, Operation, Sending};

/// A call whose response is of kind `A`. Options of a single call go on working; set parameters before.
#[must_use = "a call is sent when it is awaited"]
pub struct Instead<A> {
    call: Call,
    response: PhantomData<fn() -> A>,
}

impl<A: Answer> Instead<A> {
    /// Asks for a media type.
    pub fn new(call: Call, media: &'static str) -> Self {
        Self { call: call.add_header("accept", media), response: PhantomData }
    }

    /// Sends the call; awaiting it does the same.
    pub fn send(self) -> Sending<A::Output> {
        self.sending()
    }
}

impl<A: Answer> Operation for Instead<A> {
    type Output = A::Output;
    type Answer = A;

    fn call(&self) -> &Call {
        &self.call
    }

    fn into_call(self) -> Call {
        self.call
    }

    fn from_call(call: Call) -> Self {
        Self { call, response: PhantomData }
    }
}

impl<A: Answer> IntoFuture for Instead<A> {
    type Output = Result<A::Output, Error>;
    type IntoFuture = Sending<A::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<A> Clone for Instead<A> {
    fn clone(&self) -> Self {
        Self { call: self.call.clone(), response: PhantomData }
    }
}

impl<A> fmt::Debug for Instead<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Instead").field(&self.call).finish()
    }
}
