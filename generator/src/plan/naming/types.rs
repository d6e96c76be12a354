//! Names of types.
//!
//! In: the types, the pins of `sdk.toml`, and the names of what inline types stand in. Out: one name per type.
//!
//! Pinned names come first, then components, then inline types by how deep they stand, since their names begin with
//! the final name of their owner. An inline type asks for `Owner` + the last member, parameter or tag on the way to it,
//! without words that would be said twice in sequence; then for the whole way; then with a word for its shape. Nothing
//! depends on where in the document a type stands.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{Api, Content, OpId, Operation, Owner, Response, Segment, Shape, Type, TypeId, TypeName};
use crate::lock::Section;
use crate::plan::decided::ResourcePlan;
use crate::plan::naming::media;
use crate::plan::naming::name::clash;
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::plan::naming::reserved;
use crate::plan::walk;
use crate::pointer::Pointer;
use crate::sdk::Ident;
use crate::word::{self, Case};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use words::{camel_word, named};

mod segment;
mod shorter;
mod words;

/// What the names of inline types begin with, beside the names of types.
pub(in crate::plan) struct Context<'a> {
    pub(in crate::plan) resources: &'a [ResourcePlan],
    /// By [`OpId`]: the first method of each operation.
    pub(in crate::plan) methods: &'a [Ident],
    /// By [`TypeId`]: the places of the types in `names.lock`.
    pub(in crate::plan) places: &'a [String],
}

/// Names all types.
pub(in crate::plan) fn types(
    api: &Api,
    config: &Config,
    context: &Context<'_>,
    sink: &mut Sink,
) -> Vec<Ident> {
    let mut scope = Scope::new(&[reserved::TYPES]);
    let mut names: Vec<Option<Ident>> = vec![None; api.types.len()];
    pin(api, config, &mut scope, &mut names, sink);
    let locked = |id: TypeId| config.lock.name(Section::Types, &context.places[id.index()], 0);
    let unnamed = (0..names.len()).filter(|at| names[*at].is_none());
    unnamed.filter_map(|at| locked(TypeId(at as u32))).for_each(|name| scope.hold(name));
    for ids in by_depth(api).into_values() {
        let ids: Vec<TypeId> = ids.into_iter().filter(|id| names[id.index()].is_none()).collect();
        let claim = |id: &TypeId| claim(api, *id, &scope, context, &names).locked(locked(*id));
        let claims: Vec<Claim<'_>> = ids.iter().map(claim).collect();
        for (id, assigned) in ids.iter().zip(scope.settle(&claims)) {
            if assigned.numbered {
                let ty = &api.types[id];
                clash(sink, &ty.origin, "type", &spoken(ty), &assigned.ident);
            }
            names[id.index()] = Some(assigned.ident);
        }
    }
    names.into_iter().flatten().collect()
}

fn pin(api: &Api, config: &Config, scope: &mut Scope, names: &mut [Option<Ident>], sink: &mut Sink) {
    let mut by_origin: HashMap<&str, TypeId> = HashMap::new();
    for (at, ty) in api.types.iter().enumerate() {
        by_origin.entry(ty.origin.as_str()).or_insert(TypeId(at as u32));
    }
    for (text, name) in &config.names {
        let pointer = Pointer::from(text.as_str());
        let at = Pointer::root().child("names").child(text);
        let Some(id) = by_origin.get(pointer.as_str()) else {
            let message = format!("`{text}` is assigned the name `{name}`, but is not a type");
            let help = match suggest(text, by_origin.keys().copied().collect::<BTreeSet<_>>()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "point to the schema itself, or remove the line from `[names]`".to_owned(),
            };
            sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).at_key().help(help));
            continue;
        };
        match scope.pin(name) {
            Some(ident) => names[id.index()] = Some(ident),
            None => {
                let message = format!("`{name}` is not a valid name of a type");
                let help = "choose an identifier that is not a keyword, not used by the runtime and not assigned twice";
                sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).help(help));
            }
        }
    }
}

/// Components at 0, each inline type one deeper than its owner.
pub(in crate::plan) fn by_depth(api: &Api) -> BTreeMap<usize, Vec<TypeId>> {
    let mut depths: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for start in api.types.ids() {
        let mut depth = 0;
        let mut id = start;
        while let TypeName::Inline { owner, .. } = &api.types[id].name {
            depth += 1;
            match owner {
                Owner::Type(up) if depth <= api.types.len() => id = *up,
                Owner::Type(_) | Owner::Operation(_) | Owner::Component(_) => break,
            }
        }
        depths.entry(depth).or_default().push(start);
    }
    depths
}

