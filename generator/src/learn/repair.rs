//! Turns findings into fixups of the edited document.
//!
//! One round: fixups that lie inside of one another would depend on their order, so the second waits for the next round.

mod call;
mod context;
mod union;
mod value;

use std::collections::BTreeMap;

use serde_json::Value;

use super::collect::Found;
use super::compare::Kind;
use crate::pointer::Pointer;
pub(super) use context::Fix;
use context::{Repairs, causes};

/// Makes the fixups for findings. `origin` maps a pointer of the normal form to one of the edited document, and `count` says to how
/// many values a schema was applied.
pub(super) fn repair(
    root: &Value,
    origin: impl Fn(&Pointer) -> Pointer,
    found: &[Found],
    count: impl Fn(&Pointer) -> usize,
) -> Vec<Fix> {
    let version = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let is_30 = version.starts_with("3.0");
    let mut all =
        Repairs { root, is_30, origin: &origin, count: &count, fixes: Vec::new(), names: Vec::new() };
    // What replaces most goes first; what is inside of it waits.
    let mut groups: BTreeMap<(Kind, Pointer), Vec<(usize, &Found)>> = BTreeMap::new();
    for (index, one) in found.iter().enumerate() {
        groups.entry((one.kind, origin(&node(one)))).or_default().push((index, one));
    }
    for ((kind, at), group) in groups {
        all.group(kind, &at, &group);
    }
    all.fixes
}

/// The node of the normal form that a finding is about: the keyword, if there is one.
pub(super) fn node(one: &Found) -> Pointer {
    match one.kind {
        Kind::Missing => one.at.child("required"),
        Kind::Value => one.at.child("enum"),
        Kind::Format => one.at.child("format"),
        Kind::Type if one.site.is_some() => one.site.clone().unwrap_or_else(|| one.at.clone()),
        _ => one.at.clone(),
    }
}

impl Repairs<'_> {
    fn group(&mut self, kind: Kind, at: &Pointer, group: &[(usize, &Found)]) {
        match kind {
            Kind::Missing => self.missing(at, group),
            Kind::Property => self.properties(at, group),
            Kind::Value => self.values(at, group),
            Kind::Null => self.null(at, group),
            Kind::Format => self.format(at, group),
            Kind::Type => self.types(at, group),
            Kind::Schema => self.schema(at, group),
            Kind::Tag => group.iter().for_each(|one| self.tag(at, one)),
            Kind::Variant => self.variant(at, group),
            Kind::Operation => group.iter().for_each(|one| self.operation(at, one)),
            Kind::Status => self.statuses(at, group),
            Kind::MediaType => group.iter().for_each(|one| self.media(at, one)),
            Kind::NoBody => self.no_body(at, group),
            Kind::Parameter => self.parameters(at, group),
            Kind::MissingParameter => {
                self.set(at.child("required"), Value::Bool(false), causes(group));
            }
        }
    }
}
