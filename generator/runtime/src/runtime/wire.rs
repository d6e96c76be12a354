//! The codec: models from JSON bytes and back, without serde's generic machinery.
//!
//! In: the text of a JSON document, or a model. Out: a model or a [`DecodeError`], or JSON text. It knows neither
//! HTTP nor any concrete model; what differs per model is a table ([`Shape`], [`Choices`]) and one call per member.
//!
//! A model is decoded straight from the text in one pass as long as members come in the order of the document that
//! describes them. Where they do not, values are skipped and visited later; what was skipped once is not scanned
//! again, so time stays linear.

mod codec;
mod error;
mod group;
mod members;
mod node;
mod number;
mod object;
mod object_writer;
mod path;
mod raw;
mod reader;
mod scan;
mod shape;
mod show;
mod string;
mod union;
mod value;
mod values;
mod writer;

pub use codec::{Field, Wire};
pub(crate) use codec::{document, unmarked};
pub use error::DecodeError;
pub(crate) use error::Failure;
pub use group::Group;
pub use members::{Members, UnknownMembers};
pub(crate) use node::{Node, NodeKind};
pub use object::ObjectReader;
pub use object_writer::ObjectWriter;
pub use raw::RawJson;
pub use reader::{MAX_DEPTH, Reader};
pub use shape::{Choice, Choices, Kinds, Member, Shape};
pub use show::show;
pub use union::{Arms, UnknownVariant, external, external_kinds, none, tagged, untagged};
pub use writer::Writer;
