//! The document, and what can be asked about it.

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::alternative::Alternatives;
use super::model::{self, Item};
use super::place::Place;
use crate::diag::Sink;
use crate::normalize::Since;
use crate::pointer::Pointer;
use crate::reference::chain;
use crate::tree::{self, Mark, Tree};

/// The document, ready to be lowered.
pub(crate) struct Doc {
    pub(super) tree: Tree,
    /// Everything but schemas; each schema is a reference to its own place.
    pub(crate) model: openapiv3::OpenAPI,
    /// What the unions among the components are made of.
    pub(super) alternatives: Alternatives,
    /// The version of OpenAPI that the document was written in.
    pub(crate) version: Since,
    /// How much was merged into schemas from others so far.
    pub(super) merged: std::cell::Cell<usize>,
    /// Whether a schema admits null, by the address of the schema and how far the question came.
    pub(super) nullable: std::cell::RefCell<HashMap<(usize, usize), bool>>,
}

/// An operation as it is written.
pub(crate) struct Written<'d> {
    /// The path.
    pub(crate) path: &'d str,
    /// The member of the path item that it is.
    pub(crate) method: &'d str,
    /// Where it stands.
    pub(crate) at: Pointer,
    /// What stands there.
    pub(crate) value: &'d Value,
}

impl<'d> Written<'d> {
    /// `operationId`.
    pub(crate) fn id(&self) -> Option<&'d str> {
        self.value.get("operationId")?.as_str()
    }

    /// The first tag.
    pub(crate) fn tag(&self) -> Option<&'d str> {
        self.value.get("tags")?.get(0)?.as_str()
    }

    /// The media types of the request body with what stands there, unless it is shared.
    pub(crate) fn sent(&self) -> impl Iterator<Item = (&'d String, &'d Value)> {
        contents(self.value.get("requestBody"))
    }

    /// The media types of the responses, except of shared ones.
    pub(crate) fn received(&self) -> impl Iterator<Item = (&'d String, &'d Value)> {
        let responses = self.value.get("responses").and_then(Value::as_object).into_iter().flatten();
        responses.flat_map(|(_, response)| contents(Some(response)))
    }
}

/// The media types of a request body or a response, unless it is a reference.
fn contents(of: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    let of = of.filter(|of| of.get("$ref").is_none());
    of.and_then(|of| of.get("content")?.as_object()).into_iter().flatten()
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
    /// All operations, as they are written.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Written<'_>> {
        model::items(&self.tree).flat_map(|(path, item, value)| {
            let each = model::operations(value, &item, &self.tree);
            each.map(move |(method, value)| Written { path, method, at: item.child(method), value })
        })
    }

    /// The path items: path, place and value.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&str, Pointer, &Value)> {
        model::items(&self.tree)
    }

    /// Reads a path item. What cannot be read is reported and left out.
    pub(crate) fn item(&self, value: &Value, at: &Pointer, sink: &mut Sink) -> Option<Item> {
        model::item(value, at, &self.tree, sink)
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
        tree::methods(item, at, &self.tree.marks)
    }

    /// What an earlier stage knows of a node beyond what the document says.
    pub(crate) fn mark(&self, at: &Pointer) -> Option<Mark> {
        self.tree.marks.get(at).copied()
    }

    /// A schema by its place.
    pub(crate) fn place(&self, at: Pointer) -> Option<Place<'_>> {
        let value = self.value(&at)?;
        Some(Place::new(at, value))
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
        if let Some(place) = self.component(reference) {
            return Some(place);
        }
        // A component that is another name of one keeps its own.
        let is_end = |(at, value): &(Pointer, &Value)| value.get("$ref").is_none() || is_schema_component(at);
        let (at, value) = chain(reference, |at| self.value(at)).find(is_end)?;
        Some(Place::new(at, value))
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
        Some(Place::new(Pointer::from(reference), value))
    }

    /// Whether a component lists another one among its alternatives, which so extends it even where it adds nothing.
    pub(crate) fn lists(&self, parent: &Pointer, child: &Pointer) -> bool {
        let (Some(parent), Some(child)) = (self.value(parent), self.value(child)) else { return false };
        let child = std::ptr::from_ref(child);
        let groups = ["oneOf", "anyOf"].iter().filter_map(|key| parent.get(*key)?.as_array());
        groups.into_iter().any(|branches| self.alternatives.has_branch(branches, std::iter::once(&child)))
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
