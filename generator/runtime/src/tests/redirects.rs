//! What a redirect after an act means for sending again: the act is done, only its outcome is elsewhere.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::runtime::auth::{Credential, Scheme, SchemeKind, Token, TokenSource};
use crate::runtime::error::TransportErrorKind;
use crate::runtime::future::{BoxError, BoxFuture};
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::{Method, Route};
use crate::runtime::testing::{Canned, InMemory};

use super::mini::{Client, NewThing, QUERY_KEY};

static BEARER: Scheme = Scheme { id: "bearer", kind: SchemeKind::Bearer };

static ACT: Route = Route {
    name: "things.act",
    method: Method::POST,
    path: "/v1/act",
    accept: "",
    auth: &[&[&BEARER]],
    idempotency: None,
    errors: &[],
    server: None,
};

static KEYED: Route = Route { name: "things.keyed", auth: &[&[&QUERY_KEY]], method: Method::GET, ..ACT };

struct Fresh(AtomicUsize);

impl TokenSource for Fresh {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Token::new(format!("token {number}"))) })
    }
}

fn client(transport: &InMemory) -> Client {
    Client::builder()
        .api_key("key-key-key")
        .credential(&QUERY_KEY, "k&y k")
        .credential(&BEARER, Credential::source(Fresh(AtomicUsize::new(0))))
        .retry(RetryPolicy::new().with_backoff(Duration::ZERO, Duration::ZERO))
        .transport(transport.clone())
        .build()
        .unwrap()
}

fn elsewhere(to: &str) -> Canned {
    Canned::status(303).header("location", to)
}

fn methods(transport: &InMemory) -> Vec<String> {
    transport.requests().iter().map(|seen| seen.method.to_string()).collect()
}

#[tokio::test]
async fn an_act_is_not_repeated_because_its_outcome_cannot_be_reached() {
    let transport = InMemory::new();
    transport.answer(elsewhere("/v1/outcome")).failure(TransportErrorKind::Connect);
    transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    let error = client(&transport).things().create(NewThing::new("n")).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "{error:?}");
    assert_eq!(methods(&transport), ["POST", "GET"]);
}

#[tokio::test]
async fn an_act_is_not_repeated_because_its_outcome_wants_another_token() {
    for to in ["/v1/outcome", "https://elsewhere.invalid/outcome"] {
        let transport = InMemory::new();
        transport.answer(elsewhere(to)).answer(Canned::status(401)).answer(Canned::status(204));
        let error = client(&transport).things().at(&ACT).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 401, "{to}");
        assert_eq!(methods(&transport), ["POST", "GET"], "{to}");
    }
}

#[tokio::test]
async fn an_act_with_a_key_may_begin_anew() {
    let transport = InMemory::new();
    transport.answer(elsewhere("/v1/outcome")).failure(TransportErrorKind::Connect);
    transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    client(&transport).things().create(NewThing::new("n")).with_idempotency_key("once").await.unwrap();
    assert_eq!(methods(&transport), ["POST", "GET", "POST"]);
}

#[tokio::test]
async fn a_key_in_the_query_goes_along_within_the_host_as_one_in_a_header_does() {
    let hops = [
        ("/there", Some("key=k%26y%20k")),
        ("/there?a=1&b=%20", Some("a=1&b=%20&key=k%26y%20k")),
        // The server has sent the query along.
        ("/v1/act/?key=k%26y+k&a=1", Some("key=k%26y+k&a=1")),
        ("/v1/act/?k%65y=other", Some("k%65y=other")),
        ("https://elsewhere.invalid/there?a=1", Some("a=1")),
        ("https://elsewhere.invalid/there", None),
    ];
    for (to, query) in hops {
        let transport = InMemory::new();
        transport
            .answer(Canned::status(307).header("location", to))
            .answer(Canned::json(200, r#"{"id":"x"}"#));
        client(&transport).things().at(&KEYED).with_query("not", "sent along").await.unwrap();
        assert_eq!(transport.requests()[1].url.query(), query, "{to}");
    }
}

#[tokio::test]
async fn a_key_in_the_query_that_has_left_the_host_does_not_come_back() {
    let transport = InMemory::new();
    for to in ["/a", "/b", "https://elsewhere.invalid/c", "https://api.example.com/d"] {
        transport.answer(Canned::status(302).header("location", to));
    }
    transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    client(&transport).things().at(&KEYED).await.unwrap();
    let requests = transport.requests();
    let keyed: Vec<bool> = requests.iter().map(|seen| seen.url.query().is_some()).collect();
    assert_eq!(keyed, [true, true, true, false, false]);
}
