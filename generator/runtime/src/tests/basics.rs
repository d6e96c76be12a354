//! One call, all the way to a server and back.

use serde_json::Value;

use super::mini::{Client, NewThing, StartOutcome, State};
use super::server::{Server, json, response};
use crate::runtime::error::Error;
use crate::runtime::prelude::*;
use crate::runtime::route::Method;

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).api_key("k-123456").build().unwrap()
}

#[tokio::test]
async fn a_model_is_fetched() {
    let server = Server::start(|_, _| json(200, r#"{"id":"t 1","state":"busy","new":[1]}"#)).await;
    let thing = client(&server).things().get("t 1/ä").await.unwrap();
    assert_eq!((thing.id.as_str(), thing.state), ("t 1", Some(State::Busy)));
    let request = server.one();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/v1/things/t%201%2F%C3%A4"));
    assert_eq!(request.header("api-key"), "k-123456");
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("user-agent"), "mini/1.0");
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn only_what_was_set_is_sent() {
    let server = Server::start(|_, _| json(200, r#"{"data":[]}"#)).await;
    let client = client(&server);
    client.things().list().await.unwrap();
    let list =
        client.things().list().limit(1).limit(5).state(State::Ready).ids(vec!["a".into(), "b&c".into()]);
    list.tenant("acme")
        .flavour("sweet; sour")
        .with_query("extra", "x y")
        .with_header("X-More", "1")
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/v1/things");
    assert_eq!(requests[1].target, "/v1/things?limit=5&state=ready&ids=a&ids=b%26c&extra=x%20y");
    assert_eq!(requests[1].header("x-tenant"), "acme");
    assert_eq!(requests[1].header("cookie"), "flavour=sweet%3B%20sour");
    assert_eq!(requests[1].header("x-more"), "1");
    assert_eq!(server.connections(), 1, "the connection is used again");
}

#[tokio::test]
async fn a_model_is_sent() {
    let server = Server::start(|_, _| json(201, r#"{"id":"new"}"#)).await;
    let thing = client(&server).things().create(NewThing::new("n").password("p")).send().await.unwrap();
    assert_eq!(thing.id, "new");
    let request = server.one();
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("content-length"), request.body.len().to_string());
    assert_eq!(request.text(), r#"{"name":"n","password":"p"}"#);
}

#[tokio::test]
async fn an_empty_response() {
    let server = Server::start(|_, _| response(204, "", "")).await;
    client(&server).things().delete("x").await.unwrap();
    assert_eq!(server.one().method, "DELETE");
}

#[tokio::test]
async fn status_and_headers_beside_the_value() {
    let server = Server::start(|_, _| {
        response(203, "content-type: application/json\r\nx-request-id: r-1\r\nx-a: b\r\n", r#"{"id":"x"}"#)
    })
    .await;
    let response = client(&server).things().get("x").send_with_response().await.unwrap();
    assert_eq!(response.status, 203);
    assert_eq!(response.headers["x-a"], "b");
    assert_eq!((response.request_id.as_deref(), response.attempts), (Some("r-1"), 1));
    assert_eq!(response.value.id, "x");
}

#[tokio::test]
async fn different_responses_by_status() {
    let server = Server::start(|number, _| match number {
        0 => json(200, r#"{"id":"x"}"#),
        1 => response(202, "", "ignored"),
        2 => response(206, "content-type: text/plain\r\n", "some words"),
        _ => response(299, "", ""),
    })
    .await;
    let client = client(&server);
    let start = || client.things().start("x");
    assert!(matches!(start().await.unwrap(), StartOutcome::Done(thing) if thing.id == "x"));
    assert_eq!(start().await.unwrap(), StartOutcome::Accepted);
    assert_eq!(start().await.unwrap(), StartOutcome::Words("some words".to_owned()));
    let error = start().await.unwrap_err();
    assert!(matches!(&error, Error::Decode(_)), "{error:?}");
    assert_eq!(server.requests()[0].header("content-length"), "0");
}

#[tokio::test]
async fn an_response_or_nothing() {
    let server = Server::start(|number, _| match number {
        0 => json(200, r#"{"id":"x"}"#),
        1 => response(204, "", ""),
        _ => response(200, "", ""),
    })
    .await;
    let client = client(&server);
    assert_eq!(client.things().maybe().await.unwrap().map(|it| it.id).as_deref(), Some("x"));
    assert_eq!(client.things().maybe().await.unwrap(), None);
    assert_eq!(client.things().maybe().await.unwrap(), None);
}

/// Prefect answers 201 where its document says 200.
#[tokio::test]
async fn a_success_that_the_document_does_not_name_is_read_as_its_neighbour() {
    for status in [200, 201, 203, 206, 299] {
        let server = Server::start(move |_, _| json(status, r#"{"id":"x"}"#)).await;
        let response = client(&server).things().get("x").send_with_response().await.unwrap();
        assert_eq!((response.status.as_u16(), response.value.id.as_str()), (status, "x"));
        assert_eq!(client(&server).things().maybe().await.unwrap().unwrap().id, "x");
    }
}

#[tokio::test]
async fn text_where_anything_is_expected_is_a_text() {
    let texts: [(&str, &[u8], Value); 7] = [
        ("text/plain", b"all is \"well\"\n", "all is \"well\"\n".into()),
        ("text/html; charset=utf-8", "<p>ä</p>".as_bytes(), "<p>ä</p>".into()),
        ("text/plain; charset=ISO-8859-1", b"\xe4", "ä".into()),
        ("text/plain", b"[1, 2]", serde_json::json!([1, 2])),
        ("text/plain", b"\xef\xbb\xbftrue", true.into()),
        ("application/json", b"[1]", serde_json::json!([1])),
        ("text/plain", b"{broken", "{broken".into()),
    ];
    for (media, body, expected) in texts {
        let headers = format!("content-type: {media}\r\n");
        let server = Server::start(move |_, _| response(200, &headers, body)).await;
        let value: Value = client(&server).request(Method::GET, "/any").json().await.unwrap();
        assert_eq!(value, expected, "{media}");
    }
    // Nothing else is a text, and a text is nothing else.
    for (media, body) in
        [("application/json", "{broken"), ("text/plain", ""), ("text/plain; charset=utf-8", "\u{1}")]
    {
        let headers = format!("content-type: {media}\r\n");
        let server = Server::start(move |_, _| response(200, &headers, body)).await;
        let value = client(&server).request(Method::GET, "/any").json::<Value>().await;
        assert_eq!(value.is_err(), body != "\u{1}", "{media}: {value:?}");
        assert!(client(&server).things().get("x").await.is_err());
    }
}

#[tokio::test]
async fn codings_that_are_none() {
    for coding in ["", "identity", "UTF-8", "utf8", "aws-chunked", "identity, utf-8", "none", "binary"] {
        let headers = format!("content-type: application/json\r\ncontent-encoding: {coding}\r\n");
        let server = Server::start(move |_, _| response(200, &headers, r#"{"id":"x"}"#)).await;
        assert_eq!(client(&server).things().get("x").await.unwrap().id, "x", "{coding:?}");
    }
    let headers = "content-type: application/json\r\ncontent-encoding: utf-8\r\ncontent-encoding: zstd\r\n";
    let server = Server::start(move |_, _| response(200, headers, r#"{"id":"x"}"#)).await;
    let error = client(&server).things().get("x").await.unwrap_err();
    assert!(error.to_string().contains("compressed with `utf-8,zstd`, which was not asked for"), "{error}");
}

#[tokio::test]
async fn endpoints_the_document_does_not_know() {
    let server = Server::start(|number, _| match number {
        0 => json(200, "[1,2]"),
        _ => response(200, "", "text"),
    })
    .await;
    let client = client(&server);
    let value: Value = client.request(Method::GET, "/v2/new?x=1").query("y", 2).json().await.unwrap();
    assert_eq!(value, serde_json::json!([1, 2]));
    let body = serde_json::json!({"a": 1});
    let request = client.request(Method::PATCH, "v2/{odd} path").header("X-H", "v").body(&body);
    let text = request.with_timeout(std::time::Duration::from_secs(9)).text().await.unwrap();
    assert_eq!(text, "text");
    let requests = server.requests();
    assert_eq!(requests[0].target, "/v2/new?x=1&y=2");
    assert_eq!((requests[1].method.as_str(), requests[1].target.as_str()), ("PATCH", "/v2/%7Bodd%7D%20path"));
    assert_eq!(requests[1].text(), r#"{"a":1}"#);
    assert_eq!((requests[1].header("x-h"), requests[1].header("api-key")), ("v", "k-123456"));
}

#[tokio::test]
async fn another_server_for_one_call() {
    let server = Server::start(|_, _| json(200, r#"{"id":"x"}"#)).await;
    let client = Client::builder().base_url("http://127.0.0.1:1").api_key("k").build().unwrap();
    client.things().get("x").with_base_url(format!("{}/prefix/", server.url)).await.unwrap();
    assert_eq!(server.one().target, "/prefix/v1/things/x");
}

#[tokio::test]
async fn the_user_says_who_calls() {
    let server = Server::start(|_, _| json(200, r#"{"id":"x"}"#)).await;
    let client = Client::builder()
        .base_url(&server.url)
        .api_key("k")
        .user_agent("my-app/2")
        .default_header("X-Org", "o")
        .build()
        .unwrap();
    client.things().get("x").await.unwrap();
    assert_eq!(server.one().header("user-agent"), "my-app/2 mini/1.0");
    assert_eq!(server.one().header("x-org"), "o");
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let server = Server::start(|_, _| vec![super::server::Step::Hang]).await;
    let client = client(&server);
    let call = client.things().get("x").send();
    let ended = tokio::time::timeout(std::time::Duration::from_millis(100), call).await;
    assert!(ended.is_err());
    server.all_closed().await;
}

#[test]
fn what_users_hold_can_be_sent_between_threads() {
    fn all<T: Send + Sync + 'static>() {}
    fn sent<T: Send + 'static>() {}
    all::<Client>();
    all::<Error>();
    all::<super::mini::Get>();
    sent::<crate::runtime::call::Sending<super::mini::Thing>>();
    sent::<crate::runtime::stream::ByteStream>();
    sent::<crate::runtime::stream::Lines<super::mini::Thing>>();
    sent::<crate::runtime::page::Items<super::mini::List>>();
    assert_eq!(size_of::<Error>(), 2 * size_of::<usize>());
}

#[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
#[test]
fn tls_that_is_not_compiled_in() {
    let error = Client::builder().build().unwrap_err();
    assert!(error.to_string().contains("turn on the feature"), "{error}");
}

#[tokio::test]
async fn a_mark_of_the_byte_order_is_no_part_of_the_json() {
    let server = Server::start(|number, _| match number {
        0 => json(200, "\u{feff}{\"id\":\"x\"}"),
        _ => json(404, "\u{feff}{\"message\":\"gone\"}"),
    })
    .await;
    assert_eq!(client(&server).things().get("x").await.unwrap().id, "x");
    let error = client(&server).things().get("x").await.unwrap_err();
    assert_eq!(error.as_api().unwrap().message(), "gone");
}

#[tokio::test]
async fn a_coding_of_nothing_is_no_obstacle() {
    let server = Server::start(|_, _| response(200, "content-encoding: br\r\n", "")).await;
    client(&server).things().delete("x").await.unwrap();
    let error = client(&server).things().get("x").await.unwrap_err();
    assert!(error.to_string().contains("the body is empty"), "{error}");
}
