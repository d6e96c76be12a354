//! Test doubles by operation.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::mini::{
    Client, Create, Delete, Download, Find, Get, List, NewThing, Problem, Read, Start, StartOutcome, Thing,
    Watch,
};
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::model;
use crate::runtime::prelude::*;
use crate::runtime::route::Method;
use crate::runtime::testing::{Canned, Mock, mock};

fn thing(id: &str) -> Thing {
    model::from_value(&json!({ "id": id })).unwrap()
}

/// What a panic says.
fn words(broken: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(broken)).unwrap_err();
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_value_is_returned() {
    let mock = mock().on(Get).returns(thing("x"));
    let client: Client = mock.client();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
    assert_eq!(mock.requests()[0].path(), "/v1/things/x");
}

#[tokio::test]
async fn an_error_is_returned() {
    let mock = mock().on(Get).fails(422, json!({ "detail": "bad id" })).fails(404, ());
    let client: Client = mock.client();
    let error = client.things().get("x").await.unwrap_err();
    assert_eq!(error.to_string(), "`things.get`: 422 Unprocessable Entity: bad id");
    assert!(error.as_api().unwrap().body::<Problem>().is_some());
    let error = client.things().get("x").await.unwrap_err();
    assert_eq!(error.to_string(), "`things.get`: 404 Not Found");
}

#[tokio::test(start_paused = true)]
async fn a_call_is_sent_again_without_a_pause() {
    let begun = Instant::now();
    let mock = mock().on(Get).fails(503, ()).breaks(TransportErrorKind::Reset).returns(thing("x"));
    let client: Client = mock.client();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
    let numbers: Vec<u32> = mock.requests().iter().map(|request| request.attempt.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_response_takes_its_time() {
    let begun = Instant::now();
    let mock = mock().on(Get).returns(thing("x")).after(Duration::from_secs(5)).returns(thing("y"));
    let client: Client = mock.client();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
    assert_eq!(begun.elapsed().as_secs(), 5);
    assert_eq!(client.things().get("y").await.unwrap().id, "y");
    assert_eq!(begun.elapsed().as_secs(), 5);
}

#[tokio::test]
async fn every_kind_of_response_has_a_value() {
    let mock = mock()
        .on(Delete)
        .returns(())
        .on(Find)
        .returns(thing("found"))
        .returns(None)
        .on(Read)
        .returns("words")
        .on(Download)
        .returns("bytes")
        .on(Watch)
        .returns([thing("1"), thing("2")])
        .on(Start)
        .returns(StartOutcome::Accepted)
        .returns(StartOutcome::Words("soon".to_owned()))
        .returns(StartOutcome::Done(thing("done")));
    let client: Client = mock.client();
    let things = client.things();
    things.delete("x").await.unwrap();
    assert_eq!(things.maybe().await.unwrap(), Some(thing("found")));
    assert_eq!(things.maybe().await.unwrap(), None);
    assert_eq!(client.files().read().await.unwrap(), "words");
    assert_eq!(client.files().download().await.unwrap().collect(9).await.unwrap(), "bytes");
    let mut lines = things.lines().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().id, "1");
    assert_eq!(lines.try_next().await.unwrap().unwrap().id, "2");
    assert!(lines.try_next().await.unwrap().is_none());
    assert_eq!(things.start("x").await.unwrap(), StartOutcome::Accepted);
    assert_eq!(things.start("x").await.unwrap(), StartOutcome::Words("soon".to_owned()));
    assert_eq!(things.start("x").await.unwrap(), StartOutcome::Done(thing("done")));
}

#[cfg(feature = "events")]
#[tokio::test]
async fn events_are_values() {
    let mock = mock().on(super::mini::Follow).returns(vec![thing("1"), thing("2")]);
    let client: Client = mock.client();
    let mut events = client.things().events().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().id, "1");
    assert_eq!(events.try_next().await.unwrap().unwrap().id, "2");
    assert!(events.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn requests_can_be_read() {
    let mock = mock().on(Create).returns(thing("x")).on(List).returns_json(json!({ "data": [] }));
    let client = mock.builder::<Client>().api_key("k-123456").build().unwrap();
    client.things().create(NewThing::new("a name")).await.unwrap();
    client.things().list().limit(5).tenant("t").await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].operation(), "things.create");
    assert_eq!(requests[0].json::<serde_json::Value>()["name"], "a name");
    assert_eq!(requests[0].header("api-key"), "k-123456");
    assert_eq!((requests[1].query("limit").as_deref(), requests[1].query("after")), (Some("5"), None));
    assert_eq!(requests[1].header("x-tenant"), "t");
}

