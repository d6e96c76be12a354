//! The IR as text: stable, readable, made to be compared.
//!
//! In: an [`Api`]. Out: one line per fact. Types are called by where they come from, since Rust names are decided
//! later; no index shows, so the text of a part stays when another part changes.
//!
//! ```text
//! struct Pet                          # a component
//!   id: int64                         # required
//!   tag?: string                      # may be absent
//!   owner: Owner | null               # may be null
//!   note?: string | null = "none"     # either, with a default
//!   kind == "pet"                     # constant, always sent
//!   * : int64                         # undeclared members
//! ```

use super::{
    Access, Api, Body, Content, ContentKind, Docs, EnumRepr, Format, IntKind, Location, Member, OpId,
    Operation, Owner, Param, Presence, Resource, Response, SchemeKind, Segment, Shape, Style, Tagging, Ty,
    Type, TypeId, TypeName,
};
use crate::diag::visible;
use crate::markdown::code_span;
use encoding::style;
use quote::quoted;
use std::fmt::{self, Write as _};

mod encoding;
mod quote;

/// The whole API.
pub fn dump(api: &Api) -> String {
    let mut text = Text::default();
    head(&mut text, api);
    for ty in &api.types {
        text.line(0, "");
        self::ty(&mut text, api, ty);
    }
    for node in &api.resources {
        text.line(0, "");
        resource(&mut text, api, node);
    }
    if !api.untyped.is_empty() {
        text.line(0, "");
        text.line(0, "untyped");
        for untyped in &api.untyped {
            text.line(1, format_args!("{}: {}", untyped.origin, untyped.reason));
        }
    }
    text.0
}

/// One type.
pub fn dump_type(api: &Api, id: TypeId) -> String {
    let mut text = Text::default();
    ty(&mut text, api, &api.types[id]);
    text.0
}

/// One operation.
pub fn dump_operation(api: &Api, id: OpId) -> String {
    let mut text = Text::default();
    operation(&mut text, api, &api.operations[id], 0);
    text.0
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, depth: usize, line: impl fmt::Display) {
        // What a document says neither ends the line nor steers a terminal.
        let line = visible(&line.to_string());
        let line = line.trim_end_matches(' ');
        if !line.is_empty() {
            self.0.extend(std::iter::repeat_n(' ', depth * 2));
            self.0.push_str(line);
        }
        self.0.push('\n');
    }

    fn docs(&mut self, depth: usize, docs: &Docs) {
        let Docs { summary, description, constraints, default, deprecated, link } = docs;
        for line in summary.iter().chain(description).flat_map(|text| text.lines()) {
            self.line(depth, format_args!("| {line}"));
        }
        for constraint in constraints {
            self.line(depth, format_args!("! {constraint}"));
        }
        if let Some(default) = default {
            self.line(depth, format_args!("! default {}", code_span(default)));
        }
        if let Some(reason) = deprecated {
            self.line(depth, format_args!("! deprecated {reason}"));
        }
        if let Some(link) = link {
            self.line(depth, format_args!("| see {link}"));
        }
    }
}

fn head(text: &mut Text, api: &Api) {
    text.line(0, format_args!("api {:?} {}", api.info.title, api.info.version));
    let docs = Docs {
        summary: api.info.summary.clone(),
        description: api.info.description.clone(),
        ..Docs::default()
    };
    text.docs(1, &docs);
    for server in &api.servers {
        let variables: Vec<String> =
            server.variables.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        text.line(0, format_args!("server {} {}", server.url, variables.join(" ")));
        text.docs(1, &Docs { description: server.description.clone(), ..Docs::default() });
    }
    for scheme in &api.schemes {
        let kind = match &scheme.kind {
            SchemeKind::ApiKeyHeader(name) => format!("key in header {name:?}"),
            SchemeKind::ApiKeyQuery(name) => format!("key in query {name:?}"),
            SchemeKind::ApiKeyCookie(name) => format!("key in cookie {name:?}"),
            SchemeKind::Bearer => "bearer token".to_string(),
            SchemeKind::Basic => "user and password".to_string(),
            SchemeKind::ClientCredentials { token_url, .. } => format!("client credentials at {token_url}"),
            SchemeKind::Other(word) => format!("{word}, by the user"),
        };
        text.line(0, format_args!("scheme {}: {kind}", quoted(&scheme.key)));
        text.docs(1, &Docs { description: scheme.description.clone(), ..Docs::default() });
    }
}

