//! Items and types as people write them.

use crate::ir::{Ty, TypeId};
use crate::sdk::{Argument, Bare, Operation, Outcome, Param, Sdk, Shape, Type};

/// The setter of an optional parameter, the method of a required one.
pub(super) fn param(sdk: &Sdk, op: &Operation, param: &Param) -> String {
    match param.is_argument {
        true => sdk.method_path(op),
        false => format!("{}::{}", sdk.call_path(op), param.name),
    }
}

/// `types::Run`.
pub(super) fn name(sdk: &Sdk, id: TypeId) -> String {
    format!("types::{}", sdk.types[id].name)
}

/// A type.
pub(super) fn ty(sdk: &Sdk, of: &Ty) -> String {
    match of {
        Ty::Unit => "nothing".to_owned(),
        of => sdk.spell(of, &mut Bare),
    }
}

/// Every public name that follows from the document, each with its path from the crate's root, sorted. What is behind the feature
/// `testing` is not among them: it follows the document without a promise.
pub fn public_names(sdk: &Sdk) -> Vec<String> {
    let mut out = Vec::new();
    for (id, resource) in sdk.resources.entries().skip(1) {
        out.push(format!("{}::{}", sdk.module_of(id), resource.handle));
        out.push(sdk.handle_expression(id));
    }
    sdk.operations.iter().for_each(|op| operation(sdk, op, &mut out));
    sdk.written_types().for_each(|(_, ty)| named(sdk, ty, &mut out));
    let usable = sdk.credentials.iter().filter(|credential| credential.is_usable());
    let setters = usable.flat_map(|one| std::iter::once(&one.setter).chain(&one.source));
    out.extend(setters.map(|name| format!("ClientBuilder::{name}")));
    out.sort_unstable();
    out.dedup();
    out
}

fn operation(sdk: &Sdk, op: &Operation, out: &mut Vec<String>) {
    let (call, handle) = (sdk.call_path(op), sdk.handle_expression(op.resource));
    for method in &op.methods {
        let arguments: Vec<&str> = method.arguments.iter().map(|argument| op.name_of(*argument)).collect();
        out.push(format!("{handle}.{}", method.name));
        out.push(format!("{handle}.{}({})", method.name, arguments.join(", ")));
    }
    out.extend(op.wait.iter().map(|wait| format!("{handle}.{}", wait.method)));
    out.extend(op.others.iter().map(|other| format!("{call}::{}", other.name)));
    let setters = op.params.iter().filter(|param| !param.is_argument);
    out.extend(setters.map(|param| format!("{call}::{}", param.name)));
    let body = op.setters.iter().filter(|setter| matches!(setter, Argument::Body(_)));
    out.extend(body.map(|setter| format!("{call}::{}", op.name_of(*setter))));
    if let Outcome::Choice { name, variants } = &op.outcome {
        let choice = format!("{}::{name}", sdk.module_of(op.resource));
        out.extend(variants.iter().map(|variant| format!("{choice}::{variant}")));
    }
    out.push(call);
}

fn named(sdk: &Sdk, of: &Type, out: &mut Vec<String>) {
    let name = format!("types::{}", of.name);
    match &of.shape {
        Shape::Struct(shape) => {
            out.extend(shape.fields.iter().map(|field| format!("{name}::{}", field.name)));
            let more = shape.fields.iter().flat_map(|field| field.setter.iter().chain(&field.clear));
            out.extend(more.map(|method| format!("{name}::{method}()")));
            out.extend(shape.additional.iter().map(|of| format!("{name}::{}", of.name)));
            if of.is_in_request {
                let arguments: Vec<&str> = shape.arguments().map(|field| field.name.as_str()).collect();
                out.push(format!("{name}::new({})", arguments.join(", ")));
                out.extend(sdk.takes_names(shape).then(|| format!("types::args::{}", of.name)));
            }
        }
        Shape::Enum(shape) => out.push(format!("{name}::{}", shape.unknown)),
        Shape::Union(shape) if shape.is_tagged() => out.push(format!("{name}::{}", shape.unknown)),
        Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
    out.extend(of.variants().into_iter().map(|variant| format!("{name}::{variant}")));
    out.push(name);
}
