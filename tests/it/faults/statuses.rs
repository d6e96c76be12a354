//! Storms of 429, bursts of 5xx, redirects.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use retab::prelude::*;
use retab::runtime::error::TransportErrorKind;
use retab::types::GenerateSchemaRequest;

use super::server::{Server, answer, json};
use super::{WORKFLOW, builder, client, create, get, transport};

#[tokio::test]
async fn a_storm_of_429_is_answered_with_patience_and_not_with_more() {
    let server = Server::always(answer(429, "retry-after-ms: 1\r\n", "slow down")).await;
    let client = builder(&server.url).retry_budget(100).build().unwrap();
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(client.workflows().get("wf_1").send())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 429);
        assert_eq!(error.retry_after(), Some(Duration::from_millis(1)));
    }
    let requests = server.requests();
    assert!((100..=120).contains(&requests), "{requests} requests: a hundred tokens are twenty retries");
}

#[tokio::test]
async fn an_outage_is_not_made_worse_and_ends() {
    let server = Server::start(|number, _| match number {
        0..400 => json(500, "{}"),
        _ => json(200, WORKFLOW),
    })
    .await;
    let client = client(&server);
    let mut failed = 0;
    while get(&client).await.is_err() {
        failed += 1;
    }
    assert!(failed >= 300, "{failed}: five hundred tokens are a hundred retries");
    // Afterwards each success gives a token back, until retries are possible again.
    for _ in 0..20 {
        get(&client).await.unwrap();
    }
}

#[tokio::test]
async fn a_burst_of_5xx_passes_unseen_where_repeating_is_safe() {
    let tries: Mutex<HashMap<String, usize>> = Mutex::default();
    let server = Server::start(move |_, request| {
        let id = format!("{} {} {}", request.method, request.target, request.header("idempotency-key"));
        let mut tries = tries.lock().unwrap();
        let tried = tries.entry(id).or_default();
        *tried += 1;
        match *tried {
            1 => answer(503, "retry-after: 0\r\n", ""),
            2 => answer(502, "content-type: text/html\r\n", "<html>bad gateway</html>"),
            _ => json(200, WORKFLOW),
        }
    })
    .await;
    let client = client(&server);
    let response = client.workflows().get("wf_1").send_with_response().await.unwrap();
    assert_eq!(response.attempts, 3);
    let body = GenerateSchemaRequest::new(Vec::<retab::types::MimeData>::new());
    let response = client.schemas().generate(body).send_with_response().await.unwrap();
    assert_eq!(response.attempts, 3);
    let keys: Vec<String> = server.seen()[3..].iter().map(|it| it.header("idempotency-key").into()).collect();
    assert!(keys.len() == 3 && keys[0].len() == 36 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    let error = create(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), server.requests()), (503, 1, 7));
}

#[tokio::test]
async fn the_server_says_when() {
    let server = Server::start(|number, _| match number {
        0 => answer(503, "retry-after: 1\r\n", ""),
        _ => json(200, WORKFLOW),
    })
    .await;
    let begun = Instant::now();
    get(&client(&server)).await.unwrap();
    assert!(
        begun.elapsed() >= Duration::from_secs(1),
        "longer than the backoff of 5 ms: {:?}",
        begun.elapsed()
    );
    let server = Server::always(answer(503, "retry-after: 3600\r\n", "")).await;
    let begun = Instant::now();
    let error = get(&client(&server)).await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(20), "nobody waits for an hour");
}

#[tokio::test]
async fn a_redirect_to_another_host_takes_no_key_along() {
    let other = Server::always(json(200, WORKFLOW)).await;
    let target = format!("{}/moved", other.url);
    let server = Server::start(move |_, _| answer(307, &format!("location: {target}\r\n"), "")).await;
    let client = client(&server);
    let call = client.workflows().get("wf_1").with_header("X-Tenant", "acme");
    assert_eq!(call.await.unwrap().id, "wf_1");
    assert_eq!(server.seen()[0].header("api-key"), "key-of-the-tests");
    let seen = other.seen();
    assert_eq!((seen.len(), seen[0].target.as_str()), (1, "/moved"));
    assert!(!format!("{seen:?}").contains("key-of-the-tests") && seen[0].header("x-tenant").is_empty());
    let error = create(&client).await.unwrap_err();
    assert_eq!(transport(&error), TransportErrorKind::Redirect, "a body stays at home: {error}");
    assert_eq!(other.requests(), 1);
}

#[tokio::test]
async fn redirects_without_end() {
    let server = Server::start(|number, _| answer(302, &format!("location: /{number}\r\n"), "")).await;
    let error = get(&client(&server)).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (TransportErrorKind::Redirect, 1), "{error}");
    assert_eq!(server.requests(), 11);
}
