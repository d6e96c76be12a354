//! What differs between models only by names, as macros over data.
//!
//! Each gives a type its [`Wire`](crate::runtime::wire::Wire) form and its serde adapter. What they expand to is a table
//! and one call per member or variant: the time to compile a client is spent here.

mod call;
mod enums;
mod foreign;
mod objects;
mod unions;
mod wrappers;

/// Serde's traits by way of the type's own codec.
macro_rules! serde_adapter {
    ($name:ident) => {
        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::model::serialize(self, serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::model::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use serde_adapter;

#[allow(unused_imports, reason = "not every API has each kind of type")]
pub(crate) use {
    call::{choice, operation, paged},
    enums::{integer_enum, string_enum},
    foreign::foreign,
    objects::{object, read_object},
    unions::{external_union, tagged_union, untagged_union, variants},
    wrappers::wrapper,
};
