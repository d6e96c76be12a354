//! The configuration of an SDK, `sdk.toml`.
//!
//! In: the text of `sdk.toml`. Out: a [`Config`]; all unknown keys and wrong types are reported with their
//! locations. Knows no document: the stage that uses an entry reports one that matches nothing, with
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
mod uploads;

/// The configuration; the default is that of a document without `sdk.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `spec`: the path of the document, relative to the folder of `sdk.toml`. Only the caller opens it.
    pub spec: Option<String>,
    /// `overlays`: the paths of overlays in order, relative to the folder of `sdk.toml`. Only the caller
    /// opens them.
    pub overlays: Vec<String>,
    /// `[package]`.
    pub package: Package,
    /// `[client]`.
    pub client: Client,
    /// `[output]`: where files are written. Only the caller writes.
    pub output: Output,
    /// `[upstream]`: where new versions of the document come from. Only the caller fetches.
    pub upstream: Upstream,
    /// `[names]`: JSON pointer of a schema → its Rust type name.
    pub names: BTreeMap<String, String>,
    /// `operation_identity`: the extension (`x-…`) that identifies operations across versions of the
    /// document.
    pub identity: Option<String>,
    /// `[operations]`: operationId → resource and method name.
    pub operations: BTreeMap<String, OperationChoice>,
    /// `[include]`: the operations to generate; all if absent.
    pub include: Selection,
    /// `[exclude]`: the operations to skip.
    pub exclude: Selection,
    /// `[fields]`: JSON pointer of a property's schema → name of the field.
    pub fields: BTreeMap<String, String>,
    /// `[variants]`: JSON pointer of an enum or union → value or tag (else position) → name of the variant.
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
    /// `[resources]`: full name of a resource (`workflows.runs`) → name of its accessor.
    pub resources: BTreeMap<String, String>,
    /// `[formats]`: string format → a format with a Rust type, or `string`.
    pub formats: BTreeMap<String, String>,
    /// `[formats]`: string format → a type of another crate.
    pub foreign: BTreeMap<String, Replacement>,
    /// `[replace]`: JSON pointer of a schema → a type of another crate.
    pub replace: BTreeMap<String, Replacement>,
    /// `[numbers]`: `integer`, `number` or a format of either → whether to keep all digits.
    pub numbers: BTreeMap<String, NumberChoice>,
    /// `[uploads]`: JSON pointer of an object → where it holds a file.
    pub uploads: BTreeMap<String, UploadChoice>,
    /// `[arguments]`: operation → name of a parameter → name of its argument or setter.
    pub arguments: BTreeMap<String, BTreeMap<String, String>>,
    /// `[waits]`: operation (its operationId, or `METHOD /path`) → when its response is final.
    pub waits: BTreeMap<String, WaitChoice>,
    /// `[paging]`: operation (its operationId, or `METHOD /path`) → how it is paged, or that it is not.
    pub paging: BTreeMap<String, PagingChoice>,
    /// `[streams]`: what ends streams, and which events are errors.
    pub streams: Streams,
    /// `[[fixup]]`: edits of the document.
    pub fixups: Vec<Fixup>,
    /// `[lints]`: code → `allow`, `warn` or `deny`.
    pub lints: BTreeMap<String, LintLevel>,
    /// The names of earlier runs, from `names.lock`; not part of `sdk.toml`.
    pub lock: Lock,
}

impl Config {
    /// Returns whether types of this crate are used.
    pub(crate) fn uses_crate(&self, name: &str) -> bool {
        let used = self.foreign.values().chain(self.replace.values());
        let mut names = used.filter_map(|of| of.dependency.as_ref()?.name.as_deref());
        names.any(|used| spelled(used) == spelled(name))
    }
}

/// `[package]`: the manifest of the SDK.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// Package name; by default from the title of the document.
    pub name: Option<String>,
    /// Library name; by default the package name with underscores.
    pub lib: Option<String>,
    /// Version; by default `0.1.0`.
    pub version: Option<String>,
    /// Description in one line; by default the summary or title of the document.
    pub description: Option<String>,
    /// SPDX license expression.
    pub license: Option<String>,
    /// URL of the repository.
    pub repository: Option<String>,
    /// Whether `api.json`, the API as data, is written beside the sources.
    pub api_json: bool,
    /// Modules that people write: `src/<name>.rs`.
    pub modules: Vec<String>,
}

/// `[client]`: the client of the SDK.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// Environment variable that `from_env` reads; by default `<LIB>_API_KEY`, with
    /// `API` once.
    pub env: Option<String>,
    /// Base URL; by default the first server of the document.
    pub base_url: Option<String>,
}

/// `[output]`: paths of files that are written, relative to the folder of `sdk.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// The folder of the SDK.
    pub dir: Option<String>,
    /// The folder of a module of an existing crate, below its `src`, instead of a crate.
    pub module: Option<String>,
    /// Features of the module, beside the default ones.
    pub features: Vec<String>,
    /// Whether the default features of the runtime are left out of the module.
    pub no_default_features: bool,
    /// The lock file of names; by default `names.lock`.
    pub lock: Option<String>,
    /// The report; by default `report.txt`.
    pub report: Option<String>,
}

