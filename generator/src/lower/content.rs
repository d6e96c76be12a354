//! Request bodies and responses: media types and what they carry.

mod body;

use std::collections::HashMap;

use openapiv3::{MediaType, ReferenceOr, Responses, StatusCode};
use serde_json::Value;

use super::context::Lower;
use super::media::{Family, MOST_MEDIA_TYPES, family, has_type, rank};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Content, ContentKind, Docs, Response, Segment, Status, Ty, Untyped};
use crate::pointer::Pointer;
use crate::resolve::{Place, alike, schema_place};

/// Branches of a body in one another that may be files.
const MOST_BRANCHES: usize = 16;

impl Lower<'_, '_> {
    /// Notes the component schemas that are bodies of multipart requests.
    pub(super) fn find_files(&mut self) {
        let doc = self.doc;
        let components = doc.model.components.as_ref();
        let shared = components.into_iter().flat_map(|components| components.request_bodies.values());
        let shared = shared.filter_map(ReferenceOr::as_item).flat_map(|body| &body.content);
        let shared = shared.filter(|(media, _)| family(media) == Family::Multipart);
        for place in shared.filter_map(|(_, content)| schema_place(content.schema.as_ref()?)) {
            if let Some(place) = doc.place(place) {
                self.find_files_in(&place, 0);
            }
        }
        for operation in doc.operations() {
            let all = operation.at.child("requestBody").child("content");
            for (media, _) in operation.sent().filter(|(media, _)| family(media) == Family::Multipart) {
                if let Some(place) = doc.place(all.child(media).child("schema")) {
                    self.find_files_in(&place, 0);
                }
            }
        }
    }

    /// The same for a body or one of its branches.
    fn find_files_in(&mut self, body: &Place<'_>, depth: usize) {
        let doc = self.doc;
        if let Some(reference) = doc.reference(std::slice::from_ref(body)) {
            let target = reference.target;
            if self.files.insert(target.at.clone()) && depth < MOST_BRANCHES {
                self.find_files_in(&target, depth + 1);
            }
            return;
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let count = body.value.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            for branch in (0..count).filter(|_| depth < MOST_BRANCHES) {
                if let Some(branch) = doc.place(body.at.child(key).child(branch)) {
                    self.find_files_in(&branch, depth + 1);
                }
            }
        }
    }

    /// Reports content of too many media types.
    fn check_count(&mut self, count: usize, at: &Pointer) {
        if count > MOST_MEDIA_TYPES {
            let message = format!("the content has {count} media types, more than {MOST_MEDIA_TYPES}");
            let problem = Diagnostic::new(Code::TooLarge, &self.doc.origin(at), message).at_key();
            self.sink.report(problem.help("remove those that nobody uses"));
        }
    }

    /// One media type. An optional body that may be null is simply left out, so its type is not nullable.
    fn content(&mut self, media: &str, content: &MediaType, at: &Pointer, nullable: bool) -> Content {
        let place = content.schema.as_ref().and_then(schema_place).and_then(|place| self.doc.place(place));
        let family = match self.carried(media, content) {
            Family::Xml if self.is_nameless(content, at) => Family::Text,
            family => family,
        };
        let mut value = || match &place {
            Some(place) => {
                let used = self.schema(std::slice::from_ref(place));
                let ty = if nullable { used.in_place() } else { used.ty };
                self.api.bodies.push((self.doc.origin(&place.at), ty.clone()));
                ty
            }
            None => {
                let reason = "a media type without a `schema`";
                self.api.untyped.push(Untyped { origin: self.doc.origin(at), reason });
                Ty::Any
            }
        };
        let kind = match family {
            Family::Json => ContentKind::Json(value()),
            Family::Events => ContentKind::Events(value()),
            Family::Lines => ContentKind::Lines(value()),
            Family::Form => ContentKind::Form(value()),
            Family::Multipart => ContentKind::Multipart(value()),
            Family::Xml => {
                let ty = value();
                return self.as_xml(media, content, at, ty);
            }
            Family::Text => ContentKind::Text,
            Family::Bytes => ContentKind::Bytes,
        };
        // Who sends a value as anything at all sends it as JSON.
        let media = if family == Family::Json && media.contains('*') { "application/json" } else { media };
        Content { media: media.to_owned(), kind, example: self.example(at), encoding: Vec::new() }
    }

