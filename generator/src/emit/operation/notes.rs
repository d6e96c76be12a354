//! What the documentation of a method says beside the words of the document: scopes of credentials, headers of responses.

use crate::emit::docs;
use crate::ir::{ContentKind, Demand, Header, PartOf};
use crate::sdk::Operation;

/// The scopes that the credential must have, by alternative.
pub(super) fn scopes(op: &Operation) -> Vec<String> {
    let spelled = |all: &Vec<Demand>| {
        let scopes: Vec<String> =
            all.iter().flat_map(|demand| &demand.scopes).filter_map(|scope| docs::code(scope)).collect();
        scopes.join(", ")
    };
    let mut ways: Vec<String> = op.security.iter().map(spelled).collect();
    // a way without scopes leaves nothing to say of the others
    if ways.is_empty() || ways.iter().any(String::is_empty) {
        return Vec::new();
    }
    ways.dedup();
    vec![String::new(), format!("The credential needs the scopes {}.", ways.join(" or "))]
}

/// How a body whose media type is a range (`image/*`) gets one.
pub(super) fn ranges(op: &Operation) -> Option<[String; 2]> {
    let contents = op.body.iter().flat_map(|body| &body.contents);
    let mut ranges =
        contents.filter(|content| content.kind == ContentKind::Bytes && content.media.contains('*'));
    let range = docs::code(&ranges.next()?.media)?;
    let note = format!(
        "The body is {range}; set its type with `with_header(\"content-type\", …)` unless the upload has one."
    );
    Some([String::new(), note])
}

/// The headers of the success responses, each once.
pub(super) fn headers(op: &Operation) -> Vec<String> {
    let mut seen: Vec<&Header> = Vec::new();
    for header in op.responses.iter().flat_map(|response| &response.headers) {
        if seen.iter().all(|known| !known.name.eq_ignore_ascii_case(&header.name)) {
            seen.push(header);
        }
    }
    let line = |header: &Header| {
        let words = header.docs.description.as_deref().map(docs::clean_line).unwrap_or_default();
        let words = if words.is_empty() { String::new() } else { format!(": {}", docs::sentence(&words)) };
        Some(format!("- {}{words}", docs::code(&header.name)?))
    };
    let lines: Vec<String> = seen.into_iter().filter_map(line).collect();
    if lines.is_empty() {
        return lines;
    }
    let head = "`send_with_response` also returns the response headers:".to_owned();
    [String::new(), head].into_iter().chain(lines).collect()
}

/// The headers that files of the body may have, each part once.
pub(super) fn part_headers(op: &Operation) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let encodings = op.body.iter().flat_map(|body| &body.contents).flat_map(|content| &content.encoding);
    for encoding in encodings {
        let of = match &encoding.of {
            PartOf::Property(name) => docs::code(name),
            PartOf::Item(_) | PartOf::Items => Some(encoding.of.describe()),
        };
        let headers: Vec<String> = encoding.open_headers.iter().filter_map(|name| docs::code(name)).collect();
        let Some(of) = of.filter(|_| !headers.is_empty()) else { continue };
        let line = format!("- {of}: {}", headers.join(", "));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return lines;
    }
    let head = "`Upload::header` sets the headers of file parts:".to_owned();
    [String::new(), head].into_iter().chain(lines).collect()
}
