//! XML: models to XML documents and back, by tables instead of code per type.
//!
//! In: a model and the [`Node`] that says how its type looks in XML, or the bytes of a document. Out: XML text, or a model
//! or a [`DecodeError`]. Between them stands the model's JSON form: what the [`Wire`] codec writes is laid out as XML, and
//! the XML that comes is turned into the JSON that the codec reads. So a type costs a table, and nothing without XML.
//!
//! What is kept of a document that says more than its schema: elements and attributes that the schema does not declare become
//! unknown members of the model, and go back as what they were. Their values are strings, objects (of nested elements, with
//! attributes under `@name` and text under `#text`) or, where an element is repeated, arrays. A name of another namespace than
//! the element around it is written `{namespace}name`. Not kept are comments, processing instructions, prefixes, the order of
//! elements of different names, space between elements, undeclared content of arrays and of objects whose additional
//! properties have a type, and whether an array without an element of its own was empty or absent.
//!
//! A document type declaration is an error, so there are no entities but the five of XML, and nothing expands.

mod json;
mod read;
mod shape;
mod text;
mod tree;
mod write;

use std::borrow::Cow;
use std::marker::PhantomData;

pub use shape::{Content, Node, Object, Property, Union};

use super::body::Payload;
use super::call::{Answer, Call};
use super::error::{Error, RequestErrorKind, ResponseErrorKind};
use super::reply::{Reply, undecodable};
use super::route::AnyBody;
use super::wire::{DecodeError, Failure, Wire, Writer, document};

/// A type of XML document: a model and the element it stands in.
pub trait Document {
    /// The model.
    type Model: Wire;

    /// The root element.
    const ROOT: Node;
}

/// Encodes a model as an XML document.
///
/// # Errors
///
/// When something in it has no form in XML: a control character, or a key that is no name of an element.
pub fn to_string<D: Document>(model: &D::Model) -> Result<String, String> {
    let mut writer = Writer::new();
    model.write(&mut writer);
    match writer.problem() {
        Some(problem) => Err(problem.to_owned()),
        None => write::document(&D::ROOT, writer.text()),
    }
}

/// Decodes a model from the bytes of an XML document.
///
/// # Errors
///
/// When they are no XML in UTF-8, have a document type declaration, or do not fit the model.
pub fn from_slice<D: Document>(xml: &[u8]) -> Result<D::Model, DecodeError> {
    let tree = tree::parse(xml)?;
    let found = read::document(&D::ROOT, &tree)?;
    // What the codec says about the JSON holds for the place in the XML that it was made of.
    document(found.json.as_bytes()).map_err(|error| moved(error, &found))
}

/// The error, with the places in the XML instead of those in the JSON.
#[cold]
fn moved(mut error: DecodeError, found: &read::Found) -> DecodeError {
    let failure = error.failure_mut();
    failure.offset = found.origin(failure.offset);
    for (_, cause) in &mut failure.causes {
        let taken = std::mem::replace(cause, DecodeError::new(Failure::default()));
        *cause = moved(taken, found);
    }
    error
}

/// Decodes an error body.
#[must_use]
pub fn error_body<D: Document>(body: &[u8]) -> Option<AnyBody>
where
    D::Model: Send + Sync + 'static,
{
    match from_slice::<D>(body) {
        Ok(value) => Some(Box::new(value)),
        Err(_) => None,
    }
}

/// A response that is an XML document.
#[derive(Debug)]
pub struct Xml<D>(PhantomData<fn() -> D>);

impl<D: Document> Answer for Xml<D>
where
    D::Model: Send + 'static,
{
    type Output = D::Model;

    fn decode(reply: Reply) -> Result<Self::Output, Error> {
        let body = reply.bytes();
        if body.is_empty() {
            return Err(reply.fail(ResponseErrorKind::Empty, "the body is empty, XML was expected").into());
        }
        from_slice::<D>(&body)
            .map_err(|error| undecodable(&reply.source, ResponseErrorKind::Xml, "", body, error))
    }
}

#[cfg(any(test, feature = "testing"))]
impl<D: Document> super::testing::Double for Xml<D>
where
    D::Model: Send + 'static,
{
    type Given = D::Model;

    fn double(given: D::Model) -> super::testing::Canned {
        let xml = to_string::<D>(&given).unwrap_or_else(|error| panic!("the response is no XML: {error}"));
        super::testing::Canned::body(200, "application/xml", xml)
    }

    fn of_output(output: D::Model) -> super::testing::Canned {
        Self::double(output)
    }
}

impl Call {
    /// An XML body of this media type.
    #[must_use]
    pub fn xml<D: Document>(mut self, media: &'static str, body: &D::Model) -> Self {
        match to_string::<D>(body) {
            Ok(text) => {
                self.parts.payload = Payload::Whole { media: Cow::Borrowed(media), bytes: text.into() };
                self
            }
            Err(problem) => self.refuse(RequestErrorKind::Body, problem),
        }
    }
}
