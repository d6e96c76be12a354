//! The document as a typed model, with reference look-up.
//!
//! In: the normalised tree. Out: a [`Doc`]: everything but schemas read into `openapiv3`'s model, path item by path
//! item, so that a failure has a place; schemas stay in the tree and are read by [`Doc::node`], because
//! `openapiv3`'s untagged and flattened schema types buffer each subtree once per level (quadratic in depth).
//! Must not know: the IR.

mod alike;
mod alternative;
mod model;
mod node;
mod references;
mod seek;

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diag::{Code, Diagnostic, Sink};
use crate::normalize::Since;
use crate::pointer::Pointer;
use crate::through::{self, End, local};
use crate::tree::{Facts, Mark, Tree};

pub(crate) use alike::alike;
use alternative::Alternatives;
pub(crate) use node::{Additional, Annotations, Conj, Node, Place, Reference};

/// The document, ready to be lowered.
pub(crate) struct Doc {
    tree: Tree,
    /// Everything but schemas; each schema is a reference to its own place.
    pub(crate) model: openapiv3::OpenAPI,
    /// Path items as `(path, item)`, in document order.
    pub(crate) paths: Vec<(String, openapiv3::PathItem)>,
    /// By position in `paths`: operations of other methods than the model has, by method.
    pub(crate) more: Vec<Vec<(String, openapiv3::Operation)>>,
    /// What the unions among the components are made of.
    alternatives: Alternatives,
    /// The version of OpenAPI that the document was written in.
    pub(crate) version: Since,
    /// How much was merged into schemas from others so far.
    merged: std::cell::Cell<usize>,
}

/// Reads the tree. `None` only when not even the outermost object can be read.
pub(crate) fn resolve(tree: Tree, version: Since, sink: &mut Sink) -> Option<Doc> {
    let (model, items) = model::model(&tree, sink)?;
    let (paths, more) = items.into_iter().map(|(path, item, more)| ((path, item), more)).unzip();
    let mut doc = Doc {
        tree,
        model,
        paths,
        more,
        alternatives: Alternatives::default(),
        version,
        merged: Default::default(),
    };
    doc.alternatives = Alternatives::of(&doc);
    doc.check_references(sink);
    Some(doc)
}

/// The operations of the path item at a pointer, by method; those of further methods are marked by normalisation.
pub(crate) fn methods<'t>(
    item: &'t Value,
    at: &Pointer,
    marks: &Facts<Mark>,
) -> impl Iterator<Item = (&'t String, &'t Value)> {
    const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let is = move |key: &str| {
        METHODS.contains(&key) || marks.get(&at.child(key)).is_some_and(|mark| *mark == Mark::Method)
    };
    item.as_object().into_iter().flatten().filter(move |(key, _)| is(key))
}

/// A kind of part that operations share.
pub(crate) trait Sharable: Clone + DeserializeOwned {
    /// What its components are called.
    const SECTION: &'static str;

    /// All components of this kind.
    fn all(components: &Components) -> &IndexMap<String, ReferenceOr<Self>>;
}

impl Sharable for openapiv3::Parameter {
    const SECTION: &'static str = "parameters";

    fn all(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.parameters
    }
}

impl Sharable for openapiv3::RequestBody {
    const SECTION: &'static str = "requestBodies";

    fn all(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.request_bodies
    }
}

impl Sharable for openapiv3::Response {
    const SECTION: &'static str = "responses";

    fn all(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.responses
    }
}

impl Sharable for openapiv3::Header {
    const SECTION: &'static str = "headers";

    fn all(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.headers
    }
}

/// A part of operations that they refer to.
pub(crate) struct Shared<'d, T: Clone> {
    /// What it says.
    pub(crate) part: Cow<'d, T>,
    /// Where it stands.
    pub(crate) at: Pointer,
    /// Its key, if it is a component.
    pub(crate) key: Option<String>,
}

impl Doc {
    /// All operations: path, path item, the member of it that the operation is, and the operation.
    pub(crate) fn operations(
        &self,
    ) -> impl Iterator<Item = (&str, &openapiv3::PathItem, &str, &openapiv3::Operation)> {
        self.paths.iter().zip(&self.more).flat_map(|((path, item), more)| {
            let all = item.iter().chain(more.iter().map(|(method, operation)| (method.as_str(), operation)));
            all.map(move |(method, operation)| (path.as_str(), item, method, operation))
        })
    }

    /// The whole normalised tree.
    pub(crate) fn root(&self) -> &Value {
        &self.tree.root
    }

    /// The node at a place of the normalised tree.
    pub(crate) fn value(&self, at: &Pointer) -> Option<&Value> {
        self.tree.root.pointer(at.as_str())
    }

