//! Names that say the place of an inline type with fewer words.

use super::segment;
use super::words::named;
use crate::ir::{Api, Owner, Shape, TypeId, TypeName};
use crate::plan::Ident;
use crate::plan::naming::name::LONG;
use crate::word::{self, join_once};

/// Names without words that the owner ends with and the type begins with (`Context` + `ContextType`), and where that is
/// too long, without the middle of the way.
pub(super) fn shorter(
    api: &Api,
    owner: &Owner,
    prefix: &str,
    own: &str,
    names: &[Option<Ident>],
    shape: &Shape,
) -> Vec<String> {
    let near = join_once(prefix, own);
    let mut candidates = Vec::new();
    if near.len() > LONG
        && let Owner::Type(owner) = owner
    {
        let whole = without_middle(api, *owner, own, names);
        candidates.extend(whole.into_iter().filter(|name| name.len() <= LONG && name.len() < near.len()));
    }
    if near == prefix && !own.is_empty() {
        // All of it is said by the owner, so what is left to say is that it is not the owner.
        candidates.push(word::join_camel(prefix, segment::shape_word(shape)));
    } else if near != word::join_camel(prefix, own) {
        let shaped = word::join_camel(&near, segment::shape_word(shape));
        candidates.extend([near, shaped]);
    }
    candidates
}

/// Types between the outermost owner and a type that a name has room for.
const ROOM: usize = 6;

/// Names of the outermost owner and those nearest to the type, with more of them first.
fn without_middle(api: &Api, owner: TypeId, own: &str, names: &[Option<Ident>]) -> Vec<String> {
    let mut chain = Vec::new();
    let mut at = owner;
    for _ in 0..api.types.len() {
        let ty = &api.types[at];
        let TypeName::Inline { owner: Owner::Type(up), path, title } = &ty.name else { break };
        if chain.len() <= ROOM {
            chain.push(segment::short(path, title.as_deref(), &ty.shape));
        }
        at = *up;
    }
    let top = named(at, names);
    let mut candidates = Vec::new();
    for kept in (0..chain.len()).rev() {
        let parts = chain[..kept].iter().rev().map(String::as_str).chain([own]);
        candidates.push(parts.fold(top.to_owned(), |text, part| join_once(&text, part)));
    }
    candidates
}
