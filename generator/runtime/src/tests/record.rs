//! Recordings: what they hold, and what they do not.

use std::io;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::mini::{Client, NewThing};
use crate::runtime::record::Recorder;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::Method;
use crate::runtime::testing::{Canned, InMemory};

/// A writer whose text can be looked at.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn entries(&self) -> Vec<Value> {
        let archive: Value = serde_json::from_str(&self.text()).unwrap();
        assert_eq!(archive["log"]["version"], "1.2");
        archive["log"]["entries"].as_array().unwrap().clone()
    }
}

const KEY: &str = "key-of-the-test-1234";

fn client(recorder: &Recorder, responses: impl IntoIterator<Item = Canned>) -> Client {
    let transport = InMemory::new();
    for response in responses {
        transport.answer(response);
    }
    Client::builder()
        .api_key(KEY)
        .transport(transport)
        .record(recorder)
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

fn text(entry: &Value) -> Value {
    serde_json::from_str(entry["response"]["content"]["text"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn an_exchange_is_recorded_without_its_secrets() {
    let out = Shared::default();
    let recorder = Recorder::to_writer(out.clone()).secrets(["ssn"]);
    let body = json!({"id": "t1", "echo": format!("you sent {KEY}"), "token": "abc", "nested": {"clientSecret": ["x", 7]}, "ssn": "1", "plain": "y"});
    let response = Canned::json(200, body.to_string())
        .header("set-cookie", "session=s3cr3t")
        .header("x-request-id", "r-7")
        .header("x-ratelimit-remaining-requests", "41")
        .header("x-ratelimit-user", "s3cr3t");
    let client = client(&recorder, [response]);
    let call = client.request(Method::GET, "/things/t1?limit=5&password=hunter2&deep=true").bytes();
    call.await.unwrap();
    recorder.finish().unwrap();
    let entries = out.entries();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(
        entry["request"]["url"],
        "https://api.example.com/things/t1?limit=5&password=[redacted]&deep=true"
    );
    let expected = json!({"id": "t1", "echo": "you sent [redacted]", "token": "[redacted]", "nested": {"clientSecret": ["[redacted]", 0]}, "ssn": "[redacted]", "plain": "y"});
    assert_eq!(text(entry), expected);
    for (name, shown) in [
        ("x-request-id", "r-7"),
        ("x-ratelimit-remaining-requests", "41"),
        ("x-ratelimit-user", "[redacted]"),
    ] {
        let headers = entry["response"]["headers"].as_array().unwrap();
        let header = headers.iter().find(|header| header["name"] == name).unwrap();
        assert_eq!(header["value"], shown, "{name}");
    }
    for secret in [KEY, "hunter2", "s3cr3t", "abc"] {
        assert!(!out.text().contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn requests_streams_and_failures_are_recorded() {
    let out = Shared::default();
    let recorder = Recorder::to_writer(out.clone()).max_body_bytes(100);
    let long = json!({"x": "y".repeat(200)}).to_string();
    let events =
        "event: a\ndata: {\"token\": \"abc\"}\n\ndata: [DONE]\n\ndata: something that is not JSON at all\n\n";
    let responses = [
        Canned::json(201, r#"{"id": "t1", "name": "n"}"#),
        Canned::json(200, long),
        Canned::body(200, "text/html", "<p>hello</p>"),
        Canned::body(200, "text/event-stream", events),
        Canned::status(204),
    ];
    let client = client(&recorder, responses);
    client.things().create(NewThing::new("n")).await.unwrap();
    for _ in 0..4 {
        client.request(Method::GET, "/x").bytes().await.unwrap();
    }
    client.request(Method::GET, "/x").bytes().await.unwrap_err();
    recorder.finish().unwrap();
    let entries = out.entries();
    assert_eq!(entries.len(), 6);
    let content = |at: usize| &entries[at]["response"]["content"];
    let posted: Value =
        serde_json::from_str(entries[0]["request"]["postData"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(posted["name"], "n");
    assert_eq!(
        (&content(1)["text"], &content(1)["comment"]),
        (&Value::Null, &json!("truncated, so not recorded"))
    );
    assert_eq!((&content(2)["text"], &content(2)["size"]), (&Value::Null, &json!(12)));
    let cut = content(3)["text"].as_str().unwrap();
    assert!(
        cut.contains("event: a\ndata: {\"token\":\"[redacted]\"}\n\ndata: [DONE]\n")
            && !cut.contains("something"),
        "{cut}"
    );
    assert_eq!((&entries[4]["response"]["status"], &content(4)["size"]), (&json!(204), &json!(0)));
    assert_eq!(entries[5]["response"]["status"], 0);
}

#[tokio::test]
async fn a_file_is_complete_after_each_exchange() {
    let path = std::env::temp_dir().join(format!("record-{}.har", std::process::id()));
    let recorder = Recorder::to_file(&path).unwrap();
    let client = client(&recorder, [Canned::json(200, "{}"), Canned::json(200, "[]")]);
    for count in 1..=2 {
        client.request(Method::GET, "/x").bytes().await.unwrap();
        let archive: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(archive["log"]["entries"].as_array().unwrap().len(), count);
    }
    recorder.finish().unwrap();
    std::fs::remove_file(&path).unwrap();
}

/// A writer that fails.
struct Full;

impl io::Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("no space left"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_recorder_that_cannot_write_fails_no_call() {
    let recorder = Recorder::to_writer(Full);
    let client = client(&recorder, [Canned::json(200, "{}")]);
    client.request(Method::GET, "/x").bytes().await.unwrap();
    assert_eq!(recorder.finish().unwrap_err().to_string(), "no space left");
}
