//! Bodies of tomorrow's API: what a valid body looks like after members, values and variants were added to the document.
//!
//! In: a valid body with its schema. Out: changed bodies, each of which must decode and come back whole.

use crate::document::Document;
use crate::judge::Judge;
use crate::walk::{Visit, constant, walk};
use serde_json::{Value, json};

/// The member that is added.
pub const MEMBER: &str = "zz_unknown_member";
/// The string that no enum has.
pub const VALUE: &str = "zz-unknown-value";
/// The tag that no union has.
pub const TAG: &str = "zz_unknown_tag";
/// The integer that no enum has.
pub const NUMBER: i64 = 98_765;

/// A body is not changed at more union places than this, one at a time.
const MAX_TAGS: usize = 50;

/// A changed body.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed.
    pub change: Change,
    /// How many places were changed.
    pub places: usize,
    /// The body.
    pub value: Value,
}

/// What was changed in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Every object that may have one got a member that the document does not know.
    Members,
    /// Every enum got a value that the document does not know.
    Enums,
    /// One union got a tag that the document does not know.
    Tag,
    /// The members of every object come in reverse order.
    Order,
}

impl Change {
    /// In words: what the changed bodies have.
    pub fn words(self) -> &'static str {
        match self {
            Self::Members => "unknown members",
            Self::Enums => "unknown values",
            Self::Tag => "an unknown tag",
            Self::Order => "members reversed",
        }
    }
}

/// The changed bodies that can be made of this one.
pub fn mutate(document: &Document, judge: &Judge, pointer: &str, body: &Value) -> Vec<Mutant> {
    let visits = walk(document, judge, pointer, body);
    let mut all = Vec::new();
    all.extend(members(&visits, body));
    all.extend(enums(&visits, body));
    all.extend(tags(&visits, body));
    all.extend(order(body));
    all
}

/// The same body as JSON, in another order: tags come last, optional members before required ones.
fn order(body: &Value) -> Option<Mutant> {
    let mut places = 0;
    let value = reversed(body, &mut places);
    (places > 0).then_some(Mutant { change: Change::Order, places, value })
}

fn reversed(value: &Value, places: &mut usize) -> Value {
    match value {
        Value::Object(members) => {
            *places += usize::from(members.len() > 1);
            let members: Vec<_> =
                members.iter().map(|(name, member)| (name.clone(), reversed(member, places))).collect();
            Value::Object(members.into_iter().rev().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| reversed(item, places)).collect()),
        other => other.clone(),
    }
}

fn members(visits: &[Visit<'_>], body: &Value) -> Option<Mutant> {
    let mut value = body.clone();
    let mut places = 0;
    // Inner objects first: a pointer stays right when something is added outside of it later.
    for visit in visits.iter().rev().filter(|visit| takes_member(visit)) {
        if let Some(Value::Object(object)) = value.pointer_mut(&visit.path)
            && !object.contains_key(MEMBER)
        {
            object.insert(MEMBER.to_owned(), json!({"deep": [1, null, "x", {"y": 0.5}]}));
            places += 1;
        }
    }
    (places > 0).then_some(Mutant { change: Change::Members, places, value })
}

/// A new member may come wherever nothing says what undeclared members are.
fn takes_member(visit: &Visit<'_>) -> bool {
    !visit.nodes.is_empty()
        && !visit.types("additionalProperties")
        && !visit.types("unevaluatedProperties")
        && !visit.has("patternProperties")
        && !visit.has("propertyNames")
}

fn enums(visits: &[Visit<'_>], body: &Value) -> Option<Mutant> {
    let mut value = body.clone();
    let mut places = 0;
    for visit in visits.iter().filter(|visit| visit.has("enum") && !visit.has("const")) {
        if is_tag(visits, visit) {
            continue;
        }
        let kinds = |kind: fn(&Value) -> bool| {
            let lists = visit.nodes.iter().filter_map(|(_, map)| map.get("enum")?.as_array());
            lists.flatten().all(|value| value.is_null() || kind(value))
        };
        let Some(node) = value.pointer_mut(&visit.path) else { continue };
        let new = match node {
            Value::String(_) if kinds(Value::is_string) => json!(VALUE),
            Value::Number(_) if kinds(Value::is_i64) => json!(NUMBER),
            _ => continue,
        };
        *node = new;
        places += 1;
    }
    (places > 0).then_some(Mutant { change: Change::Enums, places, value })
}

/// Whether a member helps to tell the variants of the union around it apart: then a new value is a new variant.
fn is_tag(visits: &[Visit<'_>], visit: &Visit<'_>) -> bool {
    let Some((outer, name)) = visit.path.rsplit_once('/') else { return false };
    let Some(around) = visits.iter().find(|candidate| candidate.path == outer) else { return false };
    let single = visit.nodes.iter().any(|(_, map)| constant(&Value::Object((*map).clone())).is_some());
    around.tags.iter().any(|tag| crate::document::escape(tag) == name) || (around.untagged && single)
}

fn tags(visits: &[Visit<'_>], body: &Value) -> Vec<Mutant> {
    // The default variant takes unknown tags, but not every payload.
    let open = visits.iter().filter(|visit| !visit.has_default);
    let places = open.flat_map(|visit| visit.tags.iter().map(move |tag| (visit, tag)));
    places
        .take(MAX_TAGS)
        .filter_map(|(visit, tag)| {
            let mut value = body.clone();
            let tag = value.pointer_mut(&visit.path)?.get_mut(tag)?;
            *tag = match tag {
                Value::Number(_) => json!(NUMBER),
                Value::Bool(_) => return None,
                _ => json!(TAG),
            };
            Some(Mutant { change: Change::Tag, places: 1, value })
        })
        .collect()
}
