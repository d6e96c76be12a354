//! Schemas: components, inline schemas, and the choice of a shape.

use serde_json::Value;

use super::context::{Lower, Open};
use crate::ir::{Enum, IntKind, Owner, Rare, Segment, Shape, Ty, Type, TypeId, TypeName, Untyped};
use crate::pointer::Pointer;
use crate::reference;
use crate::resolve::{Additional, Node, Place, Reference};

use super::order::order;
use super::text;
use crate::diag::{Code, Diagnostic};

/// Schemas that may lie in one another; more than a document can be nested.
const MOST_LEVELS: usize = 160;

/// A use of a schema.
pub(super) struct Use<'d> {
    /// Its type without nullability.
    pub(super) ty: Ty,
    /// May it be null.
    pub(super) nullable: bool,
    /// What stands at the place of use (beside a reference, not behind it).
    pub(super) node: Node<'d>,
}

impl Use<'_> {
    /// The type in a place that is no member.
    pub(super) fn in_place(self) -> Ty {
        match (self.nullable, self.ty) {
            (true, ty @ (Ty::Any | Ty::Nullable(_))) | (false, ty) => ty,
            (true, ty) => Ty::Nullable(Box::new(ty)),
        }
    }
}

/// What a node is going to be.
enum Form {
    /// A type of its own.
    Shape(Shape),
    /// A type that needs no name.
    Plain(Ty),
}

