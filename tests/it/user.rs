//! The Retab SDK as its users write it: the ways of calling that the documentation promises, against the server that reads the
//! document. No crate of stream helpers is needed for any of it.

#![expect(deprecated, reason = "deprecated operations must work too")]

use std::time::Duration;

use futures_core::Stream;
use retab::prelude::*;
use retab::runtime::model::Upload;
use retab::runtime::retry::RetryPolicy;
use retab::runtime::wait::Wait;
use retab::types::{self, RunLifecycle, StepExecutionsBatchRequest, WorkflowsRunsListStatus};
use retab::{Client, Error};
use serde_json::{Value, json};
use tests::checkout;
use tests::document::{Document, Location};
use tests::server::{Reply, Server};

async fn start() -> (Server, Client) {
    let document = Document::read(checkout().join("spec/retab-2026-05.yaml")).unwrap();
    let server = Server::start(document).await.unwrap();
    let client = Client::builder().base_url(server.url()).api_key("key-key-key").build().unwrap();
    (server, client)
}

fn run(id: &str, kind: &str) -> Value {
    json!({
        "id": id, "workflow": {"workflow_id": "wf_1", "snapshot_id": "snap_1", "name_at_run_time": "Intake"},
        "trigger": {"type": "api"}, "lifecycle": {"kind": kind},
    })
}

fn page(ids: &[&str], after: Option<&str>) -> Reply {
    let data: Vec<_> = ids.iter().map(|id| run(id, "running")).collect();
    Reply::json(200, &json!({"data": data, "list_metadata": {"before": null, "after": after}}))
}

fn two_pages(server: &Server) {
    server.script("workflows_runs_list", page(&["a", "b"], Some("b")));
    server.script("workflows_runs_list", page(&["c"], None));
}

fn is_stream<S: Stream<Item = Result<T, Error>> + Send + Unpin, T>(stream: S) -> S {
    stream
}

/// What stands at the beginning of the documentation.
async fn at_a_glance(client: &Client) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    let run = client.workflows().runs().get("run_abc123xyz").await?;
    told.push(match &run.lifecycle {
        RunLifecycle::Completed(_) => {
            format!("took {:?} ms", run.timing.as_ref().and_then(|t| t.duration_ms))
        }
        RunLifecycle::Error(error) => format!("failed: {}", error.message),
        other => format!("still {}", other.kind()),
    });
    for step in client.workflows().runs().steps().list(&run.id).await? {
        told.push(step.block_id);
    }
    let mut runs = client.workflows().runs().list().workflow_id("wf_1").limit(50).items();
    while let Some(run) = runs.try_next().await? {
        told.push(run.id);
    }
    let done = client.workflows().runs().wait(&run.id).with_timeout(Duration::from_secs(300)).await?;
    told.push(done.lifecycle.kind().to_owned());
    Ok(told)
}

#[tokio::test]
async fn the_documentation_at_a_glance() {
    let (server, client) = start().await;
    two_pages(&server);
    let told = at_a_glance(&client).await.unwrap();
    assert_eq!(told.first().unwrap(), "took Some(15000) ms");
    assert_eq!(told.last().unwrap(), "completed");
    assert!(told.ends_with(&["a", "b", "c", "completed"].map(str::to_owned)), "{told:?}");
    assert!(server.take_seen().iter().all(|seen| seen.problems.is_empty()));
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let (server, client) = start().await;
    let list = || client.workflows().runs().list().limit(2);
    two_pages(&server);
    let mut pages = is_stream(list().pages());
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.data.len());
    }
    assert_eq!(sizes, [2, 1]);
    server.script("workflows_runs_list", page(&["a", "b"], Some("b")));
    assert_eq!(is_stream(list().items()).collect_up_to(2).await.unwrap().len(), 2);
    two_pages(&server);
    assert_eq!(list().await.unwrap().data.len(), 2, "awaiting the call is the first page");
}

#[tokio::test]
async fn options_of_a_single_call() {
    let (server, client) = start().await;
    let call = client.workflows().runs().cancel("run_1").with_timeout(Duration::from_secs(9));
    let call = call.with_header("X-Trace", "t").with_retry(RetryPolicy::never()).with_idempotency_key("once");
    let response = call.send_with_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.attempts), (200, 1));
    assert!(response.headers.contains_key("content-type") && response.request_id.is_none());
    let seen = server.take_seen().remove(0);
    assert_eq!(seen.request.header("x-trace"), Some("t"));
    assert_eq!(seen.request.header("idempotency-key"), Some("once"));
}

#[tokio::test]
async fn enums_and_lists_take_what_is_at_hand() {
    let (server, client) = start().await;
    let list = || client.workflows().runs().list();
    list().status(WorkflowsRunsListStatus::Error).await.unwrap();
    list().status("error").await.unwrap();
    list().status(String::from("error")).await.unwrap();
    for seen in server.take_seen() {
        assert_eq!(seen.param(Location::Query, "status"), Some(&json!("error")));
    }
    client.workflows().blocks().simulate("r", "b").n_consensus(3).await.unwrap();
    assert_eq!(server.take_seen().remove(0).param(Location::Query, "n_consensus"), Some(&json!(3)));
    let ids = ["a".to_owned(), "b".to_owned()];
    let steps = client.workflows().runs().steps();
    steps.get_many("r", StepExecutionsBatchRequest::new(["a", "b"])).await.unwrap();
    steps.get_many("r", StepExecutionsBatchRequest::new(&ids)).await.unwrap();
    steps.get_many("r", StepExecutionsBatchRequest::new(ids.iter().map(String::as_str))).await.unwrap();
    for seen in server.take_seen() {
        assert_eq!(seen.body.unwrap()["block_ids"], json!(["a", "b"]));
    }
}

