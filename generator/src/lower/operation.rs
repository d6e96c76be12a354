//! Operations: parameters, bodies, responses.

use std::collections::HashMap;

use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use serde_json::Value;

use super::context::Lower;
use super::text;
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Docs, Location, OpId, Operation, Owner, Param, Rare, Segment, Style, Ty};
use crate::media::essence;
use crate::normalize::Since;
use crate::pointer::Pointer;
use crate::resolve::{Annotations, Item};
use crate::tree::Mark;

/// Headers that the specification says are never parameters (OpenAPI 3.1, section 4.8.12.1).
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Longest path of an operation, in bytes.
const MOST_PATH: usize = 4096;

/// Header names that carry an idempotency key.
const IDEMPOTENCY: [&str; 3] = ["idempotency-key", "x-idempotency-key", "idempotency_key"];

impl<'d> Lower<'d, '_> {
    /// Lowers all operations and the resource tree they stand in.
    pub(super) fn operations(&mut self, config: &Config) {
        let doc = self.doc;
        let mut resources = super::resource::Tree::new(self, config);
        let mut ids: HashMap<String, Pointer> = HashMap::new();
        for (path, at, value) in doc.items() {
            let Some(item) = doc.item(value, &at, self.sink) else { continue };
            for (method, operation) in &item.operations {
                let at = at.child(method);
                if let Some(id) = &operation.operation_id
                    && let Some(first) = ids.insert(id.clone(), at.clone())
                {
                    let origin = doc.origin(&at.child("operationId"));
                    let first = doc.origin(&first.child("operationId"));
                    self.sink.report(used_twice(id, &origin, &first));
                }
                if doc.mark(&at) == Some(Mark::Excluded) || self.is_too_long(path, &at) {
                    continue;
                }
                if self.is_refused(&item, operation, &at) {
                    self.check_refused(path, &item, operation, &at);
                    continue;
                }
                let id = OpId(self.api.operations.len() as u32);
                let lowered = self
                    .within(Owner::Operation(id), |this| this.operation(path, &item, method, operation, &at));
                let resource = resources.place(self, config, operation, (method, path), id);
                let identity = value.get(method).and_then(|operation| identity(operation, config));
                let identity = identity.map(str::to_owned);
                self.api.operations.push(Operation { resource, identity, ..lowered });
            }
        }
    }

    /// Whether the path is longer than any server takes, which is reported.
    fn is_too_long(&mut self, path: &str, at: &Pointer) -> bool {
        if path.len() > MOST_PATH {
            let problem = format!("the path has {} bytes, more than {MOST_PATH}", path.len());
            let found = Diagnostic::new(Code::TooLarge, &self.doc.origin(&at.parent()), problem).at_key();
            let help = "the operation is skipped; shorten the path, since no server accepts such a URL";
            self.sink.report(found.help(help));
        }
        path.len() > MOST_PATH
    }

    fn operation(
        &mut self,
        path: &str,
        item: &Item,
        method: &str,
        operation: &openapiv3::Operation,
        at: &Pointer,
    ) -> Operation {
        let params = self.params(path, item, operation, at);
        let body = operation.request_body.as_ref().and_then(|body| self.body(body, &at.child("requestBody")));
        // A response to `HEAD` has the headers of the one to `GET`, and nothing else.
        self.without_content = method.eq_ignore_ascii_case("head");
        let (responses, errors) = self.responses(&operation.responses, &at.child("responses"));
        self.without_content = false;
        let idempotency = params
            .iter()
            .find(|p| {
                p.location == Location::Header && IDEMPOTENCY.contains(&p.wire.to_ascii_lowercase().as_str())
            })
            .map(|param| param.wire.clone());
        let notes = Annotations { description: operation.description.as_deref(), ..Annotations::default() };
        let summary = operation.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Operation {
            origin: self.doc.origin(at),
            id: operation.operation_id.clone(),
            identity: None,
            resource: crate::ir::ResourceId(0),
            method: if is_known(method) { method.to_ascii_uppercase() } else { method.to_owned() },
            path: path.to_owned(),
            docs: Docs {
                summary: summary.map(str::to_owned),
                description: text::docs(&notes, "").description.clone(),
                deprecated: operation.deprecated.then(String::new),
                link: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
                ..Docs::default()
            }
            .into(),
            params,
            body,
            responses,
            errors,
            security: self.security(operation.security.as_ref()),
            idempotency,
            server: operation.servers.first().or(item.servers.first()).map(|server| server.url.clone()),
        }
    }

    /// Parameters of the operation and of its path item; the operation's own win.
    fn params(
        &mut self,
        path: &str,
        item: &Item,
        operation: &openapiv3::Operation,
        at: &Pointer,
    ) -> Vec<Param> {
        let own = operation.parameters.iter().enumerate().map(|(i, p)| (p, at.child("parameters").child(i)));
        let item_at = at.parent();
        let shared =
            item.parameters.iter().enumerate().map(|(i, p)| (p, item_at.child("parameters").child(i)));
        let mut params: Vec<Param> = Vec::new();
        for (parameter, at) in own.chain(shared) {
            let Some(param) = self.param(parameter, &at) else { continue };
            let known = params.iter().any(|p| p.wire == param.wire && p.location == param.location);
            let ignored = param.location == Location::Header
                && NOT_PARAMETERS.contains(&param.wire.to_ascii_lowercase().as_str());
            if !known && !ignored {
                params.push(param);
            }
        }
        self.check_path(path, &mut params, at);
        params.shrink_to_fit();
        params
    }

    /// Path parameters and the path template must agree; where they do not, the template is right.
    fn check_path(&mut self, path: &str, params: &mut Vec<Param>, at: &Pointer) {
        let names = template_names(path);
        params.retain(|param| {
            let stray = param.location == Location::Path && !names.contains(&param.wire.as_str());
            if stray {
                self.sink.report(stray_parameter(&param.wire, &param.origin));
            }
            !stray
        });
        for name in names {
            if params.iter().any(|param| param.location == Location::Path && param.wire == name) {
                continue;
            }
            let origin = self.doc.origin(at);
            // One without a name is reported with its path.
            if !name.is_empty() {
                self.sink.report(undeclared_parameter(name, &origin, &self.doc.origin(&at.parent())));
            }
            params.push(Param {
                wire: name.to_owned(),
                origin,
                location: Location::Path,
                ty: Ty::String,
                nullable: false,
                required: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                default: None,
                docs: Rare::default(),
            });
        }
    }

    /// The same for an operation that is left out, as far as it can be seen without following references.
    fn check_refused(&mut self, path: &str, item: &Item, operation: &openapiv3::Operation, at: &Pointer) {
        let names = template_names(path);
        let mut declared = Vec::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let ReferenceOr::Item(Parameter::Path { parameter_data, .. }) = parameter else { continue };
            let name = parameter_data.name.as_str();
            declared.push(name);
            if !name.is_empty() && !names.contains(&name) {
                let origin = self.doc.origin(&at.child("parameters").child(index));
                self.sink.report(stray_parameter(name, &origin));
            }
        }
        let all = || operation.parameters.iter().chain(&item.parameters);
        if all().any(|parameter| matches!(parameter, ReferenceOr::Reference { .. })) {
            return;
        }
        declared.extend(
            all().filter_map(|parameter| Some(parameter.as_item()?.parameter_data_ref().name.as_str())),
        );
        for name in names.iter().filter(|name| !name.is_empty() && !declared.contains(*name)) {
            let (origin, path) = (self.doc.origin(at), self.doc.origin(&at.parent()));
            self.sink.report(undeclared_parameter(name, &origin, &path));
        }
    }

    /// A parameter; `None` for one without a name, which has been reported.
    fn param(&mut self, parameter: &ReferenceOr<Parameter>, at: &Pointer) -> Option<Param> {
        let nameless = |at: &Pointer| self.doc.mark(at) == Some(Mark::Nameless);
        match parameter {
            ReferenceOr::Item(_) if nameless(at) => None,
            ReferenceOr::Item(parameter) => Some(self.declared(parameter, at)),
            ReferenceOr::Reference { reference } => {
                let shared = self.doc.shared::<Parameter>(reference)?;
                if nameless(&shared.at) {
                    return None;
                }
                self.at_home(&shared, |this| this.declared(&shared.part, &shared.at))
            }
        }
    }

    fn declared(&mut self, parameter: &Parameter, at: &Pointer) -> Param {
        let data = parameter.parameter_data_ref();
        let (location, style, mut reserved) = transport(parameter);
        if location == Location::Path && self.doc.version >= Since::V32 {
            let said = self.doc.value(at).and_then(|parameter| parameter.get("allowReserved")?.as_bool());
            reserved = said.unwrap_or(false);
        }
        let (place, by_content) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (crate::resolve::schema_place(schema), false),
            ParameterSchemaOrContent::Content(content) => {
                let first = content.first();
                let place =
                    first.and_then(|(_, media)| media.schema.as_ref()).and_then(crate::resolve::schema_place);
                // Text is written as it is, as a parameter without content would be.
                (place, !first.is_some_and(|(media, _)| essence(media).starts_with("text/")))
            }
        };
        let used = place.and_then(|place| self.doc.place(place)).map(|place| {
            self.step(Segment::Param(data.name.clone()), |this| {
                let used = this.schema(&[place]);
                (used.ty, used.nullable, used.node)
            })
        });
        let (ty, nullable, node) = used.unwrap_or((Ty::String, false, crate::resolve::Node::default()));
        let style = match self.doc.mark(at) {
            _ if by_content => Style::Json,
            Some(Mark::CookieStyle) => Style::Cookie,
            _ => style,
        };
        Param {
            wire: data.name.clone(),
            origin: self.doc.origin(at),
            location,
            ty,
            nullable,
            required: data.required || location == Location::Path,
            style,
            explode: data.explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject | Style::Cookie)),
            allow_reserved: reserved,
            default: node.annotations.default.filter(|value| !value.is_null()).map(ToString::to_string),
            docs: param_docs(data, &node.annotations),
        }
    }
}

