//! Tests code that calls the API, without a network: responses are planned by operation.
//!
//! ```text
//! cargo run --example mock
//! ```
//!
//! It needs the feature `testing`, which belongs into `[dev-dependencies]`. [`tests/mocks.rs`](../tests/mocks.rs) has the same as `#[tokio::test]`.

use retab::testing::mock;
use retab::types::{ExtractionRequest, WorkflowRun};
use retab::workflows::runs;
use retab::{Client, Error, Upload, extractions};
use serde_json::json;

/// The code that is tested: how a run ended, and the total of the document that it worked on.
async fn summary(client: &Client, run_id: &str) -> Result<String, Error> {
    let run = match client.workflows().runs().get(run_id).await {
        Err(error) if error.is_not_found() => return Ok("no such run".to_owned()),
        run => run?,
    };
    let request = ExtractionRequest::new(Upload::bytes("invoice.pdf", "%PDF-"), json!({ "type": "object" }));
    let extraction = client.extractions().create(request).await?;
    Ok(format!("{}, total {}", run.lifecycle.kind(), extraction.output["total"]))
}

/// A run as the server gives it.
fn run() -> WorkflowRun {
    let run = json!({
        "id": "run_1",
        "workflow": { "workflow_id": "wf_1", "snapshot_id": "snap_1", "name_at_run_time": "Invoices" },
        "trigger": { "type": "api" },
        "lifecycle": { "kind": "completed" },
    });
    serde_json::from_value(run).expect("a run has these properties")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mock = mock();
    mock.on(runs::Get).when(|request| request.path().ends_with("/run_1")).fails(503, ()).returns(run());
    mock.on(runs::Get).when(|request| request.path().ends_with("/run_2")).fails(404, json!({ "detail": "no such run" }));
    mock.on(extractions::Create).returns_json(json!({
        "id": "extr_1", "model": "retab-small", "json_schema": {}, "output": { "total": 12.5 },
        "file": { "id": "file_1", "filename": "invoice.pdf", "mime_type": "application/pdf" },
    }));
    let client = mock.client();

    // The first attempt is answered with 503, and the SDK tries again.
    println!("{}", summary(&client, "run_1").await?);
    println!("{}", summary(&client, "run_2").await?);
    for request in mock.requests() {
        println!("{} {}", request.operation(), request.path());
    }
    Ok(())
}
