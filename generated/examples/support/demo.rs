//! A loopback server with the answers of the API's documentation, so that the examples run without a key.

#![allow(dead_code, reason = "no example needs all of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};

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

const CHUNKS: [&str; 3] = [r#"{"total": 1"#, r#"2.5, "currency""#, r#": "EUR"}"#];

/// A PDF with a page that says how much is due.
pub fn invoice() -> Vec<u8> {
    let text = "BT /F1 24 Tf 72 720 Td (Total 12.50 EUR) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let (mut pdf, mut table) = (String::from("%PDF-1.4\n"), String::from("0000000000 65535 f \n"));
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (pdf.len(), objects.len() + 1);
    pdf += &format!("xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    pdf.into_bytes()
}

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

/// Reads a request, and writes the response to it.
fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(&stream);
    let (mut request, mut length) = (String::new(), 0);
    reader.read_line(&mut request)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, headers, body) = respond(method, target, &serde_json::from_slice(&body).unwrap_or_default());
    let length = body.len();
    write!(&stream, "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

/// Status, headers and body of the response.
fn respond(method: &str, target: &str, body: &Value) -> (&'static str, &'static str, String) {
    const JSON: &str = "content-type: application/json\r\n";
    const BUSY: &str = "content-type: application/json\r\nretry-after: 2\r\nx-ratelimit-limit: 60\r\nx-ratelimit-remaining: 0\r\n";
    const LINES: &str = "content-type: application/stream+json\r\n";
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (status, body) = match (method, parts.as_slice()) {
        ("GET", ["v1", "workflows", "runs"]) => ("200 OK", runs(query).to_string()),
        ("GET", ["v1", "workflows", "runs", "run_busy"]) => return ("429 Too Many Requests", BUSY, detail("slow down")),
        ("GET", ["v1", "workflows", "runs", "run_gone"]) => ("404 Not Found", detail("no such run")),
        ("GET", ["v1", "workflows", "runs", _]) => ("200 OK", RUN.to_owned()),
        ("POST", ["v1", "workflows", "runs", id, "cancel"]) => ("200 OK", json!({ "run": run(id, "cancelled") }).to_string()),
        ("GET", ["v1", "workflows", "runs", _, "steps"]) => ("200 OK", STEPS.to_owned()),
        ("GET", ["v1", "workflows", "runs", _, "steps", _]) => ("200 OK", STEP.to_owned()),
        ("GET", ["v1", "workflows", "artifacts", _, _]) => ("200 OK", ARTIFACT.to_owned()),
        ("POST", ["v1", "extractions"]) => match refusal(body) {
            Some(why) => ("422 Unprocessable Entity", why.to_string()),
            None => ("200 OK", extraction(body).to_string()),
        },
        ("POST", ["v1", "extractions", "stream"]) => return ("200 OK", LINES, CHUNKS.map(chunk).concat()),
        _ => ("404 Not Found", detail("not found")),
    };
    (status, JSON, body)
}

fn detail(text: &str) -> String {
    json!({ "detail": text }).to_string()
}

fn run(id: &str, kind: &str) -> Value {
    let mut run: Value = serde_json::from_str(RUN).unwrap_or_default();
    (run["id"], run["lifecycle"]["kind"]) = (json!(id), json!(kind));
    run
}

/// Two pages of runs that are running.
fn runs(query: &str) -> Value {
    let (ids, after) = match query.contains("after=") {
        true => (["run_3", "run_4"], None),
        false => (["run_1", "run_2"], Some("run_2")),
    };
    json!({ "data": ids.map(|id| run(id, "running")), "list_metadata": { "before": null, "after": after } })
}

/// What the API says about a document that is no PDF, or is not there.
fn refusal(body: &Value) -> Option<Value> {
    // base64 of `%PDF-`
    let url = body["document"]["url"].as_str().unwrap_or_default();
    let is_pdf = url.starts_with("data:application/pdf;base64,JVBERi0");
    let problem = json!({ "loc": ["body", "document", "url"], "msg": "not a PDF", "type": "value_error" });
    (!is_pdf).then(|| json!({ "detail": [problem] }))
}

/// An extraction by the schema of the request: each property that it names.
fn extraction(body: &Value) -> Value {
    let known = json!({ "total": 12.5, "currency": "EUR", "due": null });
    let wanted = body["json_schema"]["properties"].as_object();
    let output: serde_json::Map<String, Value> =
        wanted.into_iter().flatten().map(|(name, _)| (name.clone(), known[name].clone())).collect();
    json!({
        "id": "extr_1", "model": "retab-small", "json_schema": body["json_schema"], "output": output,
        "file": { "id": "file_123", "filename": body["document"]["filename"], "mime_type": "application/pdf" },
    })
}

/// A line of a stream, with the next part of the text.
fn chunk(text: &str) -> String {
    let choice = json!({ "index": 0, "delta": { "content": text } });
    let chunk = json!({
        "id": "chunk_1", "object": "chat.completion.chunk", "created": 1_705_314_600, "model": "retab-small", "choices": [choice],
    });
    format!("{chunk}\n")
}
