//! What changed between two documents, by looking at nothing but their text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::document::{Document, escape};

mod operations;

/// A change that is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) what: &'static str,
    /// Where it stands in the old document; equal lists of values are one.
    pub(super) old: Vec<String>,
    /// Where it stands in the new document.
    pub(super) new: Vec<String>,
    /// What a comparison may call it.
    pub(super) kinds: &'static [&'static str],
}

/// All changes.
pub(super) fn list(old: &Document, new: &Document) -> Vec<Known> {
    let mut list = List { old, new, out: Vec::new() };
    list.document();
    list.schemas();
    list.operations();
    list.out
}

/// How many there are of each.
pub(super) fn counts(known: &[&Known]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    known.iter().for_each(|one| *counts.entry(one.what).or_default() += 1);
    counts
}

/// What explains words, but need not be said.
pub(super) const OTHERWISE: &str = "something else";

struct List<'d> {
    old: &'d Document,
    new: &'d Document,
    out: Vec<Known>,
}

type Kinds = &'static [&'static str];

impl<'d> List<'d> {
    fn add(&mut self, what: &'static str, kinds: Kinds, old: Option<&str>, new: Option<&str>) {
        let places = |place: Option<&str>| place.map(str::to_owned).into_iter().collect();
        self.out.push(Known { what, kinds, old: places(old), new: places(new) });
    }

    /// What stands outside of paths and schemas.
    fn document(&mut self) {
        let (a, b) = (self.old.root(), self.new.root());
        if a["info"] != b["info"] {
            self.add("info", &["documentation", "crate-renamed"], Some("/info"), Some("/info"));
        }
        let tops = |document: &Document| -> BTreeSet<String> {
            let tags = document.operations().into_iter().filter_map(|op| {
                let tag = document.at(&op.pointer)?["tags"][0].as_str()?.to_owned();
                Some(tag.split('.').next().unwrap_or_default().to_owned())
            });
            tags.collect()
        };
        for _ in tops(self.old).difference(&tops(self.new)) {
            self.add("tag gone", &["feature-removed"], Some("/tags"), Some("/tags"));
        }
        let schemes = |root: &'d Value| root["components"]["securitySchemes"].as_object();
        for key in names(schemes(a)).union(&names(schemes(b))) {
            let place = format!("/components/securitySchemes/{}", escape(key));
            let (x, y) = (self.old.at(&place), self.new.at(&place));
            if x != y {
                let kinds = &["credential-added", "credential-removed", "credential-changed"];
                self.add("security scheme", kinds, x.map(|_| &*place), y.map(|_| &*place));
            }
        }
    }

    fn schemas(&mut self) {
        let all = |document: &Document| document.component_schemas().into_iter().collect::<BTreeSet<_>>();
        let (a, b) = (all(self.old), all(self.new));
        for gone in a.difference(&b) {
            self.add("schema gone", &["type-removed", "type-renamed"], Some(gone), None);
        }
        for fresh in b.difference(&a) {
            self.add("schema new", &["type-added", "type-renamed"], None, Some(fresh));
        }
        for both in a.intersection(&b) {
            let (Some(x), Some(y)) = (self.old.at(both), self.new.at(both)) else { continue };
            self.schema((both, x), (both, y));
        }
    }

