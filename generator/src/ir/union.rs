//! Unions: one of several types, and how they are told apart.

use super::{Docs, Rare, Ty};
use crate::pointer::Pointer;

/// One of several types.
#[derive(Clone, Debug, Default)]
pub struct Union {
    /// How the variants are told apart.
    pub tagging: Tagging,
    /// What the tags are.
    pub tag: TagKind,
    /// The variants in document order.
    pub variants: Vec<Variant>,
    /// The variant of values without a tag, or with one that no variant has (`defaultMapping` of OpenAPI 3.2).
    pub default: Option<usize>,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tagging {
    /// By the scalar value of this property (discriminator, or distinct constants).
    Member(String),
    /// As serde tags an enum externally: an object of one property, whose name is the tag, or a string.
    External,
    /// By their shape.
    #[default]
    Shape,
}

/// What the tags of a union are on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TagKind {
    /// Strings.
    #[default]
    String,
    /// Integers, by their decimal text.
    Integer,
    /// `true` or `false`.
    Boolean,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where it stands.
    pub origin: Pointer,
    /// A name that was chosen for it.
    pub name: Option<String>,
    /// What it holds.
    pub ty: Ty,
    /// Values of the tag that lead here; empty for unions told apart by shape.
    pub tags: Vec<String>,
    /// Documentation.
    pub docs: Rare<Docs>,
}
