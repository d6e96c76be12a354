//! Lists the runs of a workflow over all pages, and stops those that are still running.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example cancel_runs -- wf_abc123xyz
//! ```
//!
//! Without `RETAB_API_KEY` it talks to a small server on this machine that answers as the API's documentation does.

#[path = "support/demo.rs"]
mod demo;

use retab::Client;
use retab::types::WorkflowsRunsListStatus;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let workflow_id = std::env::args().nth(1).unwrap_or_else(|| "wf_abc123xyz".to_owned());
    let client = match std::env::var_os("RETAB_API_KEY") {
        Some(_) => Client::from_env()?,
        None => Client::builder().base_url(demo::serve()?).api_key("demo").build()?,
    };

    // A page is fetched when the one before it has been read.
    let mut running = client.workflows().runs().list().workflow_id(workflow_id).status(WorkflowsRunsListStatus::Running).items();
    while let Some(run) = running.try_next().await? {
        let cancelled = client.workflows().runs().cancel(&run.id).await?;
        println!("{}: {}", run.id, cancelled.run.lifecycle.kind());
    }
    Ok(())
}
