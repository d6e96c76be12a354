//! Answers and bodies that come over time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::mini::Client;
use super::server::{Server, Step, raw};
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, ResponseErrorKind, TransportErrorKind};
use crate::runtime::model::Bytes;
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};

/// A stream of what is there already.
pub(super) struct Iter(VecDeque<std::io::Result<Bytes>>);

pub(super) fn iter(chunks: impl IntoIterator<Item = std::io::Result<Bytes>>) -> Iter {
    Iter(chunks.into_iter().collect())
}

impl Stream for Iter {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn chunked(media: &str, chunks: &[&str]) -> Vec<Step> {
    let mut steps =
        vec![raw(format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ntransfer-encoding: chunked\r\n\r\n"))];
    for chunk in chunks {
        steps.push(raw(format!("{:x}\r\n{chunk}\r\n", chunk.len())));
        steps.push(Step::Pause(Duration::from_millis(5)));
    }
    steps
}

/// A client whose server answers with these pieces.
fn canned<B: Into<Bytes> + Clone + Send + Sync + 'static>(media: &'static str, pieces: Vec<B>) -> Client {
    let transport = InMemory::handler(move |_| Canned::chunks(200, media, pieces.clone()));
    Client::builder().api_key("key-key").transport(transport).build().unwrap()
}

fn ended(mut steps: Vec<Step>) -> Vec<Step> {
    steps.push(raw("0\r\n\r\n"));
    steps
}

async fn start(steps: Vec<Step>) -> (Server, Client) {
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = client(&server.url, |builder| builder);
    (server, client)
}

fn client(url: &str, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Client {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(1), Duration::from_millis(1));
    change(Client::builder().base_url(url).api_key("key-key").retry(policy)).build().unwrap()
}

/// Ids of what came, and how it ended.
macro_rules! drain {
    ($stream:expr) => {{
        let mut stream = $stream;
        let mut told = Vec::new();
        while let Some(item) = stream.next().await {
            told.push(match item {
                Ok(thing) => thing.id,
                Err(error) => format!("! {error}"),
            });
            assert!(told.len() < 100, "an endless stream: {told:?}");
        }
        assert!(stream.next().await.is_none(), "it stays ended");
        told
    }};
}

#[tokio::test]
async fn a_download_in_pieces() {
    let (_server, client) = start(ended(chunked("application/pdf", &["one ", "two ", "three"]))).await;
    let mut file = client.files().download().await.unwrap();
    assert_eq!(file.content_type(), Some("application/pdf"));
    let mut all = Vec::new();
    while let Some(chunk) = file.try_next().await.unwrap() {
        all.extend_from_slice(&chunk);
    }
    assert_eq!(all, b"one two three");
    let all = client.files().download().await.unwrap().collect(100).await.unwrap();
    assert_eq!(all.as_ref(), b"one two three");
    let error = client.files().download().await.unwrap().collect(10).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(it) if it.kind() == ResponseErrorKind::TooLarge), "{error}");
    assert_eq!(client.files().raw().await.unwrap().as_ref(), b"one two three");
    assert_eq!(client.files().read().await.unwrap(), "one two three");
}

#[tokio::test]
async fn a_download_into_a_file() {
    let (_server, client) = start(ended(chunked("x/y", &["one ", "two"]))).await;
    let path = std::env::temp_dir().join(format!("sdk-runtime-download-{}", std::process::id()));
    let written = client.files().download().await.unwrap().save(&path).await.unwrap();
    assert_eq!((written, std::fs::read(&path).unwrap().as_slice()), (7, &b"one two"[..]));
    std::fs::remove_file(&path).unwrap();
    let error = client.files().download().await.unwrap().save("/nowhere/at/all").await.unwrap_err();
    assert!(
        error.to_string().starts_with("`files.download`: the file `/nowhere/at/all` cannot be written"),
        "{error}"
    );
}

