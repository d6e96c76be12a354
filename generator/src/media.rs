//! Media types that several stages ask about.

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether an essence is that of server-sent events.
pub(crate) fn is_events(essence: &str) -> bool {
    essence == "text/event-stream"
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
