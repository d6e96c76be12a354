//! What is said about documents that are no OpenAPI.

use expect_test::expect;

use super::check;

#[test]
fn an_empty_document_is_called_empty() {
    check(
        "api.yaml",
        "",
        false,
        expect![[r#"
            error[not-openapi]: the document is empty
             --> api.yaml:1:1
              |
            1 |
              | ^
              |
              = help: pass a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

        "#]],
    );
    check(
        "api.yaml",
        "# nothing but a remark\n",
        false,
        expect![[r#"
            error[not-openapi]: the document is empty
             --> api.yaml:1:1
              |
            1 | # nothing but a remark
              | ^
              |
              = help: pass a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

        "#]],
    );
    check(
        "api.json",
        " \n",
        false,
        expect![[r#"
            error[not-openapi]: the document is empty
             --> api.json:2:1
              |
            2 |
              | ^
              |
              = help: pass a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`

        "#]],
    );
}

#[test]
fn other_documents_are_named_for_what_they_are() {
    check(
        "api.yaml",
        "swagger: 2.0\ninfo: {}\n",
        false,
        expect![[r#"
        error[swagger-2]: this is a Swagger 2.0 document, not OpenAPI 3
         --> api.yaml:1:10
          |
        1 | swagger: 2.0
          |          ^^^
          |
          = at: #/swagger
          = help: convert it to OpenAPI 3 first, for instance with `swagger2openapi`

    "#]],
    );
    check(
        "api.yaml",
        "name: CI\non: push\n",
        false,
        expect![[r#"
            error[not-openapi]: this is not an OpenAPI document: `openapi` is missing
             --> api.yaml:1:1
              |
            1 | name: CI
              | ^^^^^^^^
              |
              = help: begin the document with `openapi: 3.0.x` or `openapi: 3.1.x`

        "#]],
    );
    check(
        "api.yaml",
        "OpenAPI: 3.1.0\n",
        false,
        expect![[r#"
            error[not-openapi]: this is not an OpenAPI document: `openapi` is missing
             --> api.yaml:1:1
              |
            1 | OpenAPI: 3.1.0
              | ^^^^^^^
              |
              = at: #/OpenAPI
              = help: did you mean `openapi`?

        "#]],
    );
}

#[test]
fn versions_are_told_apart() {
    check(
        "api.yaml",
        "openapi: 4.0.0\n",
        false,
        expect![[r#"
            error[not-openapi]: `4.0.0` is not a supported version of OpenAPI
             --> api.yaml:1:10
              |
            1 | openapi: 4.0.0
              |          ^^^^^
              |
              = at: #/openapi
              = help: use OpenAPI 3.0 or 3.1

        "#]],
    );
    check(
        "api.json",
        "{\"openapi\": 3.1}",
        false,
        expect![[r#"
            error[not-openapi]: `openapi` must be a version in quotes, but is a number
             --> api.json:1:13
              |
            1 | {"openapi": 3.1}
              |             ^^^
              |
              = at: #/openapi
              = help: write `"openapi": "3.1.0"`

        "#]],
    );
    check(
        "api.yaml",
        "openapi: 3.2.0\n",
        true,
        expect![[r#"
            warning[newer-version]: OpenAPI 3.2.0 is read as 3.1
             --> api.yaml:1:10
              |
            1 | openapi: 3.2.0
              |          ^^^^^
              |
              = at: #/openapi
              = help: change the version to `3.1.0` unless the document needs 3.2; what has no effect is reported where it occurs

        "#]],
    );
}

#[test]
fn what_is_no_mapping_is_named() {
    check(
        "index",
        "<!doctype html>\n<html></html>\n",
        false,
        expect![[r#"
            error[not-openapi]: the document is a string, not an object
             --> index:1:1
              |
            1 | <!doctype html>
              | ^^^^^^^^^^^^^^^
              |
              = help: this looks like HTML or XML; was an error page saved instead of the document?

        "#]],
    );
    check(
        "api.yaml",
        "- openapi\n",
        false,
        expect![[r#"
            error[not-openapi]: the document is an array, not an object
             --> api.yaml:1:1
              |
            1 | - openapi
              | ^^^^^^^^^
              |
              = help: begin the document with `openapi: 3.0.x` or `openapi: 3.1.x`

        "#]],
    );
}
