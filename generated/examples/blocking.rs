//! Calls without `async`: single calls, all pages of a list, and a stream.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example blocking
//! ```
//!
//! It needs the feature `blocking`. Without `RETAB_API_KEY` it talks to a small server on this machine that answers as the API's
//! documentation does.

#[path = "support/demo.rs"]
mod demo;

use retab::prelude::*;
use retab::types::ExtractionRequest;
use retab::{Client, Upload, blocking};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = match std::env::var_os("RETAB_API_KEY") {
        Some(_) => Client::from_env()?,
        None => Client::builder().base_url(demo::serve()?).api_key("demo").build()?,
    };

    for run in client.workflows().runs().list().limit(2).items().blocking() {
        println!("{}", run?.id);
    }

    let run = client.workflows().runs().get("run_abc123xyz").send_blocking()?;
    println!("{} is {}", run.id, run.lifecycle.kind());

    let request = ExtractionRequest::new(Upload::bytes("invoice.pdf", demo::invoice()), json!({ "type": "object" }));
    let mut size = 0;
    for chunk in blocking::iter(client.extractions().create_stream(request).send_blocking()?) {
        size += chunk?.choices.iter().filter_map(|choice| choice.delta.content.as_deref()).map(str::len).sum::<usize>();
    }
    println!("{size} bytes of text");
    Ok(())
}
