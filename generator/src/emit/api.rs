//! `api.json`: the whole Rust API of an SDK as data, for tools that document, mock or call it.
//!
//! In: the [`Sdk`]. Out: JSON, described in docs/api-json.md. Nothing is decided here, so what the file says is what the
//! other emitters write.

use serde_json::{Map, Value, json};

use crate::ir::{Docs, ResourceId, Response, SchemeKind, Style, Tagging};
use crate::sdk::{
    Accepts, Argument, Credential, Enum, Field, Ident, Method, Module, Operation, Outcome, Resource, Sdk,
    Shape, Struct, Type, Under, Union,
};

use super::docs;

/// The version of the format. It grows when a reader of the one before could be misled.
const FORMAT: u32 = 1;

/// The text of the file.
pub(crate) fn api(sdk: &Sdk) -> String {
    let package = &sdk.package;
    let value = json!({
        "format": FORMAT,
        "package": {
            "name": package.name,
            "lib": package.lib,
            "base_url": package.base_url,
            "from_env": package.from_env.map(|_| &package.variable),
        },
        "credentials": sdk.credentials.iter().filter(|one| one.is_usable()).map(credential).collect::<Vec<_>>(),
        "resources": sdk.resources.entries().map(|(id, of)| resource(sdk, id, of)).collect::<Vec<_>>(),
        "types": sdk.modules.iter().flat_map(|module| types(sdk, module)).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&without_nulls(value));
    text.unwrap_or_default() + "\n"
}

/// The feature of what only tests need.
const TESTING: &str = "testing";

/// What is absent says as much as what is null, in fewer lines.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

fn credential(of: &Credential) -> Value {
    let arguments: &[&str] = match of.kind {
        SchemeKind::Basic => &["user", "password"],
        SchemeKind::ClientCredentials { .. } => &["client_id", "client_secret"],
        _ => &["credential"],
    };
    json!({ "scheme": of.key, "setter": of.setter.as_str(), "arguments": arguments, "source": of.source.as_ref().map(|name| name.as_str()) })
}

fn resource(sdk: &Sdk, id: ResourceId, of: &Resource) -> Value {
    let methods = of.operations.iter().map(|id| &sdk.operations[id]);
    json!({
        "path": if of.parent.is_some() { format!("{}::{}", sdk.module_of(id), of.handle) } else { "Client".to_owned() },
        "expression": sdk.handle_expression(id),
        "feature": of.feature,
        "docs": text(&of.docs),
        "methods": methods.flat_map(|op| op.methods.iter().map(|own| method(sdk, op, own))).collect::<Vec<_>>(),
    })
}

fn method(sdk: &Sdk, op: &Operation, of: &Method) -> Value {
    let (arguments, call) = (spelled(sdk, op, &of.arguments), sdk.call_path(op));
    json!({
        "name": of.name.as_str(),
        "signature": format!("fn {}(&self{}) -> {call}", of.name, listed(&arguments)),
        "arguments": described(sdk, op, &of.arguments),
        "setters": described(sdk, op, &op.setters_beside(of).collect::<Vec<_>>()),
        "call": call,
        "returns": returns(sdk, op),
        "choice": choice(sdk, op),
        "errors": errors(sdk, op),
        "instead": op.others.iter().map(|other| json!({
            "method": other.name.as_str(),
            "media_type": other.content.media,
            "returns": sdk.spell_received(&other.content, &mut Under::root()),
        })).collect::<Vec<_>>(),
        "items": op.paging.as_ref().map(|paging| sdk.spell(&paging.item, &mut Under::root())),
        "waits": op.wait.as_ref().map(|wait| wait.method.as_str()),
        "http": http(sdk, op, of),
        "operation": op.id,
        "pointer": op.origin.as_str(),
        "docs": text(&op.docs),
        "deprecated": op.docs.deprecated,
    })
}

/// The arguments with their types, each after a comma.
fn listed(arguments: &[(String, String)]) -> String {
    arguments.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect()
}

fn spelled(sdk: &Sdk, op: &Operation, arguments: &[Argument]) -> Vec<(String, String)> {
    let ty = |argument: &Argument| match (argument, &op.body) {
        (Argument::Param(at), _) => sdk.spell_argument(&op.params[*at].ty, &mut Under::root()),
        (Argument::Body(at), Some(body)) => sdk.spell_sent(&body.contents[*at], &mut Under::root()),
        (Argument::Body(_), None) => String::new(),
    };
    arguments.iter().map(|argument| (op.name_of(*argument).to_owned(), ty(argument))).collect()
}

fn described(sdk: &Sdk, op: &Operation, arguments: &[Argument]) -> Vec<Value> {
    let pairs = spelled(sdk, op, arguments).into_iter().zip(arguments);
    let one = |((name, ty), argument): ((String, String), &Argument)| match (argument, &op.body) {
        (Argument::Param(at), _) => {
            let param = &op.params[*at];
            json!({
                "name": name,
                "accepts": ty,
                "in": param.location.as_str(),
                "wire": param.wire,
                "default": param.default,
                "docs": text(&param.docs),
                "deprecated": param.docs.deprecated,
            })
        }
        (Argument::Body(_), body) => {
            json!({ "name": name, "accepts": ty, "in": "body", "docs": body.as_ref().and_then(|body| text(&body.docs)) })
        }
    };
    pairs.map(one).collect()
}

/// What awaiting the call gives.
fn returns(sdk: &Sdk, op: &Operation) -> String {
    let given = |at: usize| op.given(at).map(|content| sdk.spell_received(content, &mut Under::root()));
    match &op.outcome {
        Outcome::One(at) => given(*at).unwrap_or_else(|| "()".to_owned()),
        Outcome::Optional(at) => format!("Option<{}>", given(*at).unwrap_or_else(|| "()".to_owned())),
        Outcome::Choice { name, .. } => format!("{}::{name}", sdk.module_of(op.resource)),
    }
}

/// The variants of the enum that the call gives, where success responses carry different bodies.
fn choice(sdk: &Sdk, op: &Operation) -> Option<Vec<Value>> {
    let Outcome::Choice { variants, .. } = &op.outcome else { return None };
    let variant = |(response, name): (&Response, &Ident)| {
        let ty = response.content.as_ref().map(|content| sdk.spell_received(content, &mut Under::root()));
        json!({ "name": name.as_str(), "status": response.status.to_string(), "type": ty })
    };
    Some(op.responses.iter().zip(variants).map(variant).collect())
}

/// The error statuses with a typed body.
fn errors(sdk: &Sdk, op: &Operation) -> Value {
    let typed = op.typed_errors();
    let typed =
        typed.map(|(status, ty)| (status.to_string(), Value::from(sdk.spell(ty, &mut Under::root()))));
    Value::Object(typed.collect::<Map<_, _>>())
}

/// What goes over the wire.
fn http(sdk: &Sdk, op: &Operation, of: &Method) -> Value {
    let body = op.body.as_ref().and_then(|body| body.contents.get(of.content().unwrap_or(0)));
    let security = op.security.iter().map(|all| {
        all.iter()
            .map(|demand| json!({ "scheme": sdk.credentials[demand.scheme].key, "scopes": demand.scopes }))
            .collect::<Vec<_>>()
    });
    let params = op.params.iter().map(|param| {
        json!({
            "name": param.wire,
            "in": param.location.as_str(),
            "required": param.is_required,
            "style": style(param.style),
            "explode": param.explode,
            "allow_reserved": param.allow_reserved.then_some(true),
        })
    });
    json!({
        "method": op.method,
        "path": op.path,
        "server": op.server,
        "params": params.collect::<Vec<_>>(),
        "body": body.map(|content| &content.media),
        "responses": op.responses.iter().chain(&op.errors).map(|response| json!({
            "status": response.status.to_string(),
            "media_type": response.content.as_ref().map(|content| &content.media),
        })).collect::<Vec<_>>(),
        "security": security.collect::<Vec<_>>(),
        "idempotency": op.idempotency,
    })
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
        Style::Json => "json",
    }
}

