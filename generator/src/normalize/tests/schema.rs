//! Rewrites of schemas.

use expect_test::expect;

use super::schema;

#[test]
fn null_in_type_becomes_nullable() {
    schema(
        r##"{"type":["string","null"],"minLength":1}"##,
        expect![[r#"{"type":"string","minLength":1,"nullable":true}"#]],
    );
    schema(r##"{"type":"null"}"##, expect![[r#"{"nullable":true,"enum":[null]}"#]]);
    schema(
        r##"{"type":["null"],"description":"nothing"}"##,
        expect![[r#"{"description":"nothing","nullable":true,"enum":[null]}"#]],
    );
}

#[test]
fn null_among_alternatives_leaves_one() {
    schema(
        r##"{"anyOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}],"title":"Pet","default":null}"##,
        expect![[
            r##"{"title":"Pet","default":null,"nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}"##
        ]],
    );
    schema(
        r##"{"oneOf":[{"type":"null"},{"type":"string","format":"date-time","title":"inner","description":"d"}],"title":"outer"}"##,
        expect![[
            r#"{"title":"outer","nullable":true,"type":"string","format":"date-time","description":"d"}"#
        ]],
    );
    schema(
        r##"{"anyOf":[{"$ref":"#/components/schemas/Cat","description":"inner"},{"type":"null"}],"description":"outer"}"##,
        expect![[
            r##"{"description":"outer","nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}"##
        ]],
    );
    schema(
        r##"{"anyOf":[{"anyOf":[{"type":"integer"},{"type":"null"}]},{"type":"null"}]}"##,
        expect![[r#"{"nullable":true,"type":"integer"}"#]],
    );
    schema(
        r##"{"anyOf":[{"type":"string"},{"const":null}]}"##,
        expect![[r#"{"nullable":true,"type":"string"}"#]],
    );
    schema(
        r##"{"anyOf":[{"type":"string"},{"enum":[null]}]}"##,
        expect![[r#"{"nullable":true,"type":"string"}"#]],
    );
    schema(r##"{"anyOf":[{"type":"string"},null]}"##, expect![[r#"{"nullable":true,"type":"string"}"#]]);
}

#[test]
fn null_among_alternatives_leaves_several() {
    schema(
        r##"{"anyOf":[{"type":"null"},{"type":"string"},{"type":"array","items":{"type":["integer","null"]}}]}"##,
        expect![[
            r#"{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"integer","nullable":true}}],"nullable":true}"#
        ]],
    );
    schema(r##"{"anyOf":[{"type":"null"}]}"##, expect![[r#"{"nullable":true,"enum":[null]}"#]]);
}

#[test]
fn an_alternative_that_clashes_stays_whole() {
    schema(
        r##"{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"properties":{"b":{"type":"integer"}}},{"type":"null"}]}"##,
        expect![[
            r#"{"type":"object","properties":{"a":{"type":"string"}},"nullable":true,"allOf":[{"properties":{"b":{"type":"integer"}}}]}"#
        ]],
    );
    schema(
        r##"{"allOf":[{"$ref":"#/components/schemas/Cat"}],"anyOf":[{"allOf":[{"type":["object","null"]}]},{"type":"null"}]}"##,
        expect![[
            r##"{"allOf":[{"allOf":[{"type":"object","nullable":true}]},{"$ref":"#/components/schemas/Cat"}],"nullable":true}"##
        ]],
    );
}

#[test]
fn a_discriminator_moves_with_its_alternatives() {
    schema(
        r##"{"anyOf":[{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind"}},{"type":"null"}]}"##,
        expect![[
            r##"{"nullable":true,"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Cat"}],"discriminator":{"propertyName":"kind"}}"##
        ]],
    );
    schema(
        r##"{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}],"discriminator":{"propertyName":"kind"}}"##,
        expect![[r##"
            {"nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}
            keyword-ignored ./discriminator: `discriminator` has no effect on the code: there is one alternative only"##]],
    );
}

#[test]
fn null_in_enum_becomes_nullable() {
    schema(
        r##"{"type":"string","enum":["a",null,"b"]}"##,
        expect![[r#"{"type":"string","enum":["a","b"],"nullable":true}"#]],
    );
    schema(r##"{"enum":[null]}"##, expect![[r#"{"enum":[null],"nullable":true}"#]]);
    schema(
        r##"{"type":"string","nullable":true,"enum":[null]}"##,
        expect![[r#"{"type":"string","nullable":true,"enum":[null]}"#]],
    );
}

#[test]
fn several_types_become_alternatives() {
    schema(
        r##"{"type":["string","integer","null"],"minLength":2,"minimum":3,"description":"d","default":"x"}"##,
        expect![[
            r#"{"description":"d","default":"x","nullable":true,"anyOf":[{"type":"string","minLength":2},{"type":"integer","minimum":3}]}"#
        ]],
    );
    schema(
        r##"{"type":["string","integer"],"enum":["a",1,"b"]}"##,
        expect![[r#"{"anyOf":[{"type":"string","enum":["a","b"]},{"type":"integer","enum":[1]}]}"#]],
    );
    schema(
        r##"{"type":["string","integer"],"enum":["a","b"]}"##,
        expect![[r#"{"type":"string","enum":["a","b"]}"#]],
    );
    schema(r##"{"type":["number","integer"],"minimum":0}"##, expect![[r#"{"type":"number","minimum":0}"#]]);
    schema(
        r##"{"type":["array","object"],"items":{"type":["string","null"]},"properties":{"a":{"const":1}},"pattern":"x"}"##,
        expect![[r#"
            {"anyOf":[{"type":"array","items":{"type":"string","nullable":true}},{"type":"object","properties":{"a":{"enum":[1],"x-const":true}}}]}
            keyword-ignored ./pattern: `pattern` has no effect on the code: it says nothing about `array`, `object`"#]],
    );
    schema(
        r##"{"type":["string","number"],"format":"double"}"##,
        expect![[r#"{"anyOf":[{"type":"string"},{"type":"number","format":"double"}]}"#]],
    );
    schema(
        r##"{"type":["string","number"],"format":"date"}"##,
        expect![[r#"{"anyOf":[{"type":"string","format":"date"},{"type":"number"}]}"#]],
    );
    schema(
        r##"{"type":["string","number","boolean","object","array","null"]}"##,
        expect![[r#"{"nullable":true}"#]],
    );
    schema(
        r##"{"type":["string","integer"],"oneOf":[{"type":"string"},{"type":"integer"}]}"##,
        expect![[r#"
            {"oneOf":[{"type":"string"},{"type":"integer"}]}
            keyword-ignored ./type: `type` has no effect on the code: the alternatives beside it say more"#]],
    );
    schema(
        r##"{"type":["integer","string"],"exclusiveMinimum":0,"const":5}"##,
        expect![[r#"{"type":"integer","x-const":true,"enum":[5],"minimum":0,"exclusiveMinimum":true}"#]],
    );
}

#[test]
fn spellings_of_types() {
    schema(
        r##"{"type":"int"}"##,
        expect![[r#"
        {"type":"integer"}
        sloppy ./type: `int` is no JSON type; it was read as `integer`"#]],
    );
    schema(
        r##"{"type":"float"}"##,
        expect![[r#"
        {"type":"number","format":"float"}
        sloppy ./type: `float` is no JSON type; it was read as `number`"#]],
    );
    schema(
        r##"{"type":"Str"}"##,
        expect![[r#"
        {"type":"string"}
        sloppy ./type: `Str` is no JSON type; it was read as `string`"#]],
    );
    schema(
        r##"{"type":"any","description":"d"}"##,
        expect![[r#"
            {"description":"d"}
            sloppy ./type: `any` is no JSON type; it was read as any type"#]],
    );
    schema(
        r##"{"type":"file"}"##,
        expect![[r#"
        {"type":"string","format":"binary"}
        sloppy ./type: `file` is no JSON type; it was read as `string`"#]],
    );
    schema(
        r##"{"type":null}"##,
        expect![[r#"
        {"nullable":true,"enum":[null]}
        sloppy ./type: `type` has no value; it was read as the type `null`"#]],
    );
    schema(
        r##"{"type":["string",null]}"##,
        expect![[r#"
        {"type":"string","nullable":true}
        sloppy ./type/1: `type` has no value; it was read as the type `null`"#]],
    );
    schema(
        r##"{"type":"strnig"}"##,
        expect![[r#"
        {}
        wrong-shape ./type: `strnig` is no JSON type"#]],
    );
    schema(
        r##"{"type":"datetime","format":"date"}"##,
        expect![[r#"
        {"type":"string","format":"date"}
        sloppy ./type: `datetime` is no JSON type; it was read as `string`"#]],
    );
    schema(
        r##"{"type":["int","none"]}"##,
        expect![[r#"
        {"type":"integer","nullable":true}
        sloppy ./type/0: `int` is no JSON type; it was read as `integer`
        sloppy ./type/1: `none` is no JSON type; it was read as `null`"#]],
    );
    schema(
        r##"{"type":["any","string"]}"##,
        expect![[r#"
            {}
            sloppy ./type/0: `any` is no JSON type; it was read as any type"#]],
    );
    schema(
        r##"{"type":{}}"##,
        expect![[r#"
        {}
        wrong-shape ./type: `type` must be the name of a JSON type, or a list of such names, but is an object"#]],
    );
    schema(
        r##"{"type":[]}"##,
        expect![[r#"
        {}
        sloppy ./type: `type` is empty"#]],
    );
}

#[test]
fn const_becomes_an_enum_of_one() {
    schema(
        r##"{"const":"a","type":"string","default":"a"}"##,
        expect![[r#"{"type":"string","default":"a","enum":["a"],"x-const":true}"#]],
    );
    schema(r##"{"const":null}"##, expect![[r#"{"nullable":true,"enum":[null]}"#]]);
    schema(r##"{"const":{"a":1}}"##, expect![[r#"{"x-const-value":{"a":1}}"#]]);
    schema(r##"{"const":"a","enum":["a","b"]}"##, expect![[r#"{"enum":["a"],"x-const":true}"#]]);
    schema(
        r##"{"const":"c","enum":["a","b"]}"##,
        expect![[r#"
        {"enum":["c"],"x-const":true}
        keyword-ignored ./enum: `enum` has no effect on the code: `const` beside it allows a single value"#]],
    );
    schema(
        r##"{"const":1,"type":["integer","null"]}"##,
        expect![[r#"{"type":"integer","enum":[1],"x-const":true,"nullable":true}"#]],
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
        expect![[r#"{"type":"integer","minimum":1,"exclusiveMinimum":true}"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMinimum":"3"}"##,
        expect![[r#"
        {"type":"number","minimum":3,"exclusiveMinimum":true}
        sloppy ./exclusiveMinimum: `exclusiveMinimum` should be a number; `"3"` was read as `3`"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMinimum":"true","minimum":1}"##,
        expect![[r#"
        {"type":"number","exclusiveMinimum":true,"minimum":1}
        sloppy ./exclusiveMinimum: `exclusiveMinimum` should be a boolean; `"true"` was read as `true`"#]],
    );
    schema(
        r##"{"type":"number","exclusiveMaximum":[]}"##,
        expect![[r#"
        {"type":"number"}
        wrong-shape ./exclusiveMaximum: `exclusiveMaximum` must be a number, but is a list"#]],
    );
}

#[test]
fn bounds_of_integers_are_integers() {
    schema(
        r##"{"type":"integer","minimum":1.0,"maximum":300.0}"##,
        expect![[r#"
        {"type":"integer","minimum":1,"maximum":300}
        sloppy ./minimum: `minimum` should be an integer; `1.0` was read as `1`
        sloppy ./maximum: `maximum` should be an integer; `300.0` was read as `300`"#]],
    );
    schema(
        r##"{"type":"integer","minimum":0.5,"maximum":9.5,"multipleOf":0.5}"##,
        expect![[r#"
        {"type":"integer","minimum":1,"maximum":9}
        sloppy ./minimum: `minimum` of an integer should be one; `0.5` was read as `1`
        sloppy ./maximum: `maximum` of an integer should be one; `9.5` was read as `9`
        keyword-ignored ./multipleOf: `multipleOf` has no effect on the code: it is no integer of 64 bits"#]],
    );
    schema(
        r##"{"type":"integer","maximum":18446744073709551615}"##,
        expect![[r#"
        {"type":"integer"}
        keyword-ignored ./maximum: `maximum` has no effect on the code: it is no integer of 64 bits"#]],
    );
    schema(r##"{"type":"number","minimum":1.0}"##, expect![[r#"{"type":"number","minimum":1.0}"#]]);
    schema(
        r##"{"type":"integer","exclusiveMinimum":0.5}"##,
        expect![[r#"
        {"type":"integer","minimum":1}
        sloppy ./exclusiveMinimum: `minimum` of an integer should be one; `0.5` was read as `1`"#]],
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
        sloppy ./examples: `examples` of a schema should be a list"#]],
    );
    schema(
        r##"{"type":"object","examples":{"one":1}}"##,
        expect![[r#"
        {"type":"object","example":{"one":1}}
        sloppy ./examples: `examples` of a schema should be a list"#]],
    );
    schema(
        r##"{"type":"string","examples":"a"}"##,
        expect![[r#"
        {"type":"string","example":"a"}
        sloppy ./examples: `examples` of a schema should be a list"#]],
    );
    schema(r##"{"examples":[]}"##, expect!["{}"]);
}

#[test]
fn content_becomes_format() {
    schema(
        r##"{"type":"string","contentEncoding":"base64","contentMediaType":"image/png"}"##,
        expect![[r#"{"type":"string","format":"byte","x-content-media-type":"image/png"}"#]],
    );
    schema(
        r##"{"contentMediaType":"application/octet-stream"}"##,
        expect![[r#"{"format":"binary","type":"string"}"#]],
    );
    schema(
        r##"{"type":"string","format":"binary","contentMediaType":"application/octet-stream"}"##,
        expect![[r#"{"type":"string","format":"binary"}"#]],
    );
    schema(
        r##"{"type":"string","contentEncoding":"base64url"}"##,
        expect![[r#"{"type":"string","format":"byte","x-content-encoding":"base64url"}"#]],
    );
    schema(
        r##"{"type":"string","contentEncoding":"quoted-printable"}"##,
        expect![[r#"
        {"type":"string","x-content-encoding":"quoted-printable"}
        keyword-ignored ./contentEncoding: `contentEncoding` (OpenAPI 3.1) has no effect on the code: the string is passed on as it is"#]],
    );
    schema(
        r##"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"object"}}"##,
        expect![[r#"
            {"type":"string","x-content-media-type":"application/json"}
            keyword-ignored ./contentSchema: `contentSchema` (OpenAPI 3.1) has no effect on the code: the content of the string is not read"#]],
    );
}

#[test]
fn booleans_become_schemas() {
    schema(r##"true"##, expect!["{}"]);
    schema(r##"false"##, expect![[r#"{"not":{}}"#]]);
    schema(
        r##"{"type":"object","properties":{"a":true,"b":false},"additionalProperties":false}"##,
        expect![[r#"{"type":"object","properties":{"a":{},"b":{"not":{}}},"additionalProperties":false}"#]],
    );
    schema(r##"{"type":"array","items":true}"##, expect![[r#"{"type":"array","items":{}}"#]]);
}

#[test]
fn tuples_become_extensions() {
    schema(
        r##"{"type":"array","prefixItems":[{"type":["string","null"]},{"const":1}],"items":false}"##,
        expect![[
            r#"{"type":"array","x-prefix-items":[{"type":"string","nullable":true},{"enum":[1],"x-const":true}],"x-prefix-items-closed":true}"#
        ]],
    );
    schema(
        r##"{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"##,
        expect![[r#"{"type":"array","items":{"type":"integer"},"x-prefix-items":[{"type":"string"}]}"#]],
    );
    schema(
        r##"{"type":"array","prefixItems":[{},{}],"maxItems":2}"##,
        expect![[r#"{"type":"array","maxItems":2,"x-prefix-items":[{},{}],"x-prefix-items-closed":true}"#]],
    );
    schema(
        r##"{"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false}"##,
        expect![[r#"
            {"type":"array","x-prefix-items":[{"type":"string"},{"type":"integer"}],"x-prefix-items-closed":true}
            sloppy ./items: `items` should be a schema; its list was read as `prefixItems`"#]],
    );
    schema(
        r##"{"type":"array","items":[{"type":"int"}]}"##,
        expect![[r#"
        {"type":"array","items":{"type":"integer"}}
        sloppy ./items: `items` should be a schema, not a list
        sloppy ./items/0/type: `int` is no JSON type; it was read as `integer`"#]],
    );
    schema(
        r##"{"type":"array","items":{},"additionalItems":true}"##,
        expect![[r#"
        {"type":"array","items":{}}
        keyword-ignored ./additionalItems: `additionalItems` has no effect on the code: `items` says how a list goes on"#]],
    );
}

#[test]
fn definitions_become_components() {
    schema(
        r##"{"$defs":{"A":{"type":"string"},"Cat":{"type":["string","null"]}},"properties":{"a":{"$ref":"#/components/schemas/S/$defs/A"},"b":{"$ref":"#/$defs/Cat"}}}"##,
        expect![[r##"
            {"properties":{"a":{"$ref":"#/components/schemas/A"},"b":{"$ref":"#/components/schemas/Cat2"}}}
            A: {"type":"string"}
            Cat2: {"type":"string","nullable":true}"##]],
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
        expect![[r#"{"type":"object","additionalProperties":{"type":"string","nullable":true}}"#]],
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
            keyword-ignored ./patternProperties: `patternProperties` has no effect on the code: `additionalProperties` beside it allows anything"#]],
    );
    schema(
        r##"{"type":"object","unevaluatedProperties":{"type":"int"}}"##,
        expect![[r#"
        {"type":"object","additionalProperties":{"type":"integer"}}
        sloppy ./unevaluatedProperties/type: `int` is no JSON type; it was read as `integer`"#]],
    );
    schema(
        r##"{"type":"object","unevaluatedProperties":false,"additionalProperties":{}}"##,
        expect![[r#"
        {"type":"object","additionalProperties":{}}
        keyword-ignored ./unevaluatedProperties: `unevaluatedProperties` has no effect on the code: `additionalProperties` beside it says more"#]],
    );
}

#[test]
fn keywords_without_effect_are_in_the_ledger() {
    schema(
        r##"{"if":{"a":1},"then":{},"else":false,"dependentRequired":{},"dependentSchemas":{},"propertyNames":{},"contains":{},"minContains":1,"maxContains":2,"unevaluatedItems":false,"$dynamicRef":"#x"}"##,
        expect![[r#"
            {}
            keyword-ignored ./if: `if` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./then: `then` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./else: `else` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./dependentRequired: `dependentRequired` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./dependentSchemas: `dependentSchemas` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./propertyNames: `propertyNames` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./contains: `contains` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./minContains: `minContains` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./maxContains: `maxContains` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./unevaluatedItems: `unevaluatedItems` (OpenAPI 3.1) has no effect on the code: values that break this condition are accepted
            keyword-ignored ./$dynamicRef: `$dynamicRef` (OpenAPI 3.1) has no effect on the code: what it leads to is not read; use `$ref`"#]],
    );
    schema(
        r##"{"$recursiveRef":"#","$recursiveAnchor":true}"##,
        expect![[r#"
        {"$recursiveAnchor":true}
        keyword-ignored ./$recursiveRef: `$recursiveRef` (not an OpenAPI keyword) has no effect on the code: what it leads to is not read; use `$ref`"#]],
    );
    schema(
        r##"{"$id":"x","$schema":"y","$comment":"z","xml":{"name":"n"},"x-own":{"type":["a"]}}"##,
        expect![[r#"{"$id":"x","$schema":"y","$comment":"z","xml":{"name":"n"},"x-own":{"type":["a"]}}"#]],
    );
}

#[test]
fn unknown_keywords_are_in_the_ledger() {
    schema(
        r##"{"type":"object","requred":["a"],"min_items":1,"optional":true}"##,
        expect![[r#"
        {"type":"object","requred":["a"],"min_items":1,"optional":true}
        keyword-unknown ./requred: `requred` is no keyword of a schema, and has no effect
        keyword-unknown ./min_items: `min_items` is no keyword of a schema, and has no effect
        keyword-unknown ./optional: `optional` is no keyword of a schema, and has no effect"#]],
    );
}

#[test]
fn keywords_of_another_type_are_in_the_ledger() {
    schema(
        r##"{"type":"string","items":{"type":["integer","null"]},"minimum":1}"##,
        expect![[r#"
        {"type":"string"}
        keyword-ignored ./items: `items` has no effect on the code: it says nothing about the type `string`
        keyword-ignored ./minimum: `minimum` has no effect on the code: it says nothing about the type `string`"#]],
    );
    schema(
        r##"{"type":"boolean","format":"bool"}"##,
        expect![[r#"
        {"type":"boolean"}
        keyword-ignored ./format: `format` has no effect on the code: it says nothing about the type `boolean`"#]],
    );
    schema(
        r##"{"type":"object","maxLength":3,"properties":{}}"##,
        expect![[r#"
        {"type":"object","properties":{}}
        keyword-ignored ./maxLength: `maxLength` has no effect on the code: it says nothing about the type `object`"#]],
    );
    schema(
        r##"{"type":"array","items":{"type":"string"},"enum":["a","b"]}"##,
        expect![[r#"
        {"type":"array","items":{"type":"string","enum":["a","b"]}}
        sloppy ./enum: `enum` holds scalars, but the type is `array`; they were read as values of the items"#]],
    );
    schema(r##"{"type":"array","enum":[["a"]]}"##, expect![[r#"{"type":"array","enum":[["a"]]}"#]]);
}

#[test]
fn data_is_never_walked() {
    schema(
        r##"{"type":"object","default":{"type":["string","null"],"const":1},"example":{"anyOf":[{"type":"null"}],"nullable":"true"},"x-thing":{"const":1,"$ref":3}}"##,
        expect![[
            r#"{"type":"object","default":{"type":["string","null"],"const":1},"example":{"anyOf":[{"type":"null"}],"nullable":"true"},"x-thing":{"const":1,"$ref":3}}"#
        ]],
    );
    schema(
        r##"{"enum":[{"type":["string","null"]},{"const":1}]}"##,
        expect![[r#"{"enum":[{"type":["string","null"]},{"const":1}]}"#]],
    );
    schema(
        r##"{"const":{"type":["string","null"]}}"##,
        expect![[r#"{"x-const-value":{"type":["string","null"]}}"#]],
    );
}

#[test]
fn members_may_be_named_like_keywords() {
    schema(
        r##"{"type":"object","properties":{"properties":{"type":["object","null"],"properties":{"const":{"const":"a"}}},"$ref":{"type":"string"},"type":{"type":"string"},"example":{"type":["string","null"]},"enum":{"type":"array","items":{"type":"string"}},"x-y":{"type":["integer","null"]}},"required":["type"]}"##,
        expect![[
            r#"{"type":"object","properties":{"properties":{"type":"object","properties":{"const":{"enum":["a"],"x-const":true}},"nullable":true},"$ref":{"type":"string"},"type":{"type":"string"},"example":{"type":"string","nullable":true},"enum":{"type":"array","items":{"type":"string"}},"x-y":{"type":"integer","nullable":true}},"required":["type"]}"#
        ]],
    );
}
