//! What the parts of the stage decide, before it is joined with what the document says.

use crate::ir::Presence;
use crate::sdk::{Ident, ModuleId, Outcome, Paging, StreamMarks, Waiting};

/// Decisions about a type.
#[derive(Clone, Debug)]
pub(super) struct TypePlan {
    /// Its Rust name, unique among all types.
    pub(super) name: Ident,
    /// Where it is written.
    pub(super) module: ModuleId,
    /// Another name for an equal type, too long to be written; the type itself is named instead.
    pub(super) is_unwritten: bool,
    /// Reachable from a parameter or request body: structs get `new` and setters in every build.
    pub(super) is_in_request: bool,
    /// Equality of its values is total.
    pub(super) is_eq: bool,
    /// Structs: by position in `Struct::members`.
    pub(super) members: Vec<MemberPlan>,
    /// Structs with typed additional properties: the field that holds them.
    pub(super) additional: Option<Ident>,
    /// Wrappers: what is inside is boxed because a cycle is cut here.
    pub(super) is_boxed: bool,
    /// Enums and unions: by position of the value or variant.
    pub(super) variants: Vec<VariantPlan>,
    /// Enums and unions: the variant that keeps what this version does not know.
    pub(super) unknown: Option<Ident>,
}

/// Decisions about a member of a struct.
#[derive(Clone, Debug)]
pub(super) struct MemberPlan {
    /// Field; for constants the name (in capitals) of the associated constant.
    pub(super) field: Ident,
    /// Argument of `new`, though it may be absent.
    pub(super) in_new: bool,
    /// Setter, for what is not in `new`; only for structs used in requests and members that are not read-only.
    pub(super) setter: Option<Ident>,
    /// Says null on purpose: `clear_<field>`, where there is a setter and the member is nullable and has no default.
    pub(super) clear: Option<Ident>,
    /// Setter behind the feature `testing`, for what no request carries.
    pub(super) test_setter: Option<Ident>,
    /// `clear_<field>` behind the feature `testing`.
    pub(super) test_clear: Option<Ident>,
    /// `Required` is relaxed to `Optional` where a read-only member stands in a request type (or `sdk.toml` says so).
    pub(super) presence: Presence,
    /// The field is boxed because a cycle is cut here.
    pub(super) is_boxed: bool,
}

/// Decisions about an enum value or a union variant.
#[derive(Clone, Debug)]
pub(super) struct VariantPlan {
    /// Variant name.
    pub(super) name: Ident,
    /// The payload is boxed because a cycle is cut here.
    pub(super) is_boxed: bool,
}

/// A method of a resource handle that starts a call.
#[derive(Clone, Debug)]
pub(super) struct MethodPlan {
    /// Its name.
    pub(super) name: Ident,
    /// Position in `Body::contents` of what it sends; `None` without body, or where the body is optional (then the
    /// setter takes the first content).
    pub(super) content: Option<usize>,
}

/// Decisions about a resource.
#[derive(Clone, Debug)]
pub(super) struct ResourcePlan {
    /// Module and file name (unused for the root).
    pub(super) module: Ident,
    /// The handle type: `Runs`.
    pub(super) handle: Ident,
    /// The method that leads here from the parent: `runs`.
    pub(super) accessor: Ident,
    /// Cargo feature: the top-level resource it belongs to.
    pub(super) feature: Option<String>,
}

/// The names of an operation.
pub(super) struct OpNames {
    pub(super) methods: Vec<MethodPlan>,
    pub(super) call: Ident,
    pub(super) route: Ident,
    pub(super) params: Vec<Ident>,
    pub(super) body: Option<Ident>,
    /// The methods that ask for another media type.
    pub(super) others: Vec<Ident>,
    /// The method that waits, where the operation can be waited for.
    pub(super) wait: Option<Ident>,
    /// For a choice of responses; its name is taken whether it is needed or not, so that it stays.
    pub(super) choice: Ident,
}

/// What was decided about an operation.
pub(super) struct OpPlan {
    pub(super) label: String,
    pub(super) names: OpNames,
    pub(super) outcome: Outcome,
    pub(super) paging: Option<Paging>,
    pub(super) streams: StreamMarks,
    pub(super) wait: Option<Waiting>,
}

/// Where a type is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) request: bool,
    pub(super) response: bool,
}
