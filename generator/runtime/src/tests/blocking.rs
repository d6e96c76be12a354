//! The blocking face, from threads with and without a runtime.

use super::mini::Client;
use super::server::{json, response};
use crate::runtime::prelude::*;
use crate::runtime::testing::{Canned, InMemory};

fn transport() -> InMemory {
    InMemory::handler(|request| match request.url.path() {
        "/v1/things" => match request.url.query() {
            None => Canned::json(200, r#"{"data":[{"id":"a"},{"id":"b"}],"list_metadata":{"after":"b"}}"#),
            Some(_) => Canned::json(200, r#"{"data":[{"id":"c"}]}"#),
        },
        _ => Canned::json(200, r#"{"id":"x","state":"ready"}"#),
    })
}

#[test]
fn calls_from_plain_threads() {
    let client = Client::builder().api_key("key-key").transport(transport()).build().unwrap();
    assert_eq!(client.things().get("x").send_blocking().unwrap().id, "x");
    let ids: Vec<String> = client.things().list().items().blocking().map(|thing| thing.unwrap().id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(
        client.things().wait("x").with_timeout(std::time::Duration::from_secs(9)).send_blocking().unwrap().id,
        "x"
    );
    let lines = client.things().lines().send_blocking().unwrap();
    assert_eq!(
        crate::runtime::blocking::iter(lines).map(|thing| thing.unwrap().id).collect::<Vec<_>>(),
        ["x"]
    );
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || (0..20).all(|_| client.things().get("x").send_blocking().is_ok()))
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
}

#[test]
fn calls_to_a_real_server_share_connections() {
    let (url, close) = std::sync::mpsc::channel();
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let server = std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server =
            runtime.block_on(super::server::Server::start(|_, request| match request.target.as_str() {
                "/v1/things" => json(200, r#"{"data":[{"id":"a"}],"list_metadata":{"after":"a"}}"#),
                "/v1/things?after=a" => json(200, r#"{"data":[{"id":"b"}]}"#),
                "/v1/watch" => response(200, "", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"),
                "/v1/files/1" => response(200, "", "one"),
                _ => json(200, r#"{"id":"x"}"#),
            }));
        url.send(server.url.clone()).unwrap();
        wait.recv().unwrap();
        server.connections()
    });
    let client = Client::builder().base_url(close.recv().unwrap()).api_key("key-key").build().unwrap();
    for _ in 0..10 {
        assert_eq!(client.things().get("x").send_blocking().unwrap().id, "x");
    }
    let ids: Vec<String> = client.things().list().items().blocking().map(|thing| thing.unwrap().id).collect();
    assert_eq!(ids, ["a", "b"], "of two pages");
    let lines = crate::runtime::blocking::iter(client.things().lines().send_blocking().unwrap());
    assert_eq!(lines.map(|thing| thing.unwrap().id).collect::<Vec<_>>(), ["a", "b"]);
    let bytes = crate::runtime::blocking::iter(client.files().download().send_blocking().unwrap());
    assert_eq!(bytes.flat_map(|chunk| chunk.unwrap()).collect::<Vec<u8>>(), b"one");
    done.send(()).unwrap();
    // A connection may come back to the pool a little after its response.
    assert!(server.join().unwrap() < 13);
}

#[tokio::test]
async fn a_blocking_call_inside_of_asynchronous_code_is_an_error() {
    let client = Client::builder().api_key("key-key").transport(transport()).build().unwrap();
    let error = client.things().get("x").send_blocking().unwrap_err();
    assert!(error.to_string().contains("await the call instead"), "{error}");
}

#[tokio::test]
async fn a_thread_for_blocking_work_lets_its_runtime_wait() {
    let waited = tokio::task::spawn_blocking(|| {
        let client = Client::builder().api_key("key-key").transport(transport()).build().unwrap();
        assert!(client.things().get("x").send_blocking().is_err());
        tokio::runtime::Handle::current().block_on(client.things().get("x").send()).unwrap().id
    });
    assert_eq!(waited.await.unwrap(), "x");
}
