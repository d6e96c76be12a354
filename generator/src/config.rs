//! `sdk.toml`: every human choice about the output.
//!
//! In: the text of `sdk.toml`. Out: a [`Config`], with unknown keys and wrong types reported by place, all in one run.
//! This knows no document: whether a pinned name or a fixup hits something is for the stage that uses it to say, with
//! [`Diagnostic::in_config`](crate::diag::Diagnostic::in_config).

use std::collections::BTreeMap;

use crate::diag::LintLevel;
use crate::embed::spelled;
use crate::lock::Lock;

pub use names::package_name;
pub use read::config;

mod calls;
mod dependency;
mod names;
mod package;
mod read;
mod replace;
mod table;
#[cfg(test)]
mod tests;

/// Every human choice; the default is what a document without `sdk.toml` gets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `spec`: the document, as a path relative to the folder of `sdk.toml`. For the caller; nothing here opens it.
    pub spec: Option<String>,
    /// `overlays`: overlay documents, as paths relative to the folder of `sdk.toml`, in the order they are applied. For the
    /// caller; nothing here opens them.
    pub overlays: Vec<String>,
    /// `[package]`.
    pub package: Package,
    /// `[client]`.
    pub client: Client,
    /// `[names]`: JSON pointer of a schema → its Rust type name.
    pub names: BTreeMap<String, String>,
    /// `operation_identity`: the extension (`x-…`) of operations that tells them apart in every version of the document.
    pub identity: Option<String>,
    /// `[operations]`: operationId → where it goes.
    pub operations: BTreeMap<String, OperationChoice>,
    /// `[include]`: the operations that are generated; all, if it is not there.
    pub include: Selection,
    /// `[exclude]`: operations that are not.
    pub exclude: Selection,
    /// `[fields]`: JSON pointer of a member's schema → name of its field.
    pub fields: BTreeMap<String, String>,
    /// `[variants]`: JSON pointer of an enum or union → value or tag (else the position) → name of the variant.
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
    /// `[resources]`: full name of a resource (`workflows.runs`) → name of the method that leads to it.
    pub resources: BTreeMap<String, String>,
    /// `[formats]`: format of a string → what it is read as: a format that has a Rust type, or `string`.
    pub formats: BTreeMap<String, String>,
    /// `[formats]`: format → the type of another crate that it is read as.
    pub foreign: BTreeMap<String, Replacement>,
    /// `[replace]`: JSON pointer of a schema → the type that stands for it.
    pub replace: BTreeMap<String, Replacement>,
    /// `[numbers]`: `integer`, `number` or a format of them → whether all digits are kept.
    pub numbers: BTreeMap<String, NumberChoice>,
    /// `[arguments]`: operation → name of a parameter → name of its argument or setter.
    pub arguments: BTreeMap<String, BTreeMap<String, String>>,
    /// `[waits]`: operation (its operationId, or `METHOD /path`) → when its answer is final.
    pub waits: BTreeMap<String, WaitChoice>,
    /// `[paging]`: operation (its operationId, or `METHOD /path`) → how it is paged, where its shape does not tell, or that it is not.
    pub paging: BTreeMap<String, PagingChoice>,
    /// `[streams]`: where streams end, and what in them is an error.
    pub streams: Streams,
    /// `[[fixup]]`: repairs of the document.
    pub fixups: Vec<Fixup>,
    /// `[lints]`: code → `allow`, `warn` or `deny`.
    pub lints: BTreeMap<String, LintLevel>,
    /// The names of earlier runs, from `names.lock`; never in `sdk.toml`.
    pub lock: Lock,
}

impl Config {
    /// Whether types of the crate of this name are used.
    pub(crate) fn uses_crate(&self, name: &str) -> bool {
        let used = self.foreign.values().chain(self.replace.values());
        let mut names = used.filter_map(|of| of.dependency.as_ref()?.name.as_deref());
        names.any(|used| spelled(used) == spelled(name))
    }
}

/// `[package]`: what stands in the manifest of the output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// Package name; else made of the document's title.
    pub name: Option<String>,
    /// Library name; else the package name with underscores.
    pub lib: Option<String>,
    /// Version; else `0.1.0`.
    pub version: Option<String>,
    /// One line; else the document's summary or title.
    pub description: Option<String>,
    /// SPDX expression; left out if not given.
    pub license: Option<String>,
    /// URL; left out if not given.
    pub repository: Option<String>,
    /// Whether `api.json`, the API as data, is written beside the sources.
    pub api_json: bool,
}

/// `[client]`: what the client of the output is like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// Environment variable that `from_env` reads for the first credential; else `<LIB>_API_KEY`.
    pub env: Option<String>,
    /// Base URL; else the first server of the document.
    pub base_url: Option<String>,
}

