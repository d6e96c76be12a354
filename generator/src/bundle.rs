//! Makes one document of a description that is spread over several files.
//!
//! In: the tree as loaded, and the files that the caller has read. Out: a tree whose references all lead into itself, and
//! the places in the files where its parts are written. A document that refers to nothing outside it passes untouched.
//!
//! The result is what people bundle by hand or by other tools: what a component of the document refers to stands in its
//! place; other things that can be components become components, named after the last key of the reference or the
//! file; a path item, and whatever cannot be a component, stands where it is referred to. The walk is driven by the
//! keyword tables of `normalize`, so examples and defaults are data here too.

use serde_json::{Map, Value};

use crate::diag::Sink;
use crate::load::Loaded;
use crate::normalize::keyword::ObjectKind;
use crate::parts::{self, Part};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::{Tree, stage};
pub(crate) use context::Places;
use context::{Bundler, Component, Location};

mod context;
mod find;
mod home;
mod ids;
mod report;
#[cfg(test)]
mod tests;
mod walk;

stage! {
    /// The document with what other files hold.
    pub(crate) Bundled
}

/// The document with everything it refers to.
pub(crate) fn bundle(tree: Loaded, document: &Source, parts: &[Part], sink: &mut Sink) -> (Bundled, Places) {
    if !parts::may_lead_out(document.body()) {
        return (Bundled(tree.into_tree()), Places::default());
    }
    let Tree { mut root, moves, marks, lost } = tree.into_tree();
    let mut bundler = Bundler::new(&root, document, parts, lost, sink);
    bundler.settle_components();
    let whole = Location { file: 0, at: Pointer::root() };
    bundler.node(ObjectKind::Document, &mut root, &whole, &Pointer::root());
    bundler.place_components(&mut root);
    let Bundler { places, lost, .. } = bundler;
    (Bundled(Tree { root, moves, marks, lost }), places)
}

impl Bundler<'_, '_> {
    /// Adds the components that were made on the way; they may bring others.
    fn place_components(&mut self, root: &mut Value) {
        while let Some(Component { kind, section, name, from }) = self.queue.pop_front() {
            let Some(mut value) = self.value(&from).cloned() else { continue };
            if !self.pay(&value, &from) {
                return;
            }
            let at = Pointer::root().child("components").child(section).child(&name);
            self.places.by_place.insert(at.clone(), from.clone());
            self.node(kind, &mut value, &from, &at);
            let members = |value: &'_ mut Value| value.as_object_mut().map(std::mem::take);
            let home = member(root, "components").and_then(|components| member(components, section));
            if let Some(home) = home
                && let Some(mut map) = members(home)
            {
                map.insert(name, value);
                *home = Value::Object(map);
            }
        }
    }
}

/// A member that is an object, made if it is missing.
fn member<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    Some(value.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new())))
}
