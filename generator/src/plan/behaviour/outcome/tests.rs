use crate::ir::{ContentKind, Status, Ty};
use crate::plan::tests::build::*;
use crate::sdk::Outcome;

fn outcome(responses: &[(Status, Option<ContentKind>)]) -> Outcome {
    let mut api = api();
    let id = operation(&mut api, "pets", "pets_create", "POST /pets");
    op(&mut api, id).responses =
        responses.iter().map(|(status, kind)| response(*status, kind.clone())).collect();
    planned(api).0.operations[0].outcome.clone()
}

#[test]
fn one_body_or_none() {
    let json = Some(ContentKind::Json(Ty::String));
    assert_eq!(outcome(&[]), Outcome::One(0));
    assert_eq!(outcome(&[(Status::Code(204), None)]), Outcome::One(0));
    assert_eq!(
        outcome(&[(Status::Code(200), json.clone()), (Status::Code(201), json.clone())]),
        Outcome::One(0)
    );
    assert_eq!(outcome(&[(Status::Code(204), None), (Status::Code(200), json)]), Outcome::Optional(1));
}

#[test]
fn different_bodies_are_a_choice() {
    let (a, b) = (Some(ContentKind::Json(Ty::String)), Some(ContentKind::Text));
    let responses =
        [(Status::Code(200), a), (Status::Code(202), None), (Status::Range(2), b), (Status::Code(299), None)];
    let Outcome::Choice { name, variants } = outcome(&responses) else { panic!("not a choice") };
    assert_eq!(name.as_str(), "CreateAnswer");
    let variants: Vec<&str> = variants.iter().map(|variant| variant.as_str()).collect();
    assert_eq!(variants, ["Ok", "Accepted", "Success", "Status299"]);
}
