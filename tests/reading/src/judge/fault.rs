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
            // A type may come from a place that is written as no schema should be.
            Err(e) => {
                let limit = Some("no schema that a validator can read".to_owned());
                return Some(Fault { limit, reason: format!("no validator: {e}") });
            }
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
    let at = location(error);
    if ["/then/", "/else/", "/dependentSchemas/"].iter().any(|key| at.contains(key)) {
        return Some("a condition (`if`)".to_owned());
    }
    match error.kind() {
        Kind::FalseSchema => Some("a `false` schema".to_owned()),
        Kind::Type { .. } if at.contains("/prefixItems/") => {
            Some("`prefixItems` of an array that is a list in Rust".to_owned())
        }
        Kind::AdditionalProperties { .. } if has_patterns(document, &at) => {
            Some("`patternProperties`".to_owned())
        }
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
        Kind::Enum { options } if options.as_array().is_some_and(Vec::is_empty) => {
            Some("an `enum` without values".to_owned())
        }
        Kind::Required { property } if is_undeclared(document, error, property) => {
            Some("a required property that the schema does not declare".to_owned())
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

/// Whether the schema with this `additionalProperties` has patterns for the names.
fn has_patterns(document: &Document, at: &str) -> bool {
    let schema = at.strip_suffix("/additionalProperties").and_then(|schema| document.at(schema));
    schema.is_some_and(|schema| schema.get("patternProperties").is_some())
}

/// Whether the branches of a union declare nothing, so that they are conditions for the properties beside them.
fn only_demands(document: &Document, error: &ValidationError<'_>) -> bool {
    let pointer = location(error);
    let declares = |branch: &Value| {
        ["$ref", "type", "enum", "const", "allOf", "items"].iter().any(|key| branch.get(key).is_some())
            || branch["properties"].as_object().is_some_and(|members| !members.is_empty())
    };
    let branches = document.at(&pointer).and_then(Value::as_array);
    branches.is_some_and(|branches| !branches.is_empty() && !branches.iter().any(declares))
}

/// Whether a property that is missing is declared nowhere: the schema has properties, not this one, and stands in no composition.
fn is_undeclared(document: &Document, error: &ValidationError<'_>, property: &Value) -> bool {
    let (location, name) = (location(error), property.as_str().unwrap_or_default());
    let composes = ["allOf", "anyOf", "oneOf"];
    let inside = composes.iter().any(|key| location.contains(&format!("/{key}/")));
    let schema = location.strip_suffix("/required").and_then(|schema| document.at(schema));
    schema.is_some_and(|schema| {
        let around = composes.iter().any(|key| schema.get(key).is_some());
        !inside && !around && schema["properties"].as_object().is_some_and(|all| !all.contains_key(name))
    })
}

/// The pointer of the keyword that is not kept.
fn location(error: &ValidationError<'_>) -> String {
    let location = error.absolute_keyword_location().and_then(|location| location.fragment());
    percent::decode(location.map_or("", |fragment| fragment.as_str()))
}
