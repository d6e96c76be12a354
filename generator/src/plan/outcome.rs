//! What awaiting a call gives.
//!
//! In: the success answers of an operation. Out: an [`Outcome`].

use super::name::{Claim, Scope, rank};
use super::{Ident, Outcome};
use crate::ir::{ContentKind, Operation, Status};
use crate::word::Case;

/// Decides what an operation gives; `choice` is the name of the enum if it has to be one.
pub(super) fn outcome(op: &Operation, choice: &Ident) -> Outcome {
    let kinds: Vec<Option<&ContentKind>> =
        op.answers.iter().map(|answer| answer.content.as_ref().map(|content| &content.kind)).collect();
    let Some(some) = kinds.iter().position(Option::is_some) else { return Outcome::One(0) };
    let same = kinds.iter().all(|kind| kind.is_none() || *kind == kinds[some]);
    let all = kinds.iter().all(Option::is_some);
    match (same, all) {
        (true, true) => Outcome::One(some),
        (true, false) => Outcome::Optional(some),
        (false, _) => Outcome::Choice { name: choice.clone(), variants: variants(op) },
    }
}

fn variants(op: &Operation) -> Vec<Ident> {
    let claim =
        |status: Status| Claim::new(format!("{status:?}"), Case::Camel).wish(rank::PLAIN, &name(status));
    let claims: Vec<Claim<'_>> = op.answers.iter().map(|answer| claim(answer.status)).collect();
    Scope::default().settle(&claims).into_iter().map(|granted| granted.ident).collect()
}

fn name(status: Status) -> String {
    let name = match status {
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritative",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(208) => "AlreadyReported",
        Status::Code(226) => "ImUsed",
        Status::Code(other) => return format!("Status{other}"),
        Status::Range(2) => "Success",
        Status::Range(digit) => return format!("Status{digit}Xx"),
        Status::Default => "Other",
    };
    name.to_string()
}

#[cfg(test)]
mod tests;
