//! When a call is sent again, and when it must not be: a table, on a paused clock.

use std::time::Duration;

use tokio::time::Instant;

use super::mini::{Client, NewThing};
use crate::runtime::call::Operation;
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::model::{Bytes, Upload};
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};

/// What the server does to one attempt.
enum Does {
    /// Answers with this status.
    S(u16),
    /// Answers with this status and header.
    H(u16, &'static str, &'static str),
    /// There is no connection.
    Refuse,
    /// The server turns it away unseen.
    TurnAway,
    /// The connection breaks before the response.
    Reset,
    /// The response breaks off.
    Cut,
    /// The response takes too long.
    Slow,
    /// Encryption fails.
    Tls,
}

use Does::{Cut, H, Refuse, Reset, S, Slow, Tls, TurnAway};

/// What is called.
#[derive(Clone, Copy, Debug)]
enum What {
    Get,
    Put,
    Delete,
    Post,
    /// The document declares a header for the key.
    PostOnce,
    /// The caller gives a key.
    PostKeyed,
    /// The caller says that any method may be repeated.
    PostAnyway,
    /// Conflicts are retried.
    GetConflict,
    /// A body from memory.
    PutBytes,
    /// A body from a stream.
    PutStream,
    /// The whole call may take ten seconds.
    GetTenSeconds,
    /// No retries.
    GetOnce,
}

use What::{Delete, Get, GetConflict, GetOnce, GetTenSeconds, Post, PostAnyway, PostKeyed, PostOnce};
use What::{Put, PutBytes, PutStream};

