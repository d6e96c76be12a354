//! Compressed responses.

use super::mini::Client;
use super::server::{Server, Step, raw, response};
use crate::runtime::error::{Error, ResponseErrorKind, TransportErrorKind};
use crate::runtime::retry::RetryPolicy;

/// Packs a beginning and then this many spaces, by hand: one block with fixed codes, spaces as a repetition of the
/// last one.
fn gzip(text: &[u8], spaces: usize) -> Vec<u8> {
    let mut bits = vec![true, true, false];
    let mut code = |value: u32, length: u32| (0..length).rev().for_each(|at| bits.push(value >> at & 1 == 1));
    for byte in text.iter().chain(b" ") {
        // The fixed codes of bytes below 144 are 8 bits from 0x30 on.
        code(u32::from(*byte) + 0x30, 8);
    }
    let runs = (spaces - 1) / 258;
    for _ in 0..runs {
        // 258 bytes from one byte back.
        code(0xc5, 8);
        code(0, 5);
    }
    code(0, 7);
    let whole: Vec<u8> = text.iter().copied().chain(std::iter::repeat_n(b' ', 1 + runs * 258)).collect();
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | u8::from(*bit))));
    out.extend(crc(&whole).to_le_bytes());
    out.extend(u32::try_from(whole.len()).unwrap().to_le_bytes());
    out
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

async fn get(steps: Vec<Step>) -> Result<String, Error> {
    let server = Server::start(move |_, request| {
        assert!(request.header("accept-encoding").contains("gzip"));
        steps.clone()
    })
    .await;
    let builder = Client::builder().base_url(&server.url).api_key("key-key").max_response_bytes(1 << 20);
    let client = builder.retry(RetryPolicy::never()).build().unwrap();
    client.things().get("x").await.map(|thing| thing.id)
}

#[tokio::test]
async fn a_compressed_response() {
    let packed = gzip(br#"{"id":"packed"}"#, 1000);
    assert!(packed.len() < 60, "{}", packed.len());
    assert_eq!(get(response(200, "content-encoding: gzip\r\n", &packed)).await.unwrap(), "packed");
}

#[tokio::test]
async fn a_bomb() {
    let packed = gzip(br#"{"id":"x"}"#, 8 << 20);
    let error = get(response(200, "content-encoding: gzip\r\n", &packed)).await.unwrap_err();
    let Error::Decode(response) = &error else { panic!("{error:?}") };
    assert_eq!(response.kind(), ResponseErrorKind::TooLarge);
    assert_eq!(response.raw_body().len(), 1 << 20, "no more than the limit was unpacked");
}

#[tokio::test]
async fn what_cannot_be_unpacked() {
    let mut packed = gzip(br#"{"id":"packed"}"#, 1000);
    let error = get(response(200, "content-encoding: gzip\r\n", b"no gzip at all")).await.unwrap_err();
    assert!(error.to_string().contains("could not be decompressed"), "{error}");
    packed.truncate(packed.len() / 2);
    let error = get(response(200, "content-encoding: gzip\r\n", &packed)).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Truncated),
        "{error:?}"
    );
    let head =
        format!("HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", packed.len() + 9);
    let error = get(vec![raw(head), raw(packed), Step::Close]).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Truncated),
        "{error:?}"
    );
}

#[tokio::test]
async fn gzip_by_its_other_names() {
    let packed = gzip(br#"{"id":"packed"}"#, 1000);
    for name in ["GZIP", "x-gzip", "X-Gzip", "aws-chunked,gzip", "utf-8, x-gzip", "gzip, identity"] {
        let headers = format!("content-encoding: {name}\r\n");
        assert_eq!(get(response(200, &headers, &packed)).await.unwrap(), "packed", "{name}");
        let mut cut = packed.clone();
        cut.truncate(packed.len() / 2);
        for broken in [b"no gzip at all", cut.as_slice()] {
            let error = get(response(200, &headers, broken)).await.unwrap_err();
            assert!(error.to_string().contains("the response could not be decompressed"), "{name}: {error}");
        }
    }
    let error = get(response(200, "content-encoding: x-gzip\r\n", gzip(b"{}", 8 << 20))).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(it) if it.raw_body().len() == 1 << 20), "a bomb: {error:?}");
    let problem = gzip(br#"{"message":"packed words"}"#, 300);
    let error = get(response(404, "content-encoding: GZIP\r\n", problem)).await.unwrap_err();
    assert_eq!(error.as_api().unwrap().message(), "packed words");
    let error = get(response(200, "content-encoding: gzip, br\r\n", &packed)).await.unwrap_err();
    assert!(error.to_string().contains("compressed with `gzip, br`"), "{error}");
}
