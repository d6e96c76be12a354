//! What can go wrong with a call, and what the error says about it.
//!
//! ```text
//! cargo run --example errors
//! ```
//!
//! It talks to a small server on this machine, and to nobody else.

#[path = "support/demo.rs"]
mod demo;

use std::time::Duration;

use retab::prelude::*;
use retab::types::{ExtractionRequest, HttpValidationError};
use retab::{Client, Error, RetryPolicy, Upload};
use serde_json::json;

/// What a program does about an error, by what kind it is.
fn told(error: &Error) -> String {
    if error.is_not_found() {
        return format!("not there: {error}");
    }
    if error.is_rate_limited() {
        return format!("asked to wait for {:?} ({} left)", error.retry_after(), left(error));
    }
    // The body, as the document describes it for this status.
    if let Some(body) = error.as_api().and_then(|error| error.body::<HttpValidationError>()) {
        let problems: Vec<&str> = body.detail.iter().map(|problem| problem.msg.as_str()).collect();
        return format!("refused: {}", problems.join(", "));
    }
    if error.is_timeout() || error.is_connect() {
        return format!("no server after {} attempts; may be tried again: {}", error.attempts(), error.is_retryable());
    }
    match error {
        // Nothing was sent: an argument is wrong.
        Error::Request(error) => format!("a mistake of this program: {error}"),
        // A response came that is not what the document says.
        Error::Decode(error) => format!("not understood: {error}, {} bytes", error.raw_body().len()),
        other => format!("{other} (request id {:?})", other.request_id()),
    }
}

fn left(error: &Error) -> String {
    let remaining = error.rate_limit().and_then(|limit| limit.remaining);
    remaining.map_or_else(|| "unknown".to_owned(), |count| count.to_string())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(demo::serve()?).api_key("demo").build()?;
    let runs = client.workflows().runs();

    for call in [runs.get("run_gone"), runs.get("run_busy").with_retry(RetryPolicy::never()), runs.get("")] {
        match call.await {
            Ok(run) => println!("{}", run.id),
            Err(error) => println!("{}", told(&error)),
        }
    }

    let request = ExtractionRequest::new(Upload::bytes("notes.txt", "no PDF"), json!({ "type": "object" }));
    if let Err(error) = client.extractions().create(request).await {
        println!("{}", told(&error));
    }

    // Nobody listens there.
    let policy = RetryPolicy::new().with_max_attempts(2).with_backoff(Duration::from_millis(1), Duration::from_millis(1));
    let client = Client::builder().base_url("http://127.0.0.1:1").api_key("demo").retry(policy).build()?;
    if let Err(error) = client.workflows().list().await {
        println!("{}", told(&error));
    }
    Ok(())
}
