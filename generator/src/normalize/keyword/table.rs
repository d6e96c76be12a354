//! The tables, one per kind of object, each sorted by name (a test says so).

use super::Effect::{Ignored, Lost, Rewritten, Silent, Stashed, Used};
use super::ObjectKind;
use super::Since::{Elsewhere, V30, V31, V32};
use super::ValueShape::{
    Count, Data, Flag, List, Map, Names, Number, One, Paths, Requirements, Responses, SchemaOrFlag, Text,
    TextMap, Texts, Type, Values, Word,
};
use super::family::{ARRAY, NUMBER, OBJECT, STRING};
use super::{Effect, Keyword, Since, ValueShape, mark};

const fn row(name: &'static str, since: Since, shape: ValueShape, effect: Effect) -> Keyword {
    Keyword { name, since, shape, effect, family: 0 }
}

/// A schema keyword that says something only about values of some JSON types.
const fn of(family: u8, name: &'static str, since: Since, shape: ValueShape, effect: Effect) -> Keyword {
    Keyword { name, since, shape, effect, family }
}

const PEOPLE: Effect = Silent("it is for readers of the document");
const DIALECT: Effect = Silent("the version of OpenAPI decides the dialect");
const SERVED: Effect = Silent("response headers are read by name and have no types");
const ENCODED: Effect = Silent("it does not change how a value is encoded");
const SHOWN: Effect = Silent("examples are taken from `value`");
const COMPARED: Effect = Silent("it is only compared with the schema");
const GUIDE: Effect = Silent("it is for people who obtain a credential");
const UNCHECKED: Effect = Ignored("values that break this condition are accepted");
const UNFOLLOWED: Effect = Ignored("it is not resolved; use `$ref`");
const NO_CALLBACKS: Effect = Stashed("the server makes these requests; only their bodies become types");
const NO_LINKS: Effect = Stashed("links between operations are not generated");

const DOCUMENT: &[Keyword] = &[
    row("$self", V32, Text, DIALECT),
    row("components", V30, One(ObjectKind::Components), Used),
    row("externalDocs", V30, One(ObjectKind::ExternalDocs), PEOPLE),
    row("info", V30, One(ObjectKind::Info), Used),
    row("jsonSchemaDialect", V31, Text, DIALECT),
    row("openapi", V30, Text, Used),
    row("paths", V30, Paths, Used),
    row("security", V30, Requirements, Used),
    row("servers", V30, List(ObjectKind::Server), Used),
    row("tags", V30, List(ObjectKind::Tag), Used),
    row("webhooks", V31, Data, NO_CALLBACKS),
];

const INFO: &[Keyword] = &[
    row("contact", V30, One(ObjectKind::Contact), PEOPLE),
    row("description", V30, Text, Used),
    row("license", V30, One(ObjectKind::License), PEOPLE),
    row("summary", V31, Text, Used),
    row("termsOfService", V30, Text, PEOPLE),
    row("title", V30, Text, Used),
    row("version", V30, Text, Used),
];

const CONTACT: &[Keyword] =
    &[row("email", V30, Text, PEOPLE), row("name", V30, Text, PEOPLE), row("url", V30, Text, PEOPLE)];

const LICENSE: &[Keyword] =
    &[row("identifier", V31, Text, PEOPLE), row("name", V30, Text, PEOPLE), row("url", V30, Text, PEOPLE)];

const SERVER: &[Keyword] = &[
    row("description", V30, Text, PEOPLE),
    row("name", V32, Text, PEOPLE),
    row("url", V30, Text, Used),
    row("variables", V30, Map(ObjectKind::ServerVariable), Used),
];

const SERVER_VARIABLE: &[Keyword] = &[
    row("default", V30, Text, Used),
    row("description", V30, Text, PEOPLE),
    row("enum", V30, Texts, Silent("it is only compared with the default")),
];

const COMPONENTS: &[Keyword] = &[
    row("callbacks", V30, Data, NO_CALLBACKS),
    row("examples", V30, Map(ObjectKind::Example), Used),
    row("headers", V30, Map(ObjectKind::Header), Used),
    row("links", V30, Data, NO_LINKS),
    row("mediaTypes", V32, Data, Used),
    row("parameters", V30, Map(ObjectKind::Parameter), Used),
    row("pathItems", V31, Data, Used),
    row("requestBodies", V30, Map(ObjectKind::RequestBody), Used),
    row("responses", V30, Map(ObjectKind::Response), Used),
    row("schemas", V30, Map(ObjectKind::Schema), Used),
    row("securitySchemes", V30, Map(ObjectKind::SecurityScheme), Used),
];

