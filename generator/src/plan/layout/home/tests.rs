use crate::ir::{ContentKind, Owner, Segment, Status, Ty};
use crate::plan::tests::build::*;
use crate::sdk::Sdk;

fn homes(plan: &Sdk) -> Vec<String> {
    let types = |home: &crate::sdk::Module| {
        home.types.iter().map(|id| plan.types[*id].name.to_string()).collect::<Vec<_>>().join(" ")
    };
    plan.modules.iter().map(|home| format!("{} {:?}: {}", home.name, home.feature, types(home))).collect()
}

#[test]
fn a_type_lives_with_the_only_resource_that_reaches_it() {
    let mut api = api();
    let both = component(&mut api, "Both", object(vec![]));
    let deep = component(&mut api, "Deep", object(vec![member("both", Ty::Named(both))]));
    let pet = component(&mut api, "Pet", object(vec![member("deep", list(Ty::Named(deep)))]));
    let status = inline(&mut api, Owner::Type(pet), &[Segment::Member("status".into())], strings(&["a"]));
    let held = component(&mut api, "Held", object(vec![]));
    component(&mut api, "Lonely", object(vec![member("held", Ty::Named(held))]));
    let top = component(&mut api, "Top", object(vec![]));
    component(&mut api, "Own", object(vec![]));
    let json = |ty| vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Tuple(ty))))];
    for (tag, id, types) in [
        ("pets", "a", vec![Ty::Named(pet), Ty::Named(status), Ty::Named(held)]),
        ("pets.toys", "b", vec![Ty::Named(deep)]),
        ("shared", "c", vec![Ty::Named(both)]),
        ("shared", "d", vec![Ty::Named(crate::ir::TypeId(7))]),
        ("", "e", vec![Ty::Named(top)]),
    ] {
        let id = operation(&mut api, tag, id, &format!("GET /{id}"));
        op(&mut api, id).responses = json(types);
    }
    let (plan, _) = planned(api);
    assert_eq!(
        homes(&plan),
        [
            "shared None: Both Held Lonely Top",
            "pets Some(\"pets\"): Deep Pet PetStatus",
            "shared_types Some(\"shared\"): Own",
        ]
    );
}

#[test]
fn what_only_requests_of_the_server_carry_has_a_feature_of_its_own() {
    let mut api = api();
    let both = component(&mut api, "Both", object(vec![]));
    let deep = component(&mut api, "Deep", object(vec![]));
    let both_and_deep = vec![member("both", Ty::Named(both)), member("deep", Ty::Named(deep))];
    let event = component(&mut api, "Event", object(both_and_deep));
    component(&mut api, "Lonely", object(vec![]));
    api.payloads.push(event);
    assert_eq!(homes(&planned(api.clone()).0), ["shared None: Both Deep Event Lonely"], "no operation");
    let id = operation(&mut api, "pets", "a", "GET /a");
    let json = ContentKind::Json(Ty::Named(both));
    op(&mut api, id).responses = vec![response(Status::Code(200), Some(json))];
    assert_eq!(
        homes(&planned(api).0),
        ["shared None: Both Lonely", "webhooks Some(\"webhook-types\"): Deep Event"]
    );
}
