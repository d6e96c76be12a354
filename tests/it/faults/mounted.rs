//! What the Retab API has not: tokens that expire, event streams, files. The SDKs of the cases have them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use tests::mounts::{answers_by_media, event_stream, json_lines, newer_version, security, text_and_bytes};
use tests::runtime::call::CallOptions as _;
use tests::runtime::error::{Error, RequestErrorKind, TransportErrorKind};
use tests::runtime::model::Upload;
use tests::runtime::retry::RetryPolicy;

use super::PATIENCE;
use super::server::{Act, Server, answer, json, send};

fn policy() -> RetryPolicy {
    RetryPolicy::new().with_backoff(Duration::from_millis(2), Duration::from_millis(5))
}

/// A server with tokens: each new one is only good from then on.
async fn tokens(valid: &Arc<AtomicUsize>) -> (Server, security::Client) {
    let (valid, given) = (valid.clone(), AtomicUsize::new(0));
    let server = Server::start(move |_, request| {
        if request.target == "/token" {
            let number = given.fetch_add(1, SeqCst) + 1;
            let token = format!(r#"{{"access_token":"token-{number}","expires_in":3600}}"#);
            // Long enough for others to want one as well.
            return [vec![Act::Pause(Duration::from_millis(30))], json(200, &token)].concat();
        }
        let token = request.header("authorization").trim_start_matches("Bearer token-");
        let good = token.parse::<usize>().is_ok_and(|token| token >= valid.load(SeqCst));
        answer(if good { 204 } else { 401 }, "", "")
    })
    .await;
    let client = security::Client::builder()
        .base_url(&server.url)
        .token_url(format!("{}/token", server.url))
        .client_credentials("id", "secret")
        .retry(policy())
        .build()
        .unwrap();
    (server, client)
}

fn fetched(server: &Server) -> usize {
    server.seen().iter().filter(|request| request.target == "/token").count()
}

#[tokio::test]
async fn expired_tokens_are_fetched_anew_once_for_all() {
    let valid = Arc::new(AtomicUsize::new(1));
    let (server, client) = tokens(&valid).await;
    let storm = || async {
        let calls: Vec<_> = (0..100).map(|_| tokio::spawn(client.oauth().get().send())).collect();
        for call in calls {
            tokio::time::timeout(PATIENCE, call).await.unwrap().unwrap().unwrap();
        }
    };
    storm().await;
    assert_eq!((fetched(&server), server.requests()), (1, 101));
    valid.store(2, SeqCst);
    storm().await;
    assert_eq!(
        (fetched(&server), server.requests()),
        (2, 101 + 201),
        "each is refused once, and sent once more"
    );
    // A server that refuses every token is not asked for ever.
    valid.store(usize::MAX, SeqCst);
    let error = client.oauth().get().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), fetched(&server)), (401, 2, 3));
}

#[tokio::test]
async fn tokens_are_asked_for_with_the_scopes_that_operations_declare() {
    let (server, client) = tokens(&Arc::default()).await;
    client.oauth().get().await.unwrap();
    client.oauth().scopes().await.unwrap();
    client.oauth().any().await.unwrap();
    client.oauth().scopes().await.unwrap();
    client.request(tests::runtime::route::Method::GET, "/new").text().await.unwrap();
    let asked: Vec<String> = server
        .seen()
        .iter()
        .filter(|request| request.target == "/token")
        .map(|request| String::from_utf8_lossy(&request.body).replace("grant_type=client_credentials", ""))
        .collect();
    assert_eq!(asked, ["&scope=read", "&scope=read%20write", ""]);
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_the_error_of_the_call() {
    for acts in [vec![Act::Reset], json(500, "{}"), json(200, "{}"), answer(200, "", "<html>")] {
        let server = Server::always(acts).await;
        let client = security::Client::builder()
            .base_url("http://127.0.0.1:1")
            .token_url(&server.url)
            .client_credentials("id", "very-secret")
            .retry(policy())
            .build()
            .unwrap();
        let call = tokio::time::timeout(PATIENCE, client.oauth().get().send());
        let error = call.await.unwrap().unwrap_err();
        let Error::Request(request) = &error else { panic!("{error:?}") };
        assert_eq!(request.kind(), RequestErrorKind::Credentials);
        assert!(error.to_string().contains("no access token"), "{error}");
        assert!(!format!("{error:?}").contains("very-secret"));
    }
}

fn chunk(text: &str) -> Act {
    send(format!("{:x}\r\n{text}\r\n", text.len()))
}

fn stream(media: &str, chunks: &[&str]) -> Vec<Act> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ntransfer-encoding: chunked\r\n\r\n");
    let mut acts = vec![send(head)];
    acts.extend(chunks.iter().map(|text| chunk(text)));
    acts
}

