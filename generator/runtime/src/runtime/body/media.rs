//! Media types of files.

use std::borrow::Cow;

use super::super::encoding::covers;
use super::super::model::Upload;

/// The media type of a file: its own; else the one its name stands for, where the document allows that; else the document's.
pub(crate) fn of_file<'a>(file: &'a Upload, declared: &[&'static str]) -> Cow<'a, str> {
    let likely = media_type(file);
    let is_one = matches!(declared, [only] if !only.contains('*'));
    let is_allowed = !is_one && declared.iter().any(|range| covers(range, &likely));
    if file.declared_media_type().is_some() || declared.is_empty() || is_allowed {
        return likely;
    }
    declared.iter().find(|media| !media.contains('*')).map_or(likely, |media| Cow::Borrowed(*media))
}

/// The media type of a file: what was said, or what the ending of its name stands for.
pub(super) fn media_type(file: &Upload) -> Cow<'_, str> {
    if let Some(media) = file.declared_media_type() {
        return Cow::Borrowed(media);
    }
    let name = file.name().unwrap_or_default().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Cow::Borrowed(match ending {
        "pdf" => "application/pdf",
        "json" => "application/json",
        "jsonl" | "ndjson" => "application/jsonl",
        "xml" => "application/xml",
        "yaml" | "yml" => "application/yaml",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "rtf" => "application/rtf",
        "txt" | "log" => "text/plain",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "htm" | "html" => "text/html",
        "md" => "text/markdown",
        "eml" => "message/rfc822",
        "msg" => "application/vnd.ms-outlook",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "bmp" => "image/bmp",
        "svg" => "image/svg+xml",
        "heic" => "image/heic",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "mpeg" => "video/mpeg",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        _ => "application/octet-stream",
    })
}

/// What is wrong with a media type that would break its header.
pub(crate) fn unfit(media: &str) -> Option<String> {
    let fits = media.contains('/') && http::HeaderValue::from_str(media).is_ok();
    (!fits).then(|| format!("`{}` is no media type; say it as `type/subtype`", media.escape_debug()))
}
