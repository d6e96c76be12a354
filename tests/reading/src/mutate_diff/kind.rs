//! The kinds of change, and what is known of each.

use super::{moves, names, operations, schemas, unions};
use serde_json::Value;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $text:literal, $class:literal, $found:expr, $brings:expr;)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])+ $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The class that it has for those who use the SDK: `none` where they see nothing of it, `any` where that depends on the place.
            pub fn class(self) -> &'static str {
                match self { $(Self::$name => $class,)* }
            }

            /// What it may be called.
            pub fn found_as(self) -> &'static [&'static str] {
                match self { $(Self::$name => &$found,)* }
            }

            /// What else it brings about.
            pub fn brings(self) -> &'static [&'static str] {
                match self { $(Self::$name => &$brings,)* }
            }
        }
    };
}

kinds! {
    /// An operation more.
    OperationAdded: "operation added", "addition", ["operation-added"], ["type-added", "feature-added"];
    /// An operation less.
    OperationRemoved: "operation removed", "breaking", ["operation-removed"], ["type-removed", "feature-removed", "type-feature", "type-builders"];
    /// An operation at another route.
    OperationMoved: "operation moved", "fix", ["operation-moved"], [];
    /// An operation that should not be used any more.
    OperationDeprecated: "operation deprecated", "addition", ["deprecated"], [];
    /// Other words for an operation.
    OperationDescribed: "operation described", "fix", ["documentation"], [];
    /// A parameter more that may be left out.
    ParameterAdded: "parameter added", "addition", ["parameter-added"], ["type-added"];
    /// A parameter more that must be given.
    ParameterDemanded: "required parameter added", "breaking", ["parameter-added"], ["arguments-reordered"];
    /// A parameter less.
    ParameterRemoved: "parameter removed", "breaking", ["parameter-removed"], ["type-removed", "paging-changed"];
    /// A parameter by another name.
    ParameterRenamed: "parameter renamed", "breaking", ["parameter-renamed"], ["type-renamed", "paging-changed"];
    /// A parameter of another type.
    ParameterRetyped: "parameter retyped", "breaking", ["parameter-retyped"], ["paging-changed", "documentation", "default-changed"];
    /// A parameter that must be given now.
    ParameterRequired: "parameter required", "breaking", ["parameter-required"], ["paging-changed"];
    /// A parameter that may be left out now.
    ParameterOptional: "parameter optional", "breaking", ["parameter-optional"], [];
    /// Another default of a parameter.
    ParameterDefault: "parameter default", "fix", ["default-changed"], [];
    /// An error status more.
    StatusAdded: "status added", "addition", ["status-added"], ["type-added"];
    /// An error status with a body less.
    StatusRemoved: "status removed", "breaking", ["status-removed"], ["type-removed"];
    /// A body may be sent in another form.
    MediaTypeAdded: "media type added", "addition", ["media-type-added"], [];
    /// Another credential is asked for.
    AuthChanged: "auth changed", "breaking", ["auth-changed"], ["credential-added"];
    /// An operation of another tag: the lock keeps its resource.
    OperationRetagged: "operation retagged", "none", [], [];
    /// An operation with another id: the lock keeps its name.
    OperationIdRenamed: "operation id renamed", "none", [], [];
    /// An operation with another route, id and tag.
    OperationMovedRenamed: "operation moved and renamed", "breaking", ["operation-moved"], ["operation-renamed", "type-renamed", "variant-renamed", "feature-added", "feature-removed", "type-feature"];
    /// An operation with another id, at a route without its first parameter.
    OperationReparented: "operation moved out of its parent", "breaking", ["operation-moved"], ["operation-renamed", "type-renamed", "parameter-removed", "parameter-renamed"];
    /// A resource with all its operations and components by another name.
    ResourceRenamed: "resource renamed", "any", ["operation-moved"], ["operation-renamed", "type-renamed", "feature-added", "feature-removed", "type-feature", "documentation"];
    /// An operation less, and one more that does something else.
    OperationReplaced: "operation replaced", "breaking", ["operation-removed"], [];
    /// A component by another name.
    TypeRenamed: "type renamed", "breaking", ["type-renamed"], ["variant-renamed", "documentation"];
    /// A component by an unrelated name, with a member or value more.
    TypeRenamedChanged: "type renamed and changed", "breaking", ["type-renamed"], ["variant-renamed", "documentation", "field-added", "value-added"];
    /// Two components by the name of each other.
    TypesSwapped: "types swapped", "any", [], [];
    /// A component less, and one more elsewhere that is another thing.
    TypeReplaced: "type replaced", "breaking", ["type-removed"], [];
    /// A member by another name, with other words.
    FieldRenamedChanged: "field renamed and described", "breaking", ["field-renamed"], ["paging-changed", "type-renamed", "arguments-reordered", "documentation"];
    /// Two members by the name of each other.
    FieldsSwapped: "fields swapped", "any", [], [];
    /// A member less, and one more that is another thing.
    FieldReplaced: "field replaced", "breaking", ["field-removed"], [];
    /// A member more.
    FieldAdded: "field added", "addition", ["field-added"], [];
    /// A member less.
    FieldRemoved: "field removed", "breaking", ["field-removed"], ["type-removed", "paging-changed", "variant-retyped"];
    /// A member by another name.
    FieldRenamed: "field renamed", "breaking", ["field-renamed"], ["paging-changed", "type-renamed", "arguments-reordered", "documentation"];
    /// A member of another type.
    FieldRetyped: "field retyped", "breaking", ["field-retyped"], ["paging-changed", "documentation"];
    /// A member that is always there now.
    FieldRequired: "field required", "breaking", ["field-required"], ["arguments-reordered"];
    /// A member that may be absent now.
    FieldOptional: "field optional", "breaking", ["field-optional"], [];
    /// A member that may be null now.
    FieldNullable: "field nullable", "breaking", ["field-nullable"], [];
    /// Another default of a member.
    FieldDefault: "field default", "breaking", ["default-changed"], [];
    /// Other limits of a member.
    FieldLimited: "field limited", "fix", ["documentation"], [];
    /// Other words for a member.
    FieldDescribed: "field described", "fix", ["documentation"], [];
    /// A value more.
    ValueAdded: "value added", "addition", ["value-added"], [];
    /// A value less.
    ValueRemoved: "value removed", "breaking", ["value-removed"], [];
    /// A variant more.
    VariantAdded: "variant added", "addition", ["variant-added"], ["type-added"];
    /// A variant less.
    VariantRemoved: "variant removed", "breaking", ["variant-removed"], ["type-removed", "type-feature", "type-builders"];
    /// Another tag of a variant.
    TagRenamed: "tag renamed", "breaking", ["variant-renamed"], ["constant-changed", "value-renamed"];
}

