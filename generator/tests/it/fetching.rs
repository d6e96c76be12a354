//! What may go wrong while `sdkgen sync` fetches: slow, large, strange and untrusted servers on this machine.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::world::World;

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n";

fn world(name: &str) -> World {
    let world = World::new(name);
    world
        .write("spec/sdk.toml", "spec = \"api.yaml\"\n[package]\nname = \"shop-sdk\"\nversion = \"0.1.0\"\n");
    world.write("spec/api.yaml", DOCUMENT);
    let ran = world.run(&["codegen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    world
}

/// A server that handles one connection; it goes with the process.
fn serve(handle: impl FnOnce(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        if let Ok((stream, _)) = listener.accept() {
            handle(stream);
        }
    });
    address
}

/// Reads the head of a request.
fn head(stream: &mut impl Read) -> String {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        seen.push(byte[0]);
    }
    String::from_utf8_lossy(&seen).into_owned()
}

/// Syncs from a server that handles one connection that way; it must fail with these words, and nothing may be written.
fn refuses(name: &str, words: &str, handle: impl FnOnce(TcpStream) + Send + 'static) {
    let world = world(name);
    let before = world.snapshot();
    let url = format!("http://{}/api.yaml", serve(handle));
    let start = Instant::now();
    let ran =
        world.run(&["sync", "--from", &url, "--allow-loopback", "--timeout", "1", "--max-bytes", "20000"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains(words), "{}", ran.err);
    assert_eq!(before, world.snapshot());
    // the server would go on for much longer
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    refuses("fetch-stall", "timeout", |mut stream| {
        head(&mut stream);
        std::thread::sleep(Duration::from_secs(60));
    });
}

#[test]
fn a_server_that_drips_is_given_up() {
    refuses("fetch-drip", "timeout", |mut stream| {
        head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n");
        for _ in 0..600 {
            if stream.write_all(b"#").is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    });
}

#[test]
fn a_document_without_an_end_is_cut() {
    refuses("fetch-endless", "is larger than 20000 bytes", |mut stream| {
        head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        let chunk = format!("400\r\n{}\r\n", "#".repeat(1024));
        while stream.write_all(chunk.as_bytes()).is_ok() {}
    });
}

#[test]
fn a_page_is_no_document() {
    refuses("fetch-page", "is a page for people (HTML or XML)", |mut stream| {
        head(&mut stream);
        let page = "<!doctype html><html><body>Please sign in: <a href=\"/\">here</a></body></html>";
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{page}", page.len());
    });
}

#[test]
fn bytes_that_are_no_text_are_no_document() {
    refuses("fetch-bytes", "is not UTF-8", |mut stream| {
        head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\xff\xfe\x00\x01");
    });
}

/// A server on this machine that answers encrypted requests one after the other, with what `response` makes of their heads.
fn encrypted(
    certificate: &'static [u8],
    key: &'static [u8],
    responses: Vec<String>,
) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let certificate = CertificateDer::from(certificate.to_vec());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.to_vec()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/api.yaml", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut heads = Vec::new();
        for response in responses {
            let (stream, _) = listener.accept().unwrap();
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            heads.push(head(&mut stream));
            let _ = stream.write_all(response.as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
        heads
    });
    (address, server)
}

fn ok(text: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\netag: \"v7\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )
}

/// The configuration of every real address: encrypted, and with a certificate that somebody vouches for.
#[test]
fn a_certificate_nobody_vouches_for_is_refused() {
    let (certificate, key) =
        (include_bytes!("tls/certificate.der").as_slice(), include_bytes!("tls/key.der").as_slice());
    let (url, _) = encrypted(certificate, key, vec![ok(DOCUMENT)]);
    let world = world("fetch-tls");
    let before = world.snapshot();
    let ran = world.run(&["sync", "--from", &url, "--timeout", "10"]);
    assert!(ran.code == 1 && ran.err.contains("certificate"), "{}{}", ran.out, ran.err);
    assert_eq!(before, world.snapshot());
}

#[test]
fn those_who_vouch_can_be_given() {
    let (certificate, key) =
        (include_bytes!("tls/leaf.der").as_slice(), include_bytes!("tls/leaf.key.der").as_slice());
    let new = DOCUMENT.replace("Shop", "Shops");
    let unchanged = "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_owned();
    let (url, server) = encrypted(certificate, key, vec![String::new(), ok(&new), unchanged]);
    let world = world("fetch-ca");
    world.write("root.pem", include_bytes!("tls/root.pem"));
    world.write("empty.pem", "nobody\n");
    let (root, empty) =
        (world.path("root.pem").display().to_string(), world.path("empty.pem").display().to_string());
    let before = world.snapshot();
    let ran = world.run(&["sync", "--from", &url, "--timeout", "10"]);
    assert!(ran.code == 1 && ran.err.contains("certificate"), "{}", ran.err);
    let ran = world.run(&["sync", "--from", &url, "--timeout", "10", "--ca", &empty]);
    assert!(ran.code == 1 && ran.err.contains("has no certificate"), "{}", ran.err);
    assert_eq!(before, world.snapshot());

    let ran = world.run(&["sync", "--from", &url, "--timeout", "10", "--ca", &root]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(world.read("spec/api.yaml"), new);
    assert!(world.read("spec/upstream.toml").contains("v7"));
    let ran = world.run(&["sync", "--timeout", "10", "--ca", &root]);
    assert!(ran.code == 0 && ran.out.contains("has not changed"), "{}{}", ran.out, ran.err);
    let heads = server.join().unwrap();
    assert!(heads[2].to_lowercase().contains("if-none-match: \"v7\""), "{heads:?}");
}

#[test]
fn an_address_that_is_encrypted_is_never_asked_in_plain() {
    let address = serve(|mut stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DOCUMENT}", DOCUMENT.len());
    });
    let world = world("fetch-plain");
    let ran = world.run(&["sync", "--from", &format!("https://{address}/api.yaml"), "--timeout", "10"]);
    assert!(ran.code == 1 && ran.err.contains("cannot fetch"), "{}{}", ran.out, ran.err);
}

#[test]
fn without_an_address_the_one_of_the_file_is_taken() {
    let world = world("fetch-default");
    let ran = world.run(&["sync"]);
    assert!(ran.code == 1 && ran.err.contains("under `[upstream]` in `spec/sdk.toml`"), "{}", ran.err);
    let new = format!(
        "{DOCUMENT}components: {{schemas: {{Thing: {{type: object, properties: {{id: {{type: string}}}}}}}}}}\n"
    );
    world.write("new.yaml", new);
    let path = world.path("new.yaml").display().to_string();
    world.write("spec/upstream.toml", format!("from = {}\n", serde_json::Value::from(path)));
    let ran = world.run(&["sync", "--dry-run"]);
    assert!(ran.code == 0 && ran.out.contains("types::Thing is new"), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("would become version 0.1.1; nothing was written"), "{}", ran.err);
    let ran = world.run(&["sync"]);
    assert!(ran.code == 0 && world.read("spec/api.yaml").contains("Thing"), "{}", ran.err);
}

#[test]
fn a_compressed_file_is_named_as_such() {
    let address = serve(|mut stream| {
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n\x1f\x8b\x08\x00\x72\x4b",
        );
    });
    let world = world("fetch-gzip");
    let ran = world.run(&["sync", "--from", &format!("http://{address}/api.gz"), "--allow-loopback"]);
    assert!(ran.code == 1 && ran.err.contains("is a compressed file (gzip)"), "{}", ran.err);
}
