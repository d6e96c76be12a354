//! Connections that are refused, reset, closed, stalled, slow.

use std::time::{Duration, Instant};

use retab::prelude::*;
use retab::runtime::error::TransportErrorKind::{Connect, Reset, Timeout, Truncated};
use retab::runtime::retry::RetryPolicy;

use super::server::{Act, Server, json, send};
use super::{WORKFLOW, both, builder, client, create, get, transport};

/// The address of a server that has gone.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n")
}

#[tokio::test]
async fn a_connection_that_is_refused_was_never_used() {
    let client = builder(&nobody().await).build().unwrap();
    for error in [get(&client).await.unwrap_err(), create(&client).await.unwrap_err()] {
        assert_eq!((transport(&error), error.attempts()), (Connect, 3), "{error}");
        assert!(error.to_string().contains("refused"), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_is_not_accepted_in_time() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // Who knocks while the queue is full hears nothing.
    let mut queue = Vec::new();
    while let Ok(stream) =
        tokio::time::timeout(Duration::from_millis(200), tokio::net::TcpStream::connect(address)).await
    {
        queue.push(stream);
        assert!(queue.len() < 64, "the queue has no end");
    }
    let patience = Duration::from_millis(150);
    let client = builder(&format!("http://{address}")).connect_timeout(patience).build().unwrap();
    let begun = Instant::now();
    let error = create(&client).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (Connect, 3), "{error}");
    assert!(begun.elapsed() >= 3 * patience, "{:?}", begun.elapsed());
    assert!(error.to_string().contains("no connection in time; the client's `connect_timeout`"), "{error}");
}

#[tokio::test]
async fn reset_or_closed_at_each_point_of_an_answer() {
    let half = format!("{}{}", head(WORKFLOW.len()), &WORKFLOW[..40]);
    for end in [Act::Reset, Act::Close] {
        assert_eq!(both(vec![end.clone()]).await, (Reset, Reset), "before the headers");
        for part in ["H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-type: appl"] {
            let acts = vec![send(part), Act::Pause(Duration::from_millis(5)), end.clone()];
            assert_eq!(both(acts).await, (Reset, Reset), "in the headers");
        }
        for part in [head(WORKFLOW.len()), half.clone()] {
            let acts = vec![send(part), Act::Pause(Duration::from_millis(5)), end.clone()];
            assert_eq!(both(acts).await, (Truncated, Truncated), "in the body");
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_reset_before_anything_is_read() {
    let server = Server::at_the_door(|_| vec![Act::Reset]).await;
    let client = client(&server);
    let error = get(&client).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (Reset, 3), "{error}");
    let connections = server.connections();
    // Nobody can know that the server did not read it.
    let error = create(&client).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (Reset, 1), "{error}");
    assert_eq!(server.connections(), connections + 1);
}

#[tokio::test]
async fn it_fails_once_and_then_works() {
    for fault in [vec![Act::Reset], vec![Act::Close], vec![send(head(500)), Act::Close]] {
        let server = Server::start(move |number, _| match number {
            0 => fault.clone(),
            _ => json(200, WORKFLOW),
        })
        .await;
        let response = client(&server).workflows().get("wf_1").send_with_response().await.unwrap();
        assert_eq!((response.value.id.as_str(), response.attempts, server.requests()), ("wf_1", 2, 2));
    }
}

#[tokio::test]
async fn stalls_end_when_their_limit_is_reached() {
    let attempt = Duration::from_millis(120);
    let silent = [vec![Act::Hang], vec![send("HTTP/1.1 200 OK\r\ncontent-"), Act::Hang]];
    for acts in silent {
        let server = Server::always(acts).await;
        let client = builder(&server.url).attempt_timeout(attempt).build().unwrap();
        let begun = Instant::now();
        let error = get(&client).await.unwrap_err();
        assert_eq!((transport(&error), error.attempts()), (Timeout, 3), "{error}");
        assert!(begun.elapsed() >= 3 * attempt);
        let said = "no complete response within 120ms; `with_attempt_timeout` changes that, or the client's `attempt_timeout`";
        assert!(error.to_string().contains(said), "{error}");
        let error = create(&client).await.unwrap_err();
        assert_eq!((transport(&error), error.attempts()), (Timeout, 1), "{error}");
        server.deserted().await;
    }
    let body = vec![send(head(WORKFLOW.len())), send(&WORKFLOW.as_bytes()[..9]), Act::Hang];
    let server = Server::always(body).await;
    let client = builder(&server.url).read_timeout(attempt).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (Timeout, 3), "{error}");
    assert!(
        error.to_string().contains("nothing came for 120ms; the client's `read_timeout` changes that"),
        "{error}"
    );
    server.deserted().await;
}

#[tokio::test]
async fn the_deadline_is_over_everything() {
    let server = Server::always(vec![Act::Hang]).await;
    let client = builder(&server.url).attempt_timeout(Duration::from_millis(40)).build().unwrap();
    let deadline = Duration::from_millis(300);
    let begun = Instant::now();
    let policy = RetryPolicy::new().with_max_attempts(1000).with_backoff(Duration::ZERO, Duration::ZERO);
    let call = client.workflows().get("wf_1").with_timeout(deadline).with_retry(policy);
    let error = tokio::time::timeout(super::PATIENCE, call.send()).await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.attempts() > 1, "{error}");
    assert!(begun.elapsed() >= deadline && begun.elapsed() < 20 * deadline, "{:?}", begun.elapsed());
    server.deserted().await;
}