/// `[upstream]`: where new versions of the document come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Upstream {
    /// The URL.
    pub url: Option<String>,
    /// Header → the environment variable with its value.
    pub headers: BTreeMap<String, String>,
}

/// A type of another crate. It must be `Clone + Debug + PartialEq` and implement serde's traits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The path of the type: `ulid::Ulid`.
    pub path: String,
    /// A module with `serialize` and `deserialize`, as for serde's `with`.
    pub with: Option<String>,
    /// The crate of the type; `None` for the standard library and the SDK itself.
    pub dependency: Option<Dependency>,
}

/// `[uploads]`: the properties of an object that hold a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadChoice {
    /// The property of the content.
    pub content: String,
    /// How the content is written.
    pub form: UploadForm,
    /// The property of the file's name.
    pub name: Option<String>,
    /// The property of the media type.
    pub media_type: Option<String>,
}

/// How the content of a file is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadForm {
    /// As a data URL.
    DataUrl,
    /// As base64.
    Base64,
}

/// A dependency of the SDK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Name of the package; by default the first segment of the type's path.
    pub name: Option<String>,
    /// Version requirement.
    pub version: Option<String>,
    /// `path`, `git`, `branch`, `tag`, `rev`, `registry`.
    pub places: BTreeMap<String, String>,
    /// Enabled features.
    pub features: Vec<String>,
    /// Whether default features are enabled.
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

/// The type of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberChoice {
    /// `i64`, `u64`, `f64`.
    Plain,
    /// `ExactNumber`, which keeps all digits.
    Exact,
}

/// The resource and name of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationChoice {
    /// Dotted path of the resource (`workflows.runs`); by default from the tag.
    pub resource: Option<String>,
    /// Method name; by default from the operationId.
    pub name: Option<String>,
}

/// A selection of operations; an operation that matches any entry is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// `operationId`s, or `GET /path`.
    pub operations: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Patterns of paths: `*` matches within one segment, `**` matches anything.
    pub paths: Vec<String>,
}

/// When the response of an operation is final, so that it can be waited for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaitChoice {
    /// The field path from the response to a string, an enum, the tag of a union or a boolean, joined by
    /// dots.
    pub until: String,
    /// The values that end the wait.
    pub is: Vec<String>,
    /// Method name; by default `wait`, with the rest of a name like `get_…`.
    pub name: Option<String>,
}

/// The paging of an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingChoice {
    /// Not paged: `false`.
    Off,
    /// Paged like this.
    By(PagingBy),
}

/// The details of paging. Field paths are property names, joined by dots.
#[derive(Clone, Debug, PartialEq)]
pub struct PagingBy {
    /// How pages are requested.
    pub style: PagingStyle,
    /// The query parameter that requests a page; not for `link` and `url`.
    pub param: Option<String>,
    /// Number of the first page (`page` only); by default 1.
    pub first: Option<i64>,
    /// The field path to the items; absent if it is unambiguous, or if the response is the array.
    pub items: Option<String>,
    /// The field path to the next cursor or URL; for `last`, the path in an item.
    pub next: Option<String>,
    /// The field path to a boolean that says whether there is another page.
    pub more: Option<String>,
}

/// How pages are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingStyle {
    /// By a cursor in the page.
    Cursor,
    /// By a property of the last item.
    Last,
    /// By number.
    Page,
    /// By the number of preceding items.
    Offset,
    /// By the URL in the header `Link` (`rel="next"`).
    Link,
    /// By a URL in the page.
    Url,
}

impl PagingStyle {
    /// All styles.
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

/// `[streams]`: what ends streams, and which events are errors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Streams {
    /// The choices for all streams.
    pub all: StreamChoice,
    /// Operation (its operationId, or `METHOD /path`) → its choices, which override those for all streams.
    pub operations: BTreeMap<String, StreamChoice>,
}

/// What ends a stream, and which events are errors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamChoice {
    /// The data of events that end a stream of server-sent events; by default `[DONE]`.
    pub end: Option<Vec<String>>,
    /// Names of events, and JSON pointers into their data, that are errors; by default `error` and `/error`,
    /// unless the document declares them.
    pub errors: Option<Vec<String>>,
}

/// An edit of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixup {
    /// The JSON pointer of the node.
    pub at: String,
    /// The edit.
    pub action: FixupAction,
    /// The reason, shown in reports.
    pub reason: String,
}

/// The edit of a fixup.
#[derive(Clone, Debug, PartialEq)]
pub enum FixupAction {
    /// Sets the node to this value; adds the property if it is missing.
    Set(serde_json::Value),
    /// Merges these properties into the object: objects are merged, arrays are extended, other values are
    /// replaced.
    Merge(serde_json::Map<String, serde_json::Value>),
    /// Removes the node.
    Remove,
    /// Renames the property.
    Rename(String),
}