fn claim<'a>(
    api: &'a Api,
    id: TypeId,
    scope: &Scope,
    context: &Context<'_>,
    names: &[Option<Ident>],
) -> Claim<'a> {
    let ty = &api.types[id];
    let (owner, path, title) = match &ty.name {
        TypeName::Component(key) => {
            return scope.with_suffix(Claim::new(ty.origin.as_str(), Case::Camel).qualified(key), "Type");
        }
        TypeName::Inline { owner, path, title } => (owner, path, title.as_deref()),
    };
    let (prefix, short, long) = match owner {
        Owner::Type(owner) => {
            (named(*owner, names).to_owned(), segment::short(path, title, &ty.shape), segment::whole(path))
        }
        Owner::Operation(op) => {
            let prefix = operation_prefix(api, *op, context);
            let op = &api.operations[op];
            let kind = other_content(op, id);
            // most operations have one success and one error body
            let brief = |segment: &Segment| match segment {
                Segment::Response(status) => outcome(op, status).to_owned(),
                other => segment::text(other),
            };
            let full = |segment: &Segment| match segment {
                Segment::Response(status) => segment::response(status, outcome(op, status)),
                other => segment::text(other),
            };
            (
                prefix,
                segment::once(path.iter().map(brief)) + &kind,
                segment::joined(path.iter().map(full)) + &kind,
            )
        }
        Owner::Component(key) => {
            let inner = path.iter().filter(|segment| !segment::is_container(segment));
            (camel_word(key), segment::once(inner.map(segment::text)), segment::whole(path))
        }
    };
    let value = match (&ty.shape, path.as_slice()) {
        (Shape::Enum(list), [.., Segment::Variant(tag)]) if segment::is_position(tag) => {
            Some(word::join_camel(&prefix, segment::value_word(list)))
        }
        _ => None,
    };
    let fewer = shorter::shorter(api, owner, &prefix, &short, names, &ty.shape);
    let short = word::join_camel(&prefix, &short);
    let long = word::join_camel(&prefix, &long);
    let shape = word::join_camel(&short, segment::shape_word(&ty.shape));
    // Who asks for less than its owner and itself comes behind those who are called so in full.
    let from = rank::CONTEXT + u8::from(!fewer.is_empty());
    let candidates = fewer.into_iter().map(Some).chain([Some(short), value, Some(long), Some(shape)]);
    let claim = Claim::new(ty.origin.as_str(), Case::Camel);
    let ranked = (from..).zip(candidates.flatten());
    ranked.fold(claim, |claim, (rank, name)| claim.candidate(rank, &name))
}

/// `Workflows` + `Runs` + `List`: where an operation stands, and its method.
fn operation_prefix(api: &Api, id: OpId, context: &Context<'_>) -> String {
    let chain = walk::chain(api, api.operations[id].resource);
    let handles = chain.iter().map(|id| context.resources[id.index()].handle.as_str().to_string());
    let method = camel_word(context.methods[id.index()].as_str());
    segment::once(handles.chain([method]))
}

/// Whether the body of a status is what the call gives or what its error carries.
fn outcome(op: &Operation, status: &str) -> &'static str {
    let is_among =
        |responses: &[Response]| responses.iter().any(|response| response.status.to_string() == status);
    if is_among(&op.responses) || status.starts_with('2') { "Response" } else { "Error" }
}

/// The media type a type belongs to, where it is not in the first content of the request body or the response.
fn other_content(op: &Operation, id: TypeId) -> String {
    let holds = |content: &&Content| content.ty().is_some_and(|ty| walk::named(ty).contains(&id));
    let sent = op.body.iter().flat_map(|body| body.contents.iter().skip(1));
    let first = op.body.iter().filter_map(|body| body.contents.first());
    let first = first.chain(op.responses.iter().filter_map(|response| response.content.as_ref()));
    let mut others = sent.chain(op.others());
    match others.find(holds).filter(|_| !first.into_iter().any(|content| holds(&content))) {
        None => String::new(),
        Some(content) => word::join(&media::words(content), Case::Camel),
    }
}

/// How a diagnostic calls a type.
fn spoken(ty: &Type) -> String {
    match &ty.name {
        TypeName::Component(key) => key.clone(),
        TypeName::Inline { .. } => ty.origin.to_string(),
    }
}

#[cfg(test)]
mod tests;
