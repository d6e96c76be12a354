use crate::ir::{Access, ContentKind, Format, Member, Status, Ty};
use crate::plan::tests::build::*;

#[test]
fn sides_follow_what_is_sent_and_received() {
    let mut api = api();
    let leaf = component(&mut api, "Leaf", object(vec![]));
    let stamp = component(&mut api, "Stamp", object(vec![]));
    let stamped = Member { access: Access::ReadOnly, ..member("stamp", Ty::Named(stamp)) };
    let sent = component(&mut api, "Sent", object(vec![member("leaves", list(Ty::Named(leaf))), stamped]));
    let error = component(&mut api, "Error", object(vec![]));
    let lonely = component(&mut api, "Lonely", object(vec![]));
    let id = operation(&mut api, "pets", "create", "POST /pets");
    let op = op(&mut api, id);
    op.body = Some(body(&[("application/json", ContentKind::Json(Ty::Named(sent)))]));
    op.responses = vec![response(Status::Code(200), Some(ContentKind::Json(Ty::Named(leaf))))];
    op.errors = vec![response(Status::Code(422), Some(ContentKind::Json(Ty::Named(error))))];
    let found = super::sides(&api);
    let sides = |id: crate::ir::TypeId| (found[id.index()].request, found[id.index()].response);
    assert_eq!(sides(sent), (true, false));
    assert_eq!(sides(leaf), (true, true));
    assert_eq!(sides(stamp), (false, false));
    assert_eq!(sides(error), (false, true));
    assert_eq!(sides(lonely), (false, false));
}

#[test]
fn equality_is_total_without_floats_and_files() {
    let mut api = api();
    let float = component(&mut api, "Float", object(vec![member("share", list(Ty::Float))]));
    let file = component(&mut api, "File", object(vec![member("file", Ty::Format(Format::Binary))]));
    let user = component(&mut api, "User", object(vec![member("floats", list(Ty::Named(float)))]));
    let plain = component(&mut api, "Plain", object(vec![member("any", Ty::Any), member("id", Ty::String)]));
    let found = super::total(&api);
    assert_eq!([float, file, user, plain].map(|id| found[id.index()]), [false, false, false, true]);
}

#[test]
fn needs_are_found_everywhere() {
    let mut api = api();
    component(&mut api, "S", object(vec![member("id", list(Ty::Format(Format::Uuid)))]));
    let id = operation(&mut api, "pets", "create", "POST /pets");
    op(&mut api, id).body = Some(body(&[("multipart/form-data", ContentKind::Multipart(Ty::Object))]));
    op(&mut api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Events(Ty::Any)))];
    let needs = planned(api).0.needs;
    assert!(needs.uuid && needs.multipart && needs.events && !needs.decimal && !needs.chrono);
}