impl<'d> Lower<'d, '_> {
    /// Gives each component schema its id, in document order, so that references can be lowered before their targets.
    pub(super) fn declare_components(&mut self) {
        let base = Pointer::root().child("components").child("schemas");
        let keys = self.doc.value(&base).and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
        for (index, key) in keys.enumerate() {
            let at = base.child(key);
            let name = TypeName::Component(key.clone());
            let origin = self.doc.origin(&at);
            self.components.insert(at, TypeId(index as u32));
            self.api.types.push(Type {
                origin,
                name,
                docs: Rare::default(),
                shape: Shape::Alias(Ty::Any),
                example: None,
                xml: Rare::default(),
            });
        }
    }

    /// Lowers each declared component.
    pub(super) fn lower_components(&mut self) {
        let base = Pointer::root().child("components").child("schemas");
        let Some(components) = self.doc.value(&base).and_then(Value::as_object) else { return };
        for (index, key) in order(components, &base) {
            let at = base.child(key);
            let id = TypeId(index as u32);
            self.in_files = self.files.contains(&at);
            self.within(Owner::Type(id), |this| this.component(id, &at, key));
            self.in_files = false;
        }
    }

    fn component(&mut self, id: TypeId, at: &Pointer, key: &str) {
        let Some(place) = self.doc.place(at.clone()) else { return };
        let conjunction = [place];
        let chosen = self.replaced(&conjunction);
        let reference = self
            .doc
            .reference(&conjunction)
            .filter(|reference| reference.target.at != *at && !self.is_child(&reference.target.at, at));
        let (shape, node) = match reference {
            _ if chosen.is_some() => {
                (Shape::Alias(chosen.unwrap_or(Ty::Any)), self.doc.node(&conjunction, self.sink))
            }
            Some(Reference { target, mut beside }) => {
                beside.nullable |= self.is_nullable(&target);
                (Shape::Alias(self.target(&target)), beside)
            }
            None => {
                let node = self.doc.node(&conjunction, self.sink);
                let shape =
                    self.family(at, &conjunction).unwrap_or_else(|| match self.form(&node, &conjunction) {
                        Form::Shape(shape) => shape,
                        Form::Plain(ty) => Shape::Alias(ty),
                    });
                (shape, node)
            }
        };
        if node.nullable && !matches!(shape, Shape::Alias(Ty::Any | Ty::Nullable(_))) {
            self.api.bodies.push((self.doc.origin(at), Ty::Nullable(Box::new(Ty::Named(id)))));
        }
        let xml = self.xml_of_component(&conjunction[0]);
        let entry = &mut self.api.types[id];
        (entry.shape, entry.xml) = (shape, xml.into());
        entry.docs = text::docs(&node.annotations, key);
        entry.example = node.annotations.example.map(Value::to_string);
    }

    /// The type of a schema in place.
    pub(super) fn schema(&mut self, conjunction: &[Place<'d>]) -> Use<'d> {
        let doc = self.doc;
        if let Some(ty) = self.replaced(conjunction) {
            let node = doc.node(conjunction, self.sink);
            return Use { ty, nullable: node.nullable, node };
        }
        if let Some(Reference { target, beside }) = doc.reference(conjunction) {
            let nullable = beside.nullable || self.is_nullable(&target);
            return Use { ty: self.target(&target), nullable, node: beside };
        }
        let node = doc.node(conjunction, self.sink);
        let nullable = node.nullable;
        let ty = match self.inline.get(conjunction) {
            Some(ty) => ty.clone(),
            None => {
                let ty = self.bounded(conjunction, &node);
                self.inline.insert(conjunction.to_vec(), ty.clone());
                ty
            }
        };
        Use { ty, nullable, node }
    }

    /// Lowers a schema in place, unless it lies too deep: a document is nested within limits, but references into the middle
    /// of schemas may lead on and on.
    fn bounded(&mut self, conjunction: &[Place<'d>], node: &Node<'d>) -> Ty {
        if self.depth >= MOST_LEVELS {
            let message = format!(
                "schemas are nested more than {MOST_LEVELS} levels deep, through references into other schemas"
            );
            let problem = Diagnostic::new(Code::TooDeep, &self.doc.origin(&conjunction[0].at), message);
            self.sink
                .report(problem.help("move inner schemas to `components/schemas`, and refer to them there"));
            return Ty::Any;
        }
        // As in the document: `properties` and a name, `items` alone.
        let levels = if self.needs_name(node) { 2 } else { 1 };
        self.depth += levels;
        let ty = self.unknotted(conjunction, node);
        self.depth -= levels;
        ty
    }

    /// Lowers a schema in place. A list or map in which it is met again, without a type between that has a name, gets one.
    fn unknotted(&mut self, conjunction: &[Place<'d>], node: &Node<'d>) -> Ty {
        let holds = node.items.is_some()
            || !node.prefix.is_empty()
            || matches!(node.additional, Additional::Typed(_));
        if !holds || self.needs_name(node) {
            return self.inline(conjunction, node);
        }
        if let Some(at) = self.open.iter().position(|open| open.conjunction == conjunction) {
            let id = self.open[at].recursive.unwrap_or(TypeId(self.api.types.len() as u32));
            if self.open[at].recursive.replace(id).is_none() {
                let Open { owner, path, .. } = self.open[at].clone();
                let title = node.annotations.title.map(str::to_owned);
                let name = TypeName::Inline { owner, path, title };
                let origin = self.doc.origin(&conjunction[0].at);
                let docs = text::docs(&node.annotations, "");
                let shape = Shape::Alias(Ty::Any);
                let xml = self.xml(conjunction);
                self.api.types.push(Type { origin, name, docs, shape, example: None, xml: xml.into() });
            }
            return Ty::Named(id);
        }
        let (owner, path) = (self.owner.clone(), self.path.clone());
        self.open.push(Open { conjunction: conjunction.to_vec(), owner, path, recursive: None });
        let ty = self.inline(conjunction, node);
        match self.open.pop().and_then(|open| open.recursive) {
            Some(id) => {
                self.api.types[id].shape = Shape::Alias(ty);
                Ty::Named(id)
            }
            None => ty,
        }
    }

    /// The type of a schema in place, one step deeper, nullability included.
    pub(super) fn schema_at(&mut self, segment: Segment, conjunction: &[Place<'d>]) -> Ty {
        self.step(segment, |this| this.schema(conjunction).in_place())
    }

    /// The type behind a reference. One into the middle of the document leads to a schema that is lowered in place, once; what only
    /// refers to it may do so round and round.
    fn target(&mut self, target: &Place<'d>) -> Ty {
        let mut place = target.clone();
        for _ in 0..reference::MOST {
            if let Some(id) = self.components.get(&place.at) {
                return Ty::Named(*id);
            }
            let conjunction = std::slice::from_ref(&place);
            let inner = self.doc.reference(conjunction).filter(|_| self.replaced(conjunction).is_none());
            match inner {
                Some(reference) => place = reference.target,
                None => return self.schema(conjunction).ty,
            }
        }
        let message = "the schema consists only of references to itself";
        let problem = Diagnostic::new(Code::RefCycle, &self.doc.origin(&target.at), message);
        self.sink.report(problem.help("give one of the schemas in the cycle a `type` or `properties`"));
        Ty::Any
    }

    /// Whether a component says of itself that it may be null.
    fn is_nullable(&mut self, target: &Place<'d>) -> bool {
        let mut place = target.clone();
        for _ in 0..64 {
            if self.doc.admits_null(place.value, 0) {
                return true;
            }
            match self.referred(&place) {
                Some(target) if target != place => place = target,
                _ => return false,
            }
        }
        false
    }

    /// The target of a schema that is nothing but a reference.
    fn referred(&mut self, place: &Place<'d>) -> Option<Place<'d>> {
        let doc = self.doc;
        let find = || doc.reference(std::slice::from_ref(place)).map(|reference| reference.target);
        self.targets.entry(place.clone()).or_insert_with(find).clone()
    }

    /// Lowers a schema in place; one with a shape of its own becomes a named type.
    fn inline(&mut self, conjunction: &[Place<'d>], node: &Node<'d>) -> Ty {
        if !self.needs_name(node) {
            return match self.form(node, conjunction) {
                Form::Plain(ty) => ty,
                Form::Shape(shape) => self.named(conjunction, node, |_| shape),
            };
        }
        self.named(conjunction, node, |this| match this.form(node, conjunction) {
            Form::Shape(shape) => shape,
            Form::Plain(ty) => Shape::Alias(ty),
        })
    }

    /// Adds a type, and lowers its content inside it. A type that turns out to be plain is taken back.
    pub(super) fn named(
        &mut self,
        conjunction: &[Place<'d>],
        node: &Node<'d>,
        shape: impl FnOnce(&mut Self) -> Shape,
    ) -> Ty {
        let id = TypeId(self.api.types.len() as u32);
        let name = TypeName::Inline {
            owner: self.owner.clone(),
            path: self.path.clone(),
            title: node.annotations.title.map(str::to_owned),
        };
        let last = match self.path.last() {
            Some(Segment::Member(name) | Segment::Param(name)) => name.clone(),
            _ => String::new(),
        };
        self.api.types.push(Type {
            origin: self.doc.origin(&conjunction[0].at),
            name,
            docs: text::docs(&node.annotations, &last),
            shape: Shape::Alias(Ty::Any),
            example: node.annotations.example.map(Value::to_string),
            xml: self.xml(conjunction).into(),
        });
        // A schema that contains itself by place finds itself here.
        self.inline.insert(conjunction.to_vec(), Ty::Named(id));
        let shape = self.within(Owner::Type(id), shape);
        match shape {
            Shape::Alias(ty) if self.api.types.len() as u32 == id.0 + 1 => {
                self.api.types.pop();
                self.inline.insert(conjunction.to_vec(), ty.clone());
                ty
            }
            shape => {
                self.api.types[id].shape = shape;
                Ty::Named(id)
            }
        }
    }

    /// Whether a node is sure to have a shape of its own, so that what is inside it is named after it.
    fn needs_name(&self, node: &Node<'_>) -> bool {
        node.has_members() || node.open || !node.unions.is_empty()
    }

    /// The choice of a shape.
    fn form(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Form {
        if let Some(values) = &node.values {
            return self.enumeration(node, values, conjunction);
        }
        if !node.unions.is_empty()
            && let Some(form) = self.union_form(node, conjunction)
        {
            return form;
        }
        match node.kind {
            Some("object") => self.object_form(node, conjunction),
            Some("array") => Form::Plain(self.array(node, conjunction)),
            Some("string") => Form::Plain(self.string(node, conjunction)),
            Some("integer" | "number") => Form::Plain(match self.exact(node) {
                Some(exact) => exact,
                None => super::scalar::number(node),
            }),
            Some("boolean") => Form::Plain(Ty::Bool),
            _ if node.has_members() || matches!(node.additional, Additional::Typed(_)) => {
                self.object_form(node, conjunction)
            }
            _ if node.items.is_some() || !node.prefix.is_empty() => {
                Form::Plain(self.array(node, conjunction))
            }
            _ if node.string_like || node.format.is_some_and(super::scalar::is_string_format) => {
                Form::Plain(self.string(node, conjunction))
            }
            _ => Form::Plain(self.untyped(conjunction, "the schema does not say its type")),
        }
    }

    fn object_form(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Form {
        if node.has_members() || (node.open && matches!(node.additional, Additional::Typed(_))) {
            return Form::Shape(Shape::Struct(self.structure(node, conjunction)));
        }
        match &node.additional {
            Additional::Typed(value) => Form::Plain(Ty::Map(Box::new(self.schema_at(Segment::Value, value)))),
            Additional::Open | Additional::Closed => {
                self.api.free.push(self.doc.origin(&conjunction[0].at));
                Form::Plain(Ty::Object)
            }
        }
    }

    fn enumeration(&mut self, node: &Node<'d>, values: &[&'d Value], conjunction: &[Place<'d>]) -> Form {
        let scalars: Vec<&Value> = values.iter().copied().filter(|value| !value.is_null()).collect();
        if let Some(list) = super::scalar::enumeration(node, &scalars) {
            let repr = super::scalar::repr(&scalars);
            return Form::Shape(Shape::Enum(Enum { repr, values: list }));
        }
        if scalars.iter().all(|value| value.is_boolean()) && !scalars.is_empty() {
            return Form::Plain(Ty::Bool);
        }
        // Beyond `i64`: `f64` would round them.
        if scalars.iter().all(|value| value.is_u64()) && !scalars.is_empty() {
            return Form::Plain(Ty::Int(IntKind::U64));
        }
        if scalars.iter().all(|value| value.is_number()) && !scalars.is_empty() {
            return Form::Plain(Ty::Float);
        }
        Form::Plain(self.untyped(conjunction, "an `enum` of values of several types"))
    }

    /// A union, or what is left of it when its branches fall together; `None` where the branches add nothing.
    fn union_form(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Option<Form> {
        Some(match self.union(node, conjunction)? {
            Shape::Alias(ty) => Form::Plain(ty),
            shape => Form::Shape(shape),
        })
    }

    /// `serde_json::Value`, with a reason in the untyped report.
    pub(super) fn untyped(&mut self, conjunction: &[Place<'d>], reason: &'static str) -> Ty {
        let origin = self.doc.origin(&conjunction[0].at);
        self.api.untyped.push(Untyped { origin, reason });
        Ty::Any
    }
}