fn ty(text: &mut Text, api: &Api, ty: &Type) {
    let name = label(api, &ty.name);
    let head = match &ty.shape {
        Shape::Struct(_) => format!("struct {name}"),
        Shape::Enum(shape) => match shape.repr {
            EnumRepr::String => format!("enum {name}"),
            EnumRepr::Integer => format!("enum {name} of integers"),
        },
        Shape::Union(union) => match &union.tagging {
            Tagging::Member(tag) => format!("union {name} by {}", quoted(tag)),
            Tagging::External => format!("union {name} by its only property"),
            Tagging::Shape => format!("union {name} by shape"),
        },
        Shape::Alias(target) => format!("alias {name} = {}", used(api, target)),
        Shape::Wrapper(target) => format!("wrapper {name} of {}", used(api, target)),
    };
    text.line(0, head);
    if let TypeName::Inline { title: Some(title), .. } = &ty.name {
        text.line(1, format_args!("title {title:?}"));
    }
    text.docs(1, &ty.docs);
    if let Some(example) = &ty.example {
        text.line(1, format_args!("example {example}"));
    }
    match &ty.shape {
        Shape::Struct(shape) => {
            shape.members.iter().for_each(|one| member(text, api, one));
            if let Some(additional) = &shape.additional {
                text.line(1, format_args!("* : {}", used(api, additional)));
            }
        }
        Shape::Enum(shape) => {
            for value in &shape.values {
                let name = value.name.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
                text.line(1, format_args!("{}{name}", quoted(&value.wire)));
                text.docs(2, &value.docs);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                let tags: Vec<String> = variant.tags.iter().map(|tag| quoted(tag)).collect();
                let tags = if tags.is_empty() { String::new() } else { format!("{} => ", tags.join(" | ")) };
                text.line(1, format_args!("{tags}{}", used(api, &variant.ty)));
                text.docs(2, &variant.docs);
            }
        }
        Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
}

fn member(text: &mut Text, api: &Api, member: &Member) {
    let name = quoted(&member.wire);
    let ty = used(api, &member.ty);
    let (absent, null) = match member.presence {
        Presence::Required => ("", ""),
        Presence::Optional => ("?", ""),
        Presence::Nullable => ("", " | null"),
        Presence::OptionalNullable => ("?", " | null"),
    };
    let access = match member.access {
        Access::ReadWrite => "",
        Access::ReadOnly => " (read only)",
        Access::WriteOnly => " (write only)",
    };
    match (&member.constant, &member.default) {
        (Some(constant), _) => text.line(1, format_args!("{name}{absent} == {constant}{null}{access}")),
        (None, Some(default)) => text.line(1, format_args!("{name}{absent}: {ty}{null} = {default}{access}")),
        (None, None) => text.line(1, format_args!("{name}{absent}: {ty}{null}{access}")),
    }
    text.docs(2, &member.docs);
}

fn resource(text: &mut Text, api: &Api, node: &Resource) {
    let name = if node.parent.is_none() { "client".to_string() } else { quoted(&node.full) };
    text.line(0, format_args!("resource {name}"));
    text.docs(1, &node.docs);
    for id in &node.operations {
        operation(text, api, &api.operations[id], 1);
    }
}

fn operation(text: &mut Text, api: &Api, op: &Operation, depth: usize) {
    let id = op.id.as_deref().map(quoted).unwrap_or_else(|| "-".to_string());
    text.line(depth, format_args!("{id}: {} {}", op.method, op.path));
    let inner = depth + 1;
    text.docs(inner, &op.docs);
    if let Some(server) = &op.server {
        text.line(inner, format_args!("server {server}"));
    }
    let alternatives: Vec<String> = op
        .security
        .iter()
        .map(|all| {
            let keys: Vec<String> = all.iter().map(|demand| self::demand(api, demand)).collect();
            if keys.is_empty() { "nothing".to_string() } else { keys.join(" and ") }
        })
        .collect();
    if !alternatives.is_empty() {
        text.line(inner, format_args!("auth {}", alternatives.join(" or ")));
    }
    if let Some(header) = &op.idempotency {
        text.line(inner, format_args!("idempotency by {header}"));
    }
    op.params.iter().for_each(|one| param(text, api, one, inner));
    op.body.iter().for_each(|one| body(text, api, one, inner));
    op.responses.iter().for_each(|one| response(text, api, one, "answer", inner));
    op.errors.iter().for_each(|one| response(text, api, one, "error", inner));
}

fn demand(api: &Api, demand: &super::Demand) -> String {
    let key = quoted(&api.schemes[demand.scheme].key);
    if demand.scopes.is_empty() { key } else { format!("{key} for {}", demand.scopes.join(", ")) }
}

fn param(text: &mut Text, api: &Api, param: &Param, depth: usize) {
    let place = param.location.as_str();
    let (usual, spread) = match param.location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    };
    let mut how = String::new();
    if param.style != usual || param.explode != spread {
        how = format!(" ({}{})", style(param.style), if param.explode { ", exploded" } else { "" });
    }
    let absent = if param.required { "" } else { "?" };
    let reserved = if param.allow_reserved { " (reserved characters as they are)" } else { "" };
    let default = param.default.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
    let (name, ty) = (quoted(&param.wire), used(api, &param.ty));
    let null = if param.nullable { " | null" } else { "" };
    text.line(depth, format_args!("{place} {name}{absent}: {ty}{null}{default}{how}{reserved}"));
    text.docs(depth + 1, &param.docs);
}

