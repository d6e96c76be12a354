//! The codec: models from JSON bytes and back, without serde's generic machinery.
//!
//! In: the text of a JSON document, or a model. Out: a model or a [`DecodeError`], or JSON text. It knows neither
//! HTTP nor any concrete model; what differs per model is a table ([`Shape`], [`Choices`]) and one call per member.
//!
//! A model is decoded straight from the text in one pass as long as members come in the order of the document that
//! describes them. Where they do not, values are skipped and visited later; what was skipped once is not scanned
//! again, so time stays linear.

mod error;
mod group;
mod node;
mod number;
mod object;
mod path;
mod reader;
mod scan;
mod shape;
mod show;
mod string;
mod union;
mod value;
mod values;
mod writer;

pub use error::DecodeError;
pub(crate) use error::Failure;
pub use group::Group;
pub(crate) use node::{Node, NodeKind};
pub use object::ObjectReader;
pub use reader::Reader;
pub(crate) use reader::document;
pub use shape::{Choice, Choices, Kinds, Member, Shape};
pub use show::show;
pub use union::{Arms, UnknownVariant, external, external_kinds, none, tagged, untagged};
pub use writer::{Field, ObjectWriter, Writer};

/// Containers may be nested this deep; what is deeper is refused rather than risking the stack.
pub const MAX_DEPTH: usize = 128;

/// What travels as JSON.
///
/// Implemented by all models and by the types of their members; user code has no need to implement it.
pub trait Wire: std::fmt::Debug + Sized {
    /// The JSON types a value of this type can have; most types are objects.
    const KINDS: Kinds = Kinds::OBJECT;

    /// Reads the value that begins at the reader's place.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or holds something else.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Appends the value.
    fn write(&self, writer: &mut Writer);
}