const PATH_ITEM: &[Keyword] = &[
    row("additionalOperations", V32, Data, Used),
    row("delete", V30, One(ObjectKind::Operation), Used),
    row("description", V30, Text, PEOPLE),
    row("get", V30, One(ObjectKind::Operation), Used),
    row("head", V30, One(ObjectKind::Operation), Used),
    row("options", V30, One(ObjectKind::Operation), Used),
    row("parameters", V30, List(ObjectKind::Parameter), Used),
    row("patch", V30, One(ObjectKind::Operation), Used),
    row("post", V30, One(ObjectKind::Operation), Used),
    row("put", V30, One(ObjectKind::Operation), Used),
    row("query", V32, One(ObjectKind::Operation), Used),
    row("servers", V30, List(ObjectKind::Server), Used),
    row("summary", V30, Text, PEOPLE),
    row("trace", V30, One(ObjectKind::Operation), Used),
];

const OPERATION: &[Keyword] = &[
    row("callbacks", V30, Data, NO_CALLBACKS),
    row("deprecated", V30, Flag, Used),
    row("description", V30, Text, Used),
    row("externalDocs", V30, One(ObjectKind::ExternalDocs), Used),
    row("operationId", V30, Text, Used),
    row("parameters", V30, List(ObjectKind::Parameter), Used),
    row("requestBody", V30, One(ObjectKind::RequestBody), Used),
    row("responses", V30, Responses, Used),
    row("security", V30, Requirements, Used),
    row("servers", V30, List(ObjectKind::Server), Used),
    row("summary", V30, Text, Used),
    row("tags", V30, Texts, Used),
];

const EXTERNAL_DOCS: &[Keyword] = &[row("description", V30, Text, PEOPLE), row("url", V30, Text, Used)];

/// Every word that any place of a parameter allows; which place allows which is checked with the place known.
const STYLES: &[&str] =
    &["cookie", "deepObject", "form", "label", "matrix", "pipeDelimited", "simple", "spaceDelimited"];

const PARAMETER: &[Keyword] = &[
    row("allowEmptyValue", V30, Flag, ENCODED),
    row("allowReserved", V30, Flag, Used),
    row("content", V30, Map(ObjectKind::MediaType), Used),
    row("deprecated", V30, Flag, Used),
    row("description", V30, Text, Used),
    row("example", V30, Data, COMPARED),
    row("examples", V30, Map(ObjectKind::Example), COMPARED),
    row("explode", V30, Flag, Used),
    row("in", V30, Word(&["cookie", "header", "path", "query", "querystring"]), Used),
    row("name", V30, Text, Used),
    row("required", V30, Flag, Used),
    row("schema", V30, One(ObjectKind::Schema), Used),
    row("style", V30, Word(STYLES), Used),
];

const REQUEST_BODY: &[Keyword] = &[
    row("content", V30, Map(ObjectKind::MediaType), Used),
    row("description", V30, Text, Used),
    row("required", V30, Flag, Used),
];

const MEDIA_TYPE: &[Keyword] = &[
    row("encoding", V30, Map(ObjectKind::Encoding), Used),
    row("example", V30, Data, Used),
    row("examples", V30, Map(ObjectKind::Example), Used),
    row("itemEncoding", V32, One(ObjectKind::Encoding), Used),
    row("itemSchema", V32, Data, Ignored("the media type is not a sequence of items")),
    row("prefixEncoding", V32, List(ObjectKind::Encoding), Used),
    row("schema", V30, One(ObjectKind::Schema), Used),
];

const ENCODING: &[Keyword] = &[
    row("allowReserved", V30, Flag, Used),
    row("contentType", V30, Text, Used),
    row("encoding", V32, Data, Ignored("objects and arrays in a part are sent as JSON")),
    row("explode", V30, Flag, Used),
    row("headers", V30, Map(ObjectKind::Header), Used),
    row("itemEncoding", V32, Data, Ignored("objects and arrays in a part are sent as JSON")),
    row("prefixEncoding", V32, Data, Ignored("objects and arrays in a part are sent as JSON")),
    row("style", V30, Word(&["deepObject", "form", "pipeDelimited", "spaceDelimited"]), Used),
];

const RESPONSE: &[Keyword] = &[
    row("content", V30, Map(ObjectKind::MediaType), Used),
    row("description", V30, Text, Used),
    row("headers", V30, Map(ObjectKind::Header), Used),
    row("links", V30, Data, NO_LINKS),
    row("summary", V32, Text, PEOPLE),
];

const EXAMPLE: &[Keyword] = &[
    row("dataValue", V32, Data, SHOWN),
    row("description", V30, Text, PEOPLE),
    row("externalValue", V30, Text, SHOWN),
    row("serializedValue", V32, Data, SHOWN),
    row("summary", V30, Text, PEOPLE),
    row("value", V30, Data, Used),
];

