//! What responses take of the memory: little more than their size, and errors little of that.

use super::mini::Client;
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, ResponseErrorKind};
use crate::runtime::model::Bytes;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::Method;
use crate::runtime::testing::{Canned, InMemory};

const CHUNK: usize = 64 << 10;
/// Just over a power of two, where doubling would be worst.
const CHUNKS: usize = 65;

fn client(response: Canned, change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Client {
    let transport = InMemory::new();
    transport.answer(response);
    let builder = Client::builder().api_key("key-key").transport(transport).retry(RetryPolicy::never());
    change(builder).build().unwrap()
}

fn chunks(media: &str, count: usize) -> Canned {
    Canned::chunks(200, media, vec![vec![b'x'; CHUNK]; count])
}

/// What was reserved for a body.
fn reserved(body: Bytes) -> usize {
    Vec::from(body).capacity()
}

#[tokio::test]
async fn a_body_of_unknown_length_takes_a_quarter_more_at_most() {
    let client = client(chunks("text/plain", CHUNKS), |builder| builder);
    let body = client.request(Method::GET, "/x").bytes().await.unwrap();
    assert_eq!(body.len(), CHUNK * CHUNKS);
    let reserved = reserved(body);
    assert!(reserved <= CHUNK * CHUNKS * 5 / 4, "{reserved} bytes for {}", CHUNK * CHUNKS);
}

#[tokio::test]
async fn a_body_of_known_length_takes_no_more() {
    let length = (CHUNK * CHUNKS).to_string();
    let known = chunks("text/plain", CHUNKS).header("content-length", &length);
    let body = client(known, |builder| builder).request(Method::GET, "/x").bytes().await.unwrap();
    assert_eq!((body.len(), reserved(body)), (CHUNK * CHUNKS, CHUNK * CHUNKS));
    let known = chunks("text/plain", CHUNKS).header("content-length", &length);
    let stream = client(known, |builder| builder).request(Method::GET, "/x").stream().await.unwrap();
    assert_eq!(reserved(stream.collect(usize::MAX).await.unwrap()), CHUNK * CHUNKS);
}

#[tokio::test]
async fn a_line_near_the_limit_takes_little_more_than_its_size() {
    let mut chunks = vec![vec![b'x'; CHUNK]; CHUNKS];
    chunks.insert(0, b"\"".to_vec());
    chunks.push(b"\"\n\"b\"\nno JSON".to_vec());
    let limit = CHUNK * CHUNKS + 10;
    let response = Canned::chunks(200, "application/jsonl", chunks);
    let client = client(response, |builder| builder.max_response_bytes(limit));
    let mut lines = client.request(Method::GET, "/x").lines::<String>().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().len(), CHUNK * CHUNKS);
    assert_eq!(lines.next().await.unwrap().unwrap(), "b");
    assert!(lines.next().await.unwrap().is_err() && lines.next().await.is_none());
    // One that does not fit shows what was reserved for it.
    let response = Canned::chunks(200, "application/jsonl", vec![vec![b'x'; CHUNK]; CHUNKS]);
    let client = self::client(response, |builder| builder.max_response_bytes(limit));
    let mut lines = client.request(Method::GET, "/x").lines::<String>().await.unwrap();
    let Error::Decode(error) = lines.next().await.unwrap().unwrap_err() else { panic!() };
    let body = error.raw_body().clone();
    drop(error);
    assert_eq!(body.len(), CHUNK * CHUNKS);
    let reserved = reserved(body);
    assert!(reserved <= CHUNK * CHUNKS * 5 / 4, "{reserved}");
}

/// Nobody makes us reserve memory by an announcement alone.
#[tokio::test]
async fn an_announced_length_has_to_be_earned() {
    let liar = Canned::chunks(200, "text/plain", vec![vec![b'x'; 1000]; 3]);
    let liar = liar.header("content-length", &(200 << 20).to_string());
    let body = client(liar, |builder| builder).request(Method::GET, "/x").bytes().await.unwrap();
    let reserved = reserved(body);
    assert!(reserved <= CHUNK, "{reserved} bytes for 3000");
}

#[tokio::test]
async fn a_body_at_the_limit_takes_the_limit() {
    let limit = CHUNK * CHUNKS;
    let at = |count, limit| client(chunks("text/plain", count), |builder| builder.max_response_bytes(limit));
    let body = at(CHUNKS, limit).request(Method::GET, "/x").bytes().await.unwrap();
    assert_eq!((body.len(), reserved(body)), (limit, limit));
    let error = at(CHUNKS + 1, limit).request(Method::GET, "/x").bytes().await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!((error.kind(), error.raw_body().len()), (ResponseErrorKind::TooLarge, limit));
}

#[tokio::test]
async fn a_text_takes_over_the_memory_of_its_body() {
    let client = client(chunks("text/plain", CHUNKS), |builder| builder);
    let text = client.files().read().await.unwrap();
    assert_eq!(text.len(), CHUNK * CHUNKS);
    assert!(text.capacity() > text.len(), "a copy would have no room to spare");
}

#[tokio::test]
async fn errors_have_a_limit_of_their_own() {
    type Change = fn(Builder<Client>) -> Builder<Client>;
    let cases: [(Change, usize); 5] = [
        (|builder| builder, 1 << 20),
        (|builder| builder.max_error_bytes(10), 10),
        (|builder| builder.max_error_bytes(2 << 20), 2 << 20),
        (|builder| builder.max_response_bytes(100), 100),
        (|builder| builder.max_response_bytes(100).max_error_bytes(200), 200),
    ];
    for (change, kept) in cases {
        let response = Canned::chunks(500, "text/plain", vec![vec![b'x'; CHUNK]; CHUNKS]);
        let error = client(response, change).things().get("x").await.unwrap_err();
        let api = error.as_api().unwrap();
        assert_eq!((api.status().as_u16(), api.raw_body().len()), (500, kept));
    }
}

/// What is no success in the end is kept like an error.
#[cfg(feature = "events")]
#[tokio::test]
async fn a_page_in_place_of_events_is_an_error_too() {
    let page = vec![b"<html>".to_vec(), vec![b' '; 3 << 20]];
    let client = client(Canned::chunks(200, "text/html", page), |builder| builder);
    let error = client.things().events().await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!((error.kind(), error.raw_body().len()), (ResponseErrorKind::ContentType, 1 << 20));
}
