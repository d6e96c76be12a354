//! Where parts go that describe nothing the SDK calls: kept beside the rest under names of their own.

/// Requests that the server makes by itself.
pub(crate) const WEBHOOKS: &str = "x-webhooks";
/// Requests that the server makes because of a call.
pub(crate) const CALLBACKS: &str = "x-callbacks";
/// Links between operations.
pub(crate) const LINKS: &str = "x-links";
/// Path items that were put where they are used.
pub(crate) const PATH_ITEMS: &str = "x-path-items";

/// Media types that were put where they are used.
pub(crate) const MEDIA_TYPES: &str = "x-media-types";

/// Marks a cookie parameter whose style is that of cookies, for which 3.0 has no word.
pub(crate) const COOKIE_STYLE: &str = "x-cookie-style";

/// The key under which a part of the original document is kept.
pub(crate) fn aside(key: &str) -> &str {
    match key {
        "webhooks" => WEBHOOKS,
        "callbacks" => CALLBACKS,
        "links" => LINKS,
        "pathItems" => PATH_ITEMS,
        "mediaTypes" => MEDIA_TYPES,
        other => other,
    }
}
