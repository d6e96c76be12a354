//! Media types as words that people say, for names.

use crate::ir::{Content, ContentKind};
use crate::media::essence;
use crate::word;

/// Subtypes that nobody says in full.
const SHORT: [(&str, &str); 5] = [
    ("vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("vnd.ms-excel", "xls"),
    ("vnd.ms-powerpoint", "ppt"),
];

/// The word for what a content is sent or received as, or a few: `json`, `merge_patch`, `acme_v2` of
/// `application/vnd.acme.v2+json`.
pub(in crate::plan) fn words(content: &Content) -> Vec<String> {
    let essence = essence(&content.media);
    let one = |word: &str| vec![word.to_owned()];
    match (&content.kind, essence.as_str()) {
        (ContentKind::Events(_), _) => one("events"),
        (ContentKind::Lines(_), _) => one("lines"),
        (ContentKind::Form(_), _) => one("form"),
        (ContentKind::Multipart(_), "multipart/form-data") => one("multipart"),
        (ContentKind::Text, "text/plain" | "text/*") => one("text"),
        (ContentKind::Bytes, "application/octet-stream" | "*/*") => one("bytes"),
        (_, other) => match other.split_once('/') {
            Some((family, "*")) => word::words(family),
            Some((_, subtype)) => subtype_words(subtype),
            None => word::words(other),
        },
    }
}

/// The words of a subtype without the tree it is registered in and the syntax it is written in.
fn subtype_words(subtype: &str) -> Vec<String> {
    if let Some((_, short)) = SHORT.iter().find(|(known, _)| *known == subtype) {
        return vec![(*short).to_owned()];
    }
    let bare =
        ["x-", "x.", "vnd.", "prs."].iter().find_map(|tree| subtype.strip_prefix(tree)).unwrap_or(subtype);
    let bare = bare.split_once('+').map_or(bare, |(name, _)| name);
    word::words(if bare.is_empty() { subtype } else { bare })
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::ir::{Content, ContentKind, Ty};

    #[test]
    fn people_say_these() {
        let json = || ContentKind::Json(Ty::Any);
        for (media, kind, want) in [
            ("application/json", json(), "json"),
            ("application/json; charset=utf-8", json(), "json"),
            ("application/json-patch+json", json(), "json_patch"),
            ("application/merge-patch+json", json(), "merge_patch"),
            ("application/strategic-merge-patch+json", json(), "strategic_merge_patch"),
            ("application/apply-patch+yaml", ContentKind::Text, "apply_patch"),
            ("application/vnd.acme.v2+json", json(), "acme_v2"),
            ("application/x-www-form-urlencoded", ContentKind::Form(Ty::Any), "form"),
            ("multipart/form-data", ContentKind::Multipart(Ty::Any), "multipart"),
            ("multipart/mixed", ContentKind::Multipart(Ty::Any), "mixed"),
            ("text/plain", ContentKind::Text, "text"),
            ("text/csv", ContentKind::Text, "csv"),
            ("application/x-yaml", ContentKind::Text, "yaml"),
            ("application/octet-stream", ContentKind::Bytes, "bytes"),
            ("image/svg+xml", ContentKind::Text, "svg"),
            ("image/*", ContentKind::Bytes, "image"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ContentKind::Bytes, "xlsx"),
        ] {
            let content = Content { media: media.to_owned(), kind, example: None, encoding: Vec::new() };
            assert_eq!(words(&content).join("_"), want, "{media}");
        }
    }
}