fn types<'a>(sdk: &'a Sdk, module: &'a Module) -> impl Iterator<Item = Value> + 'a {
    module.types.iter().map(move |id| {
        let of = &sdk.types[id];
        let mut out = json!({
            "path": format!("types::{}", of.name),
            "feature": module.feature,
            "schema": of.origin.as_str(),
            "docs": text(&of.docs),
            "deprecated": of.docs.deprecated,
            "example": of.example,
        });
        if let (Some(out), Value::Object(shape)) = (out.as_object_mut(), shape(sdk, of)) {
            out.extend(shape);
        }
        out
    })
}

fn shape(sdk: &Sdk, of: &Type) -> Value {
    match &of.shape {
        Shape::Struct(shape) => structure(sdk, of, shape),
        Shape::Enum(shape) => enumeration(shape),
        Shape::Union(shape) => union(sdk, shape),
        Shape::Alias(ty) => json!({ "kind": "alias", "type": sdk.spell(ty, &mut Under::root()) }),
        Shape::Wrapper(ty) => json!({ "kind": "wrapper", "type": sdk.spell(ty, &mut Under::root()) }),
    }
}

fn structure(sdk: &Sdk, of: &Type, shape: &Struct) -> Value {
    let arguments = shape
        .arguments()
        .map(|field| (field.name.to_string(), sdk.spell_argument(&field.ty, &mut Under::root())));
    let arguments: Vec<(String, String)> = arguments.collect();
    let by_name = sdk.takes_names(shape);
    let taken = match by_name {
        true => format!("args: types::args::{}", of.name),
        false => listed(&arguments).trim_start_matches(", ").to_owned(),
    };
    json!({
        "kind": "struct",
        "constructor": format!("fn new({taken}) -> Self"),
        "constructor_feature": (!of.is_in_request).then_some(TESTING),
        "by_name": by_name.then_some(true),
        "fields": shape.fields.iter().map(|one| field(sdk, one)).collect::<Vec<_>>(),
        "from": shape.file.map(|_| ["runtime::model::Upload"]),
        "additional": shape.additional.as_ref().map(|of| {
            json!({ "name": of.name.as_str(), "type": sdk.spell(&of.ty, &mut Under::root()) })
        }),
    })
}

