//! Names of types.
//!
//! In: the types, the pins of `sdk.toml`, and the names of what inline types stand in. Out: one name per type.
//!
//! Pinned names come first, then components, then inline types by how deep they stand, since their names begin with
//! the final name of their owner. An inline type asks for `Owner` + the last member, parameter or tag on the way to it;
//! then for the whole way; then with a word for its shape. Nothing depends on where in the document a type stands.

use super::name::{Claim, Scope, rank};
use super::{Ident, ResourcePlan, clash, reserved, walk};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{
    Answer, Api, Content, ContentKind, Enum, EnumRepr, OpId, Operation, Owner, Segment, Shape, Type, TypeId,
    TypeName,
};
use crate::lock::Section;
use crate::pointer::Pointer;
use crate::word::{self, Case};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this length on, a name asks for a shorter one first.
const LONG: usize = 70;

/// What the names of inline types begin with, beside the names of types.
pub(super) struct Context<'a> {
    pub(super) resources: &'a [ResourcePlan],
    /// By [`OpId`]: the first method of each operation.
    pub(super) methods: &'a [Ident],
    /// By [`TypeId`]: the places of the types in `names.lock`.
    pub(super) places: &'a [String],
}

/// Names all types.
pub(super) fn types(api: &Api, config: &Config, context: &Context<'_>, sink: &mut Sink) -> Vec<Ident> {
    let mut scope = Scope::new(&[reserved::TYPES]);
    let mut names: Vec<Option<Ident>> = vec![None; api.types.len()];
    pin(api, config, &mut scope, &mut names, sink);
    let locked = |id: TypeId| config.lock.name(Section::Types, &context.places[id.0 as usize], 0);
    let unnamed = (0..names.len()).filter(|at| names[*at].is_none());
    unnamed.filter_map(|at| locked(TypeId(at as u32))).for_each(|name| scope.hold(name));
    for ids in by_depth(api).into_values() {
        let ids: Vec<TypeId> = ids.into_iter().filter(|id| names[id.0 as usize].is_none()).collect();
        let claim = |id: &TypeId| claim(api, *id, &scope, context, &names).locked(locked(*id));
        let claims: Vec<Claim<'_>> = ids.iter().map(claim).collect();
        for (id, granted) in ids.iter().zip(scope.settle(&claims)) {
            if granted.numbered {
                let ty = &api.types[id.0 as usize];
                clash(sink, &ty.origin, "type", &spoken(ty), &granted.ident);
            }
            names[id.0 as usize] = Some(granted.ident);
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
            let message = format!("`{text}` is pinned to `{name}`, but no type stands there");
            let help = match suggest(text, by_origin.keys().copied().collect::<BTreeSet<_>>()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "point at the schema itself, or remove the line from `[names]`".to_owned(),
            };
            sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).at_key().help(help));
            continue;
        };
        match scope.pin(name) {
            Some(ident) => names[id.0 as usize] = Some(ident),
            None => {
                let message = format!("`{name}` cannot be the name of a type");
                let help =
                    "choose an identifier that is no keyword, not used by the runtime and not pinned twice";
                sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).help(help));
            }
        }
    }
}

