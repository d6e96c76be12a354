//! Values of the wrong shape: mended where the meaning is plain, else reported and taken out.

use expect_test::expect;

use super::schema;

#[test]
fn flags_and_numbers_in_quotes() {
    schema(
        r##"{"type":"string","nullable":"true","minLength":"1","maxLength":2.0}"##,
        expect![[r#"
            {"type":"string","nullable":true,"minLength":1,"maxLength":2}
            sloppy ./nullable: `nullable` must be a boolean; `"true"` is read as `true`
            sloppy ./minLength: `minLength` must be a non-negative integer; `"1"` is read as `1`
            sloppy ./maxLength: `maxLength` must be a non-negative integer; `2.0` is read as `2`"#]],
    );
    schema(
        r##"{"type":"integer","maximum":"300","minimum":"1.0"}"##,
        expect![[r#"
            {"type":"integer","maximum":300,"minimum":1}
            sloppy ./maximum: `maximum` must be a number; `"300"` is read as `300`
            sloppy ./minimum: `minimum` must be a number; `"1.0"` is read as `1`"#]],
    );
    schema(
        r##"{"type":"string","readOnly":"False","deprecated":1}"##,
        expect![[r#"
            {"type":"string","readOnly":false}
            sloppy ./readOnly: `readOnly` must be a boolean; `"False"` is read as `false`
            wrong-shape ./deprecated: `deprecated` must be `true` or `false`, but is a number"#]],
    );
    schema(
        r##"{"type":"string","minLength":-1,"maxLength":1.5,"pattern":3,"title":2024}"##,
        expect![[r#"
            {"type":"string","pattern":"3","title":"2024"}
            wrong-shape ./minLength: `minLength` must be a non-negative integer, but is a number
            wrong-shape ./maxLength: `maxLength` must be a non-negative integer, but is a number
            sloppy ./pattern: `pattern` must be a string; `3` is read as `"3"`
            sloppy ./title: `title` must be a string; `2024` is read as `"2024"`"#]],
    );
}

#[test]
fn required_said_at_the_member() {
    schema(
        r##"{"type":"object","properties":{"a":{"type":"string","required":true},"b":{"type":"string","required":"true"},"c":{"type":"string","required":false}},"required":["a"]}"##,
        expect![[r#"
            {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"}},"required":["a","b"]}
            sloppy ./properties/a/required: `required` must be an array of names
            sloppy ./properties/b/required: `required` must be an array of names
            sloppy ./properties/c/required: `required` must be an array of names"#]],
    );
    schema(
        r##"{"type":"object","required":"a"}"##,
        expect![[r#"
            {"type":"object","required":["a"]}
            sloppy ./required: `required` must be an array of strings; `"a"` is read as `["a"]`"#]],
    );
    schema(
        r##"{"type":"object","required":["a",1,null]}"##,
        expect![[r#"
            {"type":"object","required":["a","1"]}
            sloppy ./required/1: an item of `required` must be a string; `1` is read as `"1"`
            wrong-shape ./required/2: an item of `required` must be a string, but is null"#]],
    );
    schema(
        r##"{"type":"object","required":{"a":true}}"##,
        expect![[r#"
            {"type":"object"}
            wrong-shape ./required: `required` must be an array of strings, but is an object"#]],
    );
}

#[test]
fn values_of_an_enum_have_its_type() {
    schema(
        r##"{"type":"string","enum":["a",1,true,1.5]}"##,
        expect![[r#"
            {"type":"string","enum":["a","1","true","1.5"]}
            sloppy ./enum/1: an item of `enum` must be a string; `1` is read as `"1"`
            sloppy ./enum/2: an item of `enum` must be a string; `true` is read as `"true"`
            sloppy ./enum/3: an item of `enum` must be a string; `1.5` is read as `"1.5"`"#]],
    );
    schema(r##"{"type":"integer","enum":[1.0,2]}"##, expect![[r#"{"type":"integer","enum":[1,2]}"#]]);
    schema(
        r##"{"type":"string","enum":"a"}"##,
        expect![[r#"
            {"type":"string","enum":["a"]}
            sloppy ./enum: `enum` must be an array; `"a"` is read as `["a"]`"#]],
    );
    schema(
        r##"{"enum":[]}"##,
        expect![[r#"
            {}
            sloppy ./enum: `enum` is empty, so no value is valid"#]],
    );
    schema(
        r##"{"enum":{"a":1}}"##,
        expect![[r#"
            {}
            wrong-shape ./enum: `enum` must be an array of values, but is an object"#]],
    );
    schema(r##"{"type":"integer","enum":["1","2"]}"##, expect![[r#"{"type":"integer","enum":["1","2"]}"#]]);
}

#[test]
fn schemas_that_are_none() {
    schema(
        r##"[]"##,
        expect![[r#"
            {}
            wrong-shape .: `S` must be a schema, but is an array"#]],
    );
    schema(
        r##""string""##,
        expect![[r#"
            {"type":"string"}
            sloppy .: `S` must be a schema; the value is read as its `type`"#]],
    );
    schema(
        r##""Strng""##,
        expect![[r#"
        {}
        wrong-shape .: `S` must be a schema, but is a string"#]],
    );
    schema(
        r##"3"##,
        expect![[r#"
        {}
        wrong-shape .: `S` must be a schema, but is a number"#]],
    );
    schema(
        r##"null"##,
        expect![[r#"
        {}
        sloppy .: `S` has no schema"#]],
    );
    schema(
        r##"{"type":"object","properties":{"a":"integer","b":null,"c":[]}}"##,
        expect![[r#"
            {"type":"object","properties":{"a":{"type":"integer"},"b":{},"c":{}}}
            sloppy ./properties/a: `a` must be a schema; the value is read as its `type`
            sloppy ./properties/b: `b` has no schema
            wrong-shape ./properties/c: `c` must be a schema, but is an array"#]],
    );
    schema(
        r##"{"allOf":{"a":1},"anyOf":[],"items":null,"properties":[],"additionalProperties":"false"}"##,
        expect![[r#"
            {"additionalProperties":false}
            wrong-shape ./allOf: `allOf` must be an array of schemas, but is an object
            sloppy ./anyOf: `anyOf` is empty
            sloppy ./items: `items` has no value
            wrong-shape ./properties: `properties` must be an object whose values are schemas, but is an array
            sloppy ./additionalProperties: `additionalProperties` must be a boolean; `"false"` is read as `false`"#]],
    );
    schema(
        r##"{"allOf":["string",3]}"##,
        expect![[r#"
            {"allOf":[{"type":"string"},{}]}
            sloppy ./allOf/0: an item of `allOf` must be a schema; the value is read as its `type`
            wrong-shape ./allOf/1: an item of `allOf` must be a schema, but is a number"#]],
    );
    schema(
        r##"{"not":null,"additionalProperties":null,"properties":null}"##,
        expect![[r#"
        {}
        sloppy ./not: `not` has no value
        sloppy ./additionalProperties: `additionalProperties` has no value
        sloppy ./properties: `properties` has no value"#]],
    );
}

#[test]
fn members_without_a_value() {
    schema(
        r##"{"type":"object","description":null,"title":null,"discriminator":null,"externalDocs":null,"default":null}"##,
        expect![[r#"
            {"type":"object","default":null}
            sloppy ./description: `description` has no value
            sloppy ./title: `title` has no value
            sloppy ./discriminator: `discriminator` has no value
            sloppy ./externalDocs: `externalDocs` has no value"#]],
    );
}

#[test]
fn discriminators_in_the_style_of_swagger() {
    schema(
        r##"{"type":"object","discriminator":"kind"}"##,
        expect![[r#"
            {"type":"object","discriminator":{"propertyName":"kind"}}
            sloppy ./discriminator: `discriminator` must be a discriminator object; the value is read as its `propertyName`"#]],
    );
    schema(
        r##"{"type":"object","discriminator":{"mapping":{"a":"A","b":1,"c":[]}}}"##,
        expect![[r#"
            {"type":"object","discriminator":{"mapping":{"a":"A","b":"1"},"propertyName":""}}
            sloppy ./discriminator/mapping/b: `b` must be a string; `1` is read as `"1"`
            wrong-shape ./discriminator/mapping/c: `c` must be a string, but is an array
            wrong-shape ./discriminator: a discriminator object needs `propertyName`, which is missing"#]],
    );
    schema(
        r##"{"type":"object","discriminator":3,"externalDocs":{}}"##,
        expect![[r#"
        {"type":"object","externalDocs":{"url":""}}
        wrong-shape ./discriminator: `discriminator` must be a discriminator object, but is a number
        sloppy ./externalDocs: an external documentation object needs `url`, which is missing"#]],
    );
}

#[test]
fn references_that_are_none() {
    schema(
        r##"{"$ref":3}"##,
        expect![[r#"
            {"$ref":"3"}
            sloppy ./$ref: `$ref` must be a string; `3` is read as `"3"`"#]],
    );
    schema(
        r##"{"$ref":["a"],"type":"string"}"##,
        expect![[r#"
            {"type":"string"}
            wrong-shape ./$ref: `$ref` must be a string, but is an array"#]],
    );
}
