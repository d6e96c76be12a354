//! Fields and setters of structs.
//!
//! In: a struct and which sides of calls it is used on. Out: a [`MemberPlan`] per member, without boxes.

use crate::diag::Sink;
use crate::ir::{Access, Member, Presence, Struct, Type};
use crate::plan::decided::{MemberPlan, Side};
use crate::plan::locked::Locked;
use crate::plan::naming::name::clash;
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::plan::naming::reserved;
use crate::sdk::Ident;
use crate::word::Case;

/// Names and decisions for the members of a struct, and the field for undeclared members.
pub(in crate::plan) fn members(
    ty: &Type,
    shape: &Struct,
    side: Side,
    locked: &Locked<'_>,
    sink: &mut Sink,
) -> (Vec<MemberPlan>, Option<Ident>) {
    let (fields, additional) = fields(ty, shape, locked, sink);
    let setters = setters(shape, &fields, locked);
    let plan = |((member, field), setter): ((&Member, Ident), Option<(Ident, Ident)>)| {
        let presence = presence(member, side);
        // What only requests carry is never read, so its field is an `Option`, but a request cannot do without it.
        let only_sent =
            side.request && member.access == Access::WriteOnly && member.presence == Presence::Required;
        let is_sent = side.request && member.access != Access::ReadOnly;
        let in_new = member.constant.is_none()
            && (presence == Presence::Required || (member.is_tag && (is_sent || !side.request)) || only_sent);
        let (setter, clear) = setter.filter(|_| !in_new).unzip();
        let clear = clear.filter(|_| presence == Presence::OptionalNullable && member.default.is_none());
        let (setter, test_setter) = if is_sent { (setter, None) } else { (None, setter) };
        let (clear, test_clear) = if is_sent { (clear, None) } else { (None, clear) };
        MemberPlan { field, in_new, setter, clear, test_setter, test_clear, presence, is_boxed: false }
    };
    (shape.members.iter().zip(fields).zip(setters).map(plan).collect(), additional)
}

/// What is only in the responses cannot be demanded in requests, nor the other way round.
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

fn fields(ty: &Type, shape: &Struct, locked: &Locked<'_>, sink: &mut Sink) -> (Vec<Ident>, Option<Ident>) {
    // of their own: `TYPE` of a constant and the field `type_` are never mistaken for each other
    let (mut fields, mut constants) = (Scope::default(), Scope::default());
    let claims = |constant: bool| -> Vec<Claim<'_>> {
        let case = if constant { Case::Screaming } else { Case::Snake };
        let these = shape.members.iter().filter(|member| member.constant.is_some() == constant);
        these
            .map(|member| {
                let claim = Claim::new(member.wire.as_str(), case).wire(&member.wire);
                match &member.name {
                    Some(name) => claim.candidate(rank::PINNED, name),
                    None => claim.locked(locked.field(&member.wire)),
                }
            })
            .collect()
    };
    locked.additional().iter().for_each(|name| fields.hold(name));
    let mut plain = fields.settle(&claims(false)).into_iter();
    let mut constant = constants.settle(&claims(true)).into_iter();
    let names = shape.members.iter().filter_map(|member| {
        let assigned = if member.constant.is_some() { constant.next() } else { plain.next() }?;
        if assigned.numbered {
            clash(sink, &member.origin, "property", &member.wire, &assigned.ident);
        }
        Some(assigned.ident)
    });
    let names = names.collect();
    let additional = shape.additional.as_ref().map(|_| {
        let claim = Claim::new(ty.origin.as_str(), Case::Snake);
        let claim = claim.candidate(rank::PLAIN, "additional").candidate(rank::CONTEXT, "additional_members");
        let claim = claim.candidate(rank::CONTEXT + 1, "additional_properties");
        fields.settle_one(claim.locked(locked.additional()))
    });
    (names, additional)
}

/// Setter and `clear` of each member that is no constant. A setter is called like its field, or `set_…` where a method of
/// that name is there already. All are named whether they are needed or not, so that no name depends on that.
fn setters(shape: &Struct, fields: &[Ident], locked: &Locked<'_>) -> Vec<Option<(Ident, Ident)>> {
    let mut scope = Scope::new(&[reserved::SETTERS]);
    let mut pairs: Vec<Option<(Ident, Ident)>> = vec![None; fields.len()];
    let all = 0..fields.len();
    // what is new gives way, where it could take the setter of another
    let is_new = |at: &usize| {
        let kept = locked.setter(&shape.members[*at].wire).0;
        locked.is_known() && kept.is_none() && is_like_a_setter(&fields[*at])
    };
    let (new, old): (Vec<usize>, Vec<usize>) =
        all.filter(|at| shape.members[*at].constant.is_none()).partition(is_new);
    for these in [old, new] {
        let claim = |at: &usize| {
            let wire = shape.members[*at].wire.as_str();
            (Claim::new(wire, Case::Snake), fields[*at].as_str(), locked.setter(wire))
        };
        let claims: Vec<Claim<'_>> = these
            .iter()
            .map(|at| {
                let (claim, field, kept) = claim(at);
                scope.with_prefix(claim.candidate(rank::EXACT, field), "set").locked(kept.0)
            })
            .collect();
        let setters = scope.settle(&claims);
        let claims: Vec<Claim<'_>> = these
            .iter()
            .map(|at| {
                let (claim, field, kept) = claim(at);
                let bare = field.trim_end_matches('_');
                let claim = claim.candidate(rank::PLAIN, &format!("clear_{bare}"));
                claim.candidate(rank::CONTEXT, &format!("set_{bare}_null")).locked(kept.1)
            })
            .collect();
        let clears = scope.settle(&claims);
        for (at, (setter, clear)) in these.into_iter().zip(setters.into_iter().zip(clears)) {
            pairs[at] = Some((setter.ident, clear.ident));
        }
    }
    pairs
}

/// Whether a field is called like the setter of another one.
pub(in crate::plan) fn is_like_a_setter(field: &Ident) -> bool {
    ["clear_", "set_"].iter().any(|prefix| field.as_str().starts_with(prefix))
}

#[cfg(test)]
mod tests;
