//! Reports references that lead nowhere. What looks like one in examples, defaults, values and extensions is data.

use serde_json::Value;

use super::doc::Doc;
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::normalize::keyword::{ObjectKind, Step, ValueShape, Visit, Visitor, visit};
use crate::pointer::{Path, Pointer};
use crate::reference::{End, MOST, chain, follow, local};
use crate::tree::{Mark, get};

/// Parts that stay in the document and become no calls; `check` looks at the references in them.
const NOT_RESOLVED: [&str; 5] = ["webhooks", "callbacks", "links", "pathItems", "mediaTypes"];

/// Reports each reference that leads nowhere.
pub(super) fn check(doc: &Doc, sink: &mut Sink) {
    for (at, reference) in all(doc) {
        let place = doc.origin(&at);
        let Some(target) = local(reference) else {
            if doc.tree.lost.contains(reference) {
                continue;
            }
            if reference.starts_with('#') {
                let message = format!("reference `{reference}` does not resolve");
                let help = "it is ignored; add the `$anchor` to a schema, or write a pointer (`#/…`)";
                sink.report(Diagnostic::new(Code::UnresolvedRef, &place, message).help(help));
                continue;
            }
            sink.report(
                Diagnostic::new(
                    Code::ExternalRef,
                    &place,
                    format!("reference `{reference}` points outside the document"),
                )
                .help("it is ignored; bundle the document into one file first"),
            );
            continue;
        };
        let missing = doc.value(&target).is_none();
        let round = if missing { leads_round(doc, &target) } else { is_cycle(doc, reference) };
        if missing && !round {
            let mut diagnostic = Diagnostic::new(
                Code::UnresolvedRef,
                &place,
                format!("reference `{reference}` does not resolve"),
            );
            diagnostic = match similar(doc, &target) {
                Some(name) => diagnostic.help(format!("it is ignored; did you mean `{name}`?")),
                None => diagnostic.help("it is ignored; declare the target, or correct the reference"),
            };
            sink.report(diagnostic);
        } else if round {
            sink.report(
                Diagnostic::new(
                    Code::RefCycle,
                    &place,
                    format!("reference `{reference}` refers back to itself"),
                )
                .help("give one of the schemas in the cycle a `type` or `properties`"),
            );
        }
    }
}

/// Whether a reference resolves to nothing but references.
fn is_cycle(doc: &Doc, reference: &str) -> bool {
    let last = chain(reference, |at| doc.value(at)).nth(MOST - 1);
    last.is_some_and(|(_, value)| value.get("$ref").is_some())
}

/// Whether the way to a missing target leads through references that lead back to themselves.
fn leads_round(doc: &Doc, target: &Pointer) -> bool {
    let now = |at: &Pointer| doc.value(at).map(|_| at.clone());
    follow(&doc.tree.root, target.clone(), now, Pointer::clone) == End::Circle
}

/// The sibling of a missing target whose key is nearest to the missing one.
fn similar(doc: &Doc, target: &Pointer) -> Option<Pointer> {
    let parent = target.parent();
    let wanted = target.keys().last()?;
    let keys = doc.value(&parent)?.as_object()?.keys();
    let best = suggest(&wanted, keys.map(String::as_str))?;
    Some(parent.child(best))
}

/// Every reference, with the location of its text.
fn all(doc: &Doc) -> Vec<(Pointer, &str)> {
    let mut references = References { doc, found: Vec::new() };
    visit(doc.root(), &mut references);
    references.found
}

struct References<'d> {
    doc: &'d Doc,
    found: Vec<(Pointer, &'d str)>,
}

impl<'d> Visitor<'d> for References<'d> {
    fn see(&mut self, visit: &Visit<'d, '_>) -> bool {
        let is_resolved = |(kind, key)| kind == ObjectKind::Schema || !NOT_RESOLVED.contains(&key);
        if !visit.keyword.is_none_or(is_resolved) {
            return false;
        }
        // Maps of objects are written in files of their own, too.
        let can_refer = visit.shape.object().is_some() || visit.shape.below(Step::Key("")).is_some();
        if can_refer
            && let Value::Object(map) = visit.value
            && let Some(Value::String(reference)) = get(map, "$ref")
        {
            self.found.push((visit.at.key("$ref").pointer(), reference));
        }
        true
    }

    fn unknown(&mut self, kind: ObjectKind, at: &Path<'_>) -> Option<ValueShape> {
        let is_method = kind == ObjectKind::PathItem && self.doc.mark(&at.pointer()) == Some(Mark::Method);
        is_method.then_some(ValueShape::One(ObjectKind::Operation))
    }
}