#[tokio::test]
async fn endpoints_that_the_document_does_not_know() {
    let (server, client) = start().await;
    server.script_any(Reply::json(201, &json!({"new": true})));
    let answer: Value = client
        .request(Method::POST, "/v1/new")
        .query("q", "a b")
        .body(&json!({"a": 1}))
        .json()
        .await
        .unwrap();
    assert_eq!(answer, json!({"new": true}));
    let seen = server.take_seen().remove(0);
    assert_eq!((seen.request.method.as_str(), seen.request.target.as_str()), ("POST", "/v1/new?q=a%20b"));
    assert_eq!(seen.request.header("api-key"), Some("key-key-key"));
    assert_eq!(seen.request.body, b"{\"a\":1}");
    server.script_any(Reply::json(404, &json!({"detail": "no such thing"})));
    let error = client.request(Method::GET, "/v1/none").text().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert!(error.to_string().contains("no such thing"), "{error}");
}

#[tokio::test]
async fn waiting_by_a_condition_of_ones_own_and_as_a_stream() {
    let (server, client) = start().await;
    let soon = Duration::from_millis(2);
    for kind in ["pending", "running", "waiting_for_human"] {
        server.script("workflows_runs_get", Reply::json(200, &run("run_1", kind)));
    }
    let call = client.workflows().runs().get("run_1");
    let run_1 = Wait::new(call, |run| matches!(run.lifecycle, RunLifecycle::WaitingForHuman(_)));
    assert_eq!(run_1.with_interval(soon, soon).await.unwrap().lifecycle.kind(), "waiting_for_human");
    for kind in ["running", "completed"] {
        server.script("workflows_runs_get", Reply::json(200, &run("run_1", kind)));
    }
    let mut updates = is_stream(client.workflows().runs().wait("run_1").with_interval(soon, soon).updates());
    let mut kinds = Vec::new();
    while let Some(run) = updates.try_next().await.unwrap() {
        kinds.push(run.lifecycle.kind().to_owned());
    }
    assert_eq!(kinds, ["running", "completed"]);
}

/// The whole of the blocking face, from a thread that has no runtime.
fn without_a_runtime(url: &str) -> Result<(), Error> {
    let client = Client::builder().base_url(url).api_key("key").build()?;
    let runs = client.workflows().runs();
    assert_eq!(runs.get("run_1").send_blocking()?.lifecycle.kind(), "completed");
    let ids: Result<Vec<String>, Error> = runs.list().items().blocking().map(|run| Ok(run?.id)).collect();
    assert_eq!(ids?, ["a", "b", "c"]);
    let sizes: Result<Vec<usize>, Error> =
        runs.list().pages().blocking().map(|page| Ok(page?.data.len())).collect();
    assert_eq!(sizes?, [2, 1]);
    let soon = Duration::from_millis(2);
    let wait = || runs.wait("run_1").with_interval(soon, soon).with_timeout(Duration::from_secs(60));
    assert_eq!(wait().send_blocking()?.lifecycle.kind(), "completed");
    assert_eq!(wait().updates().blocking().count(), 1);
    let file = Upload::bytes("a.pdf", "hello");
    let request = types::ExtractionRequest::new(file, json!({"type": "object"}));
    let call = client.extractions().create_stream(request);
    let lines = retab::runtime::blocking::iter(call.send_blocking()?);
    assert!(lines.map(|line| line.map(drop)).collect::<Result<Vec<()>, Error>>()?.len() > 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn from_a_thread_without_a_runtime() {
    let (server, _) = start().await;
    two_pages(&server);
    two_pages(&server);
    let url = server.url();
    let told =
        tokio::task::spawn_blocking(move || std::thread::spawn(move || without_a_runtime(&url)).join());
    told.await.unwrap().unwrap().unwrap();
    assert!(server.take_seen().iter().all(|seen| seen.problems.is_empty()));
}

#[tokio::test]
async fn blocking_calls_inside_of_asynchronous_code_are_errors_that_say_so() {
    let (server, client) = start().await;
    let runs = client.workflows().runs();
    let says_so = |error: Error| assert!(error.to_string().contains("await the call instead"), "{error}");
    says_so(runs.get("run_1").send_blocking().unwrap_err());
    says_so(runs.wait("run_1").send_blocking().unwrap_err().into());
    let items: Vec<_> = runs.list().items().blocking().take(9).collect();
    assert_eq!(items.len(), 1, "it is said once, and then there is nothing more");
    items.into_iter().for_each(|item| says_so(item.unwrap_err()));
    assert!(server.take_seen().is_empty());
}
