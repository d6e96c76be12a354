//! Operations: how they are called from Rust, and what goes over the wire.

use super::Ident;
use crate::ir::{
    Content, ContentKind, Demand, Docs, Location, Rare, ResourceId, Response, Status, Style, Ty, TypeId,
};
use crate::pointer::Pointer;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub origin: Pointer,
    /// `operationId`.
    pub id: Option<String>,
    /// What tells it from others in every version of the document, where `sdk.toml` names an extension for that.
    pub identity: Option<String>,
    /// The resource that it belongs to.
    pub resource: ResourceId,
    /// Name for people, in errors and traces: `workflows.runs.get`.
    pub label: String,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template as in the document.
    pub path: String,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// The methods of the handle that start a call, one per way to send a body: the first for the first content (or none).
    pub methods: Vec<Method>,
    /// The setters of the call value.
    pub setters: Vec<Argument>,
    /// Type of the call value, unique in its resource module.
    pub call: Ident,
    /// Name of the static route, unique in its resource module.
    pub route: Ident,
    /// The parameters, in the order of the document.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// Success responses (2XX, and `default` where nothing else is declared), by status.
    pub responses: Vec<Response>,
    /// Error responses (4XX, 5XX, `default`), by status.
    pub errors: Vec<Response>,
    /// Media types that can be asked for instead, each with the method of the call value that does.
    pub others: Vec<Alternative>,
    /// What awaiting the call gives.
    pub outcome: Outcome,
    /// How it is paged, if it is.
    pub paging: Option<Paging>,
    /// What ends its streams, and what in them is an error.
    pub streams: StreamMarks,
    /// How it is waited for, if it can be.
    pub wait: Option<Waiting>,
    /// Alternatives of schemes that must all be satisfied; empty means no authentication.
    pub security: Vec<Vec<Demand>>,
    /// Header that takes an idempotency key.
    pub idempotency: Option<String>,
    /// Server of this operation where it differs from the document's.
    pub server: Option<String>,
}

/// A method of a resource handle that starts a call.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: Ident,
    /// Its arguments, in order; a required body comes last.
    pub arguments: Vec<Argument>,
}

impl Method {
    /// Position in [`Body::contents`] of what it sends; `None` without a body, or where the body is optional (then the
    /// setter takes the first content).
    pub fn content(&self) -> Option<usize> {
        match self.arguments.last()? {
            Argument::Body(at) => Some(*at),
            Argument::Param(_) => None,
        }
    }
}

/// What an argument or a setter gives to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The parameter at this position.
    Param(usize),
    /// The body, with the content at this position.
    Body(usize),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Argument or setter.
    pub name: Ident,
    /// Whether it is an argument of the method; else there is a setter.
    pub is_argument: bool,
    /// Name on the wire.
    pub wire: String,
    /// Where it stands.
    pub origin: Pointer,
    /// Where it is sent.
    pub location: Location,
    /// Its type, without nullability.
    pub ty: Ty,
    /// May it be null; leaving it out says as much, so this is no part of the type.
    pub is_nullable: bool,
    /// Whether the document requires it.
    pub is_required: bool,
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
    /// Argument (required body) or setter (optional body); one name for all contents.
    pub name: Ident,
    /// Where it stands.
    pub origin: Pointer,
    /// Must it be given.
    pub is_required: bool,
    /// The media types, in the order of the document.
    pub contents: Vec<Content>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

/// A media type that can be asked for instead.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The method of the call value.
    pub name: Ident,
    /// The media type with what it carries.
    pub content: Content,
}

/// What awaiting a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The content of the success response at this position, the same for every success status (`()` where it has none).
    One(usize),
    /// `Option<T>`: some success statuses carry the content of this response, others nothing.
    Optional(usize),
    /// Different bodies: an enum with one variant per success response.
    Choice {
        /// The enum, unique in its resource module.
        name: Ident,
        /// A variant for each success response.
        variants: Vec<Ident>,
    },
}

/// How the responses of an operation are paged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub style: PageStyle,
    /// Position of the parameter that asks for it; none where a URL does.
    pub param: Option<usize>,
    /// Fields from the response to the list of items; empty when the response is the list.
    pub items: Vec<PathStep>,
    /// Type of one item.
    pub item: Ty,
    /// Fields from the response to the next cursor or URL; empty where there is none.
    pub next: Vec<PathStep>,
    /// Fields from the response to a boolean that says whether there is more; empty where there is none.
    pub more: Vec<PathStep>,
}

/// One field on the path into a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The struct.
    pub of: TypeId,
    /// Position in its fields.
    pub member: usize,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageStyle {
    /// By a cursor taken from the response.
    Cursor,
    /// By the id of the last item; `next` is then the path inside an item.
    LastItem,
    /// By page number; the first page has this one.
    Number(i64),
    /// By offset.
    Offset,
    /// By the URL in the header `Link`.
    Link,
    /// By a URL in the response.
    Url,
}

/// What ends the streams of an operation, and what in them is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamMarks {
    /// The data at which streams of events end, where it is not `[DONE]`.
    pub ends: Option<Vec<String>>,
    /// What is an error: names of events and JSON pointers into the data; `None` for the runtime's own.
    pub errors: Option<Vec<String>>,
}

/// How an operation is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The method of the handle.
    pub method: Ident,
    /// The path to what is watched, as `sdk.toml` has it.
    pub text: String,
    /// Fields from the response to what is watched; for tags to the union.
    pub until: Vec<PathStep>,
    /// What is watched.
    pub watched: Watched,
    /// The values at which waiting ends.
    pub is: Vec<String>,
}

/// What is watched to see whether waiting is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// A string.
    Text,
    /// An enum of strings.
    Enum,
    /// The tag of a union.
    Tag,
    /// A boolean.
    Bool,
}

impl Operation {
    /// Method and path: `GET /v1/runs`.
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The setters that are of use after a method: one that takes the body leaves none to set.
    pub fn setters_beside(&self, method: &Method) -> impl Iterator<Item = Argument> {
        let has_body = method.content().is_some();
        self.setters.iter().copied().filter(move |setter| !has_body || matches!(setter, Argument::Param(_)))
    }

    /// The error responses whose body has a type, with their statuses.
    pub fn typed_errors(&self) -> impl Iterator<Item = (Status, &Ty)> {
        self.errors.iter().filter_map(|response| {
            let content = response.content.as_ref()?;
            let is_typed = matches!(content.kind, ContentKind::Json(_) | ContentKind::Xml(_));
            Some((response.status, content.ty().filter(|_| is_typed)?))
        })
    }

    /// Positions of the parameters that are arguments, in their order.
    pub fn arguments(&self) -> impl Iterator<Item = usize> {
        self.methods[0].arguments.iter().filter_map(|argument| match argument {
            Argument::Param(at) => Some(*at),
            Argument::Body(_) => None,
        })
    }

    /// The name of an argument or setter.
    pub fn name_of(&self, argument: Argument) -> &str {
        match argument {
            Argument::Param(at) => self.params[at].name.as_str(),
            Argument::Body(_) => self.body.as_ref().map_or("", |body| body.name.as_str()),
        }
    }

    /// The content of the response that an outcome names.
    pub fn given(&self, at: usize) -> Option<&Content> {
        self.responses.get(at)?.content.as_ref()
    }
}
