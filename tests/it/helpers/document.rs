use tests::document::Document;

const TEXT: &str = "
openapi: 3.1.0
paths:
  /a/{id}:
    get:
      responses:
        '200': {$ref: '#/components/responses/Ok'}
components:
  responses:
    Ok: {$ref: '#/components/responses/Real'}
    Real: {content: {application/json: {schema: {$ref: '#/components/schemas/A~1B'}}}}
  schemas:
    A/B: {type: string}
    Loop: {$ref: '#/components/schemas/Loop'}
";

#[test]
fn pointers_lead_through_references() {
    let doc = Document::parse("test.yaml", TEXT).unwrap();
    let place = "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema";
    let (real, node) = doc.resolve(place).unwrap();
    assert_eq!(real, "/components/schemas/A~1B");
    assert_eq!(node["type"], "string");
    assert_eq!(doc.at(place).unwrap()["$ref"], "#/components/schemas/A~1B");
}

#[test]
fn a_circle_of_references_ends() {
    let doc = Document::parse("test.yaml", TEXT).unwrap();
    assert!(doc.resolve("/components/schemas/Loop").is_none());
    assert!(doc.at("/components/schemas/Loop/type").is_none());
}
