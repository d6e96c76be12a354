//! Compares a JSON value with a schema of the normal form, as the generated code would read it.

mod context;
mod format;
mod object;
mod union;

use serde_json::Value;

use super::schema::{Part, View, array};
use crate::pointer::{Path, Pointer};
pub use context::Kind;
pub(super) use context::{Comparer, Difference, Instead, Outcome, Slot, kind_of};
use context::{is_of, is_redacted, is_same};

impl<'d> Comparer<'d, '_> {
    /// Compares a value with the schema at a pointer.
    pub(super) fn compare<'v>(&self, at: &Pointer, value: &'v Value, slot: Slot) -> Outcome<'v> {
        self.begin();
        self.value(&self.schemas.view(at), value, &Path::root(), slot)
    }

    fn value<'v>(&self, view: &View<'d>, value: &'v Value, path: &Path<'_>, slot: Slot) -> Outcome<'v> {
        let mut out = Outcome::default();
        if view.is_any() || !self.step(slot) {
            return out;
        }
        if value.is_null() {
            if !self.schemas.admits_null(view, 0) {
                out.report(Kind::Null, &view.site, path, !slot.is_optional);
            }
            out.seen.push(view.site.clone());
            return out;
        }
        if !view.is_reference || !view.chosen.is_empty() {
            return self.described(view, value, path, slot);
        }
        let instead = self.instead.get(&view.site);
        match instead {
            None => out = self.described(view, value, path, slot),
            Some(Instead::Component(target)) => {
                out = self.described(&self.schemas.view(target), value, path, slot)
            }
            Some(Instead::Inferred) => {}
        }
        if instead.is_some() {
            out.report(Kind::Schema, &view.site, path, true).sample = Some(value);
        }
        if value.is_object() {
            let is_refused = instead.is_none() && out.breaking() > 0;
            out.uses.push((view.site.clone(), is_refused, value));
        }
        out.seen.push(view.site.clone());
        out
    }

    /// A value that is not null.
    fn described<'v>(&self, view: &View<'d>, value: &'v Value, path: &Path<'_>, slot: Slot) -> Outcome<'v> {
        let Some(first) = view.parts.first().filter(|_| self.step(slot)) else { return Outcome::default() };
        if let Some(group) = view.groups().into_iter().next() {
            return self.union(view, &group, value, path, slot);
        }
        if let Some(out) = self.heir(view, value, path, slot) {
            return out;
        }
        let mut out = Outcome::default();
        out.seen.extend(view.parts.iter().map(|part| part.at.clone()));
        if view.site != first.at && !view.is_reference {
            out.seen.push(view.site.clone());
        }
        if let Some((kind, part)) = view.kind().filter(|(kind, _)| !is_of(value, kind)) {
            let is_shared = matches!(kind, "object" | "array");
            let difference = out.report(Kind::Type, &part.at, path, true);
            difference.sample = Some(value);
            difference.site = Some(view.site.clone()).filter(|_| is_shared && view.is_reference);
            return out;
        }
        self.values(view, value, path, &mut out);
        match value {
            Value::Object(members) => self.object(view, members, value, path, slot, &mut out),
            Value::Array(items) => self.array(view, items, path, slot, &mut out),
            Value::String(text) => {
                out.known += 1;
                self.format(view, text, path, &mut out);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => out.known += 1,
        }
        out
    }

    /// `enum`.
    fn values<'v>(&self, view: &View<'d>, value: &'v Value, path: &Path<'_>, out: &mut Outcome<'v>) {
        if value.as_str().is_some_and(is_redacted) {
            return;
        }
        for part in &view.parts {
            let listed = array(part.map, "enum");
            let is_listed = listed.is_empty() || listed.iter().any(|one| is_same(one, value));
            if is_listed {
                continue;
            }
            let is_alike =
                listed.iter().any(|one| std::mem::discriminant(one) == std::mem::discriminant(value));
            // Enums of strings and of integers are open; others are read as their JSON type.
            let is_typed = listed.iter().all(Value::is_string) || listed.iter().all(Value::is_i64);
            let breaks = !is_alike && is_typed;
            out.constants += usize::from(listed.len() == 1);
            let name = self.shown(view, value, path);
            let difference = out.report(Kind::Value, &part.at, path, breaks);
            (difference.name, difference.sample) = (name, Some(value));
        }
    }

    fn array<'v>(
        &self,
        view: &View<'d>,
        items: &'v [Value],
        path: &Path<'_>,
        slot: Slot,
        out: &mut Outcome<'v>,
    ) {
        let own = |index: usize| -> Option<View<'d>> {
            let has = |part: &&Part<'d>| index < array(part.map, "prefixItems").len();
            let places = view.parts.iter().filter(has).map(|part| part.at.child("prefixItems").child(index));
            let places: Vec<Pointer> = places.collect();
            (!places.is_empty()).then(|| self.schemas.joined(&places))
        };
        let rest: Vec<Pointer> = view
            .parts
            .iter()
            .filter(|part| part.map.get("items").is_some_and(Value::is_object))
            .map(|part| part.at.child("items"))
            .collect();
        let rest = (!rest.is_empty()).then(|| self.schemas.joined(&rest));
        out.known += 1;
        for (index, item) in items.iter().enumerate() {
            let own = own(index);
            if let Some(view) = own.as_ref().or(rest.as_ref()) {
                let key = if own.is_some() { index.to_string() } else { "*".to_owned() };
                out.add(self.value(view, item, &path.key(&key), slot.below(false)));
            }
        }
    }
}
