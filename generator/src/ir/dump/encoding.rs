//! How parameters, properties and parts are written.

use super::quote::quoted;
use crate::ir::{PartEncoding, PartOf, Style};

pub(super) fn style(style: Style) -> &'static str {
    match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "space delimited",
        Style::PipeDelimited => "pipe delimited",
        Style::DeepObject => "deep object",
        Style::Cookie => "cookie",
        Style::Json => "json",
    }
}

/// `tags as pipe delimited`, `image as image/png, image/jpeg with X-Kind: scan`.
pub(super) fn line(encoding: &PartEncoding) -> String {
    let mut line = match &encoding.of {
        PartOf::Property(name) => quoted(name),
        PartOf::Item(index) => format!("[{}]", index + 1),
        PartOf::Items => "[]".to_owned(),
    };
    if let Some(part) = encoding.style {
        let exploded = if part.explode { ", exploded" } else { "" };
        let reserved = if part.allow_reserved { " (reserved characters as they are)" } else { "" };
        line += &format!(" as {}{exploded}{reserved}", style(part.style));
    }
    if !encoding.media.is_empty() {
        line += &format!(" as {}", encoding.media.join(", "));
    }
    let constant = encoding.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let headers: Vec<String> = constant.chain(encoding.open_headers.iter().cloned()).collect();
    if headers.is_empty() { line } else { line + &format!(" with {}", headers.join(", ")) }
}
