//! Objects: required, listed and further properties.

use serde_json::{Map, Value};

use super::context::{Comparer, Kind, Outcome, Slot};
use crate::learn::schema::{Part, View, array};
use crate::learn::secret;
use crate::pointer::Path;

impl<'d> Comparer<'d, '_> {
    pub(super) fn object<'v>(
        &self,
        view: &View<'d>,
        members: &'v Map<String, Value>,
        whole: &'v Value,
        path: &Path<'_>,
        slot: Slot,
        out: &mut Outcome<'v>,
    ) {
        self.required(view, members, path, slot, out);
        let requires = |name: &str| {
            view.parts.iter().any(|part| array(part.map, "required").iter().any(|one| one == name))
        };
        for (name, value) in members {
            let places = view.property(name);
            if places.is_empty() {
                self.further(view, (name, value), whole, path, slot, out);
                continue;
            }
            out.known += 1;
            let property = self.schemas.joined(&places);
            let is_optional = !requires(name) && property.keyword("default").is_none_or(Value::is_null);
            out.add(self.value(&property, value, &path.key(name), slot.below(is_optional)));
        }
    }

    fn required<'v>(
        &self,
        view: &View<'d>,
        members: &'v Map<String, Value>,
        path: &Path<'_>,
        slot: Slot,
        out: &mut Outcome<'v>,
    ) {
        for part in &view.parts {
            let names = array(part.map, "required").iter().filter_map(Value::as_str);
            for name in names.filter(|name| !members.contains_key(*name)) {
                let places = view.property(name);
                let property = (!places.is_empty()).then(|| self.schemas.joined(&places));
                let is = |key: &str| {
                    property.as_ref().and_then(|view| view.keyword(key)) == Some(&Value::Bool(true))
                };
                let is_one_sided = if slot.is_request { is("readOnly") } else { is("writeOnly") };
                if is_one_sided {
                    continue;
                }
                // Constants are not read, and what is not listed has no field.
                let breaks = property.is_some_and(|view| view.constant().is_none());
                out.report(Kind::Missing, &part.at, path, breaks).name = Some(name.to_owned());
            }
        }
    }

    /// A property that `properties` does not list.
    fn further<'v>(
        &self,
        view: &View<'d>,
        (name, value): (&str, &'v Value),
        whole: &'v Value,
        path: &Path<'_>,
        slot: Slot,
        out: &mut Outcome<'v>,
    ) {
        let further = |part: &&Part<'d>| part.map.get("additionalProperties").is_some_and(Value::is_object);
        let lists = |part: &&Part<'d>| {
            part.map.get("properties").and_then(Value::as_object).is_some_and(|all| !all.is_empty())
        };
        if let Some(part) = view.parts.iter().find(further) {
            let of = self.schemas.view(&part.at.child("additionalProperties"));
            let found = self.value(&of, value, &path.key("*"), slot.below(false));
            // Beside listed properties, and where patterns decide, what does not fit is kept as an unknown property.
            let is_map = !view.parts.iter().any(|part| lists(&part)) && !self.is_open(part);
            if is_map || found.breaking() == 0 {
                out.known += 1;
                out.add(found);
            }
            return;
        }
        let says = |value: bool| {
            view.parts.iter().any(|part| part.map.get("additionalProperties") == Some(&Value::Bool(value)))
        };
        let is_closed = says(false);
        let is_described = !says(true) && view.parts.iter().any(|part| lists(&part));
        if !is_closed && !is_described {
            return;
        }
        let owner = view.parts.iter().rfind(lists).or(view.parts.first());
        if let Some(owner) = owner {
            let is_name = secret::is_name(name);
            let inside = path.key(if is_name { name } else { "*" });
            let difference = out.report(Kind::Property, &owner.at, &inside, false);
            difference.name = Some(name.to_owned()).filter(|_| is_name);
            difference.sample = Some(if is_name { value } else { whole });
        }
    }

    /// Whether a typed map was one of `patternProperties`, of which other names are not a part.
    fn is_open(&self, part: &Part<'d>) -> bool {
        self.schemas.patterns.contains(&part.at.child("additionalProperties"))
    }
}
