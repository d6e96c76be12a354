//! The tests that code around the SDK has first: what it does with a response, with an error, and with a server that is busy.

use retab::testing::mock;
use retab::types::{self, args};
use retab::workflows::runs;
use retab::{Client, Error};

/// The code that is tested: the state of a run, if there is such a run.
async fn state(client: &Client, run_id: &str) -> Result<Option<String>, Error> {
    match client.workflows().runs().get(run_id).await {
        Ok(run) => Ok(Some(run.lifecycle.kind().to_owned())),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// A run as the server gives it.
fn run() -> types::WorkflowRun {
    let names = args::WorkflowSnapshotRef { workflow_id: "wf_1", snapshot_id: "snap_1", name_at_run_time: "Invoices" };
    let workflow = types::WorkflowSnapshotRef::new(names);
    types::WorkflowRun::new("run_1", workflow, types::ApiTrigger::new()).lifecycle(types::CompletedTerminal::new())
}

#[tokio::test]
async fn a_run_has_a_state() {
    let client: Client = mock().on(runs::Get).returns(run()).client();
    assert_eq!(state(&client, "run_1").await.unwrap().as_deref(), Some("completed"));
}

#[tokio::test]
async fn a_run_that_is_not_there_has_none() {
    let client: Client = mock().on(runs::Get).fails(404, ()).client();
    assert_eq!(state(&client, "run_1").await.unwrap(), None);
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let mock = mock().on(runs::Get).fails(503, ()).returns(run());
    assert!(state(&mock.client(), "run_1").await.unwrap().is_some());
    assert_eq!(mock.requests().len(), 2);
}

/// What the README shows is what is here.
#[test]
fn the_readme_shows_these_tests() {
    let (ours, readme) = (include_str!("mocks.rs"), include_str!("../README.md"));
    for (begin, least) in [("use retab::testing::mock;", 8), ("#[tokio::test]", 15)] {
        let (_, block) = readme.split_once(&format!("```rust,ignore\n{begin}")).unwrap();
        let block = block.split("```").next().unwrap();
        assert!(block.lines().count() > least);
        for line in block.lines().skip(1) {
            assert!(ours.lines().any(|own| own == line), "not here: {line}");
        }
    }
}
