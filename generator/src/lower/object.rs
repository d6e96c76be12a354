//! Objects: members, presence, defaults, constants.

use serde_json::Value;

use super::context::Lower;
use super::schema::Use;
use super::{fits, text};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Access, Member, Presence, Segment, Shape, Struct, Ty};
use crate::pointer::Pointer;
use crate::resolve::{Additional, Node, Place};

/// How many properties objects may have altogether that are written in other schemas, at least: a larger document may have as
/// many as it has values, so that a run grows with the document. OpenAI's document has about 900.
pub(super) const MOST_INHERITED: usize = 100_000;

impl<'d> Lower<'d, '_> {
    /// The members of an object.
    pub(super) fn structure(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Struct {
        if !self.may_inherit(node, conjunction) {
            return Struct { members: Vec::new(), open: false, additional: None };
        }
        let mut members = Vec::with_capacity(node.properties.len());
        for (name, places) in &node.properties {
            let required = node.requires(name);
            members.push(
                self.step(Segment::Member((*name).to_owned()), |this| this.member(name, places, required)),
            );
        }
        self.undeclared_required(node, conjunction);
        let additional = match &node.additional {
            Additional::Typed(value) => match self.schema_at(Segment::Value, value) {
                // Anything at all: unknown members are kept as they are, without a map.
                Ty::Any => None,
                ty => Some(ty),
            },
            Additional::Open | Additional::Closed => None,
        };
        // Where members are declared, there may be one more tomorrow, of a type of its own.
        let open = additional.is_some() && (node.open || !members.is_empty());
        Struct { members, open, additional }
    }

    /// Counts the properties that are written elsewhere; `false` beyond the bound, which is reported once.
    fn may_inherit(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> bool {
        let own = |at: &Pointer| {
            conjunction.first().is_some_and(|place| at.as_str().starts_with(place.at.as_str()))
        };
        let (before, most) = (self.inherited, self.most_inherited);
        self.inherited += node.properties.values().filter(|places| !own(&places[0].at)).count();
        if before <= most && self.inherited > most {
            let message = format!("objects inherit more than {most} properties by `allOf`");
            let at = conjunction.first().map_or_else(Pointer::root, |place| self.doc.origin(&place.at));
            let help = "refer to the parents by properties instead, or inherit only where it is needed";
            self.sink.report(Diagnostic::new(Code::TooLarge, &at, message).help(help));
        }
        self.inherited <= most
    }

    fn member(&mut self, name: &str, places: &[Place<'d>], required: bool) -> Member {
        let constant = self.constant(places, required);
        let Use { ty, nullable, node } = match &constant {
            // A constant needs no type of its own.
            Some(_) => Use { ty: Ty::Any, nullable: false, node: self.doc.node(places, self.sink) },
            None => self.schema(places),
        };
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        let docs = text::docs(&node.annotations, name);
        let default = node.annotations.default.filter(|value| constant.is_none() && !value.is_null());
        let default = default.map(Value::to_string);
        let origin = self.doc.origin(&places[0].at);
        if default.is_some() {
            let written = self.doc.keyword(places, "default");
            if written.parent() != origin {
                self.defaults.insert(origin.clone(), written);
            }
        }
        Member {
            name: None,
            wire: name.to_owned(),
            origin,
            ty,
            presence,
            default,
            constant,
            is_tag: false,
            access: match (node.read_only, node.write_only) {
                (true, false) => Access::ReadOnly,
                (false, true) => Access::WriteOnly,
                _ => Access::ReadWrite,
            },
            docs,
            xml: self.xml(places).into(),
        }
    }

    /// The constant of a member, as JSON text: one allowed value that every writer sends, because the member is
    /// required or the value is its default. An optional member without default is a choice, so it stays a field.
    fn constant(&mut self, places: &[Place<'d>], required: bool) -> Option<String> {
        // Most schemas have no values, and merge none.
        let is_plain = |key: &String| !matches!(key.as_str(), "enum" | "allOf" | "$ref");
        if let [place] = places
            && place.value.as_object().is_some_and(|schema| schema.keys().all(is_plain))
        {
            return None;
        }
        if self.doc.reference(places).is_some() {
            return None;
        }
        let node = self.doc.node(places, self.sink);
        let value =
            node.constant().filter(|value| value.is_string() || value.is_i64() || value.is_boolean())?;
        (!node.nullable && (required || node.annotations.default == Some(value))).then(|| value.to_string())
    }

    /// Once all types are known: keeps the defaults that their types can hold, and puts each into words. The default
    /// of a required member is only documented.
    pub(super) fn check_defaults(&mut self) {
        let mut types = std::mem::take(&mut self.api.types);
        let mut kept = Vec::new();
        let said = self.sink.pointers_above(Code::DefaultMismatch);
        for (id, ty) in types.entries() {
            let Shape::Struct(structure) = &ty.shape else { continue };
            for (position, member) in structure.members.iter().enumerate() {
                let Some(text) = &member.default else { continue };
                let value: Value = serde_json::from_str(text).unwrap_or_default();
                kept.push((id, position, fits::fits(&types, &value, &member.ty)));
            }
        }
        for (id, position, fits) in kept {
            let Shape::Struct(structure) = &mut types[id].shape else { continue };
            let member = &mut structure.members[position];
            let text = member.default.take().unwrap_or_default();
            if !fits {
                let written = self.defaults.get(&member.origin).cloned();
                let origin = written.unwrap_or_else(|| member.origin.child("default"));
                if said.contains(&origin) {
                    continue;
                }
                let problem = format!("the default `{text}` does not match its schema");
                self.sink.report(
                    Diagnostic::new(Code::DefaultMismatch, &origin, problem)
                        .help("it is ignored; correct the default"),
                );
                continue;
            }
            member.docs.default = Some(text.clone());
            if matches!(member.presence, Presence::Optional | Presence::OptionalNullable) {
                member.default = Some(text);
            }
        }
        self.api.types = types;
    }

    /// `required` may name members that `properties` does not: they cannot be fields of a known type.
    fn undeclared_required(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) {
        for name in &node.required {
            if !node.properties.contains_key(name) {
                let origin = self.doc.required(conjunction, name);
                let (message, help) = crate::check::undeclared(name, node.properties.keys().copied());
                self.sink.report(Diagnostic::new(Code::KeywordIgnored, &origin, message).help(help));
            }
        }
    }
}
