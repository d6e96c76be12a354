use crate::ir::{Access, Api, Owner, Segment, Shape, Ty, TypeId};
use crate::plan::tests::build::*;
use crate::sdk::Sdk;

fn at(name: &str) -> [Segment; 1] {
    [Segment::Member(name.into())]
}

/// Aliases and what they stand for, by name.
fn aliases(plan: &Sdk) -> Vec<String> {
    let alias = |ty: &crate::sdk::Type| match &ty.shape {
        crate::sdk::Shape::Alias(Ty::Named(id)) => Some(format!("{} = {}", ty.name, name(plan, *id))),
        _ => None,
    };
    plan.types.iter().filter_map(alias).collect()
}

/// Two components whose member `owner` is the same object with the same enum in it; `more` changes the second object.
fn twins(more: impl Fn(&mut crate::ir::Struct)) -> Api {
    let mut api = api();
    for key in ["Repo", "Issue"] {
        let component = component(&mut api, key, object(vec![]));
        let owner = inline(&mut api, Owner::Type(component), &at("owner"), object(vec![]));
        let kind = inline(&mut api, Owner::Type(owner), &at("kind"), strings(&["user", "bot"]));
        let mut shape = crate::ir::Struct {
            members: vec![member("kind", Ty::Named(kind))],
            additional: None,
            open: false,
        };
        if key == "Issue" {
            more(&mut shape);
        }
        api.types[owner].shape = Shape::Struct(shape);
        api.types[component].shape = object(vec![member("owner", Ty::Named(owner))]);
    }
    api
}

#[test]
fn equal_inline_types_are_one_and_keep_their_names() {
    let (plan, _) = planned(twins(|_| ()));
    assert_eq!(aliases(&plan), ["IssueOwner = RepoOwner", "IssueOwnerKind = RepoOwnerKind"]);
}

#[test]
fn the_order_of_the_document_does_not_choose() {
    let mut turned = twins(|_| ());
    turned.types.rotate_left(3);
    let turn = |id: &mut TypeId| id.0 = (id.0 + 3) % 6;
    for ty in &mut turned.types {
        if let crate::ir::TypeName::Inline { owner: Owner::Type(id), .. } = &mut ty.name {
            turn(id);
        }
        if let Shape::Struct(of) = &mut ty.shape {
            for member in &mut of.members {
                if let Ty::Named(id) = &mut member.ty {
                    turn(id);
                }
            }
        }
    }
    let (plan, _) = planned(turned);
    assert_eq!(aliases(&plan), ["IssueOwner = RepoOwner", "IssueOwnerKind = RepoOwnerKind"]);
}

#[test]
fn what_a_reader_could_tell_apart_stays_apart() {
    let only_the_enum = ["IssueOwnerKind = RepoOwnerKind"];
    let (plan, _) = planned(twins(|of| of.members.push(optional("since", Ty::String))));
    assert_eq!(aliases(&plan), only_the_enum);
    let (plan, _) = planned(twins(|of| of.members[0].docs.summary = Some("Who it is.".into())));
    assert_eq!(aliases(&plan), only_the_enum);
    let (plan, _) = planned(twins(|of| of.members[0].access = Access::ReadOnly));
    assert_eq!(aliases(&plan), only_the_enum);
}

#[test]
fn components_stay_apart() {
    let mut api = api();
    component(&mut api, "One", strings(&["a"]));
    let two = component(&mut api, "Two", object(vec![]));
    let inner = inline(&mut api, Owner::Type(two), &at("one"), strings(&["a"]));
    api.types[two].shape = object(vec![member("one", Ty::Named(inner))]);
    assert_eq!(aliases(&planned(api).0), Vec::<String>::new());
}

#[test]
fn a_name_that_is_too_long_is_not_written() {
    let mut api = api();
    let long = "Something That Is Called By A Whole Long Sentence Of Words";
    let ids: Vec<TypeId> = ["Short", long]
        .into_iter()
        .map(|key| {
            let component = component(&mut api, key, object(vec![]));
            let kind = inline(&mut api, Owner::Type(component), &at("kind"), strings(&["a", "b"]));
            api.types[component].shape = object(vec![member("kind", Ty::Named(kind))]);
            kind
        })
        .collect();
    let (plan, _) = planned(api);
    assert!(plan.types[ids[1]].is_unwritten && !plan.types[ids[0]].is_unwritten);
    assert_eq!(plan.written(ids[1]), ids[0]);
    assert!(plan.modules.iter().all(|home| !home.types.contains(&ids[1])));
}
