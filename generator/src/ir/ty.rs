//! Uses of types.

use super::{ForeignId, Shape, TypeId, Types};

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// `bool`.
    Bool,
    /// `i64`, `i32`, `u64`, `u32`.
    Int(IntKind),
    /// `f64` (never `f32`: money would lose cents).
    Float,
    /// `String`.
    String,
    /// A string whose content must not be shown (`format: password`).
    Secret,
    /// A string with a format that has a Rust type.
    Format(Format),
    /// `serde_json::Value`.
    Any,
    /// `serde_json::Map<String, serde_json::Value>`.
    Object,
    /// `Vec<T>`.
    List(Box<Ty>),
    /// `BTreeMap<String, T>`.
    Map(Box<Ty>),
    /// A tuple.
    Tuple(Vec<Ty>),
    /// `Option<T>` in a place that is no member (item, map value, union variant, body).
    Nullable(Box<Ty>),
    /// `Box<T>`. Only `plan` boxes, where a cycle is cut.
    Boxed(Box<Ty>),
    /// A named type. The reference may lead to an alias.
    Named(TypeId),
    /// A type that comes from elsewhere.
    Foreign(ForeignId),
    /// No data: a variant of a union with [`Tagging::External`](super::Tagging::External) that is a string.
    Unit,
}

impl Ty {
    /// The same use with its parts (items, values, what may be null) replaced.
    pub(crate) fn map_parts(&self, map: &mut impl FnMut(&Self) -> Self) -> Self {
        match self {
            Self::List(item) => Self::List(Box::new(map(item))),
            Self::Map(value) => Self::Map(Box::new(map(value))),
            Self::Nullable(inner) => Self::Nullable(Box::new(map(inner))),
            Self::Boxed(inner) => Self::Boxed(Box::new(map(inner))),
            Self::Tuple(parts) => Self::Tuple(parts.iter().map(map).collect()),
            other => other.clone(),
        }
    }

    /// The parts of a use: items, values, what may be null.
    pub(crate) fn parts(&self) -> &[Self] {
        match self {
            Self::List(part) | Self::Map(part) | Self::Nullable(part) | Self::Boxed(part) => {
                std::slice::from_ref(part)
            }
            Self::Tuple(parts) => parts,
            _ => &[],
        }
    }

    /// Follows aliases to a use that is no alias.
    pub(crate) fn behind<'t>(&'t self, types: &'t Types) -> &'t Self {
        self.follow(types.len(), |id| match &types[id].shape {
            Shape::Alias(target) => Some(target),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => None,
        })
    }

    /// Follows aliases, of which there are `count` at most. Those that lead in a circle end somewhere in it.
    pub(crate) fn follow<'t>(&'t self, count: usize, alias: impl Fn(TypeId) -> Option<&'t Self>) -> &'t Self {
        let mut ty = self;
        for _ in 0..=count {
            match ty {
                Self::Named(id) => match alias(*id) {
                    Some(target) => ty = target,
                    None => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

/// Integer widths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntKind {
    /// `int32`.
    I32,
    /// `int64` and integers without format.
    I64,
    /// `uint32`.
    U32,
    /// `uint64`.
    U64,
}

/// String formats with a Rust type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `date-time`: `chrono::DateTime<Utc>`.
    DateTime,
    /// `date`: `chrono::NaiveDate`.
    Date,
    /// `time`: `chrono::NaiveTime`.
    Time,
    /// `uuid`: `uuid::Uuid`.
    Uuid,
    /// `byte` or `contentEncoding: base64`: `Base64`, bytes inside.
    Base64,
    /// `base64url` or `contentEncoding: base64url`: `Base64Url`, bytes inside.
    Base64Url,
    /// `binary`: `Upload`, a file given as path, bytes or stream.
    Binary,
    /// `decimal`: `rust_decimal::Decimal`.
    Decimal,
}
