//! The kinds of change, and what is known of each.

use super::{operations, schemas, unions};
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

            /// The class that it has for those who use the SDK.
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

    fn mutator(self) -> Mutator {
        match self {
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
