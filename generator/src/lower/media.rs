//! What the generator makes of media types, and which of several it prefers.

/// How many media types a body or a response may have; real documents have a handful.
pub(super) const MOST_MEDIA_TYPES: usize = 1_000;

/// Families of media types, best first for reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    Events,
    Lines,
    Form,
    Multipart,
    Xml,
    Text,
    Bytes,
}

/// The family of a media type; parameters such as `charset` do not matter.
pub(super) fn family(media: &str) -> Family {
    match crate::media::essence(media).as_str() {
        "application/json" | "text/json" => Family::Json,
        other if crate::media::is_events(other) => Family::Events,
        other if crate::media::is_lines(other) => Family::Lines,
        "application/x-www-form-urlencoded" => Family::Form,
        other if other.starts_with("multipart/") => Family::Multipart,
        other if other.ends_with("+json") => Family::Json,
        other if other.starts_with("text/") || crate::media::is_xml(other) || other.ends_with("yaml") => {
            Family::Text
        }
        _ => Family::Bytes,
    }
}

/// Which of several media types of a response is read, the least first, whatever their order. Parameters make one a special
/// one (`application/json;odata.metadata=full`), and so does a subtype of JSON.
pub(super) fn rank(family: Family, media: &str) -> (Family, bool, bool, &str) {
    (family, media.contains(';'), !media.starts_with("application/json"), media)
}

/// Which of several media types of a request the plain method sends, the least first: JSON, and what a vendor calls so; else the
/// order of the document says. A patch in JSON is something of its own.
pub(super) fn plainness(media: &str) -> u8 {
    let essence = crate::media::essence(media);
    match essence.as_str() {
        "application/json" | "text/json" => 0,
        other if other.starts_with("application/vnd.") && other.ends_with("+json") => 1,
        _ => 2,
    }
}

/// Whether what is carried has a type that the schema decides.
pub(super) fn has_type(family: Family) -> bool {
    !matches!(family, Family::Text | Family::Bytes)
}
