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

fn proxy(server: &Server) -> String {
    server.url.replace("http://", &format!("http://me:{CANARY}@"))
}

/// The client by default, and the one of `reqwest` with the same settings.
fn both(builder: impl Fn() -> Builder<Client>) -> [Client; 2] {
    [builder(), builder().configure_http(|http| http)].map(|builder| builder.build().unwrap())
}

#[tokio::test]
async fn calls_go_through_the_proxy() {
    let server = Server::start(|_, _| json(200, FOUND)).await;
    for client in both(|| builder("http://api.invalid").proxy(proxy(&server))) {
        assert_eq!(client.things().get("x").await.unwrap().id, "x");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        // The whole URL, since the proxy has to know the host.
        assert_eq!(request.target, "http://api.invalid/v1/things/x");
        assert_eq!(request.header("api-key"), "k-123456");
        assert!(request.header("proxy-authorization").starts_with("Basic "), "{request:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_wants_to_know_who_asks_is_an_response() {
    let server = Server::start(|_, _| response(407, "proxy-authenticate: Basic\r\n", "who are you?")).await;
    for client in both(|| builder("http://api.invalid").proxy(proxy(&server))) {
        let error = client.things().get("x").await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(407), "{error:?}");
        assert_hidden(&error);
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_shows_nothing_of_its_password() {
    let server = Server::start(|_, _| vec![Step::Close]).await;
    let proxy = proxy(&server);
    // The port is free again when the listener is gone.
    drop(server);
    tokio::time::sleep(Duration::from_millis(50)).await;
    for client in both(|| builder("http://api.invalid").proxy(proxy.as_str())) {
        let error = client.things().get("x").await.unwrap_err();
        let Error::Transport(transport) = &error else { panic!("{error:?}") };
        assert_eq!(transport.kind(), TransportErrorKind::Connect, "{error:?}");
        assert_hidden(&error);
    }
}

#[test]
fn what_is_no_proxy_is_refused_and_not_shown() {
    for wrong in [format!("ftp://me:{CANARY}@host"), format!("http://me:{CANARY}@[host"), String::new()] {
        let error = builder("http://api.invalid").proxy(wrong.as_str()).build().unwrap_err();
        assert!(error.to_string().contains("see the proxy"), "{wrong}: {error}");
        assert_hidden(&error);
    }
}

/// A proxy that speaks SOCKS 5, knows a user, and answers for every host.
async fn socks() -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut next = [0; 256];
            let methods = stream.read(&mut next).await.unwrap();
            assert!(next[2..methods].contains(&2), "a password is offered");
            stream.write_all(&[5, 2]).await.unwrap();
            let read = stream.read(&mut next).await.unwrap();
            assert_eq!(&next[..read], [&[1, 2], &b"me"[..], &[2], b"pw"].concat());
            stream.write_all(&[1, 0]).await.unwrap();
            let read = stream.read(&mut next).await.unwrap();
            assert_eq!(&next[..read], [&[5, 1, 0, 3, 11], &b"api.invalid"[..], &[0, 80]].concat());
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            let read = stream.read(&mut next).await.unwrap();
            assert!(next[..read].starts_with(b"GET /v1/things/x HTTP/1.1\r\n"), "as if there were no proxy");
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"x\"}").await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn calls_go_through_a_proxy_that_speaks_socks() {
    let proxy = format!("socks5h://me:pw@{}", socks().await);
    let client = builder("http://api.invalid").proxy(proxy).build().unwrap();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
}

/// Run by the test below, in a process of its own with an environment of its own.
#[tokio::test]
async fn with_a_proxy_in_the_environment() {
    let Ok(url) = std::env::var("SERVER_BESIDE_THE_PROXY") else { return };
    let text = match builder("http://api.invalid").build().unwrap().things().get("x").await {
        Ok(thing) => thing.id,
        Err(error) => error.to_string(),
    };
    assert_eq!(text, "x", "by the proxy");
    let direct = builder("http://api.invalid").no_proxy().build().unwrap();
    assert!(direct.things().get("x").await.is_err(), "not by the proxy");
    assert_eq!(builder(&url).build().unwrap().things().get("x").await.unwrap().id, "x", "by `NO_PROXY`");
}

#[tokio::test(flavor = "multi_thread")]
async fn proxies_of_the_environment_count_unless_told_otherwise() {
    let proxy = Server::start(|_, _| json(200, FOUND)).await;
    let server = Server::start(|_, _| json(200, FOUND)).await;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "tests::seams::with_a_proxy_in_the_environment"]);
    child
        .env("HTTP_PROXY", &proxy.url)
        .env("NO_PROXY", "127.0.0.1")
        .env("SERVER_BESIDE_THE_PROXY", &server.url);
    let ended = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    assert_eq!((proxy.requests().len(), server.requests().len()), (1, 1));
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn encrypted_calls_ask_the_proxy_for_a_tunnel_and_tell_it_no_key() {
    let server = Server::start(|_, _| {
        vec![super::server::raw("HTTP/1.1 403 X\r\ncontent-length: 0\r\n\r\n"), Step::Close]
    })
    .await;
    for client in both(|| builder("https://api.invalid").proxy(proxy(&server))) {
        let error = client.things().get("x").await.unwrap_err();
        let Error::Transport(transport) = &error else { panic!("{error:?}") };
        assert_eq!(transport.kind(), TransportErrorKind::Connect, "{error:?}");
        assert_hidden(&error);
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("CONNECT", "api.invalid:443"));
        assert_eq!(request.header("api-key"), "");
        assert!(request.header("proxy-authorization").starts_with("Basic "), "{request:?}");
    }
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
