//! Requests that the document has no operation for.

use serde_json::Value;

use super::collect::Collected;
use super::compare::{Difference, Kind};
use super::exchange::Exchange;
use super::infer::Inferred;
use super::route::{Met, Request, Routes};
use super::secret;
use crate::pointer::Pointer;

/// Methods that are not operations of an API.
const SKIPPED: [&str; 3] = ["options", "head", "connect"];

/// Records an unknown operation. `false` if the server did not know it either, or if it is of another server.
pub(super) fn record(
    routes: &Routes<'_>,
    (met, request): (&Met<'_>, Option<&Request>),
    exchange: &Exchange,
    all: &mut Collected<'_>,
) -> bool {
    let Some(request) = request else { return false };
    let status = exchange.response.as_ref().and_then(|response| response.status);
    let is_refused =
        status.is_none_or(|status| matches!(status, 404 | 405 | 501) || (300..400).contains(&status));
    if is_refused || SKIPPED.contains(&request.method.as_str()) {
        return false;
    }
    let (at, template) = match met {
        Met::Path(at) => (at.clone(), at.keys().last().unwrap_or_default()),
        Met::Server(segments) if !segments.is_empty() => {
            (Pointer::root().child("paths"), template(segments, |above| routes.parameter(above)))
        }
        Met::Server(_) | Met::Nothing | Met::Operation(_) => return false,
    };
    let mut values = exchange.response.iter().flat_map(|response| response.body.values());
    let is_success = status.is_some_and(|status| status < 300);
    let sample = values.find(|_| is_success);
    let call = format!("{} {template}", request.method.to_uppercase());
    let label = status.map_or_else(|| call.clone(), |status| format!("{call} {status}"));
    let difference = Difference {
        kind: Kind::Operation,
        at,
        site: None,
        name: Some(call),
        tag: None,
        sample,
        path: String::new(),
        breaks: false,
    };
    let found = all.difference(difference, &exchange.entry, &label);
    if let Some(body) = exchange.request.as_ref().filter(|_| is_success) {
        let sent: &[Value] = body.values();
        sent.iter().for_each(|value| found.sent.get_or_insert_with(Inferred::default).add(value));
    }
    true
}

/// A template for segments: what looks like an id becomes a parameter, named as other paths name it, or after the segment before
/// it.
fn template<'d>(segments: &[String], declared: impl Fn(&[String]) -> Option<&'d str>) -> String {
    let mut out = String::new();
    let mut names: Vec<String> = Vec::new();
    let mut last = "";
    for (at, segment) in segments.iter().enumerate() {
        out.push('/');
        if let Some(parameter) = declared(&segments[..=at]).filter(|_| is_id(segment)) {
            out.push_str(parameter);
            names.push(parameter.trim_matches(['{', '}']).to_owned());
        } else if is_id(segment) {
            let stem: String = last
                .trim_end_matches('s')
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            let mut name = if stem.is_empty() { "id".to_owned() } else { format!("{stem}_id") };
            while names.contains(&name) {
                name.push('_');
            }
            out.push_str(&format!("{{{name}}}"));
            names.push(name);
            last = "";
        } else {
            out.push_str(segment);
            last = segment;
        }
    }
    out
}

/// Whether a segment is data rather than a word of the API.
fn is_id(segment: &str) -> bool {
    let digits = segment.chars().filter(char::is_ascii_digit).count();
    let is_version = segment
        .strip_prefix('v')
        .is_some_and(|rest| !rest.is_empty() && rest.len() < 3 && rest.chars().all(|c| c.is_ascii_digit()));
    let is_mixed = segment.len() > 2 && (segment.contains(['_', '-']) || digits * 3 >= segment.len());
    let is_number = digits > 0 && (digits == segment.len() || is_mixed);
    !is_version && (is_number || segment.contains('@') || !secret::is_name(segment))
}

#[cfg(test)]
mod tests {
    use super::template;

    #[test]
    fn ids_become_parameters() {
        let of = |path: &str| {
            template(&path.split('/').map(str::to_owned).collect::<Vec<_>>(), |above| {
                (above.join("/") == "pets/1").then_some("{id}")
            })
        };
        assert_eq!(of("pets/1/toys/2"), "/pets/{id}/toys/{toy_id}");
        assert_eq!(of("v1/runs/run_8d1c/steps/12"), "/v1/runs/{run_id}/steps/{step_id}");
        assert_eq!(of("v2/oauth2/me"), "/v2/oauth2/me");
        assert_eq!(of("7/8"), "/{id}/{id_}");
        assert_eq!(of("users/ann@x.test/files"), "/users/{user_id}/files");
    }
}
