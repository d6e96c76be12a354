//! Fields and setters of structs.
//!
//! In: a struct and which sides of calls it is used on. Out: a [`MemberPlan`] per member, without boxes.

use super::name::{Claim, Scope, rank};
use super::{Ident, MemberPlan, clash, reserved};
use crate::diag::Sink;
use crate::ir::{Access, Member, Presence, Struct, Type};
use crate::word::Case;

/// Where a type is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) request: bool,
    pub(super) response: bool,
}

/// Names and decisions for the members of a struct, and the field for undeclared members.
pub(super) fn members(
    ty: &Type,
    shape: &Struct,
    side: Side,
    sink: &mut Sink,
) -> (Vec<MemberPlan>, Option<Ident>) {
    let (fields, additional) = fields(ty, shape, sink);
    // names of setters depend on the members alone, so those of other structs need not be found
    let setters = if side.request { setters(shape, &fields) } else { vec![None; fields.len()] };
    let plan = |((member, field), setter): ((&Member, Ident), Option<(Ident, Ident)>)| {
        let presence = presence(member, side);
        let writable = side.request && member.constant.is_none() && member.access != Access::ReadOnly;
        let in_new = writable && presence == Presence::Required;
        let (setter, clear) = setter.filter(|_| writable && !in_new).unzip();
        let clear = clear.filter(|_| presence == Presence::OptionalNullable && member.default.is_none());
        MemberPlan { field, in_new, setter, clear, presence, boxed: false }
    };
    (shape.members.iter().zip(fields).zip(setters).map(plan).collect(), additional)
}

/// What is only in the answers cannot be demanded in requests, nor the other way round.
fn presence(member: &Member, side: Side) -> Presence {
    let one_sided = match member.access {
        Access::ReadWrite => false,
        Access::ReadOnly => side.request,
        Access::WriteOnly => side.response,
    };
    match member.presence {
        Presence::Required if one_sided => Presence::Optional,
        Presence::Nullable if one_sided => Presence::OptionalNullable,
        presence => presence,
    }
}

fn fields(ty: &Type, shape: &Struct, sink: &mut Sink) -> (Vec<Ident>, Option<Ident>) {
    // of their own: `TYPE` of a constant and the field `type_` are never mistaken for each other
    let (mut fields, mut constants) = (Scope::default(), Scope::default());
    let claims = |constant: bool| -> Vec<Claim<'_>> {
        let case = if constant { Case::Screaming } else { Case::Snake };
        let these = shape.members.iter().filter(|member| member.constant.is_some() == constant);
        these
            .map(|member| {
                let claim = Claim::new(member.wire.as_str(), case).wire(&member.wire);
                member.name.iter().fold(claim, |claim, name| claim.wish(rank::PINNED, name))
            })
            .collect()
    };
    let mut plain = fields.settle(&claims(false)).into_iter();
    let mut constant = constants.settle(&claims(true)).into_iter();
    let names = shape.members.iter().filter_map(|member| {
        let granted = if member.constant.is_some() { constant.next() } else { plain.next() }?;
        if granted.numbered {
            clash(sink, &member.origin, "member", &member.wire, &granted.ident);
        }
        Some(granted.ident)
    });
    let names = names.collect();
    let additional = shape.additional.as_ref().map(|_| {
        let claim = Claim::new(ty.origin.as_str(), Case::Snake);
        let claim = claim.wish(rank::PLAIN, "additional").wish(rank::CONTEXT, "additional_members");
        fields.settle_one(claim.wish(rank::CONTEXT + 1, "additional_properties"))
    });
    (names, additional)
}

/// Setter and `clear` of each member that is no constant. A setter is called like its field, or `set_…` where a method of
/// that name is there already. All are named whether they are needed or not, so that no name depends on that.
fn setters(shape: &Struct, fields: &[Ident]) -> Vec<Option<(Ident, Ident)>> {
    let mut scope = Scope::new(&[reserved::SETTERS]);
    let each = || shape.members.iter().zip(fields).filter(|(member, _)| member.constant.is_none());
    let claims: Vec<Claim<'_>> = each()
        .map(|(member, field)| {
            let claim = Claim::new(member.wire.as_str(), Case::Snake).wish(rank::EXACT, field.as_str());
            scope.with_prefix(claim, "set")
        })
        .collect();
    let setters = scope.settle(&claims);
    let claims: Vec<Claim<'_>> = each()
        .map(|(member, field)| {
            let bare = field.as_str().trim_end_matches('_');
            let claim = Claim::new(member.wire.as_str(), Case::Snake);
            claim.wish(rank::PLAIN, &format!("clear_{bare}")).wish(rank::CONTEXT, &format!("set_{bare}_null"))
        })
        .collect();
    let clears = scope.settle(&claims);
    let mut pairs = setters.into_iter().zip(clears).map(|(setter, clear)| (setter.ident, clear.ident));
    shape.members.iter().map(|member| if member.constant.is_none() { pairs.next() } else { None }).collect()
}

#[cfg(test)]
mod tests;
