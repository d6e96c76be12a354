//! What we know about every keyword of every kind of object: the ledger's left column.
//!
//! In: a kind of object and a key. Out: the shape its value has and what the generator does with it. Knows nothing of
//! how values are checked or rewritten.

mod table;
mod visit;

pub(crate) use visit::{Step, Visit, Visitor, visit};

/// The kinds of object in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ObjectKind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Example,
    Header,
    Tag,
    Schema,
    Discriminator,
    SecurityScheme,
    Flows,
    Flow,
    Xml,
}

/// Components that are put where something refers to them.
pub(crate) const PUT_IN_PLACE: [(&str, ObjectKind); 2] =
    [("pathItems", ObjectKind::PathItem), ("mediaTypes", ObjectKind::MediaType)];

/// The version of OpenAPI that brought a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Since {
    V30,
    V31,
    V32,
    /// Never part of OpenAPI 3, but of an older or newer JSON Schema, and seen in the wild.
    Elsewhere,
}

/// What the value of a keyword looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueShape {
    /// Anything: data, never looked into.
    Data,
    Text,
    Flag,
    /// An integer from 0.
    Count,
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    Texts,
    /// Names to texts.
    TextMap,
    One(ObjectKind),
    List(ObjectKind),
    Map(ObjectKind),
    /// A schema or a boolean that stays one (`additionalProperties`).
    SchemaOrFlag,
    /// Paths to path items.
    Paths,
    /// Statuses to responses.
    Responses,
    /// A list of security requirements.
    Requirements,
    /// `type`: a name, or a list of names.
    Type,
    /// `enum`: a list of data.
    Values,
    /// `required` of a schema: a list of names.
    Names,
}

