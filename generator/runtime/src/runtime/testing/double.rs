//! Typed responses of operations.

use bytes::Bytes;

use super::super::call::{Answer, Binary, Empty, Json, Maybe, Operation, Raw, Text};
use super::super::model;
use super::super::route::Route;
use super::super::stream::{ByteStream, Lines};
use super::super::wire::Wire;
use super::Canned;

/// An operation with a route of its own. Implemented by the `operation!` macro.
pub trait Routed: Operation {
    /// The route.
    #[doc(hidden)]
    const ROUTE: &'static Route;
}

/// A kind of response that a test can give as a value.
pub trait Double: Answer {
    /// What the test gives.
    type Given;

    /// The response with this value.
    fn double(given: Self::Given) -> Canned;

    /// The response with this value, as one of several that the operation has.
    fn of_output(output: Self::Output) -> Canned;
}

impl<T: Wire + Send + 'static> Double for Json<T> {
    type Given = T;

    fn double(given: T) -> Canned {
        Canned::json(200, model::to_vec(&given))
    }

    fn of_output(output: T) -> Canned {
        Self::double(output)
    }
}

impl Double for Empty {
    type Given = ();

    fn double((): ()) -> Canned {
        Canned::status(204)
    }

    fn of_output((): ()) -> Canned {
        Self::double(())
    }
}

impl Double for Text {
    type Given = String;

    fn double(given: String) -> Canned {
        Canned::body(200, "text/plain; charset=utf-8", given)
    }

    fn of_output(output: String) -> Canned {
        Self::double(output)
    }
}

impl Double for Raw {
    type Given = Bytes;

    fn double(given: Bytes) -> Canned {
        Canned::body(200, "application/octet-stream", given)
    }

    fn of_output(output: Bytes) -> Canned {
        Self::double(output)
    }
}

impl Double for Binary {
    type Given = Bytes;

    fn double(given: Bytes) -> Canned {
        Raw::double(given)
    }

    fn of_output(_: ByteStream) -> Canned {
        stream()
    }
}

impl<T: Wire + Send + 'static> Double for Lines<T> {
    type Given = Vec<T>;

    fn double(given: Vec<T>) -> Canned {
        let lines = given.iter().map(|value| model::to_string(value) + "\n");
        Canned::chunks(200, "application/jsonl", lines)
    }

    fn of_output(_: Self) -> Canned {
        stream()
    }
}

#[cfg(feature = "events")]
impl<T: Wire + Send + 'static> Double for super::super::stream::Events<T> {
    type Given = Vec<T>;

    fn double(given: Vec<T>) -> Canned {
        let events = given.iter().map(|value| format!("data: {}\n\n", model::to_string(value)));
        Canned::chunks(200, "text/event-stream", events)
    }

    fn of_output(_: Self) -> Canned {
        stream()
    }
}

impl<A: Double> Double for Maybe<A> {
    type Given = Option<A::Given>;

    fn double(given: Self::Given) -> Canned {
        given.map_or_else(|| Canned::status(204), A::double)
    }

    fn of_output(output: Self::Output) -> Canned {
        output.map_or_else(|| Canned::status(204), A::of_output)
    }
}

/// Nobody can make a stream of responses but a client.
fn stream() -> Canned {
    panic!("a stream is not a value that a test can give here; use `responds` with `Canned::chunks`")
}
