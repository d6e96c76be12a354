//! Media types that several stages ask about.

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The media type of a text as it is sent: some text in the place of any, and in the encoding of all texts of Rust.
pub(crate) fn of_text(media: &str) -> String {
    let mut parts = media.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let kind = if kind.contains('*') { "text/plain" } else { kind };
    let mut out = kind.to_owned();
    let is_plain = kind.eq_ignore_ascii_case("text/plain");
    let mut has_charset = false;
    for parameter in parts.filter(|parameter| !parameter.is_empty()) {
        let is_charset = parameter.to_ascii_lowercase().starts_with("charset=");
        has_charset |= is_charset;
        out.push_str("; ");
        out.push_str(if is_charset { "charset=utf-8" } else { parameter });
    }
    if is_plain && !has_charset {
        out.push_str("; charset=utf-8");
    }
    out
}

/// Whether an essence is that of server-sent events.
pub(crate) fn is_events(essence: &str) -> bool {
    essence == "text/event-stream"
}

/// Whether a media type is XML.
pub(crate) fn is_xml(media: &str) -> bool {
    let essence = essence(media);
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Whether an essence is that of JSON values one after the other.
pub(crate) fn is_lines(essence: &str) -> bool {
    const LINES: [&str; 9] = [
        "application/json-lines",
        "application/json-seq",
        "application/jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/stream+json",
        "application/x-jsonlines",
        "application/x-ndjson",
        "text/jsonl",
    ];
    LINES.contains(&essence)
}

/// Whether a text is a media type or a range of them, such that it can be written into a header.
pub(crate) fn is_media_type(text: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-*".contains(&byte))
    };
    let printable = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    printable
        && essence(text).split_once('/').is_some_and(|(family, subtype)| token(family) && token(subtype))
}

/// Whether values of an essence are written as JSON.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether objects and arrays can be written as an essence: as JSON, or as text that holds JSON.
pub(crate) fn holds_structure(essence: &str) -> bool {
    is_json(essence)
        || essence.contains('*')
        || (essence.starts_with("text/") && essence != "text/xml")
        || essence == "application/octet-stream"
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn texts_are_sent_in_one_encoding_and_keep_what_else_is_said() {
        let sent = [
            ("text/plain", "text/plain; charset=utf-8"),
            ("text/plain; charset=ISO-8859-1", "text/plain; charset=utf-8"),
            ("text/plain;version=0.0.4", "text/plain; version=0.0.4; charset=utf-8"),
            ("text/*", "text/plain; charset=utf-8"),
            ("text/csv", "text/csv"),
            ("text/csv; header=present; charset=latin1", "text/csv; header=present; charset=utf-8"),
            ("application/xml;", "application/xml"),
        ];
        for (media, expected) in sent {
            assert_eq!(of_text(media), expected, "{media}");
        }
    }
}
