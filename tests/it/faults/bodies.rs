//! Bodies that are too short, too long, broken, endless, packed.

use std::io::Write as _;
use std::time::Duration;

use retab::runtime::error::ResponseErrorKind::{ContentType, Empty, Encoding, Json, Text, TooLarge};
use retab::runtime::error::TransportErrorKind::{Other, Truncated};

use super::server::{Act, Server, answer, json, send};
use super::{WORKFLOW, both, builder, client, create, get, response, transport};

const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

#[tokio::test]
async fn a_content_length_that_is_wrong() {
    let length = |length: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    // More was promised than comes.
    let long = vec![send(length(WORKFLOW.len() + 7)), send(WORKFLOW), Act::Close];
    assert_eq!(both(long).await, (Truncated, Truncated));
    // Less was promised: the rest is not part of the answer, nor of the next one.
    let evil = WORKFLOW.replace("wf_1", "wf_evil");
    let smuggled = format!("{}{WORKFLOW}{}{evil}", length(WORKFLOW.len()), length(evil.len()));
    let server = Server::start(move |number, _| match number {
        0 => vec![send(smuggled.clone())],
        _ => json(200, WORKFLOW),
    })
    .await;
    let honest = client(&server);
    for _ in 0..3 {
        assert_eq!(get(&honest).await.unwrap().id, "wf_1");
    }
    // So short that it is no JSON.
    let server = Server::always(vec![send(length(20)), send(WORKFLOW), Act::Close]).await;
    let error = get(&client(&server)).await.unwrap_err();
    assert_eq!((response(&error), error.attempts()), (Json, 1), "{error}");
    // No number at all, and two that disagree.
    for lengths in ["content-length: many\r\n", "content-length: 5\r\ncontent-length: 6\r\n"] {
        let server = Server::always(vec![send(format!("HTTP/1.1 200 OK\r\n{lengths}\r\n{WORKFLOW}"))]).await;
        let error = get(&client(&server)).await.unwrap_err();
        assert_eq!((transport(&error), error.attempts()), (Other, 1), "{error}");
    }
}

#[tokio::test]
async fn chunks_that_are_wrong() {
    let start = send(format!("{CHUNKED}{}", chunk(&WORKFLOW[..50])));
    for rest in ["zz\r\n", "-5\r\n", "ffffffffffffffffff\r\n", "5\r\nabcdefgh\r\n", "5\r\nab"] {
        let acts = vec![start.clone(), send(rest), Act::Close];
        assert_eq!(both(acts).await, (Truncated, Truncated), "{rest:?}");
    }
    // The end is missing, so nobody knows whether that was all.
    let acts = vec![start, send(chunk(&WORKFLOW[50..])), Act::Close];
    assert_eq!(both(acts).await, (Truncated, Truncated));
    // Extensions and trailers are allowed, if odd.
    let odd = format!("{CHUNKED}{:x};ext=\"1\"\r\n{WORKFLOW}\r\n0\r\nx-trailer: 1\r\n\r\n", WORKFLOW.len());
    let server = Server::always(vec![send(odd)]).await;
    assert_eq!(get(&client(&server)).await.unwrap().id, "wf_1");
}

#[tokio::test]
async fn an_endless_body_is_not_read_to_its_end() {
    let flood = vec![send(CHUNKED), Act::Flood(chunk(&" ".repeat(64 * 1024)).into_bytes())];
    let server = Server::always(flood.clone()).await;
    let limit = 1 << 20;
    let client = builder(&server.url).max_response_bytes(limit).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!((response(&error), error.attempts()), (TooLarge, 1), "{error}");
    let retab::Error::Decode(error) = error else { unreachable!() };
    assert_eq!(error.raw_body().len(), limit, "what was read is kept, and no more");
    server.deserted().await;
    // What the sockets hold is gone as well.
    assert!(server.sent() < 16 << 20, "{} bytes were sent", server.sent());
    // The body of an error is cut in the same way, and the status counts.
    let head = CHUNKED.replace("200 OK", "418 X");
    let server = Server::always(vec![send(head), flood[1].clone()]).await;
    let client = builder(&server.url).max_response_bytes(limit).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.as_api().map(|api| (api.status().as_u16(), api.raw_body().len())), Some((418, limit)));
    server.deserted().await;
}