/// Components at 0, each inline type one deeper than its owner.
pub(super) fn by_depth(api: &Api) -> BTreeMap<usize, Vec<TypeId>> {
    let mut depths: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for at in 0..api.types.len() {
        let mut depth = 0;
        let mut id = at;
        while let TypeName::Inline { owner, .. } = &api.types[id].name {
            depth += 1;
            match owner {
                Owner::Type(up) if depth <= api.types.len() => id = up.0 as usize,
                Owner::Type(_) | Owner::Operation(_) | Owner::Component(_) => break,
            }
        }
        depths.entry(depth).or_default().push(TypeId(at as u32));
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
    let ty = &api.types[id.0 as usize];
    let (owner, path, title) = match &ty.name {
        TypeName::Component(key) => {
            return scope.with_suffix(Claim::new(ty.origin.as_str(), Case::Camel).qualified(key), "Type");
        }
        TypeName::Inline { owner, path, title } => (owner, path, title.as_deref()),
    };
    let claim = Claim::new(ty.origin.as_str(), Case::Camel);
    let (prefix, short, long) = match owner {
        Owner::Type(owner) => {
            let prefix = names[owner.0 as usize].as_ref().map_or("", Ident::as_str).trim_end_matches('_');
            (prefix.to_string(), short(path, title, &ty.shape), camel(path))
        }
        Owner::Operation(op) => {
            let prefix = operation_prefix(api, *op, context);
            let op = &api.operations[op.0 as usize];
            let kind = other_content(op, id);
            // most operations have one success and one error body
            let brief = |segment: &Segment| match segment {
                Segment::Response(status) => outcome(op, status).to_owned(),
                other => text(other),
            };
            let full = |segment: &Segment| match segment {
                Segment::Response(status) => format!("{}{}", outcome(op, status), camel_word(status)),
                other => text(other),
            };
            (prefix, camel_of(path.iter().map(brief)) + kind, camel_of(path.iter().map(full)) + kind)
        }
        Owner::Component(key) => {
            let inner = path.iter().filter(|segment| !is_container(segment));
            (camel_word(key), camel_of(inner.map(text)), camel(path))
        }
    };
    let shorter = match owner {
        Owner::Type(owner) => shorter(api, *owner, path, &short, names),
        Owner::Operation(_) | Owner::Component(_) => Vec::new(),
    };
    let short = word::join_camel(&prefix, &short);
    let long = word::join_camel(&prefix, &long);
    let shape = word::join_camel(&short, shape_word(&ty.shape));
    let value = match (&ty.shape, path.as_slice()) {
        (Shape::Enum(list), [.., Segment::Variant(tag)]) if is_position(tag) => {
            Some(word::join_camel(&prefix, value_word(list)))
        }
        _ => None,
    };
    // Who asks for less than its owner and itself comes behind those who are called so in full.
    let from = rank::CONTEXT + u8::from(!shorter.is_empty());
    let wishes = shorter.into_iter().map(Some).chain([Some(short), value, Some(long), Some(shape)]);
    let ranked = (from..).zip(wishes);
    ranked
        .filter_map(|(rank, name)| Some((rank, name?)))
        .fold(claim, |claim, (rank, name)| claim.wish(rank, &name))
}

/// `Workflows` + `Runs` + `List`: where an operation stands, and its method.
fn operation_prefix(api: &Api, id: OpId, context: &Context<'_>) -> String {
    let chain = walk::chain(api, api.operations[id.0 as usize].resource);
    let handles = chain.iter().map(|id| context.resources[id.0 as usize].handle.as_str().to_string());
    let method = camel_word(context.methods[id.0 as usize].as_str());
    camel_of(handles.chain([method]))
}

/// Whether the body of a status is what the call gives or what its error carries.
fn outcome(op: &Operation, status: &str) -> &'static str {
    let is_among = |answers: &[Answer]| answers.iter().any(|answer| answer.status.to_string() == status);
    if is_among(&op.answers) || status.starts_with('2') { "Response" } else { "Error" }
}

/// The kind of content a type belongs to, where it is not in the first content of the request body or the answer.
fn other_content(op: &Operation, id: TypeId) -> &'static str {
    let holds = |content: &&Content| walk::carried(content).is_some_and(|ty| walk::named(ty).contains(&id));
    let sent = op.body.iter().flat_map(|body| body.contents.iter().skip(1));
    let first = op.body.iter().filter_map(|body| body.contents.first());
    let first = first.chain(op.answers.iter().filter_map(|answer| answer.content.as_ref()));
    let mut others = sent.chain(op.others());
    match others.find(holds).filter(|_| !first.into_iter().any(|content| holds(&content))) {
        None => "",
        Some(content) => match &content.kind {
            ContentKind::Json(_) => "Json",
            ContentKind::Form(_) => "Form",
            ContentKind::Multipart(_) => "Multipart",
            ContentKind::Text => "Text",
            ContentKind::Bytes => "Bytes",
            ContentKind::Events(_) => "Events",
            ContentKind::Lines(_) => "Lines",
        },
    }
}