#[tokio::test]
async fn a_download_that_breaks_or_stalls() {
    let mut steps = chunked("x/y", &["one "]);
    steps.push(Step::Close);
    let (_server, broken) = start(steps).await;
    let mut file = broken.files().download().await.unwrap();
    assert_eq!(file.next().await.unwrap().unwrap().as_ref(), b"one ");
    let error = file.next().await.unwrap().unwrap_err();
    assert!(
        matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Truncated),
        "{error:?}"
    );
    assert!(file.next().await.is_none());

    let mut steps = chunked("x/y", &["one "]);
    steps.push(Step::Hang);
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = client(&server.url, |builder| builder.read_timeout(Duration::from_millis(50)));
    let mut file = client.files().download().await.unwrap();
    assert_eq!(file.next().await.unwrap().unwrap().as_ref(), b"one ");
    assert!(file.next().await.unwrap().unwrap_err().is_timeout());
    server.all_closed().await;
}

#[tokio::test]
async fn a_stream_outlives_the_timeout_of_an_attempt() {
    let mut steps = chunked("x/y", &["one "]);
    steps.push(Step::Pause(Duration::from_millis(150)));
    steps.push(raw("3\r\ntwo\r\n0\r\n\r\n"));
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = client(&server.url, |builder| builder.attempt_timeout(Duration::from_millis(80)));
    let all = client.files().download().await.unwrap().collect(100).await.unwrap();
    assert_eq!(all.as_ref(), b"one two");
}

#[tokio::test]
async fn dropping_a_stream_closes_its_connection() {
    let mut steps = chunked("x/y", &["one "]);
    steps.push(Step::Hang);
    let (server, client) = start(steps).await;
    let mut file = client.files().download().await.unwrap();
    file.next().await.unwrap().unwrap();
    drop(file);
    server.all_closed().await;
}

#[tokio::test]
async fn a_stream_holds_its_place_until_it_is_dropped() {
    let server = Server::start(|_, _| ended(chunked("x/y", &["one"]))).await;
    let client = client(&server.url, |builder| builder.max_concurrency(1));
    let file = client.files().download().await.unwrap();
    let next = client.files().download().with_timeout(Duration::from_millis(50));
    assert!(next.await.unwrap_err().is_timeout());
    drop(file);
    drop(client.files().download().await.unwrap());
}

#[tokio::test]
async fn json_lines() {
    let lines = [
        "\u{feff}{\"id\":\"a\"}\n\r\n{\"id\"",
        ":\"b\"}\r\n",
        "  {\"id\":\"ä\"}  \n\u{1e}{\"id\":\"d\"}\n{\"id\":\"e\"}",
    ];
    let (_server, client) = start(ended(chunked("application/jsonl", &lines))).await;
    assert_eq!(drain!(client.things().lines().await.unwrap()), ["a", "b", "ä", "d", "e"]);
}

#[tokio::test]
async fn a_line_that_does_not_fit_is_not_the_end() {
    let lines = "{\"id\":\"a\"}\n{\"id\":7}\n{\"id\":\"c\"}\n";
    let (_server, client) = start(ended(chunked("application/jsonl", &[lines]))).await;
    let told = drain!(client.things().lines().await.unwrap());
    assert_eq!((told[0].as_str(), told[2].as_str(), told.len()), ("a", "c", 3));
    assert_eq!(
        told[1],
        "! `things.watch`: the response (200) could not be read: a line does not fit: `id`: expected a string, found a \
         number at byte 6, near `7`; in the API's document: `#/paths/~1v1~1watch/get/responses/200`"
    );
}

#[tokio::test]
async fn a_line_that_is_cut_off_is_none() {
    let mut steps = chunked("application/jsonl", &["{\"id\":\"a\"}\n", "{\"id\":\"b\"}"]);
    steps.push(Step::Close);
    let (_server, client) = start(steps).await;
    let told = drain!(client.things().lines().await.unwrap());
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("the response broke off"), "{told:?}");
}

#[tokio::test]
async fn a_bad_byte_costs_one_line() {
    let lines = vec![&b"{\"id\":\"a\"}\n{\"id\":\"\xff\"}\n"[..], &b"{\"id\":\"\xc3"[..], &b"\xa4\"}\n"[..]];
    let told = drain!(canned("application/jsonl", lines).things().lines().await.unwrap());
    assert_eq!((told[0].as_str(), told[2].as_str(), told.len()), ("a", "ä", 3), "{told:?}");
    assert!(told[1].starts_with("! "), "{told:?}");
}