/// What the generator does with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It is read, by us or by a later stage.
    Used,
    /// It is read after a rewrite that this mark asks for.
    Rewritten(u32),
    /// A rewrite that this mark asks for takes it out, and reports it where that loses something.
    Lost(u32),
    /// It says nothing about code, and is left where it is. The text says why.
    Silent(&'static str),
    /// It would mean something, but has no effect: reported and taken out. The text ends the sentence "so …".
    Ignored(&'static str),
    /// Not all that it means becomes code: reported, and its value stays, as data. The text follows the keyword.
    Stashed(&'static str),
}

/// One keyword of a kind of object.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) since: Since,
    pub(crate) shape: ValueShape,
    pub(crate) effect: Effect,
    /// The JSON types a schema keyword says something about; 0 for all.
    pub(crate) family: u8,
}

/// Families of JSON types, as bits of [`Keyword::family`].
pub(super) mod family {
    pub(in super::super) const STRING: u8 = 1;
    pub(in super::super) const NUMBER: u8 = 2;
    pub(in super::super) const ARRAY: u8 = 4;
    pub(in super::super) const OBJECT: u8 = 8;

    /// The family of a JSON type; 0 for those without keywords of their own.
    pub(in super::super) fn of(ty: &str) -> u8 {
        match ty {
            "string" => STRING,
            "number" | "integer" => NUMBER,
            "array" => ARRAY,
            "object" => OBJECT,
            _ => 0,
        }
    }
}

/// Rewrites of a schema that a keyword asks for, as bits of [`Effect::Rewritten`] and [`Effect::Lost`].
pub(super) mod mark {
    macro_rules! marks {
        ($($name:ident = $bit:literal;)*) => { $(pub(in super::super) const $name: u32 = 1 << $bit;)* };
    }
    marks! {
        REF = 0;
        DEFS = 1;
        TYPE = 2;
        CONST = 3;
        ENUM = 4;
        UNION = 5;
        EXCLUSIVE = 6;
        EXAMPLES = 7;
        CONTENT = 8;
        TUPLE = 9;
        PATTERNS = 10;
        BOUND = 11;
        NAME = 12;
        DYNAMIC = 13;
        KEYS = 14;
        NOT = 15;
    }
}

impl ObjectKind {
    /// All of them.
    pub(crate) const ALL: [Self; 24] = [
        Self::Document,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Components,
        Self::PathItem,
        Self::Operation,
        Self::ExternalDocs,
        Self::Parameter,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Response,
        Self::Example,
        Self::Header,
        Self::Tag,
        Self::Schema,
        Self::Discriminator,
        Self::SecurityScheme,
        Self::Flows,
        Self::Flow,
        Self::Xml,
    ];

    /// What the specification calls it, with an article.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Document => "an OpenAPI document",
            Self::Info => "an info object",
            Self::Contact => "a contact object",
            Self::License => "a license object",
            Self::Server => "a server object",
            Self::ServerVariable => "a server variable object",
            Self::Components => "a components object",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::ExternalDocs => "an external documentation object",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type object",
            Self::Encoding => "an encoding object",
            Self::Response => "a response",
            Self::Example => "an example object",
            Self::Header => "a header",
            Self::Tag => "a tag object",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator object",
            Self::SecurityScheme => "a security scheme",
            Self::Flows => "an OAuth flows object",
            Self::Flow => "an OAuth flow object",
            Self::Xml => "an XML object",
        }
    }

    /// The same in a word or two.
    pub(crate) fn word(self) -> &'static str {
        let text = self.describe();
        text.strip_prefix("an ").or_else(|| text.strip_prefix("a ")).unwrap_or(text)
    }

    /// Whether a `$ref` may stand in its place.
    pub(super) fn can_refer(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::RequestBody
                | Self::Response
                | Self::Example
                | Self::Header
                | Self::SecurityScheme
                | Self::PathItem
        )
    }

    /// Members that must be there, each with what is read in its place, and whether that is good enough to go on.
    pub(super) fn required(self) -> &'static [(&'static str, Filler, Missing)] {
        use Filler::{Object, Text};
        use Missing::{Fatal, Fine, Until32, Warn};
        match self {
            Self::Document => &[("info", Filler::Info, Warn), ("paths", Object, Fine)],
            Self::Info => &[("title", Text("API"), Warn), ("version", Text(""), Warn)],
            Self::License => &[("name", Text(""), Warn)],
            Self::Server => &[("url", Text("/"), Warn)],
            Self::ServerVariable => &[("default", Text(""), Warn)],
            Self::Operation => &[("responses", Object, Fine)],
            Self::ExternalDocs => &[("url", Text(""), Warn)],
            Self::Parameter => &[("name", Text(""), Fatal), ("in", Text("query"), Fatal)],
            Self::Response => &[("description", Text(""), Until32)],
            Self::RequestBody => &[("content", Object, Warn)],
            Self::Tag => &[("name", Text(""), Fatal)],
            Self::Discriminator => &[("propertyName", Text(""), Fatal)],
            Self::Flow => &[("scopes", Object, Warn)],
            Self::SecurityScheme
            | Self::Flows
            | Self::Schema
            | Self::Header
            | Self::Example
            | Self::Encoding
            | Self::MediaType
            | Self::PathItem
            | Self::Components
            | Self::Contact
            | Self::Xml => &[],
        }
    }
}

/// What is put in the place of a missing member.
#[derive(Clone, Copy, Debug)]
pub(super) enum Filler {
    Text(&'static str),
    Object,
    /// An info object that has what it needs.
    Info,
}

/// How bad it is that a required member is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// OpenAPI 3.1 allows it; earlier versions get a warning.
    Fine,
    /// OpenAPI 3.2 allows it; earlier versions get a warning.
    Until32,
    Warn,
    Fatal,
    /// It was there, and it has been said that it is of no use.
    Reported,
}

impl Since {
    /// The version that a document says it is of.
    pub(crate) fn of(text: &str) -> Self {
        match text.split('.').nth(1) {
            Some("0") | None => Self::V30,
            Some("1") => Self::V31,
            Some(_) => Self::V32,
        }
    }

    /// The version as documents write it, without the patch.
    pub(super) fn number(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 | Self::Elsewhere => "3.2",
        }
    }

    /// How to call a keyword that came with this version, for a reader who may not know it.
    pub(super) fn remark(self) -> &'static str {
        match self {
            Self::V30 => "",
            Self::V31 => " (OpenAPI 3.1)",
            Self::V32 => " (OpenAPI 3.2)",
            Self::Elsewhere => " (not an OpenAPI keyword)",
        }
    }
}