fn body(text: &mut Text, api: &Api, body: &Body, depth: usize) {
    let absent = if body.required { "" } else { "?" };
    for one in &body.contents {
        text.line(depth, format_args!("body{absent}: {}", content(api, one)));
        if let Some(example) = &one.example {
            text.line(depth + 1, format_args!("example {example}"));
        }
        one.encoding.iter().for_each(|of| text.line(depth + 1, encoding::line(of)));
    }
    text.docs(depth + 1, &body.docs);
}

fn response(text: &mut Text, api: &Api, response: &Response, what: &str, depth: usize) {
    let carried = response.content.as_ref().map_or_else(|| "nothing".to_owned(), |one| content(api, one));
    text.line(depth, format_args!("{what} {}: {carried}", response.status));
    text.docs(depth + 1, &response.docs);
    if let Some(example) = response.content.as_ref().and_then(|one| one.example.as_ref()) {
        text.line(depth + 1, format_args!("example {example}"));
    }
    for other in &response.others {
        text.line(depth + 1, format_args!("or {}", content(api, other)));
    }
    for header in &response.headers {
        let absent = if header.required { "" } else { "?" };
        let holds = header.holds.as_ref().map(|word| format!(": {word}")).unwrap_or_default();
        text.line(depth + 1, format_args!("header {}{absent}{holds}", quoted(&header.name)));
        text.docs(depth + 2, &header.docs);
    }
}