#[tokio::test]
async fn headers_without_end() {
    let line = format!("x-filler: {}\r\n", "x".repeat(1000));
    let server = Server::always(vec![send("HTTP/1.1 200 OK\r\n"), Act::Flood(line.into_bytes())]).await;
    let error = get(&client(&server)).await.unwrap_err();
    assert_eq!((transport(&error), error.attempts()), (Other, 1), "{error}");
    server.deserted().await;
    assert!(server.sent() < 16 << 20, "{} bytes were sent", server.sent());
}

#[tokio::test]
async fn what_is_not_the_body_it_should_be() {
    let html = "content-type: text/html\r\n";
    let cases = [
        (answer(200, html, "<html>\n<h1>Welcome to the proxy</h1></html>"), ContentType),
        (answer(200, "content-type: application/json\r\n", ""), Empty),
        (answer(204, "", ""), Empty),
        (answer(200, "content-type: application/json\r\n", b"{\"id\":\"\xff\xfe\"}"), Text),
        (json(200, "{\"id\": \"wf_1\""), Json),
        (json(200, "null"), Json),
        (json(200, &"[".repeat(100_000)), Json),
        (answer(200, "content-encoding: br\r\n", WORKFLOW), Encoding),
    ];
    for (acts, kind) in cases {
        let server = Server::always(acts).await;
        for error in [get(&client(&server)).await.unwrap_err(), create(&client(&server)).await.unwrap_err()] {
            assert_eq!((response(&error), error.attempts()), (kind, 1), "{error}");
            let text = error.to_string();
            assert!(!text.contains('\n') && text.len() < 600, "{text}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_before_the_request_is_whole() {
    let refused = answer(413, "connection: close\r\n", "too large");
    let server = Server::at_the_door(move |_| [&refused[..], &[Act::Hang]].concat()).await;
    let client = client(&server);
    let body = vec![b'x'; 4 << 20];
    let call = client.request(retab::runtime::route::Method::POST, "/v1/upload");
    let call = call.upload(retab::runtime::model::Upload::bytes("big", body)).bytes();
    let error = tokio::time::timeout(super::PATIENCE, call).await.unwrap().unwrap_err();
    // Either the answer was seen, or the connection that it closed.
    let seen = error.status().map(|status| status.as_u16());
    assert!(seen == Some(413) || matches!(error, retab::Error::Transport(_)), "{error:?}");
    server.deserted().await;
}

fn pack(bytes: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let mut bytes = bytes.peekable();
    while bytes.peek().is_some() {
        let part: Vec<u8> = bytes.by_ref().take(1 << 16).collect();
        packer.write_all(&part).unwrap();
    }
    packer.finish().unwrap()
}

const PACKED: &str = "content-type: application/json\r\ncontent-encoding: gzip\r\n";

#[tokio::test]
async fn packed_bodies() {
    let packed = pack(WORKFLOW.bytes());
    let server = Server::always(answer(200, PACKED, &packed)).await;
    let client = client(&server);
    assert_eq!(get(&client).await.unwrap().id, "wf_1");
    assert!(server.seen()[0].header("accept-encoding").contains("gzip"));
    // An error body is unpacked as well.
    let problem = pack(br#"{"detail":[{"loc":["path"],"msg":"packed","type":"x"}]}"#.iter().copied());
    let server = Server::always(answer(422, PACKED, &problem)).await;
    assert!(get(&super::client(&server)).await.unwrap_err().to_string().contains("path: packed"));
    let mut broken = packed.clone();
    broken[20] ^= 0xff;
    let rest = packed.len() / 2;
    let cut = vec![
        send(format!("HTTP/1.1 200 OK\r\n{PACKED}content-length: {}\r\n\r\n", packed.len())),
        send(&packed[..rest]),
        Act::Close,
    ];
    for acts in [answer(200, PACKED, &broken), answer(200, PACKED, &packed[..rest]), cut] {
        assert_eq!(both(acts).await, (Truncated, Truncated));
    }
}

#[tokio::test]
async fn a_decompression_bomb() {
    // 64 MiB of spaces in less than a hundred kilobytes.
    let bomb = pack(std::iter::repeat_n(b' ', 64 << 20));
    assert!(bomb.len() < 100 << 10, "{} bytes", bomb.len());
    let server = Server::always(answer(200, PACKED, &bomb)).await;
    let limit = 1 << 20;
    let client = builder(&server.url)
        .max_response_bytes(limit)
        .attempt_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!((response(&error), error.attempts()), (TooLarge, 1), "{error}");
    let retab::Error::Decode(error) = error else { unreachable!() };
    assert_eq!(error.raw_body().len(), limit, "no more than the limit was unpacked");
}
