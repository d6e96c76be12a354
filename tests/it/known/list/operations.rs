//! What changed of operations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::document::{Document, Media, Operation, Param};

use super::{Kinds, Known, List, alike, shape};

impl<'d> List<'d> {
    pub(super) fn operations(&mut self) {
        let by = |document: &Document| -> BTreeMap<String, Operation> {
            let all = document.operations().into_iter();
            all.map(|op| (format!("{} {}", op.method, op.path), op)).collect()
        };
        let (a, b) = (by(self.old), by(self.new));
        for (route, op) in a.iter().filter(|(route, _)| !b.contains_key(*route)) {
            let again =
                b.iter().find(|(other, new)| !a.contains_key(*other) && new.id.is_some() && new.id == op.id);
            match again {
                Some((_, new)) => {
                    let kinds = &["operation-moved"];
                    self.add("operation moved", kinds, Some(&op.pointer), Some(&new.pointer));
                    self.operation(op, new);
                }
                None => self.add(
                    "operation gone",
                    &["operation-removed", "operation-moved"],
                    Some(&op.pointer),
                    None,
                ),
            }
            let _ = route;
        }
        for op in b.iter().filter(|(route, _)| !a.contains_key(*route)).map(|(_, op)| op) {
            self.add("operation new", &["operation-added", "operation-moved"], None, Some(&op.pointer));
        }
        for (route, op) in &a {
            if let Some(new) = b.get(route) {
                self.operation(op, new);
            }
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        self.params(old, new);
        self.words(old, new);
        self.answers(old, new);
        let (p, q) = (old.pointer.clone(), new.pointer.clone());
        const BODY: Kinds = &[
            "body-added",
            "body-removed",
            "body-required",
            "body-optional",
            "body-retyped",
            "media-type-added",
            "media-type-removed",
            "type-renamed",
            "operation-removed",
        ];
        match (&old.body, &new.body) {
            (Some(x), Some(y)) => {
                if x.required != y.required {
                    self.add("body required or not", BODY, Some(&x.pointer), Some(&y.pointer));
                }
                if self.carries_another(&x.media, &y.media) {
                    self.add("body of another schema", BODY, Some(&x.pointer), Some(&y.pointer));
                }
            }
            (None, None) => {}
            _ => self.add("body new or gone", BODY, Some(&p), Some(&q)),
        }
    }

    fn params(&mut self, old: &Operation, new: &Operation) {
        let key = |param: &Param| (param.name.clone(), param.location);
        for param in &old.params {
            match new.params.iter().find(|other| key(other) == key(param)) {
                Some(other) => self.param(param, other),
                None => self.add(
                    "parameter gone",
                    &["parameter-removed", "parameter-renamed", "parameter-encoding", "operation-removed"],
                    Some(&param.pointer),
                    None,
                ),
            }
        }
        for param in
            new.params.iter().filter(|param| !old.params.iter().any(|other| key(other) == key(param)))
        {
            self.add(
                "parameter new",
                &["parameter-added", "parameter-renamed", "parameter-encoding", "operation-added"],
                None,
                Some(&param.pointer),
            );
        }
    }

    fn words(&mut self, old: &Operation, new: &Operation) {
        let (p, q) = (old.pointer.clone(), new.pointer.clone());
        if old.security != new.security {
            // said once where it is so of all
            let places = |at: &str| vec![at.to_owned(), "/security".to_owned()];
            self.out.push(Known {
                what: "security",
                kinds: &["auth-changed"],
                old: places(&p),
                new: places(&q),
            });
        }
        let words = |document: &'d Document, at: &str| {
            let node = document.at(at).unwrap_or(&Value::Null);
            [&node["description"], &node["summary"], &node["deprecated"]]
        };
        if words(self.old, &p) != words(self.new, &q) {
            self.add(
                "words about an operation",
                &["documentation", "deprecated", "operation-removed"],
                Some(&p),
                Some(&q),
            );
        }
    }

