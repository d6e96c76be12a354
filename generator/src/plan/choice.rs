//! The names of `[fields]`, `[variants]` and `[resources]` in `sdk.toml`.
//!
//! In: the API and the choices. Out: the API with the chosen names as proposals that go before all others. A choice that
//! points at nothing, is no identifier, or is made twice in one place is an error.

use std::collections::{BTreeMap, HashMap};

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{Api, Operation, Shape, Struct, TypeId};
use crate::pointer::Pointer;
use crate::word;

/// Takes the choices over.
pub(super) fn choose(api: &mut Api, config: &Config, sink: &mut Sink) {
    fields(api, config, sink);
    variants(api, config, sink);
    resources(api, config, sink);
    check_arguments(api, config, sink);
}

/// The names chosen for the parameters of an operation.
pub(super) fn arguments<'c>(op: &Operation, config: &'c Config) -> Option<&'c BTreeMap<String, String>> {
    let by_id = op.id.as_ref().and_then(|id| config.arguments.get(id));
    by_id.or_else(|| config.arguments.get(&format!("{} {}", op.method, op.path)))
}

fn check_arguments(api: &Api, config: &Config, sink: &mut Sink) {
    for (id, names) in &config.arguments {
        let table = Pointer::root().child("arguments").child(id);
        let is = |op: &&Operation| op.id.as_ref() == Some(id) || format!("{} {}", op.method, op.path) == *id;
        let Some(op) = api.operations.iter().find(is) else {
            let near = suggest(id, api.operations.iter().filter_map(|op| op.id.as_deref()));
            unknown(
                &table,
                format!("no operation has the operationId `{id}`"),
                near.map(str::to_owned),
                sink,
            );
            continue;
        };
        for (wire, name) in names {
            let at = table.child(wire);
            if op.params.iter().all(|param| param.wire != *wire) {
                let near = suggest(wire, op.params.iter().map(|param| param.wire.as_str()));
                let near = near.map(str::to_owned);
                unknown(&at, format!("`{id}` has no parameter `{wire}`"), near, sink);
            } else if is_name(name, &at, sink) && names.values().filter(|other| *other == name).count() > 1 {
                twice(name, &at, sink);
            }
        }
    }
}

fn fields(api: &mut Api, config: &Config, sink: &mut Sink) {
    if config.fields.is_empty() {
        return;
    }
    let mut places: HashMap<String, Vec<(TypeId, usize)>> = HashMap::new();
    for (id, ty) in api.types.entries() {
        let Shape::Struct(Struct { members, .. }) = &ty.shape else { continue };
        for (index, member) in members.iter().enumerate() {
            places.entry(member.origin.as_str().to_owned()).or_default().push((id, index));
        }
    }
    for (pointer, name) in &config.fields {
        let at = Pointer::root().child("fields").child(pointer);
        let Some(found) = places.get(Pointer::from(pointer.as_str()).as_str()) else {
            unknown(&at, format!("`{pointer}` is not a property of an object"), None, sink);
            continue;
        };
        if !is_name(name, &at, sink) {
            continue;
        }
        for (of, index) in found {
            let Shape::Struct(shape) = &mut api.types[*of].shape else { continue };
            if shape.members.iter().any(|member| member.name.as_ref() == Some(name)) {
                twice(name, &at, sink);
            }
            shape.members[*index].name = Some(name.clone());
        }
    }
}

fn variants(api: &mut Api, config: &Config, sink: &mut Sink) {
    for (pointer, names) in &config.variants {
        let table = Pointer::root().child("variants").child(pointer);
        let place = Pointer::from(pointer.as_str());
        let found = api
            .types
            .iter_mut()
            .find(|ty| ty.origin == place && matches!(ty.shape, Shape::Enum(_) | Shape::Union(_)));
        let Some(ty) = found else {
            unknown(&table, format!("`{pointer}` is not an enum or a union"), None, sink);
            continue;
        };
        let mut given: Vec<&String> = Vec::new();
        for (value, name) in names {
            let at = table.child(value);
            if !is_name(name, &at, sink) {
                continue;
            }
            if given.contains(&name) {
                twice(name, &at, sink);
            }
            given.push(name);
            let (slot, known) = match &mut ty.shape {
                Shape::Enum(shape) => {
                    let known: Vec<String> = shape.values.iter().map(|one| one.wire.clone()).collect();
                    (shape.values.iter_mut().find(|one| one.wire == *value).map(|one| &mut one.name), known)
                }
                Shape::Union(shape) => {
                    let known = shape.variants.iter().flat_map(|one| one.tags.clone()).collect();
                    let index = shape.variants.iter().position(|one| one.tags.contains(value));
                    let index = index.or_else(|| value.parse().ok().filter(|at| *at < shape.variants.len()));
                    (index.map(|index| &mut shape.variants[index].name), known)
                }
                Shape::Struct(_) | Shape::Alias(_) | Shape::Wrapper(_) => continue,
            };
            match slot {
                Some(slot) => *slot = Some(name.clone()),
                None => {
                    let near = suggest(value, known.iter().map(String::as_str)).map(str::to_owned);
                    unknown(&at, format!("`{pointer}` has no variant `{value}`"), near, sink);
                }
            }
        }
    }
}

fn resources(api: &mut Api, config: &Config, sink: &mut Sink) {
    for (full, name) in &config.resources {
        let at = Pointer::root().child("resources").child(full);
        if !is_name(name, &at, sink) {
            continue;
        }
        match api.resources.iter_mut().find(|resource| resource.full == *full && resource.parent.is_some()) {
            Some(resource) => resource.name = Some(name.clone()),
            None => {
                let known = api.resources.iter().map(|resource| resource.full.as_str());
                let near = suggest(full, known).map(str::to_owned);
                unknown(&at, format!("no resource is called `{full}`"), near, sink);
            }
        }
    }
}

fn is_name(name: &str, at: &Pointer, sink: &mut Sink) -> bool {
    let is = word::is_ident(name);
    if !is {
        let message = format!("`{name}` is not a valid name");
        let help = "choose an identifier that is not a keyword";
        sink.report(Diagnostic::in_config(Code::ConfigTarget, at, message).help(help));
    }
    is
}

fn twice(name: &str, at: &Pointer, sink: &mut Sink) {
    let message = format!("`{name}` is given twice");
    sink.report(
        Diagnostic::in_config(Code::ConfigTarget, at, message).help("choose another name for one of them"),
    );
}

fn unknown(at: &Pointer, message: String, near: Option<String>, sink: &mut Sink) {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "correct it, or take the line out".to_owned(),
    };
    sink.report(Diagnostic::in_config(Code::ConfigTarget, at, message).at_key().help(help));
}
