//! Words in names of types.

use crate::ir::TypeId;
use crate::sdk::Ident;
use crate::word::{self, Case};

/// The name of a type that is named already.
pub(super) fn named(id: TypeId, names: &[Option<Ident>]) -> &str {
    names[id.index()].as_ref().map_or("", Ident::as_str).trim_end_matches('_')
}

pub(super) fn camel_word(wire: &str) -> String {
    word::join(&word::words(wire), Case::Camel)
}
