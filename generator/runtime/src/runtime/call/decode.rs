//! What a response can be. Emitted code names one of these per operation.

use std::marker::PhantomData;

use bytes::Bytes;

use super::super::error::Error;
use super::super::reply::{Mode, Reply};
use super::super::stream::{ByteStream, Lines};
use super::super::wire::Wire;

/// A kind of response.
pub trait Answer {
    /// What awaiting the call gives.
    type Output: Send + 'static;

    /// How the body is read; may depend on the status.
    #[must_use]
    fn mode(status: u16) -> Mode {
        let _ = status;
        Mode::Whole
    }

    /// Decodes the response.
    ///
    /// # Errors
    ///
    /// When it is not what the document promises.
    fn decode(reply: Reply) -> Result<Self::Output, Error>;
}

/// JSON.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Wire + Send + 'static> Answer for Json<T> {
    type Output = T;

    fn decode(reply: Reply) -> Result<T, Error> {
        reply.json()
    }
}

/// No body, or one that nobody reads.
#[derive(Debug)]
pub enum Empty {}

impl Answer for Empty {
    type Output = ();

    fn decode(_: Reply) -> Result<(), Error> {
        Ok(())
    }
}

/// Text.
#[derive(Debug)]
pub enum Text {}

impl Answer for Text {
    type Output = String;

    fn decode(reply: Reply) -> Result<String, Error> {
        reply.text()
    }
}

/// Bytes in memory.
#[derive(Debug)]
pub enum Raw {}

impl Answer for Raw {
    type Output = Bytes;

    fn decode(reply: Reply) -> Result<Bytes, Error> {
        Ok(reply.bytes())
    }
}

/// Bytes as they come.
#[derive(Debug)]
pub enum Binary {}

impl Answer for Binary {
    type Output = ByteStream;

    fn mode(_: u16) -> Mode {
        Mode::Stream
    }

    fn decode(reply: Reply) -> Result<ByteStream, Error> {
        Ok(reply.into_stream())
    }
}

impl<T: Wire + Send + 'static> Answer for Lines<T> {
    type Output = Self;

    fn mode(_: u16) -> Mode {
        Mode::Lines
    }

    fn decode(reply: Reply) -> Result<Self, Error> {
        Ok(Self::new(reply))
    }
}

#[cfg(feature = "events")]
impl<T: Wire + Send + 'static> Answer for super::Events<T> {
    type Output = Self;

    fn mode(_: u16) -> Mode {
        Mode::Events
    }

    fn decode(reply: Reply) -> Result<Self, Error> {
        Ok(Self::new(reply))
    }
}

/// A response, or nothing where the body is empty.
#[derive(Debug)]
pub struct Maybe<A>(PhantomData<fn() -> A>);

impl<A: Answer> Answer for Maybe<A> {
    type Output = Option<A::Output>;

    fn mode(status: u16) -> Mode {
        if matches!(status, 204 | 205) { Mode::Whole } else { A::mode(status) }
    }

    fn decode(reply: Reply) -> Result<Self::Output, Error> {
        if reply.is_empty() { Ok(None) } else { A::decode(reply).map(Some) }
    }
}
