//! The list in a response.

use crate::ir::{Api, Member, Operation, Shape, Struct, Ty, TypeId};
use crate::plan::behaviour::way::json;
use crate::plan::walk;
use crate::sdk::PathStep;
use crate::word;

/// Members that hold the items.
const LISTS: [&str; 9] =
    ["data", "items", "results", "entries", "records", "values", "objects", "list", "elements"];

/// The list in a response.
pub(super) struct Listing<'a> {
    pub(super) items: Vec<PathStep>,
    pub(super) item: &'a Ty,
    /// The object around the list, if there is one.
    pub(super) envelope: Option<(TypeId, &'a Struct)>,
    /// It is what the response is about: its name says so, or it holds objects. Else it is just the only list.
    pub(super) told: bool,
}

/// Whether an operation responses with a list, paged or not. An object that has some list in it is one only if the path ends
/// in a plural.
pub(in crate::plan) fn is_list(api: &Api, op: &Operation) -> bool {
    let plural = op.path.rsplit('/').next().is_some_and(|last| word::singular(last) != last);
    let is_list = |listing: Listing<'_>| match (listing.envelope, listing.items.first()) {
        (Some((_, shape)), Some(step)) => {
            plural || LISTS.contains(&name(&shape.members[step.member]).as_str())
        }
        _ => true,
    };
    (0..op.responses.len()).any(|at| json(op, at).and_then(|ty| listing(api, ty)).is_some_and(is_list))
}

pub(super) fn listing<'a>(api: &'a Api, ty: &'a Ty) -> Option<Listing<'a>> {
    if let Ty::List(item) = walk::behind(api, ty) {
        return Some(Listing { items: Vec::new(), item, envelope: None, told: true });
    }
    let (of, envelope) = object(api, ty)?;
    let lists = || {
        envelope.members.iter().enumerate().filter_map(|(at, member)| match walk::behind(api, &member.ty) {
            Ty::List(item) if member.constant.is_none() => Some((at, member, &**item)),
            _ => None,
        })
    };
    let mut named = lists().filter(|(_, member, _)| LISTS.contains(&name(member).as_str()));
    let mut holding = lists().filter(|(_, _, item)| matches!(walk::behind(api, item), Ty::Named(_)));
    let ((at, _, item), told) = match (named.next(), named.next()) {
        (Some(only), None) => (only, true),
        (Some(_), Some(_)) => return None,
        (None, _) => match (holding.next(), holding.next()) {
            (Some(only), None) => (only, true),
            (Some(_), Some(_)) => return None,
            // a list of texts or numbers, where there is no other list at all
            (None, _) => match (lists().next(), lists().nth(1)) {
                (Some(only), None) => (only, false),
                _ => return None,
            },
        },
    };
    Some(Listing { items: vec![PathStep { of, member: at }], item, envelope: Some((of, envelope)), told })
}

pub(super) fn object<'a>(api: &'a Api, ty: &'a Ty) -> Option<(TypeId, &'a Struct)> {
    match walk::behind(api, ty) {
        Ty::Named(id) => match &api.types[id].shape {
            Shape::Struct(shape) => Some((*id, shape)),
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => None,
        },
        _ => None,
    }
}

pub(super) fn name(member: &Member) -> String {
    word::words(&member.wire).join("_")
}
