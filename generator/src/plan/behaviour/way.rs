//! Ways that people name in `sdk.toml`: member names, joined by dots, from the response of an operation to something in it.
//!
//! In: the type where the way begins, and its text. Out: the steps, and what stands at the end; or what is wrong, with the name
//! that was perhaps meant.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::ir::{Api, ContentKind, Operation, Shape, Tagging, Ty, Union};
use crate::plan::walk;
use crate::pointer::Pointer;
use crate::sdk::PathStep;

/// A way that leads somewhere.
pub(in crate::plan) struct Way<'a> {
    pub(in crate::plan) steps: Vec<PathStep>,
    pub(in crate::plan) end: End<'a>,
}

/// What stands at the end of a way.
pub(in crate::plan) enum End<'a> {
    /// A value of this type.
    Value(&'a Ty),
    /// The tag of this union.
    Tag(&'a Union),
}

/// A way that leads nowhere.
pub(in crate::plan) struct Astray {
    pub(in crate::plan) message: String,
    pub(in crate::plan) help: String,
}

/// Follows a way; the empty one stays where it is.
pub(in crate::plan) fn way<'a>(api: &'a Api, from: &'a Ty, text: &str) -> Result<Way<'a>, Astray> {
    let (mut at, mut steps, mut so_far) = (from, Vec::new(), String::new());
    let mut names = text.split('.').filter(|_| !text.is_empty()).peekable();
    while let Some(name) = names.next() {
        let place = if so_far.is_empty() { "the response".to_owned() } else { format!("`{so_far}`") };
        let Ty::Named(id) = walk::behind(api, at) else { return Err(no_object(&place)) };
        match &api.types[id].shape {
            Shape::Struct(shape) => {
                let Some(member) = shape.members.iter().position(|member| member.wire == name) else {
                    let known: Vec<&str> = shape.members.iter().map(|member| member.wire.as_str()).collect();
                    return Err(unknown(&place, "property", name, &known));
                };
                if let Some(value) = &shape.members[member].constant {
                    return Err(Astray {
                        message: format!("`{name}` of {place} is always `{value}`"),
                        help: "name a property that changes".to_owned(),
                    });
                }
                steps.push(PathStep { of: *id, member });
                at = &shape.members[member].ty;
            }
            Shape::Union(union) => {
                let Tagging::Member(tag) = &union.tagging else { return Err(no_object(&place)) };
                return if name == tag && names.peek().is_none() {
                    Ok(Way { steps, end: End::Tag(union) })
                } else {
                    Err(Astray {
                        message: format!("{place} is a union, of which only the tag can be used"),
                        help: format!("end the path with `{tag}`"),
                    })
                };
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Wrapper(_) => return Err(no_object(&place)),
        }
        if !so_far.is_empty() {
            so_far.push('.');
        }
        so_far.push_str(name);
    }
    Ok(Way { steps, end: End::Value(walk::behind(api, at)) })
}

fn no_object(place: &str) -> Astray {
    Astray { message: format!("{place} declares no properties"), help: "end the path before it".to_owned() }
}

/// Something that has another name than was thought.
pub(in crate::plan) fn unknown(place: &str, what: &str, name: &str, known: &[&str]) -> Astray {
    let help = match suggest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!(
                "use one of {}",
                known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            )
        }
    };
    Astray { message: format!("{place} has no {what} `{name}`"), help }
}

impl Astray {
    pub(in crate::plan) fn report(self, at: &Pointer, sink: &mut Sink) {
        sink.report(Diagnostic::in_config(Code::ConfigTarget, at, self.message).help(self.help));
    }
}

/// The JSON that a success response carries.
pub(in crate::plan) fn json(op: &Operation, at: usize) -> Option<&Ty> {
    match &op.responses.get(at)?.content.as_ref()?.kind {
        ContentKind::Json(ty) => Some(ty),
        _ => None,
    }
}

/// The choice of a table of `sdk.toml` for an operation, by its operationId or as `METHOD /path`.
pub(in crate::plan) fn chosen<'a, T>(
    op: &Operation,
    table: &'a std::collections::BTreeMap<String, T>,
) -> Option<(&'a str, &'a T)> {
    let by_id = op.id.as_ref().and_then(|id| table.get_key_value(id));
    by_id.or_else(|| table.get_key_value(&op.route())).map(|(key, choice)| (key.as_str(), choice))
}

/// Reports the operations that `[waits]`, `[paging]` and `[streams]` name and nobody knows.
pub(in crate::plan) fn check(api: &Api, config: &Config, sink: &mut Sink) {
    let root = Pointer::root();
    let (waits, paging, streams) =
        (root.child("waits"), root.child("paging"), root.child("streams").child("operations"));
    let waits = config.waits.keys().map(|key| (&waits, key));
    let paging = config.paging.keys().map(|key| (&paging, key));
    let streams = config.streams.operations.keys().map(|key| (&streams, key));
    for (table, key) in waits.chain(paging).chain(streams) {
        let is = |op: &Operation| op.id.as_ref() == Some(key) || op.route() == *key;
        if api.operations.iter().any(is) {
            continue;
        }
        let routes: Vec<String> = api.operations.iter().map(Operation::route).collect();
        let known =
            api.operations.iter().filter_map(|op| op.id.as_deref()).chain(routes.iter().map(String::as_str));
        let help = match suggest(key, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name it by its operationId, or as `GET /path`".to_owned(),
        };
        let at = table.child(key);
        let message = format!("no operation has the operationId `{key}`");
        sink.report(Diagnostic::in_config(Code::ConfigTarget, &at, message).at_key().help(help));
    }
}