const HEADER: &[Keyword] = &[
    row("allowEmptyValue", V30, Flag, SERVED),
    row("allowReserved", V30, Flag, SERVED),
    row("content", V30, Map(ObjectKind::MediaType), SERVED),
    row("deprecated", V30, Flag, SERVED),
    row("description", V30, Text, Used),
    row("example", V30, Data, SERVED),
    row("examples", V30, Map(ObjectKind::Example), SERVED),
    row("explode", V30, Flag, SERVED),
    row("required", V30, Flag, Used),
    row("schema", V30, One(ObjectKind::Schema), Used),
    row("style", V30, Word(STYLES), SERVED),
];

const TAG: &[Keyword] = &[
    row("description", V30, Text, Used),
    row("externalDocs", V30, One(ObjectKind::ExternalDocs), PEOPLE),
    row("kind", V32, Text, PEOPLE),
    row("name", V30, Text, Used),
    row("parent", V32, Text, PEOPLE),
    row("summary", V32, Text, PEOPLE),
];

const DISCRIMINATOR: &[Keyword] = &[
    row("defaultMapping", V32, Text, Used),
    row("mapping", V30, TextMap, Used),
    row("propertyName", V30, Text, Used),
];

const SECURITY_SCHEME: &[Keyword] = &[
    row("bearerFormat", V30, Text, GUIDE),
    row("deprecated", V32, Flag, GUIDE),
    row("description", V30, Text, Used),
    row("flows", V30, One(ObjectKind::Flows), Used),
    row("in", V30, Word(&["cookie", "header", "query"]), Used),
    row("name", V30, Text, Used),
    row("oauth2MetadataUrl", V32, Text, GUIDE),
    row("openIdConnectUrl", V30, Text, GUIDE),
    row("scheme", V30, Text, Used),
    row("type", V30, Word(&["apiKey", "http", "oauth2", "openIdConnect"]), Used),
];

const FLOWS: &[Keyword] = &[
    row("authorizationCode", V30, One(ObjectKind::Flow), Used),
    row("clientCredentials", V30, One(ObjectKind::Flow), Used),
    row("deviceAuthorization", V32, Data, Ignored("this flow is not supported")),
    row("implicit", V30, One(ObjectKind::Flow), Used),
    row("password", V30, One(ObjectKind::Flow), Used),
];

const FLOW: &[Keyword] = &[
    row("authorizationUrl", V30, Text, GUIDE),
    row("refreshUrl", V30, Text, GUIDE),
    row("scopes", V30, TextMap, Used),
    row("tokenUrl", V30, Text, Used),
];