#[tokio::test]
async fn responses_by_route_by_condition_and_made_from_the_request() {
    let mock = mock()
        .on(Get)
        .when(|request| request.path().ends_with("/b"))
        .returns(thing("only b"))
        .on(Get)
        .responds_with(|request| Canned::value(200, json!({ "id": request.path() })))
        .always()
        .on_route(Method::GET, "/v2/new/{id}.json")
        .returns_json(json!({ "id": "new" }))
        .with_header("x-request-id", "r-1");
    let client: Client = mock.client();
    for (id, expected) in [("a", "/v1/things/a"), ("b", "only b"), ("b", "/v1/things/b")] {
        assert_eq!(client.things().get(id).await.unwrap().id, expected);
    }
    let undocumented = || client.request(Method::GET, "/v2/new/1.json");
    let response = undocumented().send_with_response().await.unwrap();
    assert_eq!(response.request_id.as_deref(), Some("r-1"));
    drop(client);
    mock.verify();
}

#[tokio::test]
async fn what_is_not_asked_for_is_a_panic() {
    let planned =
        || mock().on(Get).returns(thing("x")).times(2).on(List).returns_json(json!({ "data": [] })).always();
    let said = words(|| drop(planned()));
    let expected = "the mock was not used as planned:\n\
        - 2 of 2 responses of `things.get` (GET /v1/things/{id}) were not asked for\n\
        - 1 of 1 responses of `things.list` (GET /v1/things) were not asked for";
    assert_eq!(said, expected);
    let mock = planned();
    let client: Client = mock.client();
    client.things().get("x").await.unwrap();
    client.things().list().await.unwrap();
    client.things().list().await.unwrap();
    let said = words(|| mock.verify());
    assert!(said.contains("- 1 of 2 responses of `things.get`") && !said.contains("list"), "{said}");
    // The client is the last to know the plan.
    drop(mock);
    assert!(words(|| drop(client)).contains("- 1 of 2 responses of `things.get`"));
    assert!(words(|| drop(super::mocks::mock().on(Get))).contains("no response is planned for `things.get`"));
}

#[tokio::test]
async fn what_is_not_planned_is_an_error_and_a_panic() {
    let mock = mock().on(Get).returns(thing("x"));
    let client: Client = mock.client();
    client.things().get("x").await.unwrap();
    let error = client.things().get("x").await.unwrap_err();
    let said = "no response is planned for `things.get` (GET https://mock.test/v1/things/x)";
    assert!(matches!(&error, Error::Transport(error) if error.message() == said), "{error:?}");
    client.things().delete("x").await.unwrap_err();
    drop(client);
    let said = words(|| drop(mock));
    assert!(said.contains("GET https://mock.test") && said.contains("DELETE https://mock.test"), "{said}");
}

#[test]
fn a_change_without_a_response_is_a_panic() {
    assert!(words(|| drop(mock().on(Get).times(2))).starts_with("`times` changes the response before it"));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_have_mocks_too() {
    let client: Client = mock().on(Get).returns(thing("x")).client();
    assert_eq!(client.things().get("x").send_blocking().unwrap().id, "x");
}

/// A mock can be kept where its type must be written.
#[test]
fn a_mock_is_a_value() {
    fn planned(mock: &Mock) {
        let _ = mock.on(Get).returns(thing("x"));
    }
    let mock = mock();
    planned(&mock);
    assert!(words(|| mock.clone().verify()).contains("1 of 1"));
    std::mem::forget(mock);
}