/// Names that say an inline type's place with fewer words: without words that the owner ends with and the member begins with
/// (`Context` + `ContextType`), and without the middle of a long way.
fn shorter(api: &Api, owner: TypeId, path: &[Segment], own: &str, names: &[Option<Ident>]) -> Vec<String> {
    let name = |id: TypeId| names[id.0 as usize].as_ref().map_or("", Ident::as_str).trim_end_matches('_');
    let start = path.iter().rposition(is_named).unwrap_or(0);
    let is_member = matches!(path.get(start), Some(Segment::Member(_)));
    let rest = Some(own).filter(|_| is_member).and_then(|own| unrepeated(name(owner), own));
    let near = word::join_camel(name(owner), rest.unwrap_or(own));
    let mut wishes: Vec<String> = rest.map(|_| near.clone()).into_iter().collect();
    let TypeName::Inline { path: way, title, .. } = &api.types[owner.0 as usize].name else { return wishes };
    if near.len() > LONG {
        let top = name(outermost(api, owner));
        let middle = short(way, title.as_deref(), &api.types[owner.0 as usize].shape);
        let below = word::join_camel(&middle, unrepeated(&middle, own).unwrap_or(own));
        wishes.splice(0..0, [word::join_camel(top, &below)].into_iter().filter(|name| name.len() <= LONG));
    }
    wishes
}

/// The rest of a text whose first words are the last ones of the text before.
fn unrepeated<'a>(before: &str, text: &'a str) -> Option<&'a str> {
    let cuts = text.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    cuts.filter(|at| before.ends_with(&text[..*at])).last().map(|at| &text[at..])
}

/// The type at the beginning of the owners of a type.
fn outermost(api: &Api, mut id: TypeId) -> TypeId {
    for _ in 0..api.types.len() {
        match &api.types[id.0 as usize].name {
            TypeName::Inline { owner: Owner::Type(up), .. } => id = *up,
            _ => break,
        }
    }
    id
}

/// From the last segment that has a name of its own to the end.
fn short(path: &[Segment], title: Option<&str>, shape: &Shape) -> String {
    if let [.., Segment::Variant(tag)] = path
        && is_position(tag)
    {
        // a position says nothing and moves when a variant is added before it
        let named = title.map(camel_word);
        return named.unwrap_or_else(|| shape_word(shape).to_string());
    }
    let start = path.iter().rposition(is_named).unwrap_or(0);
    camel(&path[start..])
}

fn is_named(segment: &Segment) -> bool {
    match segment {
        Segment::Member(_) | Segment::Param(_) | Segment::Request | Segment::Response(_) => true,
        Segment::Variant(tag) => !is_position(tag),
        Segment::Form(_) => true,
        Segment::Item | Segment::Value | Segment::Position(_) => false,
    }
}

fn is_container(segment: &Segment) -> bool {
    matches!(segment, Segment::Param(_) | Segment::Request | Segment::Response(_))
}

fn is_position(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_digit())
}

fn camel(path: &[Segment]) -> String {
    camel_of(path.iter().map(text))
}

fn camel_of(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |text, part| word::join_camel(&text, &part))
}

/// A segment in full.
fn text(segment: &Segment) -> String {
    match segment {
        Segment::Member(wire) | Segment::Param(wire) => camel_word(wire),
        Segment::Item => "Item".to_string(),
        Segment::Value => "Value".to_string(),
        Segment::Position(at) => format!("Part{}", at + 1),
        Segment::Variant(tag) if is_position(tag) => format!("Variant{tag}"),
        Segment::Variant(tag) | Segment::Form(tag) => camel_word(tag),
        Segment::Request => "Request".to_string(),
        // of a shared response, which may be a success here and an error there
        Segment::Response(status) => format!("Response{}", camel_word(status)),
    }
}

fn camel_word(wire: &str) -> String {
    word::join(&word::words(wire), Case::Camel)
}

/// A word for the values of an enum.
fn value_word(list: &Enum) -> &'static str {
    match list.repr {
        EnumRepr::String => "Text",
        EnumRepr::Integer => "Integer",
    }
}

fn shape_word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "Object",
        Shape::Enum(_) => "Enum",
        Shape::Union(_) => "Union",
        Shape::Alias(_) => "Alias",
        Shape::Wrapper(_) => "Wrapper",
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
