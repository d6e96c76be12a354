//! Resources, operations, parameters, bodies and responses.

use super::{Docs, OpId, Rare, ResourceId, Ty, XmlBody};
use crate::arena::id;
use crate::pointer::Pointer;

id! {
    /// Index of a [`Scheme`](super::Scheme) in [`Api::schemes`](super::Api::schemes).
    SchemeId;
}

/// A node of the resource tree.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The parent; `None` for the root.
    pub parent: Option<ResourceId>,
    /// Last part of its name as in the document (`steps` of the tag `workflows.runs.steps`).
    pub wire: String,
    /// The whole tag or path prefix.
    pub full: String,
    /// A name that was chosen for the way to it.
    pub name: Option<String>,
    /// Description of the tag.
    pub docs: Rare<Docs>,
    /// Its operations in document order.
    pub operations: Vec<OpId>,
    /// Its children in document order.
    pub children: Vec<ResourceId>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub origin: Pointer,
    /// `operationId`.
    pub id: Option<String>,
    /// What tells it from others in every version of the document, where `sdk.toml` names an extension for that.
    pub identity: Option<String>,
    /// The resource it belongs to.
    pub resource: ResourceId,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template as in the document.
    pub path: String,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// Parameters; those of the path item included; required ones are not moved to the front.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// Success responses (2XX, and `default` where nothing else is declared), by status.
    pub responses: Vec<Response>,
    /// Error responses (4XX, 5XX, `default`), by status.
    pub errors: Vec<Response>,
    /// Alternatives of schemes that must all be satisfied; empty means no authentication.
    pub security: Vec<Vec<Demand>>,
    /// Header parameter that takes an idempotency key, as spelled in the document.
    pub idempotency: Option<String>,
    /// Server of this operation or path item where it differs from the document's.
    pub server: Option<String>,
}

impl Operation {
    /// Method and path: `GET /v1/runs`.
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// What is sent and received, in all media types.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        let sent = self.body.iter().flat_map(|body| &body.contents);
        sent.chain(self.responses.iter().chain(&self.errors).flat_map(Response::contents))
    }

    /// The same, to be changed.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        let sent = self.body.iter_mut().flat_map(|body| &mut body.contents);
        let responses = self.responses.iter_mut().chain(&mut self.errors);
        sent.chain(responses.flat_map(|response| response.content.iter_mut().chain(&mut response.others)))
    }

    /// What can be asked for instead of what the success responses give by themselves, each media type once.
    pub fn others(&self) -> impl Iterator<Item = &Content> {
        let all = || self.responses.iter().flat_map(|response| &response.others);
        all()
            .enumerate()
            .filter(move |(at, one)| all().take(*at).all(|other| other.media != one.media))
            .map(|(_, one)| one)
    }
}

/// What a call needs of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The scheme.
    pub scheme: SchemeId,
    /// What the credential must be allowed to do, in document order.
    pub scopes: Vec<String>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// The value of `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// Parameter styles (OpenAPI 3.1, section 4.8.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `simple`: path and header default.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`: query and cookie default.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie` (OpenAPI 3.2): as `form`, nothing encoded.
    Cookie,
    /// The value as JSON text (parameter by `content`).
    Json,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Name on the wire.
    pub wire: String,
    /// Where it stands.
    pub origin: Pointer,
    /// Where it travels.
    pub location: Location,
    /// Its type, without nullability.
    pub ty: Ty,
    /// May it be null; what is not sent says as much, so it has no part in the type.
    pub nullable: bool,
    /// Must it be given.
    pub required: bool,
    /// Style.
    pub style: Style,
    /// Explode.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Default of the server, as JSON text: documented, never sent.
    pub default: Option<String>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub origin: Pointer,
    /// Must it be given.
    pub required: bool,
    /// The media types, in document order; those nobody can send are left out with a diagnostic.
    pub contents: Vec<Content>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

