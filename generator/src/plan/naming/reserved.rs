//! Names that are not given out, each list with its reason. Changing a list renames things in every SDK.

/// Types: the Rust prelude (macros of the runtime name it at the place of use) and what type files import.
#[rustfmt::skip]
pub(in crate::plan) const TYPES: &[&str] = &[
    "AsMut", "AsRef", "AsyncFn", "AsyncFnMut", "AsyncFnOnce", "Box", "Clone", "Copy", "Debug", "Default", "Deserialize",
    "Display", "DoubleEndedIterator", "Drop", "Eq", "Err", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce",
    "From", "FromIterator", "FromStr", "Future", "Hash", "Into", "IntoFuture", "IntoIterator", "Iterator", "None", "Ok",
    "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Self", "Send", "Serialize", "Sized", "Some", "String", "Sync",
    "ToOwned", "ToString", "TryFrom", "TryInto", "Unpin", "Vec",
    "BTreeMap", "Base64", "Base64Url", "DateTime", "Decimal", "DecodeError", "Members", "NaiveDate", "NaiveTime", "Object", "RawJson",
    "Reader", "Secret", "UnknownInteger", "UnknownValue", "UnknownVariant", "Upload", "Utc", "Uuid", "Value", "Wire",
    "Writer",
];

/// Types of a resource module: the prelude and what such modules import from the runtime.
#[rustfmt::skip]
pub(in crate::plan) const CALLS: &[&str] = &[
    "AsRef", "Box", "Clone", "Copy", "Debug", "Default", "Drop", "Eq", "Err", "Fn", "FnMut", "FnOnce", "From", "Future",
    "Hash", "Into", "IntoFuture", "IntoIterator", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd",
    "Result", "Self", "Send", "Sized", "Some", "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto", "Unpin",
    "Vec",
    "BTreeMap", "Base64", "Base64Url", "Binary", "Bytes", "Call", "CallOptions", "Client", "Core", "DateTime", "Decimal", "Empty",
    "Error", "Events", "IntoOption", "Json", "Lines", "Method", "NaiveDate", "NaiveTime", "Object", "Operation", "Page",
    "Response", "Route", "Secret", "Status", "Style", "Text", "Utc", "Uuid", "Value", "Wire",
];

/// Modules at the root: those the SDK has anyway, crates that paths begin with, and file names of another meaning.
pub(in crate::plan) const ROOT_MODULES: &[&str] = &[
    "types", "runtime", "client", "error", "prelude", "har", "testing", "blocking", "lib", "main", "std",
    "core", "alloc",
];

/// Modules below: what resource modules import, and crates that paths begin with.
pub(in crate::plan) const MODULES: &[&str] =
    &["types", "runtime", "client", "lib", "main", "std", "core", "alloc"];

/// Modules anywhere: names no file can have on Windows.
pub(in crate::plan) const FILES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Methods of resource handles: the constructor, and trait methods people call on handles.
pub(in crate::plan) const METHODS: &[&str] =
    &["new", "clone", "borrow", "fmt", "from", "into", "to_owned", "try_from", "try_into", "type_id"];

/// Methods of the client itself, beside [`METHODS`].
pub(in crate::plan) const CLIENT_METHODS: &[&str] = &["builder", "from_env", "request", "core", "default"];

/// Setters of models: the constructor, the codec, the trait `Model`, and trait methods people call on models.
pub(in crate::plan) const SETTERS: &[&str] = &[
    "new",
    "read",
    "write",
    "unknown_members",
    "unknown_member",
    "set_unknown_member",
    "members",
    "members_mut",
    "clone",
    "clone_from",
    "borrow",
    "borrow_mut",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "into",
    "ne",
    "serialize",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Setters of calls: what the runtime gives every call. (`with_…` is the runtime's too, in a trait: an inherent setter
/// of that name hides it for that one call, which the documentation of the parameter shows.)
pub(in crate::plan) const PARAMS: &[&str] = &[
    "send",
    "send_with_response",
    "send_blocking",
    "send_raw",
    "items",
    "pages",
    "into_future",
    "clone",
    "clone_from",
    "borrow",
    "borrow_mut",
    "fmt",
    "from",
    "into",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "new",
];

/// Setters of the client builder: what the runtime gives it, and trait methods.
#[rustfmt::skip]
pub(in crate::plan) const BUILDER: &[&str] = &[
    "new", "build", "base_url", "timeout", "connect_timeout", "retry", "user_agent", "default_header", "http_client",
    "transport", "default_query", "token_parameter", "client_secret_post", "proxy", "no_proxy", "root_certificate", "client_certificate", "http2_prior_knowledge", "max_response_bytes", "max_error_bytes", "token_url", "token_scopes",
    "credential", "credential_from_env", "credentials_from_env", "attempt_timeout", "read_timeout", "retry_budget", "max_concurrency", "max_idle_connections",
    "hook", "on_attempt", "propagate", "wrap", "without_credentials", "configure_http", "clone", "default", "fmt", "from", "into", "to_owned", "try_from", "try_into", "type_id",
];

/// Cargo features and dependencies of every SDK.
#[rustfmt::skip]
pub(in crate::plan) const FEATURES: &[&str] = &[
    "default", "full", "all", "std", "rustls", "rustls-tls", "rustls-no-provider", "rustls-aws-lc-rs", "native-tls", "idn", "system-proxy", "tls", "tracing", "blocking", "record", "testing", "uuid",
    "decimal", "multipart", "events", "chrono", "jiff", "time", "json", "stream", "serde", "serde-json", "reqwest",
    "tokio", "bytes", "http", "futures", "rust-decimal", "base64", "jiter",
    "webhook-signatures", PAYLOADS,
];

pub(in crate::plan) use crate::sdk::WEBHOOK_TYPES as PAYLOADS;
pub(in crate::plan) const PAYLOADS_MODULE: &str = "webhooks";

#[cfg(test)]
mod tests;
