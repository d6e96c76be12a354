//! A loopback server with the answers of the API's documentation, so that the examples run without a key.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

const RUN: &str = r#"{
  "id": "run_abc123xyz",
  "workflow": {"workflow_id": "wf_abc123xyz", "snapshot_id": "snap_abc123", "name_at_run_time": "Invoice Processing"},
  "trigger": {"type": "api"},
  "lifecycle": {"kind": "completed"},
  "timing": {
    "created_at": "2024-01-15T10:30:00Z", "started_at": "2024-01-15T10:30:00Z",
    "completed_at": "2024-01-15T10:30:15Z", "human_waiting_started_at": null,
    "accumulated_human_waiting_ms": 0, "duration_ms": 15000, "active_duration_ms": 15000
  },
  "inputs": {
    "documents": {"start-block-1": {"id": "file_123", "filename": "invoice.pdf", "mime_type": "application/pdf"}},
    "json_data": {}
  }
}"#;

const STEPS: &str = r#"[{
  "run_id": "run_abc123xyz", "organization_id": "org_123", "block_id": "extract-1", "step_id": "extract-1",
  "block_type": "extract", "block_label": "Extract", "status": "completed"
}]"#;

const STEP: &str = r#"{
  "block_id": "extract-1", "step_id": "extract-1", "block_type": "extract", "block_label": "Extract",
  "status": "completed", "artifact": {"operation": "parse", "id": "prs_1"},
  "handle_outputs": {"output-json-0": {"type": "json", "data": {"total": 12.5}}}
}"#;

const ARTIFACT: &str = r#"{
  "operation": "parse", "id": "prs_1", "file": {"id": "file_123", "filename": "invoice.pdf", "mime_type": "application/pdf"},
  "model": "retab-small", "table_parsing_format": "html", "image_resolution_dpi": 192,
  "output": {"pages": ["Total 12.50"], "text": "Total 12.50"}
}"#;

const NOT_FOUND: &str = r#"{"detail": "not found"}"#;

/// Starts the server on a free port and gives its base URL. It lives as long as the program.
pub fn serve() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away in the middle is no reason to stop.
            let _ = answer(stream);
        }
    });
    Ok(url)
}

fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (status, body) = match parts.as_slice() {
        ["v1", "workflows", "runs", _] => ("200 OK", RUN),
        ["v1", "workflows", "runs", _, "steps"] => ("200 OK", STEPS),
        ["v1", "workflows", "runs", _, "steps", _] => ("200 OK", STEP),
        ["v1", "workflows", "artifacts", _, _] => ("200 OK", ARTIFACT),
        _ => ("404 Not Found", NOT_FOUND),
    };
    let length = body.len();
    write!(
        &stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
