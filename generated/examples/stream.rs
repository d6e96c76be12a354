//! Reads an extraction while it is made: one value per line of the response.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example stream -- invoice.pdf
//! ```
//!
//! Without `RETAB_API_KEY` it talks to a small server on this machine that answers as the API's documentation does.

#[path = "support/demo.rs"]
mod demo;

use std::io::Write;

use retab::types::ExtractionRequest;
use retab::{Client, Upload};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = match std::env::var_os("RETAB_API_KEY") {
        Some(_) => Client::from_env()?,
        None => Client::builder().base_url(demo::serve()?).api_key("demo").build()?,
    };
    let document = match std::env::args().nth(1) {
        Some(path) => Upload::from_path(path),
        None => Upload::bytes("invoice.pdf", demo::invoice()),
    };
    let schema = json!({ "type": "object", "properties": { "total": { "type": "number" }, "currency": { "type": "string" } } });

    let mut chunks = client.extractions().create_stream(ExtractionRequest::new(document, schema)).await?;
    while let Some(chunk) = chunks.try_next().await? {
        for choice in chunk.choices {
            print!("{}", choice.delta.content.unwrap_or_default());
            std::io::stdout().flush()?;
        }
    }
    println!();
    Ok(())
}
