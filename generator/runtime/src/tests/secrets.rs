//! Secrets: each is filled with a canary, much goes wrong, and the canary is seen nowhere but on the wire.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::mini::{API_KEY, BASIC, BEARER, COOKIE_KEY, Client, NewThing, OAUTH, QUERY_KEY};
use super::server::{Server, Step, json, response};
use crate::runtime::auth::Credential;
use crate::runtime::error::Error;
use crate::runtime::hook::{Attempt, Ended, Hook};
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::{Method, Route};
use crate::runtime::testing::{Canned, InMemory};
use crate::runtime::transport::HttpRequest;

const CANARY: &str = "canary&/ 7f3a";

/// The canary in all the forms in which it travels.
fn forms() -> Vec<String> {
    use base64::Engine as _;
    let encoded = crate::runtime::encode::strict(CANARY);
    let base64 = |text: String| base64::engine::general_purpose::STANDARD.encode(text);
    vec![
        "canary".to_owned(),
        "7f3a".to_owned(),
        base64(format!("user:{CANARY}")),
        base64(format!("id:{encoded}")),
        encoded,
    ]
}

#[track_caller]
fn clean(what: &str, text: &str) {
    for form in forms() {
        assert!(!text.contains(&form), "{what} shows `{form}`: {text}");
    }
}

#[track_caller]
fn clean_error(what: &str, error: &Error) {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut cause = error.source();
    while let Some(inner) = cause {
        writeln!(text, "{inner}\n{inner:?}").unwrap();
        cause = inner.source();
    }
    clean(what, &text);
}

static EVERYTHING: Route = Route {
    name: "secrets.all",
    method: Method::GET,
    path: "/v1/secrets",
    accept: "",
    auth: &[&[&API_KEY, &QUERY_KEY, &COOKIE_KEY, &BEARER]],
    idempotency: None,
    errors: &[],
    server: None,
};

static BY_BASIC: Route = Route {
    name: "secrets.basic",
    method: Method::GET,
    path: "/v1/secrets",
    accept: "",
    auth: &[&[&BASIC]],
    idempotency: None,
    errors: &[],
    server: None,
};

static BY_OAUTH: Route = Route {
    name: "secrets.oauth",
    method: Method::GET,
    path: "/v1/secrets",
    accept: "",
    auth: &[&[&OAUTH]],
    idempotency: None,
    errors: &[],
    server: None,
};

/// Writes down everything a hook can see without looking for secrets on purpose.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Hook for Notes {
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        writeln!(self.0.lock().unwrap(), "{attempt:?} {request:?}").unwrap();
        Ok(())
    }

    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        writeln!(self.0.lock().unwrap(), "{attempt:?} {ended:?}").unwrap();
    }
}

fn client(url: &str, notes: &Notes) -> Client {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(1), Duration::from_millis(1));
    let builder = Client::builder()
        .base_url(url)
        .api_key(CANARY)
        .credential(&QUERY_KEY, CANARY)
        .credential(&COOKIE_KEY, CANARY)
        .credential(&BEARER, CANARY)
        .credential(&BASIC, Credential::basic("user", CANARY))
        .credential(&OAUTH, Credential::client_credentials("id", CANARY))
        .default_header("X-Token", CANARY)
        .retry(policy)
        .hook(notes.clone());
    clean("the builder", &format!("{builder:?}"));
    builder.build().unwrap()
}

/// A server that says back everything it was told.
fn echo(request: &super::server::Received) -> String {
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {} {}", request.target, headers.join(" "), request.text())
}

type Deed = Box<dyn Fn(&super::server::Received) -> Vec<Step> + Send + Sync>;

