//! What is easily got wrong: credentials that meet, and files that are none.

use super::mini::{API_KEY, BEARER, COOKIE_KEY, Client, QUERY_KEY};
use crate::runtime::client::Builder;
use crate::runtime::model::{Upload, Value};
use crate::runtime::prelude::*;
use crate::runtime::route::{Method, Route, Scheme};
use crate::runtime::testing::{Canned, InMemory};

macro_rules! route {
    ($auth:expr) => {
        Route {
            name: "sly.test",
            method: Method::GET,
            path: "/v1/things",
            accept: "",
            auth: $auth,
            idempotency: None,
            errors: &[],
            server: None,
        }
    };
}

static OTHER_COOKIE: Scheme =
    Scheme { id: "Other", kind: crate::runtime::route::SchemeKind::ApiKeyCookie("other") };
static COOKIES: Route = route!(&[&[&COOKIE_KEY, &OTHER_COOKIE]]);
static COOKIE: Route = route!(&[&[&COOKIE_KEY]]);
static QUERY: Route = route!(&[&[&QUERY_KEY]]);
static OPEN: Route = route!(&[]);
static BY_BEARER: Route = route!(&[&[&BEARER]]);

fn memory() -> InMemory {
    InMemory::handler(|_| Canned::json(200, r#"{"id":"x","data":[]}"#))
}

fn builder(transport: &InMemory) -> Builder<Client> {
    Client::builder().transport(transport.clone())
}

#[tokio::test]
async fn all_cookies_are_one_header() {
    let transport = memory();
    let client = builder(&transport)
        .default_header("cookie", "consent=yes")
        .credential(&API_KEY, "key-key")
        .credential(&COOKIE_KEY, "se;cret")
        .credential(&OTHER_COOKIE, "other-secret")
        .build()
        .unwrap();
    client.things().list().flavour("sweet").await.unwrap();
    client.things().at(&COOKIES).await.unwrap();
    client.things().at(&COOKIE).with_header("cookie", "a=1; b=\u{e9}").await.unwrap();
    let cookies: Vec<String> = transport
        .requests()
        .iter()
        .map(|request| {
            let mut all = request.headers.get_all("cookie").iter();
            let one = all.next().unwrap();
            assert!(all.next().is_none() && one.is_sensitive(), "{request:?}");
            String::from_utf8_lossy(one.as_bytes()).into_owned()
        })
        .collect();
    assert_eq!(
        cookies,
        [
            "consent=yes; flavour=sweet",
            "consent=yes; session=se%3Bcret; other=other-secret",
            "a=1; b=\u{e9}; session=se%3Bcret"
        ]
    );
}

#[tokio::test]
async fn keys_given_by_hand_are_not_sent_twice() {
    let transport = memory();
    let client = builder(&transport).build().unwrap();
    client.things().at(&COOKIE).with_header("cookie", "a=1; session=by hand").await.unwrap();
    client.things().at(&QUERY).with_query("key", "by hand").await.unwrap();
    assert!(client.things().at(&COOKIE).with_header("cookie", "sessions=1").await.is_err());
    assert!(client.things().at(&QUERY).with_query("keys", "1").await.is_err());
    let client = builder(&transport).credential(&COOKIE_KEY, "x-secret").credential(&QUERY_KEY, "q-secret");
    let client = client.build().unwrap();
    client.things().at(&COOKIE).with_header("cookie", "session=by hand").await.unwrap();
    client.things().at(&QUERY).with_query("key", "by hand").await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].header("cookie"), "a=1; session=by hand");
    assert_eq!(requests[2].header("cookie"), "session=by hand");
    assert_eq!([requests[1].url.query(), requests[3].url.query()], [Some("key=by%20hand"); 2]);
}

#[tokio::test]
async fn user_and_password_of_an_address_are_credentials_and_no_address() {
    let transport = memory();
    let with = || builder(&transport).base_url("https://us%40er:p%3Ass@api.example.com/v2");
    let client = with().build().unwrap();
    client.things().at(&OPEN).await.unwrap();
    let client = with().credential(&BEARER, "token-token").build().unwrap();
    client.things().at(&BY_BEARER).await.unwrap();
    transport.answer(Canned::json(400, r#"{"message":"p:ss dXNAZXI6cDpzcw=="}"#));
    let error = client.things().at(&OPEN).await.unwrap_err();
    assert!(!error.to_string().contains("dXNA"), "{error}");
    let requests = transport.requests();
    assert_eq!(requests[0].header("authorization"), "Basic dXNAZXI6cDpzcw==");
    assert!(requests[0].headers["authorization"].is_sensitive());
    assert_eq!(requests[1].header("authorization"), "Bearer token-token", "what the document asks for wins");
    for request in requests {
        assert_eq!(request.url.as_str(), "https://api.example.com/v2/v1/things");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_no_empty_document() {
    let transport = memory();
    let client = builder(&transport).api_key("key-key").build().unwrap();
    let path = std::env::temp_dir().join(format!("sdk-runtime-pipe-{}", std::process::id()));
    let socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    for path in [path.as_path(), std::path::Path::new("/dev/null")] {
        let error = client.files().put(Upload::from_path(path)).await.unwrap_err();
        assert!(
            error.to_string().ends_with("is no regular file; open it, and give it by `Upload::reader`"),
            "{error}"
        );
    }
    assert!(transport.requests().is_empty());
    drop(socket);
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test(start_paused = true)]
async fn pauses_beyond_all_clocks() {
    use std::time::Duration;
    let transport = InMemory::handler(|_| Canned::json(200, r#"{"id":"x","state":"busy"}"#));
    let client = builder(&transport).api_key("key-key").build().unwrap();
    let wait = client.things().wait("x").with_interval(Duration::MAX, Duration::MAX);
    assert!(wait.with_timeout(Duration::from_secs(1 << 40)).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn streams_of_endpoints_the_document_does_not_know() {
    let transport = memory();
    let client = builder(&transport).api_key("key-key").build().unwrap();
    transport.answer(Canned::body(200, "application/jsonl", "{\"id\":1}\n{\"id\":2}\n"));
    let mut lines = client.request(Method::GET, "/v2/lines").lines::<Value>().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap()["id"], 1);
    assert_eq!(lines.try_next().await.unwrap().unwrap()["id"], 2);
    assert!(lines.try_next().await.unwrap().is_none());
}

#[cfg(feature = "events")]
#[tokio::test]
async fn events_of_endpoints_the_document_does_not_know_end_where_the_caller_says() {
    let transport = InMemory::handler(|_| {
        Canned::body(200, "text/event-stream", "data: a\n\ndata: [DONE]\n\ndata: <end>\n\ndata: b\n\n")
    });
    let client = builder(&transport).api_key("key-key").build().unwrap();
    let told = async |marks: Option<&[&str]>| {
        let request = client.request(Method::POST, "/v2/events");
        let request = match marks {
            Some(marks) => request.ends_at(marks.iter().copied()),
            None => request,
        };
        let (mut events, mut told) = (request.events::<String>().await.unwrap(), Vec::new());
        while let Some(text) = events.try_next().await.unwrap() {
            told.push(text);
        }
        told
    };
    assert_eq!(told(None).await, ["a"]);
    assert_eq!(told(Some(&["<end>"])).await, ["a", "[DONE]"]);
    assert_eq!(told(Some(&["b", "[DONE]"])).await, ["a"]);
    assert_eq!(told(Some(&[])).await, ["a", "[DONE]", "<end>", "b"]);
}
