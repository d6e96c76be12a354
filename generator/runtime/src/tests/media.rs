//! Media types of requests: what the caller says goes before what the document says.

use super::mini::{Client, NewThing, Parcel};
use crate::runtime::client::Builder;
use crate::runtime::model::Upload;
use crate::runtime::prelude::*;
use crate::runtime::route::{Method, Route};
use crate::runtime::testing::{Canned, InMemory};

fn client(transport: &InMemory, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Client {
    change(Client::builder().api_key("k-123456").transport(transport.clone())).build().unwrap()
}

fn memory() -> InMemory {
    InMemory::handler(|request| match request.url.path() {
        "/v1/files" => Canned::status(307).header("location", "/moved"),
        _ => Canned::json(200, r#"{"id":"x"}"#),
    })
}

/// All values of the header of each request.
fn sent(transport: &InMemory, name: &str) -> Vec<Vec<String>> {
    let values = |request: &crate::runtime::testing::Seen| {
        request.headers.get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    transport.requests().iter().map(values).collect()
}

#[tokio::test]
async fn the_content_type_of_the_caller_goes_out_once() {
    let transport = memory();
    let client =
        client(&transport, |builder| builder.default_header("content-type", "application/x-default"));
    let own = "application/vnd.own+json; version=2";
    client.things().create(NewThing::new("n")).await.unwrap();
    client.things().create(NewThing::new("n")).with_header("Content-Type", own).await.unwrap();
    client
        .files()
        .put(Upload::bytes("a.png", "x").media_type("image/png"))
        .with_header("content-type", "image/webp")
        .await
        .unwrap();
    client.files().text("x").with_header("content-type", "text/markdown").await.unwrap();
    let expected = ["application/json", own, "image/webp", "image/webp", "text/markdown", "text/markdown"];
    assert_eq!(sent(&transport, "content-type"), expected.map(|media| vec![media.to_owned()]));
}

#[tokio::test]
async fn the_boundary_of_the_parts_is_that_of_the_body() {
    let transport = memory();
    let client = client(&transport, |builder| builder);
    let parcel = Parcel::new("t", Upload::bytes("a", "x"));
    for own in [
        "multipart/mixed",
        "multipart/mixed; boundary=mine",
        "multipart/mixed;Boundary=\"mine\";charset=utf-8",
    ] {
        client.files().send(&parcel).with_header("content-type", own).await.unwrap();
    }
    for (request, media) in transport.requests().iter().zip(sent(&transport, "content-type")) {
        let (own, boundary) = media[0].split_once("; boundary=").unwrap();
        assert!(
            ["multipart/mixed", "multipart/mixed;charset=utf-8"].contains(&own) && media.len() == 1,
            "{media:?}"
        );
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        assert!(body.starts_with(&format!("--{boundary}\r\n")), "{media:?}: {body}");
    }
    assert_eq!(transport.requests().len(), 6, "also after a redirect");
}

#[tokio::test]
async fn the_accept_of_the_caller_goes_out_once() {
    let transport = memory();
    let client = client(&transport, |builder| builder.default_header("accept", "application/vnd.all+json"));
    client.things().get("x").await.unwrap();
    client.things().get("x").with_header("Accept", "application/vnd.one+json").await.unwrap();
    let expected = ["application/vnd.all+json", "application/vnd.one+json"];
    assert_eq!(sent(&transport, "accept"), expected.map(|media| vec![media.to_owned()]));
}

#[tokio::test]
async fn what_is_no_header_is_no_panic() {
    static ODD: Route = Route {
        name: "odd",
        method: Method::GET,
        path: "/odd",
        accept: "application/j\nson",
        auth: &[],
        idempotency: None,
        errors: &[],
        server: None,
    };
    let transport = memory();
    client(&transport, |builder| builder).things().at(&ODD).await.unwrap();
    assert_eq!(sent(&transport, "accept"), [Vec::<String>::new()]);
}
