//! The Retab SDK on the wire: real calls to a server that reads the document by its own code, and checks method, path,
//! query, headers and body by it.

#![expect(deprecated, reason = "deprecated operations must work too")]

use std::time::Duration;

use retab::Client;
use retab::prelude::*;
use retab::runtime::model::Upload;
use retab::types::{self, MimeData, RunLifecycle, args};
use serde_json::json;
use tests::checkout;
use tests::document::{Document, Location};
use tests::server::{Reply, Seen, Server};

async fn start() -> (Server, Client) {
    let document = Document::read(checkout().join("spec/retab-2026-05.yaml")).unwrap();
    let server = Server::start(document).await.unwrap();
    let client = Client::builder().base_url(server.url()).api_key("key").build().unwrap();
    (server, client)
}

/// The one request since the last look; nothing may be wrong with it.
fn seen(server: &Server, operation: &str) -> Seen {
    let mut all = server.take_seen();
    assert_eq!(all.len(), 1, "`{operation}`: requests");
    let seen = all.remove(0);
    assert_eq!(seen.problems, Vec::<String>::new(), "`{operation}`");
    assert_eq!(seen.operation.as_deref(), Some(operation));
    assert_eq!(seen.request.header("api-key"), Some("key"));
    seen
}

/// Sends each call, and looks at what arrived.
macro_rules! calls {
    ($server:ident; $($operation:literal => $call:expr;)*) => {{
        let mut count = 0;
        $(
            $call.await.unwrap_or_else(|error| panic!("`{}`: {error}", $operation));
            seen(&$server, $operation);
            count += 1;
        )*
        count
    }};
}

fn file() -> MimeData {
    MimeData::from(Upload::bytes("invoice.pdf", "hello"))
}

fn block() -> types::WorkflowBlockCreateRequest {
    types::WorkflowBlockCreateRequest::new(args::WorkflowBlockCreateRequest { id: "b", type_: "extract" })
}

fn experiment() -> types::CreateExperimentRequest {
    types::CreateExperimentRequest::new(args::CreateExperimentRequest { block_id: "b", name: "name" })
}

fn upload() -> types::CreateUploadRequest {
    let (filename, content_type) = ("a.pdf", "application/pdf");
    types::CreateUploadRequest::new(args::CreateUploadRequest { filename, content_type, size_bytes: 5 })
}

fn schema() -> retab::runtime::model::Object {
    json!({"type": "object", "properties": {"total": {"type": "number"}}}).as_object().unwrap().clone()
}

#[tokio::test]
async fn the_program_of_the_reference_page() {
    let (server, client) = start().await;
    let run = client.workflows().runs().get("run_abc123xyz").await.unwrap();
    assert_eq!(
        seen(&server, "workflows_runs_get").param(Location::Path, "run_id"),
        Some(&json!("run_abc123xyz"))
    );
    assert!(matches!(run.lifecycle, RunLifecycle::Completed(_)));
    assert_eq!(run.lifecycle.kind(), "completed");
    assert_eq!(run.timing.and_then(|timing| timing.duration_ms), Some(15000));
    let steps = client.workflows().runs().steps().list(&run.id).await.unwrap();
    seen(&server, "workflows_runs_steps_list");
    assert!(!steps.is_empty());
    let step = json!({
        "block_id": "extract-1", "step_id": "extract-1", "block_type": "extract", "block_label": "Extract",
        "status": "completed", "artifact": {"operation": "parse", "id": "prs_1"},
        "handle_outputs": {"out": {"type": "text", "text": "Total 12.50"}},
    });
    server.script("workflows_runs_steps_get", Reply::json(200, &step));
    let step = client.workflows().runs().steps().get(&run.id, &steps[0].block_id).await.unwrap();
    seen(&server, "workflows_runs_steps_get");
    assert_eq!(step.handle_outputs.unwrap()["out"].text.as_deref(), Some("Total 12.50"));
    let at = step.artifact.unwrap();
    client.workflows().artifacts().get(at.operation.clone(), &at.id).await.unwrap();
    assert_eq!(
        seen(&server, "workflows_artifacts_get").param(Location::Path, "operation"),
        Some(&json!("parse"))
    );
}

