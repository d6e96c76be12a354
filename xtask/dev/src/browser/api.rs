//! The API that the page calls: on another port, so that the browser asks it for permission (CORS).

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::http::{Request, respond, serve as listen};

/// What a page of another origin may send and read. A header that is not here fails the call.
const ALLOWED: &str =
    "access-control-allow-origin: *\r\naccess-control-expose-headers: retry-after-ms, x-request-id\r\n";
const ASKED: &str = "access-control-allow-methods: GET, POST\r\n\
                     access-control-allow-headers: accept, api-key, content-type, last-event-id\r\n";

const RUN: &str = r#"{"id":"run_1","workflow":{"workflow_id":"wf_1","snapshot_id":"snap_1","name_at_run_time":"Invoices"},"trigger":{"type":"api"},"lifecycle":{"kind":"completed"}}"#;

/// Serves the API, and returns its URL.
pub(super) fn serve() -> io::Result<String> {
    let busy = Arc::new(AtomicU32::new(0));
    listen(move |request, stream| {
        if request.method == "OPTIONS" {
            return respond(stream, "204 No Content", &format!("{ALLOWED}{ASKED}"), b"");
        }
        let json = format!("{ALLOWED}content-type: application/json\r\nx-request-id: r-1\r\n");
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/v1/workflows/runs/run_1") if request.header("api-key") == "k-123456" => {
                respond(stream, "200 OK", &json, RUN.as_bytes())
            }
            ("GET", "/v1/workflows/runs/busy") if busy.fetch_add(1, Ordering::Relaxed) == 0 => {
                let wait = format!("{json}retry-after-ms: 500\r\n");
                respond(stream, "503 Service Unavailable", &wait, b"{}")
            }
            ("GET", "/v1/workflows/runs/busy") => respond(stream, "200 OK", &json, RUN.as_bytes()),
            ("GET", "/v1/workflows/runs/slow") => {
                std::thread::sleep(Duration::from_secs(20));
                respond(stream, "200 OK", &json, RUN.as_bytes())
            }
            ("GET", "/lines") => pieces(stream, "application/jsonl", ["{\"n\":1}\n", "{\"n\":2}\n"]),
            ("GET", "/events") => {
                pieces(stream, "text/event-stream", ["data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n"])
            }
            ("POST", "/upload") => respond(stream, "200 OK", &json, echo(request).as_bytes()),
            _ => respond(stream, "404 Not Found", &json, br#"{"detail":"not here"}"#),
        }
    })
}

/// What came: media type, length, and the sum of all bytes.
fn echo(request: &Request) -> String {
    let sum: u64 = request.body.iter().map(|byte| u64::from(*byte)).sum();
    let (media, length) = (request.header("content-type"), request.body.len());
    serde_json::json!({ "media": media, "length": length, "sum": sum }).to_string()
}

/// A response in two pieces, with a second between them.
fn pieces(stream: &mut TcpStream, media: &str, pieces: [&str; 2]) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n{ALLOWED}content-type: {media}\r\nconnection: close\r\n\r\n")?;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            std::thread::sleep(Duration::from_secs(1));
        }
        stream.write_all(piece.as_bytes())?;
        stream.flush()?;
    }
    Ok(())
}
