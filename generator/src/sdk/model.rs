//! The model as a whole.

use super::{Ident, Operation, Resource, Type};
use crate::arena::{Arena, id};
use crate::ir::{
    Foreign, ForeignId, Info, OpId, ResourceId, SchemeId, SchemeKind, Server, Ty, TypeId, Untyped, XmlBody,
    XmlId, XmlObject,
};
use crate::pointer::Pointer;

/// The cargo feature of types that only webhooks and callbacks carry. It is off by default: most users of a client never see
/// such a request, and GitHub's are two thirds of all its types.
pub const WEBHOOK_TYPES: &str = "webhook-types";

id! {
    /// Index of a [`Module`].
    ModuleId;
}

/// The Rust API of an SDK.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// Names of the crate and what a client starts with.
    pub package: Package,
    /// The `info` object.
    pub info: Info,
    /// The servers of the document, in order.
    pub servers: Vec<Server>,
    /// The security schemes, each with its setters.
    pub credentials: Arena<SchemeId, Credential>,
    /// The types of the module `types`.
    pub types: Arena<TypeId, Type>,
    /// The modules that hold types. The first is `shared`, which is always compiled.
    pub modules: Arena<ModuleId, Module>,
    /// The operations, in the order of the document.
    pub operations: Arena<OpId, Operation>,
    /// The resources. The first is the client itself; parents come before children.
    pub resources: Arena<ResourceId, Resource>,
    /// Types of other crates.
    pub foreign: Arena<ForeignId, Foreign>,
    /// How values look in XML.
    pub xml: XmlTables,
    /// Optional parts of the runtime that this API needs.
    pub needs: Needs,
    /// Schemas of media types, and components that may be null, by pointer, with the type that each became.
    pub schemas: Vec<(Pointer, Ty)>,
    /// What became `serde_json::Value`, and why.
    pub untyped: Vec<Untyped>,
    /// Objects of which no property is known, which became `serde_json::Map`.
    pub free_form: Vec<Pointer>,
}

/// Names of the crate, and what a client starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name of the package.
    pub name: String,
    /// Name of the library.
    pub lib: String,
    /// The server that calls go to unless another is set; `None` where the document names none that can be called from
    /// anywhere.
    pub base_url: Option<String>,
    /// The path of a server that is relative to the location of the document.
    pub relative_server: Option<String>,
    /// The environment variable of the first credential.
    pub variable: String,
    /// The scheme whose credential `from_env` reads; `None` where there is no `from_env`.
    pub from_env: Option<SchemeId>,
    /// Modules that people write.
    pub modules: Vec<String>,
}

/// A security scheme with its setters on the builder of the client.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Key in `components.securitySchemes`.
    pub key: String,
    /// Where it stands.
    pub origin: Pointer,
    /// Its kind.
    pub kind: SchemeKind,
    /// Its description.
    pub description: Option<String>,
    /// The setter of the credential.
    pub setter: Ident,
    /// The setter that takes a source of tokens, where the other one does not.
    pub source: Option<Ident>,
}

impl Credential {
    /// Whether the runtime can send it, so that there is a setter.
    pub fn is_usable(&self) -> bool {
        !matches!(self.kind, SchemeKind::Other(_))
    }
}

/// A private module below `types` that holds types; all are re-exported flat as `types::Name`.
#[derive(Clone, Debug)]
pub struct Module {
    /// Module and file name.
    pub name: Ident,
    /// Cargo feature that gates it: the top-level resource all of whose types are here; `None` for `shared`.
    pub feature: Option<String>,
    /// Its types, in the order they are written.
    pub types: Vec<TypeId>,
}

/// How values look in XML.
#[derive(Clone, Debug, Default)]
pub struct XmlTables {
    /// A table for each object, with the function that gives it.
    pub objects: Arena<XmlId, (Ident, XmlObject)>,
    /// The types of document: name and root element.
    pub documents: Vec<(Ident, XmlBody)>,
}

/// Optional parts of the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// A type of `chrono` occurs.
    pub chrono: bool,
    /// `uuid::Uuid` occurs.
    pub uuid: bool,
    /// `rust_decimal::Decimal` occurs.
    pub decimal: bool,
    /// A multipart body occurs.
    pub multipart: bool,
    /// Server-sent events occur.
    pub events: bool,
    /// XML occurs.
    pub xml: bool,
    /// XML occurs where nothing else can be sent or asked for.
    pub only_xml: bool,
}