fn kind(error: &Error) -> TransportErrorKind {
    let Error::Transport(error) = error else { panic!("{error:?}") };
    error.kind()
}

#[tokio::test]
async fn lines_that_break_stall_or_are_dropped() {
    let two = ["{\"n\":1}\n{\"n\"", ":2}\n{\"n\":"];
    for (end, expected) in [
        (Act::Close, TransportErrorKind::Truncated),
        (Act::Reset, TransportErrorKind::Truncated),
        (Act::Hang, TransportErrorKind::Timeout),
    ] {
        let mut acts = stream("application/jsonl", &two);
        acts.extend([Act::Pause(Duration::from_millis(5)), end]);
        let server = Server::always(acts).await;
        let client = json_lines::Client::builder().base_url(&server.url);
        let client = client.read_timeout(Duration::from_millis(100)).build().unwrap();
        let mut rows = client.jsonl().read().await.unwrap();
        assert_eq!(rows.next().await.unwrap().unwrap().n, 1);
        assert_eq!(rows.next().await.unwrap().unwrap().n, 2);
        let error = tokio::time::timeout(PATIENCE, rows.next()).await.unwrap().unwrap().unwrap_err();
        assert_eq!(kind(&error), expected, "{error}");
        assert!(rows.next().await.is_none());
        let mut rows = client.jsonl().read().await.unwrap();
        rows.next().await.unwrap().unwrap();
        drop(rows);
        server.deserted().await;
        assert_eq!(server.requests(), 2, "a stream that has begun is not begun again");
    }
}

