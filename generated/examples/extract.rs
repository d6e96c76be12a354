//! Uploads a PDF, and extracts what a struct of this program describes.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example extract -- invoice.pdf
//! ```
//!
//! Without `RETAB_API_KEY` it talks to a small server on this machine that answers as the API's documentation does.

#[path = "support/demo.rs"]
mod demo;

use retab::types::ExtractionRequest;
use retab::{Client, Upload};
use schemars::{JsonSchema, schema_for};
use serde::Deserialize;

/// What is wanted of an invoice. The comments of the fields become descriptions in the schema, which the model reads.
#[derive(Debug, Deserialize, JsonSchema)]
struct Invoice {
    /// The amount to pay, with taxes.
    total: f64,
    /// The currency of the total, by its code of ISO 4217.
    currency: String,
}

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

    let request = ExtractionRequest::new(document, schema_for!(Invoice)).instructions("Amounts have a decimal point.");
    let extraction = client.extractions().create(request).await?;

    // The output is JSON that follows the schema, and so becomes the struct again.
    let invoice: Invoice = serde_json::from_value(extraction.output.into())?;
    println!("{}: {} {}", extraction.file.filename, invoice.total, invoice.currency);
    Ok(())
}
