//! Which Rust type stands for which schema: for tools that send bodies through an SDK without knowing its names.
//!
//! In: the plan. Out: JSON pointers into the original document with types as Rust text. Pointers of bodies and answers are
//! written from the operation that uses them, also where a reference leads to them.

use crate::ir::{Content, ContentKind, Format, IntKind, Operation, Status, Ty, TypeName};
use crate::plan::Plan;
use crate::pointer::Pointer;

/// Pairs of the pointer of a schema and its type. Types of the SDK are written `types::Name`, those of its runtime
/// `model::Name`; everything else is in the prelude.
pub(crate) fn names(plan: &Plan) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (at, of) in plan.api.types.iter().enumerate() {
        if let TypeName::Component(_) = of.name {
            all.push((of.origin.as_str().to_owned(), format!("types::{}", plan.types[at].name.as_str())));
        }
    }
    for operation in &plan.api.operations {
        let at = place(operation);
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            all.extend(named(plan, &at.child("requestBody"), content));
        }
        for answer in operation.answers.iter().chain(&operation.errors) {
            let at = at.child("responses").child(status(answer.status));
            all.extend(answer.content.iter().filter_map(|content| named(plan, &at, content)));
        }
    }
    all
}

/// Where an operation is used, whatever its path item refers to.
fn place(operation: &Operation) -> Pointer {
    Pointer::root().child("paths").child(&operation.path).child(operation.method.to_ascii_lowercase())
}

fn status(of: Status) -> String {
    match of {
        Status::Code(code) => code.to_string(),
        Status::Range(first) => format!("{first}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn named(plan: &Plan, at: &Pointer, content: &Content) -> Option<(String, String)> {
    let of = match &content.kind {
        ContentKind::Json(of)
        | ContentKind::Form(of)
        | ContentKind::Multipart(of)
        | ContentKind::Events(of)
        | ContentKind::Lines(of) => of,
        ContentKind::Text | ContentKind::Bytes => return None,
    };
    let at = at.child("content").child(&content.media).child("schema");
    Some((at.as_str().to_owned(), text(plan, of)))
}

/// A type as Rust text.
fn text(plan: &Plan, of: &Ty) -> String {
    match of {
        Ty::Bool => "bool".to_owned(),
        Ty::Int(IntKind::I32) => "i32".to_owned(),
        Ty::Int(IntKind::I64) => "i64".to_owned(),
        Ty::Int(IntKind::U32) => "u32".to_owned(),
        Ty::Int(IntKind::U64) => "u64".to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Secret => "model::Secret".to_owned(),
        Ty::Format(format) => self::format(*format),
        Ty::Any => "model::Value".to_owned(),
        Ty::Object => "model::Object".to_owned(),
        Ty::List(item) => format!("Vec<{}>", text(plan, item)),
        Ty::Map(value) => format!("std::collections::BTreeMap<String, {}>", text(plan, value)),
        Ty::Tuple(parts) => {
            let parts: String = parts.iter().map(|part| format!("{}, ", text(plan, part))).collect();
            format!("({})", parts.trim_end())
        }
        Ty::Nullable(inner) => format!("Option<{}>", text(plan, inner)),
        Ty::Named(id) => format!("types::{}", plan.ty(*id).name.as_str()),
    }
}

fn format(of: Format) -> String {
    let name = match of {
        Format::DateTime => return "model::DateTime<model::Utc>".to_owned(),
        Format::Date => "NaiveDate",
        Format::Time => "NaiveTime",
        Format::Uuid => "Uuid",
        Format::Base64 => "Base64",
        Format::Binary => "Upload",
        Format::Decimal => "Decimal",
    };
    format!("model::{name}")
}