    /// The family of a media type; `*/*`, as code-first generators write where nothing is said, is JSON for what is no text.
    fn carried(&self, media: &str, content: &MediaType) -> Family {
        let place = || content.schema.as_ref().and_then(schema_place).and_then(|place| self.doc.place(place));
        match crate::media::essence(media).as_str() {
            "*/*" | "application/*" if place().is_some_and(|place| self.is_structured(&place, 0)) => {
                Family::Json
            }
            _ if self.is_xml(media, content) => Family::Xml,
            _ => family(media),
        }
    }

    /// Whether values of a schema are something else than text, as far as a look says.
    fn is_structured(&self, place: &Place<'_>, depth: u8) -> bool {
        let schema = place.value;
        if depth > 16 {
            return false;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.doc.target(reference).is_some_and(|target| self.is_structured(&target, depth + 1));
        }
        if let Some(kind) = schema.get("type").and_then(Value::as_str) {
            return kind != "string";
        }
        let is_branch = |key: &str, index: usize| {
            let branch = self.doc.place(place.at.child(key).child(index));
            branch.is_some_and(|branch| self.is_structured(&branch, depth + 1))
        };
        ["properties", "additionalProperties", "items"].iter().any(|key| schema.get(key).is_some())
            || ["allOf", "oneOf", "anyOf"].iter().any(|key| {
                let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
                (0..count).any(|index| is_branch(key, index))
            })
    }

