use crate::diag::{Code, Sink};
use crate::source::Source;
use crate::{Input, generate};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getPet, tags: [pets], responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
    put: {operationId: putPet, tags: [pets, admin], requestBody: {$ref: '#/components/requestBodies/NewPet'}, responses: {'204': {description: D}}}
  /shops:
    get: {operationId: listShops, tags: [shops], parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Query'}}], responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}}}
  /shops/closed:
    get: {operationId: closed, tags: [shops], parameters: [{$ref: '#/paths/~1shops/get/parameters/0'}], responses: {'204': {description: D}}}
components:
  requestBodies:
    NewPet: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
  schemas:
    Pet: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}
    NewPet: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}, secret: {$ref: '#/components/schemas/Secret'}}}
    Owner: {type: object, properties: {name: {type: string}}}
    Secret: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {name: {type: string}}}
    Query: {type: string, enum: [a, b]}
    Alone: {type: object, properties: {name: {type: string}}}
";

/// Methods and types that are left, with how many operations and schemas are not.
fn left(config: &str) -> (usize, Vec<String>, usize, usize) {
    let config = Some(Source::new("sdk.toml", config));
    let input = Input { config, ..Input::new(Source::new("api.yaml", DOCUMENT)) };
    let mut sink = Sink::new();
    let output = generate(&input, &mut sink).unwrap();
    let types = output.names.iter().filter_map(|(at, _)| at.strip_prefix("/components/schemas/"));
    let counted = |code: Code| sink.allowed().get(&code).copied().unwrap_or_default();
    (
        output.sdk.operations.len(),
        types.map(str::to_owned).collect(),
        counted(Code::Excluded),
        counted(Code::Pruned),
    )
}

#[test]
fn what_only_left_out_operations_need_goes_with_them() {
    let (operations, types, excluded, pruned) = left("[exclude]\noperations = [\"putPet\"]\n");
    assert_eq!((operations, excluded, pruned), (3, 1, 2));
    assert_eq!(types, ["Alone", "Owner", "Pet", "Query", "Shop"]);
    let (operations, types, excluded, pruned) =
        left("[include]\ntags = [\"pets\"]\n[exclude]\ntags = [\"admin\"]\n");
    assert_eq!((operations, excluded, pruned), (1, 3, 4));
    assert_eq!(types, ["Alone", "Owner", "Pet"]);
}

#[test]
fn what_others_refer_to_stays() {
    let (operations, types, ..) = left("[include]\npaths = [\"/shops/*\"]\n");
    assert_eq!(operations, 1);
    // The operation that is referred to is not generated, but what it needs is there.
    assert_eq!(types, ["Alone", "Query", "Shop"]);
    let (operations, ..) = left("[include]\noperations = [\"GET /shops\", \"getPet\"]\n");
    assert_eq!(operations, 2);
}

#[test]
fn what_matches_nothing_is_an_error_with_a_neighbour() {
    let config = Some(Source::new(
        "sdk.toml",
        "[include]\noperations = [\"getPat\"]\ntags = [\"x\"]\npaths = [\"/z/**\"]\n",
    ));
    let input = Input { config, ..Input::new(Source::new("api.yaml", DOCUMENT)) };
    let mut sink = Sink::new();
    assert!(generate(&input, &mut sink).is_none());
    let found = sink.finish();
    assert_eq!(found.iter().filter(|one| one.code == Code::ConfigTarget).count(), 3);
    assert!(found.iter().any(|one| one.help.as_deref() == Some("did you mean `getPet`?")));
}
