//! The models of a workflow run as somebody would write them by hand: serde derive, unions tagged internally.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WorkflowRun {
    id: String,
    workflow: WorkflowSnapshotRef,
    trigger: RunTrigger,
    lifecycle: RunLifecycle,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<RunTiming>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inputs: Option<RunInputs>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WorkflowSnapshotRef {
    workflow_id: String,
    snapshot_id: String,
    name_at_run_time: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum RunTrigger {
    Manual { user_id: Option<String> },
    Api { api_key_id: Option<String> },
    Schedule { schedule_id: String },
    Webhook { webhook_id: Option<String> },
    Email { sender: Option<String> },
    Restart { parent_run_id: Option<String> },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum RunLifecycle {
    Pending,
    Running,
    WaitingForHuman { waiting_for_block_ids: Vec<String> },
    Completed,
    Error { message: String, stage: Option<String>, category: Option<String>, details: Option<Value> },
    Cancelled { reason: Option<String> },
}

#[derive(Debug, Serialize, Deserialize)]
struct RunTiming {
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
    human_waiting_started_at: Option<DateTime<Utc>>,
    #[serde(default)]
    accumulated_human_waiting_ms: i64,
    duration_ms: Option<i64>,
    active_duration_ms: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RunInputs {
    #[serde(default)]
    documents: BTreeMap<String, FileRef>,
    #[serde(default)]
    json_data: Map<String, Value>,
}

#[derive(Debug, Serialize, Deserialize)]
struct FileRef {
    id: String,
    filename: String,
    mime_type: String,
}
