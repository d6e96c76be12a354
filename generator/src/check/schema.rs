//! Schemas: bounds, required members, values, defaults, examples, discriminators.

use serde_json::Value;

use super::context::{BRANCHES, Check, Object, array, members};
use super::fits::{Fits, below, is, short};
use crate::diag::{Code, Diagnostic, suggest};
use crate::pointer::Path;
use crate::tree::get;

/// What to say of a `required` member that nobody declares.
pub(crate) fn undeclared<'n>(name: &str, declared: impl IntoIterator<Item = &'n str>) -> (String, String) {
    let help = match suggest(name, declared) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "it is kept with the undeclared properties; declare it, or correct the name".to_owned(),
    };
    (format!("`required` lists `{name}`, which `properties` does not declare"), help)
}

/// Formats of numbers that are known.
const NUMBERS: [&str; 18] = [
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "int",
    "integer",
    "long",
    "float",
    "double",
    "decimal",
    "number",
    "timestamp",
    "unixtime",
];

impl<'d> Check<'d, '_> {
    /// Walks a schema and those inside it. Its depth is that of the document, which reading has bounded.
    pub(super) fn schema(&mut self, schema: &'d Value, at: &Path<'_>) {
        let Some(map) = schema.as_object() else { return };
        if self.refers(map, "schemas", at) {
            return;
        }
        self.bounds(map, at);
        self.values(map, at);
        self.required(map, at);
        self.format(map, at);
        self.discriminator(map, at);
        self.pattern(map, at);
        if let Some(default) = get(map, "default").filter(|value| !value.is_null()) {
            self.given(schema, default, &at.key("default"), Code::DefaultMismatch);
        }
        if let Some(example) = get(map, "example") {
            self.example(schema, example, &at.key("example"));
        }
        let flag = |key: &str| get(map, key).and_then(Value::as_bool) == Some(true);
        if flag("readOnly") && flag("writeOnly") {
            let message = "a property cannot be both `readOnly` and `writeOnly`".to_owned();
            let diagnostic = self
                .found(Code::Contradiction, &at.key("writeOnly"), message)
                .also(&self.origin(&at.key("readOnly")), "declared here, too")
                .help("both are ignored; remove one of them");
            self.sink.report(diagnostic);
        }
        let here = at.key("properties");
        for (name, member) in members(map, "properties") {
            self.schema(member, &here.key(name));
        }
        for key in ["items", "not", "additionalProperties"] {
            if let Some(inner) = get(map, key) {
                self.schema(inner, &at.key(key));
            }
        }
        for key in BRANCHES.into_iter().chain(["prefixItems"]) {
            let here = at.key(key);
            for (index, branch) in array(map, key).iter().enumerate() {
                self.branch(branch, &here.item(index));
            }
        }
    }

    /// A schema to which others may add something.
    pub(super) fn branch(&mut self, schema: &'d Value, at: &Path<'_>) {
        let alone = std::mem::replace(&mut self.alone, false);
        self.schema(schema, at);
        self.alone = alone;
    }

    /// The values of an `enum` are of its type, and each is there once.
    fn values(&mut self, schema: &'d Object, at: &Path<'_>) {
        let values = array(schema, "enum");
        let kind = get(schema, "type").and_then(Value::as_str);
        let nullable = get(schema, "nullable").and_then(Value::as_bool) == Some(true);
        let here = at.key("enum");
        let mut seen = std::collections::HashMap::new();
        for (index, value) in values.iter().enumerate() {
            if let Some(first) = seen.insert(value.to_string(), index) {
                let diagnostic = self
                    .found(
                        Code::EnumValue,
                        &here.item(index),
                        format!("`enum` lists `{}` twice", short(value)),
                    )
                    .also(&self.origin(&here.item(first)), "first declared here")
                    .help("remove one of them");
                self.sink.report(diagnostic);
            } else if let Some(kind) = kind.filter(|kind| !(is(value, kind) || nullable && value.is_null())) {
                let message = format!("the enum value `{}` is not of type `{kind}`", short(value));
                let diagnostic = self
                    .found(Code::EnumValue, &here.item(index), message)
                    .also(&self.origin(&at.key("type")), format!("the type is `{kind}`"))
                    .help("correct the value or the type");
                self.sink.report(diagnostic);
            }
        }
    }

    /// `required` names each member once.
    fn required(&mut self, schema: &'d Object, at: &Path<'_>) {
        let here = at.key("required");
        let mut seen = std::collections::HashSet::new();
        for (index, name) in array(schema, "required").iter().enumerate() {
            if !seen.insert(name.as_str()) {
                let message = format!("`required` lists `{}` twice", name.as_str().unwrap_or_default());
                self.value(Code::Sloppy, &here.item(index), message, "remove one of them");
            }
        }
        // Others are merged first, where their types are made.
        let composed = BRANCHES.iter().any(|key| schema.contains_key(*key));
        let is_object = get(schema, "type").is_none_or(|kind| kind == "object");
        let Some(declared) = get(schema, "properties").and_then(Value::as_object) else { return };
        if !self.alone || composed || !is_object || declared.is_empty() {
            return;
        }
        for (index, name) in array(schema, "required").iter().enumerate() {
            let Some(name) = name.as_str().filter(|name| !declared.contains_key(*name)) else { continue };
            let (message, help) = undeclared(name, declared.keys().map(String::as_str));
            self.value(Code::KeywordIgnored, &here.item(index), message, &help);
        }
    }

    /// Formats of numbers; those of strings are looked at where their types are chosen.
    fn format(&mut self, schema: &'d Object, at: &Path<'_>) {
        let text = |key: &str| get(schema, key).and_then(Value::as_str);
        let (Some(kind @ ("integer" | "number")), Some(format)) = (text("type"), text("format")) else {
            return;
        };
        if NUMBERS.contains(&format) || format.starts_with("unix") || format.starts_with("date") {
            return;
        }
        let used = if kind == "integer" { "i64" } else { "f64" };
        let message = format!("the format `{format}` has no Rust type; `{used}` is used");
        let help = suggest(format, NUMBERS)
            .map_or("remove it, or use a known format".to_owned(), |near| format!("did you mean `{near}`?"));
        self.value(Code::FormatUnknown, &at.key("format"), message, &help);
    }

    /// What a mapping names is there, and the branches have the member that tells them apart.
    fn discriminator(&mut self, schema: &'d Object, at: &Path<'_>) {
        let Some(map) = get(schema, "discriminator").and_then(Value::as_object) else { return };
        let outer = at.key("discriminator");
        self.tag_member(schema, map, &outer);
        let home = outer.key("mapping");
        let default = map.get_key_value("defaultMapping").map(|(key, target)| (outer.key(key), key, target));
        let mapping = members(map, "mapping").map(|(tag, target)| (home.key(tag), tag, target));
        for (place, tag, target) in mapping.chain(default) {
            let Some(target) = target.as_str() else { continue };
            let schemas = self.doc.root().pointer("/components/schemas").and_then(Value::as_object);
            let by_name = schemas.is_some_and(|all| all.contains_key(target));
            if by_name
                || self.doc.target(target).is_some()
                || (!target.starts_with('#') && target.contains(['/', '#', '.']))
            {
                continue;
            }
            let name = target.rsplit('/').next().unwrap_or_default();
            let near = suggest(name, schemas.into_iter().flatten().map(|(name, _)| name.as_str()));
            let diagnostic = self
                .found(
                    Code::Discriminator,
                    &place,
                    format!("the mapping of `{tag}` does not resolve: `{target}` does not exist"),
                )
                .help(match near {
                    Some(near) => format!("did you mean `#/components/schemas/{near}`?"),
                    None => "declare the schema, or correct the mapping".to_owned(),
                });
            self.sink.report(diagnostic);
        }
    }

    /// The member that `propertyName` names is declared by the branches, or by one of them where it may be a slip.
    fn tag_member(&mut self, schema: &'d Object, map: &'d Object, at: &Path<'_>) {
        let name = get(map, "propertyName").and_then(Value::as_str).unwrap_or_default();
        if name.is_empty() {
            return;
        }
        let branches = array(schema, "oneOf").iter().chain(array(schema, "anyOf"));
        let declared: Option<Vec<&'d Object>> = branches
            .map(|branch| {
                let target = branch.get("$ref").and_then(Value::as_str).and_then(|to| self.doc.target(to));
                let branch = target.map_or(branch, |place| place.value);
                // Members may come from elsewhere, too: then nobody knows without merging.
                let plain = ["allOf", "anyOf", "oneOf", "$ref"].iter().all(|key| branch.get(*key).is_none());
                branch.get("properties").and_then(Value::as_object).filter(|_| plain)
            })
            .collect();
        let Some(declared) = declared.filter(|all| !all.is_empty()) else { return };
        if schema.contains_key("properties") || declared.iter().any(|members| members.contains_key(name)) {
            return;
        }
        let message = format!("the discriminator names the property `{name}`, which no branch declares");
        let known = declared.iter().flat_map(|members| members.keys().map(String::as_str));
        let help = match suggest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it in each branch, with the tags as its values".to_owned(),
        };
        self.value(Code::Discriminator, &at.key("propertyName"), message, &help);
    }

    /// A pattern that no reader of regular expressions takes.
    fn pattern(&mut self, schema: &'d Object, at: &Path<'_>) {
        let Some(pattern) = get(schema, "pattern").and_then(Value::as_str) else { return };
        if let Some(why) = super::pattern::broken(pattern) {
            let message = format!("the pattern `{pattern}` is not a valid regular expression: {why}");
            self.value(Code::Contradiction, &at.key("pattern"), message, "correct or remove it");
        }
    }

    /// Reports an example that does not fit. One that is no string may be written as its JSON text (OpenAPI 3.1, section
    /// 4.8.14).
    pub(super) fn example(&mut self, schema: &'d Value, example: &Value, at: &Path<'_>) {
        let text = example.as_str().filter(|text| text.trim_start().starts_with(['{', '[']));
        let meant = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
        let is_meant = meant.is_some_and(|value| Fits::check(self.doc, schema, &value).is_none());
        if !example.is_null() && !is_meant {
            self.given(schema, example, at, Code::ExampleMismatch);
        }
    }

    fn given(&mut self, schema: &'d Value, value: &Value, at: &Path<'_>, code: Code) {
        let Some(mismatch) = Fits::check(self.doc, schema, value) else { return };
        let what = if code == Code::DefaultMismatch { "default" } else { "example" };
        let is_reference = |map: &Object| map.len() == 1 && get(map, "$ref").is_some_and(Value::is_string);
        if mismatch.way.is_empty() && value.as_object().is_some_and(is_reference) {
            let message = format!("the {what} is a `$ref`, which is not followed inside values");
            let help = "write the value itself, or move the `$ref` to the example object";
            return self.value(code, at, message, help);
        }
        let place = self.doc.origin(&below(at, &mismatch.way));
        let message = format!("the {what} does not match its schema: {}", mismatch.why);
        self.sink
            .report(Diagnostic::new(code, &place, message).help(format!("correct the {what} or the schema")));
    }
}