/// Whether a member of a path item is a method by a keyword, which is in small letters; others are written as they are sent.
fn is_known(method: &str) -> bool {
    method == "query" || http_methods().any(|known| known == method)
}

fn http_methods() -> impl Iterator<Item = &'static str> {
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"].into_iter()
}

/// The names between braces, in order.
fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else { break };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    names
}

/// Where a parameter travels, and how.
fn transport(parameter: &Parameter) -> (Location, Style, bool) {
    match parameter {
        Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            };
            (Location::Path, style, false)
        }
        Parameter::Query { style, allow_reserved, .. } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style, *allow_reserved)
        }
        Parameter::Header { .. } => (Location::Header, Style::Simple, false),
        Parameter::Cookie { .. } => (Location::Cookie, Style::Form, false),
    }
}

fn used_twice(id: &str, at: &Pointer, first: &Pointer) -> Diagnostic {
    Diagnostic::new(Code::DuplicateOperationId, at, format!("the operationId `{id}` is used twice"))
        .also(first, "first used here")
        .help("the methods are named by their routes; give each operation its own `operationId`")
}

/// What the parameter says of itself, then what its schema says.
fn param_docs(data: &ParameterData, schema: &Annotations<'_>) -> Rare<Docs> {
    let notes = Annotations {
        description: data.description.as_deref().or(schema.description),
        deprecated: data.deprecated.unwrap_or(false) || schema.deprecated,
        constraints: schema.constraints.clone(),
        ..Annotations::default()
    };
    text::docs(&notes, &data.name)
}

/// What tells an operation from others in every version of the document, where `sdk.toml` names an extension for that.
pub(crate) fn identity<'d>(operation: &'d Value, config: &Config) -> Option<&'d str> {
    operation.get(config.identity.as_ref()?)?.as_str()
}

fn stray_parameter(name: &str, at: &Pointer) -> Diagnostic {
    let problem = format!("the path parameter `{name}` does not occur in the path");
    Diagnostic::new(Code::PathParameter, &at.child("name"), problem)
        .help("it is not sent; add it to the path, or remove it")
}

fn undeclared_parameter(name: &str, operation: &Pointer, path: &Pointer) -> Diagnostic {
    Diagnostic::new(Code::PathParameter, operation, format!("the path parameter `{name}` is not declared"))
        .at_key()
        .also(path, "used in this path")
        .help("it is treated as a string; declare it")
}
