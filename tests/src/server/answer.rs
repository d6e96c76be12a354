//! Answers: documented examples or synthesised instances in the declared media type, or whatever a test scripts.

use super::{Answer, Api, Seen};
use crate::document::{Media, Operation, Response, is_json};
use crate::server::body::covers;
use serde_json::{Value, json};
use std::time::Duration;

/// How a call is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With the first success that the document declares, or with 400 and the problems of the request.
    Usual,
    /// With this declared status (`200`, `4XX`, `default`) and media type (the first one when not said). A wrong request is
    /// still answered with 400.
    Declared {
        /// Status key of the document.
        status: String,
        /// Media type of the document.
        media: Option<String>,
        /// Which body: 0 is the documented example where there is one, else and beyond instances of the schema.
        turn: usize,
    },
    /// With exactly this.
    Exact {
        /// Status.
        status: u16,
        /// Header fields.
        headers: Vec<(String, String)>,
        /// Body.
        body: Vec<u8>,
    },
    /// With these bytes, pauses and faults; the connection is closed after them.
    Raw(Vec<Part>),
}

/// A piece of an answer on the wire.
#[derive(Clone, Debug)]
pub enum Part {
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// Nothing for a while.
    Pause(Duration),
    /// The connection is reset.
    Reset,
    /// The connection is closed.
    Close,
}

impl Reply {
    /// A JSON answer.
    pub fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self::Exact { status, headers, body: body.to_string().into_bytes() }
    }

    /// A declared answer.
    pub fn declared(status: &str, media: Option<&str>) -> Self {
        Self::Declared { status: status.to_owned(), media: media.map(str::to_owned), turn: 0 }
    }

    pub(super) fn closes(&self) -> bool {
        matches!(self, Self::Raw(_))
    }
}

/// The answer to a request, and its bytes.
pub(super) fn answer(
    api: &Api,
    operation: Option<&Operation>,
    seen: &Seen,
    reply: &Reply,
) -> (Answer, Vec<Part>) {
    let (status, media, turn) = match reply {
        Reply::Raw(parts) => return (Answer::default(), parts.clone()),
        Reply::Exact { status, headers, body } => return exact(seen, *status, headers, body),
        Reply::Declared { status, media, turn } => (Some(status.as_str()), media.as_deref(), *turn),
        Reply::Usual => (None, None, 0),
    };
    let Some(operation) = operation.filter(|_| seen.problems.is_empty()) else {
        let status = if seen.operation.is_some() { 400 } else { 404 };
        let body = json!({"problems": seen.problems}).to_string();
        return exact(seen, status, &[type_of("application/json")], body.as_bytes());
    };
    let Some(response) = choose(operation, status) else {
        let body = format!("`{}` declares no such response", operation.path);
        return exact(seen, 500, &[type_of("text/plain")], body.as_bytes());
    };
    let mut headers: Vec<(String, String)> = response
        .headers
        .iter()
        .map(|(name, schema)| {
            (name.clone(), schema.as_deref().map_or_else(|| "1".into(), |s| header(api, s)))
        })
        .collect();
    let accept = seen.request.header("accept").unwrap_or("*/*");
    let media = response
        .media
        .iter()
        .find(|candidate| media.is_some_and(|wanted| wanted == candidate.name))
        .or_else(|| response.media.iter().find(|candidate| accepted(accept, candidate)))
        .or(response.media.first());
    let body = media.map(|media| {
        headers.push(type_of(&concrete_media(media)));
        content(api, media, turn)
    });
    exact(seen, number(operation, &response.status), &headers, &body.unwrap_or_default())
}

/// The answer of a token endpoint.
pub(super) fn token(seen: &Seen) -> Vec<Part> {
    let body =
        json!({"access_token": "token-of-the-test", "token_type": "Bearer", "expires_in": 3600}).to_string();
    exact(seen, 200, &[type_of("application/json")], body.as_bytes()).1
}

fn type_of(media: &str) -> (String, String) {
    ("content-type".to_owned(), media.to_owned())
}

fn choose<'a>(operation: &'a Operation, status: Option<&str>) -> Option<&'a Response> {
    let mut responses = operation.responses.iter();
    match status {
        Some(status) => responses.find(|response| response.status == status),
        None => responses
            .clone()
            .find(|response| response.status.starts_with('2'))
            .or_else(|| responses.find(|response| response.status == "default")),
    }
}