#[tokio::test]
async fn each_resource_under_workflows() {
    let (server, client) = start().await;
    let workflows = client.workflows();
    let count = calls! { server;
        "workflows_list" => workflows.list().limit(5).after("wf_0").order("asc");
        "workflows_create" => workflows.create(types::CreateWorkflowRequest::new());
        "workflows_get" => workflows.get("wf_1");
        "workflows_update" => workflows.update("wf_1", types::UpdateWorkflowRequest::new().name("Intake"));
        "workflows_delete" => workflows.delete("wf_1");
        "workflows_specs_validate" => workflows.specs().validate(types::DeclarativeWorkflowRequest::new("name: x"));
        "workflows_artifacts_list" => workflows.artifacts().list("run_1").block_id("b");
        "workflows_runs_create" => workflows.runs().create("wf_1", types::RunWorkflowRequest::new());
        "workflows_runs_list" => workflows.runs().list().workflow_id("wf/1 ä").status("error").min_cost(0.5).search("a&b=c+d");
        "workflows_runs_cancel" => workflows.runs().cancel("run_1");
        "workflows_runs_restart" => workflows.runs().restart("run_1").body(types::RestartWorkflowRequest::new());
        "workflows_runs_steps_get_many" => workflows.runs().steps().get_many("r", types::StepExecutionsBatchRequest::new(["a", "b"]));
        "workflows_blocks_simulate" => workflows.blocks().simulate("r", "b").n_consensus(3);
        "workflows_blocks_create_batch" => workflows.blocks().create_batch("w", vec![block()]);
        "workflows_edges_list" => workflows.edges().list("w");
        "workflows_edges_delete_all" => workflows.edges().delete_all("w");
        "workflows_tests_list" => workflows.tests().list("w").limit(2);
        "workflows_tests_runs_get" => workflows.tests().runs().get("w", "t", "r");
        "workflows_experiments_create" => workflows.experiments().create("w", experiment());
        "workflows_experiments_get_metrics" => workflows.experiments().get_metrics("w", "e");
        "workflows_experiments_runs_list" => workflows.experiments().runs().list("w", "e");
    };
    println!("{count} calls under workflows");
}

#[tokio::test]
async fn each_other_resource() {
    let (server, client) = start().await;
    let count = calls! { server;
        "extractions_create" => client.extractions().create(types::ExtractionRequest::new(file(), schema()));
        "extractions_sources" => client.extractions().sources("ext_1");
        "parses_create" => client.parses().create(types::ParseRequest::new(file()));
        "splits_get" => client.splits().get("split_1");
        "classifications_list" => client.classifications().list().filename("a.pdf");
        "partitions_delete" => client.partitions().delete("part_1");
        "edits_templates_get" => client.edits().templates().get("tpl_1");
        "edits_templates_update" => client.edits().templates().update("tpl_1", types::UpdateEditTemplateRequest::new());
        "edits_create" => client.edits().create(types::EditRequest::new("fill it in"));
        "files_create_upload" => client.files().create_upload(upload());
        "jobs_retrieve" => client.jobs().retrieve("job_1").include_response(true);
        "schemas_generate" => client.schemas().generate(types::GenerateSchemaRequest::new(vec![file()])).idempotency_key("once");
        "models_list" => client.models().list().supports_image(true);
        "documents_parse" => client.documents().parse(types::DocumentParseRequest::new(file()));
    };
    println!("{count} calls of other resources");
}

#[tokio::test]
async fn multipart_bodies() {
    let (server, client) = start().await;
    let body =
        types::BodyEvalsExtractProcess::new("{\"filename\":\"a.pdf\"}").n_consensus(3).model("retab-small");
    client.evals().extract().process("eval_1", body).await.unwrap();
    let sent = seen(&server, "evals_extract_process").body.unwrap();
    assert_eq!(sent["document"], json!("{\"filename\":\"a.pdf\"}"));
    assert_eq!(sent["model"], json!("retab-small"));
    let count = calls! { server;
        "evals_split_process" => client.evals().split().process("e", types::BodyEvalsSplitProcess::new("{}"));
        "evals_classify_process_iteration" => client.evals().classify().process_iteration("e", "i", types::BodyEvalsClassifyProcessIteration::new("{}"));
    };
    assert_eq!(count, 2);
}