#[tokio::test]
async fn a_slow_drip_is_an_answer_as_long_as_the_attempt_may_take() {
    let whole = format!("{}{WORKFLOW}", head(WORKFLOW.len())).into_bytes();
    let server = Server::always(vec![Act::Drip(whole, Duration::from_millis(1))]).await;
    let patient = builder(&server.url).read_timeout(Duration::from_secs(5)).build().unwrap();
    assert_eq!(get(&patient).await.unwrap().id, "wf_1");
    // Each byte comes in time, all of them together do not.
    let hasty = builder(&server.url).attempt_timeout(Duration::from_millis(60)).retry(RetryPolicy::never());
    let error = get(&hasty.build().unwrap()).await.unwrap_err();
    assert_eq!(transport(&error), Timeout, "{error}");
    drop(patient);
    server.deserted().await;
}

#[tokio::test]
async fn connections_that_went_away_between_calls() {
    let server = Server::start(|_, _| {
        let mut acts = json(200, WORKFLOW);
        acts.push(Act::Close);
        acts
    })
    .await;
    let client = client(&server);
    for _ in 0..20 {
        create(&client).await.unwrap();
        server.deserted().await;
    }
    assert_eq!((server.requests(), server.connections()), (20, 20));
}

#[tokio::test]
async fn half_closed_streams() {
    // Its own side is closed after a body without a length: that is how such a body ends.
    let open = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
    let server = Server::always(vec![send(open), send(WORKFLOW), Act::Half, Act::Hang]).await;
    let client = client(&server);
    assert_eq!(get(&client).await.unwrap().id, "wf_1");
    server.deserted().await;
    assert_eq!(both(vec![Act::Half, Act::Hang]).await, (Reset, Reset), "closed without an answer");
    let short = vec![send(head(WORKFLOW.len())), send("{"), Act::Half, Act::Hang];
    assert_eq!(both(short).await, (Truncated, Truncated), "closed in the body");
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let body = vec![send(head(WORKFLOW.len())), send("{"), Act::Hang];
    for acts in [vec![Act::Hang], body] {
        let server = Server::always(acts).await;
        let client = client(&server);
        let call = client.workflows().get("wf_1").send();
        assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
        server.deserted().await;
    }
}