#[tokio::test]
async fn events_of_a_post_are_not_asked_for_again() {
    let event = "id: 7\ndata: {\"type\":\"delta\",\"text\":\"a\"}\n\n";
    let mut acts = stream("text/event-stream", &[event]);
    acts.push(Act::Close);
    let server = Server::always(acts).await;
    let client = event_stream::Client::builder().base_url(&server.url).retry(policy()).build().unwrap();
    let body = event_stream::types::ChatStreamRequest::new("hello");
    let mut events = client.chat().stream(body).await.unwrap();
    assert!(matches!(events.next().await, Some(Ok(event_stream::types::Chunk::Delta(_)))));
    assert_eq!(events.last_event().id, "7");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(kind(&error), TransportErrorKind::Truncated, "{error}");
    assert!(events.next().await.is_none());
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn each_media_type_of_an_answer_can_be_asked_for() {
    let server = Server::start(|_, request| match request.header("accept") {
        "text/event-stream" => {
            answer(200, "content-type: text/event-stream\r\n", "data: {\"delta\": \"a\"}\n\n")
        }
        "application/json" => json(200, r#"{"text": "whole"}"#),
        "application/json;view=full" => json(200, r#"{"delta": "full"}"#),
        "application/x-ndjson" => answer(200, "content-type: application/x-ndjson\r\n", "{\"line\": 1}\n"),
        xml @ ("application/xml" | "text/xml") => {
            let body = format!("<Completion><text>{xml}</text></Completion>");
            answer(200, &format!("content-type: {xml}\r\n"), &body)
        }
        other => answer(200, &format!("content-type: {other}\r\n"), other),
    })
    .await;
    let client = answers_by_media::Client::builder().base_url(&server.url).build().unwrap();
    let create = || client.completions().create(answers_by_media::types::Prompt::new("hello"));
    assert_eq!(create().await.unwrap().text, "whole");
    let mut events = create().accept_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().delta, "a");
    let report = || client.reports().get("r1");
    assert_eq!(report().await.unwrap().text, "whole");
    assert_eq!(report().accept_csv().await.unwrap(), "text/csv");
    let xml = report().accept_application_xml().with_header("x-a", "b").await.unwrap();
    assert_eq!(xml.text, "application/xml");
    assert_eq!(report().accept_json().await.unwrap().delta, "full");
    let mut lines = report().accept_lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().line, 1);
    let pdf = report().columns(["a"]).accept_pdf().send_with_response().await.unwrap();
    assert_eq!(pdf.headers["content-type"], "application/pdf");
}

#[tokio::test]
async fn methods_beyond_the_usual_are_sent_as_written() {
    let server = Server::start(|_, request| match (request.method.as_str(), request.target.as_str()) {
        ("QUERY", "/files") => json(200, r#"[{"id": "a"}]"#),
        ("COPY", "/files/a") if request.header("destination") == "b" => json(201, r#"{"id": "b"}"#),
        ("LOCK", "/files") => answer(204, "", ""),
        _ => answer(405, "", ""),
    })
    .await;
    let client = newer_version::Client::builder().base_url(&server.url).build().unwrap();
    let found = client.files().search(newer_version::types::Filter::new("a")).await.unwrap();
    assert_eq!(found[0].id, "a");
    assert_eq!(client.files().copy("a", "b").await.unwrap().id, "b");
    client.files().lock().await.unwrap();
}

#[tokio::test]
async fn downloads_that_are_dropped_or_too_slow_to_be_read() {
    let flood = chunk(&"x".repeat(64 * 1024));
    let Act::Send(flood) = flood else { unreachable!() };
    let mut acts = stream("application/octet-stream", &["first"]);
    acts.push(Act::Flood(flood));
    let server = Server::always(acts).await;
    let client = text_and_bytes::Client::builder().base_url(&server.url).build().unwrap();
    let mut blob = client.blobs().read("b").await.unwrap();
    assert!(blob.next().await.unwrap().unwrap().starts_with(b"first"));
    // Who does not read is sent no more than the sockets hold.
    let mut before = u64::MAX;
    while before != server.sent() {
        before = server.sent();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(before < 64 << 20, "{before} bytes were sent to somebody who does not read");
    drop(blob);
    server.deserted().await;
}

#[tokio::test]
async fn uploads_that_fail_are_not_sent_twice() {
    let server = Server::always(vec![Act::Reset]).await;
    let client = text_and_bytes::Client::builder().base_url(&server.url).retry(policy()).build().unwrap();
    let once = Upload::reader("f", std::io::Cursor::new(vec![b'x'; 300_000]));
    let request = client.request(tests::runtime::route::Method::PUT, "/blobs/b").upload(once).bytes();
    let error = request.await.unwrap_err();
    assert_eq!(
        (kind(&error), error.attempts(), server.requests()),
        (TransportErrorKind::Reset, 1, 1),
        "{error}"
    );
    // Bytes can be sent again, and a PUT may be.
    let error = client.blobs().write("b", vec![b'x'; 300_000]).await.unwrap_err();
    assert_eq!(
        (kind(&error), error.attempts(), server.requests()),
        (TransportErrorKind::Reset, 3, 4),
        "{error}"
    );
    let missing = client.request(tests::runtime::route::Method::PUT, "/blobs/b");
    let error = missing.upload(Upload::from_path("/nowhere/at/all")).bytes().await.unwrap_err();
    assert!(matches!(&error, Error::Request(it) if it.kind() == RequestErrorKind::File), "{error:?}");
    assert_eq!(server.requests(), 4);
}