/// A type that is used in the place of our own. It must be `Clone + Debug + PartialEq`, and serde must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Its path: `ulid::Ulid`.
    pub path: String,
    /// A module with `serialize` and `deserialize`, as serde's `with` takes it; else the type's own.
    pub with: Option<String>,
    /// Where it comes from; `None` for the standard library and for the SDK itself.
    pub dependency: Option<Dependency>,
}

/// A dependency of the output, as cargo takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Name of the package; else the first word of the type's path.
    pub name: Option<String>,
    /// Version.
    pub version: Option<String>,
    /// `path`, `git`, `branch`, `tag`, `rev`, `registry`.
    pub places: BTreeMap<String, String>,
    /// Features.
    pub features: Vec<String>,
    /// With its default features.
    pub default_features: bool,
}

impl Default for Dependency {
    fn default() -> Self {
        Self {
            name: None,
            version: None,
            places: BTreeMap::new(),
            features: Vec::new(),
            default_features: true,
        }
    }
}

/// What numbers are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberChoice {
    /// `i64`, `u64`, `f64`.
    Plain,
    /// `ExactNumber`, which keeps all digits.
    Exact,
}

/// Where an operation goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationChoice {
    /// Dotted resource path (`workflows.runs`); else from the tag.
    pub resource: Option<String>,
    /// Method name; else from the operationId.
    pub name: Option<String>,
}

/// Some operations: those that one of these is true of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// `operationId`s, or `GET /path`.
    pub operations: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Patterns of paths: `*` is anything within one part, `**` anything at all.
    pub paths: Vec<String>,
}

/// When the answer of an operation is final, so that it can be waited for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaitChoice {
    /// Member names from the answer to a text, an enum, the tag of a union or a boolean, joined by dots.
    pub until: String,
    /// The values at which waiting ends.
    pub is: Vec<String>,
    /// Method name; else `wait`, with what the operation's name says beyond that it gets something.
    pub name: Option<String>,
}

/// How an operation is paged.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingChoice {
    /// Not at all: `false`.
    Off,
    /// Like this.
    By(PagingBy),
}

/// A way of paging. Ways in the answer are member names, joined by dots.
#[derive(Clone, Debug, PartialEq)]
pub struct PagingBy {
    /// How pages are asked for.
    pub style: PagingStyle,
    /// The query parameter that asks for a page; not for `link` and `url`.
    pub param: Option<String>,
    /// Number of the first page (`page` only); else 1.
    pub first: Option<i64>,
    /// The way to the items; left out where it can be told, or where the answer is the list.
    pub items: Option<String>,
    /// The way to the next cursor or URL; with `last` the way inside an item.
    pub next: Option<String>,
    /// The way to a boolean that says whether there is more.
    pub more: Option<String>,
}

/// How pages are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// By a cursor from the page.
    Cursor,
    /// By a member of the last item.
    Last,
    /// By number.
    Page,
    /// By the number of items before it.
    Offset,
    /// By the URL in the header `Link` (`rel="next"`).
    Link,
    /// By a URL in the page.
    Url,
}

impl PagingStyle {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Cursor, Self::Last, Self::Page, Self::Offset, Self::Link, Self::Url];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cursor => "cursor",
            Self::Last => "last",
            Self::Page => "page",
            Self::Offset => "offset",
            Self::Link => "link",
            Self::Url => "url",
        }
    }
}

/// `[streams]`: what ends a stream, and what in it is an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Streams {
    /// Of all streams.
    pub all: StreamChoice,
    /// Operation (its operationId, or `METHOD /path`) → of its streams; what is not said there is as for all.
    pub operations: BTreeMap<String, StreamChoice>,
}

/// What ends a stream, and what in it is an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamChoice {
    /// The data of the event at which a stream of server-sent events is over; `[DONE]` if not given.
    pub end: Option<Vec<String>>,
    /// Names of events, and JSON pointers into the data, by which the server reports an error; `error` and `/error` if not
    /// given, as far as the document does not declare them.
    pub errors: Option<Vec<String>>,
}

/// A repair of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixup {
    /// JSON pointer of the node.
    pub at: String,
    /// What is done to it.
    pub action: FixupAction,
    /// Why, shown in reports.
    pub reason: String,
}

/// What a fixup does.
#[derive(Clone, Debug, PartialEq)]
pub enum FixupAction {
    /// Puts this value there, adding the member if it is missing.
    Set(serde_json::Value),
    /// Adds these members to the object there: objects are merged, lists go on, everything else is replaced.
    Merge(serde_json::Map<String, serde_json::Value>),
    /// Takes the node away.
    Remove,
    /// Gives the member another key.
    Rename(String),
}
