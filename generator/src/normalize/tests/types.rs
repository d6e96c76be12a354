//! `type`, and what goes with it.

use expect_test::expect;

use super::schema;

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
    schema(
        r##"{"type":["number","integer"],"minimum":0}"##,
        expect![[r#"{"anyOf":[{"type":"number","minimum":0},{"type":"integer"}]}"#]],
    );
    schema(
        r##"{"type":["array","object"],"items":{"type":["string","null"]},"properties":{"a":{"const":1}},"pattern":"x"}"##,
        expect![[r#"
            {"anyOf":[{"type":"array","items":{"type":"string","nullable":true}},{"type":"object","properties":{"a":{"enum":[1]}}}]}
            keyword-ignored ./pattern: `pattern` has no effect: it does not apply to `array`, `object`"#]],
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
            keyword-ignored ./type: `type` has no effect: the alternatives next to it decide"#]],
    );
    schema(
        r##"{"type":["integer","string"],"exclusiveMinimum":0,"const":5}"##,
        expect![[r#"{"type":"integer","enum":[5],"minimum":0,"exclusiveMinimum":true}"#]],
    );
}

#[test]
fn spellings_of_types() {
    schema(
        r##"{"type":"int"}"##,
        expect![[r#"
            {"type":"integer"}
            sloppy ./type: `int` is not a JSON type; it is read as `integer`"#]],
    );
    schema(
        r##"{"type":"float"}"##,
        expect![[r#"
            {"type":"number","format":"float"}
            sloppy ./type: `float` is not a JSON type; it is read as `number`"#]],
    );
    schema(
        r##"{"type":"Str"}"##,
        expect![[r#"
            {"type":"string"}
            sloppy ./type: `Str` is not a JSON type; it is read as `string`"#]],
    );
    schema(
        r##"{"type":"any","description":"d"}"##,
        expect![[r#"
            {"description":"d"}
            sloppy ./type: `any` is not a JSON type; it is read as any type"#]],
    );
    schema(
        r##"{"type":"file"}"##,
        expect![[r#"
            {"type":"string","format":"binary"}
            sloppy ./type: `file` is not a JSON type; it is read as `string`"#]],
    );
    schema(
        r##"{"type":null}"##,
        expect![[r#"
            {"nullable":true,"enum":[null]}
            sloppy ./type: `type` has no value; it is read as the type `null`"#]],
    );
    schema(
        r##"{"type":["string",null]}"##,
        expect![[r#"
            {"type":"string","nullable":true}
            sloppy ./type/1: `type` has no value; it is read as the type `null`"#]],
    );
}

#[test]
fn spellings_of_lists_of_types() {
    schema(
        r##"{"type":"strnig"}"##,
        expect![[r#"
            {}
            wrong-shape ./type: `strnig` is not a JSON type"#]],
    );
    schema(
        r##"{"type":"datetime","format":"date"}"##,
        expect![[r#"
            {"type":"string","format":"date"}
            sloppy ./type: `datetime` is not a JSON type; it is read as `string`"#]],
    );
    schema(
        r##"{"type":["int","none"]}"##,
        expect![[r#"
            {"type":"integer","nullable":true}
            sloppy ./type/0: `int` is not a JSON type; it is read as `integer`
            sloppy ./type/1: `none` is not a JSON type; it is read as `null`"#]],
    );
    schema(
        r##"{"type":["any","string"]}"##,
        expect![[r#"
            {}
            sloppy ./type/0: `any` is not a JSON type; it is read as any type"#]],
    );
    schema(
        r##"{"type":{}}"##,
        expect![[r#"
            {}
            wrong-shape ./type: `type` must be the name of a JSON type, or an array of them, but is an object"#]],
    );
    schema(
        r##"{"type":[]}"##,
        expect![[r#"
        {}
        sloppy ./type: `type` is empty"#]],
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
fn keywords_of_another_type_are_in_the_ledger() {
    schema(
        r##"{"type":"string","items":{"type":["integer","null"]},"minimum":1}"##,
        expect![[r#"
            {"type":"string"}
            keyword-ignored ./items: `items` has no effect: it does not apply to the type `string`
            keyword-ignored ./minimum: `minimum` has no effect: it does not apply to the type `string`"#]],
    );
    schema(
        r##"{"type":"boolean","format":"bool"}"##,
        expect![[r#"
            {"type":"boolean"}
            keyword-ignored ./format: `format` has no effect: it does not apply to the type `boolean`"#]],
    );
    schema(
        r##"{"type":"object","maxLength":3,"properties":{}}"##,
        expect![[r#"
            {"type":"object","properties":{}}
            keyword-ignored ./maxLength: `maxLength` has no effect: it does not apply to the type `object`"#]],
    );
    schema(
        r##"{"type":"array","items":{"type":"string"},"enum":["a","b"]}"##,
        expect![[r#"
            {"type":"array","items":{"type":"string","enum":["a","b"]}}
            sloppy ./enum: `enum` holds scalars, but the type is `array`; they are read as values of the items"#]],
    );
    schema(r##"{"type":"array","enum":[["a"]]}"##, expect![[r#"{"type":"array","enum":[["a"]]}"#]]);
}