    /// Members, values and tags of a schema that is in both.
    fn schema(&mut self, (p, x): (&str, &'d Value), (q, y): (&str, &'d Value)) {
        let (a, b) = (x["properties"].as_object(), y["properties"].as_object());
        if a.is_none() != b.is_none() {
            return self.add("schema reshaped", &["type-reshaped"], Some(p), Some(q));
        }
        let (old, new) = (names(a), names(b));
        let at = |place: &str, name: &str| format!("{place}/properties/{}", escape(name));
        for name in old.difference(&new) {
            self.add(
                "member gone",
                &["field-removed", "field-renamed", "constant-changed"],
                Some(&at(p, name)),
                None,
            );
        }
        for name in new.difference(&old) {
            self.add(
                "member new",
                &["field-added", "field-renamed", "constant-changed"],
                None,
                Some(&at(q, name)),
            );
        }
        for name in old.intersection(&new) {
            let (of, is) = (&x["properties"][*name], &y["properties"][*name]);
            let must = |schema: &Value| {
                schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name))
            };
            let places = (at(p, name), at(q, name));
            self.member((&places.0, of, must(x)), (&places.1, is, must(y)));
        }
        self.values((p, x), (q, y));
    }

    fn member(&mut self, (p, x, was): (&str, &'d Value, bool), (q, y, is): (&str, &'d Value, bool)) {
        const TYPES: Kinds = &[
            "field-retyped",
            "type-reshaped",
            "constant-changed",
            "variant-added",
            "variant-removed",
            "type-renamed",
            "shape-added",
            "value-added",
        ];
        const PRESENCE: Kinds = &[
            "field-required",
            "field-optional",
            "field-nullable",
            "field-retyped",
            "constant-changed",
            "type-builders",
        ];
        const DEFAULTS: Kinds = &[
            "default-changed",
            "field-required",
            "field-optional",
            "field-nullable",
            "field-retyped",
            "documentation",
        ];
        let (a, b) = (shape(x), shape(y));
        if a != b && !a.is_empty() && !b.is_empty() && !self.is_renamed(&a, &b) {
            self.add("member retyped", TYPES, Some(p), Some(q));
        }
        if was != is {
            self.add("member required or not", PRESENCE, Some(p), Some(q));
        }
        if nullable(x) != nullable(y) {
            self.add("member nullable or not", PRESENCE, Some(p), Some(q));
        }
        if x["default"] != y["default"] {
            self.add("default of a member", DEFAULTS, Some(p), Some(q));
        }
        if words(x) != words(y) {
            self.add(
                "words about a member",
                &["documentation", "deprecated", "field-retyped"],
                Some(p),
                Some(q),
            );
        }
        self.values((p, x), (q, y));
        self.otherwise((p, x), (q, y));
    }

    /// Nodes that differ: a comparison may say more of them.
    fn otherwise(&mut self, (p, x): (&str, &'d Value), (q, y): (&str, &'d Value)) {
        if x != y {
            self.add(OTHERWISE, &[], Some(p), Some(q));
        }
    }

    /// Whether two shapes differ by references to schemas that are in one document only: that those are gone or new is known.
    fn is_renamed(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
        let only = |document: &Document, shape: &String| {
            let at = shape.trim_matches(['[', ']']).strip_prefix('#');
            at.is_some_and(|at| document.at(at).is_none())
        };
        a.difference(b).all(|shape| only(self.new, shape))
            && b.difference(a).all(|shape| only(self.old, shape))
    }

    /// Values of enums and tags of unions.
    fn values(&mut self, (p, x): (&str, &'d Value), (q, y): (&str, &'d Value)) {
        const ADDED: Kinds =
            &["value-added", "type-reshaped", "field-retyped", "constant-changed", "value-renamed"];
        const REMOVED: Kinds =
            &["value-removed", "type-reshaped", "field-retyped", "constant-changed", "value-renamed"];
        let of = |schema: &'d Value| -> BTreeSet<&'d str> {
            schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let (a, b) = (of(x), of(y));
        if !a.is_empty() && !b.is_empty() {
            let (old, new) = (alike(self.old.root(), p, &x["enum"]), alike(self.new.root(), q, &y["enum"]));
            let known = |what, kinds| Known { what, kinds, old: old.clone(), new: new.clone() };
            self.out.extend(b.difference(&a).map(|_| known("value new", ADDED)));
            self.out.extend(a.difference(&b).map(|_| known("value gone", REMOVED)));
        }
        let (c, d) = (&x["discriminator"], &y["discriminator"]);
        if c["propertyName"] != d["propertyName"] && c.is_object() && d.is_object() {
            self.add("tag of a union", &["tag-renamed"], Some(p), Some(q));
        }
        let tags = |of: &'d Value| names(of["mapping"].as_object());
        if c.is_object() && d.is_object() {
            for _ in tags(d).difference(&tags(c)) {
                self.add("variant new", &["variant-added", "variant-renamed"], Some(p), Some(q));
            }
            for _ in tags(c).difference(&tags(d)) {
                self.add("variant gone", &["variant-removed", "variant-renamed"], Some(p), Some(q));
            }
        }
    }
}

/// A place, and all that have an equal list of values.
fn alike(root: &Value, place: &str, values: &Value) -> Vec<String> {
    fn look(node: &Value, at: &str, values: &Value, found: &mut Vec<String>) {
        if node["enum"] == *values {
            found.push(at.to_owned());
        }
        match node {
            Value::Object(map) => {
                map.iter()
                    .for_each(|(key, node)| look(node, &format!("{at}/{}", escape(key)), values, found));
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(key, node)| look(node, &format!("{at}/{key}"), values, found));
            }
            _ => {}
        }
    }
    let mut found = vec![place.to_owned()];
    look(root, "", values, &mut found);
    found
}

fn names(map: Option<&serde_json::Map<String, Value>>) -> BTreeSet<&str> {
    map.into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

/// What a schema is, null aside: types, formats, references, items; empty where it says nothing.
fn shape(of: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let types: Vec<&str> = match &of["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let format = of["format"]
        .as_str()
        .filter(|format| ["date-time", "date", "binary", "byte", "uuid"].contains(format));
    out.extend(
        types.into_iter().filter(|ty| *ty != "null").map(|ty| format!("{ty} {}", format.unwrap_or_default())),
    );
    out.extend(of["$ref"].as_str().map(str::to_owned));
    for key in ["anyOf", "oneOf", "allOf"] {
        out.extend(of[key].as_array().into_iter().flatten().flat_map(shape));
    }
    if of.get("items").is_some() {
        out.extend(shape(&of["items"]).into_iter().map(|item| format!("[{item}]")));
    }
    out
}

fn nullable(of: &Value) -> bool {
    let is_null = |one: &Value| one == "null";
    is_null(&of["type"])
        || of["type"].as_array().is_some_and(|all| all.iter().any(is_null))
        || ["anyOf", "oneOf"]
            .iter()
            .any(|key| of[*key].as_array().is_some_and(|all| all.iter().any(nullable)))
}

fn words(of: &Value) -> Vec<&Value> {
    ["description", "deprecated", "minimum", "maximum", "minLength", "maxLength", "pattern"]
        .iter()
        .map(|key| &of[*key])
        .collect()
}
