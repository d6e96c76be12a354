//! Compares recorded calls with the operations of the document: status, media type, parameters, bodies.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::collect::Collected;
use super::compare::{Comparer, Difference, Instead, Kind, Outcome, Slot};
use super::exchange::{Body, Content, Exchange, Response, Target};
use super::route::{Met, Operation, Request, Routes};
use super::schema::{Schemas, array};
use super::secret;
use super::unknown;
use crate::media;
use crate::pointer::Pointer;
use crate::reference;

/// How many of the exchanges belong to the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Exchanges of operations of the document.
    pub known: usize,
    /// Exchanges of unknown operations of its server.
    pub unknown: usize,
    /// Exchanges with other servers, and requests that the server did not know either.
    pub foreign: usize,
}

/// An exchange with the operation that it calls.
struct Call<'d, 'e> {
    exchange: &'e Exchange,
    request: Option<Request>,
    met: Met<'d>,
}

/// Compares all exchanges.
pub(super) fn compare<'e>(
    schemas: &Schemas<'_>,
    exchanges: &'e [Exchange],
    instead: &HashMap<Pointer, Instead>,
) -> (Collected<'e>, Matched) {
    let base_url = schemas.config.client.base_url.as_deref();
    let routes = Routes::new(schemas.root, base_url);
    let comparer = Comparer::new(schemas, instead);
    let mut all = Collected::default();
    let mut matched = Matched::default();
    let calls = calls(&routes, exchanges);
    let ours: BTreeSet<String> = calls
        .iter()
        .filter(|call| matches!(call.met, Met::Operation(_)))
        .filter_map(|call| Some(call.request.as_ref()?.host.clone()))
        .collect();
    for call in &calls {
        let is_ours = call.request.as_ref().is_none_or(|request| ours.contains(&request.host));
        match (&call.met, &call.exchange.target) {
            (_, Target::Schema(at)) => {
                matched.known += 1;
                for value in call.exchange.response.iter().flat_map(|response| response.body.values()) {
                    let outcome = comparer.compare(at, value, Slot::body(false));
                    all.body(outcome, &call.exchange.entry, "");
                }
            }
            (Met::Operation(operation), _) => {
                matched.known += 1;
                Operated { comparer: &comparer, operation, exchange: call.exchange, all: &mut all }
                    .compare(call.request.as_ref());
            }
            (met, _)
                if is_ours
                    && unknown::record(&routes, (met, call.request.as_ref()), call.exchange, &mut all) =>
            {
                matched.unknown += 1;
            }
            _ => matched.foreign += 1,
        }
    }
    (all, matched)
}

fn calls<'d, 'e>(routes: &Routes<'d>, exchanges: &'e [Exchange]) -> Vec<Call<'d, 'e>> {
    let find = |exchange: &'e Exchange, anywhere: bool| {
        let (request, met) = match &exchange.target {
            Target::Schema(_) => (None, Met::Nothing),
            Target::Operation { method, path } => (None, routes.declared(method, path)),
            Target::Url { method, url } => match Request::new(method, url) {
                Some(request) => {
                    let met = routes.find(&request, anywhere);
                    (Some(request), met)
                }
                None => (None, Met::Nothing),
            },
        };
        Call { exchange, request, met }
    };
    let calls: Vec<_> = exchanges.iter().map(|exchange| find(exchange, false)).collect();
    if calls.iter().any(|call| matches!(call.met, Met::Operation(_))) {
        return calls;
    }
    // Nothing of the document's servers: a recording of another installation, or of a proxy.
    exchanges.iter().map(|exchange| find(exchange, true)).collect()
}

/// A call of an operation that is compared.
struct Operated<'a, 'd, 's, 'e> {
    comparer: &'a Comparer<'d, 's>,
    operation: &'a Operation<'d>,
    exchange: &'e Exchange,
    all: &'a mut Collected<'e>,
}

impl<'d, 'e> Operated<'_, 'd, '_, 'e> {
    fn compare(mut self, request: Option<&Request>) {
        self.all.saw(self.operation.at.clone());
        let response = self.exchange.response.as_ref();
        // What the server refused says nothing about the document.
        let is_accepted = response.and_then(|response| response.status).is_none_or(|status| status < 400);
        if is_accepted {
            if let Some(request) = request {
                self.parameters(request);
            }
            if let Some(body) = &self.exchange.request {
                self.sent(body);
            }
        }
        if let Some(response) = response {
            self.received(response);
        }
    }

    fn label(&self) -> String {
        let status = self.exchange.response.as_ref().and_then(|response| response.status);
        let status = status.map_or_else(String::new, |status| format!(" {status}"));
        format!("{} {}{status}", self.operation.method.to_uppercase(), self.operation.template)
    }