/// Finds the locations of a kind of change, and makes it there.
type Mutator = (fn(&Value, Kind) -> Vec<String>, fn(&mut Value, Kind, &str) -> Option<String>);

impl Kind {
    /// Returns the pointers where it can be made.
    pub(super) fn sites(self, root: &Value) -> Vec<String> {
        self.mutator().0(root, self)
    }

    /// Makes it at one of them, and returns the location that must be found.
    pub(super) fn apply(self, root: &mut Value, at: &str) -> Option<String> {
        self.mutator().1(root, self, at)
    }

    /// What it must not be called, where it may be called much: what is gone and what is new are different things.
    pub fn forbids(self) -> &'static [&'static str] {
        match self {
            Self::OperationReplaced | Self::TypeReplaced | Self::TypesSwapped | Self::FieldsSwapped => {
                &["operation-moved", "operation-renamed", "type-renamed", "field-renamed"]
            }
            Self::FieldReplaced => &["field-renamed", "type-renamed"],
            _ => &[],
        }
    }

    fn mutator(self) -> Mutator {
        match self {
            Self::OperationRetagged
            | Self::OperationIdRenamed
            | Self::OperationMovedRenamed
            | Self::OperationReparented
            | Self::ResourceRenamed
            | Self::OperationReplaced => (moves::sites, moves::apply),
            Self::TypeRenamed
            | Self::TypeRenamedChanged
            | Self::TypesSwapped
            | Self::TypeReplaced
            | Self::FieldRenamedChanged
            | Self::FieldsSwapped
            | Self::FieldReplaced => (names::sites, names::apply),
            Self::FieldAdded
            | Self::FieldRemoved
            | Self::FieldRenamed
            | Self::FieldRetyped
            | Self::FieldRequired
            | Self::FieldOptional
            | Self::FieldNullable
            | Self::FieldDefault
            | Self::FieldLimited
            | Self::FieldDescribed => (schemas::sites, schemas::apply),
            Self::ValueAdded
            | Self::ValueRemoved
            | Self::VariantAdded
            | Self::VariantRemoved
            | Self::TagRenamed => (unions::sites, unions::apply),
            _ => (operations::sites, operations::apply),
        }
    }
}
