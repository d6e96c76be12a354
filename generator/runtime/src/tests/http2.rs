//! What a server says by the means of HTTP/2 about requests that it did nothing with, and about others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::mini::{Client, NewThing};
use super::streams::iter;
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::model::Upload;
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;

const NO_ERROR: u8 = 0;
const PROTOCOL_ERROR: u8 = 1;
const INTERNAL_ERROR: u8 = 2;
const REFUSED_STREAM: u8 = 7;
const ENHANCE_YOUR_CALM: u8 = 11;
const HTTP_1_1_REQUIRED: u8 = 13;

/// What the server does with a request that has come to its end.
#[derive(Clone, Copy, Debug)]
enum Does {
    Respond,
    /// `RST_STREAM` for this reason.
    Reset(u8),
    /// `GOAWAY` for this reason, as if the request had come too late.
    GoAway(u8),
    /// `GOAWAY` for this reason, which says that the request was seen, and the end of the connection.
    Leave(u8),
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

fn go_away(last: u32, reason: u8) -> Vec<u8> {
    frame(7, 0, 0, &[&last.to_be_bytes()[..], &[0, 0, 0, reason]].concat())
}

/// A server that does one after the other, whatever the connection, and then answers; with the number of requests.
async fn server(does: &'static [Does]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, does, counter.clone()));
        }
    });
    (url, requests)
}

async fn serve(mut stream: TcpStream, does: &[Does], counter: Arc<AtomicUsize>) -> std::io::Result<()> {
    stream.write_all(&frame(4, 0, 0, &[])).await?;
    stream.read_exact(&mut [0; 24]).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [_, high, low, kind, flags, id @ ..] = head;
        stream.read_exact(&mut vec![0; usize::from(high) << 8 | usize::from(low)]).await?;
        // Headers or data that end the request.
        if !(kind <= 1 && flags & 1 == 1) {
            continue;
        }
        let id = u32::from_be_bytes(id);
        let number = counter.fetch_add(1, Ordering::SeqCst);
        match does.get(number).unwrap_or(&Does::Respond) {
            Does::Respond => {
                // Status 200 and the type of the content, as the static table has them.
                let fields = [&[0x88, 0x5f, 16][..], b"application/json"].concat();
                let response = [frame(1, 4, id, &fields), frame(0, 1, id, br#"{"id":"x"}"#)].concat();
                stream.write_all(&response).await?;
            }
            Does::Reset(reason) => stream.write_all(&frame(3, 0, id, &[0, 0, 0, *reason])).await?,
            Does::GoAway(reason) => stream.write_all(&go_away(id - 1, *reason)).await?,
            Does::Leave(reason) => {
                stream.write_all(&go_away(id, *reason)).await?;
                return Ok(());
            }
        }
    }
}

fn client(url: &str) -> Client {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(1), Duration::from_millis(2));
    let builder: Builder<Client> = Client::builder().base_url(url).api_key("k").retry(policy);
    builder.http2_prior_knowledge().build().unwrap()
}

fn kind(error: &Error) -> TransportErrorKind {
    let Error::Transport(transport) = error else { panic!("{error:?}") };
    assert_eq!(transport.never_sent(), transport.kind() == TransportErrorKind::TurnedAway);
    transport.kind()
}

#[tokio::test]
async fn a_request_that_was_turned_away_unseen_is_sent_again_whatever_its_method() {
    use Does::{GoAway, Reset};
    for does in [
        &[Reset(REFUSED_STREAM)][..],
        &[Reset(REFUSED_STREAM), Reset(REFUSED_STREAM)],
        &[GoAway(NO_ERROR)],
        &[GoAway(ENHANCE_YOUR_CALM), Reset(REFUSED_STREAM)],
        &[GoAway(PROTOCOL_ERROR)],
    ] {
        let (url, requests) = server(does).await;
        let response = client(&url).things().create(NewThing::new("n")).send_with_response().await;
        let response = response.unwrap_or_else(|error| panic!("{does:?}: {error}"));
        assert_eq!(
            (response.value.id.as_str(), response.attempts as usize),
            ("x", does.len() + 1),
            "{does:?}"
        );
        assert_eq!(requests.load(Ordering::SeqCst), does.len() + 1, "{does:?}");
    }
}

#[tokio::test]
async fn turning_away_without_end_is_an_error_that_says_so() {
    let (url, requests) = server(&[Does::Reset(REFUSED_STREAM); 9]).await;
    let error = client(&url).things().create(NewThing::new("n")).await.unwrap_err();
    assert_eq!((kind(&error), error.attempts()), (TransportErrorKind::TurnedAway, 3));
    assert_eq!(requests.load(Ordering::SeqCst), 3);
    assert_eq!(
        error.to_string(),
        "`things.create`: the server turned the request away unseen: stream error received: refused stream \
         before processing any application logic (3 attempts)"
    );
}

#[tokio::test]
async fn a_request_that_may_have_been_seen_is_sent_again_only_where_that_is_safe() {
    use Does::{Leave, Reset};
    for does in
        [&[Reset(INTERNAL_ERROR)][..], &[Reset(NO_ERROR)], &[Leave(NO_ERROR)], &[Leave(INTERNAL_ERROR)]]
    {
        let (url, requests) = server(does).await;
        let error = client(&url).things().create(NewThing::new("n")).await.unwrap_err();
        assert_eq!((kind(&error), error.attempts()), (TransportErrorKind::Reset, 1), "{does:?}: {error:?}");
        assert_eq!(requests.load(Ordering::SeqCst), 1, "{does:?}");
        let (url, requests) = server(does).await;
        client(&url).things().get("x").await.unwrap_or_else(|error| panic!("{does:?}: {error:?}"));
        assert_eq!(requests.load(Ordering::SeqCst), 2, "{does:?}");
    }
}

#[tokio::test]
async fn a_server_that_wants_the_older_protocol_is_not_asked_again() {
    let (url, requests) = server(&[Does::Reset(HTTP_1_1_REQUIRED); 9]).await;
    let error = client(&url).things().get("x").await.unwrap_err();
    assert_eq!((kind(&error), requests.load(Ordering::SeqCst)), (TransportErrorKind::Other, 1), "{error}");
}

#[tokio::test]
async fn a_stream_that_was_turned_away_is_gone_all_the_same() {
    let (url, requests) = server(&[Does::Reset(REFUSED_STREAM); 9]).await;
    let chunks = [Ok(Bytes::from("abc"))];
    let error = client(&url).files().put(Upload::stream("s", iter(chunks))).await.unwrap_err();
    assert_eq!((kind(&error), error.attempts()), (TransportErrorKind::TurnedAway, 1), "{error}");
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}
