//! Models as users make them, ask them and give them to calls: the Retab SDK, without JSON text.

use std::collections::{BTreeSet, HashSet};

use retab::runtime::model::{UnknownValue, UnknownVariant, Upload};
use retab::testing::{Canned, InMemory};
use retab::types::{
    self, ApiTrigger, CompletedTerminal, ErrorTerminal, MimeData, RunLifecycle, RunTiming, RunTrigger,
    WorkflowRun, WorkflowSnapshotRef, WorkflowsRunsListStatus as Status, args,
};
use retab::{Client, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

fn client(transport: &InMemory) -> Client {
    Client::builder().api_key("key").transport(transport.clone()).build().unwrap()
}

/// The query of each request so far.
fn queries(transport: &InMemory) -> Vec<String> {
    transport.requests().iter().map(|seen| seen.url.query().unwrap_or_default().to_owned()).collect()
}

fn run() -> WorkflowRun {
    let names =
        args::WorkflowSnapshotRef { workflow_id: "wf_1", snapshot_id: "snap_1", name_at_run_time: "Intake" };
    WorkflowRun::new("run_1", WorkflowSnapshotRef::new(names), ApiTrigger::new())
}

fn is_slow(run: &WorkflowRun) -> bool {
    run.timing.as_ref().and_then(|timing| timing.duration_ms).is_some_and(|ms| ms > 60_000)
}

#[test]
fn what_only_responses_carry_can_be_made() {
    let timing = |ms| RunTiming::new("2026-05-09T12:30:00Z".parse().unwrap()).duration_ms(ms);
    assert!(is_slow(&run().timing(timing(60_001))) && !is_slow(&run().timing(timing(5))) && !is_slow(&run()));
    assert!(matches!(run().trigger, RunTrigger::Api(_)) && run().lifecycle.is_pending());
    let same: HashSet<WorkflowRun> = [run(), run(), run().lifecycle(CompletedTerminal::new())].into();
    assert_eq!(same.len(), 2);
    assert_eq!(types::ClassificationConsensus::default(), types::ClassificationConsensus::new());
}

#[test]
fn unions_are_made_of_their_payloads_and_give_them_back() {
    let completed = RunLifecycle::from(CompletedTerminal::new());
    assert!(completed.is_completed() && !completed.is_error() && !completed.is_unknown());
    assert_eq!(completed.as_completed(), Some(&CompletedTerminal::new()));
    assert_eq!(completed.as_error(), None::<&ErrorTerminal>);
    assert_eq!(completed.clone().into_completed(), Some(CompletedTerminal::new()));
    assert_eq!(completed.into_error(), None);
    let paused = json!({"kind": "paused", "since": 3});
    let paused = RunLifecycle::from(UnknownVariant::new("paused", &paused));
    assert_eq!((paused.kind(), paused.is_unknown()), ("paused", true));
    assert_eq!(paused.as_unknown().unwrap().json().to_value(), json!({"kind": "paused", "since": 3}));
    assert_eq!(serde_json::to_value(&paused).unwrap(), json!({"kind": "paused", "since": 3}));
    assert_eq!(
        serde_json::from_value::<RunLifecycle>(json!({"kind": "paused", "since": 3})).unwrap(),
        paused
    );
}

#[test]
fn values_of_enums_are_compared_by_what_they_are_on_the_wire() {
    assert!(Status::Error == "error" && Status::Error == *"error" && Status::Error != "running");
    assert!(Status::ALL.contains(&Status::Error) && Status::ALL.iter().all(|one| !one.is_unknown()));
    let paused = Status::from(UnknownValue::new("paused"));
    let made: Status = "paused".into();
    assert!(paused.is_unknown() && paused == "paused" && paused == made);
    assert_eq!(Status::from(UnknownValue::new("error")), Status::Error, "what is known is not unknown");
    let sorted: BTreeSet<Status> = Status::ALL.iter().cloned().chain([paused]).collect();
    let texts: Vec<&str> = sorted.iter().map(Status::as_str).collect();
    assert!(texts.is_sorted() && texts.len() == Status::ALL.len() + 1, "{texts:?}");
    assert_eq!(HashSet::from([Status::Error, Status::from("error")]).len(), 1);
    let three = types::RunBatchRequestNConsensus::ALL[0].clone();
    assert!(three == three.value() && three != three.value() + 1);
}

#[tokio::test]
async fn setters_of_a_call_take_options() {
    let transport = InMemory::handler(|_| {
        Canned::json(200, r#"{"data": [], "list_metadata": {"before": null, "after": null}}"#)
    });
    let client = client(&transport);
    let list = || client.workflows().runs().list();
    let (given, absent) = (Some("wf_1".to_owned()), None::<String>);
    list().workflow_id(given.as_ref()).limit(Some(5)).status(Some("error")).await.unwrap();
    list().workflow_id(given).limit(5).status(Some(Status::Error)).await.unwrap();
    list().workflow_id(absent).limit(None).status(None::<Status>).await.unwrap();
    list().workflow_id("wf_1").workflow_id(None::<&str>).await.unwrap();
    let all = "workflow_id=wf_1&limit=5&status=error";
    assert_eq!(queries(&transport), [all, all, "", ""]);
}

#[test]
fn setters_of_a_model_take_options() {
    let request = || types::ExtractionRequest::new(Upload::bytes("a.pdf", "hello"), json!({}));
    let (given, absent) = (Some("in euros".to_owned()), None::<String>);
    assert_eq!(request().instructions(given.as_deref()), request().instructions("in euros"));
    assert_eq!(request().instructions(absent.as_deref()), request());
    let ended = RunTiming::new("2026-05-09T12:30:00Z".parse().unwrap());
    assert_eq!(run().timing(Some(ended.clone().duration_ms(Some(5)))), run().timing(ended.duration_ms(5)));
    let text = serde_json::to_string(&request().instructions(None::<&str>)).unwrap();
    assert!(!text.contains("instructions"), "{text}");
    // What has a default keeps it.
    let (model, votes) = (None::<String>, Some(3));
    assert_eq!(request().model(model.clone()).n_consensus(votes), request().n_consensus(3));
    assert_eq!(request().model("retab-large").model(model).model, "retab-large");
}

/// The API has a type that is called like a trait of the prelude.
#[test]
fn the_prelude_takes_no_names() {
    use retab::prelude::*;
    use retab::types::*;
    let text = r#"{"id": "retab-large", "created": 1, "object": "model", "owned_by": "retab", "price": 1.5}"#;
    let model: Model = serde_json::from_str(text).unwrap();
    assert_eq!(model.unknown_member("price").unwrap().get(), "1.5");
}

#[tokio::test]
async fn files_and_free_json_are_taken_as_they_are() {
    let transport = InMemory::new();
    let client = client(&transport);
    let said = |file: Upload, schema: Value| {
        let request = types::ExtractionRequest::new(file, schema);
        let call = client.extractions().create_stream(request);
        async move { call.await.map(drop).unwrap_err().to_string() }
    };
    let pdf = || Upload::bytes("a.pdf", "hello");
    let text = said(pdf(), json!("object")).await;
    assert!(text.contains("`json_schema` must be an object, not a string"), "{text}");
    let text = said(Upload::from_path("no/such.pdf"), json!({})).await;
    assert!(text.contains("the file `no/such.pdf` for `url` cannot be read"), "{text}");
    assert!(transport.requests().is_empty(), "nothing is sent");
    said(pdf(), json!({"type": "object"})).await;
    let body: Value = serde_json::from_slice(&transport.requests()[0].body).unwrap();
    assert_eq!(body["document"], json!({"filename": "a.pdf", "url": "data:application/pdf;base64,aGVsbG8="}));
    assert_eq!(body["json_schema"], json!({"type": "object"}));
    let url = "https://example.com/a.pdf";
    assert_eq!(MimeData::new(args::MimeData { url, filename: "a.pdf" }).filename, "a.pdf");
    // What is mended is no problem any more.
    let mended = types::ExtractionRequest::new(pdf(), json!(1));
    assert!(serde_json::to_value(&mended).is_err());
}

/// A type that is no model.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    text: String,
    share: f64,
}

#[tokio::test]
async fn other_endpoints_take_and_give_any_type_of_serde() -> Result<(), Error> {
    let note = || Note { text: "a".to_owned(), share: 0.1 };
    let transport = InMemory::handler(|seen| match seen.url.path() {
        "/v1/run" => Canned::json(200, serde_json::to_string(&run()).unwrap()),
        _ => Canned::json(200, seen.body.clone()),
    });
    let client = client(&transport);
    let request = |path: &str| client.request(retab::prelude::Method::POST, path);
    assert_eq!(request("/v1/note").body(&note()).json::<Note>().await?, note());
    assert_eq!(request("/v1/note").body(&run()).json::<WorkflowRun>().await?, run());
    assert_eq!(request("/v1/run").json::<WorkflowRun>().await?, run());
    let error = request("/v1/note").body(&json!({"text": 1})).json::<Note>().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && error.to_string().contains("Note"), "{error}");
    Ok(())
}
