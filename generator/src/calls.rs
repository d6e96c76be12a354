//! How the operations of an SDK are called from Rust, as plain data for programs that are written against it.
//!
//! All names are identifiers as they stand in the output. All types are Rust text that expects the modules `types` and
//! `model` (`runtime::model`) of the SDK in scope.

use crate::ir::{Location, SchemeKind};

/// A method of a resource handle that starts a call. An operation has one for each way to send its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// HTTP method in capitals.
    pub verb: String,
    /// Path template as in the document.
    pub path: String,
    /// The accessors from the client to the handle: `workflows`, `runs`.
    pub way: Vec<String>,
    /// The method.
    pub method: String,
    /// The media type it sends; where the body is optional, the one its setter sends.
    pub media: Option<String>,
    /// Arguments of the method, in order.
    pub arguments: Vec<Argument>,
    /// Setters of the call value.
    pub setters: Vec<Argument>,
    /// What awaiting the call gives.
    pub outcome: Outcome,
    /// The methods that ask for another media type.
    pub others: Vec<Other>,
    /// The error statuses with a typed body: status key, type.
    pub errors: Vec<(String, String)>,
    /// Whether the call has `items()` and `pages()`.
    pub paged: bool,
}

/// A method of the call value that asks for another media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The media type.
    pub media: String,
    /// The method.
    pub method: String,
    /// What awaiting the call gives then.
    pub carries: Carries,
}

/// An argument or a setter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name; that of the setter too.
    pub name: String,
    /// What it stands for.
    pub place: Place,
    /// What it carries; a value of its type fits, whatever else is taken too.
    pub carries: Carries,
}

/// What an argument stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A parameter of this name.
    Param(Location, String),
    /// The request body.
    Body,
}

/// What an argument carries, or what an answer gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carries {
    /// A value of this type.
    Value(String),
    /// Text in a `String`.
    Text,
    /// Bytes; in answers a stream of them.
    Bytes,
    /// A stream of JSON lines of this type.
    Lines(String),
    /// A stream of server-sent events of this type.
    Events(String),
}

/// What awaiting a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `()`.
    Empty,
    /// This.
    One(Carries),
    /// An `Option` of this.
    Optional(Carries),
    /// An enum.
    Choice {
        /// Its path from the root of the SDK.
        path: String,
        /// Its variants, with what they hold.
        variants: Vec<(String, Option<Carries>)>,
    },
}

/// A setter of the client builder that gives a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The setter.
    pub setter: String,
    /// What it is for. User and password, or id and secret, are two arguments; everything else is one.
    pub kind: SchemeKind,
}
