//! Encoding Objects as they are declared, and the bodies that they are for.

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic};
use crate::ir::PartOf;
use crate::lower::context::Lower;
use crate::media;
use crate::pointer::Pointer;

/// What kind of body it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    FormData,
    /// Any other multipart body.
    Parts,
}

impl Carrier {
    /// What a media type is; `None` for one whose body has neither properties nor parts.
    pub(super) fn of(media: &str) -> Option<Self> {
        match media::essence(media).as_str() {
            "application/x-www-form-urlencoded" => Some(Self::Form),
            "multipart/form-data" | "multipart/*" => Some(Self::FormData),
            other if other.starts_with("multipart/") => Some(Self::Parts),
            _ => None,
        }
    }
}

/// An Encoding Object.
pub(super) struct Declared<'d> {
    pub(super) of: PartOf,
    pub(super) at: Pointer,
    pub(super) map: &'d Map<String, Value>,
}

impl Lower<'_, '_> {
    /// A keyword of an Encoding Object without effect.
    pub(super) fn no_effect(&self, at: &Pointer, key: &str, message: &str) -> Diagnostic {
        let origin = self.doc.origin(&at.child(key));
        Diagnostic::new(Code::KeywordIgnored, &origin, message).at_key().help("remove it")
    }
}