const SCHEMA: &[Keyword] = &[
    row("$anchor", V31, Text, Rewritten(mark::NAME)),
    row("$comment", V31, Data, PEOPLE),
    row("$defs", V31, Map(ObjectKind::Schema), Rewritten(mark::DEFS)),
    row("$dynamicAnchor", V31, Text, Rewritten(mark::NAME)),
    row("$dynamicRef", V31, Text, Rewritten(mark::DYNAMIC)),
    row("$id", V31, Text, Rewritten(mark::NAME)),
    row("$recursiveAnchor", Elsewhere, Data, DIALECT),
    row("$recursiveRef", Elsewhere, Data, UNFOLLOWED),
    row("$ref", V30, Text, Rewritten(mark::REF)),
    row("$schema", V31, Text, DIALECT),
    row("$vocabulary", V31, Data, DIALECT),
    of(ARRAY, "additionalItems", Elsewhere, Data, Rewritten(mark::TUPLE)),
    of(OBJECT, "additionalProperties", V30, SchemaOrFlag, Used),
    row("allOf", V30, List(ObjectKind::Schema), Used),
    row("anyOf", V30, List(ObjectKind::Schema), Rewritten(mark::UNION)),
    row("const", V31, Data, Rewritten(mark::CONST)),
    of(ARRAY, "contains", V31, Data, UNCHECKED),
    of(STRING, "contentEncoding", V31, Text, Rewritten(mark::CONTENT)),
    of(STRING, "contentMediaType", V31, Text, Rewritten(mark::CONTENT)),
    of(STRING, "contentSchema", V31, Data, Ignored("the content of the string is not decoded")),
    row("default", V30, Data, Used),
    row("definitions", Elsewhere, Map(ObjectKind::Schema), Rewritten(mark::DEFS)),
    of(OBJECT, "dependencies", Elsewhere, Data, UNCHECKED),
    of(OBJECT, "dependentRequired", V31, Data, UNCHECKED),
    of(OBJECT, "dependentSchemas", V31, Data, UNCHECKED),
    row("deprecated", V30, Flag, Used),
    row("description", V30, Text, Used),
    row("discriminator", V30, One(ObjectKind::Discriminator), Used),
    row("else", V31, Data, UNCHECKED),
    row("enum", V30, Values, Rewritten(mark::ENUM)),
    row("example", V30, Data, Used),
    row("examples", V31, Data, Rewritten(mark::EXAMPLES)),
    of(NUMBER, "exclusiveMaximum", V30, Data, Rewritten(mark::EXCLUSIVE)),
    of(NUMBER, "exclusiveMinimum", V30, Data, Rewritten(mark::EXCLUSIVE)),
    row("externalDocs", V30, One(ObjectKind::ExternalDocs), Used),
    of(STRING | NUMBER, "format", V30, Text, Used),
    row("if", V31, Data, UNCHECKED),
    of(ARRAY, "items", V30, One(ObjectKind::Schema), Used),
    of(ARRAY, "maxContains", V31, Data, UNCHECKED),
    of(ARRAY, "maxItems", V30, Count, Used),
    of(STRING, "maxLength", V30, Count, Used),
    of(OBJECT, "maxProperties", V30, Count, Used),
    of(NUMBER, "maximum", V30, Number, Used),
    of(ARRAY, "minContains", V31, Data, UNCHECKED),
    of(ARRAY, "minItems", V30, Count, Used),
    of(STRING, "minLength", V30, Count, Used),
    of(OBJECT, "minProperties", V30, Count, Used),
    of(NUMBER, "minimum", V30, Number, Used),
    of(NUMBER, "multipleOf", V30, Number, Used),
    row("not", V30, One(ObjectKind::Schema), Lost(mark::NOT)),
    row("nullable", V30, Flag, Used),
    row("oneOf", V30, List(ObjectKind::Schema), Rewritten(mark::UNION)),
    of(STRING, "pattern", V30, Text, Used),
    of(OBJECT, "patternProperties", V31, Map(ObjectKind::Schema), Rewritten(mark::PATTERNS)),
    of(ARRAY, "prefixItems", V31, List(ObjectKind::Schema), Rewritten(mark::TUPLE)),
    of(OBJECT, "properties", V30, Map(ObjectKind::Schema), Used),
    of(OBJECT, "propertyNames", V31, Data, Lost(mark::KEYS)),
    row("readOnly", V30, Flag, Used),
    of(OBJECT, "required", V30, Names, Used),
    row("then", V31, Data, UNCHECKED),
    row("title", V30, Text, Used),
    row("type", V30, Type, Used),
    of(ARRAY, "unevaluatedItems", V31, Data, UNCHECKED),
    of(OBJECT, "unevaluatedProperties", V31, SchemaOrFlag, Rewritten(mark::PATTERNS)),
    of(ARRAY, "uniqueItems", V30, Flag, Used),
    row("writeOnly", V30, Flag, Used),
    row("xml", V30, One(ObjectKind::Xml), Used),
];

/// The words of `nodeType`.
const NODES: &[&str] = &["attribute", "cdata", "element", "none", "text"];

const XML: &[Keyword] = &[
    row("attribute", V30, Flag, Used),
    row("name", V30, Text, Used),
    row("namespace", V30, Text, Used),
    row("nodeType", V32, Word(NODES), Used),
    row("prefix", V30, Text, Used),
    row("wrapped", V30, Flag, Used),
];

impl ObjectKind {
    /// What is known of a keyword of this kind of object.
    pub(crate) fn keyword(self, name: &str) -> Option<&'static Keyword> {
        let table = self.keywords();
        table.binary_search_by(|row| row.name.cmp(name)).ok().map(|at| &table[at])
    }

    /// Every keyword of this kind of object, by name.
    pub(crate) fn keywords(self) -> &'static [Keyword] {
        match self {
            Self::Document => DOCUMENT,
            Self::Info => INFO,
            Self::Contact => CONTACT,
            Self::License => LICENSE,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::ExternalDocs => EXTERNAL_DOCS,
            Self::Parameter => PARAMETER,
            Self::RequestBody => REQUEST_BODY,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Response => RESPONSE,
            Self::Example => EXAMPLE,
            Self::Header => HEADER,
            Self::Tag => TAG,
            Self::Schema => SCHEMA,
            Self::Discriminator => DISCRIMINATOR,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Flows => FLOWS,
            Self::Flow => FLOW,
            Self::Xml => XML,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_look_up() {
        for kind in ObjectKind::ALL {
            let names: Vec<&str> = kind.keywords().iter().map(|row| row.name).collect();
            assert!(names.is_sorted_by(|a, b| a < b), "{kind:?}: {names:?}");
            assert!(
                names.iter().all(|name| kind.keyword(name).is_some_and(|row| row.name == *name)),
                "{kind:?}"
            );
            assert!(kind.required().iter().all(|(name, ..)| kind.keyword(name).is_some()), "{kind:?}");
        }
    }
}
