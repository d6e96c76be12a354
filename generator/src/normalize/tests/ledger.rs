//! The ledger, and what is no keyword.

use expect_test::expect;

use super::schema;

#[test]
fn keywords_without_effect_are_in_the_ledger() {
    schema(
        r##"{"if":{"a":1},"then":{},"else":false,"dependentRequired":{},"dependentSchemas":{},"propertyNames":{"maxLength":9},"contains":{},"minContains":1,"maxContains":2,"unevaluatedItems":false,"$dynamicRef":"#x"}"##,
        expect![[r##"
            {"$ref":"#x"}
            keyword-ignored ./if: `if` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./then: `then` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./else: `else` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./dependentRequired: `dependentRequired` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./dependentSchemas: `dependentSchemas` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./contains: `contains` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./minContains: `minContains` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./maxContains: `maxContains` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./unevaluatedItems: `unevaluatedItems` (OpenAPI 3.1) has no effect: values that break this condition are accepted
            keyword-ignored ./propertyNames: `propertyNames` (OpenAPI 3.1) has no effect: values that break this condition are accepted"##]],
    );
    // `false` is `not: {}` in the normal form.
    schema(
        r##"{"type":"string","not":{"enum":["root"]}}"##,
        expect![[r#"
            {"type":"string"}
            keyword-ignored ./not: `not` has no effect: values that break this condition are accepted"#]],
    );
    schema(r##"{"not":{}}"##, expect![[r#"{"not":{}}"#]]);
    schema(
        r##"{"$recursiveRef":"#","$recursiveAnchor":true}"##,
        expect![[r#"
            {"$recursiveAnchor":true}
            keyword-ignored ./$recursiveRef: `$recursiveRef` (not an OpenAPI keyword) has no effect: it is not resolved; use `$ref`"#]],
    );
    schema(
        r##"{"$id":"x","$schema":"y","$comment":"z","xml":{"name":"n"},"x-own":{"type":["a"]}}"##,
        expect![[r#"{"$id":"x","$schema":"y","$comment":"z","xml":{"name":"n"},"x-own":{"type":["a"]}}"#]],
    );
}

#[test]
fn words_of_xml_without_effect_are_in_the_ledger() {
    schema(
        r##"{"xml":{"prefix":"p","nodeType":"element","wrapped":true,"x-own":1,"nam":"n"}}"##,
        expect![[r#"
            {"xml":{"nodeType":"element","x-own":1,"nam":"n"}}
            sloppy ./xml/nodeType: `nodeType` needs OpenAPI 3.2, but the document is 3.1
            keyword-unknown ./xml/nam: `nam` is not a keyword of an XML object, and has no effect
            keyword-ignored ./xml/prefix: `prefix` has no effect without a `namespace`
            keyword-ignored ./xml/wrapped: `wrapped` has no effect next to `nodeType`"#]],
    );
}

#[test]
fn unknown_keywords_are_in_the_ledger() {
    schema(
        r##"{"type":"object","requred":["a"],"min_items":1,"optional":true}"##,
        expect![[r#"
            {"type":"object","requred":["a"],"min_items":1,"optional":true}
            keyword-unknown ./requred: `requred` is not a keyword of a schema, and has no effect
            keyword-unknown ./min_items: `min_items` is not a keyword of a schema, and has no effect
            keyword-unknown ./optional: `optional` is not a keyword of a schema, and has no effect"#]],
    );
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
    schema(r##"{"const":{"type":["string","null"]}}"##, expect![[r#"{"const":{"type":["string","null"]}}"#]]);
}

#[test]
fn members_may_be_named_like_keywords() {
    schema(
        r##"{"type":"object","properties":{"properties":{"type":["object","null"],"properties":{"const":{"const":"a"}}},"$ref":{"type":"string"},"type":{"type":"string"},"example":{"type":["string","null"]},"enum":{"type":"array","items":{"type":"string"}},"x-y":{"type":["integer","null"]}},"required":["type"]}"##,
        expect![[
            r#"{"type":"object","properties":{"properties":{"type":"object","properties":{"const":{"enum":["a"]}},"nullable":true},"$ref":{"type":"string"},"type":{"type":"string"},"example":{"type":"string","nullable":true},"enum":{"type":"array","items":{"type":"string"}},"x-y":{"type":"integer","nullable":true}},"required":["type"]}"#
        ]],
    );
}
