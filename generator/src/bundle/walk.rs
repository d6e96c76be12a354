//! The walk over a node and everything below it, which makes references lead into the document.

use serde_json::{Map, Value};

use super::context::{Bundler, Found, Location, MOST_NESTED};
use super::home::section_of;
use crate::normalize::keyword::{ObjectKind, Step, ValueShape};
use crate::parts;
use crate::pointer::Pointer;

impl Bundler<'_, '_> {
    /// A node of a known kind that is written at `from` and stands at `at` in the bundled document.
    pub(super) fn node(&mut self, kind: ObjectKind, value: &mut Value, from: &Location, at: &Pointer) {
        let Value::Object(map) = value else { return };
        if let Some(reference) = map.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            let into_itself = from.file == 0 && reference.starts_with('#');
            if into_itself {
                self.members(kind, map, from, at);
                return;
            }
            let target = match self.find(&reference, from) {
                Found::Node(target) => target,
                Found::Identified => return self.members(kind, map, from, at),
                Found::Nothing => {
                    if reference.starts_with('#') {
                        // It must not be taken for one into the document.
                        let whole = format!("{}{reference}", self.files[from.file].path);
                        self.lost.insert(whole.clone());
                        map.insert("$ref".to_owned(), Value::String(whole));
                    }
                    return;
                }
            };
            let home = self.home_of(kind, &target, at);
            match home {
                Some(home) => {
                    map.insert("$ref".to_owned(), reference_to(&home));
                    self.members(kind, map, from, at);
                }
                None => self.take_in(ValueShape::One(kind), value, &target, from, at),
            }
            return;
        }
        if kind == ObjectKind::Schema && from.file != 0 {
            // What refers to them makes components of them.
            map.shift_remove("$defs");
            map.shift_remove("definitions");
        }
        self.members(kind, map, from, at);
    }

    /// The place that a reference to `target` is to name; `None` where the target is to stand here.
    fn home_of(&mut self, kind: ObjectKind, target: &Location, at: &Pointer) -> Option<Pointer> {
        if kind == ObjectKind::PathItem && target.file == 0 {
            return Some(target.at.clone());
        }
        section_of(kind)?;
        self.home(kind, target).filter(|home| home != at)
    }

    fn members(&mut self, kind: ObjectKind, map: &mut Map<String, Value>, from: &Location, at: &Pointer) {
        for (key, value) in map.iter_mut() {
            match ValueShape::One(kind).below(Step::Key(key)) {
                Some(ValueShape::Data) | None => {}
                Some(_) if key == "$ref" => {}
                Some(_) if (kind, key.as_str()) == (ObjectKind::Discriminator, "defaultMapping") => {
                    self.mapped(value, &from.child(key));
                }
                Some(shape) => self.shape(shape, value, &from.child(key), &at.child(key)),
            }
        }
    }

    /// The value of a keyword.
    fn shape(&mut self, shape: ValueShape, value: &mut Value, from: &Location, at: &Pointer) {
        if let (Some(kind), Value::Object(_)) = (shape.object(), &*value) {
            return self.node(kind, value, from, at);
        }
        // Lists, maps and texts are written in files of their own too, whatever the specification says.
        if let Some(reference) = value.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            let inner = from.file == 0 && reference.starts_with('#');
            if !inner && let Found::Node(target) = self.find(&reference, from) {
                self.take_in(shape, value, &target, from, at);
            }
            return;
        }
        match value {
            Value::Array(items) => {
                let Some(ValueShape::One(kind)) = shape.below(Step::Item) else { return };
                for (index, item) in items.iter_mut().enumerate() {
                    self.node(kind, item, &from.child(index), &at.child(index));
                }
            }
            Value::Object(map) if shape == ValueShape::TextMap => self.mapping(map, from),
            Value::Object(map) => {
                for (key, child) in map.iter_mut() {
                    if let Some(ValueShape::One(kind)) = shape.below(Step::Key(key)) {
                        self.node(kind, child, &from.child(key), &at.child(key));
                    }
                }
            }
            _ => {}
        }
    }

    /// Puts what a reference means in the place of the reference; what stands beside the reference wins.
    fn take_in(
        &mut self,
        shape: ValueShape,
        value: &mut Value,
        target: &Location,
        from: &Location,
        at: &Pointer,
    ) {
        let Some(mut copy) = self.value(target).cloned() else { return };
        if self.within.contains(target) || self.within.len() > MOST_NESTED || !self.pay(&copy, target) {
            let message = "the file inserted here contains itself".to_owned();
            let help = "move one of the parts to `components` of the document";
            self.report(crate::diag::Code::RefCycle, from, message, Some(help.to_owned()));
            return;
        }
        self.places.by_place.insert(at.clone(), target.clone());
        self.within.push(target.clone());
        self.shape(shape, &mut copy, target, at);
        self.within.pop();
        if let (Value::Object(siblings), Value::Object(whole)) = (&mut *value, &mut copy) {
            for (key, mut sibling) in std::mem::take(siblings) {
                if key == "$ref" {
                    continue;
                }
                let (own, place) = (from.child(&key), at.child(&key));
                self.places.by_place.insert(place.clone(), own.clone());
                if let Some(shape) =
                    shape.object().and_then(|kind| ValueShape::One(kind).below(Step::Key(&key)))
                {
                    self.shape(shape, &mut sibling, &own, &place);
                }
                whole.insert(key, sibling);
            }
        }
        *value = copy;
    }

    /// What a discriminator maps its values to.
    fn mapping(&mut self, map: &mut Map<String, Value>, from: &Location) {
        for (key, value) in map.iter_mut() {
            self.mapped(value, &from.child(key));
        }
    }

    /// A name of a schema, or a reference that may lead into a file.
    fn mapped(&mut self, value: &mut Value, from: &Location) {
        let Some(text) = value.as_str() else { return };
        let local = from.file == 0 && text.starts_with('#');
        if local || !parts::is_file(text) {
            return;
        }
        let text = text.to_owned();
        if let Found::Node(target) = self.find(&text, from)
            && let Some(home) = self.home(ObjectKind::Schema, &target)
        {
            *value = reference_to(&home);
        }
    }
}

/// The text of a reference into the document.
fn reference_to(place: &Pointer) -> Value {
    Value::String(format!("#{}", place.as_str().replace('%', "%25")))
}

impl Location {
    fn child(&self, key: impl std::fmt::Display) -> Self {
        Self { file: self.file, at: self.at.child(key) }
    }
}
