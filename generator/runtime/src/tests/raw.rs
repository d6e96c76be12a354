//! Responses as they came, and what can be asked of errors.

use std::time::Duration;

use serde_json::json;

use super::mini::{Client, Download, Get, List, Thing, Watch};
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::prelude::*;
use crate::runtime::testing::{Canned, mock};

/// A type of the user's own.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Own {
    id: String,
    new: u8,
}

#[tokio::test]
async fn a_success_as_it_came() {
    let body = json!({ "id": "x", "new": 7 });
    let response =
        Canned::value(203, &body).header("x-request-id", "r-1").header("x-ratelimit-remaining", "9");
    let mock = mock().on(Get).responds(response).fails(404, ());
    let client: Client = mock.client();
    let raw = client.things().get("x").send_raw().await.unwrap();
    assert_eq!((raw.status.as_u16(), raw.attempts), (203, 1));
    assert_eq!(raw.headers["content-type"], "application/json");
    assert_eq!(raw.request_id.as_deref(), Some("r-1"));
    assert_eq!(raw.rate_limit().unwrap().remaining, Some(9));
    assert_eq!(raw.body, body.to_string());
    assert_eq!(raw.text().unwrap(), body.to_string());
    assert_eq!(raw.parse::<Thing>().unwrap().id, "x");
    assert_eq!(raw.json::<Own>().unwrap(), Own { id: "x".to_owned(), new: 7 });
    assert!(client.things().get("x").send_raw().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn what_does_not_fit_can_be_read_all_the_same() {
    let mock = mock().on(Get).returns_json(json!({ "id": 5, "new": "k-123456" })).always();
    let client = mock.builder::<Client>().api_key("k-123456").build().unwrap();
    let raw = client.things().get("x").send_raw().await.unwrap();
    assert_eq!(raw.json::<serde_json::Value>().unwrap()["id"], 5);
    for error in [raw.parse::<Thing>().map(drop).unwrap_err(), raw.json::<Own>().map(drop).unwrap_err()] {
        assert!(error.is_decode() && error.operation() == "things.get", "{error:?}");
        assert!(!error.to_string().contains("k-123456"), "{error}");
    }
    let Error::Decode(error) = client.things().get("x").await.unwrap_err() else { panic!() };
    assert_eq!(error.raw_body(), &raw.body);
}

/// A stream and a download are read to their end.
#[tokio::test]
async fn streams_as_they_came() {
    let mock = mock().on(Watch).responds(Canned::chunks(200, "application/jsonl", ["no ", "JSON\n"]));
    let mock = mock.on(Download).returns("bytes").on(List).responds(Canned::status(204));
    let client: Client = mock.client();
    assert_eq!(client.things().lines().send_raw().await.unwrap().body, "no JSON\n");
    assert_eq!(client.files().download().send_raw().await.unwrap().body, "bytes");
    assert_eq!(client.things().list().send_raw().await.unwrap().body, "");
}

#[tokio::test]
async fn errors_say_what_they_are() {
    type Is = fn(&Error) -> bool;
    let all: [(u16, Is); 9] = [
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (404, Error::is_not_found),
        (409, Error::is_conflict),
        (422, Error::is_unprocessable),
        (429, Error::is_rate_limited),
        (500, |error| error.is_server_error() && error.status().unwrap() == 500),
        (503, |error| error.is_server_error() && error.status().unwrap() == 503),
    ];
    for (status, _) in all {
        let client: Client = mock().on(Get).fails(status, ()).always().client();
        let error = client.things().get("x").await.unwrap_err();
        let said: Vec<u16> = all.iter().filter(|(_, is)| is(&error)).map(|(status, _)| *status).collect();
        assert_eq!(said, [status]);
        assert_eq!(error.is_client_error(), status < 500);
        assert!(!error.is_request() && !error.is_timeout() && !error.is_connect() && !error.is_decode());
    }
    let kinds: [(TransportErrorKind, Is); 3] = [
        (TransportErrorKind::Timeout, Error::is_timeout),
        (TransportErrorKind::Connect, Error::is_connect),
        (TransportErrorKind::Tls, Error::is_connect),
    ];
    for (kind, is) in kinds {
        let client: Client = mock().on(Get).breaks(kind).always().client();
        let error = client.things().get("x").await.unwrap_err();
        assert!(is(&error) && !(error.is_timeout() && error.is_connect()), "{error:?}");
        assert!(!error.is_server_error() && !error.is_client_error());
    }
}

#[tokio::test]
async fn an_error_says_when_there_is_room_again() {
    let response = Canned::status(429)
        .header("ratelimit", "limit=10, remaining=0, reset=30")
        .header("retry-after", "99");
    let client: Client = mock().on(Get).responds(response).client();
    let error = client.things().get("x").await.unwrap_err();
    let limit = error.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(10), Some(0)));
    assert_eq!(limit.reset, Some(Duration::from_secs(30)));
    assert_eq!((limit.retry_after, error.retry_after()), (Some(Duration::from_secs(99)), limit.retry_after));
}

#[tokio::test]
async fn an_error_in_a_stream_says_so() {
    let mock = mock().on(Watch).returns_json(json!({ "error": { "message": "full" } })).fails(404, ());
    let client: Client = mock.client();
    let mut lines = client.things().lines().await.unwrap();
    let error = lines.try_next().await.unwrap_err();
    assert!(error.as_api().unwrap().is_in_stream(), "{error:?}");
    assert!(!client.things().lines().await.unwrap_err().as_api().unwrap().is_in_stream());
}
