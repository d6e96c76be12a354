//! What failures say to people: `Display` and `Debug` of each kind, against a server that misbehaves.

use std::fmt::Write as _;
use std::time::Duration;

use expect_test::expect_file;

use super::mini::{Client, NewThing, Parcel, Problem, Thing};
use super::server::{Server, Step, json, raw, response};
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, RequestErrorKind, ResponseErrorKind, TransportErrorKind};
use crate::runtime::model::Upload;
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;

fn builder(url: &str) -> Builder<Client> {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(1), Duration::from_millis(1));
    Client::builder().base_url(url).api_key("key-key").retry(policy)
}

/// The error of `things.get("x")` when the server does this to each request.
async fn get(steps: Vec<Step>) -> Error {
    get_with(steps, |builder| builder).await
}

async fn get_with(steps: Vec<Step>, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Error {
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = change(builder(&server.url)).build().unwrap();
    let call = client.things().get("x").send();
    tokio::time::timeout(Duration::from_secs(10), call).await.expect("no call hangs").unwrap_err()
}

fn html(status: u16) -> Vec<Step> {
    let page =
        "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center>nginx</center>\n</body></html>";
    response(status, "content-type: text/html\r\n", page)
}

async fn request_errors() -> Vec<(&'static str, Error)> {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let things = client.things();
    let poor = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let parcel = Parcel::new("t", Upload::from_path("/nowhere/a.pdf"));
    vec![
        ("an empty path parameter", things.get("").await.unwrap_err()),
        ("a path parameter that leaves the path", things.get("..").await.unwrap_err()),
        ("a header with a line break", things.get("x").with_header("X-A", "a\r\nb: c").await.unwrap_err()),
        ("a header without a name", things.get("x").with_header("", "a").await.unwrap_err()),
        ("no credentials", poor.things().get("x").await.unwrap_err()),
        ("a key with a line break", {
            let client = builder("http://127.0.0.1:1").api_key("secret\nkey").build().unwrap();
            client.things().get("x").await.unwrap_err()
        }),
        ("an empty key", builder("http://127.0.0.1:1").api_key(" \n").build().unwrap_err()),
        ("a missing file", client.files().send(&parcel).await.unwrap_err()),
        ("no URL", builder("not a url").build().unwrap_err()),
        ("no web address", builder("ftp://example.com").build().unwrap_err()),
        ("a variable that is not set", {
            Client::builder().credential_from_env(&super::mini::API_KEY, "SDK_RUNTIME_NOT_SET").unwrap_err()
        }),
    ]
}

async fn transport_errors() -> Vec<(&'static str, Error)> {
    let refused = builder("http://127.0.0.1:1").build().unwrap();
    let slow = |builder: Builder<Client>| {
        builder.attempt_timeout(Duration::from_millis(50)).retry(RetryPolicy::never())
    };
    let silent = |builder: Builder<Client>| {
        builder.read_timeout(Duration::from_millis(50)).retry(RetryPolicy::never())
    };
    let deadline = |builder: Builder<Client>| builder.timeout(Duration::from_millis(50));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let around = "HTTP/1.1 302 Found\r\nlocation: /v1/things/x?key=secret\r\ncontent-length: 0\r\n\r\n";
    vec![
        ("connection refused", refused.things().get("x").await.unwrap_err()),
        ("closed before the response", get(vec![Step::Close]).await),
        ("reset before the response", get(vec![Step::Reset]).await),
        ("closed inside of the headers", get(vec![raw("HTTP/1.1 200 OK\r\ncont"), Step::Close]).await),
        ("no HTTP", get(vec![raw("SSH-2.0-OpenSSH_9.6\r\n\r\n"), Step::Close]).await),
        ("no response", get_with(vec![Step::Hang], slow).await),
        ("no response before the deadline", get_with(vec![Step::Hang], deadline).await),
        ("a body that is too short", {
            get(vec![raw(format!("{head}content-length: 100\r\n\r\n{{\"id\"")), Step::Close]).await
        }),
        ("a body that is reset", {
            get(vec![raw(format!("{head}content-length: 100\r\n\r\n{{\"id\"")), Step::Reset]).await
        }),
        ("a chunk that is none", {
            get(vec![raw(format!("{head}transfer-encoding: chunked\r\n\r\nxyz\r\n")), Step::Close]).await
        }),
        ("chunks without an end", {
            get(vec![raw(format!("{head}transfer-encoding: chunked\r\n\r\n3\r\n{{\"i\r\n")), Step::Close])
                .await
        }),
        ("a body that stalls", {
            get_with(vec![raw(format!("{head}content-length: 100\r\n\r\n{{\"id\"")), Step::Hang], silent)
                .await
        }),
        ("redirects in a circle", get(vec![raw(around)]).await),
        ("a redirect of a body", {
            let server = Server::start(|_, _| response(302, "location: http://127.0.0.1:1/\r\n", "")).await;
            let client = builder(&server.url).build().unwrap();
            client.things().create(NewThing::new("n")).await.map(|_| ()).unwrap_err()
        }),
    ]
}

async fn api_errors() -> Vec<(&'static str, Error)> {
    let problem =
        r#"{"detail":[{"loc":["body","name"],"msg":"field required","type":"missing"},{"msg":"x"}]}"#;
    let limited = "content-type: application/json\r\nretry-after: 0\r\nx-request-id: req-7\r\n";
    vec![
        ("404 with words", get(json(404, r#"{"detail":"no such thing"}"#)).await),
        ("404 without a body", get(response(404, "", "")).await),
        ("422 in the manner of FastAPI", get(json(422, problem)).await),
        ("401 in the manner of OpenAI", {
            get(json(401, r#"{"error":{"message":"Incorrect API key","type":"invalid_request_error"}}"#))
                .await
        }),
        ("429, three times", get(response(429, limited, r#"{"message":"slow down"}"#)).await),
        ("500 as a page", get(html(502)).await),
        ("500 that is no text", get(response(500, "content-type: text/plain\r\n", b"caf\xe9 \xff")).await),
        ("500 that breaks off", {
            get(vec![raw("HTTP/1.1 500 X\r\ncontent-length: 50\r\n\r\npart of it"), Step::Close]).await
        }),
        ("304 that was not asked for", get(response(304, "", "")).await),
    ]
}

async fn response_errors() -> Vec<(&'static str, Error)> {
    let small = |builder: Builder<Client>| builder.max_response_bytes(16);
    vec![
        ("a page of a proxy", get(html(200)).await),
        (
            "an empty body",
            get(response(200, "content-type: application/json\r\nx-request-id: r\r\n", "")).await,
        ),
        ("no JSON", get(json(200, "{\"id\": \"x\",,}")).await),
        ("JSON that ends early", get(json(200, "{\"id\": \"x")).await),
        ("JSON of something else", get(json(200, r#"{"id": {"a": [1, 2, 3]}}"#)).await),
        ("a member that is missing", get(json(200, r#"{"state": "busy"}"#)).await),
        ("JSON that is no UTF-8", get(json(200, "\u{0}").into_iter().map(latin).collect()).await),
        ("text that is no UTF-8", {
            let server =
                Server::start(|_, _| response(200, "content-type: text/plain\r\n", b"caf\xe9")).await;
            builder(&server.url).build().unwrap().files().read().await.unwrap_err()
        }),
        ("a body over the limit", get_with(json(200, r#"{"id":"0123456789"}"#), small).await),
        ("a body that is compressed", get(response(200, "content-encoding: br\r\n", "xx")).await),
        ("a status that is not in the document", {
            let server = Server::start(|_, _| response(299, "", "")).await;
            builder(&server.url).build().unwrap().things().start("x").await.unwrap_err()
        }),
        ("deep in a list", {
            let server = Server::start(|_, _| json(200, r#"{"data":[{"id":"a"},{"id":7}]}"#)).await;
            builder(&server.url).build().unwrap().things().list().await.unwrap_err()
        }),
    ]
}

fn latin(_: Step) -> Step {
    raw(&b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{\"id\":\"caf\xe9\"}"[..])
}

#[tokio::test]
async fn what_failures_say() {
    let mut text = String::new();
    let mut count = 0;
    let all = [request_errors().await, transport_errors().await, api_errors().await, response_errors().await];
    for (name, error) in all.into_iter().flatten() {
        count += 1;
        let display = error.to_string();
        assert!(!display.contains('\n'), "{name}: one line: {display}");
        assert!(!display.contains("secret") && !format!("{error:?}").contains("secret"), "{name}: {error:?}");
        // The way to the cause must end.
        let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source()).count();
        assert!(causes < 10, "{name}: {causes}");
        writeln!(text, "# {name}\n{display}\n{error:#?}\n").unwrap();
    }
    assert!(count >= 40, "{count}");
    expect_file!["failures.txt"].assert_eq(&text);
}

#[tokio::test]
async fn the_body_of_an_error_is_what_the_document_says() {
    let error = get(json(422, r#"{"detail":"too long"}"#)).await;
    let api = error.as_api().unwrap();
    assert_eq!(api.body::<Problem>().unwrap().detail, "too long");
    assert!(api.body::<Thing>().is_none(), "another type");
    let error = get(json(404, r#"{"id":"range"}"#)).await;
    assert_eq!(error.as_api().unwrap().body::<Thing>().unwrap().id, "range");
    let error = get(json(500, r#"{"any":1}"#)).await;
    assert_eq!(error.as_api().unwrap().body::<serde_json::Value>().unwrap()["any"], 1);
    let error = get(json(422, r#"{"else":1}"#)).await;
    assert!(error.as_api().unwrap().body::<Problem>().is_none(), "not what the document says");
}

#[tokio::test]
async fn nothing_of_an_error_is_lost() {
    let error = get(response(418, "x-request-id: r\r\nx-a: b\r\n", b"\xff\x00raw")).await;
    let api = error.as_api().unwrap();
    assert_eq!(api.raw_body().as_ref(), b"\xff\x00raw");
    assert_eq!(api.headers()["x-a"], "b");
    assert_eq!((error.request_id(), error.status().unwrap().as_u16(), error.attempts()), (Some("r"), 418, 1));
    assert_eq!(error.operation(), "things.get");
}

#[tokio::test]
async fn an_error_that_is_too_large_is_cut() {
    let body = "x".repeat(1000);
    let error = get_with(response(500, "", &body), |builder| {
        builder.max_response_bytes(100).retry(RetryPolicy::never())
    })
    .await;
    assert_eq!(error.as_api().unwrap().raw_body().len(), 100);
}

#[tokio::test]
async fn kinds_are_told_apart() {
    let kind = |error: &Error| match error {
        Error::Transport(error) => error.kind(),
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(&get(vec![Step::Close]).await), TransportErrorKind::Reset);
    assert_eq!(kind(&get(vec![Step::Reset]).await), TransportErrorKind::Reset);
    let begun = b"HTTP/1.1 200 X\r\nx-request-id: r-7\r\ncontent-length: 99\r\n\r\n{".to_vec();
    let error = get(vec![Step::Write(begun), Step::Close]).await;
    assert_eq!((kind(&error), error.request_id()), (TransportErrorKind::Truncated, Some("r-7")));
    let error = builder("http://127.0.0.1:1").build().unwrap().things().get("x").await.unwrap_err();
    assert!(error.request_id().is_none() && !error.is_request());
    assert_eq!(
        (kind(&error), error.attempts(), error.is_retryable()),
        (TransportErrorKind::Connect, 3, true)
    );
    let error = builder("http://does-not-exist.invalid").retry(RetryPolicy::never()).build().unwrap();
    assert_eq!(kind(&error.things().get("x").await.unwrap_err()), TransportErrorKind::Connect);
    let error = get(html(200)).await;
    assert!(matches!(&error, Error::Decode(it) if it.kind() == ResponseErrorKind::ContentType));
    assert!(!error.is_retryable() && error.decode_error().is_none());
    let error = get(json(200, r#"{"id": 7}"#)).await;
    assert_eq!(error.decode_error().unwrap().path(), "id");
    assert_eq!(error.status(), None, "a service that passes it on must not answer 200");
    let Error::Decode(error) = error else { panic!() };
    assert_eq!(error.status(), 200);
    assert_eq!(error.raw_body().as_ref(), br#"{"id": 7}"#);
}

// The other implementation says only that the connection ended.
#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
#[tokio::test]
async fn a_server_without_encryption() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            connection.write_all(b"HTTP/1.1 400 X\r\n\r\n").await.unwrap();
            // Who closes before all was read resets the connection, and the words are lost.
            while connection.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
        }
    });
    let error = builder(&url).build().unwrap().things().get("x").await.unwrap_err();
    server.abort();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert_eq!((transport.kind(), error.attempts()), (TransportErrorKind::Tls, 1), "{error:?}");
}

#[tokio::test]
async fn a_body_may_be_slow_as_long_as_it_moves() {
    let mut steps = vec![raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")];
    for piece in [r#"{"i"#, r#"d":"#, r#""x""#, "}"] {
        steps.extend([Step::Pause(Duration::from_millis(60)), raw(piece)]);
    }
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = builder(&server.url).read_timeout(Duration::from_millis(200)).build().unwrap();
    assert_eq!(client.things().get("x").await.unwrap().id, "x");
}

#[tokio::test]
async fn a_request_error_names_its_kind() {
    for (name, error) in request_errors().await {
        let Error::Request(request) = &error else { panic!("{name}: {error:?}") };
        let fits = match name {
            "an empty path parameter" | "a path parameter that leaves the path" => {
                RequestErrorKind::Parameter
            }
            "a header with a line break" | "a header without a name" => RequestErrorKind::Header,
            "no credentials" | "a key with a line break" => RequestErrorKind::Credentials,
            "a missing file" => RequestErrorKind::File,
            "no URL" | "no web address" => RequestErrorKind::Url,
            _ => RequestErrorKind::Configuration,
        };
        assert_eq!((request.kind(), error.attempts()), (fits, 0), "{name}");
    }
}
