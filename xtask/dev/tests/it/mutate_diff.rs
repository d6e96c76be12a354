//! `cargo xtask dev mutate-diff` on a small folder.

use crate::world::World;

const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /things:
    get:
      operationId: things_list
      tags: [things]
      description: All of them.
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [code, label]
      properties:
        code: {type: string}
        label: {type: string}
        weight: {type: integer}
        color: {type: string, enum: [red, green, blue]}
";

#[test]
fn mutants_are_counted() {
    let world = World::new("mutate-diff");
    world.write("in/shop.yaml", SHOP);
    let (folder, kept) = (world.path("in").display().to_string(), world.path("kept").display().to_string());
    let ran = world.run(&["mutate-diff", &folder, "--each", "2", "--keep", &kept]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let all: Vec<&str> =
        ran.out.lines().find(|line| line.starts_with("all ")).unwrap().split_whitespace().collect();
    assert!(all[1] == all[2] && all[1] == all[4] && all[3] == "0", "{}", ran.out);
    assert!(all[1].parse::<usize>().unwrap() >= 30, "{}", ran.out);
    assert!(
        ran.out.contains("1 documents; in another order, as JSON and as YAML: 0 with changes"),
        "{}",
        ran.out
    );
    let mutant: serde_json::Value = serde_json::from_str(&world.read("kept/shop.mutant.json")).unwrap();
    assert!(mutant["components"]["schemas"]["Thing"]["properties"]["planted_member"].is_object());
}
