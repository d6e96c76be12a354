//! Other rewrites of schemas.

use expect_test::expect;

use super::schema;

#[test]
fn const_becomes_an_enum_of_one() {
    schema(
        r##"{"const":"a","type":"string","default":"a"}"##,
        expect![[r#"{"type":"string","default":"a","enum":["a"]}"#]],
    );
    schema(r##"{"const":null}"##, expect![[r#"{"nullable":true,"enum":[null]}"#]]);
    schema(r##"{"const":{"a":1}}"##, expect![[r#"{"const":{"a":1}}"#]]);
    schema(r##"{"const":"a","enum":["a","b"]}"##, expect![[r#"{"enum":["a"]}"#]]);
    schema(
        r##"{"const":"c","enum":["a","b"]}"##,
        expect![[r#"
            {"enum":["c"]}
            keyword-ignored ./enum: `enum` has no effect: `const` next to it allows a single value"#]],
    );
    schema(
        r##"{"const":1,"type":["integer","null"]}"##,
        expect![[r#"{"type":"integer","enum":[1],"nullable":true}"#]],
    );
}

#[test]
fn a_reference_with_siblings_becomes_all_of() {
    schema(
        r##"{"$ref":"#/components/schemas/Cat","description":"d","nullable":true}"##,
        expect![[r##"{"description":"d","nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}"##]],
    );
    schema(
        r##"{"$ref":"#/components/schemas/Cat","allOf":[{"properties":{"a":{"type":["string","null"]}}}]}"##,
        expect![[
            r##"{"allOf":[{"$ref":"#/components/schemas/Cat"},{"properties":{"a":{"type":"string","nullable":true}}}]}"##
        ]],
    );
    schema(r##"{"$ref":"#/components/schemas/Cat"}"##, expect![[r##"{"$ref":"#/components/schemas/Cat"}"##]]);
    schema(
        r##"{"$ref":"#/components/schemas/Cat","type":["object","null"],"required":["a"]}"##,
        expect![[
            r##"{"type":"object","required":["a"],"nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}"##
        ]],
    );
}

#[test]
fn exclusive_bounds_become_flags() {
    schema(
        r##"{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1.5}"##,
        expect![[
            r#"{"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":1.5,"exclusiveMaximum":true}"#
        ]],
    );
    schema(
        r##"{"type":"integer","minimum":5,"exclusiveMinimum":3}"##,
        expect![[r#"{"type":"integer","minimum":5}"#]],
    );
    schema(
        r##"{"type":"integer","minimum":5,"exclusiveMinimum":5}"##,
        expect![[r#"{"type":"integer","minimum":5,"exclusiveMinimum":true}"#]],
    );
    schema(
        r##"{"type":"integer","minimum":1,"exclusiveMinimum":true}"##,
        expect![[r#"
            {"type":"integer","minimum":1,"exclusiveMinimum":true}
            sloppy ./exclusiveMinimum: `exclusiveMinimum` is a number in OpenAPI 3.1, but here it is a boolean"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMinimum":"3"}"##,
        expect![[r#"
            {"type":"number","minimum":3,"exclusiveMinimum":true}
            sloppy ./exclusiveMinimum: `exclusiveMinimum` must be a number; `"3"` is read as `3`"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMinimum":"true","minimum":1}"##,
        expect![[r#"
            {"type":"number","exclusiveMinimum":true,"minimum":1}
            sloppy ./exclusiveMinimum: `exclusiveMinimum` must be a boolean; `"true"` is read as `true`"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMaximum":[]}"##,
        expect![[r#"
            {"type":"number"}
            wrong-shape ./exclusiveMaximum: `exclusiveMaximum` must be a number, but is an array"#]],
    );
}

#[test]
fn bounds_of_integers_are_integers() {
    schema(
        r##"{"type":"integer","minimum":1.0,"maximum":300.0}"##,
        expect![[r#"{"type":"integer","minimum":1,"maximum":300}"#]],
    );
    schema(
        r##"{"type":"integer","minimum":0.5,"maximum":9.5,"multipleOf":0.5}"##,
        expect![[r#"
            {"type":"integer","minimum":1,"maximum":9}
            sloppy ./minimum: `minimum` of an integer must be an integer; `0.5` is read as `1`
            sloppy ./maximum: `maximum` of an integer must be an integer; `9.5` is read as `9`
            keyword-ignored ./multipleOf: `multipleOf` has no effect: it is not a 64-bit integer"#]],
    );
    schema(
        r##"{"type":"integer","maximum":18446744073709551615}"##,
        expect![[r#"{"type":"integer","maximum":18446744073709551615}"#]],
    );
    schema(r##"{"type":"number","minimum":1.0}"##, expect![[r#"{"type":"number","minimum":1.0}"#]]);
    schema(
        r##"{"type":"integer","exclusiveMinimum":0.5}"##,
        expect![[r#"
            {"type":"integer","minimum":1}
            sloppy ./exclusiveMinimum: `minimum` of an integer must be an integer; `0.5` is read as `1`"#]],
    );
}

#[test]
fn examples_become_example() {
    schema(r##"{"type":"string","examples":["a","b"]}"##, expect![[r#"{"type":"string","example":"a"}"#]]);
    schema(
        r##"{"type":"string","examples":["a"],"example":"z"}"##,
        expect![[r#"{"type":"string","example":"z"}"#]],
    );
    schema(
        r##"{"type":"string","examples":{"one":{"value":"a"}}}"##,
        expect![[r#"
            {"type":"string","example":"a"}
            sloppy ./examples: `examples` of a schema must be an array"#]],
    );
    schema(
        r##"{"type":"object","examples":{"one":1}}"##,
        expect![[r#"
            {"type":"object","example":{"one":1}}
            sloppy ./examples: `examples` of a schema must be an array"#]],
    );
    schema(
        r##"{"type":"string","examples":"a"}"##,
        expect![[r#"
            {"type":"string","example":"a"}
            sloppy ./examples: `examples` of a schema must be an array"#]],
    );
    schema(r##"{"examples":[]}"##, expect!["{}"]);
}

#[test]
fn content_becomes_format() {
    schema(
        r##"{"type":"string","contentEncoding":"base64","contentMediaType":"image/png"}"##,
        expect![[r#"{"type":"string","contentMediaType":"image/png","format":"byte"}"#]],
    );
    schema(
        r##"{"contentMediaType":"application/octet-stream"}"##,
        expect![[r#"{"format":"binary","type":"string"}"#]],
    );
    schema(
        r##"{"contentEncoding":"binary","contentMediaType":"application/octet-stream"}"##,
        expect![[r#"{"format":"binary","type":"string"}"#]],
    );
    schema(
        r##"{"type":"string","format":"binary","contentMediaType":"application/octet-stream"}"##,
        expect![[r#"{"type":"string","format":"binary"}"#]],
    );
    schema(
        r##"{"type":"string","contentEncoding":"base64url"}"##,
        expect![[r#"{"type":"string","format":"base64url"}"#]],
    );
    schema(
        r##"{"type":"string","contentEncoding":"quoted-printable"}"##,
        expect![[r#"
            {"type":"string","contentEncoding":"quoted-printable"}
            keyword-ignored ./contentEncoding: `contentEncoding` (OpenAPI 3.1) has no effect: the string is not decoded"#]],
    );
    schema(
        r##"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"object"}}"##,
        expect![[r#"
            {"type":"string","contentMediaType":"application/json"}
            keyword-ignored ./contentSchema: `contentSchema` (OpenAPI 3.1) has no effect: the content of the string is not decoded"#]],
    );
}

#[test]
fn tuples_become_prefix_items() {
    schema(
        r##"{"type":"array","prefixItems":[{"type":["string","null"]},{"const":1}],"items":false}"##,
        expect![[
            r#"{"type":"array","prefixItems":[{"type":"string","nullable":true},{"enum":[1]}],"items":false}"#
        ]],
    );
    schema(
        r##"{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"##,
        expect![[r#"{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#]],
    );
    schema(
        r##"{"type":"array","prefixItems":[{},{}],"maxItems":2}"##,
        expect![[r#"{"type":"array","prefixItems":[{},{}],"maxItems":2}"#]],
    );
    schema(
        r##"{"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}"##,
        expect![[r#"
            {"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}
            sloppy ./items: `items` must be a schema; the array is read as `prefixItems`"#]],
    );
    schema(
        r##"{"type":"array","items":[{"type":"int"}]}"##,
        expect![[r#"
            {"type":"array","items":{"type":"integer"}}
            sloppy ./items: `items` must be a schema, not an array
            sloppy ./items/0/type: `int` is not a JSON type; it is read as `integer`"#]],
    );
    schema(
        r##"{"type":"array","items":{},"additionalItems":true}"##,
        expect![[r#"
            {"type":"array","items":{}}
            keyword-ignored ./additionalItems: `additionalItems` has no effect: `items` describes the further items"#]],
    );
}

#[test]
fn definitions_become_components() {
    schema(
        r##"{"$defs":{"A":{"type":"string"},"Cat":{"type":["string","null"]}},"properties":{"a":{"$ref":"#/components/schemas/S/$defs/A"},"b":{"$ref":"#/$defs/Cat"}}}"##,
        expect![[r##"
            {"properties":{"a":{"$ref":"#/components/schemas/A"},"b":{"$ref":"#/components/schemas/S_Cat"}}}
            A: {"type":"string"}
            S_Cat: {"type":"string","nullable":true}"##]],
    );
    schema(
        r##"{"definitions":{"A":{"$defs":{"B":{"type":"string"}},"items":{"$ref":"#/$defs/B"}}},"$ref":"#/definitions/A"}"##,
        expect![[r##"
            {"$ref":"#/components/schemas/A"}
            A: {"items":{"$ref":"#/components/schemas/B"}}
            B: {"type":"string"}"##]],
    );
    schema(
        r##"{"$defs":{"A":{"type":"object"}},"oneOf":[{"$ref":"#/$defs/A"},{"type":"string"}],"discriminator":{"propertyName":"k","mapping":{"a":"#/$defs/A"}}}"##,
        expect![[r##"
            {"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"string"}],"discriminator":{"propertyName":"k","mapping":{"a":"#/components/schemas/A"}}}
            A: {"type":"object"}"##]],
    );
}

#[test]
fn references_follow_moved_nodes() {
    schema(
        r##"{"anyOf":[{"type":"null"},{"properties":{"a":{"type":"string"},"b":{"$ref":"#/components/schemas/S/anyOf/1/properties/a"}}}]}"##,
        expect![[
            r##"{"nullable":true,"properties":{"a":{"type":"string"},"b":{"$ref":"#/components/schemas/S/properties/a"}}}"##
        ]],
    );
    schema(
        r##"{"properties":{"a":{"$anchor":"here","type":"string"},"b":{"$ref":"#here"},"c":{"$ref":"#/components/schemas/S/properties/a"},"d":{"$ref":"#/components/schemas/S/properties/no"}}}"##,
        expect![[
            r##"{"properties":{"a":{"$anchor":"here","type":"string"},"b":{"$ref":"#/components/schemas/S/properties/a"},"c":{"$ref":"#/components/schemas/S/properties/a"},"d":{"$ref":"#/components/schemas/S/properties/no"}}}"##
        ]],
    );
    schema(
        r##"{"oneOf":[{"type":"null"},{"type":"string"},{"type":"integer"},{"$ref":"#/components/schemas/S/oneOf/1"}]}"##,
        expect![[
            r##"{"oneOf":[{"type":"string"},{"type":"integer"},{"$ref":"#/components/schemas/S/oneOf/0"}],"nullable":true}"##
        ]],
    );
}

#[test]
fn patterns_become_additional_properties() {
    schema(
        r##"{"type":"object","patternProperties":{"^a":{"type":["string","null"]}}}"##,
        expect![[r#"
            {"type":"object","additionalProperties":{"type":"string","nullable":true}}
            ByPattern ./additionalProperties"#]],
    );
    schema(
        r##"{"type":"object","patternProperties":{"^a":{"type":"string"},"^b":{"type":"integer"},"^c":{"type":"string"}},"additionalProperties":false}"##,
        expect![[
            r#"{"type":"object","additionalProperties":{"anyOf":[{"type":"string"},{"type":"integer"}]}}"#
        ]],
    );
    schema(
        r##"{"type":"object","patternProperties":{"^a":{"type":"string"}},"additionalProperties":{"type":"integer"}}"##,
        expect![[
            r#"{"type":"object","additionalProperties":{"anyOf":[{"type":"integer"},{"type":"string"}]}}"#
        ]],
    );
    schema(
        r##"{"type":"object","patternProperties":{"^a":{"type":"string"}},"additionalProperties":true}"##,
        expect![[r#"
            {"type":"object","additionalProperties":true}
            keyword-ignored ./patternProperties: `patternProperties` has no effect: `additionalProperties` next to it allows any value"#]],
    );
    schema(
        r##"{"type":"object","unevaluatedProperties":{"type":"int"}}"##,
        expect![[r#"
            {"type":"object","additionalProperties":{"type":"integer"}}
            sloppy ./unevaluatedProperties/type: `int` is not a JSON type; it is read as `integer`"#]],
    );
    schema(
        r##"{"type":"object","unevaluatedProperties":false,"additionalProperties":{}}"##,
        expect![[r#"
            {"type":"object","additionalProperties":{}}
            keyword-ignored ./unevaluatedProperties: `unevaluatedProperties` has no effect: `additionalProperties` next to it decides"#]],
    );
}
