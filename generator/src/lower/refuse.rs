//! Operations that cannot be made, because a part they need is not there.

use std::borrow::Cow;

use openapiv3::{Parameter, ReferenceOr, RequestBody};

use super::context::Lower;
use super::encoding;
use crate::diag::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::resolve::{Doc, Item, Sharable};
use crate::tree::Mark;

impl Lower<'_, '_> {
    /// Whether the operation lacks a parameter, its body, or a response of success; then it is left out, and that is
    /// reported. Responses of failure that lead to nothing are merely untyped.
    pub(super) fn is_refused(&mut self, item: &Item, operation: &openapiv3::Operation, at: &Pointer) -> bool {
        let Some(missing) = missing(self.doc, item, operation, at) else { return false };
        let problem = format!("the operation is skipped: {missing}");
        let origin = self.doc.origin(at);
        self.sink.report(Diagnostic::new(Code::OperationRefused, &origin, problem).at_key().help(
            "fix the problem reported there, or exclude the operation under `[exclude]` in `sdk.toml`",
        ));
        true
    }
}

/// The first part that leads to nothing.
fn missing(doc: &Doc, item: &Item, operation: &openapiv3::Operation, at: &Pointer) -> Option<String> {
    let listed = |at: &Pointer| {
        let list = at.child("parameters");
        move |(index, parameter)| (parameter, list.child(index))
    };
    let own = operation.parameters.iter().enumerate().map(listed(at));
    let shared = item.parameters.iter().enumerate().map(listed(&at.parent()));
    for (parameter, at) in own.chain(shared) {
        if let Some(reference) = lost(doc, parameter) {
            return Some(format!("its parameter `{reference}` cannot be resolved"));
        }
        let (part, at) = match parameter {
            ReferenceOr::Item(parameter) => (Cow::Borrowed(parameter), at),
            ReferenceOr::Reference { reference } => match doc.shared::<Parameter>(reference) {
                Some(shared) => (shared.part, shared.at),
                None => continue,
            },
        };
        if let Some(Mark::Unsendable(why)) = doc.mark(&at) {
            return Some(format!("its parameter `{}` {why}", part.parameter_data_ref().name));
        }
    }
    if let Some(body) = &operation.request_body
        && let Some(reference) = lost(doc, body)
    {
        return Some(format!("its request body `{reference}` cannot be resolved"));
    }
    if let Some((media, why)) = operation.request_body.as_ref().and_then(|body| unwritable(doc, body)) {
        return Some(format!("its request body cannot be sent as `{media}`: {why}"));
    }
    let responses = operation.responses.responses.iter();
    let responses = responses.filter(|(status, _)| status.to_string().starts_with('2'));
    responses
        .filter_map(|(_, response)| lost(doc, response))
        .next()
        .map(|reference| format!("its response `{reference}` cannot be resolved"))
}

/// The first media type of a body that must be given, and cannot be written as any of them.
fn unwritable(doc: &Doc, body: &ReferenceOr<RequestBody>) -> Option<(String, &'static str)> {
    let body = match body {
        ReferenceOr::Item(body) => Cow::Borrowed(body),
        ReferenceOr::Reference { reference } => doc.shared::<RequestBody>(reference)?.part,
    };
    if !body.required {
        return None;
    }
    let each = body.content.iter();
    let each: Option<Vec<_>> = each
        .map(|(media, content)| Some((media.clone(), encoding::unwritable(doc, media, content)?)))
        .collect();
    each?.into_iter().next()
}

/// The reference, if it is one that leads to nothing of its kind.
fn lost<'r, T: Sharable>(doc: &Doc, part: &'r ReferenceOr<T>) -> Option<&'r str> {
    match part {
        ReferenceOr::Reference { reference } if doc.shared::<T>(reference).is_none() => Some(reference),
        ReferenceOr::Reference { .. } | ReferenceOr::Item(_) => None,
    }
}
