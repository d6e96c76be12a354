//! At which events the streams of an operation end, and what in them is an error.
//!
//! In: the operation, and `[streams]` of `sdk.toml`. Out: the marks, where they are not what the runtime goes by anyway.

use std::collections::HashSet;

use crate::config::{Config, StreamChoice};
use crate::diag::Sink;
use crate::ir::{Api, ContentKind, EnumRepr, Operation, Shape, Struct, Tagging, Ty, TypeId};
use crate::plan::behaviour::way::{self, Astray};
use crate::plan::walk;
use crate::pointer::Pointer;
use crate::sdk::StreamMarks;

/// What the runtime ends at if nothing is said.
const USUAL_ENDS: [&str; 1] = ["[DONE]"];

/// What the runtime takes for an error if nothing is said: events of this name, and data with this member.
const ERROR: &str = "error";
const ERROR_POINTER: &str = "/error";

pub(in crate::plan) fn marks(op: &Operation, api: &Api, config: &Config, sink: &mut Sink) -> StreamMarks {
    let contents = || op.responses.iter().filter_map(|response| response.content.as_ref()).chain(op.others());
    let events = contents().any(|content| matches!(content.kind, ContentKind::Events(_)));
    let items: Vec<&Ty> = contents()
        .filter_map(|content| match &content.kind {
            ContentKind::Events(of) | ContentKind::Lines(of) => Some(of),
            _ => None,
        })
        .collect();
    let chosen = way::chosen(op, &config.streams.operations);
    if let Some((key, choice)) = chosen {
        let what = match choice {
            StreamChoice { end: Some(_), .. } if !events => Some("server-sent events"),
            _ if items.is_empty() => Some("a stream"),
            _ => None,
        };
        if let Some(what) = what {
            let message = format!("`{} {}` does not respond with {what}", op.method, op.path);
            let help = "remove it, or name an operation that does".to_owned();
            let at = Pointer::root().child("streams").child("operations").child(key);
            Astray { message, help }.report(&at, sink);
        }
    }
    let chosen = chosen.map(|(_, choice)| choice);
    let ends = chosen.and_then(|choice| choice.end.as_ref()).or(config.streams.all.end.as_ref());
    let errors = chosen.and_then(|choice| choice.errors.as_ref()).or(config.streams.all.errors.as_ref());
    let errors = errors.cloned().unwrap_or_else(|| undeclared(api, &items));
    StreamMarks {
        ends: ends.filter(|ends| events && **ends != USUAL_ENDS).cloned(),
        errors: (!items.is_empty() && errors != [ERROR, ERROR_POINTER]).then_some(errors),
    }
}

/// The usual marks of errors, without those that are items: what the document declares is what it says it is.
fn undeclared(api: &Api, items: &[&Ty]) -> Vec<String> {
    let mut declared = Declared::default();
    for item in items {
        declared.look(api, item, &mut HashSet::new());
    }
    let marks = [(ERROR, declared.event), (ERROR_POINTER, declared.member)];
    marks.into_iter().filter(|(_, declared)| !declared).map(|(mark, _)| mark.to_owned()).collect()
}

/// What a type has that would else be taken for an error.
#[derive(Default)]
struct Declared {
    /// A kind of item called `error`.
    event: bool,
    /// A property `error`, or properties of any name.
    member: bool,
}

impl Declared {
    fn look(&mut self, api: &Api, of: &Ty, seen: &mut HashSet<TypeId>) {
        match walk::behind(api, of) {
            Ty::Named(id) if seen.insert(*id) => match &api.types[id].shape {
                Shape::Struct(of) => self.object(api, of),
                Shape::Union(of) => {
                    self.event |=
                        of.variants.iter().any(|variant| variant.tags.iter().any(|tag| tag == ERROR));
                    // The name of the only property is the tag.
                    self.member |= of.tagging == Tagging::External && self.event;
                    for variant in &of.variants {
                        self.look(api, &variant.ty, seen);
                    }
                }
                Shape::Alias(of) | Shape::Wrapper(of) => self.look(api, of, seen),
                Shape::Enum(_) => {}
            },
            Ty::Nullable(of) => self.look(api, of, seen),
            // Whatever it has is part of it.
            Ty::Any | Ty::Object | Ty::Map(_) | Ty::Foreign(_) => self.member = true,
            _ => {}
        }
    }

    fn object(&mut self, api: &Api, of: &Struct) {
        self.member |= of.additional.is_some() || of.members.iter().any(|member| member.wire == ERROR);
        // As a union would be told apart, with one type for all.
        let tags = of.members.iter().filter(|member| matches!(member.wire.as_str(), "type" | "event"));
        self.event |= tags
            .into_iter()
            .any(|member| member.constant.as_deref() == Some("\"error\"") || is_error_in(api, &member.ty));
    }
}

/// Is `error` one of the values of an enum?
fn is_error_in(api: &Api, of: &Ty) -> bool {
    let Ty::Named(id) = walk::behind(api, of) else { return false };
    match &api.types[id].shape {
        Shape::Enum(of) => of.repr == EnumRepr::String && of.values.iter().any(|value| value.wire == ERROR),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
