//! Media types that several stages ask about.

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
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