    /// Success responses and error responses, each by status.
    pub(super) fn responses(
        &mut self,
        responses: &Responses,
        at: &Pointer,
    ) -> (Vec<Response>, Vec<Response>) {
        let mut all: Vec<Response> = Vec::new();
        for (status, response) in &responses.responses {
            let status = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(first) => Status::Range(*first as u8),
            };
            all.extend(self.response(response, &status.to_string(), status, at));
        }
        if let Some(response) = &responses.default {
            all.extend(self.response(response, "default", Status::Default, at));
        }
        all.sort_by_key(|response| response.status);
        let (mut good, mut bad) = outcomes(all);
        good.shrink_to_fit();
        bad.shrink_to_fit();
        for response in &mut bad {
            // An error that comes as XML is decoded as such; it is for the server to choose.
            let (kept, others) =
                std::mem::take(&mut response.others).into_iter().partition(|other| is_xml(&other.kind));
            response.others = kept;
            let others: Vec<Content> = others;
            others.iter().for_each(|other| self.ignored(&response.origin, &other.media, ""));
        }
        (good, bad)
    }

    /// A media type of a response that no method asks for.
    fn ignored(&mut self, response: &Pointer, media: &str, help: &str) {
        let origin = response.child("content").child(media);
        let problem = format!("the media type `{media}` is not requested");
        let diagnostic = Diagnostic::new(Code::MediaTypeIgnored, &origin, problem).at_key();
        self.sink.report(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }

    fn response(
        &mut self,
        response: &ReferenceOr<openapiv3::Response>,
        key: &str,
        status: Status,
        at: &Pointer,
    ) -> Option<Response> {
        match response {
            ReferenceOr::Item(response) => {
                Some(self.declared_response(response, key, status, &at.child(key)))
            }
            ReferenceOr::Reference { reference } => {
                let shared = self.doc.shared::<openapiv3::Response>(reference)?;
                self.at_home(&shared, |this| this.declared_response(&shared.part, key, status, &shared.at))
            }
        }
    }

    /// The best media type of a response is read; what the others carry can be asked for where it is something else.
    fn declared_response(
        &mut self,
        response: &openapiv3::Response,
        key: &str,
        status: Status,
        at: &Pointer,
    ) -> Response {
        let base = at.child("content");
        self.check_count(response.content.len(), &base);
        let families: HashMap<&str, Family> = response
            .content
            .iter()
            .map(|(media, content)| (media.as_str(), self.carried(media, content)))
            .collect();
        let family = |media: &String| families[media.as_str()];
        let best = response.content.keys().min_by_key(|media| rank(family(media), media));
        let read = |this: &mut Self, media: &str| {
            let at = base.child(media);
            this.step(Segment::Response(key.to_owned()), |this| {
                this.content(media, &response.content[media], &at, true)
            })
        };
        let best = best.filter(|_| !self.without_content);
        let content = best.map(|media| read(self, media));
        let doc = self.doc;
        let schema = |media: &String| doc.value(&base.child(media).child("schema"));
        // An inline schema that is repeated word for word is read once, so that there is one type.
        let is_alike = |media: &String| {
            best.and_then(schema).zip(schema(media)).is_some_and(|(best, other)| alike(best, other))
        };
        let is_repeated = |media: &String| {
            let best = best.filter(|best| family(best) == family(media) && has_type(family(media)));
            best.is_some() && is_alike(media)
        };
        let mut others = Vec::new();
        for media in response.content.keys().take(MOST_MEDIA_TYPES).filter(|media| Some(*media) != best) {
            if self.without_content {
                self.ignored(&self.doc.origin(at), media, "a response to `HEAD` has no content; remove it");
                continue;
            }
            if is_error(status) && family(media) != Family::Xml {
                self.ignored(&self.doc.origin(at), media, "");
                continue;
            }
            let written = content.as_ref().filter(|_| is_alike(media) && family(media) == Family::Xml);
            let other = match written.and_then(carried) {
                Some(ty) => {
                    Some(self.as_xml(media, &response.content[media], &base.child(media), ty.clone()))
                }
                None => (!is_repeated(media)).then(|| read(self, media)),
            };
            let is_same = |other: &Content| {
                has_type(family(media)) && content.as_ref().is_some_and(|content| content.kind == other.kind)
            };
            match other.filter(|other| !is_same(other)) {
                Some(other) => others.push(other),
                None => {
                    let help = "another media type has the same content; to request this one, use `.with_header(\"accept\", …)`";
                    self.ignored(&self.doc.origin(at), media, help);
                }
            }
        }
        let docs = Docs {
            description: Some(response.description.clone()).filter(|text| !text.is_empty()),
            ..Docs::default()
        }
        .into();
        let headers = self.headers(response, &at.child("headers"));
        Response { origin: self.doc.origin(at), status, content, others, headers, docs }
    }
}

/// Whether this is XML with a type.
fn is_xml(kind: &ContentKind) -> bool {
    matches!(kind, ContentKind::Xml(_))
}

/// Parts success from failure.
fn outcomes(all: Vec<Response>) -> (Vec<Response>, Vec<Response>) {
    let good = |response: &Response| match response.status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(first) => first == 2,
        Status::Default => false,
    };
    if all.iter().any(good) {
        return all.into_iter().filter(|a| !is_in_between(a.status)).partition(good);
    }
    // Nothing says success: what is no error status is the response (`default`, a redirect).
    all.into_iter().partition(|response| !is_error(response.status))
}

/// Whether a status is never one of success.
fn is_error(status: Status) -> bool {
    match status {
        Status::Code(code) => code >= 400,
        Status::Range(first) => first >= 4,
        Status::Default => false,
    }
}

/// Informational and redirect statuses, which the transport deals with.
fn is_in_between(status: Status) -> bool {
    match status {
        Status::Code(code) => !(200..300).contains(&code) && code < 400,
        Status::Range(first) => first == 1 || first == 3,
        Status::Default => false,
    }
}

/// The type of what is JSON.
fn carried(content: &Content) -> Option<&Ty> {
    match &content.kind {
        ContentKind::Json(ty) => Some(ty),
        _ => None,
    }
}
