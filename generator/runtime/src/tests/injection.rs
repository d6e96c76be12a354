//! Values that try to be more than values.

use super::mini::{Client, NewThing, Parcel, REQUEST};
use super::server::{Received, Server, json};
use crate::runtime::call::{Call, Style};
use crate::runtime::error::{Error, RequestErrorKind};
use crate::runtime::model::{BTreeMap, Upload};
use crate::runtime::prelude::*;

const SPLIT: &str = "a\r\nx-injected: 1\r\n\r\nGET /evil HTTP/1.1\r\n";

async fn start() -> (Server, Client) {
    let server = Server::start(|_, _| json(200, r#"{"id":"x","data":[]}"#)).await;
    let client = Client::builder().base_url(&server.url).api_key("key-key").build().unwrap();
    (server, client)
}

fn refused(error: &Error, kind: RequestErrorKind) {
    assert!(matches!(error, Error::Request(it) if it.kind() == kind), "{error:?}");
    assert!(!error.to_string().contains(['\r', '\n']), "{error}");
}

fn harmless(requests: &[Received]) {
    for request in requests {
        assert_eq!(request.header("x-injected"), "", "{request:?}");
        assert!(!request.target.contains("evil HTTP") && request.target.starts_with("/v1/"), "{request:?}");
    }
}

#[tokio::test]
async fn line_breaks_end_no_header() {
    let (server, client) = start().await;
    let things = || client.things();
    refused(&things().list().tenant(SPLIT).await.unwrap_err(), RequestErrorKind::Header);
    refused(&things().get("x").with_header("x-a", SPLIT).await.unwrap_err(), RequestErrorKind::Header);
    refused(&things().get("x").with_header(SPLIT, "a").await.unwrap_err(), RequestErrorKind::Header);
    refused(
        &things().create_once(NewThing::new("n")).with_idempotency_key(SPLIT).await.unwrap_err(),
        RequestErrorKind::Header,
    );
    let builder = || Client::builder().base_url(&server.url);
    let error = builder().api_key(SPLIT).build().unwrap().things().get("x").await.unwrap_err();
    refused(&error, RequestErrorKind::Credentials);
    refused(&builder().default_header("x-a", SPLIT).build().unwrap_err(), RequestErrorKind::Header);
    refused(&builder().user_agent(SPLIT).build().unwrap_err(), RequestErrorKind::Header);
    assert!(server.requests().is_empty());
    things().list().flavour(SPLIT).await.unwrap();
    things().list().ids(vec![SPLIT.to_owned()]).with_query(SPLIT, SPLIT).await.unwrap();
    things().get(SPLIT).await.unwrap();
    assert_eq!(server.requests().len(), 3);
    harmless(&server.requests());
}

#[tokio::test]
async fn file_names_and_media_types_end_no_part() {
    let (server, client) = start().await;
    let parcel = |file: Upload| Parcel::new("t", file);
    client.files().send(&parcel(Upload::bytes("a\"\r\nx-injected: 1\r\n", "x"))).await.unwrap();
    let text = server.one().text();
    assert!(!text.contains("\nx-injected") && text.contains("%0D%0Ax-injected"), "{text}");
    for media in [SPLIT, "text", "text/plain\0", ""] {
        let file = || Upload::bytes("a", "x").media_type(media);
        refused(&client.files().send(&parcel(file())).await.unwrap_err(), RequestErrorKind::Body);
        refused(&client.files().put(file()).await.unwrap_err(), RequestErrorKind::Body);
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn paths_lead_nowhere_else() {
    let (server, client) = start().await;
    for id in ["", ".", ".."] {
        refused(&client.things().get(id).await.unwrap_err(), RequestErrorKind::Parameter);
    }
    for path in [
        "/v1/..",
        "/v1/../x",
        "/v1/%2e%2E/x",
        "/v1/.%2e",
        "/v1/..\\x",
        "/v1\\..\\x",
        "/v1/.\t./x",
        "/v1/\n../x",
        "/v1/a\r\nb",
    ] {
        let error = client.request(Method::GET, path).text().await.unwrap_err();
        refused(&error, RequestErrorKind::Parameter);
    }
    assert!(server.requests().is_empty());
    for id in ["../x", "..\\x", "a/../../x", "%2e%2e", "...", "..;x", "?key=1", "#x", "x y", "\u{2025}"] {
        client.things().get(id).await.unwrap();
    }
    for request in server.requests() {
        let id = request.target.strip_prefix("/v1/things/").unwrap_or_else(|| panic!("{request:?}"));
        assert!(!id.contains(['/', '\\', '?', '#', ' ']), "{request:?}");
    }
}

#[tokio::test]
async fn what_is_no_number_is_never_sent() {
    let (server, client) = start().await;
    let call = || Call::new(client.core(), &REQUEST);
    for (call, kind) in [
        (call().path("a", &f64::NAN), RequestErrorKind::Parameter),
        (call().query("a", &Some(f64::INFINITY)), RequestErrorKind::Parameter),
        (call().query_as("a", Style::Form, &vec![1.0, f64::NAN]), RequestErrorKind::Parameter),
        (call().header("x-a", &f64::NAN), RequestErrorKind::Header),
        (call().cookie("a", &f64::NEG_INFINITY), RequestErrorKind::Header),
        (call().form(&BTreeMap::from([("a".to_owned(), f64::NAN)])), RequestErrorKind::Body),
        (call().json(&vec![f64::NAN]), RequestErrorKind::Body),
    ] {
        let (found, message) = call.parts.problem.clone().unwrap();
        assert_eq!(found, kind, "{message}");
        assert!(message.contains("JSON has no number"), "{message}");
    }
    assert!(server.requests().is_empty());
}
