//! `sdkgen diff` as people and programs see it.

use expect_test::expect;

use crate::world::World;

const OLD: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths: {}
components:
  schemas:
    Thing:
      type: object
      properties:
        size: {type: integer}
        'a|b': {type: string}
";

fn world(name: &str) -> (World, String, String) {
    let world = World::new(name);
    world.write("old.yaml", OLD);
    world.write("new.yaml", OLD.replace("{type: integer}", "{type: string}").replace("'a|b'", "label"));
    let path = |file: &str| world.path(file).to_str().unwrap().to_owned();
    let (old, new) = (path("old.yaml"), path("new.yaml"));
    (world, old, new)
}

#[test]
fn every_form_names_item_reason_and_both_places() {
    let (world, old, new) = world("diff");
    let text = world.run(&["diff", &old, &new]);
    assert_eq!(text.code, 0);
    expect![[r#"
        Breaking (2)

          types::Thing::a_b is removed [field-removed]
            = code that names it no longer compiles
            old ROOT/old.yaml:10:9 #/components/schemas/Thing/properties/a|b
            new ROOT/new.yaml:6:5 #/components/schemas/Thing
          types::Thing::size is `Option<String>`, not `Option<i64>` [field-retyped]
            = code that reads or sets it no longer compiles
            old ROOT/old.yaml:9:9 #/components/schemas/Thing/properties/size
            new ROOT/new.yaml:9:9 #/components/schemas/Thing/properties/size

        Additions (1)

          types::Thing::label is new [field-added]
            = structs are non-exhaustive, and undeclared properties were kept before
            old ROOT/old.yaml:6:5 #/components/schemas/Thing
            new ROOT/new.yaml:10:9 #/components/schemas/Thing/properties/label

        verdict: major (2 breaking, 1 addition)
    "#]]
    .assert_eq(&text.out);
    let markdown = world.run(&["diff", &old, &new, "--format", "markdown"]);
    expect![[r#"
        ### SDK changes: major (2 breaking, 1 addition)

        From `ROOT/old.yaml` to `ROOT/new.yaml`.

        <details open><summary><b>Breaking (2)</b></summary>

        | item | change | why | old | new |
        |---|---|---|---|---|
        | `types::Thing::a_b` | is removed | code that names it no longer compiles | 10:9 | 6:5 |
        | `types::Thing::size` | is `Option<String>`, not `Option<i64>` | code that reads or sets it no longer compiles | 9:9 | 9:9 |

        </details>

        <details><summary><b>Additions (1)</b></summary>

        | item | change | why | old | new |
        |---|---|---|---|---|
        | `types::Thing::label` | is new | structs are non-exhaustive, and undeclared properties were kept before | 6:5 | 10:9 |

        </details>

    "#]].assert_eq(&markdown.out);
    let github = world.run(&["diff", &old, &new, "--format", "github"]);
    expect![[r#"
        ::error file=ROOT/new.yaml,line=6,col=5,title=breaking%3A field-removed::types::Thing::a_b is removed (code that names it no longer compiles)
        ::error file=ROOT/new.yaml,line=9,col=9,title=breaking%3A field-retyped::types::Thing::size is `Option<String>`, not `Option<i64>` (code that reads or sets it no longer compiles)
        ::warning file=ROOT/new.yaml,line=10,col=9,title=addition%3A field-added::types::Thing::label is new (structs are non-exhaustive, and undeclared properties were kept before)
        ::notice title=verdict::major (2 breaking, 1 addition)
    "#]].assert_eq(&github.out);
    let json: serde_json::Value =
        serde_json::from_str(&world.run(&["diff", &old, &new, "--format", "json"]).out).unwrap();
    assert_eq!(json["verdict"], "major");
    assert_eq!(json["changes"][0]["old"]["line"], 10);
}

#[test]
fn what_is_too_much_is_an_exit_code() {
    let (world, old, new) = world("diff-fail");
    assert_eq!(world.run(&["diff", &old, &new, "--fail-on", "major"]).code, 1);
    assert_eq!(world.run(&["diff", &old, &old, "--fail-on", "minor"]).code, 0);
    assert!(world.run(&["diff", &old, &old]).out.ends_with("verdict: none (nothing changed)\n"));
    assert_eq!(world.run(&["diff", &old, "nowhere.yaml"]).code, 1);
}

/// What another file holds is shown where it is written, in every form.
#[test]
fn a_change_in_another_file_has_its_name() {
    let world = World::new("diff-files");
    let document = |file: &str| {
        let schema = format!("{{$ref: '{file}#/Thing'}}");
        let response = format!("{{description: ok, content: {{application/json: {{schema: {schema}}}}}}}");
        format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /thing: {{get: {{operationId: thing_get, responses: {{'200': {response}}}}}}}\n"
        )
    };
    for (name, member) in [("old", "size"), ("new", "weight")] {
        world.write(&format!("{name}.yaml"), document(&format!("{name}-schemas.yaml")));
        let schemas = format!(
            "# what it holds\nThing:\n  type: object\n  properties:\n    {member}: {{type: integer}}\n"
        );
        world.write(&format!("{name}-schemas.yaml"), schemas);
    }
    let path = |file: &str| world.path(file).to_str().unwrap().to_owned();
    let (old, new) = (path("old.yaml"), path("new.yaml"));
    for format in ["text", "markdown", "json", "github"] {
        let out = world.run(&["diff", &old, &new, "--format", format]).out;
        // The place of the member that is gone, and of the one that is new.
        let is_told = match format {
            "text" => out.contains("old-schemas.yaml:5:5") && out.contains("new-schemas.yaml:5:5"),
            "markdown" => out.contains("old-schemas.yaml:5:5`") && out.contains("new-schemas.yaml:5:5`"),
            "json" => out.contains("old-schemas.yaml\"") && out.contains("new-schemas.yaml\""),
            _ => out.contains("new-schemas.yaml,line=5"),
        };
        assert!(is_told, "{format}: {out}");
    }
}
