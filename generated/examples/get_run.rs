//! Follows one workflow run: how it stands, how long it took, what each step gave.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example get_run -- run_abc123xyz
//! ```
//!
//! Without `RETAB_API_KEY` it talks to a small server on this machine that answers as the API's documentation does.

#[path = "support/demo.rs"]
mod demo;

use std::time::Duration;

use retab::Client;
use retab::types::RunLifecycle;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let run_id = std::env::args().nth(1).unwrap_or_else(|| "run_abc123xyz".to_owned());
    let client = match std::env::var_os("RETAB_API_KEY") {
        Some(_) => Client::from_env()?,
        None => Client::builder().base_url(demo::serve()?).api_key("demo").build()?,
    };

    let run = client.workflows().runs().get(&run_id).await?;
    match &run.lifecycle {
        RunLifecycle::Completed(_) => match run.timing.as_ref().and_then(|timing| timing.duration_ms) {
            Some(ms) => println!("{} took {ms} ms", run.id),
            None => println!("{} is completed", run.id),
        },
        RunLifecycle::Error(error) => println!("{} failed: {}", run.id, error.message),
        other => println!("{} is still {}", run.id, other.kind()),
    }

    // A run that has not ended yet is waited for; this one has.
    let run = client.workflows().runs().wait(&run.id).with_timeout(Duration::from_secs(300)).await?;

    for step in client.workflows().runs().steps().list(&run.id).await? {
        let step = client.workflows().runs().steps().get(&run.id, &step.block_id).await?;
        println!("{} ({}): {}", step.block_label, step.block_type, step.status);
        for (handle, payload) in step.handle_outputs.iter().flatten() {
            println!("  {handle}: {payload:?}");
        }
        if let Some(at) = &step.artifact {
            let artifact = client.workflows().artifacts().get(at.operation.clone(), &at.id).await?;
            println!("  artifact {}: {}", at.id, artifact.kind());
        }
    }
    Ok(())
}
