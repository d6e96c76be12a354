//! Encrypted calls to a server whose certificate is its own.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{self, ServerConfig, SupportedProtocolVersion};

use super::mini::{Client, NewThing};
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::retry::RetryPolicy;

/// Port of an encrypted server for `name`, and its certificate.
async fn serve(name: &str) -> (u16, Vec<u8>) {
    serve_to(name, None, rustls::ALL_VERSIONS, "http/1.1").await
}

/// The same of a server that wants clients to have a certificate by this authority.
async fn serve_to(
    name: &str,
    clients: Option<CertificateDer<'static>>,
    versions: &[&'static SupportedProtocolVersion],
    protocol: &str,
) -> (u16, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let root = certificate.to_vec();
    let provider = Arc::new(default_provider());
    let config =
        ServerConfig::builder_with_provider(provider.clone()).with_protocol_versions(versions).unwrap();
    let config = match clients {
        None => config.with_no_client_auth(),
        Some(authority) => {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(authority).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            config.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let mut config = config.with_single_cert(vec![certificate], key.into()).unwrap();
    config.alpn_protocols = vec![protocol.into()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust the certificate goes away here.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            assert!(request.starts_with(b"GET /v1/things/x "), "{}", String::from_utf8_lossy(&request));
            let response =
                b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{\"id\":\"x\"}";
            stream.write_all(response).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (port, root)
}

fn builder(port: u16) -> Builder<Client> {
    let url = format!("https://localhost:{port}");
    Client::builder().base_url(url).api_key("k-123456").retry(RetryPolicy::never())
}

async fn refusal(client: &Client) -> TransportErrorKind {
    let error = client.things().get("x").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    transport.kind()
}

/// The client by default, and the one of `reqwest` with the same settings.
fn both(builder: impl Fn() -> Builder<Client>) -> [Client; 2] {
    [builder(), builder().configure_http(|http| http)].map(|builder| builder.build().unwrap())
}

#[tokio::test]
async fn a_root_of_ones_own_is_trusted() {
    let (port, root) = serve("localhost").await;
    for root in [root.clone(), pem("CERTIFICATE", &root).into_bytes()] {
        for client in both(|| builder(port).root_certificate(root.as_slice())) {
            assert_eq!(client.things().get("x").await.unwrap().id, "x");
        }
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    for wrong in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = builder(1).root_certificate(wrong).build().unwrap_err();
        assert!(error.to_string().contains("see the proxy and the certificates"), "{wrong}: {error}");
    }
    let error = builder(1).client_certificate("nonsense").build().unwrap_err();
    assert!(error.to_string().contains("see the proxy and the certificates"), "{error}");
}

fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_is_shown_one() {
    let made = rcgen::generate_simple_self_signed(["clients".to_owned()]).unwrap();
    let own = made.cert.der().clone();
    let identity = pem("CERTIFICATE", &own) + &pem("PRIVATE KEY", &made.signing_key.serialize_der());
    let (port, root) = serve_to("localhost", Some(own), rustls::ALL_VERSIONS, "http/1.1").await;
    for client in
        both(|| builder(port).root_certificate(root.as_slice()).client_certificate(identity.as_str()))
    {
        assert_eq!(client.things().get("x").await.unwrap().id, "x");
    }
}

/// A proxy that lets everybody through to this port, whatever host they ask for.
async fn tunnel(to: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            assert!(
                request.starts_with(b"CONNECT api.invalid:8443 "),
                "{}",
                String::from_utf8_lossy(&request)
            );
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let mut server = tokio::net::TcpStream::connect(("127.0.0.1", to)).await.unwrap();
            let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
        }
    });
    url
}

#[tokio::test]
async fn a_call_through_the_tunnel_of_a_proxy() {
    let (port, root) = serve("api.invalid").await;
    let proxy = tunnel(port).await;
    let builder = || {
        let builder = Client::builder().base_url("https://api.invalid:8443").api_key("k-123456");
        builder.retry(RetryPolicy::never()).proxy(proxy.as_str()).root_certificate(root.as_slice())
    };
    for client in both(builder) {
        assert_eq!(client.things().get("x").await.unwrap().id, "x");
    }
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_refused() {
    let (port, _) = serve("localhost").await;
    for client in both(|| builder(port)) {
        assert_eq!(refusal(&client).await, TransportErrorKind::Tls);
    }
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let (port, root) = serve("elsewhere.invalid").await;
    for client in both(|| builder(port).root_certificate(root.as_slice())) {
        assert_eq!(refusal(&client).await, TransportErrorKind::Tls);
    }
}

/// In TLS 1.3 the server says so when the client has long begun to send.
#[tokio::test]
async fn a_client_without_the_certificate_that_the_server_wants_is_told_so() {
    let authority = rcgen::generate_simple_self_signed(["clients".to_owned()]).unwrap().cert.der().clone();
    let protocols = if cfg!(feature = "http2") { &["http/1.1", "h2"][..] } else { &["http/1.1"] };
    for (version, protocol) in [&rustls::version::TLS12, &rustls::version::TLS13]
        .iter()
        .flat_map(|version| protocols.iter().map(move |protocol| (*version, *protocol)))
    {
        for _ in 0..20 {
            let (port, root) = serve_to("localhost", Some(authority.clone()), &[version], protocol).await;
            let client = builder(port).root_certificate(root).build().unwrap();
            let error = client.things().create(NewThing::new("n")).await.unwrap_err();
            let Error::Transport(transport) = &error else { panic!("{error:?}") };
            assert_eq!(transport.kind(), TransportErrorKind::Tls, "{version:?} {protocol}: {error:?}");
            assert!(transport.never_sent() && error.to_string().contains("ertificate"), "{error}");
        }
    }
}
