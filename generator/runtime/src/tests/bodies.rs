//! Bodies as they arrive at a server.

use std::path::PathBuf;

use super::mini::{Client, NewThing, Parcel};
use super::server::{Received, Server, json, response};
use super::streams::iter;
use crate::runtime::call::Operation;
use crate::runtime::error::{Error, RequestErrorKind};
use crate::runtime::model::{Bytes, Upload};

async fn server() -> (Server, Client) {
    let server = Server::start(|_, request| match request.method.as_str() {
        "PUT" => response(200, "", ""),
        _ => json(200, r#"{"id":"x"}"#),
    })
    .await;
    let client = Client::builder().base_url(&server.url).api_key("key-key").build().unwrap();
    (server, client)
}

/// The parts of a form: head and content.
fn parts(request: &Received) -> Vec<(String, Vec<u8>)> {
    let media = request.header("content-type");
    let boundary = media.strip_prefix("multipart/form-data; boundary=").expect("a multipart body");
    let mut rest = &request.body[..];
    let mut parts = Vec::new();
    let (open, close) = (format!("--{boundary}\r\n"), format!("--{boundary}--\r\n"));
    while let Some(after) = rest.strip_prefix(open.as_bytes()) {
        let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|it| it == what).unwrap();
        let head = find(after, b"\r\n\r\n");
        let end = find(after, format!("\r\n--{boundary}").as_bytes());
        parts.push((String::from_utf8(after[..head].to_vec()).unwrap(), after[head + 4..end].to_vec()));
        rest = &after[end + 2..];
    }
    assert_eq!(rest, close.as_bytes());
    parts
}

struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("sdk-runtime-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

#[tokio::test]
async fn a_form_with_files_from_memory() {
    let (server, client) = server().await;
    let mut parcel = Parcel::new("a \"title\"", Upload::bytes("in\"voice.pdf", &b"%PDF-\r\n\xff"[..]));
    parcel.tags = vec!["x".to_owned(), "y".to_owned()];
    parcel.more = vec![Upload::bytes("a.png", "1"), Upload::bytes("b", "2").media_type("text/x-b")];
    client.files().send(&parcel).await.unwrap();
    let request = server.one();
    assert_eq!(request.header("content-length"), request.body.len().to_string());
    let disposition = |rest: &str| format!("Content-Disposition: form-data; {rest}");
    let parts = parts(&request);
    // The order of the document, whatever `serde_json` does to objects.
    let expected = vec![
        (disposition("name=\"title\""), b"a \"title\"".to_vec()),
        (disposition("name=\"tags\""), b"x".to_vec()),
        (disposition("name=\"tags\""), b"y".to_vec()),
        (disposition("name=\"about\"\r\nContent-Type: application/json"), br#"{"id":"t"}"#.to_vec()),
        (
            disposition("name=\"file\"; filename=\"in%22voice.pdf\"\r\nContent-Type: application/pdf"),
            b"%PDF-\r\n\xff".to_vec(),
        ),
        (disposition("name=\"more\"; filename=\"a.png\"\r\nContent-Type: image/png"), b"1".to_vec()),
        (disposition("name=\"more\"; filename=\"b\"\r\nContent-Type: text/x-b"), b"2".to_vec()),
    ];
    assert_eq!(parts, expected);
}

#[tokio::test]
async fn a_form_with_a_file_from_disk() {
    let (server, client) = server().await;
    let content: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let file = TempFile::new("data.csv", &content);
    let parcel = Parcel::new("t", Upload::from_path(&file.0));
    client.files().send(&parcel).await.unwrap();
    client.files().send(&parcel).await.unwrap();
    for request in server.requests() {
        assert_eq!(
            request.header("content-length"),
            request.body.len().to_string(),
            "a length is known beforehand"
        );
        let parts = parts(&request);
        let (head, body) = parts.iter().find(|(head, _)| head.contains("data.csv")).unwrap();
        assert!(head.ends_with("filename=\"data.csv\"\r\nContent-Type: text/csv"), "{head}");
        assert!(*body == content);
    }
}

#[tokio::test]
async fn a_form_with_a_stream_is_sent_in_chunks() {
    let (server, client) = server().await;
    let chunks = ["one ", "", "two ", "three"].map(|chunk| Ok(Bytes::from(chunk)));
    let parcel = Parcel::new("t", Upload::stream("s.txt", iter(chunks)));
    client.files().send(&parcel).await.unwrap();
    let request = server.one();
    assert_eq!(request.header("transfer-encoding"), "chunked");
    let parts = parts(&request);
    assert!(parts.iter().any(|(head, body)| head.contains("s.txt") && body == b"one two three"), "{parts:?}");
    let error = client.files().send(&parcel).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`files.send`: the stream `s.txt` was sent before; make a new upload for a new call"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_missing_file_is_an_error_before_anything_is_sent() {
    let (server, client) = server().await;
    for upload in [Upload::from_path("/nowhere/at/all.pdf"), Upload::from_path(std::env::temp_dir())] {
        let error = client.files().send(&Parcel::new("t", upload.clone())).await.unwrap_err();
        let Error::Request(request) = &error else { panic!("{error:?}") };
        assert_eq!((request.kind(), error.attempts()), (RequestErrorKind::File, 0), "{error}");
        client.files().put(upload).await.unwrap_err();
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_stream_that_fails_is_the_error_of_the_call() {
    let (_server, client) = server().await;
    let chunks = [Ok(Bytes::from("abc")), Err(std::io::Error::other("the disk is gone"))];
    let error = client.files().put(Upload::stream("s", iter(chunks))).await.unwrap_err();
    assert_eq!(error.to_string(), "`files.put`: `s` could not be read to its end: the disk is gone");
}

#[tokio::test]
async fn raw_bodies() {
    let (server, client) = server().await;
    client.files().put(Upload::bytes("a", "abc")).await.unwrap();
    client.files().put(Upload::bytes("a", "abc").media_type("image/png")).await.unwrap();
    let file = TempFile::new("raw.bin", b"from disk");
    client.files().put(Upload::from_path(&file.0)).await.unwrap();
    client.files().put(Upload::stream("s", iter([Ok(Bytes::from("x"))]))).await.unwrap();
    client.files().text("tëxt").await.unwrap();
    client.files().form(&NewThing::new("a b&c=d").password("ä")).await.unwrap();
    let told: Vec<(String, String)> =
        server.requests().iter().map(|it| (it.header("content-type").to_owned(), it.text())).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(media, body)| (media.as_str(), body.as_str())).collect();
    assert_eq!(
        told,
        [
            ("application/octet-stream", "abc"),
            ("image/png", "abc"),
            ("application/octet-stream", "from disk"),
            ("application/octet-stream", "x"),
            ("text/plain; charset=utf-8", "tëxt"),
            ("application/x-www-form-urlencoded", "name=a+b%26c%3Dd&password=%C3%A4"),
        ]
    );
}

/// What raw bodies are made of, and the media type of one whose document only gives a range.
#[tokio::test]
async fn raw_bodies_are_anything_an_upload_is_made_of() {
    let (server, client) = server().await;
    let file = TempFile::new("photo.png", b"from disk");
    let uploads: [Upload; 9] = [
        Bytes::from("text").into(),
        String::from("string").into_bytes().into(),
        vec![b'v'].into(),
        (&b"slice"[..]).into(),
        Bytes::from("bytes").into(),
        file.0.clone().into(),
        file.0.as_path().into(),
        Upload::stream("a.gif", iter([Ok(Bytes::from("stream"))])),
        Upload::bytes("a.png", "own").media_type("image/webp"),
    ];
    for upload in uploads {
        client.files().put_image(upload).await.unwrap();
    }
    let told: Vec<String> =
        server.requests().iter().map(|it| format!("{} {}", it.header("content-type"), it.text())).collect();
    let plain = |text: &str| format!("application/octet-stream {text}");
    assert_eq!(told[..5], ["text", "string", "v", "slice", "bytes"].map(plain));
    assert_eq!(told[5..7], ["image/png from disk", "image/png from disk"]);
    // In chunks, so the length is not known.
    assert!(told[7].starts_with("image/gif ") && told[7].contains("stream"), "{}", told[7]);
    assert_eq!(told[8], "image/webp own");
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error_before_anything_is_sent() {
    let (server, client) = server().await;
    let parcel = Parcel::new("t", Upload::bytes("a", "x").media_type("no media\r\nX: y"));
    let error = client.files().send(&parcel).await.unwrap_err();
    assert!(matches!(&error, Error::Request(it) if it.kind() == RequestErrorKind::Body), "{error:?}");
    let call = crate::runtime::call::Call::new(client.core(), client.things().get("x").call().route);
    let error =
        Client::send(call.path("id", &"x".to_owned()).json(&Upload::from_path("x"))).await.unwrap_err();
    assert!(error.to_string().contains("cannot be put into JSON"), "{error}");
    assert_eq!(server.connections(), 0);
}

/// Gives a byte at a time, and fails after three if it is told to.
struct Drip(Vec<u8>, bool);

impl std::io::Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.1 && self.0.len() < 3 {
            return Err(std::io::Error::other("the tap is shut"));
        }
        let Some(byte) = self.0.pop() else { return Ok(0) };
        buffer[0] = byte;
        Ok(1)
    }
}

#[tokio::test]
async fn readers() {
    let (server, client) = server().await;
    client.files().put(Upload::reader("a", Drip(b"olleh".to_vec(), false))).await.unwrap();
    client.files().put(Upload::async_reader("a", std::io::Cursor::new("content"))).await.unwrap();
    let error = client.files().put(Upload::reader("a", Drip(b"olleh".to_vec(), true))).await.unwrap_err();
    assert_eq!(error.to_string(), "`files.put`: `a` could not be read to its end: the tap is shut");
    let sent: Vec<String> = server.requests().iter().take(2).map(Received::text).collect();
    assert_eq!(sent, ["hello", "content"]);
}
