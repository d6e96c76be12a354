//! Whether two uses of types, or two contents, are the same to those who use them.

use super::both::Both;
use super::spell;
use crate::ir::{Content, ContentKind, Ty};

impl Both<'_> {
    /// Whether two uses are the same type to those who use them. Aliases that belong together count as the same: what
    /// changed behind them is said of the alias.
    pub(super) fn same(&self, old: &Ty, new: &Ty) -> bool {
        match (old, new) {
            (Ty::Named(a), Ty::Named(b)) if self.pairs.types.get(a) == Some(b) => return true,
            _ => {}
        }
        match (self.old.behind(old), self.new.behind(new)) {
            (Ty::Named(a), Ty::Named(b)) => self.pairs.types.get(a) == Some(b),
            (Ty::List(a), Ty::List(b))
            | (Ty::Map(a), Ty::Map(b))
            | (Ty::Nullable(a), Ty::Nullable(b))
            | (Ty::Boxed(a), Ty::Boxed(b)) => self.same(a, b),
            (Ty::Tuple(a), Ty::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b))
            }
            // numbered as the document comes to them
            (Ty::Foreign(a), Ty::Foreign(b)) => {
                let (a, b) = (&self.old.foreign[a], &self.new.foreign[b]);
                (&a.path, &a.with) == (&b.path, &b.with)
            }
            (a, b) => a == b,
        }
    }

    /// Whether two contents are the same type to those who give or get them.
    pub(super) fn same_content(&self, old: &Content, new: &Content) -> bool {
        use ContentKind::{Bytes, Events, Form, Json, Lines, Multipart, Text, Xml};
        match (&old.kind, &new.kind) {
            (Json(a) | Form(a) | Multipart(a), Json(b) | Form(b) | Multipart(b)) => self.same(a, b),
            (Events(a), Events(b)) | (Lines(a), Lines(b)) => self.same(a, b),
            (Xml(a), Xml(b)) => self.same(&a.ty, &b.ty),
            (Text, Text) | (Bytes, Bytes) => true,
            // Both are a `String` to those who use them.
            (Text, Json(of)) => self.new.behind(of) == &Ty::String,
            (Json(of), Text) => self.old.behind(of) == &Ty::String,
            _ => false,
        }
    }

    /// What a content is in Rust.
    pub(super) fn carried(&self, old: bool, content: &Content) -> String {
        use ContentKind::{Bytes, Events, Form, Json, Lines, Multipart, Text, Xml};
        let sdk = if old { self.old } else { self.new };
        match &content.kind {
            Json(of) | Form(of) | Multipart(of) => format!("`{}`", spell::ty(sdk, of)),
            Xml(body) => format!("`{}` in XML", spell::ty(sdk, &body.ty)),
            Events(of) => format!("`Events<{}>`", spell::ty(sdk, of)),
            Lines(of) => format!("`Lines<{}>`", spell::ty(sdk, of)),
            Text => "`String`".to_owned(),
            Bytes => "bytes".to_owned(),
        }
    }
}
