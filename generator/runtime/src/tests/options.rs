//! Options of single calls, and of all calls of a client.

use std::time::Duration;

use super::mini::{Client, NewThing, QUERY_KEY};
use crate::runtime::client::Builder;
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::Method;
use crate::runtime::testing::{Canned, InMemory, Seen};

fn memory() -> InMemory {
    InMemory::handler(|_| Canned::json(200, r#"{"id":"x","data":[]}"#))
}

fn client(transport: &InMemory, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Client {
    change(Client::builder().api_key("k-123456").transport(transport.clone())).build().unwrap()
}

/// All values of a header.
fn all<'a>(request: &'a Seen, name: &str) -> Vec<&'a str> {
    request.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn headers_are_set_added_and_taken_out() {
    let transport = memory();
    let client =
        client(&transport, |builder| builder.default_header("x-org", "all").default_header("x-team", "t"));
    let get = || client.things().get("x");
    get().with_header("x-org", "one").await.unwrap();
    get().with_added_header("x-org", "one").with_added_header("x-org", "two").await.unwrap();
    get().with_header("x-org", "one").with_added_header("x-org", "two").await.unwrap();
    get().with_added_header("x-org", "two").with_header("x-org", "one").await.unwrap();
    get().without_header("X-Org").without_header("user-agent").without_header("no header").await.unwrap();
    get().without_header("x-org").with_header("x-org", "again").await.unwrap();
    get().with_header("x-org", "one").without_header("x-org").await.unwrap();
    let requests = transport.requests();
    let sent: Vec<Vec<&str>> = requests.iter().map(|request| all(request, "x-org")).collect();
    let expected: [&[&str]; 7] =
        [&["one"], &["all", "one", "two"], &["one", "two"], &["one"], &[], &["again"], &[]];
    assert_eq!(sent, expected);
    assert_eq!((requests[4].header("user-agent"), requests[4].header("x-team")), ("", "t"));
    let error = get().with_added_header("x-org", "a\nb").await.unwrap_err();
    assert!(error.to_string().contains("control character"), "{error}");
}

#[tokio::test]
async fn whoever_puts_a_header_in_it_can_be_taken_out() {
    let transport = memory();
    let client = client(&transport, |builder| builder);
    client.things().get("x").without_header("api-key").without_header("accept").await.unwrap();
    client.things().create(NewThing::new("n")).without_header("content-type").await.unwrap();
    client.things().create_once(NewThing::new("n")).without_header("idempotency-key").await.unwrap();
    let requests = transport.requests();
    assert_eq!((requests[0].header("api-key"), requests[0].header("accept")), ("", ""));
    assert_eq!(requests[1].header("content-type"), "");
    assert_eq!(
        (requests[2].header("idempotency-key"), requests[2].header("content-type")),
        ("", "application/json")
    );
}

/// A redirect makes the request anew.
#[tokio::test]
async fn a_header_that_was_taken_out_stays_away_after_a_redirect() {
    for hooked in [false, true] {
        let transport = InMemory::handler(|request| match request.url.path() {
            "/moved" => Canned::json(200, r#"{"id":"x"}"#),
            _ => Canned::status(307).header("location", "/moved"),
        });
        let client = client(&transport, |builder| if hooked { builder.hook(Nothing) } else { builder });
        let call = client.things().create(NewThing::new("n")).without_header("content-type");
        call.without_header("api-key")
            .with_added_header("x-a", "1")
            .with_added_header("x-a", "2")
            .await
            .unwrap();
        // A request without a body is made anew in another way.
        let call = client.things().get("x").without_header("api-key");
        call.with_added_header("x-a", "1").with_added_header("x-a", "2").await.unwrap();
        assert_eq!(transport.requests().len(), 4);
        for request in transport.requests() {
            assert_eq!(
                (request.header("content-type"), request.header("api-key")),
                ("", ""),
                "{}",
                request.url
            );
            assert_eq!(all(&request, "x-a"), ["1", "2"]);
        }
    }
}

struct Nothing;

impl crate::runtime::hook::Hook for Nothing {}

#[tokio::test]
async fn the_query_of_all_calls() {
    let transport = memory();
    let builder = |builder: Builder<Client>| {
        let builder = builder.default_query("limit", "9").default_query("api version", "a&b");
        builder.default_query("limit", "5").credential(&QUERY_KEY, "q-key")
    };
    let client = client(&transport, builder);
    client.things().list().await.unwrap();
    client.things().list().limit(1).await.unwrap();
    client.things().list().with_query("api version", "2").await.unwrap();
    client.request(Method::GET, "/v2?limit=3").json::<serde_json::Value>().await.unwrap();
    client.things().by_url().items().collect_up_to(1).await.unwrap();
    let sent: Vec<String> =
        transport.requests().iter().map(|it| it.url.query().unwrap().to_owned()).collect();
    let expected = [
        "api%20version=a%26b&limit=5",
        "limit=1&api%20version=a%26b",
        "api%20version=2&limit=5",
        "limit=3&api%20version=a%26b",
        "api%20version=a%26b&limit=5&key=q-key",
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn the_address_of_a_next_page_has_the_query_of_all_calls_once() {
    let transport = InMemory::handler(|request| {
        let next = match request.url.query() {
            Some("version=2&key=q-key") => r#""/v1/keyed?p=2""#,
            Some("p=2&version=2&key=q-key") => r#""/v1/keyed?version=3&p=3""#,
            Some("version=3&p=3&key=q-key") => "null",
            other => panic!("{other:?}"),
        };
        Canned::json(200, format!(r#"{{"data":[{{"id":"x"}}],"list_metadata":{{"after":{next}}}}}"#))
    });
    let client =
        client(&transport, |builder| builder.default_query("version", "2").credential(&QUERY_KEY, "q-key"));
    assert_eq!(client.things().by_url().items().collect_up_to(9).await.unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_of_one_call() {
    let transport = InMemory::handler(|_| Canned::json(200, r#"{"id":"x"}"#).after(Duration::from_secs(30)));
    let policy = RetryPolicy::new().with_max_attempts(2);
    let client = client(&transport, |builder| builder.attempt_timeout(Duration::from_secs(60)).retry(policy));
    client.things().get("x").await.unwrap();
    let error = client.things().get("x").with_attempt_timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 2, "{error:?}");
    let said = "no complete response within 5s; `with_attempt_timeout` changes that";
    assert!(error.to_string().contains(said), "{error}");
}
