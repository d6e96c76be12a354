use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::*;
use crate::Input;
use crate::source::Source;

const SHOP: &str = "openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: https://shop.test/v1}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      parameters: [{name: fields, in: query, required: true, schema: {type: string}}]
      responses:
        '200': {description: A pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /shops:
    get:
      operationId: listShops
      responses:
        '200': {description: Shops, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
    post:
      operationId: makeShop
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}
      responses: {'204': {description: Done}}
components:
  schemas:
    Pet:
      type: object
      required: [id, kind, born]
      properties:
        id: {type: string}
        kind: {type: string, enum: [cat, dog]}
        born: {type: string, format: date-time}
        weight: {type: integer, format: int32}
        owner: {$ref: '#/components/schemas/Owner'}
        home: {oneOf: [{$ref: '#/components/schemas/Flat'}, {$ref: '#/components/schemas/House'}], discriminator: {propertyName: type, mapping: {flat: '#/components/schemas/Flat', house: '#/components/schemas/House'}}}
        password: {type: string, enum: [a]}
    Owner: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
    Flat: {type: object, required: [type], properties: {type: {const: flat}, floor: {type: integer}}}
    House: {type: object, required: [type], properties: {type: {const: house}, garden: {type: boolean}}}
    Shop: {type: object, required: [name, city], properties: {name: {type: string}, city: {type: string}}}
";

fn get(url: &str, status: u16, body: Value) -> Exchange {
    exchange("GET", url, None, status, body)
}

fn exchange(method: &str, url: &str, sent: Option<Value>, status: u16, body: Value) -> Exchange {
    let json = |value: &Value| Body::text(Some("application/json"), &value.to_string());
    Exchange {
        entry: "t.har: entry 1".to_owned(),
        target: Target::Url { method: method.to_owned(), url: format!("https://shop.test/v1{url}") },
        request: sent.as_ref().map(json),
        response: Some(Response {
            status: Some(status),
            body: if body.is_null() { Body::empty() } else { json(&body) },
        }),
    }
}

/// What is learned, checked: with the fixups nothing is left to be found that the SDK refuses.
fn learned(document: &str, exchanges: &[Exchange]) -> Learned {
    let mut input = Input::new(Source::new("api.yaml", document));
    let learned = crate::learn(&input, exchanges, &mut Sink::new()).unwrap();
    input.config = Some(Source::new("sdk.toml", learned.toml()));
    let mut sink = Sink::new();
    let again = crate::learn(&input, exchanges, &mut sink).unwrap_or_else(|| {
        panic!(
            "{}\n{}",
            learned.toml(),
            crate::diag::render(&sink.finish(), &input.sources(), crate::diag::Style::PLAIN)
        )
    });
    assert_eq!(again.breaking(), 0, "{}\n{:#?}", learned.toml(), again.findings);
    assert!(again.fixups.is_empty(), "{}", again.toml());
    learned
}

fn check(document: &str, exchanges: &[Exchange], expected: Expect) {
    let learned = learned(document, exchanges);
    let mut out = String::new();
    for finding in &learned.findings {
        let word = if finding.breaks { "refused" } else { "read" };
        let _ = writeln!(
            out,
            "{word} {}: {} [{}]",
            finding.kind.as_str(),
            finding.diagnostic.message,
            finding.at
        );
    }
    for one in &learned.fixups {
        let text: Vec<&str> = one
            .text
            .lines()
            .filter(|line| line.starts_with(['a', 's', 'r']) && !line.starts_with("reason"))
            .collect();
        let _ = writeln!(out, "{}", text.join("; "));
    }
    expected.assert_eq(&out);
}

fn pet() -> Value {
    json!({"id": "p", "kind": "cat", "born": "2024-01-31T12:00:00Z"})
}

fn pet_with(more: Value) -> Value {
    let mut pet = pet();
    pet.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pet
}

#[test]
fn a_recording_that_fits_shows_nothing() {
    let calls = [
        get(
            "/pets/1?fields=a",
            200,
            pet_with(json!({"owner": {"name": "Ann"}, "home": {"type": "flat", "floor": 1}})),
        ),
        exchange("POST", "/shops", Some(json!({"name": "a", "city": "b"})), 204, Value::Null),
        exchange("POST", "/shops", Some(json!({})), 422, json!({"detail": "no"})),
    ];
    check(SHOP, &calls[..2], expect![[""]]);
    check(
        SHOP,
        &calls[2..],
        expect![[r#"
        read status: the status 422 is not declared, but was returned, in 1 call [#/paths/~1shops/post/responses]
        at = "/paths/~1shops/post/responses/422"; set = { description = "Not described", content = { "application/json" = { schema = { type = "object", properties = { detail = { type = "string" } } } } } }
    "#]],
    );
}

#[test]
fn differences_of_values_are_found_and_repaired() {
    let calls = [
        get(
            "/pets/1?fields=a",
            200,
            pet_with(
                json!({"owner": {"age": null, "vip": true}, "weight": 1.5, "kind": "fish", "password": "hunter2"}),
            ),
        ),
        get(
            "/pets/2?fields=a",
            200,
            pet_with(
                json!({"id": 7, "born": "yesterday", "owner": null, "home": {"type": "boat", "berth": 3}}),
            ),
        ),
        get("/pets/3?fields=a", 200, json!({"id": null, "kind": "dog"})),
    ];
    check(
        SHOP,
        &calls,
        expect![[r##"
            refused missing: `name` is required, but missing in the only value [#/components/schemas/Owner/required]
            refused missing: `born` is required, but missing in 1 of 3 values [#/components/schemas/Pet/required]
            refused format: the format `date-time` does not match in 1 of 2 values [#/components/schemas/Pet/properties/born/format]
            refused null: `null` is not allowed, but was sent in 1 of 3 values [#/components/schemas/Pet/properties/id]
            refused type: `integer` is not an allowed type, but was sent in 1 of 3 values [#/components/schemas/Pet/properties/id]
            refused type: `number` is not an allowed type, but was sent in the only value [#/components/schemas/Pet/properties/weight]
            read property: the property `vip` is not listed, but was sent in the only value [#/components/schemas/Owner]
            read null: `null` is not allowed, but was sent in the only value [#/components/schemas/Owner/properties/age]
            read tag: the tag `boat` is not one of the variants, but was sent in the only value [#/components/schemas/Pet/properties/home]
            read value: the value `fish` is not listed, but was sent in 1 of 3 values [#/components/schemas/Pet/properties/kind/enum]
            read null: `null` is not allowed, but was sent in 1 of 2 values [#/components/schemas/Pet/properties/owner]
            read value: a value that is not shown is not listed, but was sent in the only value [#/components/schemas/Pet/properties/password/enum]
            at = "/components/schemas/Owner/required"; remove = true
            at = "/components/schemas/Pet/required"; set = ["id", "kind"]
            at = "/components/schemas/Owner/properties/age/type"; set = ["integer", "null"]
            at = "/components/schemas/Pet/properties/id/type"; set = ["string", "null"]
            at = "/components/schemas/Pet/properties/owner"; set = { anyOf = [{ "$ref" = "#/components/schemas/Owner" }, { type = "null" }] }
            at = "/components/schemas/Pet/properties/weight/type"; set = "number"
            at = "/components/schemas/Pet/properties/weight/format"; remove = true
            at = "/components/schemas/Pet/properties/born/format"; remove = true
            at = "/components/schemas/Boat"; set = { type = "object", properties = { type = { type = "string", enum = ["boat"] }, berth = { type = "integer" } }, required = ["type"] }
            at = "/components/schemas/Pet/properties/home/oneOf/-"; set = { "$ref" = "#/components/schemas/Boat" }
            at = "/components/schemas/Pet/properties/home/discriminator/mapping/boat"; set = "#/components/schemas/Boat"
            at = "/components/schemas/Owner/properties/vip"; set = { type = "boolean" }
            at = "/components/schemas/Pet/properties/kind/enum/-"; set = "fish"
            at = "/components/schemas/Pet/properties/password/enum"; remove = true
            at = "/components/schemas/Pet/properties/id/type/-"; set = "integer"
        "##]],
    );
}

#[test]
fn differences_of_calls_are_found_and_repaired() {
    let calls = [
        get("/pets/1?expand=all&token=abc", 200, pet()),
        get("/pets/1", 404, json!({"message": "no such pet"})),
        get("/pets/wf_12345/toys?x=1", 200, json!([{"name": "ball"}])),
        exchange("POST", "/pets/wf_12345/toys", Some(json!({"name": "ball"})), 200, json!({"id": 1})),
        get("/nowhere", 404, json!({})),
        exchange("PUT", "/shops", None, 405, json!({})),
        exchange("POST", "/shops", Some(json!({"name": "a", "open": true})), 200, json!({"id": "s"})),
    ];
    check(
        SHOP,
        &calls,
        expect![[r#"
            read missing: `city` is required, but missing in the only value [#/components/schemas/Shop/required]
            read property: the property `open` is not listed, but was sent in the only value [#/components/schemas/Shop]
            read operation: `GET /pets/{id}/toys` is not in the document, but was called, in 1 call [#/paths]
            read operation: `POST /pets/{id}/toys` is not in the document, but was called, in 1 call [#/paths]
            read parameter: the query parameter `expand` is not declared, but was sent, in 1 call [#/paths/~1pets~1{id}/get]
            read parameter: the query parameter `token` is not declared, but was sent, in 1 call [#/paths/~1pets~1{id}/get]
            read missing-parameter: the query parameter `fields` is required, but calls without it succeeded, in 1 call [#/paths/~1pets~1{id}/get/parameters/0]
            read status: the status 404 is not declared, but was returned, in 1 call [#/paths/~1pets~1{id}/get/responses]
            read status: the status 200 is not declared, but was returned, in 1 call [#/paths/~1shops/post/responses]
            read parameter: the query parameter `x` is not declared, but was sent, in 1 call [#/paths/~1pets~1{id}~1toys/get]
            at = "/paths/~1pets~1{id}~1toys"; set = { get = { parameters = [{ name = "id", in = "path", required = true, schema = { type = "string" } }], responses = { 200 = { description = "Not described", content = { "application/json" = { schema = { type = "array", items = { type = "object", properties = { name = { type = "string" } } } } } } } } }, post = { parameters = [{ name = "id", in = "path", required = true, schema = { type = "string" } }], requestBody = { content = { "application/json" = { schema = { type = "object", properties = { name = { type = "string" } } } } } }, responses = { 200 = { description = "Not described", content = { "application/json" = { schema = { type = "object", properties = { id = { type = "integer" } } } } } } } } }
            at = "/paths/~1pets~1{id}/get/responses/404"; set = { description = "Not described", content = { "application/json" = { schema = { type = "object", properties = { message = { type = "string" } } } } } }
            at = "/paths/~1shops/post/responses/200"; set = { description = "Not described", content = { "application/json" = { schema = { type = "object", properties = { id = { type = "string" } } } } } }
            at = "/paths/~1pets~1{id}/get/parameters/-"; set = { name = "expand", in = "query", schema = { type = "string" } }
            at = "/paths/~1pets~1{id}/get/parameters/-"; set = { name = "token", in = "query", schema = { type = "string" } }
            at = "/paths/~1pets~1{id}/get/parameters/0/required"; set = false
            at = "/components/schemas/Shop/required"; set = ["name"]
            at = "/components/schemas/Shop/properties/open"; set = { type = "boolean" }
            at = "/paths/~1pets~1{id}~1toys/get/parameters/-"; set = { name = "x", in = "query", schema = { type = "string" } }
        "#]],
    );
}

#[test]
fn a_reference_to_another_schema_is_found() {
    let shops = [get("/shops", 200, json!([{"name": "a", "city": "b"}, {"name": "c", "city": "d"}]))];
    check(
        SHOP,
        &shops,
        expect![[r##"
        refused schema: the reference names another schema than `Shop`, which fits in all 2 values [#/paths/~1shops/get/responses/200/content/application~1json/schema/items]
        at = "/paths/~1shops/get/responses/200/content/application~1json/schema/items/$ref"; set = "#/components/schemas/Shop"
    "##]],
    );
    let strange = [get("/shops", 200, json!([{"rooms": 3, "city": "b"}]))];
    check(
        SHOP,
        &strange,
        expect![[r#"
        refused schema: the reference names a schema that has little in common with what was sent, in the only value [#/paths/~1shops/get/responses/200/content/application~1json/schema/items]
        at = "/paths/~1shops/get/responses/200/content/application~1json/schema/items"; set = { type = "object", properties = { rooms = { type = "integer" }, city = { type = "string" } } }
    "#]],
    );
}
