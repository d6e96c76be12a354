//! The words of a way from an owner to an inline type.

use super::words::camel_word;
use crate::ir::{Enum, EnumRepr, Segment, Shape};
use crate::plan::behaviour::outcome;
use crate::word;

/// From the last segment that has a name of its own to the end.
pub(super) fn short(path: &[Segment], title: Option<&str>, shape: &Shape) -> String {
    if let [.., Segment::Variant(tag)] = path
        && is_position(tag)
    {
        // a position says nothing and moves when a variant is added before it
        let named = title.map(camel_word);
        return named.unwrap_or_else(|| shape_word(shape).to_string());
    }
    let start = path.iter().rposition(is_named).unwrap_or(0);
    let is_position = |segment: &&Segment| matches!(segment, Segment::Variant(tag) if is_position(tag));
    once(path[start..].iter().filter(|segment| !is_position(segment)).map(text))
}

/// The whole way.
pub(super) fn whole(path: &[Segment]) -> String {
    joined(path.iter().map(text))
}

/// Texts one behind the other.
pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |text, part| word::join_camel(&text, &part))
}

/// The same, with what one ends with and the next begins with said once: `Items` and `Item` are `Item`.
pub(super) fn once(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |text, part| word::join_once(&text, &part))
}

fn is_named(segment: &Segment) -> bool {
    match segment {
        Segment::Member(_) | Segment::Param(_) | Segment::Request | Segment::Response(_) => true,
        Segment::Variant(tag) => !is_position(tag),
        Segment::Form(_) => true,
        Segment::Item | Segment::Value | Segment::Position(_) => false,
    }
}

pub(super) fn is_container(segment: &Segment) -> bool {
    matches!(segment, Segment::Param(_) | Segment::Request | Segment::Response(_))
}

pub(super) fn is_position(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_digit())
}

/// A segment in full.
pub(super) fn text(segment: &Segment) -> String {
    match segment {
        Segment::Member(wire) | Segment::Param(wire) => camel_word(wire),
        Segment::Item => "Item".to_string(),
        Segment::Value => "Value".to_string(),
        Segment::Position(at) => format!("Part{}", at + 1),
        Segment::Variant(tag) if is_position(tag) => format!("Variant{tag}"),
        Segment::Variant(tag) | Segment::Form(tag) => camel_word(tag),
        Segment::Request => "Request".to_string(),
        // of a shared response, which may be a success here and an error there
        Segment::Response(status) => response(status, "Response"),
    }
}

/// `NotFoundError` for 404; the number where there is no word.
pub(super) fn response(status: &str, outcome: &str) -> String {
    match outcome::word(status) {
        Some(word) => format!("{word}{outcome}"),
        None => format!("{outcome}{}", camel_word(status)),
    }
}

/// A word for the values of an enum.
pub(super) fn value_word(list: &Enum) -> &'static str {
    match list.repr {
        EnumRepr::String => "Text",
        EnumRepr::Integer => "Integer",
    }
}

pub(super) fn shape_word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "Object",
        Shape::Enum(_) => "Enum",
        Shape::Union(_) => "Union",
        Shape::Alias(_) => "Alias",
        Shape::Wrapper(_) => "Wrapper",
    }
}