/// A media type with what it carries.
#[derive(Clone, Debug)]
pub struct Content {
    /// Media type as in the document.
    pub media: String,
    /// What it carries.
    pub kind: ContentKind,
    /// First example, as JSON text.
    pub example: Option<String>,
    /// What is written in another way than by default, of a form or a body of several parts that is sent.
    pub encoding: Vec<PartEncoding>,
}

impl Content {
    /// The type that it carries, if it carries one.
    pub fn ty(&self) -> Option<&Ty> {
        match &self.kind {
            ContentKind::Json(ty)
            | ContentKind::Form(ty)
            | ContentKind::Multipart(ty)
            | ContentKind::Events(ty)
            | ContentKind::Lines(ty) => Some(ty),
            ContentKind::Xml(body) => Some(&body.ty),
            ContentKind::Text | ContentKind::Bytes => None,
        }
    }
}

/// How a property of a form, or a part of a body, is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartEncoding {
    /// What is written so.
    pub of: PartOf,
    /// Like a query parameter; then media types do not matter.
    pub style: Option<PartStyle>,
    /// Media types and ranges of them, in document order.
    pub media: Vec<String>,
    /// Headers of the part that always have the same value.
    pub headers: Vec<(String, String)>,
    /// Headers that the caller gives with a file: documented only.
    pub open_headers: Vec<String>,
}

impl PartEncoding {
    /// Whether it changes what is sent.
    pub fn has_effect(&self) -> bool {
        self.style.is_some() || !self.media.is_empty() || !self.headers.is_empty()
    }
}

/// What an Encoding Object speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// A property of the body.
    Property(String),
    /// The item at this position, where the body is an array.
    Item(u32),
    /// The items that nothing else is said of.
    Items,
}

impl PartOf {
    /// What it is called in sentences.
    pub fn describe(&self) -> String {
        match self {
            Self::Property(name) => format!("the property `{name}`"),
            Self::Item(index) => format!("item {}", index + 1),
            Self::Items => "the items".to_owned(),
        }
    }
}

/// The rules of query parameters for a property or part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartStyle {
    /// Style.
    pub style: Style,
    /// Explode.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// What a media type carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// JSON (`application/json`, `+json`).
    Json(Ty),
    /// `application/x-www-form-urlencoded`.
    Form(Ty),
    /// `multipart/form-data`.
    Multipart(Ty),
    /// XML (`application/xml`, `text/xml`, `+xml`).
    Xml(Box<XmlBody>),
    /// Text in a `String`.
    Text,
    /// Bytes.
    Bytes,
    /// `text/event-stream` whose events carry this (responses only).
    Events(Ty),
    /// JSON lines (`application/jsonl`, `x-ndjson`, `stream+json`, …; responses only).
    Lines(Ty),
}

/// A response of a status.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands.
    pub origin: Pointer,
    /// Status.
    pub status: Status,
    /// What is read: the best of the declared media types, or `None` for an empty body.
    pub content: Option<Content>,
    /// What can be asked for instead: further media types that carry something else; only for success responses.
    pub others: Vec<Content>,
    /// Its headers, in document order: documented, and read by name.
    pub headers: Vec<Header>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

impl Response {
    /// What is read, and what can be asked for instead.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        self.content.iter().chain(&self.others)
    }

    /// The header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
    }
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name as in the document.
    pub name: String,
    /// Where it stands.
    pub origin: Pointer,
    /// Is it always there.
    pub required: bool,
    /// The words of the document for what it holds (`integer`, `string` of a format), where there are any.
    pub holds: Option<String>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

/// A status key of `responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

impl std::fmt::Display for Status {
    /// As the key is written.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A schema that has no Rust shape of its own.
#[derive(Clone, Debug)]
pub struct Untyped {
    /// Where it stands in the document.
    pub origin: Pointer,
    /// Why it is a `serde_json::Value`.
    pub reason: &'static str,
}
