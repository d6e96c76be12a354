//! What is seen of calls by `tracing`.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Once;

use http::HeaderValue;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::mini::{Client, Get, Watch};
use crate::runtime::error::TransportErrorKind;
use crate::runtime::prelude::*;
use crate::runtime::testing::{Canned, mock};

thread_local! {
    /// What happens on this thread, once somebody wants to know.
    static PAPER: RefCell<Option<String>> = const { RefCell::new(None) };
    /// The names of the spans that are entered.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

fn note(text: std::fmt::Arguments<'_>) {
    PAPER.with_borrow_mut(|paper| {
        if let Some(paper) = paper {
            paper.write_fmt(text).unwrap();
        }
    });
}

/// Writes down all spans and events. It is the subscriber of the whole process: one that is there for a while only
/// would miss what other threads met before.
struct Pen;

impl Visit for Pen {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        note(format_args!(" {field}={value:?}"));
    }
}

impl Subscriber for Pen {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        note(format_args!("\nspan {}", span.metadata().name()));
        span.record(&mut Self);
        Id::from_u64(if span.metadata().name() == "call" { 1 } else { 2 })
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        note(format_args!("\nrecord"));
        values.record(&mut Self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        note(format_args!("\nevent"));
        event.record(&mut Self);
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.into_u64()));
    }

    fn exit(&self, _: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.pop());
    }
}

/// Begins to write down what happens on this thread.
pub(super) fn begin() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Pen).unwrap());
    PAPER.set(Some(String::new()));
}

/// What has happened.
pub(super) fn written() -> String {
    PAPER.take().unwrap()
}

/// The lines of spans and what was recorded about them.
fn spans(written: &str) -> Vec<&str> {
    written.lines().filter(|line| line.starts_with("span") || line.starts_with("record")).collect()
}

#[tokio::test]
async fn spans_have_the_names_of_open_telemetry() {
    begin();
    let found = Canned::json(200, r#"{"id":"x"}"#).header("x-request-id", "r-1");
    let client: Client = mock().on(Get).fails(503, ()).responds(found).client();
    client.things().get("secret id").await.unwrap();
    let written = written();
    let same = r#"operation="things.get" http.request.method="GET" url.template="/v1/things/{id}""#;
    let attempt = format!(
        r#"span attempt otel.name=GET /v1/things/{{id}} otel.kind="client" {same} server.address="mock.test" server.port=443"#
    );
    assert_eq!(
        spans(&written),
        [
            format!(r#"span call otel.name="things.get" otel.kind="internal" {same}"#).as_str(),
            &attempt,
            "record http.response.status_code=503",
            r#"record otel.status_code="ERROR""#,
            r#"record error.type="503""#,
            &format!("{attempt} http.request.resend_count=1"),
            "record http.response.status_code=200",
            r#"record request_id="r-1""#,
            "record attempts=2",
            "record http.response.status_code=200",
            r#"record request_id="r-1""#,
        ]
    );
    assert!(!written.contains("secret"), "{written}");
}

#[tokio::test]
async fn errors_have_a_type() {
    for (kind, expected) in
        [(TransportErrorKind::Timeout, "timeout"), (TransportErrorKind::TurnedAway, "turnedaway")]
    {
        begin();
        let client: Client = mock().on(Get).breaks(kind).always().client();
        client.things().get("x").await.unwrap_err();
        let written = written();
        let said = format!("record error.type=\"{expected}\"");
        assert_eq!(spans(&written).iter().filter(|line| **line == said).count(), 4, "{written}");
    }
    begin();
    let client: Client = mock().on(Get).returns_json("no thing").on(Watch).fails(404, ()).client();
    client.things().get("x").await.unwrap_err();
    client.things().get("").await.unwrap_err();
    client.things().lines().await.unwrap_err();
    let written = written();
    for kind in ["decode", "request", "404"] {
        assert!(written.contains(&format!("error.type=\"{kind}\"")), "{kind}: {written}");
    }
}

#[tokio::test]
async fn the_context_of_a_trace_goes_along_with_each_attempt() {
    begin();
    let mock = mock().on(Get).fails(503, ()).returns_json(serde_json::json!({ "id": "x" }));
    let builder = mock.builder::<Client>().propagate(|headers| {
        let entered = ENTERED.with_borrow(|entered| entered.clone());
        headers.insert("traceparent", HeaderValue::from_str(&format!("{entered:?}")).unwrap());
    });
    builder.build().unwrap().things().get("x").with_header("traceparent", "stale").await.unwrap();
    let sent = mock.requests();
    // Inside of the span of the attempt, which is inside of that of the call.
    assert_eq!((sent[0].header("traceparent"), sent[1].header("traceparent")), ("[1, 2]", "[1, 2]"));
    PAPER.take();
}
