//! `null` in all its spellings, and alternatives that are left alone.

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
        expect![[r#"
            {"title":"outer","nullable":true,"type":"string","format":"date-time","description":"d"}
            keyword-ignored ./oneOf/1/title: `title` has no effect: the schema around it has its own"#]],
    );
    schema(
        r##"{"anyOf":[{"$ref":"#/components/schemas/Cat","description":"inner"},{"type":"null"}],"description":"outer"}"##,
        expect![[r##"
            {"description":"outer","nullable":true,"allOf":[{"$ref":"#/components/schemas/Cat"}]}
            keyword-ignored ./anyOf/0/description: `description` has no effect: the schema around it has its own"##]],
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
            keyword-ignored ./discriminator: `discriminator` has no effect: there is one alternative only"##]],
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
