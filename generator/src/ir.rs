//! The intermediate representation: what the document says, as plain owned data.
//!
//! Comes from `lower`, goes to `plan` and `emit`. References are ids, never copies; nothing here knows
//! `openapiv3`, `syn` or `serde`. What we *decide* about an API (names, boxes, homes) is not here but in `Plan`.

pub mod dump;
mod foreign;
mod operation;
mod rare;
mod ty;
mod union;
mod visit;
mod xml;

pub use foreign::*;
pub use operation::*;
pub use rare::{Rare, Silent};
pub use ty::*;
pub use union::*;
pub use xml::*;

use crate::arena::{Arena, id};
use crate::pointer::Pointer;

id! {
    /// Index of a [`Type`] in [`Api::types`].
    TypeId;

    /// Index of an [`Operation`].
    OpId;

    /// Index of a [`Resource`] in [`Api::resources`].
    ResourceId;
}

impl ResourceId {
    /// The client itself.
    pub const ROOT: Self = Self(0);
}

/// All types, by id.
pub type Types = Arena<TypeId, Type>;

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The `info` object.
    pub info: Info,
    /// The servers of the document, in order; the first is the default.
    pub servers: Vec<Server>,
    /// Declared security schemes.
    pub schemes: Arena<SchemeId, Scheme>,
    /// All types, components first, in document order.
    pub types: Types,
    /// All operations, in document order.
    pub operations: Arena<OpId, Operation>,
    /// The resource tree; index 0 is the root (the client itself). Parents precede children.
    pub resources: Arena<ResourceId, Resource>,
    /// Schemas of media types and components that may be null, by place, with what they became.
    pub bodies: Vec<(Pointer, Ty)>,
    /// Components that requests of the server carry (webhooks and callbacks), in order.
    pub payloads: Vec<TypeId>,
    /// What became `serde_json::Value`, and why.
    pub untyped: Vec<Untyped>,
    /// Objects of which no member is known, which became `serde_json::Map`.
    pub free: Vec<Pointer>,
    /// Types of other crates.
    pub foreign: Arena<ForeignId, Foreign>,
    /// What the objects look like that bodies of XML reach.
    pub xml: Arena<XmlId, XmlObject>,
}

/// The `info` object.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.summary`.
    pub summary: Option<String>,
    /// `info.description`.
    pub description: Option<String>,
}

/// A server object.
#[derive(Clone, Debug)]
pub struct Server {
    /// URL, possibly with `{variables}`.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
    /// Variables of the URL: name and default.
    pub variables: Vec<(String, String)>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Key in `components.securitySchemes`.
    pub key: String,
    /// Where it stands.
    pub origin: Pointer,
    /// What it is.
    pub kind: SchemeKind,
    /// Its description.
    pub description: Option<String>,
}

/// Kinds of security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey` in a header.
    ApiKeyHeader(String),
    /// `apiKey` in the query.
    ApiKeyQuery(String),
    /// `apiKey` in a cookie.
    ApiKeyCookie(String),
    /// `http` with scheme `bearer`; also `openIdConnect` and the OAuth2 flows that end in a token given by the user.
    Bearer,
    /// `http` with scheme `basic`.
    Basic,
    /// OAuth2 client credentials with this token URL.
    ClientCredentials {
        /// Where tokens are fetched.
        token_url: String,
        /// Scopes that only the other flows of the scheme have, in which a person gives them.
        foreign: Vec<String>,
    },
    /// Something the runtime cannot do by itself (mutualTLS, digest, …): the word of the document.
    Other(String),
}

/// Documentation of anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// One line: `summary`, or a `title` that says more than the name.
    pub summary: Option<String>,
    /// `description`, CommonMark, as in the document.
    pub description: Option<String>,
    /// Constraints in words (`at least 1`, `at most 64 characters`, `pattern …`).
    pub constraints: Vec<String>,
    /// The default value, as JSON text.
    pub default: Option<String>,
    /// `Some` when deprecated; the text is the document's reason, possibly empty.
    pub deprecated: Option<String>,
    /// `externalDocs.url`.
    pub link: Option<String>,
}

impl Silent for Docs {
    const NOTHING: &'static Self = &Self {
        summary: None,
        description: None,
        constraints: Vec::new(),
        default: None,
        deprecated: None,
        link: None,
    };
}

