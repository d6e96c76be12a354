//! Whatever is dropped closes its connection, and takes nothing from others.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::mini::Client;
use super::server::{Server, Step, raw};
use crate::runtime::model::{Bytes, Upload};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).api_key("key-key").build().unwrap()
}

/// A server whose responses begin and do not end.
async fn endless(media: &'static str, first: &'static str) -> (Server, Client) {
    let server = Server::start(move |_, _| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ntransfer-encoding: chunked\r\n\r\n");
        vec![raw(head), raw(format!("{:x}\r\n{first}\r\n", first.len())), Step::Hang]
    })
    .await;
    let client = client(&server);
    (server, client)
}

/// Drops a stream after its first item, and while it waits for the second.
macro_rules! dropped {
    ($server:expr, $stream:expr) => {{
        let mut stream = $stream;
        stream.next().await.unwrap().unwrap();
        let soon = tokio::time::timeout(Duration::from_millis(20), stream.next());
        assert!(soon.await.is_err(), "the second item does not come");
        drop(stream);
        $server.all_closed().await;
    }};
}

#[tokio::test]
async fn downloads() {
    let (server, client) = endless("x/y", "one").await;
    dropped!(server, client.files().download().await.unwrap());
}

#[tokio::test]
async fn lines() {
    let (server, client) = endless("application/jsonl", "{\"id\":\"a\"}\n").await;
    dropped!(server, client.things().lines().await.unwrap());
}

#[cfg(feature = "events")]
#[tokio::test]
async fn events() {
    let (server, client) = endless("text/event-stream", "id: 1\ndata: {\"id\":\"a\"}\n\n").await;
    dropped!(server, client.things().events().await.unwrap());
}

#[tokio::test]
async fn pages_and_items() {
    let server = Server::start(|_, request| match request.target.contains("after") {
        false => super::server::json(200, r#"{"data":[{"id":"a"}],"list_metadata":{"after":"b"}}"#),
        true => vec![Step::Hang],
    })
    .await;
    dropped!(server, client(&server).things().list().items());
    dropped!(server, client(&server).things().list().pages());
    dropped!(server, client(&server).things().list().items().ahead());
}

/// Gives one piece, and then nothing for ever.
struct Stuck(Option<Bytes>);

impl futures_core::Stream for Stuck {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.take().map_or(Poll::Pending, |bytes| Poll::Ready(Some(Ok(bytes))))
    }
}

/// The same on a thread; it goes on when the sender is gone.
struct Slow(std::sync::mpsc::Receiver<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let bytes = self.0.recv_timeout(Duration::from_secs(20)).unwrap_or_default();
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

#[tokio::test]
async fn uploads_on_their_way() {
    let server = Server::start(|_, _| vec![Step::Close]).await;
    let (more, slow) = std::sync::mpsc::channel();
    more.send(vec![b'x'; 1000]).unwrap();
    let stuck = Upload::stream("f", Stuck(Some(Bytes::from_static(b"one"))));
    for (number, upload) in [stuck, Upload::reader("f", Slow(slow))].into_iter().enumerate() {
        let client = client(&server);
        let call = tokio::spawn(client.files().put(upload).send());
        while server.connections() == number {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        call.abort();
        server.all_closed().await;
    }
    assert!(server.requests().is_empty(), "none was whole");
}

#[test]
fn files_are_read_by_other_threads() {
    let path = std::env::temp_dir().join(format!("sdk-runtime-read-{}", std::process::id()));
    std::fs::write(&path, vec![b'x'; 300_000]).unwrap();
    // One thread for asynchronous code, one for what blocks; the latter is busy.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(1).build();
    runtime.unwrap().block_on(async {
        let server = Server::start(|_, _| super::server::response(204, "", "")).await;
        let (release, held) = std::sync::mpsc::channel::<()>();
        let busy = tokio::task::spawn_blocking(move || held.recv().is_ok());
        let call = tokio::spawn(client(&server).files().put(Upload::from_path(path.clone())).send());
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(!call.is_finished() && server.connections() == 0, "the file waits for its thread");
        release.send(()).unwrap();
        assert!(busy.await.unwrap());
        call.await.unwrap().unwrap();
        assert_eq!(server.one().body.len(), 300_000);
        let (more, slow) = std::sync::mpsc::channel();
        let call = tokio::spawn(client(&server).files().put(Upload::reader("f", Slow(slow))).send());
        // If it was read here, nobody would come to send it anything.
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        more.send(vec![b'y'; 10]).unwrap();
        drop(more);
        call.await.unwrap().unwrap();
        assert_eq!(server.requests()[1].body, [b'y'; 10]);
    });
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test(start_paused = true)]
async fn calls_dropped_before_their_retry_leave_the_budget_as_it_was() {
    let transport = InMemory::handler(|_| Canned::status(503));
    let policy =
        RetryPolicy::new().with_backoff(Duration::from_secs(5), Duration::from_secs(5)).without_jitter();
    let client =
        Client::builder().api_key("key-key").transport(transport.clone()).retry(policy).build().unwrap();
    for _ in 0..200 {
        let call = client.things().get("x").send();
        assert!(tokio::time::timeout(Duration::from_secs(1), call).await.is_err());
    }
    assert_eq!((transport.requests().len(), client.core().retry_budget().available()), (200, 500));
    // One that was sent again is paid for.
    let call = client.things().get("x").send();
    assert!(tokio::time::timeout(Duration::from_secs(6), call).await.is_err());
    assert_eq!(client.core().retry_budget().available(), 495);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_is_answered_gives_back_what_it_took() {
    let transport = InMemory::new();
    let client = Client::builder().api_key("key-key").transport(transport.clone()).build().unwrap();
    for _ in 0..200 {
        transport.answer(Canned::status(503)).answer(Canned::status(404));
        let error = client.things().get("x").await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (404, 2));
    }
    assert_eq!(client.core().retry_budget().available(), 500);
}

#[cfg(feature = "events")]
#[tokio::test(start_paused = true)]
async fn a_stream_that_breaks_for_months_leaves_the_budget_to_others() {
    let transport = InMemory::handler(|request| {
        let next: u32 = request.header("last-event-id").parse().map_or(0, |last: u32| last + 1);
        let event = format!("id: {next}\ndata: {{\"id\":\"{next}\"}}\n\n");
        Canned::body(200, "text/event-stream", event).breaking_off()
    });
    let client = Client::builder().api_key("key-key").transport(transport).build().unwrap();
    let mut events = client.things().events().await.unwrap();
    for number in 0..300 {
        assert_eq!(events.try_next().await.unwrap().unwrap().id, number.to_string());
    }
    assert!(client.core().retry_budget().available() >= 495);
    // And one slot is enough for all its connections.
    let transport = InMemory::handler(|_| {
        Canned::body(200, "text/event-stream", "id: 1\ndata: {\"id\":\"a\"}\n\n").breaking_off()
    });
    let client =
        Client::builder().api_key("key-key").transport(transport).max_concurrency(1).build().unwrap();
    let mut events = client.things().events().await.unwrap();
    for _ in 0..5 {
        assert_eq!(events.try_next().await.unwrap().unwrap().id, "a");
    }
}
