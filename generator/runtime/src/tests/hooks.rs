//! Users' own code around attempts.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;

use super::mini::{Client, NewThing};
use crate::runtime::error::{Error, RequestError, RequestErrorKind, TransportErrorKind};
use crate::runtime::future::BoxFuture;
use crate::runtime::hook::{Attempt, Ended, Exchange, Hook};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};
use crate::runtime::transport::HttpRequest;

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Hook for Diary {
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        self.0.lock().unwrap().push(format!(
            "{} {} {}",
            attempt.operation,
            attempt.number,
            request.url.path()
        ));
        if request.url.path().ends_with("forbidden") {
            return Err(RequestError::new(RequestErrorKind::Parameter, "not on my watch").into());
        }
        request.headers.insert("x-attempt", HeaderValue::from(attempt.number));
        Ok(())
    }

    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        let error = ended.error.map(ToString::to_string).unwrap_or_default();
        self.0.lock().unwrap().push(format!("{} {:?} {error}", attempt.number, ended.status));
    }
}

#[tokio::test(start_paused = true)]
async fn a_closure_sees_how_each_attempt_ended() {
    let transport = InMemory::new();
    transport.answer(Canned::status(503)).answer(Canned::json(200, r#"{"id":"x"}"#));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = seen.clone();
    let client = Client::builder()
        .api_key("key-key")
        .transport(transport)
        .on_attempt(move |attempt, ended| kept.lock().unwrap().push((attempt.number, ended.status)))
        .build()
        .unwrap();
    client.things().get("x").await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [(1, Some(503)), (2, Some(200))]);
}

#[tokio::test(start_paused = true)]
async fn a_hook_sees_and_changes_each_attempt() {
    let transport = InMemory::new();
    transport.answer(Canned::status(503)).answer(Canned::json(200, r#"{"id":"x"}"#));
    let diary = Diary::default();
    let client = Client::builder()
        .api_key("key-key")
        .retry(RetryPolicy::new().without_jitter())
        .transport(transport.clone())
        .hook(diary.clone())
        .build()
        .unwrap();
    client.things().get("x").await.unwrap();
    let sent: Vec<String> = transport.requests().iter().map(|it| it.header("x-attempt").to_owned()).collect();
    assert_eq!(sent, ["1", "2"]);
    let error = client.things().get("forbidden").await.unwrap_err();
    assert_eq!(error.to_string(), "`things.get`: not on my watch");
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(
        *diary.0.lock().unwrap(),
        [
            "things.get 1 /v1/things/x",
            "1 Some(503) `things.get`: 503 Service Unavailable",
            "things.get 2 /v1/things/x",
            "2 Some(200) ",
            "things.get 1 /v1/things/forbidden",
            "1 None not on my watch",
        ]
    );
}

/// Takes its time, and keeps what it sees.
#[derive(Clone, Default)]
struct Recorder {
    limit: usize,
    seen: Arc<Mutex<Vec<Exchange>>>,
}

impl Hook for Recorder {
    fn before_async<'a>(
        &'a self,
        _: &'a Attempt,
        request: &'a mut HttpRequest,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            request.headers.insert("x-signed", HeaderValue::from_static("yes"));
            Ok(())
        })
    }

    fn after_async<'a>(&'a self, _: &'a Attempt, ended: &'a Ended<'a>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.seen.lock().unwrap().extend(ended.exchange.cloned());
        })
    }

    fn body_limit(&self) -> usize {
        self.limit
    }
}

fn recorded(recorder: &Recorder, transport: &InMemory) -> Client {
    let client = Client::builder().api_key("key-123456").transport(transport.clone()).hook(recorder.clone());
    client.default_query("access_token", "in-the-query").build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_hook_may_wait() {
    let transport = InMemory::new();
    transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    let recorder = Recorder::default();
    let begun = tokio::time::Instant::now();
    recorded(&recorder, &transport).things().get("x").await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 2);
    assert_eq!(transport.requests()[0].header("x-signed"), "yes");
}

#[tokio::test(start_paused = true)]
async fn a_hook_sees_headers_and_bodies_without_secrets() {
    let transport = InMemory::new();
    let body = r#"{"id":"x","name":"echo key-123456","session_token":"st-1"}"#;
    transport.answer(Canned::json(200, body).header("set-cookie", "a=b").header("x-request-id", "r-1"));
    transport.answer(Canned::json(422, r#"{"message":"bad key-123456"}"#));
    let recorder = Recorder { limit: 1000, ..Recorder::default() };
    let client = recorded(&recorder, &transport);
    client.things().create(NewThing::new("key-123456 given")).await.unwrap();
    client.things().get("y").await.unwrap_err();
    let seen = recorder.seen.lock().unwrap().clone();
    let (request, response) = (&seen[0].request, seen[0].response.as_ref().unwrap());
    assert_eq!(seen[0].method, "POST");
    assert_eq!(seen[0].url, "https://api.example.com/v1/things?access_token=[redacted]");
    assert_eq!((request.header("Api-Key"), request.header("x-signed")), ("[redacted]", "yes"));
    assert_eq!(request.body, r#"{"name":"[redacted] given"}"#);
    assert_eq!(request.length, Some(r#"{"name":"key-123456 given"}"#.len() as u64));
    assert_eq!((response.header("set-cookie"), response.header("x-request-id")), ("[redacted]", "r-1"));
    assert_eq!(response.body, r#"{"id":"x","name":"echo [redacted]","session_token":"[redacted]"}"#);
    assert_eq!(seen[1].response.as_ref().unwrap().body, r#"{"message":"bad [redacted]"}"#);
    assert_eq!((seen[1].request.body.as_str(), seen[1].request.length), ("", Some(0)));
    let all = format!("{seen:?}");
    assert!(!all.contains("key-123456") && !all.contains("in-the-query"), "{all}");
}

#[tokio::test(start_paused = true)]
async fn a_hook_sees_no_more_of_bodies_than_it_asks_for() {
    for (limit, shown) in
        [(0, ""), (8, r#"{"id":"x"#), (12, r#"{"id":"x","n"#), (30, r#"{"id":"x","name":"a [redacted]"#)]
    {
        let transport = InMemory::new();
        transport.answer(Canned::json(200, r#"{"id":"x","name":"a key-123456 b"}"#));
        let recorder = Recorder { limit, ..Recorder::default() };
        recorded(&recorder, &transport).things().get("x").await.unwrap();
        let response = recorder.seen.lock().unwrap()[0].response.clone().unwrap();
        assert_eq!((response.body.as_str(), response.length), (shown, Some(34)));
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_or_is_a_stream_is_not_shown() {
    let transport = InMemory::new();
    transport.answer(Canned::json(200, "{\"id\":\"x\"}\n")).failure(TransportErrorKind::Tls);
    let recorder = Recorder { limit: 100, ..Recorder::default() };
    let client = recorded(&recorder, &transport);
    let mut lines = client.things().lines().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().id, "x");
    client.things().get("x").await.unwrap_err();
    let seen = recorder.seen.lock().unwrap().clone();
    let stream = seen[0].response.as_ref().unwrap();
    assert_eq!(
        (stream.body.as_str(), stream.length, stream.header("content-type")),
        ("", None, "application/json")
    );
    assert!(seen[1].response.is_none());
}