#[tokio::test]
async fn what_are_no_lines_is_an_error_and_no_stream_of_errors() {
    let page = "<html>\n<body>Down for maintenance</body>\n</html>";
    let document = "{\n  \"error\": {\n    \"message\": \"no such model\"\n  }\n}\n";
    let found = [
        ("text/html", page, "`text/html`, JSON lines were expected: <html> <body>Down for maintenance"),
        (
            "text/plain",
            "Down for maintenance",
            "`text/plain`, JSON lines were expected: Down for maintenance",
        ),
        ("application/json", document, "`application/json`, JSON lines were expected: no such model"),
    ];
    for (media, body, words) in found {
        let error = canned(media, vec![body]).things().lines().await.unwrap_err();
        let Error::Decode(response) = &error else { panic!("{error:?}") };
        assert_eq!(
            (response.kind(), response.raw_body().as_ref()),
            (ResponseErrorKind::ContentType, body.as_bytes())
        );
        assert!(error.to_string().contains(words), "{error}");
    }
    for media in ["application/x-ndjson", "application/json", "text/plain", "application/octet-stream"] {
        let told = drain!(canned(media, vec!["\u{feff}\n{\"id\":\"a\"}\n"]).things().lines().await.unwrap());
        assert_eq!(told, ["a"], "{media}");
        assert!(canned(media, Vec::<Bytes>::new()).things().lines().await.unwrap().next().await.is_none());
    }
}

#[tokio::test]
async fn a_line_with_an_error_is_an_error_with_the_words_of_the_server() {
    let lines = "{\"id\":\"a\"}\n{\"error\":\"out of memory\"}\n{\"id\":\"b\",\"error\":{\"message\":\"twice\"}}\n{\"id\":\"c\",\"error\":null}\n";
    let told = drain!(canned("application/x-ndjson", vec![lines]).things().lines().await.unwrap());
    let expected = [
        "a",
        "! `things.watch`: the server reported an error in the stream: out of memory",
        "! `things.watch`: the server reported an error in the stream: twice",
        "c",
    ];
    assert_eq!(told, expected);
    // One that the document knows is an item, unless it does not fit.
    let told =
        drain!(canned("application/x-ndjson", vec![lines]).things().lines_failing_at(&[]).await.unwrap());
    assert_eq!((told[1].as_str(), told[2].as_str()), (expected[1], "b"), "{told:?}");
    let lines = "{\"id\":\"a\",\"status\":{\"failed\":true}}\n{\"id\":\"b\",\"status\":{\"failed\":false}}\n";
    let told = drain!(
        canned("application/x-ndjson", vec![lines])
            .things()
            .lines_failing_at(&["/status/failed"])
            .await
            .unwrap()
    );
    assert!(
        told.len() == 2 && told[0].contains("reported an error in the stream") && told[1] == "b",
        "{told:?}"
    );
}

#[tokio::test]
async fn a_line_without_end() {
    let long = "x".repeat(1000);
    let server =
        Server::start(move |_, _| ended(chunked("application/jsonl", &["{\"id\":\"a\"}\n", &long]))).await;
    let client = client(&server.url, |builder| builder.max_response_bytes(500));
    let told = drain!(client.things().lines().await.unwrap());
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("a line is longer than 500 bytes"), "{told:?}");
}

#[tokio::test]
async fn many_lines_take_linear_time() {
    let line = format!("{{\"id\":\"{}\"}}\n", "x".repeat(100_000));
    let pieces: Vec<Bytes> = line.as_bytes().chunks(10).map(Bytes::copy_from_slice).collect();
    let transport = InMemory::handler(move |_| Canned::chunks(200, "application/jsonl", pieces.clone()));
    let client = Client::builder().api_key("key-key").transport(transport).build().unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(client.things().lines().await.unwrap().next().await.unwrap().unwrap().id.len(), 100_000);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[cfg(feature = "events")]
mod events;
