//! Unions of the cases: which variant a body is, and what a value made in code is on the wire.

use serde_json::{Value, json};
use tests::mounts::{
    enum_constants, enum_with_data, inheritance_by_mapping, inheritance_nested, inheritance_nested_parts,
    nullable_by_reference, parent_union, parent_union_in_place, parent_union_plain, parent_union_shape,
    union_alias, union_all_of_object, union_beside_array, union_beside_members, union_default,
    union_in_files, union_in_union, union_integer_tags, union_many_tags, union_narrowed, union_no_property,
    union_of_itself, union_of_itself_alias, union_optional_constants,
};

/// Decodes a body, looks at it, and sees that it goes back as it came.
macro_rules! read {
    ($body:expr, $of:ty, $pattern:pat $(if $guard:expr)?) => {{
        let body: Value = $body;
        let value: $of = serde_json::from_value(body.clone()).unwrap_or_else(|error| panic!("{body}: {error}"));
        assert!(matches!(&value, $pattern $(if $guard)?), "{body} is {value:?}");
        assert_eq!(serde_json::to_value(&value).unwrap(), body);
    }};
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn a_parent_is_the_enum_of_the_children_it_lists() {
    use parent_union::types::{BaseAccount, CheckingAccount, SavingAccount};
    read!(json!({"owner": "o", "kind": "Checking", "limit": 5}), BaseAccount, BaseAccount::Checking(of) if of.limit == 5);
    read!(json!({"owner": "o", "kind": "Joint"}), BaseAccount, BaseAccount::Unknown(of) if of.tag() == "Joint");
    let made: BaseAccount = CheckingAccount::new("me", 7).into();
    assert_eq!(json_of(&made), json!({"owner": "me", "kind": "Checking", "limit": 7}));
    assert_eq!(json_of(&SavingAccount::new("me")), json!({"owner": "me", "kind": "Saving"}));
    read!(json!({"id": "1", "b": "x"}), parent_union_shape::types::P, parent_union_shape::types::P::C2(of) if of.id.is_some());
    read!(json!({"name": "n", "fins": 3}), parent_union_plain::types::Top, parent_union_plain::types::Top::B(of) if of.fins == Some(3));
}

#[test]
fn what_stands_beside_a_union_goes_into_each_branch() {
    use union_all_of_object::types::E;
    use union_beside_members::types::Ev;
    read!(json!({"kind": "b", "id": "1"}), Ev, Ev::B(of) if of.id.as_deref() == Some("1"));
    read!(json!({"kind": "c", "id": "1"}), Ev, Ev::Unknown(_));
    read!(json!({"kind": "b", "at": "x"}), E, E::B(of) if of.at == "x");
    read!(json!({"kind": "c", "at": "x"}), E, E::Unknown(_));
    use union_in_files::types::Something;
    read!(json!({"name": "case-b", "b": 1}), Something, Something::CaseB(of) if of.b == Some(1));
    read!(json!({"name": "case-z"}), Something, Something::Unknown(_));
}

#[test]
fn a_value_made_in_code_carries_its_tag() {
    use union_optional_constants::types::{TypesBar, TypesFoo, TypesFooBar};
    assert_eq!(json_of(&TypesFooBar::Foo(TypesFoo::new())), json!({"type": "foo"}));
    assert_eq!(json_of(&TypesFooBar::from(TypesBar::new())), json!({"type": "bar"}));
    read!(json!({"fooProp": "x"}), TypesFooBar, TypesFooBar::Foo(_));
    use union_many_tags::types::{Animal, DogName, Filter, Many, ManyMode, One, OneMode};
    assert_eq!(json_of(&Filter::Many(Many::new(ManyMode::Between))), json!({"mode": "between"}));
    assert_eq!(json_of(&Filter::One(One::new(OneMode::Contains))), json!({"mode": "contains"}));
    read!(json!({"name": "labrador", "bark": "w"}), Animal, Animal::Dog(of) if of.name == DogName::Labrador);
    read!(json!({"mode": "between", "value": []}), Filter, Filter::Many(_));
    read!(json!({"value": []}), Filter, Filter::Many(_));
    read!(json!({"name": "ragdoll", "meow": "m"}), Animal, Animal::Cat(_));
}

#[test]
fn each_level_writes_the_tag_that_its_mapping_has() {
    use inheritance_nested::types::{Node, RoundNode, Thing};
    let wire = json!({"kind": "node", "shape": "round", "radius": 2.5});
    let node: Node = RoundNode::new(2.5).into();
    assert_eq!(json_of(&Thing::from(node)), wire);
    read!(wire.clone(), Thing, Thing::Node(Node::Round(of)) if of.radius == 2.5);
    read!(json!({"kind": "node", "shape": "cube"}), Thing, Thing::Node(Node::Unknown(_)));
    use inheritance_nested_parts::types as parts;
    read!(wire, parts::Thing, parts::Thing::Node(parts::Node::Round(_)));
    read!(json!({"code": "P4", "number": "n", "value": 1}), parts::Product, parts::Product::P4(of) if of.value == Some(1));
    use union_in_union::types::{Contact, Poly2, Quad2, Shape2};
    read!(json!({"t": "quad", "w": 1.5}), Shape2, Shape2::Poly2(Poly2::Quad(_)));
    read!(json!({"t": "hex"}), Shape2, Shape2::Unknown(_));
    assert_eq!(json_of(&Shape2::from(Poly2::from(Quad2::new()))), json!({"t": "quad"}));
    read!(json!({"nick": "x"}), Contact, Contact::Person(_));
}

#[test]
fn tags_of_every_spelling() {
    use union_integer_tags::types::Num;
    read!(json!({"code": 2, "v": "x"}), Num, Num::N2(_));
    read!(json!({"code": 3}), Num, Num::Unknown(of) if of.tag() == "3");
    assert_eq!(json_of(&Num::N1(union_integer_tags::types::N1::new())), json!({"code": 1}));
    use parent_union_in_place::types::{Done, Event, ResultType as Outcome};
    read!(json!({"ok": false, "cause": null}), Outcome, Outcome::Failed(of) if of.cause.is_none());
    assert_eq!(
        json_of(&Outcome::from(serde_json::from_value::<Done>(json!({"id": "1", "ok": true})).unwrap())),
        json!({"id": "1", "ok": true})
    );
    read!(json!({"kind": "opened", "by": "me"}), Event, Event::Opened(of) if of.by.as_deref() == Some("me"));
    read!(json!({"kind": "closed", "reason": "late"}), Event, Event::Closed(_));
    use union_alias::types::M;
    read!(json!({"k": "two", "b": "x"}), M, M::Two(_));
    use inheritance_by_mapping::types::Happening;
    read!(json!({"kind_name": "sign-out", "reason": "r"}), Happening, Happening::SignOut(_));
    use union_no_property::types::Pet;
    read!(json!({"kind": "dog", "b": "x"}), Pet, Pet::Dog(_));
}

#[test]
fn a_default_mapping_takes_what_has_no_tag_or_another() {
    use union_default::types::{Animal, Legacy, Other, Plain};
    read!(json!({"family": "aves", "latin": "x"}), Animal, Animal::Other(of) if of.family.as_deref() == Some("aves"));
    read!(json!({"latin": "x"}), Animal, Animal::Other(_));
    read!(json!({"family": "aves"}), Animal, Animal::Unknown(_));
    read!(json!({"family": "felidae"}), Animal, Animal::Felidae(_));
    read!(json!({"note": "x"}), Legacy, Legacy::Plain(_));
    assert_eq!(json_of(&Legacy::from(Plain::new())), json!({}));
    assert_eq!(json_of(&Animal::from(Other::new("x"))), json!({"latin": "x"}));
}

#[test]
fn null_by_reference_is_an_option() {
    use nullable_by_reference::types::{Building, GradeEnum, StyleEnum};
    read!(json!({"style": "zz", "grade": 9}), Building, of if matches!(of.style, Some(StyleEnum::Unknown(_))) && matches!(of.grade, Some(GradeEnum::Unknown(_))));
    read!(json!({"style": null, "grade": null}), Building, of if of.style.is_none() && of.grade.is_none());
}

#[test]
fn enums_of_serde_and_of_constants() {
    use enum_with_data::types::Shape;
    read!(json!("Empty"), Shape, Shape::Empty);
    read!(json!({"Round": 2.5}), Shape, Shape::Round(of) if *of == 2.5);
    read!(json!("Half"), Shape, Shape::Unknown(of) if of.tag() == "Half");
    read!(json!({"Square": 1}), Shape, Shape::Unknown(of) if of.tag() == "Square");
    read!(json!({"Round": 2.5, "more": 1}), Shape, Shape::Unknown(_));
    read!(json!({}), Shape, Shape::Unknown(_));
    assert_eq!(json_of(&Shape::from(1.5)), json!({"Round": 1.5}));
    assert!(Shape::Empty.is_empty() && Shape::from(1.5).as_round() == Some(&1.5));
    serde_json::from_value::<Shape>(json!({"Round": "no"})).unwrap_err();
    serde_json::from_value::<Shape>(json!(5)).unwrap_err();
    use enum_constants::types::{Holder, Level, OpenLevel, Titled};
    read!(json!({"level": 9, "open": 7, "wide": "b2"}), Holder,
        of if matches!((&of.level, &of.open, &of.wide), (Level::Unknown(_), OpenLevel::Unknown(_), Some(Titled::SecondOne))));
    assert_eq!(json_of(&[OpenLevel::Foo, OpenLevel::Bar]), json!([1, 5]));
}

#[test]
fn the_outer_type_narrows_a_union() {
    let many: union_narrowed::types::Many = serde_json::from_value(json!([{"id": "1"}])).unwrap();
    assert_eq!(many[0].id, "1");
    let rev: union_narrowed::types::Rev = many;
    assert_eq!(rev.len(), 1);
    use union_beside_array::types::{Rules, RulesItem};
    read!(json!([{"target": "ip_range"}]), Rules, of if matches!(of[0], RulesItem::IpRange(_)));
}

#[test]
fn a_union_that_is_a_branch_of_itself() {
    read!(json!("x"), union_of_itself::types::Top, union_of_itself::types::Top::Text(_));
    read!(json!(5), union_of_itself_alias::types::Be, union_of_itself_alias::types::Be::Integer(5));
}
