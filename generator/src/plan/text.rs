//! Types as Rust text for programs that use an SDK: which type a schema of the document became.

use super::Plan;
use crate::ir::{Format, IntKind, Ty, TypeName};

/// Each component schema and each schema of a media type, by its place in the original document, with its type. The
/// text expects the modules `types` and `model` of the SDK in scope.
pub(crate) fn names(plan: &Plan) -> Vec<(String, String)> {
    let mut out: Vec<_> =
        plan.api.bodies.iter().map(|(at, ty)| (at.as_str().to_owned(), text(plan, ty))).collect();
    for (ty, names) in plan.api.types.iter().zip(&plan.types) {
        if let TypeName::Component(_) = ty.name {
            out.push((ty.origin.as_str().to_owned(), format!("types::{}", names.name.as_str())));
        }
    }
    // What is said of a place of its own goes before the plain component.
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out.dedup_by(|a, b| a.0 == b.0);
    out
}

/// Places that became `serde_json::Value`, in the original document, each with the reason.
pub(crate) fn untyped(plan: &Plan) -> Vec<(String, String)> {
    let census = plan.api.census.iter();
    census.map(|one| (one.origin.as_str().to_owned(), one.reason.to_owned())).collect()
}

/// The same with the objects that are maps of anything.
pub(crate) fn census(plan: &Plan) -> Vec<(String, String)> {
    let reason = "an object that names no member; as `serde_json::Map`";
    let free = plan.api.free.iter().map(|at| (at.as_str().to_owned(), reason.to_owned()));
    let mut all: Vec<_> = untyped(plan).into_iter().chain(free).collect();
    all.sort();
    all.dedup();
    all
}

/// A type as Rust text, where `types` and `model` are the modules of the SDK.
pub(super) fn text(plan: &Plan, ty: &Ty) -> String {
    text_in(plan, ty, "types", "model")
}

/// A type as Rust text, with the paths of the modules `types` and `model`.
pub(crate) fn text_in(plan: &Plan, ty: &Ty, types: &str, module: &str) -> String {
    let model = |name: &str| format!("{module}::{name}");
    let text = |ty: &Ty| text_in(plan, ty, types, module);
    match ty {
        Ty::Unit => "()".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Int(IntKind::I32) => "i32".to_owned(),
        Ty::Int(IntKind::I64) => "i64".to_owned(),
        Ty::Int(IntKind::U32) => "u32".to_owned(),
        Ty::Int(IntKind::U64) => "u64".to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Secret => model("Secret"),
        Ty::Format(Format::DateTime) => format!("{}<{}>", model("DateTime"), model("Utc")),
        Ty::Format(Format::Date) => model("NaiveDate"),
        Ty::Format(Format::Time) => model("NaiveTime"),
        Ty::Format(Format::Uuid) => model("Uuid"),
        Ty::Format(Format::Base64) => model("Base64"),
        Ty::Format(Format::Base64Url) => model("Base64Url"),
        Ty::Format(Format::Binary) => model("Upload"),
        Ty::Format(Format::Decimal) => model("Decimal"),
        Ty::Any => model("Value"),
        Ty::Object => model("Object"),
        Ty::List(item) => format!("Vec<{}>", text(item)),
        Ty::Map(value) => format!("std::collections::BTreeMap<String, {}>", text(value)),
        Ty::Tuple(parts) => parts.iter().fold("(".to_owned(), |out, part| out + &text(part) + ",") + ")",
        Ty::Nullable(inner) => format!("Option<{}>", text(inner)),
        Ty::Foreign(id) => match plan.api.foreign[id.0 as usize].path.as_deref() {
            None => model("ExactNumber"),
            Some(path) => path.to_owned(),
        },
        Ty::Named(id) => format!("{types}::{}", plan.ty(plan.written(*id)).name.as_str()),
    }
}