    /// Records a difference of the call itself.
    fn report(
        &mut self,
        kind: Kind,
        at: Pointer,
        name: Option<String>,
        breaks: bool,
        sample: Option<&'e Value>,
    ) {
        let difference =
            Difference { kind, at, site: None, name, tag: None, sample, path: String::new(), breaks };
        let label = self.label();
        self.all.difference(difference, &self.exchange.entry, &label);
    }

    /// The node at a pointer, references followed.
    fn node(&self, at: &Pointer) -> Option<(Pointer, &'d Map<String, Value>)> {
        let root = self.comparer.schemas.root;
        let value = root.pointer(at.as_str())?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(text) => {
                let (at, value) = reference::chain(text, |at| root.pointer(at.as_str())).last()?;
                Some((at, value.as_object()?))
            }
            None => Some((at.clone(), value.as_object()?)),
        }
    }

    fn parameters(&mut self, request: &Request) {
        let lists =
            [(&self.operation.item_at, self.operation.item), (&self.operation.at, self.operation.value)];
        let places = lists.map(|(at, map)| (at.child("parameters"), array(map, "parameters").len()));
        let declared: Vec<(Pointer, &'d Map<String, Value>)> = places
            .iter()
            .flat_map(|(at, count)| (0..*count).map(|index| at.child(index)))
            .filter_map(|at| self.node(&at))
            .collect();
        let is_in = |map: &Map<String, Value>, place: &str| map.get("in").is_some_and(|of| of == place);
        if declared.iter().any(|(_, map)| is_in(map, "querystring")) {
            return;
        }
        let mut names: BTreeSet<String> = self.credentials();
        for (at, map) in declared.iter().filter(|(_, map)| is_in(map, "query")) {
            let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
            let schema = self.comparer.schemas.view(&at.child("schema"));
            let is_object = schema.kind().is_some_and(|(kind, _)| kind == "object");
            let properties = schema.parts.iter().filter_map(|part| part.map.get("properties")?.as_object());
            names.extend(properties.flat_map(|all| all.keys().cloned()));
            names.insert(name.trim_end_matches("[]").to_owned());
            let is_sent = |one: &str| one == name || base(one) == base(name);
            let is_required = map.get("required") == Some(&Value::Bool(true));
            if is_required && !is_object && !request.query.iter().any(|(one, _)| is_sent(one)) {
                self.report(Kind::MissingParameter, at.clone(), Some(name.to_owned()), false, None);
            }
        }
        let sent: BTreeSet<&str> = request.query.iter().map(|(name, _)| base(name)).collect();
        for name in sent.into_iter().filter(|name| !names.contains(*name) && secret::is_name(name)) {
            self.report(Kind::Parameter, self.operation.at.clone(), Some(name.to_owned()), false, None);
        }
    }

    /// The names of query parameters that hold credentials.
    fn credentials(&self) -> BTreeSet<String> {
        let schemes =
            self.comparer.schemas.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        let in_query = |scheme: &&Value| scheme.get("in").is_some_and(|of| of == "query");
        let names = schemes.into_iter().flat_map(|all| all.values()).filter(in_query);
        names.filter_map(|scheme| scheme.get("name")?.as_str().map(str::to_owned)).collect()
    }

    fn sent(&mut self, body: &'e Body) {
        let at = self.operation.at.child("requestBody");
        match self.node(&at) {
            Some((at, map)) => {
                let content = at.child("content");
                let declared = map.get("content").and_then(Value::as_object);
                self.content(body, &content, declared, true, false);
            }
            None if matches!(body.content, Content::Json(_)) => {
                let media =
                    body.media.as_deref().map_or_else(|| "application/json".to_owned(), media::essence);
                self.report(Kind::MediaType, at.child("content"), Some(media), false, body.values().first());
            }
            None => {}
        }
    }

    fn received(&mut self, response: &'e Response) {
        let all = self.operation.at.child("responses");
        let declared = self.node(&all).map(|(_, map)| map);
        let Some(status) = response.status else {
            return self.first_success(declared, &all, response);
        };
        // Redirects and the like are for the transport.
        if (status < 200 || (300..400).contains(&status)) || matches!(response.body.content, Content::Unknown)
        {
            return;
        }
        let keys = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
        let key = declared.and_then(|map| keys.iter().find(|key| map.contains_key(key.as_str())));
        match key.and_then(|key| self.node(&all.child(key))) {
            Some((at, map)) => self.declared(&at, map, response, status),
            None => self.undeclared(declared, &all, response, status),
        }
    }

    /// A response of a declared status.
    fn declared(&mut self, at: &Pointer, map: &'d Map<String, Value>, response: &'e Response, status: u16) {
        self.all.saw(at.clone());
        let is_success = status < 300;
        let is_bare = matches!(status, 204 | 205) || self.operation.method == "head";
        let content = at.child("content");
        let declared = map.get("content").and_then(Value::as_object).filter(|map| !map.is_empty());
        match (&response.body.content, declared) {
            (Content::Empty, Some(declared)) if !is_bare => {
                let breaks =
                    is_success && declared.keys().any(|media| media::is_json(&media::essence(media)));
                self.report(Kind::NoBody, content, None, breaks, None);
            }
            (Content::Empty, _) => {}
            _ => self.content(&response.body, &content, declared, false, is_success),
        }
    }

    /// A response of a status that is not declared. A success is read as a declared success.
    fn undeclared(
        &mut self,
        declared: Option<&'d Map<String, Value>>,
        all: &Pointer,
        response: &'e Response,
        status: u16,
    ) {
        let success =
            declared.and_then(|map| map.keys().find(|key| key.starts_with('2'))).filter(|_| status < 300);
        let schema = success.and_then(|key| self.node(&all.child(key))).and_then(|(at, map)| {
            let content = map.get("content")?.as_object()?;
            let media = content.keys().find(|media| media::is_json(&media::essence(media)))?;
            Some(at.child("content").child(media).child("schema"))
        });
        let value = response.body.values().first();
        let outcome =
            schema.zip(value).map(|(at, value)| self.comparer.compare(&at, value, Slot::body(false)));
        let breaks = outcome.is_some_and(|outcome| outcome.breaking() > 0);
        self.report(Kind::Status, all.clone(), Some(status.to_string()), breaks, value);
    }

    /// A body whose status the recording does not say: that of a success.
    fn first_success(
        &mut self,
        declared: Option<&'d Map<String, Value>>,
        all: &Pointer,
        response: &'e Response,
    ) {
        let key = declared.and_then(|map| map.keys().find(|key| key.starts_with('2') || *key == "default"));
        if let Some((at, map)) = key.and_then(|key| self.node(&all.child(key))) {
            self.declared(&at, map, response, 200);
        }
    }

    /// The content of a body, against the declared media types.
    fn content(
        &mut self,
        body: &'e Body,
        at: &Pointer,
        declared: Option<&'d Map<String, Value>>,
        is_request: bool,
        breaks: bool,
    ) {
        let Some(declared) = declared else {
            if matches!(body.content, Content::Json(_)) {
                let media =
                    body.media.as_deref().map_or_else(|| "application/json".to_owned(), media::essence);
                self.report(Kind::MediaType, at.clone(), Some(media), false, body.values().first());
            }
            return;
        };
        let json = declared.keys().find(|media| media::is_json(&media::essence(media)));
        let chosen = match body.media.as_deref().map(media::essence) {
            None => json.or_else(|| declared.keys().find(|media| media.contains('*'))),
            Some(essence) => {
                let found = declared.keys().find(|media| media::essence(media) == essence);
                let found = found.or_else(|| declared.keys().find(|media| is_in_range(&essence, media)));
                if found.is_none() && !matches!(body.content, Content::Empty) {
                    let breaks = breaks && json.is_some() && body.values().is_empty();
                    self.report(Kind::MediaType, at.clone(), Some(essence), breaks, body.values().first());
                }
                found.or(json)
            }
        };
        let Some(media) = chosen else { return };
        if matches!(body.content, Content::Other)
            && breaks
            && body.media.as_ref().is_some_and(|media| media::is_json(&media::essence(media)))
        {
            self.report(Kind::MediaType, at.clone(), None, true, None);
        }
        let schema = at.child(media).child("schema");
        let is_text = self.comparer.schemas.view(&schema).kind().is_some_and(|(kind, _)| kind == "string");
        if is_text && !media::is_json(&media::essence(media)) {
            return;
        }
        let label = self.label();
        for value in body.values() {
            let mut outcome: Outcome<'e> = self.comparer.compare(&schema, value, Slot::body(is_request));
            if is_request {
                // The generated code writes requests; it does not read them.
                outcome.found.iter_mut().for_each(|one| one.breaks = false);
            }
            self.all.body(outcome, &self.exchange.entry, &label);
        }
    }
}

/// The name of a parameter without the keys of `deepObject`.
fn base(name: &str) -> &str {
    name.split_once('[').map_or(name, |(base, _)| base)
}

fn is_in_range(essence: &str, range: &str) -> bool {
    let range = media::essence(range);
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(family) => essence.starts_with(family),
        None => false,
    }
}