    /// The operations of the path item at a pointer, by method.
    pub(crate) fn methods<'d>(
        &'d self,
        item: &'d Value,
        at: &Pointer,
    ) -> impl Iterator<Item = (&'d String, &'d Value)> {
        methods(item, at, &self.tree.marks)
    }

    /// What an earlier stage knows of a node beyond what the document says.
    pub(crate) fn mark(&self, at: &Pointer) -> Option<Mark> {
        self.tree.marks.get(at).copied()
    }

    /// A schema by its place.
    pub(crate) fn place(&self, at: Pointer) -> Option<Place<'_>> {
        let value = self.value(&at)?;
        Some(Place { at, value, beside: false })
    }

    /// The place in the original document of a place in the normalised tree.
    pub(crate) fn origin(&self, at: &Pointer) -> Pointer {
        self.tree.moves.origin(at)
    }

    /// Where a reference to a schema leads, following references to references. `None` if it leads nowhere, out of the
    /// document, in a circle or to a component of another kind, all of which is reported.
    pub(crate) fn target(&self, reference: &str) -> Option<Place<'_>> {
        self.end(reference).filter(|place| is_schema_component(&place.at) || !is_component(&place.at))
    }

    /// The same for a reference to anything.
    pub(crate) fn end(&self, reference: &str) -> Option<Place<'_>> {
        let mut place = self.component(reference).or_else(|| self.place(local(reference)?))?;
        for _ in 0..64 {
            match place.value.get("$ref").and_then(Value::as_str) {
                None => return Some(place),
                // A named alias of a component keeps its own name.
                Some(_) if is_schema_component(&place.at) => return Some(place),
                Some(next) => place = self.place(local(next)?)?,
            }
        }
        None
    }

    /// The part of an operation that a reference means: a component, or one that stands somewhere else.
    pub(crate) fn shared<T: Sharable>(&self, reference: &str) -> Option<Shared<'_, T>> {
        let Place { at, value, .. } = self.end(reference)?;
        let keys: Vec<String> = at.keys().collect();
        if let [components, section, key] = keys.as_slice()
            && components == "components"
        {
            let parts = self.model.components.as_ref().filter(|_| section == T::SECTION)?;
            let found = T::all(parts).get(key)?;
            let part = Cow::Borrowed(found.as_item()?);
            return Some(Shared { part, at, key: Some(key.clone()) });
        }
        let part = T::deserialize(model::pruned(value, &at)).ok()?;
        Some(Shared { part: Cow::Owned(part), at, key: None })
    }

    /// The quick way to what nearly all references lead to: a schema component with a plain name.
    fn component(&self, reference: &str) -> Option<Place<'_>> {
        let name =
            reference.strip_prefix("#/components/schemas/").filter(|name| !name.contains(['/', '~', '%']))?;
        let value = self.tree.root.get("components")?.get("schemas")?.get(name)?;
        Some(Place { at: Pointer::from(reference), value, beside: false })
    }

    /// Reports each reference that leads nowhere, in document order.
    fn check_references(&self, sink: &mut Sink) {
        for (at, reference) in references::all(self) {
            let place = self.origin(&at);
            let Some(target) = local(reference) else {
                if self.tree.lost.contains(reference) {
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
            let missing = self.value(&target).is_none();
            let round = if missing { self.leads_round(&target) } else { self.is_cycle(&target) };
            if missing && !round {
                let mut diagnostic = Diagnostic::new(
                    Code::UnresolvedRef,
                    &place,
                    format!("reference `{reference}` does not resolve"),
                );
                diagnostic = match self.similar(&target) {
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

    /// Whether following plain references from here never ends.
    fn is_cycle(&self, start: &Pointer) -> bool {
        let mut at = start.clone();
        for _ in 0..64 {
            match self.value(&at).and_then(|v| v.get("$ref")).and_then(Value::as_str).and_then(local) {
                None => return false,
                Some(next) => at = next,
            }
        }
        true
    }

    /// Whether the way to a missing target leads through references that lead back to themselves.
    fn leads_round(&self, target: &Pointer) -> bool {
        let now = |at: &Pointer| self.value(at).map(|_| at.clone());
        through::through(&self.tree.root, target.clone(), now, Pointer::clone) == End::Circle
    }

    /// The sibling of a missing target whose key is nearest to the missing one.
    fn similar(&self, target: &Pointer) -> Option<Pointer> {
        let parent = target.parent();
        let wanted = target.keys().last()?;
        let keys = self.value(&parent)?.as_object()?.keys();
        let best = crate::diag::suggest(&wanted, keys.map(String::as_str))?;
        Some(parent.child(best))
    }
}

/// Whether a place is `/components/schemas/<key>`.
pub(crate) fn is_schema_component(at: &Pointer) -> bool {
    at.as_str().strip_prefix("/components/schemas/").is_some_and(|key| !key.contains('/'))
}

/// Whether a place is a component of any kind.
fn is_component(at: &Pointer) -> bool {
    at.as_str().strip_prefix("/components/").is_some_and(|rest| rest.matches('/').count() == 1)
}
