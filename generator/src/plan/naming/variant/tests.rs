use crate::ir::{Enum, EnumRepr, EnumValue, IntKind, Owner, Rare, Segment, Shape, Ty};
use crate::plan::tests::build::*;
use crate::sdk::{self, Sdk};

fn variants(plan: &Sdk, at: usize) -> Vec<String> {
    let ty = &plan.types[at];
    let unknown = match &ty.shape {
        sdk::Shape::Enum(of) => &of.unknown,
        sdk::Shape::Union(of) => &of.unknown,
        _ => panic!("a type without variants"),
    };
    ty.variants().into_iter().chain([unknown]).map(ToString::to_string).collect()
}

#[test]
fn values_of_enums() {
    let mut api = api();
    component(&mut api, "A", strings(&["waiting_for_human", "unknown", "", "+1", "-1", "self"]));
    component(&mut api, "B", strings(&["asc", "ASC", "Asc", "unknown", "Unrecognized"]));
    let value = |wire: &str, name: Option<&str>| EnumValue {
        wire: wire.into(),
        name: name.map(str::to_string),
        docs: Rare::default(),
    };
    let values = vec![value("3", None), value("-5", None), value("7", Some("seven_of"))];
    component(&mut api, "C", Shape::Enum(Enum { repr: EnumRepr::Integer, values }));
    let (plan, _) = planned(api);
    assert_eq!(
        variants(&plan, 0),
        ["WaitingForHuman", "Unknown", "Empty", "Plus1", "Minus1", "Self_", "Unrecognized"]
    );
    assert_eq!(variants(&plan, 1), ["Asc3", "Asc2", "Asc", "Unknown", "Unrecognized", "UnknownValue"]);
    assert_eq!(variants(&plan, 2), ["N3", "Minus5", "SevenOf", "Unknown"]);
}

#[test]
fn the_common_spelling_keeps_the_name() {
    let mut api = api();
    component(&mut api, "A", strings(&["ASC", "asc"]));
    component(&mut api, "B", strings(&["*", "star"]));
    component(&mut api, "C", union(&[(&[], Ty::Int(IntKind::I64)), (&[], Ty::Int(IntKind::U64))]));
    let (plan, _) = planned(api);
    assert_eq!(variants(&plan, 0), ["Asc2", "Asc", "Unknown"]);
    assert_eq!(variants(&plan, 1), ["Star2", "Star", "Unknown"]);
    assert_eq!(variants(&plan, 2), ["I64", "U64", "Unknown"]);
}

#[test]
fn variants_of_tagged_unions() {
    let mut api = api();
    let one = component(&mut api, "PendingRun", object(vec![]));
    let two = component(&mut api, "ErrorTerminal", object(vec![]));
    let shape = union(&[(&["pending"], Ty::Named(one)), (&["failed", "error"], Ty::Named(two))]);
    component(&mut api, "Lifecycle", shape);
    let (plan, _) = planned(api);
    assert_eq!(variants(&plan, 2), ["PendingRun", "ErrorTerminal", "Unknown"]);
}

#[test]
fn variants_told_apart_by_shape() {
    let mut api = api();
    let block = component(&mut api, "TargetBlock", object(vec![]));
    let other = component(&mut api, "Other", object(vec![]));
    let shape = union(&[
        (&[], Ty::String),
        (&[], Ty::Int(IntKind::I64)),
        (&[], Ty::Float),
        (&[], list(Ty::String)),
        (&[], list(list(Ty::Named(other)))),
        (&[], Ty::Named(block)),
        (&[], Ty::Named(other)),
    ]);
    let target = component(&mut api, "Target", shape);
    inline(&mut api, Owner::Type(target), &[Segment::Variant("9".into())], object(vec![]));
    let (plan, _) = planned(api);
    let want = ["Text", "Integer", "Number", "TextList", "OtherListList", "Block", "Other", "Unknown"];
    assert_eq!(variants(&plan, 2), want);
}
