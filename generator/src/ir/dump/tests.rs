use super::{dump, dump_operation, dump_type};
use crate::diag::is_hidden;
use crate::ir::*;

use crate::plan::tests::build::*;
use crate::pointer::Pointer;
use expect_test::expect_file;

#[test]
fn an_api_as_text() {
    let mut api = api();
    api.info.title = "Pets".into();
    api.info.version = "1.0".into();
    api.schemes.push(Scheme {
        key: "key".into(),
        origin: Pointer::root(),
        kind: SchemeKind::ApiKeyHeader("Api-Key".into()),
        description: None,
    });
    let pet = component(&mut api, "Pet", object(Vec::new()));
    let status = inline(
        &mut api,
        Owner::Type(pet),
        &[Segment::Member("status".into())],
        strings(&["alive", "at rest"]),
    );
    api.types[0].shape = object(vec![
        member("id", Ty::Int(IntKind::I64)),
        Member { default: Some("[]".into()), ..optional("tags", list(Ty::String)) },
        Member { presence: Presence::OptionalNullable, ..member("parent", Ty::Named(pet)) },
        Member {
            name: None,
            access: Access::ReadOnly,
            presence: Presence::Nullable,
            ..member("status", Ty::Named(status))
        },
        Member { constant: Some("\"pet\"".into()), ..member("kind", Ty::String) },
    ]);
    api.types[0].docs.summary = Some("A pet.".into());
    let any = component(&mut api, "Any One", union(&[(&["pet"], Ty::Named(pet)), (&["x"], Ty::Object)]));
    component(&mut api, "Pets", Shape::Alias(list(Ty::Nullable(Box::new(Ty::Named(any))))));
    let list_pets = operation(&mut api, "pets", "listPets", "GET /pets/{id}");
    let op = op(&mut api, list_pets);
    op.params = vec![
        param(Location::Path, "id", Ty::String),
        Param { default: Some("10".into()), ..param(Location::Query, "limit", Ty::Int(IntKind::I32)) },
    ];
    op.params[0].style = Style::Simple;
    op.params[0].explode = false;
    op.body = Some(body(&[("application/x-www-form-urlencoded", ContentKind::Form(Ty::Named(pet)))]));
    let encoded = |of, style, media: &[&str]| PartEncoding {
        of,
        style,
        media: media.iter().map(|media| (*media).to_owned()).collect(),
        headers: Vec::new(),
        open_headers: vec!["X-Sum".into()],
    };
    let deep = PartStyle { style: Style::DeepObject, explode: true, allow_reserved: true };
    op.body.as_mut().unwrap().contents[0].encoding = vec![
        encoded(PartOf::Property("tags".into()), Some(deep), &[]),
        PartEncoding {
            headers: vec![("X-Kind".into(), "scan".into())],
            ..encoded(PartOf::Item(0), None, &["image/png", "image/*"])
        },
        encoded(PartOf::Items, None, &["text/csv"]),
    ];
    op.responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(any))))];
    op.errors = vec![response(Status::Default, None)];
    op.security = vec![vec![demand(0)]];
    api.untyped.push(Untyped { origin: Pointer::from("/x"), reason: "nothing is said" });
    expect_file!["golden1.txt"].assert_eq(&dump(&api));
}

#[test]
fn what_a_document_says_ends_no_line() {
    let mut api = api();
    let hostile = "x\n::error::y\r\u{1b}[31m\u{202e}\u{2028}::z";
    api.info.title = hostile.into();
    api.info.version = hostile.into();
    api.info.description = Some(hostile.into());
    api.servers.push(Server {
        url: hostile.into(),
        variables: Vec::new(),
        description: Some(hostile.into()),
    });
    let pet = component(&mut api, hostile, object(vec![member(hostile, Ty::Bool)]));
    api.types[0].docs.deprecated = Some(hostile.into());
    api.types[0].docs.link = Some(hostile.into());
    api.types[0].docs.constraints = vec![hostile.into()];
    api.types[0].example = Some(hostile.into());
    let get = operation(&mut api, hostile, hostile, "GET /x");
    op(&mut api, get).path = format!("/{hostile}");
    op(&mut api, get).server = Some(hostile.into());
    op(&mut api, get).idempotency = Some(hostile.into());
    op(&mut api, get).params =
        vec![Param { default: Some(hostile.into()), ..param(Location::Query, hostile, Ty::Named(pet)) }];
    op(&mut api, get).body = Some(body(&[(hostile, ContentKind::Text)]));
    let text = dump(&api);
    for line in text.lines() {
        assert!(!line.chars().any(is_hidden), "{line:?}");
        assert!(!line.trim_start().starts_with("::"), "{line:?}");
    }
}

#[test]
fn parts_by_themselves() {
    let mut api = api();
    let get = operation(&mut api, "", "-", "GET /x");
    let path = [Segment::Response("200".into()), Segment::Item, Segment::Variant("1".into())];
    let ty = inline(&mut api, Owner::Operation(get), &path, object(vec![]));
    assert_eq!(dump_type(&api, ty), "struct <GET /x> -> 200[]<1>\n");
    assert_eq!(dump_operation(&api, get), "-: GET /x\n");
}
