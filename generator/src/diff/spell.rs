//! Rust items and types as people write them.

use crate::ir::{Format, IntKind, Location, OpId, Param, ResourceId, Shape, Ty, TypeId};
use crate::plan::{Outcome, Plan};

/// `workflows::runs`, the module of a resource; `client` for the root.
pub(super) fn module(plan: &Plan, id: ResourceId) -> String {
    let mut parts = Vec::new();
    let mut at = id;
    while let Some(parent) = plan.api.resources[at].parent {
        parts.push(plan.resource(at).module.as_str());
        at = parent;
    }
    if parts.is_empty() {
        return "client".to_owned();
    }
    parts.reverse();
    parts.join("::")
}

/// `client.workflows().runs().list`, the way people write it.
pub(super) fn way(plan: &Plan, id: OpId) -> String {
    let op = &plan.api.operations[id];
    format!("{}.{}", handle_way(plan, op.resource), plan.op(id).methods[0].name)
}

/// `client.workflows().runs()`.
pub(super) fn handle_way(plan: &Plan, id: ResourceId) -> String {
    let mut parts = Vec::new();
    let mut at = id;
    while let Some(parent) = plan.api.resources[at].parent {
        parts.push(format!("{}()", plan.resource(at).accessor));
        at = parent;
    }
    parts.push("client".to_owned());
    parts.reverse();
    parts.join(".")
}

/// `workflows::runs::Runs::list`.
pub(super) fn method(plan: &Plan, id: OpId) -> String {
    let resource = plan.api.operations[id].resource;
    format!("{}::{}::{}", module(plan, resource), plan.resource(resource).handle, plan.op(id).methods[0].name)
}

/// `workflows::runs::List`.
pub(super) fn call(plan: &Plan, id: OpId) -> String {
    format!("{}::{}", module(plan, plan.api.operations[id].resource), plan.op(id).call)
}

/// The setter of an optional parameter, the method of a required one.
pub(super) fn param(plan: &Plan, id: OpId, at: usize) -> String {
    let op = &plan.api.operations[id];
    match is_argument(&op.params[at]) {
        true => method(plan, id),
        false => format!("{}::{}", call(plan, id), plan.op(id).params[at]),
    }
}

/// Whether a parameter is an argument of the method.
pub(super) fn is_argument(param: &Param) -> bool {
    param.required || param.location == Location::Path
}

/// `types::Run`.
pub(super) fn name(plan: &Plan, id: TypeId) -> String {
    format!("types::{}", plan.ty(id).name)
}

/// A type.
pub(super) fn ty(plan: &Plan, of: &Ty) -> String {
    match of {
        Ty::Unit => "nothing".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Int(IntKind::I32) => "i32".to_owned(),
        Ty::Int(IntKind::I64) => "i64".to_owned(),
        Ty::Int(IntKind::U32) => "u32".to_owned(),
        Ty::Int(IntKind::U64) => "u64".to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Secret => "Secret".to_owned(),
        Ty::Format(Format::DateTime) => "DateTime<Utc>".to_owned(),
        Ty::Format(Format::Date) => "NaiveDate".to_owned(),
        Ty::Format(Format::Time) => "NaiveTime".to_owned(),
        Ty::Format(Format::Uuid) => "Uuid".to_owned(),
        Ty::Format(Format::Base64) => "Base64".to_owned(),
        Ty::Format(Format::Base64Url) => "Base64Url".to_owned(),
        Ty::Format(Format::Binary) => "Upload".to_owned(),
        Ty::Format(Format::Decimal) => "Decimal".to_owned(),
        Ty::Any => "Value".to_owned(),
        Ty::Object => "Object".to_owned(),
        Ty::List(item) => format!("Vec<{}>", ty(plan, item)),
        Ty::Map(value) => format!("BTreeMap<String, {}>", ty(plan, value)),
        Ty::Tuple(parts) => {
            format!("({})", parts.iter().map(|part| ty(plan, part)).collect::<Vec<_>>().join(", "))
        }
        Ty::Nullable(inner) => format!("Option<{}>", ty(plan, inner)),
        Ty::Foreign(id) => plan.api.foreign[id].word().to_owned(),
        Ty::Named(id) => plan.ty(plan.written(*id)).name.to_string(),
    }
}

/// Every public name of a plan.
pub(super) fn all(plan: &Plan) -> Vec<String> {
    let mut out = Vec::new();
    for id in plan.api.resources.ids().skip(1) {
        out.push(format!("{}::{}", module(plan, id), plan.resource(id).handle));
        out.push(handle_way(plan, id));
    }
    for id in plan.api.operations.ids() {
        operation(plan, id, &mut out);
    }
    for (id, _) in plan.types.entries().filter(|(_, ty)| !ty.unwritten) {
        named(plan, id, &mut out);
    }
    let setters = plan.credentials.iter().flat_map(|names| std::iter::once(&names.name).chain(&names.source));
    out.extend(setters.map(|name| format!("ClientBuilder::{name}")));
    out
}

fn operation(plan: &Plan, id: OpId, out: &mut Vec<String>) {
    let (op, names) = (&plan.api.operations[id], plan.op(id));
    let call = call(plan, id);
    let handle = handle_way(plan, op.resource);
    out.extend(names.methods.iter().map(|method| format!("{handle}.{}", method.name)));
    out.extend(names.wait.iter().map(|wait| format!("{handle}.{}", wait.method)));
    out.extend(names.others.iter().map(|name| format!("{call}::{name}")));
    let arguments: Vec<&str> = super::params::arguments(op).map(|at| names.params[at].as_str()).collect();
    out.push(format!("{handle}.{}({})", names.methods[0].name, arguments.join(", ")));
    let setters = op.params.iter().zip(&names.params).filter(|(param, _)| !is_argument(param));
    out.extend(setters.map(|(_, name)| format!("{call}::{name}")));
    out.extend(names.body.iter().map(|name| format!("{call}::{name}")));
    if let Outcome::Choice { name, variants } = &names.outcome {
        let choice = format!("{}::{name}", module(plan, op.resource));
        out.extend(variants.iter().map(|variant| format!("{choice}::{variant}")));
    }
    out.push(call);
}

fn named(plan: &Plan, id: TypeId, out: &mut Vec<String>) {
    let (of, names) = (&plan.api.types[id], plan.ty(id));
    let name = name(plan, id);
    out.extend(names.members.iter().map(|member| format!("{name}::{}", member.field)));
    let more = names.members.iter().flat_map(|member| member.setter.iter().chain(&member.clear));
    out.extend(more.map(|method| format!("{name}::{method}()")));
    out.extend(names.additional.iter().map(|field| format!("{name}::{field}")));
    out.extend(names.variants.iter().map(|variant| format!("{name}::{}", variant.name)));
    out.extend(names.unknown.iter().map(|variant| format!("{name}::{variant}")));
    if let Shape::Struct(shape) = &of.shape
        && names.in_request
    {
        let arguments = super::members::arguments(shape, names);
        let arguments: Vec<&str> = arguments.map(|at| names.members[at].field.as_str()).collect();
        out.push(format!("{name}::new({})", arguments.join(", ")));
    }
    out.push(name);
}