#[tokio::test]
async fn streams_of_json_lines() {
    let (server, client) = start().await;
    let mut lines =
        client.extractions().create_stream(types::ExtractionRequest::new(file(), schema())).await.unwrap();
    let mut count = 0;
    while let Some(line) = lines.next().await {
        line.unwrap();
        count += 1;
    }
    seen(&server, "extractions_create_stream");
    assert!(count > 0, "no line came");
}

#[tokio::test]
async fn pages_are_followed_to_the_end() {
    let (server, client) = start().await;
    let page = |ids: &[&str], after: Option<&str>| {
        let data: Vec<_> = ids.iter().map(|id| run(id)).collect();
        Reply::json(200, &json!({"data": data, "list_metadata": {"before": null, "after": after}}))
    };
    server.script("workflows_runs_list", page(&["a", "b"], Some("b")));
    server.script("workflows_runs_list", page(&["c"], None));
    let mut runs = client.workflows().runs().list().limit(2).items();
    let mut ids = Vec::new();
    while let Some(run) = runs.next().await {
        ids.push(run.unwrap().id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let asked = server.take_seen();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].param(Location::Query, "after"), Some(&json!("b")));
    assert_eq!(asked[1].param(Location::Query, "limit"), Some(&json!(2)));
}

#[tokio::test]
async fn a_run_is_waited_for() {
    let (server, client) = start().await;
    let at = |kind: &str| {
        let mut run = run("run_1");
        run["lifecycle"] = json!({"kind": kind});
        Reply::json(200, &run)
    };
    for kind in ["pending", "running", "running", "completed"] {
        server.script("workflows_runs_get", at(kind));
    }
    let soon = Duration::from_millis(5);
    let (kinds, seen) = std::sync::mpsc::channel();
    let wait = client.workflows().runs().wait("run_1").with_timeout(Duration::from_secs(300));
    let wait = wait.with_interval(soon, soon);
    let run =
        wait.with_progress(move |run| kinds.send(run.lifecycle.kind().to_owned()).unwrap()).await.unwrap();
    assert!(matches!(run.lifecycle, RunLifecycle::Completed(_)));
    assert_eq!(seen.iter().collect::<Vec<_>>(), ["pending", "running", "running", "completed"]);
    server.script("workflows_runs_get", at("running"));
    (0..999).for_each(|_| server.script("workflows_runs_get", at("running")));
    let wait = client.workflows().runs().get("run_1").with_header("X-Any", "1").wait();
    let error = wait.with_interval(soon, soon).with_timeout(Duration::from_millis(60)).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("still `running`"), "{error}");
    assert_eq!(error.last().map(|run| run.lifecycle.kind()), Some("running"));
}

fn run(id: &str) -> serde_json::Value {
    json!({
        "id": id, "workflow": {"workflow_id": "wf_1", "snapshot_id": "snap_1", "name_at_run_time": "Intake"},
        "trigger": {"type": "api"},
    })
}

#[tokio::test]
async fn typed_errors_and_what_is_wrong_before_sending() {
    let (server, client) = start().await;
    let detail =
        json!({"detail": [{"loc": ["path", "run_id"], "msg": "no such run", "type": "value_error"}]});
    server.script("workflows_runs_get", Reply::json(422, &detail));
    let error = client.workflows().runs().get("run_1").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422));
    let text = error.to_string();
    assert!(text.contains("workflows.runs.get") && text.contains("422"), "{text}");
    let retab::Error::Api(api) = &error else { panic!("{error:?}") };
    let body = api.body::<types::HttpValidationError>().expect("the document types the body of a 422");
    assert_eq!(body.detail[0].msg, "no such run");
    server.take_seen();
    let error = client.workflows().runs().get("").with_timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(error.to_string().contains("run_id"), "{error}");
    assert!(server.take_seen().is_empty(), "an empty path parameter must not be sent");
}