fn field(sdk: &Sdk, of: &Field) -> Value {
    let is_constant = of.constant.is_some();
    let setter = of.setter.as_ref().or(of.test_setter.as_ref());
    let accepts = match sdk.accepts(&of.ty) {
        Accepts::Value => None,
        _ => Some(sdk.spell_argument(&of.ty, &mut Under::root())),
    };
    json!({
        "name": of.name.as_str(),
        "type": (!is_constant).then(|| sdk.spell(&of.full_type(), &mut Under::root())),
        "constant": of.constant,
        "wire": of.wire,
        "schema": of.origin.as_str(),
        "in_constructor": of.is_argument.then_some(true),
        "accepts": accepts.filter(|_| of.is_argument || setter.is_some()),
        "setter": setter.map(|name| name.as_str()),
        "setter_feature": of.test_setter.as_ref().map(|_| TESTING),
        "clear": of.clear.as_ref().or(of.test_clear.as_ref()).map(|name| name.as_str()),
        "default": of.default,
        "docs": text(&of.docs),
        "deprecated": of.docs.deprecated,
    })
}

fn enumeration(of: &Enum) -> Value {
    let variants = of
        .values
        .iter()
        .map(|value| json!({ "name": value.name.as_str(), "wire": value.wire, "docs": text(&value.docs) }));
    json!({ "kind": "enum", "variants": variants.collect::<Vec<_>>(), "unknown": of.unknown.as_str() })
}

fn union(sdk: &Sdk, of: &Union) -> Value {
    let variants = of.variants.iter().map(|variant| {
        json!({
            "name": variant.name.as_str(),
            "type": sdk.spell(&variant.full_type(), &mut Under::root()),
            "tags": variant.tags,
            "docs": text(&variant.docs),
        })
    });
    let tag = match &of.tagging {
        Tagging::Member(property) => json!({ "property": property }),
        Tagging::External => json!("external"),
        Tagging::Shape => json!("untagged"),
    };
    json!({
        "kind": "union",
        "tag": tag,
        "variants": variants.collect::<Vec<_>>(),
        "default_variant": of.default.map(|at| of.variants[at].name.as_str()),
        "unknown": of.is_tagged().then(|| of.unknown.as_str()),
    })
}

/// The documentation as it stands in the SDK; none where the document says nothing.
fn text(of: &Docs) -> Option<String> {
    let lines = docs::lines(of, "", &[]).join("\n");
    Some(lines.trim().to_owned()).filter(|text| !text.is_empty())
}
