//! References, and what stands at the root of a document.

use super::super::Change::{Other, Remove, Set};
use super::super::apply;
use super::super::{Kind, On};
use super::{NOWHERE, SHAPE, UNKNOWN, UNUSED, k};

/// A reference to a thing with a schema in the place of one, or the other way round, is plain enough to be read.
const PART: &[&str] = &["wrong-ref", "sloppy"];

pub(super) const KINDS: &[Kind] = &[
    // references
    k(
        "schema reference to nothing",
        On::SchemaRef,
        "",
        Set("$ref", r##""#/components/schemas/Nowhere@""##),
        NOWHERE,
    ),
    k(
        "schema reference with a slip of case",
        On::SchemaRef,
        "",
        Set("$ref", r##""#/Components/schemas/Nowhere@""##),
        NOWHERE,
    ),
    k("reference into the void", On::SchemaRef, "", Set("$ref", r##""#/definitions/Nowhere@""##), NOWHERE),
    k(
        "reference with a bad escape",
        On::SchemaRef,
        "",
        Set("$ref", r##""#/components/schemas/No~7where@""##),
        NOWHERE,
    ),
    k(
        "reference without a hash",
        On::SchemaRef,
        "",
        Set("$ref", r#""/components/schemas/Nowhere@""#),
        &["unresolved-ref", "external-ref"],
    ),
    k(
        "reference to a file that is not there",
        On::SchemaRef,
        "",
        Set("$ref", r##""nowhere@.yaml#/Thing""##),
        &["unresolved-ref", "external-ref"],
    ),
    k(
        "reference to another host",
        On::SchemaRef,
        "",
        Set("$ref", r#""https://example.com/nowhere@.json""#),
        &["unresolved-ref", "external-ref"],
    ),
    k(
        "empty reference",
        On::SchemaRef,
        "",
        Set("$ref", r#""""#),
        &["unresolved-ref", "external-ref", "wrong-ref"],
    ),
    k("reference that is a number", On::SchemaRef, "", Set("$ref", "@"), SHAPE),
    k("reference that is a list", On::SchemaRef, "", Set("$ref", r##"["#/components/schemas/A@"]"##), SHAPE),
    k("schema reference to an answer", On::SchemaRef, "", Other(apply::schema_to_response), PART),
    k(
        "sibling of a reference in 3.0",
        On::SchemaRef,
        "3.0",
        Set("minLength", "@"),
        &["keyword-ignored", "sloppy"],
    ),
    k("unknown sibling of a reference", On::SchemaRef, "", Set("nulable@", "true"), UNUSED),
    k(
        "parameter reference to nothing",
        On::ParameterRef,
        "",
        Set("$ref", r##""#/components/parameters/Nowhere@""##),
        NOWHERE,
    ),
    k("parameter reference to a schema", On::ParameterRef, "", Other(apply::wrong_kind), &["wrong-ref"]),
    k(
        "answer reference to nothing",
        On::ResponseRef,
        "",
        Set("$ref", r##""#/components/responses/Nowhere@""##),
        NOWHERE,
    ),
    k("answer reference to a schema", On::ResponseRef, "", Other(apply::wrong_kind), PART),
    k("reference to itself", On::Schemas, "", Other(apply::cycle), &["ref-cycle"]),
    // the document
    k("unknown member of the document", On::Root, "", Set("serverz@", "[]"), UNKNOWN),
    k("unknown member of info", On::Info, "", Set("titel@", r#""x""#), UNKNOWN),
    k("unknown member of components", On::Components, "", Set("schema@", "{}"), UNKNOWN),
    k("unknown member of a tag", On::Tag, "", Set("descripton@", r#""x""#), UNKNOWN),
    k("unknown member of a server", On::Server, "", Set("urll@", r#""x""#), UNKNOWN),
    k("tag without a name", On::Tag, "name", Remove("name"), SHAPE),
    k("server without a URL", On::Server, "url", Remove("url"), SHAPE),
    k("server URL that is a number", On::Server, "", Set("url", "@"), SHAPE),
    k(
        "variable of a server that is not declared",
        On::Server,
        "!variables",
        Set("url", r#""https://{nowhere@}.example.com""#),
        &["server-variable"],
    ),
    k(
        "variable of a server without a default",
        On::Server,
        "!variables",
        Set("variables", r#"{"stray@": {}}"#),
        &["server-variable", "wrong-shape"],
    ),
    k("component name with a space", On::Schemas, "", Set("a name@", r#"{"type": "string"}"#), SHAPE),
    k("schema that is text", On::Schemas, "", Set("Text@", r#""string""#), SHAPE),
    k("schema that is a list", On::Schemas, "", Set("List@", r#"[{"type": "string"}]"#), SHAPE),
    k("schema that is a number", On::Schemas, "", Set("Number@", "@"), SHAPE),
];
