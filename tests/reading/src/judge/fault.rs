//! Why a value does not fit: because it is of another kind, or because it does not keep a limit.

use super::Judge;
use crate::document::Document;
use crate::percent;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

/// Why a value does not fit a schema.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The limit that it does not keep, where that is all: types do not say such limits.
    pub limit: Option<String>,
    /// What the validator says.
    pub reason: String,
}

impl Judge {
    /// Why a value does not fit the schema at this pointer; `None` if it does.
    pub fn fault(&self, document: &Document, pointer: &str, value: &Value) -> Option<Fault> {
        let validator = self.validator(pointer);
        let validator = match validator.as_ref() {
            Ok(validator) => validator,
            Err(e) => return Some(Fault { limit: None, reason: format!("no validator: {e}") }),
        };
        let mut found: Option<Fault> = None;
        for error in validator.iter_errors(value) {
            let limit = limit(document, &error);
            let is_real = limit.is_none();
            if is_real || found.is_none() {
                found = Some(Fault { limit, reason: format!("{}: {error}", error.instance_path()) });
            }
            if is_real {
                break;
            }
        }
        found
    }
}

/// The limit that is not kept; `None` where more is wrong.
fn limit(document: &Document, error: &ValidationError<'_>) -> Option<String> {
    match error.kind() {
        Kind::OneOfMultipleValid { .. } => Some("fits several branches of a `oneOf`".to_owned()),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } if only_demands(document, error) => {
            Some("branches that only demand properties".to_owned())
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            // A branch that would fit but for its limits.
            context.iter().find_map(|branch| {
                let limits: Option<Vec<String>> = branch.iter().map(|error| limit(document, error)).collect();
                limits?.into_iter().next()
            })
        }
        kind => {
            let keyword = kind.keyword();
            LIMITS.contains(&keyword).then(|| format!("`{keyword}`"))
        }
    }
}

/// Keywords that no type says.
const LIMITS: [&str; 19] = [
    "contains",
    "contentEncoding",
    "contentMediaType",
    "dependentRequired",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "uniqueItems",
];

/// Whether the branches of a union declare nothing, so that they are conditions for the properties beside them.
fn only_demands(document: &Document, error: &ValidationError<'_>) -> bool {
    let Some(location) = error.absolute_keyword_location() else { return false };
    let pointer = percent::decode(location.fragment().map_or("", |fragment| fragment.as_str()));
    let declares = |branch: &Value| {
        ["$ref", "type", "enum", "const", "allOf", "items"].iter().any(|key| branch.get(key).is_some())
            || branch["properties"].as_object().is_some_and(|members| !members.is_empty())
    };
    let branches = document.at(&pointer).and_then(Value::as_array);
    branches.is_some_and(|branches| !branches.is_empty() && !branches.iter().any(declares))
}
