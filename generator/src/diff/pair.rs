//! What belongs together in two versions.
//!
//! Types of one name are one type: that is what users write. Operations are one by their `operationId` (or the extension that
//! `sdk.toml` names), else by their route. What is left over is compared by what it is like, so that a move or a new name
//! is not taken for a removal and an addition; two candidates that are equally good are none.

use std::collections::{HashMap, HashSet};

use super::likeness::{DEPTH, Likeness, sequence};
use crate::ir::{Content, OpId, Response, Ty, TypeId, TypeName};
use crate::sdk::{Operation, Sdk, Shape};
use crate::word;

/// How alike operations must be.
const OPERATIONS: f64 = 0.6;
/// How much better than the next the best candidate must be.
const MARGIN: f64 = 0.04;
/// How alike types must be that stand in the same place.
const IN_PLACE: f64 = 0.34;
/// How alike types must be of which nothing else is known.
const ANYWHERE: f64 = 0.75;
/// Pairs of types that are compared at most, when nothing but their likeness is known.
const MOST_PAIRS: usize = 2_000_000;

/// What belongs together.
pub(super) struct Pairs {
    pub(super) types: HashMap<TypeId, TypeId>,
    pub(super) new_types: HashSet<TypeId>,
    pub(super) operations: Vec<(OpId, OpId)>,
}

/// Finds what belongs together.
pub(super) fn pair(old: &Sdk, new: &Sdk) -> Pairs {
    let mut pairing = Pairing {
        old,
        new,
        types: HashMap::new(),
        taken: HashSet::new(),
        seen: HashSet::new(),
        operations: Vec::new(),
    };
    pairing.types_by_name();
    pairing.operations_by_id();
    for at in 0..pairing.operations.len() {
        pairing.follow_operation(pairing.operations[at]);
    }
    let known: Vec<(TypeId, TypeId)> = pairing.types.iter().map(|(a, b)| (*a, *b)).collect();
    for (a, b) in sorted(known) {
        pairing.follow_types(a, b);
    }
    // what one pair tells of types helps to find the next
    while pairing.operations_by_likeness() {}
    pairing.types_by_likeness();
    pairing.operations.sort();
    Pairs { types: pairing.types, new_types: pairing.taken, operations: pairing.operations }
}

fn sorted(mut pairs: Vec<(TypeId, TypeId)>) -> Vec<(TypeId, TypeId)> {
    pairs.sort();
    pairs
}

struct Pairing<'a> {
    old: &'a Sdk,
    new: &'a Sdk,
    types: HashMap<TypeId, TypeId>,
    /// New types that have an old one.
    taken: HashSet<TypeId>,
    /// Pairs of types whose insides were looked at.
    seen: HashSet<(TypeId, TypeId)>,
    operations: Vec<(OpId, OpId)>,
}