/// A named type.
#[derive(Clone, Debug)]
pub struct Type {
    /// Where the schema stands.
    pub origin: Pointer,
    /// What its name is made of.
    pub name: TypeName,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// What it is.
    pub shape: Shape,
    /// First example of the schema, as JSON text.
    pub example: Option<String>,
    /// What the `xml` keyword says here; nothing where the document has no XML.
    pub xml: Rare<Xml>,
}

/// Raw material of a type's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// Key under `components.schemas`.
    Component(String),
    /// A schema written in place.
    Inline {
        /// What it stands in.
        owner: Owner,
        /// The way from the owner, outermost first.
        path: Vec<Segment>,
        /// Its `title`, where one is given.
        title: Option<String>,
    },
}

/// What an inline schema stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// In another type (the nearest named one).
    Type(TypeId),
    /// In an operation (parameters, bodies, responses).
    Operation(OpId),
    /// In a component that is no schema (a parameter, response, request body or header of this key), which several
    /// operations may share.
    Component(String),
}

/// One step from an owner to an inline schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Member of an object.
    Member(String),
    /// Item of an array.
    Item,
    /// Value of a map (`additionalProperties`).
    Value,
    /// Position in a tuple.
    Position(u32),
    /// Variant of a union: its tag if it has one, else its position counted from 1.
    Variant(String),
    /// Variant of a union that has neither tag nor title: a member that only it demands.
    Form(String),
    /// A parameter.
    Param(String),
    /// A request body.
    Request,
    /// A response of this status (`200`, `4XX`, `default`).
    Response(String),
}

/// The shapes of a named type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with members.
    Struct(Struct),
    /// A closed list of scalars, kept open.
    Enum(Enum),
    /// One of several.
    Union(Union),
    /// Another name for a type.
    Alias(Ty),
    /// A type of its own around another: what would be another name, but is made of itself (a list of itself).
    Wrapper(Ty),
}

/// An object with members.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Members in document order.
    pub members: Vec<Member>,
    /// Type of undeclared members, where the document gives one (`additionalProperties: <schema>`).
    pub additional: Option<Ty>,
    /// Undeclared members may also be of other types.
    pub open: bool,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name on the wire.
    pub wire: String,
    /// Where its schema stands.
    pub origin: Pointer,
    /// A name that was chosen for its field.
    pub name: Option<String>,
    /// Type without nullability.
    pub ty: Ty,
    /// May it be absent, may it be null.
    pub presence: Presence,
    /// Default value as JSON text; only one that fits the type, never `null`.
    pub default: Option<String>,
    /// A constant as JSON text: the member has no field, its value is always sent.
    pub constant: Option<String>,
    /// It is the tag of a union in which several tags lead to this struct, so whoever makes one says which.
    pub is_tag: bool,
    /// `readOnly` / `writeOnly`.
    pub access: Access,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// What the `xml` keyword says here; nothing where the document has no XML.
    pub xml: Rare<Xml>,
}

/// May a member be absent, may it be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// May be absent.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be absent or null.
    OptionalNullable,
}

/// Which side of a call a member belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Both.
    ReadWrite,
    /// Only in responses (`readOnly`).
    ReadOnly,
    /// Only in requests (`writeOnly`).
    WriteOnly,
}

/// A list of scalars.
#[derive(Clone, Debug)]
pub struct Enum {
    /// What the values are.
    pub repr: EnumRepr,
    /// The values in document order, without duplicates; for integers their decimal text.
    pub values: Vec<EnumValue>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnumRepr {
    /// Strings.
    String,
    /// Integers.
    Integer,
}

/// One value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// What travels.
    pub wire: String,
    /// A name the document proposes (`x-enum-varnames`).
    pub name: Option<String>,
    /// Documentation (`x-enum-descriptions`, or the `description` of a `oneOf` constant).
    pub docs: Rare<Docs>,
}

#[cfg(test)]
mod tests {
    use super::{Member, Type};

    /// A document of 13 MB has 40 000 properties.
    #[test]
    fn properties_and_types_are_small() {
        assert!(size_of::<Member>() <= 168, "a property takes {} bytes", size_of::<Member>());
        assert!(size_of::<Type>() <= 208, "a type takes {} bytes", size_of::<Type>());
    }
}