/// Name, what is called, what the server does, attempts, and milliseconds waited. After the list the server answers 200.
type Row = (&'static str, What, Vec<Does>, usize, u64);

fn table() -> Vec<Row> {
    vec![
        ("nothing fails", Get, vec![], 1, 0),
        ("get: 500", Get, vec![S(500)], 2, 500),
        ("get: 502", Get, vec![S(502)], 2, 500),
        ("get: 503", Get, vec![S(503)], 2, 500),
        ("get: 504", Get, vec![S(504)], 2, 500),
        ("get: 529", Get, vec![S(529)], 2, 500),
        ("get: 408", Get, vec![S(408)], 2, 500),
        ("get: 429", Get, vec![S(429)], 2, 500),
        ("get: twice", Get, vec![S(500), S(503)], 3, 1500),
        ("get: not a third time", Get, vec![S(500), S(500), S(500)], 3, 1500),
        ("get: refused", Get, vec![Refuse], 2, 500),
        ("get: reset", Get, vec![Reset], 2, 500),
        ("get: cut off", Get, vec![Cut], 2, 500),
        ("get: too slow", Get, vec![Slow], 2, 30_500),
        ("get: turned away unseen", Get, vec![TurnAway], 2, 500),
        ("get: no encryption is final", Get, vec![Tls], 1, 0),
        ("get: 400 is final", Get, vec![S(400)], 1, 0),
        ("get: 401 is final", Get, vec![S(401)], 1, 0),
        ("get: 403 is final", Get, vec![S(403)], 1, 0),
        ("get: 404 is final", Get, vec![S(404)], 1, 0),
        ("get: 409 is final", Get, vec![S(409)], 1, 0),
        ("get: 409 where wished", GetConflict, vec![S(409)], 2, 500),
        ("get: 422 is final", Get, vec![S(422)], 1, 0),
        ("get: policy of one attempt", GetOnce, vec![S(503)], 1, 0),
        ("get: one attempt, refused", GetOnce, vec![Refuse], 1, 0),
        ("get: the server says yes", Get, vec![H(400, "x-should-retry", "true")], 2, 500),
        ("get: the server says no", Get, vec![H(503, "x-should-retry", "false")], 1, 0),
        ("get: retry-after seconds", Get, vec![H(429, "retry-after", "3")], 2, 3000),
        ("get: retry-after longer than any backoff", Get, vec![H(503, "retry-after", "45")], 2, 45_000),
        ("get: retry-after shorter than the backoff", Get, vec![H(503, "retry-after", "0")], 2, 0),
        ("get: retry-after-ms", Get, vec![H(429, "retry-after-ms", "1250")], 2, 1250),
        ("get: retry-after as a date that is past", Get, vec![H(503, "retry-after", PAST)], 2, 500),
        ("get: retry-after beyond all patience", Get, vec![H(429, "retry-after", "61")], 1, 0),
        ("get: retry-after as a date far away", Get, vec![H(429, "retry-after", FAR)], 1, 0),
        ("get: retry-after that is nonsense", Get, vec![H(429, "retry-after", "soon")], 2, 500),
        ("get: retry-after within the deadline", GetTenSeconds, vec![H(429, "retry-after", "9")], 2, 9000),
        ("get: retry-after beyond the deadline", GetTenSeconds, vec![H(429, "retry-after", "10")], 1, 0),
        ("get: the deadline ends a slow attempt", GetTenSeconds, vec![Slow], 1, 10_000),
        ("put: 503", Put, vec![S(503)], 2, 500),
        ("put: reset", Put, vec![Reset], 2, 500),
        ("delete: 503", Delete, vec![S(503)], 2, 500),
        ("delete: reset", Delete, vec![Reset], 2, 500),
        ("post: 500 must not be repeated", Post, vec![S(500)], 1, 0),
        ("post: 503 must not be repeated", Post, vec![S(503)], 1, 0),
        ("post: 429 must not be repeated", Post, vec![S(429)], 1, 0),
        ("post: 408 must not be repeated", Post, vec![S(408)], 1, 0),
        ("post: not even if the server says so", Post, vec![H(503, "x-should-retry", "true")], 1, 0),
        ("post: not even with retry-after", Post, vec![H(429, "retry-after", "1")], 1, 0),
        ("post: reset must not be repeated", Post, vec![Reset], 1, 0),
        ("post: cut off must not be repeated", Post, vec![Cut], 1, 0),
        ("post: too slow must not be repeated", Post, vec![Slow], 1, 30_000),
        ("post: refused was never sent", Post, vec![Refuse], 2, 500),
        ("post: turned away unseen", Post, vec![TurnAway, TurnAway], 3, 1500),
        ("post: turned away, then broken", Post, vec![TurnAway, Reset], 2, 500),
        ("post: refused, then 503", Post, vec![Refuse, S(503)], 2, 500),
        ("post with a key: 503", PostOnce, vec![S(503)], 2, 500),
        ("post with a key: reset", PostOnce, vec![Reset], 2, 500),
        ("post with a key: 400 is final", PostOnce, vec![S(400)], 1, 0),
        ("post with the caller's key: 500", PostKeyed, vec![S(500), S(429)], 3, 1500),
        ("post anyway: 503", PostAnyway, vec![S(503)], 2, 500),
        ("put bytes: 503", PutBytes, vec![S(503)], 2, 500),
        ("put a stream: 503 must not be repeated", PutStream, vec![S(503)], 1, 0),
        ("put a stream: reset must not be repeated", PutStream, vec![Reset], 1, 0),
        ("put a stream: turned away, but the stream is gone", PutStream, vec![TurnAway], 1, 0),
        ("put a stream: refused, but the stream is gone", PutStream, vec![Refuse], 1, 0),
    ]
}

const PAST: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const FAR: &str = "Tue, 31 Dec 2999 23:59:59 GMT";

fn plan(transport: &InMemory, does: &[Does]) {
    for step in does {
        match step {
            S(status) => transport.answer(Canned::status(*status)),
            H(status, name, value) => transport.answer(Canned::status(*status).header(name, value)),
            Refuse => transport.failure(TransportErrorKind::Connect),
            TurnAway => transport.failure(TransportErrorKind::TurnedAway),
            Reset => transport.failure(TransportErrorKind::Reset),
            Tls => transport.failure(TransportErrorKind::Tls),
            Cut => transport.answer(Canned::json(200, r#"{"id"#).breaking_off()),
            Slow => transport.answer(Canned::status(200).after(Duration::from_secs(3600))),
        };
    }
    for _ in 0..3 {
        transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    }
}

async fn ended<O: Operation>(call: O) -> Option<Error> {
    call.sending().await.err()
}

async fn call(client: &Client, what: What) -> Option<Error> {
    let things = client.things();
    let policy = RetryPolicy::new().without_jitter();
    let new = || NewThing::new("n");
    match what {
        Get => ended(things.get("x")).await,
        Put => ended(things.put("x", new())).await,
        Delete => ended(things.delete("x")).await,
        Post => ended(things.create(new())).await,
        PostOnce => ended(things.create_once(new())).await,
        PostKeyed => ended(things.create(new()).with_idempotency_key("mine")).await,
        PostAnyway => ended(things.create(new()).with_retry(policy.with_any_method(true))).await,
        GetConflict => ended(things.get("x").with_retry(policy.with_conflicts(true))).await,
        GetTenSeconds => ended(things.get("x").with_timeout(Duration::from_secs(10))).await,
        GetOnce => ended(things.get("x").with_retry(RetryPolicy::never())).await,
        PutBytes => ended(client.files().put(Upload::bytes("f", "content"))).await,
        PutStream => {
            let chunks = [Ok(Bytes::from("con")), Ok(Bytes::from("tent"))];
            ended(client.files().put(Upload::stream("f", super::streams::iter(chunks)))).await
        }
    }
}

fn client(transport: &InMemory) -> Client {
    Client::builder()
        .api_key("key-key-key")
        .transport(transport.clone())
        .attempt_timeout(Duration::from_secs(30))
        .retry(RetryPolicy::new().without_jitter())
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_table() {
    let table = table();
    assert!(table.len() >= 40, "{}", table.len());
    let mut wrong = Vec::new();
    for (name, what, does, attempts, waited) in table {
        let transport = InMemory::new();
        plan(&transport, &does);
        let fails = attempts <= does.len();
        let begun = Instant::now();
        let error = call(&client(&transport), what).await;
        let elapsed = u64::try_from(begun.elapsed().as_millis()).unwrap();
        let sent = transport.requests().len();
        let said = error.as_ref().map_or(attempts, |error| usize::try_from(error.attempts()).unwrap());
        // The clock of the paused runtime counts in whole milliseconds.
        if sent != attempts || elapsed.abs_diff(waited) > 2 || error.is_some() != fails || said != attempts {
            wrong.push(format!("{name}: {sent} attempts (says {said}), {elapsed} ms, {error:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(start_paused = true)]
async fn one_key_for_all_attempts_and_a_new_one_for_each_call() {
    let transport = InMemory::new();
    plan(&transport, &[S(503), Reset]);
    let client = client(&transport);
    client.things().create_once(NewThing::new("a")).await.unwrap();
    client.things().create_once(NewThing::new("a")).await.unwrap();
    let keys: Vec<String> =
        transport.requests().iter().map(|it| it.header("idempotency-key").to_owned()).collect();
    assert_eq!(keys.len(), 4);
    assert_eq!(keys[0].len(), 36, "{keys:?}");
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3], "{keys:?}");
}

#[tokio::test(start_paused = true)]
async fn the_callers_key_is_sent_as_it_is() {
    let transport = InMemory::new();
    plan(&transport, &[]);
    let client = client(&transport);
    client.things().create_once(NewThing::new("a")).with_idempotency_key("mine").await.unwrap();
    client.things().create_once(NewThing::new("a")).with_header("Idempotency-Key", "header").await.unwrap();
    client.things().create(NewThing::new("a")).await.unwrap();
    let keys: Vec<String> =
        transport.requests().iter().map(|it| it.header("idempotency-key").to_owned()).collect();
    assert_eq!(keys, ["mine", "header", ""]);
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_shared_by_clones_and_ends_a_storm() {
    let transport = InMemory::handler(|_| Canned::status(503));
    let client = Client::builder()
        .api_key("key-key-key")
        .transport(transport.clone())
        .retry(RetryPolicy::new().without_jitter())
        .retry_budget(50)
        .build()
        .unwrap();
    for _ in 0..100 {
        let error = client.clone().things().get("x").await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
    }
    assert_eq!(transport.requests().len(), 100 + 10, "one each, and ten retries for fifty tokens");
    assert_eq!(client.core().retry_budget().available(), 0);
}

#[tokio::test(start_paused = true)]
async fn jitter_stays_below_the_backoff() {
    let transport = InMemory::handler(|_| Canned::status(503));
    let client = Client::builder().api_key("key-key-key").transport(transport).build().unwrap();
    let mut waits = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        client.things().get("x").await.unwrap_err();
        waits.push(begun.elapsed());
    }
    assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(1505)), "{waits:?}");
    waits.dedup();
    assert!(waits.len() > 10, "{waits:?}");
}

#[tokio::test(start_paused = true)]
async fn at_most_so_many_calls_at_a_time() {
    let transport = InMemory::handler(|_| Canned::json(200, r#"{"id":"x"}"#).after(Duration::from_secs(1)));
    let client =
        Client::builder().api_key("key-key-key").transport(transport).max_concurrency(4).build().unwrap();
    let begun = Instant::now();
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(client.things().get("x").with_timeout(Duration::from_secs(60)).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(begun.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_counts_against_the_deadline() {
    let transport = InMemory::handler(|_| Canned::json(200, r#"{"id":"x"}"#).after(Duration::from_secs(10)));
    let client = Client::builder()
        .api_key("key-key-key")
        .transport(transport.clone())
        .max_concurrency(1)
        .build()
        .unwrap();
    let first = tokio::spawn(client.things().get("x").send());
    tokio::task::yield_now().await;
    let error = client.things().get("x").with_timeout(Duration::from_secs(3)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!((error.attempts(), transport.requests().len()), (0, 1));
    first.await.unwrap().unwrap();
}
