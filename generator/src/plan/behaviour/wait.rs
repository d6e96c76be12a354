//! Which operations can be waited for: those that `[waits]` of `sdk.toml` names.
//!
//! In: the operations, and what is final. Out: a [`Waiting`] for each, with the name of its method.

use crate::config::{Config, WaitChoice};
use crate::diag::Sink;
use crate::ir::{Api, EnumRepr, OpId, Operation, Shape, Ty};
use crate::lock::Section;
use crate::plan::behaviour::way::{self, Astray, End};
use crate::plan::decided::OpNames;
use crate::plan::naming::method::words::FETCHING;
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::plan::place;
use crate::pointer::Pointer;
use crate::sdk::Ident;
use crate::sdk::Outcome;
use crate::sdk::PathStep;
use crate::sdk::{Waiting, Watched};
use crate::word::{self, Case};

/// Names the methods that wait, by `OpId`: `wait`, with what the method of the operation says beyond that it gets something.
pub(in crate::plan) fn names(
    api: &Api,
    config: &Config,
    methods: &[Ident],
    scopes: &mut [Scope],
    sink: &mut Sink,
) -> Vec<Option<Ident>> {
    let mut names: Vec<Option<Ident>> = vec![None; api.operations.len()];
    for (resource, scope) in api.resources.iter().zip(scopes) {
        let mut free = Vec::new();
        for id in &resource.operations {
            let op = &api.operations[id];
            let Some((key, choice)) = way::chosen(op, &config.waits) else { continue };
            match &choice.name {
                None => free.push(*id),
                Some(name) => match scope.pin(name) {
                    Some(ident) => names[id.index()] = Some(ident),
                    None => Astray {
                        message: format!("`{name}` cannot be the name of this method"),
                        help: "choose an identifier that is not a keyword and not used by another method or child resource".to_owned(),
                    }
                    .report(&at(key).child("name"), sink),
                },
            }
        }
        let kept =
            |id: &OpId| config.lock.name(Section::Methods, &place::wait(&api.operations[id].route()), 0);
        let claims: Vec<Claim<'_>> =
            free.iter().map(|id| claim(methods[id.index()].as_str()).locked(kept(id))).collect();
        for (id, assigned) in free.iter().zip(scope.settle(&claims)) {
            names[id.index()] = Some(assigned.ident);
        }
    }
    names
}

fn claim(method: &str) -> Claim<'_> {
    let words = word::words(method);
    let rest =
        words.split_first().filter(|(first, _)| FETCHING.contains(&first.as_str())).map(|(_, rest)| rest);
    let wait = |words: &[String]| {
        let all: Vec<String> = std::iter::once("wait".to_owned()).chain(words.iter().cloned()).collect();
        word::join(&all, Case::Snake)
    };
    let claim = Claim::new(method, Case::Snake).candidate(rank::PLAIN, &wait(rest.unwrap_or(&words)));
    claim.candidate(rank::CONTEXT, &wait(&words))
}

fn at(key: &str) -> Pointer {
    Pointer::root().child("waits").child(key)
}

/// How an operation is waited for.
pub(in crate::plan) fn waiting(
    api: &Api,
    op: &Operation,
    outcome: &Outcome,
    names: &OpNames,
    config: &Config,
    sink: &mut Sink,
) -> Option<Waiting> {
    let (key, choice) = way::chosen(op, &config.waits)?;
    let method = names.wait.clone()?;
    match watched(api, op, outcome, choice) {
        Ok((until, watched)) => {
            Some(Waiting { method, text: choice.until.clone(), until, watched, is: choice.is.clone() })
        }
        Err((below, astray)) => {
            let at = below.iter().fold(at(key), |at, part| at.child(part));
            astray.report(&at, sink);
            None
        }
    }
}

/// What is looked at; or what is wrong, and where in the choice.
fn watched(
    api: &Api,
    op: &Operation,
    outcome: &Outcome,
    choice: &WaitChoice,
) -> Result<(Vec<PathStep>, Watched), (Vec<String>, Astray)> {
    let here = |key: &str| vec![key.to_owned()];
    let ty = match outcome {
        Outcome::One(at) => way::json(op, *at),
        Outcome::Optional(_) | Outcome::Choice { .. } => None,
    };
    let ty = ty.ok_or_else(|| {
        let message = format!("`{} {}` does not respond with one type of JSON", op.method, op.path);
        (Vec::new(), Astray { message, help: "choose another operation to wait for".to_owned() })
    })?;
    let way = way::way(api, ty, &choice.until).map_err(|astray| (here("until"), astray))?;
    let (watched, known): (Watched, Option<Vec<&str>>) = match way.end {
        End::Tag(union) => {
            (Watched::Tag, Some(union.variants.iter().flat_map(|v| &v.tags).map(String::as_str).collect()))
        }
        End::Value(Ty::String) => (Watched::Text, None),
        End::Value(Ty::Bool) => (Watched::Bool, Some(vec!["true", "false"])),
        End::Value(other) => match other {
            Ty::Named(id) => match &api.types[id].shape {
                Shape::Enum(values) if values.repr == EnumRepr::String => {
                    (Watched::Enum, Some(values.values.iter().map(|value| value.wire.as_str()).collect()))
                }
                _ => return Err((here("until"), not_simple(&choice.until))),
            },
            _ => return Err((here("until"), not_simple(&choice.until))),
        },
    };
    for (index, value) in choice.is.iter().enumerate() {
        if let Some(known) = &known
            && !known.contains(&value.as_str())
        {
            let place = format!("`{}`", choice.until);
            return Err((
                vec!["is".to_owned(), index.to_string()],
                way::unknown(&place, "value", value, known),
            ));
        }
    }
    Ok((way.steps, watched))
}

fn not_simple(until: &str) -> Astray {
    Astray {
        message: format!("`{until}` is neither a string nor a boolean"),
        help: "write the path to a string, an enum of strings, the tag of a union, or a boolean".to_owned(),
    }
}

#[cfg(test)]
mod tests;