fn content(api: &Api, content: &Content) -> String {
    let kind = match &content.kind {
        ContentKind::Json(ty) => format!("json {}", used(api, ty)),
        ContentKind::Form(ty) => format!("form {}", used(api, ty)),
        ContentKind::Multipart(ty) => format!("multipart {}", used(api, ty)),
        ContentKind::Xml(body) => format!("xml {}", used(api, &body.ty)),
        ContentKind::Text => "text".to_owned(),
        ContentKind::Bytes => "bytes".to_owned(),
        ContentKind::Events(ty) => format!("events of {}", used(api, ty)),
        ContentKind::Lines(ty) => format!("lines of {}", used(api, ty)),
    };
    let usual = match &content.kind {
        ContentKind::Json(_) => "application/json",
        ContentKind::Form(_) => "application/x-www-form-urlencoded",
        ContentKind::Multipart(_) => "multipart/form-data",
        ContentKind::Xml(_) => "application/xml",
        ContentKind::Text => "text/plain",
        ContentKind::Bytes => "application/octet-stream",
        ContentKind::Events(_) => "text/event-stream",
        ContentKind::Lines(_) => "application/x-ndjson",
    };
    if content.media == usual { kind } else { format!("{kind} as {}", content.media) }
}

/// A use of a type.
fn used(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::Unit => "nothing".to_string(),
        Ty::Bool => "bool".to_string(),
        Ty::Int(IntKind::I32) => "int32".to_string(),
        Ty::Int(IntKind::I64) => "int64".to_string(),
        Ty::Int(IntKind::U32) => "uint32".to_string(),
        Ty::Int(IntKind::U64) => "uint64".to_string(),
        Ty::Float => "number".to_string(),
        Ty::String => "string".to_string(),
        Ty::Secret => "secret".to_string(),
        Ty::Format(format) => match format {
            Format::DateTime => "date-time",
            Format::Date => "date",
            Format::Time => "time",
            Format::Uuid => "uuid",
            Format::Base64 => "base64",
            Format::Base64Url => "base64url",
            Format::Binary => "binary",
            Format::Decimal => "decimal",
        }
        .to_string(),
        Ty::Any => "any".to_string(),
        Ty::Object => "object".to_string(),
        Ty::Foreign(id) => {
            format!("foreign {}", api.foreign[id].path.as_deref().map_or("ExactNumber", super::last_word))
        }
        Ty::List(item) => format!("[{}]", used(api, item)),
        Ty::Map(value) => format!("{{{}}}", used(api, value)),
        Ty::Tuple(items) => {
            format!("({})", items.iter().map(|item| used(api, item)).collect::<Vec<_>>().join(", "))
        }
        Ty::Nullable(inner) => format!("({} | null)", used(api, inner)),
        Ty::Boxed(inner) => used(api, inner),
        Ty::Named(id) => label(api, &api.types[id].name),
    }
}

/// What a type is called here: `Pet`, `Pet.status`, `Pet.tags[]`, `listPets(limit)`, `listPets -> 200`.
fn label(api: &Api, name: &TypeName) -> String {
    let (owner, path) = match name {
        TypeName::Component(key) => return quoted(key),
        TypeName::Inline { owner, path, .. } => (owner, path),
    };
    let mut label = match owner {
        Owner::Type(id) => label(api, &api.types[id].name),
        Owner::Operation(id) => {
            let op = &api.operations[id];
            op.id.as_deref().map(quoted).unwrap_or_else(|| format!("<{} {}>", op.method, op.path))
        }
        Owner::Component(key) => format!("component {}", quoted(key)),
    };
    for segment in path {
        // writing to a String cannot fail
        let _ = match segment {
            Segment::Member(wire) => write!(label, ".{}", quoted(wire)),
            Segment::Item => write!(label, "[]"),
            Segment::Value => write!(label, "{{}}"),
            Segment::Position(at) => write!(label, "[{at}]"),
            Segment::Variant(tag) => write!(label, "<{}>", quoted(tag)),
            Segment::Form(member) => write!(label, "<with {}>", quoted(member)),
            Segment::Param(wire) => write!(label, "({})", quoted(wire)),
            Segment::Request => write!(label, "(body)"),
            Segment::Response(status) => write!(label, " -> {status}"),
        };
    }
    label
}

#[cfg(test)]
mod tests;