fn misdeeds() -> Vec<(&'static str, Deed)> {
    vec![
        ("an error that echoes", Box::new(|it| response(400, "", echo(it)))),
        ("a JSON error that echoes", {
            Box::new(|it| json(401, &serde_json::json!({"message": echo(it)}).to_string()))
        }),
        ("a header that echoes", {
            Box::new(|it| {
                response(
                    500,
                    &format!("x-request-id: {}\r\nx-echo: {}\r\n", it.target, it.header("api-key")),
                    "",
                )
            })
        }),
        ("a page that echoes", Box::new(|it| response(200, "content-type: text/html\r\n", echo(it)))),
        ("JSON that does not fit", {
            Box::new(|it| {
                json(200, &serde_json::json!({"id": [it.header("api-key"), it.target]}).to_string())
            })
        }),
        (
            "a value that does not fit",
            Box::new(|it| json(200, &format!("\"{}\"", it.header("authorization")))),
        ),
        ("a connection that breaks", Box::new(|_| vec![Step::Close])),
        ("a response that breaks", {
            Box::new(|_| {
                vec![super::server::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"), Step::Close]
            })
        }),
        ("a redirect that echoes", {
            Box::new(|it| response(302, &format!("location: ftp://user:pass@h{}\r\n", it.target), ""))
        }),
    ]
}

#[tokio::test]
async fn the_canary_is_not_seen_in_errors() {
    for (what, deed) in misdeeds() {
        let server = Server::start(move |_, request| match request.target.as_str() {
            "/oauth/token" => json(200, &serde_json::json!({"access_token": CANARY}).to_string()),
            _ => deed(request),
        })
        .await;
        let notes = Notes::default();
        let client = client(&server.url, &notes);
        for route in [&EVERYTHING, &BY_BASIC, &BY_OAUTH] {
            let call = client.things().at(route).with_header("X-Api-Key-2", CANARY);
            clean(what, &format!("{call:?}"));
            clean_error(what, &call.await.unwrap_err());
        }
        let create = client.things().create(NewThing::new("n").password(CANARY));
        clean(what, &format!("{create:?} {:?}", NewThing::new("n").password(CANARY)));
        create.await.unwrap_err();
        clean("the client", &format!("{client:?}"));
        let notes = notes.0.lock().unwrap().clone();
        assert!(notes.contains("secrets.all"), "{notes}");
        clean("the hook", &notes);
        let sent = server.requests();
        assert!(sent.iter().any(|it| it.header("api-key") == CANARY), "it did travel");
    }
}

#[tokio::test]
async fn the_canary_is_not_seen_when_no_token_can_be_had() {
    let notes = Notes::default();
    for body in
        [r#"{"error":"bad secret canary&/ 7f3a"}"#, r#"{"no_token":"canary&/ 7f3a"}"#, "canary&/ 7f3a"]
    {
        for status in [200, 400] {
            let server = Server::start(move |_, _| json(status, body)).await;
            clean_error(body, &client(&server.url, &notes).things().at(&BY_OAUTH).await.unwrap_err());
        }
    }
    let gone = client("http://127.0.0.1:1", &notes);
    clean_error("no connection", &gone.things().at(&EVERYTHING).await.unwrap_err());
    clean_error("no connection", &gone.things().at(&BY_OAUTH).await.unwrap_err());
    clean_error(
        "a bad password",
        &Client::builder().base_url(format!("htt://u:{CANARY}@h/")).build().unwrap_err(),
    );
}

#[tokio::test]
async fn a_redirect_to_another_host_takes_nothing_along() {
    let other = Server::start(|_, _| json(200, r#"{"id":"x"}"#)).await;
    let target = format!("{}/elsewhere", other.url);
    let server = Server::start(move |_, _| response(307, &format!("location: {target}\r\n"), "")).await;
    let client = client(&server.url, &Notes::default());
    for route in [&EVERYTHING, &BY_BASIC] {
        client.things().at(route).with_header("X-Mine", CANARY).await.unwrap();
    }
    let error = client.things().create(NewThing::new("n").password(CANARY)).await.unwrap_err();
    clean_error("a body that would go elsewhere", &error);
    let requests = other.requests();
    assert_eq!(requests.len(), 2);
    clean("the other host", &format!("{requests:?}"));
    assert!(server.requests()[0].header("api-key") == CANARY);
}

#[tokio::test]
async fn a_redirect_that_would_carry_a_key_to_another_host_is_not_followed() {
    let other = Server::start(|_, _| json(200, r#"{"id":"x"}"#)).await;
    for echo in [|target: &str| target.to_owned(), |target: &str| target.replace("%20", "+")] {
        let target = other.url.clone();
        let server = Server::start(move |_, request| {
            response(307, &format!("location: {target}{}\r\n", echo(&request.target)), "")
        })
        .await;
        let error =
            client(&server.url, &Notes::default()).things().at(&EVERYTHING).await.map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("would take a credential to another host"), "{error}");
        clean_error("a redirect that echoes the query", &error);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_host_keeps_credentials() {
    let server = Server::start(|number, _| match number {
        0 => response(307, "location: /there?a=1\r\n", ""),
        _ => json(200, r#"{"id":"x"}"#),
    })
    .await;
    client(&server.url, &Notes::default()).things().put("x", NewThing::new("n")).await.unwrap();
    let requests = server.requests();
    assert_eq!((requests[1].target.as_str(), requests[1].header("api-key")), ("/there?a=1", CANARY));
    assert_eq!((requests[1].method.as_str(), requests[1].text()), ("PUT", requests[0].text()));
}

#[tokio::test]
async fn a_client_from_outside_that_follows_redirects_is_found_out() {
    let other = Server::start(|_, _| json(200, r#"{"id":"x"}"#)).await;
    let target = other.url.clone();
    let server = Server::start(move |_, _| response(307, &format!("location: {target}/\r\n"), "")).await;
    let client = Client::builder()
        .base_url(&server.url)
        .api_key(CANARY)
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();
    let error = client.things().get("x").await.unwrap_err();
    assert!(error.to_string().contains("redirect::Policy::none()"), "{error}");
    clean_error("redirect", &error);
}

#[tokio::test]
async fn what_a_test_sees_of_requests_hides_them_too() {
    let transport = InMemory::handler(|_| Canned::json(200, r#"{"id":"x"}"#));
    let client =
        Client::builder().transport(transport.clone()).api_key(CANARY).credential(&QUERY_KEY, CANARY);
    let client = client.credential(&COOKIE_KEY, CANARY).credential(&BEARER, CANARY).build().unwrap();
    client.things().at(&EVERYTHING).await.unwrap();
    clean("the transport", &format!("{transport:?} {:?}", transport.requests()));
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn the_canary_is_not_seen_in_traces() {
    super::traces::begin();
    let server = Server::start(|_, request| response(503, "", echo(request))).await;
    let client = client(&server.url, &Notes::default());
    client.things().at(&EVERYTHING).await.unwrap_err();
    client.things().create(NewThing::new("n").password(CANARY)).await.unwrap_err();
    let written = super::traces::written();
    assert!(written.contains("operation=\"secrets.all\"") && written.contains("attempt=3"), "{written}");
    clean("tracing", &written);
}
