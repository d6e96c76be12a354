//! What the parts of the stage decide, before it is joined with what the document says.

use crate::ir::Presence;
use crate::sdk::{Ident, ModuleId, Outcome, Paging, StreamMarks, Waiting};

/// Decisions about a type.
#[derive(Clone, Debug)]
pub(in crate::plan) struct TypePlan {
    /// Its Rust name, unique among all types.
    pub(in crate::plan) name: Ident,
    /// Where it is written.
    pub(in crate::plan) module: ModuleId,
    /// Another name for an equal type, too long to be written; the type itself is named instead.
    pub(in crate::plan) is_unwritten: bool,
    /// Reachable from a parameter or request body: structs get `new` and setters.
    pub(in crate::plan) is_in_request: bool,
    /// Structs: by position in `Struct::members`.
    pub(in crate::plan) members: Vec<MemberPlan>,
    /// Structs with typed additional properties: the field that holds them.
    pub(in crate::plan) additional: Option<Ident>,
    /// Wrappers: what is inside is boxed because a cycle is cut here.
    pub(in crate::plan) is_boxed: bool,
    /// Enums and unions: by position of the value or variant.
    pub(in crate::plan) variants: Vec<VariantPlan>,
    /// Enums and unions: the variant that keeps what this version does not know.
    pub(in crate::plan) unknown: Option<Ident>,
}

/// Decisions about a member of a struct.
#[derive(Clone, Debug)]
pub(in crate::plan) struct MemberPlan {
    /// Field; for constants the name (in capitals) of the associated constant.
    pub(in crate::plan) field: Ident,
    /// Argument of `new`: required, writable, not constant, and the struct is used in requests.
    pub(in crate::plan) in_new: bool,
    /// Setter, for what is not in `new`; only for structs used in requests and members that are not read-only.
    pub(in crate::plan) setter: Option<Ident>,
    /// Says null on purpose: `clear_<field>`, where there is a setter and the member is nullable and has no default.
    pub(in crate::plan) clear: Option<Ident>,
    /// `Required` is relaxed to `Optional` where a read-only member stands in a request type (or `sdk.toml` says so).
    pub(in crate::plan) presence: Presence,
    /// The field is boxed because a cycle is cut here.
    pub(in crate::plan) is_boxed: bool,
}

/// Decisions about an enum value or a union variant.
#[derive(Clone, Debug)]
pub(in crate::plan) struct VariantPlan {
    /// Variant name.
    pub(in crate::plan) name: Ident,
    /// The payload is boxed because a cycle is cut here.
    pub(in crate::plan) is_boxed: bool,
}

/// A method of a resource handle that starts a call.
#[derive(Clone, Debug)]
pub(in crate::plan) struct MethodPlan {
    /// Its name.
    pub(in crate::plan) name: Ident,
    /// Position in `Body::contents` of what it sends; `None` without body, or where the body is optional (then the
    /// setter takes the first content).
    pub(in crate::plan) content: Option<usize>,
}

/// Decisions about a resource.
#[derive(Clone, Debug)]
pub(in crate::plan) struct ResourcePlan {
    /// Module and file name (unused for the root).
    pub(in crate::plan) module: Ident,
    /// The handle type: `Runs`.
    pub(in crate::plan) handle: Ident,
    /// The method that leads here from the parent: `runs`.
    pub(in crate::plan) accessor: Ident,
    /// Cargo feature: the top-level resource it belongs to.
    pub(in crate::plan) feature: Option<String>,
}

/// The names of an operation.
pub(in crate::plan) struct OpNames {
    pub(in crate::plan) methods: Vec<MethodPlan>,
    pub(in crate::plan) call: Ident,
    pub(in crate::plan) route: Ident,
    pub(in crate::plan) params: Vec<Ident>,
    pub(in crate::plan) body: Option<Ident>,
    /// The methods that ask for another media type.
    pub(in crate::plan) others: Vec<Ident>,
    /// The method that waits, where the operation can be waited for.
    pub(in crate::plan) wait: Option<Ident>,
    /// For a choice of responses; its name is taken whether it is needed or not, so that it stays.
    pub(in crate::plan) choice: Ident,
}

/// What was decided about an operation.
pub(in crate::plan) struct OpPlan {
    pub(in crate::plan) label: String,
    pub(in crate::plan) names: OpNames,
    pub(in crate::plan) outcome: Outcome,
    pub(in crate::plan) paging: Option<Paging>,
    pub(in crate::plan) streams: StreamMarks,
    pub(in crate::plan) wait: Option<Waiting>,
}

/// Where a type is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::plan) struct Side {
    pub(in crate::plan) request: bool,
    pub(in crate::plan) response: bool,
}
