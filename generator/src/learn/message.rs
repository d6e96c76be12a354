//! What is said about a finding.

use super::collect::{Evidence, Found};
use super::compare::Kind;

/// The message, and what the fixup or the reader does.
pub(super) fn message(one: &Found, of: usize) -> (String, String) {
    let name = one.name.as_deref().unwrap_or_default();
    let count = one.count;
    let times = match of.max(count) {
        all if all == count && count == 1 => "in the only value".to_owned(),
        all if all == count => format!("in all {count} values"),
        all => format!("in {count} of {all} values"),
    };
    let kinds = one.values.kinds().join("` or `");
    let message = match one.kind {
        Kind::Operation => format!("`{name}` is not in the document, but was called, {}", calls(count)),
        Kind::Status => format!("the status {name} is not declared, but was returned, {}", calls(count)),
        Kind::MediaType if one.name.is_none() => {
            format!("a body is not JSON, although it says so, {}", calls(count))
        }
        Kind::MediaType => format!("the media type `{name}` is not declared, but was used, {}", calls(count)),
        Kind::NoBody => format!("a body is declared, but there was none, {}", calls(count)),
        Kind::Parameter => {
            format!("the query parameter `{name}` is not declared, but was sent, {}", calls(count))
        }
        Kind::MissingParameter => {
            format!(
                "the query parameter `{name}` is required, but calls without it succeeded, {}",
                calls(count)
            )
        }
        Kind::Schema if one.name.is_some() => {
            format!("the reference names another schema than `{name}`, which fits {times}")
        }
        Kind::Schema => {
            format!("the reference names a schema that has little in common with what was sent, {times}")
        }
        Kind::Missing => format!("`{name}` is required, but missing {times}"),
        Kind::Null => format!("`null` is not allowed, but was sent {times}"),
        Kind::Type => format!("`{kinds}` is not an allowed type, but was sent {times}"),
        Kind::Format => format!("the format `{name}` does not match {times}"),
        Kind::Variant => format!("none of the variants matches {times}"),
        Kind::Tag if one.name.is_none() => format!("a tag is not one of the variants {times}"),
        Kind::Tag => format!("the tag `{name}` is not one of the variants, but was sent {times}"),
        Kind::Property if one.name.is_none() => {
            format!("keys that are data are not described, but were sent {times}")
        }
        Kind::Property => format!("the property `{name}` is not listed, but was sent {times}"),
        Kind::Value if one.name.is_none() => {
            format!("a value that is not shown is not listed, but was sent {times}")
        }
        Kind::Value => format!("the value `{name}` is not listed, but was sent {times}"),
    };
    let help = match one.breaks {
        true => "the SDK refuses such bodies; correct the document, or apply the fixup",
        false => "the SDK reads it untyped; correct the document, or apply the fixup",
    };
    let help = match one.kind {
        Kind::Operation | Kind::Parameter | Kind::MissingParameter => {
            "the SDK has no method or argument for it; correct the document, or apply the fixup"
        }
        _ => help,
    };
    (message, help.to_owned())
}

fn calls(count: usize) -> String {
    if count == 1 { "in 1 call".to_owned() } else { format!("in {count} calls") }
}

/// `traffic.har: entry 4 (GET /runs/{id} 200), at /timing`.
pub(super) fn evidence(one: &Evidence) -> String {
    let call = if one.call.is_empty() { String::new() } else { format!(" ({})", one.call) };
    let path = if one.path.is_empty() { String::new() } else { format!(", at {}", one.path) };
    format!("seen in {}{call}{path}", one.entry)
}