impl Pairing<'_> {
    fn types_by_name(&mut self) {
        let names = self.new.types.entries();
        let names: HashMap<&str, TypeId> = names.map(|(id, ty)| (ty.name.as_str(), id)).collect();
        for (id, ty) in self.old.types.entries() {
            if let Some(new) = names.get(ty.name.as_str()) {
                self.types.insert(id, *new);
                self.taken.insert(*new);
            }
        }
    }

    fn operations_by_id(&mut self) {
        type Key = fn(&Operation) -> Option<String>;
        let keys: [Key; 5] = [
            |op| op.identity.clone(),
            |op| Some(format!("{} {} {}", op.id.as_deref()?, op.method, op.path)),
            |op| op.id.clone(),
            |op| Some(op.route()),
            |op| Some(format!("{} {}", op.method, shape(&op.path))),
        ];
        for key in keys {
            let (old, new) = self.unpaired();
            let by_key = |sdk: &Sdk, ids: &[OpId]| {
                let mut found: HashMap<String, Option<OpId>> = HashMap::new();
                for id in ids {
                    if let Some(key) = key(&sdk.operations[id]) {
                        // what two have tells nothing
                        found.entry(key).and_modify(|id| *id = None).or_insert(Some(*id));
                    }
                }
                found
            };
            let (old, new) = (by_key(self.old, &old), by_key(self.new, &new));
            let same = old.iter().filter_map(|(key, a)| Some(((*a)?, (*new.get(key)?)?)));
            self.operations.extend(same);
            self.operations.sort();
        }
    }

    fn unpaired(&self) -> (Vec<OpId>, Vec<OpId>) {
        let old: HashSet<OpId> = self.operations.iter().map(|(a, _)| *a).collect();
        let new: HashSet<OpId> = self.operations.iter().map(|(_, b)| *b).collect();
        let left =
            |sdk: &Sdk, taken: HashSet<OpId>| sdk.operations.ids().filter(|id| !taken.contains(id)).collect();
        (left(self.old, old), left(self.new, new))
    }

    fn operations_by_likeness(&mut self) -> bool {
        let before = self.operations.len();
        let (old, new) = self.unpaired();
        let mut scores: Vec<(f64, OpId, OpId)> = Vec::new();
        for a in &old {
            for b in &new {
                let score = self.alike(*a, *b);
                if score >= OPERATIONS - MARGIN {
                    scores.push((score, *a, *b));
                }
            }
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut done: (HashSet<OpId>, HashSet<OpId>) = Default::default();
        for (score, a, b) in &scores {
            if *score < OPERATIONS || done.0.contains(a) || done.1.contains(b) {
                continue;
            }
            let rival = scores.iter().any(|(other, x, y)| {
                let same =
                    (x == a && y != b && !done.1.contains(y)) || (y == b && x != a && !done.0.contains(x));
                same && *other > score - MARGIN
            });
            if !rival {
                done.0.insert(*a);
                done.1.insert(*b);
                self.operations.push((*a, *b));
                self.follow_operation((*a, *b));
            }
        }
        self.operations.len() > before
    }

    /// Whether two operations could do the same: the last word of route or id says what they do, or else a response that no
    /// other operation gives.
    fn related(&self, a: &Operation, b: &Operation) -> bool {
        let last = |op: &'_ Operation| op.id.as_deref().and_then(|id| word::words(id).pop());
        let telling = || {
            let Some(Ty::Named(id)) = answered(a).map(|ty| self.old.behind(ty)) else { return false };
            let gives = |op: &&Operation| matches!(answered(op).map(|ty| self.old.behind(ty)), Some(Ty::Named(other)) if other == id);
            self.old.operations.iter().filter(gives).count() == 1
        };
        let (x, y) = (statics(&a.path), statics(&b.path));
        let is_item = |op: &Operation| op.path.ends_with('}');
        let route = x.last() == y.last() && is_item(a) == is_item(b);
        route || (last(a).is_some() && last(a) == last(b)) || telling()
    }

    /// How much two operations are alike: their routes, ids, responses and what they take.
    fn alike(&self, a: OpId, b: OpId) -> f64 {
        let (a, b) = (&self.old.operations[a], &self.new.operations[b]);
        if a.method != b.method || !self.related(a, b) {
            return 0.0;
        }
        let likeness = Likeness { old: self.old, new: self.new, known: &self.types };
        let path = sequence(&statics(&a.path), &statics(&b.path));
        let words = |op: &Operation| op.id.as_deref().map(word::words);
        let id = match (words(a), words(b)) {
            (Some(a), Some(b)) => sequence(&a, &b),
            _ => path,
        };
        let uses = |a: Option<&Ty>, b: Option<&Ty>| match (a, b) {
            (Some(a), Some(b)) => likeness.uses(a, b, DEPTH),
            (None, None) => 1.0,
            _ => 0.0,
        };
        let response = uses(answered(a), answered(b));
        let names =
            |op: &'_ Operation| -> Vec<String> { op.params.iter().map(|param| param.wire.clone()).collect() };
        let params = super::likeness::overlap(names(a).iter(), names(b).iter());
        let sent = (uses(sent(a), sent(b)) + params) / 2.0;
        0.35 * path + 0.25 * id + 0.25 * response + 0.15 * sent
    }

    /// Pairs the types that stand in the same place of two operations.
    fn follow_operation(&mut self, (a, b): (OpId, OpId)) {
        let (old, new) = (&self.old.operations[a], &self.new.operations[b]);
        for param in &old.params {
            let same = new
                .params
                .iter()
                .find(|other| (&other.wire, other.location) == (&param.wire, param.location));
            if let Some(other) = same {
                self.follow(&param.ty, &other.ty);
            }
        }
        let contents = |op: &'_ Operation| -> Vec<Content> {
            op.body.iter().flat_map(|body| body.contents.clone()).collect()
        };
        for content in &contents(old) {
            if let Some(other) = contents(new).iter().find(|other| other.media == content.media) {
                self.follow_contents(content, other);
            }
        }
        let responses =
            |op: &'_ Operation| -> Vec<Response> { op.responses.iter().chain(&op.errors).cloned().collect() };
        for response in &responses(old) {
            let same = responses(new).into_iter().find(|other| other.status == response.status);
            if let (Some(a), Some(b)) = (&response.content, same.and_then(|other| other.content)) {
                self.follow_contents(a, &b);
            }
        }
        if let (Some(a), Some(b)) = (answered(old), answered(new)) {
            self.follow(a, b);
        }
    }

    fn follow_contents(&mut self, a: &Content, b: &Content) {
        if let (Some(a), Some(b)) = (a.ty(), b.ty()) {
            self.follow(a, b);
        }
    }

    /// Pairs the types in two uses of the same place.
    fn follow(&mut self, a: &Ty, b: &Ty) {
        match (a, b) {
            (Ty::Named(a), Ty::Named(b)) => {
                if !self.types.contains_key(a) && !self.taken.contains(b) {
                    let likeness = Likeness { old: self.old, new: self.new, known: &self.types };
                    if likeness.types(*a, *b, DEPTH) < IN_PLACE {
                        return;
                    }
                    self.types.insert(*a, *b);
                    self.taken.insert(*b);
                }
                if self.types.get(a) == Some(b) {
                    self.follow_types(*a, *b);
                }
            }
            (Ty::Nullable(a), b) => self.follow(a, b),
            (a, Ty::Nullable(b)) => self.follow(a, b),
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => self.follow(a, b),
            (Ty::Tuple(a), Ty::Tuple(b)) => a.iter().zip(b).for_each(|(a, b)| self.follow(a, b)),
            _ => {}
        }
    }

    fn follow_types(&mut self, a: TypeId, b: TypeId) {
        if !self.seen.insert((a, b)) {
            return;
        }
        let (old, new) = (&self.old.types[a].shape, &self.new.types[b].shape);
        match (old, new) {
            (Shape::Struct(old), Shape::Struct(new)) => {
                for member in &old.fields {
                    if let Some(other) = new.fields.iter().find(|other| other.wire == member.wire) {
                        self.follow(&member.ty, &other.ty);
                    }
                }
                if let (Some(a), Some(b)) = (&old.additional, &new.additional) {
                    self.follow(&a.ty, &b.ty);
                }
            }
            (Shape::Union(old), Shape::Union(new)) => {
                for variant in &old.variants {
                    let same = |tags: &[String]| tags.iter().any(|tag| variant.tags.contains(tag));
                    if let Some(other) = new.variants.iter().find(|other| same(&other.tags)) {
                        self.follow(&variant.ty, &other.ty);
                    }
                }
            }
            (Shape::Alias(a), Shape::Alias(b)) | (Shape::Wrapper(a), Shape::Wrapper(b)) => self.follow(a, b),
            _ => {}
        }
    }

    fn types_by_likeness(&mut self) {
        let old: Vec<TypeId> = self.old.types.ids().filter(|id| !self.types.contains_key(id)).collect();
        let new: Vec<TypeId> = self.new.types.ids().filter(|id| !self.taken.contains(id)).collect();
        if old.len() * new.len() > MOST_PAIRS {
            return;
        }
        let likeness = Likeness { old: self.old, new: self.new, known: &self.types };
        let mut scores: Vec<(f64, TypeId, TypeId)> = Vec::new();
        for a in old.iter().filter(|id| says_something(self.old, **id)) {
            for b in &new {
                let score = likeness.types(*a, *b, DEPTH);
                if score >= ANYWHERE {
                    scores.push((score, *a, *b));
                }
            }
        }
        let name = |sdk: &Sdk, id: TypeId| sdk.types[id].name.to_string();
        let close = |a: TypeId, b: TypeId| strsim::jaro_winkler(&name(self.old, a), &name(self.new, b));
        scores.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then(close(b.1, b.2).total_cmp(&close(a.1, a.2)))
                .then((a.1, a.2).cmp(&(b.1, b.2)))
        });
        for (_, a, b) in scores {
            if !self.types.contains_key(&a) && self.taken.insert(b) {
                self.types.insert(a, b);
            }
        }
    }
}

/// Whether a type has enough in it to be known again.
fn says_something(sdk: &Sdk, id: TypeId) -> bool {
    let of = &sdk.types[id];
    match &of.shape {
        Shape::Struct(shape) => shape.fields.len() >= 3,
        Shape::Enum(shape) => shape.values.len() >= 3,
        Shape::Union(shape) => shape.variants.len() >= 2,
        // one written in place is equal to another one, which is no more than what that says
        Shape::Alias(to) => match (sdk.behind(to), &of.source) {
            (Ty::Named(to), TypeName::Inline { .. }) => says_something(sdk, *to),
            (to, _) => matches!(to, Ty::Named(_)),
        },
        Shape::Wrapper(_) => true,
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The parts of a path that are neither parameters nor versions.
fn statics(path: &str) -> Vec<&str> {
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{') && !is_version(part)).collect()
}

fn answered(op: &Operation) -> Option<&Ty> {
    op.responses.iter().find_map(|response| response.content.as_ref().and_then(Content::ty))
}

fn sent(op: &Operation) -> Option<&Ty> {
    op.body.iter().flat_map(|body| &body.contents).find_map(Content::ty)
}