/// A status that a key of the document covers; `default` is a failure where a success is declared beside it.
pub fn number(operation: &Operation, key: &str) -> u16 {
    let success = operation.responses.iter().any(|response| response.status.starts_with('2'));
    match key.to_ascii_uppercase().as_str() {
        "DEFAULT" if success => 500,
        "DEFAULT" | "2XX" => 200,
        "3XX" => 300,
        "4XX" => 418,
        "5XX" => 503,
        exact => exact.parse().unwrap_or(200),
    }
}

/// Whether an `accept` header lets a media type through.
pub fn accepted(accept: &str, media: &Media) -> bool {
    accept.split(',').any(|range| covers(&crate::document::essence(range), &media.essence()))
}

fn concrete_media(media: &Media) -> String {
    if media.name.contains('*') { "application/octet-stream".to_owned() } else { media.name.clone() }
}

/// The body in a declared media type.
fn content(api: &Api, media: &Media, turn: usize) -> Vec<u8> {
    let kind = media.essence();
    if is_json(&media.name) {
        return value(api, media, turn).to_string().into_bytes();
    }
    if crate::xml::is_xml(&kind) {
        let written = |value: &Value| {
            crate::xml::carried(&api.document, media.schema.as_deref()?, value).map(|(_, text)| text)
        };
        let turns = (turn..turn + 8).find_map(|turn| written(&value(api, media, turn)));
        return turns.unwrap_or_else(|| "some text".into()).into_bytes();
    }
    let lines = |frame: fn(usize, String) -> String| {
        (0..3).map(|i| frame(i, value(api, media, turn + i).to_string())).collect::<String>().into_bytes()
    };
    match kind.as_str() {
        "text/event-stream" => lines(|i, data| format!("id: {i}\nevent: message\ndata: {data}\n\n")),
        "application/json-seq" => lines(|_, data| format!("\u{1e}{data}\n")),
        "application/jsonl"
        | "application/x-jsonl"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/stream+json"
        | "application/x-json-stream" => lines(|_, data| format!("{data}\n")),
        "text/csv" => example(api, media).unwrap_or_else(|| "id,name\n1,\"a, b\"\n".into()).into_bytes(),
        _ if kind.starts_with("text/") => {
            example(api, media).unwrap_or_else(|| "some text".into()).into_bytes()
        }
        _ => vec![0, 159, 146, 150, b'%', b'P', b'D', b'F'],
    }
}

/// The text of a documented example.
fn example(api: &Api, media: &Media) -> Option<String> {
    let (_, node) = api.document.resolve(&media.pointer)?;
    node.get("example").and_then(Value::as_str).map(str::to_owned)
}

/// The documented example, or one of the instances that fit the schema.
fn value(api: &Api, media: &Media, turn: usize) -> Value {
    let documented = api.document.resolve(&media.pointer).and_then(|(_, node)| {
        let first = node["examples"].as_object().and_then(|all| all.values().next());
        node.get("example").or_else(|| first.and_then(|one| one.get("value"))).cloned()
    });
    let Some(schema) = media.schema.as_deref().filter(|_| documented.is_none() || turn > 0) else {
        return documented.unwrap_or(Value::Null);
    };
    let made = api.instances(schema);
    let fullest = made.accepted.iter().filter(|body| !body.label.starts_with("smallest"));
    fullest.cycle().nth(turn).or(made.accepted.first()).map_or(Value::Null, |body| body.value.clone())
}

fn header(api: &Api, schema: &str) -> String {
    let made = api.instances(schema);
    match made.accepted.first().map(|body| &body.value) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => "1".to_owned(),
    }
}

fn exact(seen: &Seen, status: u16, headers: &[(String, String)], body: &[u8]) -> (Answer, Vec<Part>) {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", if status < 400 { "Fine" } else { "Not so" });
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let empty = status == 204 || status == 304;
    if !empty && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let body = if empty || seen.request.method == "HEAD" { &[] } else { body };
    let media = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let answer = Answer { status, media: media.map(|(_, value)| value.clone()), body: body.to_vec() };
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    (answer, vec![Part::Bytes(bytes)])
}
