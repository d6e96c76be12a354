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

use super::mini::{Client, NewThing};

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
