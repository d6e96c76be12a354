//! Members that must be there, values and bounds of schemas, and discriminators.

use super::super::Change::{Other, Set};
use super::super::apply;
use super::super::{Kind, On};
use super::{BOTH, SHAPE, k};

pub(super) const KINDS: &[Kind] = &[
    // schemas: members that must be there
    k("required that is true", On::Member, "type=string", Set("required", "true"), SHAPE),
    k("required that is text", On::Schema, "properties type=object", Set("required", r#""id@""#), SHAPE),
    k("required with a number", On::Schema, "properties type=object", Set("required", "[@]"), SHAPE),
    k(
        "required that nobody declares",
        On::Schema,
        "properties type=object !allOf !additionalProperties",
        Set("required", r#"["nowhere@"]"#),
        &["keyword-ignored", "contradiction", "sloppy"],
    ),
    k("required twice", On::Schema, "required properties", Other(apply::required_twice), SHAPE),
    k(
        "required that is a mapping",
        On::Schema,
        "properties type=object",
        Set("required", r#"{"id@": true}"#),
        SHAPE,
    ),
    // schemas: values
    k("enum that is a mapping", On::Schema, "enum type=string", Set("enum", r#"{"a": "b@"}"#), SHAPE),
    k("enum that is text", On::Schema, "enum type=string", Set("enum", r#""a@""#), SHAPE),
    k(
        "enum without values",
        On::Schema,
        "enum type=string",
        Set("enum", "[]"),
        &["wrong-shape", "sloppy", "enum-value"],
    ),
    k("enum value twice", On::Schema, "enum type=string", Other(apply::value_twice), &["enum-value"]),
    k("enum value of another type", On::Schema, "enum type=string", Other(apply::odd_value), &["enum-value"]),
    k(
        "default of another type",
        On::Schema,
        "type=integer",
        Set("default", r#""old@""#),
        &["default-mismatch"],
    ),
    k(
        "default that is no value of the enum",
        On::Schema,
        "enum type=string",
        Set("default", r#""none-of-them@""#),
        &["default-mismatch"],
    ),
    k(
        "example of another type",
        On::Schema,
        "type=integer",
        Set("example", r#""old@""#),
        &["example-mismatch"],
    ),
    k(
        "example of an object that is text",
        On::Schema,
        "type=object properties",
        Set("example", r#""text@""#),
        &["example-mismatch"],
    ),
    // schemas: bounds
    k("pattern that is no pattern", On::Schema, "type=string !enum", Set("pattern", r#""^[a-z+@""#), BOTH),
    k("pattern that is open", On::Schema, "type=string !enum", Set("pattern", r#""(@""#), BOTH),
    k("pattern that is a number", On::Schema, "type=string !enum", Set("pattern", "@"), SHAPE),
    k(
        "minimum above maximum",
        On::Schema,
        "type=integer maximum !enum",
        Set("minimum", "9007199254740000"),
        BOTH,
    ),
    k("minimum that is text", On::Schema, "type=integer", Set("minimum", r#""low@""#), SHAPE),
    k("length below nothing", On::Schema, "type=string", Set("minLength", "-1"), SHAPE),
    k("length that is text", On::Schema, "type=string", Set("maxLength", r#""long@""#), SHAPE),
    k("length that is a fraction", On::Schema, "type=string", Set("maxLength", "1.5"), SHAPE),
    k(
        "step of nothing",
        On::Schema,
        "type=integer",
        Set("multipleOf", "0"),
        &["contradiction", "wrong-shape"],
    ),
    k("count that is text", On::Schema, "type=array", Set("maxItems", r#""many@""#), SHAPE),
    k("uniqueItems that is text", On::Schema, "type=array", Set("uniqueItems", r#""maybe@""#), SHAPE),
    k("exclusive bound of 3.1", On::Schema, "3.0 type=integer", Set("exclusiveMinimum", "@"), SHAPE),
    k("exclusive bound of 3.0", On::Schema, "3.1 type=integer", Set("exclusiveMinimum", "true"), SHAPE),
    k("read only and write only", On::Member, "type readOnly", Set("writeOnly", "true"), BOTH),
    // discriminators
    k("discriminator that is text", On::Schema, "oneOf", Set("discriminator", r#""type@""#), SHAPE),
    k(
        "discriminator without a member",
        On::Schema,
        "oneOf",
        Set("discriminator", r#"{"mapping": {}}"#),
        SHAPE,
    ),
    k(
        "discriminator that leads to nothing",
        On::Schema,
        "oneOf discriminator",
        Other(apply::mapping),
        &["discriminator", "unresolved-ref"],
    ),
];
