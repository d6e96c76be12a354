use expect_test::{Expect, expect};

use crate::diag::{Sink, Style, render};
use crate::parts::Lost;
use crate::source::Source;
use crate::{Input, generate};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/// A description by the paths of its files; the first is the document.
fn input(files: &[(&str, &str)]) -> Input {
    let (name, text) = files[0];
    let mut input = Input::new(Source::new(format!("api/{name}"), format!("{HEAD}{text}")));
    input.gather(|path| {
        let found = files[1..].iter().find(|(name, _)| *name == path);
        match found {
            Some((name, text)) => Ok(Source::new(format!("api/{name}"), *text)),
            None if path.starts_with("..") => Err(Lost::Outside),
            None => Err(Lost::Missing { near: None }),
        }
    });
    input
}

/// Every file of the crate, with what was said.
fn made(input: &Input) -> (String, String) {
    let mut sink = Sink::new();
    let output = generate(input, &mut sink);
    let said = render(&sink.finish(), &input.sources(), Style::PLAIN);
    let files =
        output.map(|output| output.files.iter().map(|(path, text)| format!("{path}\n{text}")).collect());
    (files.unwrap_or_default(), said)
}

/// The description makes the same crate as its bundled form.
fn same(files: &[(&str, &str)], bundled: &str) {
    let (crate_of_files, said) = made(&input(files));
    let (crate_of_one, said_of_one) = made(&input(&[(files[0].0, bundled)]));
    assert!(!crate_of_files.is_empty(), "{said}");
    assert!(!crate_of_one.is_empty(), "{said_of_one}");
    if crate_of_files != crate_of_one {
        let lines = crate_of_files.lines().zip(crate_of_one.lines());
        let (one, other) = lines.clone().find(|(one, other)| one != other).unwrap_or_default();
        panic!("they differ:\n{one}\n{other}\n{said}");
    }
}

fn refused(files: &[(&str, &str)], expected: &Expect) {
    let (files, said) = made(&input(files));
    assert_eq!(files, "");
    expected.assert_eq(&said);
}

/// What is left is made, and this is said.
fn told(files: &[(&str, &str)], expected: &Expect) {
    let (files, said) = made(&input(files));
    assert_ne!(files, "");
    expected.assert_eq(&said);
}

