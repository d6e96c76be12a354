//! What users may change below the calls: proxy and pool of connections.

use std::time::Duration;

use super::mini::Client;
use super::server::{Server, Step, json, response};
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::retry::RetryPolicy;

const FOUND: &str = r#"{"id":"x"}"#;

/// Says who asks the proxy; must not be seen anywhere.
const CANARY: &str = "canary-of-the-proxy";

fn builder(url: &str) -> Builder<Client> {
    Client::builder().base_url(url).api_key("k-123456").retry(RetryPolicy::never())
}

fn proxy(server: &Server) -> reqwest::Proxy {
    let url = server.url.replace("http://", &format!("http://me:{CANARY}@"));
    reqwest::Proxy::all(url).unwrap()
}

#[tokio::test]
async fn calls_go_through_the_proxy() {
    let server = Server::start(|_, _| json(200, FOUND)).await;
    let client = builder("http://api.invalid").proxy(proxy(&server)).build().unwrap();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
    let request = server.one();
    // The whole address, since the proxy has to know the host.
    assert_eq!(request.target, "http://api.invalid/v1/things/x");
    assert_eq!(request.header("api-key"), "k-123456");
    assert!(request.header("proxy-authorization").starts_with("Basic "), "{request:?}");
}

#[tokio::test]
async fn a_proxy_that_wants_to_know_who_asks_is_an_response() {
    let server = Server::start(|_, _| response(407, "proxy-authenticate: Basic\r\n", "who are you?")).await;
    let client = builder("http://api.invalid").proxy(proxy(&server)).build().unwrap();
    let error = client.things().get("x").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(407), "{error:?}");
    assert_hidden(&error);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_shows_nothing_of_its_password() {
    let server = Server::start(|_, _| vec![Step::Close]).await;
    let proxy = proxy(&server);
    // The port is free again when the listener is gone.
    drop(server);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let client = builder("http://api.invalid").proxy(proxy).build().unwrap();
    let error = client.things().get("x").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert_eq!(transport.kind(), TransportErrorKind::Connect, "{error:?}");
    assert_hidden(&error);
}

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
#[tokio::test]
async fn encrypted_calls_ask_the_proxy_for_a_tunnel_and_tell_it_no_key() {
    let server = Server::start(|_, _| {
        vec![super::server::raw("HTTP/1.1 403 X\r\ncontent-length: 0\r\n\r\n"), Step::Close]
    })
    .await;
    let client = builder("https://api.invalid").proxy(proxy(&server)).build().unwrap();
    let error = client.things().get("x").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert_eq!(transport.kind(), TransportErrorKind::Connect, "{error:?}");
    assert_hidden(&error);
    let request = server.one();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("CONNECT", "api.invalid:443"));
    assert_eq!(request.header("api-key"), "");
}

fn assert_hidden(error: &Error) {
    for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!text.contains(CANARY), "{text}");
    }
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let text = format!("{inner} {inner:?}");
        assert!(!text.contains(CANARY), "{text}");
        cause = inner.source();
    }
}

/// A server that takes its time, so that calls overlap.
async fn slow() -> Server {
    Server::start(|_, _| {
        let mut steps = vec![Step::Pause(Duration::from_millis(200))];
        steps.extend(json(200, FOUND));
        steps
    })
    .await
}

async fn three_at_once(client: &Client) {
    let things = [client.clone(), client.clone(), client.clone()];
    let calls = things.map(|client| tokio::spawn(async move { client.things().get("x").await }));
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().id, "x");
    }
}

#[tokio::test]
async fn no_more_unused_connections_are_kept_than_allowed() {
    let server = slow().await;
    let client = builder(&server.url).max_idle_connections(1).build().unwrap();
    three_at_once(&client).await;
    assert_eq!(server.connections(), 3, "one for each call under way");
    server.left_open(1).await;
    client.things().get("x").await.unwrap();
    assert_eq!(server.connections(), 3, "the one that was kept is used again");
}

#[tokio::test]
async fn connections_are_shared_by_clones_and_end_with_the_client() {
    let server = slow().await;
    let client = builder(&server.url).build().unwrap();
    three_at_once(&client).await;
    three_at_once(&client.clone()).await;
    assert_eq!(server.connections(), 3, "the second round needs no new connection");
    drop(client);
    server.all_closed().await;
}

#[tokio::test]
async fn no_connection_is_kept_where_none_may_be() {
    let server = Server::start(|_, _| json(200, FOUND)).await;
    let client = builder(&server.url).max_idle_connections(0).build().unwrap();
    client.things().get("x").await.unwrap();
    server.all_closed().await;
    client.things().get("x").await.unwrap();
    assert_eq!(server.connections(), 2);
}
