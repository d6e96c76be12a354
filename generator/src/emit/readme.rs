//! The README of an SDK: what it is, a taste, and the index of the API.

use std::fmt::Write as _;

use crate::config::Config;
use crate::diag::is_hidden;
use crate::ir::{OpId, ResourceId};
use crate::plan::{Plan, Waiting, required};

use super::manifest::Names;
use super::{Context, docs, manifest, operation, path, setup};

/// A whole README.
pub(crate) fn readme(plan: &Plan, config: &Config, names: &Names) -> String {
    let context = Context { plan, config, lib: &names.lib };
    let info = &plan.api.info;
    let mut out = format!("# {}\n\n", names.package);
    let title = unmarked(&docs::clean_line(&info.title));
    let is_client = !plan.api.operations.is_empty();
    let what = if is_client { "client" } else { "types" };
    let _ = writeln!(out, "Rust {what} of {}.", if title.is_empty() { "an API" } else { &title });
    if let Some(summary) =
        info.summary.as_deref().map(|text| unmarked(&docs::clean_line(text))).filter(|line| !line.is_empty())
    {
        let _ = write!(out, "\n{summary}\n");
    }
    if is_client {
        out.push_str("\n```rust\n");
        for line in taste(context) {
            let _ = writeln!(out, "{line}");
        }
        out.push_str("```\n");
    } else {
        let _ = writeln!(out, "\nThese types are in `{}::types`.", names.lib);
    }
    out.push_str("\n<!-- @generated:begin index -->\n");
    out.push_str(&index(plan));
    out.push_str("<!-- @generated:end -->\n");
    out
}

/// Five lines that show how calls are made.
fn taste(context: Context<'_>) -> Vec<String> {
    let plan = context.plan;
    let (mut out, variable) = setup::lines(context);
    if let (Some(variable), [line, ..]) = (variable, &mut out[..]) {
        line.push_str(" // reads ");
        line.push_str(&variable);
    }
    let first = (0..plan.operations.len() as u32).map(OpId).find(|id| {
        let op = &plan.api.operations[id.0 as usize];
        op.method == "GET" && op.body.is_none() && op.answers.iter().any(|answer| answer.content.is_some())
    });
    if let Some(id) = first {
        out.push(format!("let response = {}.await?;", call(plan, id, None)));
        out.push("println!(\"{response:?}\");".to_owned());
    }
    out
}

/// Text of a document without what begins or ends a generated part.
fn unmarked(text: &str) -> String {
    text.replace("@generated:", "@generated&#58;")
}

/// A route as it can stand in a code span in a table: what would end either is percent-encoded.
fn route(method: &str, path: &str) -> String {
    let mut out = format!("{method} ");
    for c in path.chars() {
        match c {
            '|' => out.push_str("\\|"),
            c if matches!(c, '`' | '<') || is_hidden(c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            c => out.push(c),
        }
    }
    out.replace("@generated:", "%40generated:")
}

/// The operations by resource: how they are called, their route, their summary.
pub(crate) fn index(plan: &Plan) -> String {
    let mut out = String::new();
    if !plan.api.operations.is_empty() {
        out.push_str("## API\n");
    }
    for at in 0..plan.api.resources.len() {
        let id = ResourceId(at as u32);
        let of = &plan.api.resources[at];
        if of.operations.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### `{}`\n\n| call | route | |\n|---|---|---|\n", path::expression(plan, id));
        for op in &of.operations {
            let operation = &plan.api.operations[op.0 as usize];
            let summary = operation
                .docs
                .summary
                .as_deref()
                .or(operation.docs.description.as_deref())
                .unwrap_or_default();
            let summary = unmarked(&docs::cell(summary.lines().next().unwrap_or_default()));
            let route = route(&operation.method, &operation.path);
            let _ = writeln!(out, "| `{}` | `{route}` | {summary} |", call(plan, *op, None));
            if let Some(waiting) = &plan.op(*op).wait {
                let summary = operation::waits_until(waiting).replace('|', "\\|");
                let _ = writeln!(out, "| `{}` | `{route}` | {summary} |", call(plan, *op, Some(waiting)));
            }
        }
    }
    if let Some(feature) = manifest::payloads(plan) {
        let _ = write!(
            out,
            "\n### Webhooks\n\nTypes that only webhooks and callbacks use need the feature `{feature}`.\n"
        );
    }
    out
}

/// `client.workflows().runs().get(run_id)`.
fn call(plan: &Plan, id: OpId, waiting: Option<&Waiting>) -> String {
    let (op, names) = (&plan.api.operations[id.0 as usize], plan.op(id));
    let Some(method) = names.methods.first() else { return path::expression(plan, op.resource) };
    let mut arguments: Vec<&str> = required(op).into_iter().map(|at| names.params[at].as_str()).collect();
    if operation::sent(op, method.content).is_some() {
        arguments.extend(names.body.as_ref().map(|name| name.as_str()));
    }
    let name = waiting.map_or(&method.name, |waiting| &waiting.method).as_str();
    format!("{}.{name}({})", path::expression(plan, op.resource), arguments.join(", "))
}