const ONE: &str = "\
paths:
  /pets/{id}:
    parameters:
    - {$ref: '#/components/parameters/Id'}
    get:
      operationId: getPet
      responses:
        '200': {$ref: '#/components/responses/Pet'}
        default:
          description: Failure
          content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
    put:
      operationId: putPet
      requestBody: {$ref: '#/components/requestBodies/NewPet'}
      responses: {'204': {description: Done}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Error: {type: object, properties: {code: {$ref: '#/components/schemas/Code'}, message: {type: string}}}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Code: {type: string, enum: [lost, found]}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  responses:
    Pet: {description: A pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  requestBodies:
    NewPet: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
";

#[test]
fn all_kinds_of_things_in_nested_folders_with_circles() {
    let files = [
        (
            "api.yaml",
            "paths:\n  /pets/{id}: {$ref: 'paths/pet.yaml'}\ncomponents:\n  schemas:\n    Pet: {$ref: './schemas/Pet.yaml'}\n",
        ),
        (
            "paths/pet.yaml",
            "parameters:
- {$ref: '../common/parts.json#/parameters/Id'}
get:
  operationId: getPet
  responses:
    '200': {$ref: '../common/parts.json#/responses/Pet'}
    default:
      description: Failure
      content: {application/json: {schema: {$ref: '../common/errors.yaml#/definitions/Error'}}}
put:
  operationId: putPet
  requestBody: {$ref: '../common/parts.json#/requestBodies/NewPet'}
  responses: {'204': {description: Done}}
",
        ),
        (
            "common/parts.json",
            r##"{
  "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
  "responses": {"Pet": {"description": "A pet", "content": {"application/json": {"schema": {"$ref": "../api.yaml#/components/schemas/Pet"}}}}},
  "requestBodies": {"NewPet": {"required": true, "content": {"application/json": {"schema": {"$ref": "../schemas/Pet.yaml"}}}}}
}"##,
        ),
        (
            "common/errors.yaml",
            "definitions:
  Error: {type: object, properties: {code: {$ref: '#/definitions/Code'}, message: {type: string}}}
  Code: {type: string, enum: [lost, found]}
",
        ),
        (
            "schemas/Pet.yaml",
            "type: object
required: [name]
properties:
  name: {type: string}
  owner: {$ref: Owner.yaml}
  friends: {type: array, items: {$ref: Pet.yaml}}
",
        ),
        (
            "schemas/Owner.yaml",
            "type: object\nproperties:\n  pets: {type: array, items: {$ref: '../schemas/Pet.yaml#'}}\n",
        ),
    ];
    same(&files, ONE);
}

#[test]
fn sections_and_lists_and_texts_of_their_own_files() {
    let files = [
        ("api.yaml", "paths: {$ref: paths.yaml}\ncomponents: {$ref: components.yaml}\n"),
        (
            "paths.yaml",
            "/pets/{id}:
  parameters: {$ref: 'lists.yaml#/id'}
  get:
    operationId: getPet
    description: {$ref: get.md}
    responses:
      '200': {description: A pet, content: {application/json: {schema: {$ref: 'schemas/index.yaml#/Pet'}}}}
",
        ),
        ("get.md", "Gives a pet."),
        ("lists.yaml", "id: [{name: id, in: path, required: true, schema: {type: string}}]\n"),
        ("components.yaml", "schemas: {$ref: schemas/index.yaml}\n"),
        ("schemas/index.yaml", "Pet: {$ref: pet.yaml}\nAlias: {$ref: pet.yaml}\n"),
        ("schemas/pet.yaml", "type: object\nproperties: {kind: {type: string, enum: [cat, dog]}}\n"),
    ];
    let one = "paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      description: Gives a pet.
      responses:
        '200': {description: A pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {kind: {type: string, enum: [cat, dog]}}}
    Alias: {$ref: '#/components/schemas/Pet'}
";
    same(&files, one);
}

#[test]
fn discriminators_and_definitions_of_json_schema_files() {
    let files = [
        ("api.yaml", "paths: {}\ncomponents:\n  schemas:\n    ValueShape: {$ref: shape.json}\n"),
        (
            "shape.json",
            r##"{"$schema": "https://json-schema.org/draft/2020-12/schema",
  "oneOf": [{"$ref": "circle.json"}, {"$ref": "#/$defs/Square"}],
  "discriminator": {"propertyName": "kind", "mapping": {"circle": "circle.json", "square": "#/$defs/Square"}},
  "$defs": {"Square": {"type": "object", "properties": {"kind": {"type": "string"}, "side": {"$ref": "#len"}}},
            "Length": {"$anchor": "len", "type": "number", "minimum": 0}}}"##,
        ),
        (
            "circle.json",
            r##"{"type": "object", "properties": {"kind": {"type": "string"}, "radius": {"$ref": "shape.json#/$defs/Length"}}}"##,
        ),
    ];
    let one = "paths: {}
components:
  schemas:
    ValueShape:
      oneOf: [{$ref: '#/components/schemas/circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator:
        propertyName: kind
        mapping: {circle: '#/components/schemas/circle', square: '#/components/schemas/Square'}
    circle: {type: object, properties: {kind: {type: string}, radius: {$ref: '#/components/schemas/Length'}}}
    Square: {type: object, properties: {kind: {type: string}, side: {$ref: '#/components/schemas/Length'}}}
    Length: {type: number, minimum: 0}
";
    same(&files, one);
}

#[test]
fn what_is_wrong_is_shown_in_its_own_file() {
    told(
        &[
            ("api.yaml", "paths: {}\ncomponents:\n  schemas:\n    Pet: {$ref: s/pet.yaml}\n"),
            (
                "s/pet.yaml",
                "type: object
properties:
  a: {$ref: '#/definitions/Missing'}
  b: {$ref: https://example.com/b.yaml}
  c: {$ref: ../../outside.yaml}
  d: {$ref: /etc/passwd}
definitions: {Misssing: {}}
",
            ),
        ],
        &expect![[r#"
            warning[unresolved-ref]: reference `#/definitions/Missing` does not resolve: `s/pet.yaml` has no `#/definitions/Missing`
             --> api/s/pet.yaml:3:13
              |
            3 |   a: {$ref: '#/definitions/Missing'}
              |             ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: it is ignored; did you mean `#/definitions/Misssing`?

            warning[external-ref]: reference `https://example.com/b.yaml` points to the network, and nothing is fetched
             --> api/s/pet.yaml:4:13
              |
            4 |   b: {$ref: https://example.com/b.yaml}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: it is ignored; put the file next to the document, and refer to it by a relative path

            warning[external-ref]: reference `../../outside.yaml` points outside the folder of the document
             --> api/s/pet.yaml:5:13
              |
            5 |   c: {$ref: ../../outside.yaml}
              |             ^^^^^^^^^^^^^^^^^^
              |
              = help: it is ignored; move the file into that folder, or allow it with `--allow-outside`

            warning[external-ref]: reference `/etc/passwd` has an absolute path
             --> api/s/pet.yaml:6:13
              |
            6 |   d: {$ref: /etc/passwd}
              |             ^^^^^^^^^^^
              |
              = help: it is ignored; write the path relative to this file, such as `../common/error.yaml`

        "#]],
    );
}

#[test]
fn what_is_wrong_with_a_part_is_shown_in_the_part() {
    told(
        &[
            ("api.yaml", "paths: {}\ncomponents:\n  schemas:\n    Pet: {$ref: s/pet.yaml}\n"),
            (
                "s/pet.yaml",
                "type: object
properties:
  e: {$ref: gone.yaml}
  f: {$ref: '../api.yaml#/components/schemas/Pat'}
  g: {type: strin}
",
            ),
        ],
        &expect![[r#"
            warning[external-ref]: reference `gone.yaml` points to `s/gone.yaml`, which does not exist
             --> api/s/pet.yaml:3:13
              |
            3 |   e: {$ref: gone.yaml}
              |             ^^^^^^^^^
              |
              = help: it is ignored; add the file, or correct the path (it is relative to this file)

            warning[unresolved-ref]: reference `#/components/schemas/Pat` does not resolve
             --> api/s/pet.yaml:4:13
              |
            4 |   f: {$ref: '../api.yaml#/components/schemas/Pat'}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: #/components/schemas/Pet/properties/f/$ref
              = help: it is ignored; did you mean `#/components/schemas/Pet`?

            warning[wrong-shape]: `strin` is not a JSON type
             --> api/s/pet.yaml:5:13
              |
            5 |   g: {type: strin}
              |             ^^^^^ expected one of `string`, `number`, `integer`, `boolean`, `object`, `array`, `null`
              |
              = at: #/components/schemas/Pet/properties/g/type
              = help: choose one of them, or remove `type` to allow any type

        "#]],
    );
}

#[test]
fn a_broken_file_is_reported_once() {
    refused(
        &[
            ("api.yaml", "paths: {}\ncomponents:\n  schemas: {A: {$ref: a.yaml}, B: {$ref: 'a.yaml#/b'}}\n"),
            ("a.yaml", "b: c: d\n"),
        ],
        &expect![[r#"
            error[syntax]: mapping values are not allowed in this context
             --> api/a.yaml:1:5
              |
            1 | b: c: d
              |     ^
              |
              = help: quote the value if it contains `: `, or fix the indentation

        "#]],
    );
}

#[test]
fn things_that_contain_themselves_without_a_component_end() {
    let (files, said) = made(&input(&[
        ("api.yaml", "paths:\n  /a: {$ref: a.yaml}\n  /c: {$ref: c.yaml}\n"),
        ("a.yaml", "$ref: b.yaml\n"),
        ("b.yaml", "$ref: a.yaml\n"),
        ("c.yaml", "get: {$ref: d.yaml}\n"),
        ("d.yaml", "responses: {$ref: d.yaml}\n"),
    ]));
    assert!(!files.is_empty() || said.contains("error"), "{said}");
}

#[test]
fn equal_names_of_different_things_keep_apart() {
    let (files, said) = made(&input(&[
        (
            "api.yaml",
            "paths: {}\ncomponents:\n  schemas:\n    Both: {type: object, properties: {a: {$ref: a/item.yaml}, b: {$ref: b/item.yaml}}}\n",
        ),
        ("a/item.yaml", "type: object\nproperties: {x: {type: string}}\n"),
        ("b/item.yaml", "type: object\nproperties: {y: {type: string}}\n"),
    ]));
    assert!(files.contains("pub struct Item ") && files.contains("pub struct BItem "), "{files}");
    assert!(said.contains("two components are called `item`"), "{said}");
}