    fn answers(&mut self, old: &Operation, new: &Operation) {
        let (p, q) = (old.pointer.clone(), new.pointer.clone());
        const STATUS: Kinds =
            &["status-added", "status-removed", "answer-retyped", "operation-removed", "operation-added"];
        for response in &old.responses {
            match new.responses.iter().find(|other| other.status == response.status) {
                Some(other) if self.carries_another(&response.media, &other.media) => {
                    const KINDS: Kinds = &[
                        "answer-retyped",
                        "error-retyped",
                        "media-type-added",
                        "type-renamed",
                        "variant-added",
                        "variant-removed",
                        "operation-removed",
                    ];
                    self.add(
                        "answer of another schema",
                        KINDS,
                        Some(&response.pointer),
                        Some(&other.pointer),
                    );
                }
                Some(_) => {}
                None => self.add("status gone", STATUS, Some(&response.pointer), Some(&q)),
            }
        }
        for response in &new.responses {
            if !old.responses.iter().any(|other| other.status == response.status) {
                self.add("status new", STATUS, Some(&p), Some(&response.pointer));
            }
        }
    }

    fn carries_another(&self, old: &[Media], new: &[Media]) -> bool {
        let (a, b) = (carried(self.old, old), carried(self.new, new));
        let renamed = |(media, shape): (&String, &BTreeSet<String>)| {
            b.get(media).is_some_and(|other| self.is_renamed(shape, other))
        };
        a.len() != b.len() || !a.iter().all(renamed)
    }

    fn param(&mut self, old: &Param, new: &Param) {
        let at = (Some(&*old.pointer), Some(&*new.pointer));
        if old.required != new.required {
            self.add(
                "parameter required or not",
                &["parameter-required", "parameter-optional", "operation-removed"],
                at.0,
                at.1,
            );
        }
        let schema = |document: &'d Document, param: &Param| {
            param.schema.as_ref().and_then(|place| document.at(place)).unwrap_or(&Value::Null)
        };
        let (x, y) = (schema(self.old, old), schema(self.new, new));
        if shape(x) != shape(y) {
            self.add(
                "parameter retyped",
                &[
                    "parameter-retyped",
                    "parameter-encoding",
                    "operation-removed",
                    "value-added",
                    "value-removed",
                ],
                at.0,
                at.1,
            );
        }
        if x["default"] != y["default"] {
            self.add("default of a parameter", &["default-changed", "operation-removed"], at.0, at.1);
        }
        let (was, is) = (deep(x), deep(y));
        const VALUES: Kinds = &["value-added", "value-removed", "parameter-retyped", "operation-removed"];
        if was != is && !was.is_empty() && !is.is_empty() {
            let places = |document: &Document, at: &str, of: &Value| -> Vec<String> {
                enums(of).into_iter().flat_map(|values| alike(document.root(), at, values)).collect()
            };
            let (old, new) = (places(self.old, &old.pointer, x), places(self.new, &new.pointer, y));
            self.out.push(Known { what: "values of a parameter", kinds: VALUES, old, new });
        }
        self.otherwise((&old.pointer, x), (&new.pointer, y));
    }
}

/// All values of enums in a schema.
fn deep(of: &Value) -> BTreeSet<&str> {
    enums(of)
        .into_iter()
        .flat_map(|values| values.as_array().into_iter().flatten().filter_map(Value::as_str))
        .collect()
}

/// All lists of values in a schema.
fn enums(of: &Value) -> Vec<&Value> {
    match of {
        Value::Object(map) => map.get("enum").into_iter().chain(map.values().flat_map(enums)).collect(),
        Value::Array(items) => items.iter().flat_map(enums).collect(),
        _ => Vec::new(),
    }
}

/// What media types carry.
fn carried(document: &Document, media: &[Media]) -> BTreeMap<String, BTreeSet<String>> {
    let shape_of = |media: &Media| media.schema.as_ref().and_then(|at| document.at(at)).map(shape);
    media.iter().map(|media| (media.name.clone(), shape_of(media).unwrap_or_default())).collect()
}
