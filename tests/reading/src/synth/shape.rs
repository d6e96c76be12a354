//! Everything that one value must fit at once: the schemas that `allOf`, references and decided unions bring together.

use serde_json::{Map, Value};

/// Schemas that one value must fit, unions decided.
#[derive(Default)]
pub(super) struct Shape<'d> {
    /// Place and keywords of each.
    pub(super) nodes: Vec<(String, &'d Map<String, Value>)>,
    /// Members that discriminators demand.
    pub(super) tags: Vec<(String, Value)>,
    /// How many unions had more than one branch to choose from.
    pub(super) unions: usize,
}

impl<'d> Shape<'d> {
    /// Adds a schema.
    pub(super) fn add(&mut self, place: &str, map: &'d Map<String, Value>) {
        self.nodes.push((place.to_owned(), map));
    }

    /// The values of a keyword in all schemas that have it.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = &'d Value> {
        self.nodes.iter().filter_map(move |(_, map)| map.get(key))
    }

    /// The largest number under any of these keywords.
    pub(super) fn most(&self, key: &str) -> Option<f64> {
        self.all(key).filter_map(Value::as_f64).reduce(f64::max)
    }

    /// The smallest number under any of these keywords.
    pub(super) fn least(&self, key: &str) -> Option<f64> {
        self.all(key).filter_map(Value::as_f64).reduce(f64::min)
    }

    /// A count such as `minItems`.
    pub(super) fn count(&self, key: &str) -> Option<usize> {
        self.most(key).map(|n| n as usize)
    }

    /// The first text under a keyword.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.all(key).find_map(Value::as_str)
    }

    /// The values that `const` and `enum` leave; `None` where neither stands.
    pub(super) fn values(&self) -> Option<Vec<Value>> {
        let mut left: Option<Vec<Value>> = None;
        let lists = self.all("enum").filter_map(Value::as_array).cloned();
        for list in lists.chain(self.all("const").map(|value| vec![value.clone()])) {
            left = Some(match left {
                Some(old) => old.into_iter().filter(|value| list.contains(value)).collect(),
                None => list,
            });
        }
        left
    }

    /// The types that are left, `null` aside; empty where nothing says what the type is.
    pub(super) fn types(&self) -> Vec<String> {
        let mut left: Option<Vec<String>> = None;
        for value in self.all("type") {
            let here: Vec<String> = match value {
                Value::Array(types) => types.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                one => one.as_str().map(str::to_owned).into_iter().collect(),
            };
            left = Some(match left {
                Some(old) if here.iter().any(|t| t == "number") => {
                    old.into_iter().filter(|t| here.contains(t) || t == "integer").collect()
                }
                Some(old) if old.iter().any(|t| t == "number") => {
                    here.into_iter().filter(|t| old.contains(t) || t == "integer").collect()
                }
                Some(old) => old.into_iter().filter(|t| here.contains(t)).collect(),
                None => here,
            });
        }
        let mut types = left.unwrap_or_default();
        if types.len() > 1 {
            types.retain(|t| t != "null");
        }
        types
    }

    /// The type that the other keywords speak of.
    pub(super) fn implied(&self) -> Option<&'static str> {
        const SIGNS: [(&str, &[&str]); 4] = [
            (
                "object",
                &["properties", "additionalProperties", "required", "patternProperties", "minProperties"],
            ),
            ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
            ("string", &["pattern", "minLength", "maxLength", "contentEncoding"]),
            ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ];
        let has = |keys: &[&str]| keys.iter().any(|key| self.all(key).next().is_some());
        if !self.tags.is_empty() {
            return Some("object");
        }
        let by_format = || {
            let format = self.text("format")?;
            let numeric =
                ["int", "uint", "float", "double", "decimal"].iter().any(|kind| format.starts_with(kind));
            Some(if numeric { "number" } else { "string" })
        };
        SIGNS.iter().find(|(_, keys)| has(keys)).map(|(kind, _)| *kind).or_else(by_format)
    }
}
