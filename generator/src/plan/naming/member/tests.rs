use crate::ir::{Access, ContentKind, Member, Presence, Shape, Status, Struct, Ty};
use crate::plan::tests::build::*;
use crate::sdk::{self, Field, Sdk};

fn nullable(wire: &str) -> Member {
    Member { presence: Presence::OptionalNullable, ..member(wire, Ty::String) }
}

/// Plans one object that is sent and received.
fn both(members: Vec<Member>) -> Sdk {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(members));
    let id = operation(&mut api, "pets", "create", "POST /pets");
    let op = op(&mut api, id);
    op.body = Some(body(&[("application/json", ContentKind::Json(Ty::Named(pet)))]));
    op.responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(pet))))];
    planned(api).0
}

fn told(member: &Field) -> String {
    let name =
        |ident: &Option<crate::sdk::Ident>| ident.as_ref().map_or("-".to_string(), |ident| ident.to_string());
    let new = if member.is_argument && member.setter.is_none() { " new" } else { "" };
    format!("{} {} {}{new}", member.name, name(&member.setter), name(&member.clear))
}

#[test]
fn what_goes_where() {
    let plan = both(vec![
        member("id", Ty::String),
        optional("name", Ty::String),
        nullable("note"),
        Member { default: Some("\"x\"".into()), ..nullable("mode") },
        Member { constant: Some("\"pet\"".into()), ..member("type", Ty::String) },
        Member { access: Access::ReadOnly, ..member("createdAt", Ty::String) },
        Member { access: Access::WriteOnly, ..member("secret", Ty::String) },
        Member { presence: Presence::Nullable, ..member("parent", Ty::String) },
    ]);
    let members: Vec<String> = plan.types[0].fields().iter().map(told).collect();
    assert_eq!(
        members,
        [
            "id - - new",
            "name name -",
            "note note clear_note",
            "mode mode -",
            "TYPE - -",
            "created_at - -",
            "secret - - new",
            "parent parent -",
        ]
    );
    let presences: Vec<Presence> = plan.types[0].fields().iter().map(|member| member.presence).collect();
    assert_eq!(presences[5..7], [Presence::Optional, Presence::Optional]);
    assert_eq!(presences[7], Presence::Nullable);
}

#[test]
fn what_is_only_received_has_no_setters() {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![member("id", Ty::String), nullable("note")]));
    let id = operation(&mut api, "pets", "get", "GET /pets");
    op(&mut api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(pet))))];
    let (plan, _) = planned(api);
    assert!(
        !plan.types[0].is_in_request
            && plan.types[0].fields().iter().all(|field| field.setter.is_none() && field.clear.is_none())
    );
}

#[test]
fn setters_give_way_to_methods() {
    let plan = both(vec![
        optional("new", Ty::String),
        optional("clone", Ty::String),
        optional("clear_note", Ty::String),
        nullable("note"),
        nullable("type"),
        optional("members", Ty::String),
    ]);
    let members: Vec<String> = plan.types[0].fields().iter().map(told).collect();
    assert_eq!(
        members,
        [
            "new set_new -",
            "clone set_clone -",
            "clear_note clear_note -",
            "note note set_note_null",
            "type_ type_ clear_type",
            "members set_members -",
        ]
    );
}

#[test]
fn undeclared_members_have_a_field() {
    for (wire, want) in [("x", "additional"), ("additional", "additional_members")] {
        let mut api = api();
        let shape =
            Struct { members: vec![member(wire, Ty::String)], additional: Some(Ty::Any), open: false };
        component(&mut api, "Pet", Shape::Struct(shape));
        let (plan, _) = planned(api);
        let sdk::Shape::Struct(of) = &plan.types[0].shape else { panic!("no struct") };
        assert_eq!(of.additional.as_ref().map(|of| of.name.as_str()), Some(want));
    }
}

#[test]
fn members_that_fall_together_are_reported() {
    let plan = both(vec![
        member("fooBar", Ty::String),
        member("foo_bar", Ty::String),
        member("$foo_bar", Ty::String),
    ]);
    let fields: Vec<&str> = plan.types[0].fields().iter().map(|member| member.name.as_str()).collect();
    assert_eq!(fields, ["foo_bar2", "foo_bar", "dollar_foo_bar"]);
}
