//! What may be which kind of node, and what is read where a node is not there.

use std::collections::HashSet;

use super::problem::{Problem, problem};
use crate::ir::{Member, Presence, Struct, Ty, XmlContent, XmlKind, XmlNode, XmlProperty};

/// Whether what is in a node may be in one of its kind.
pub(super) fn check(kind: XmlKind, content: &XmlContent) -> Result<(), Problem> {
    use XmlContent::{Any, Boolean, Number, Text, Token};
    match (kind, content) {
        (XmlKind::Element | XmlKind::None, _) | (_, Text | Token | Number | Boolean) => Ok(()),
        // Only a scalar can be written; whether it is one is seen when it is.
        (XmlKind::Attribute, Any) => Ok(()),
        (XmlKind::Attribute, _) => {
            problem("an attribute is an object or an array", "make it an element or a string")
        }
        _ => problem("text is an object or an array", "make it an element or a string"),
    }
}

/// Properties of the same name in XML could not be told apart.
pub(super) fn distinct(of: &Struct, properties: &[XmlProperty]) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    for (member, property) in of.members.iter().zip(properties) {
        let node = match (&property.node.kind, &property.node.content) {
            (XmlKind::None, XmlContent::Array(item)) => item,
            (XmlKind::None, _) => continue,
            _ => &property.node,
        };
        let kind = if node.kind == XmlKind::Cdata { XmlKind::Text } else { node.kind };
        if !seen.insert((kind, &node.namespace, &node.name)) {
            let what = if kind == XmlKind::Text { "text".to_owned() } else { format!("`{}`", node.name) };
            let why = format!("two properties are {what} in XML");
            let help = "give one of them another `xml.name` or kind of node";
            return Err(Problem { why, help, at: Some(member.origin.clone()) });
        }
    }
    Ok(())
}

/// What a property is where its node is not there, although it must be.
pub(super) fn absent(member: &Member, node: &XmlNode) -> Option<&'static str> {
    let is_nullable = match member.presence {
        Presence::Required => false,
        Presence::Nullable => true,
        Presence::Optional | Presence::OptionalNullable => return None,
    };
    match (node.kind, &node.content) {
        (XmlKind::None, XmlContent::Array(_)) => Some("[]"),
        (XmlKind::Attribute | XmlKind::Text | XmlKind::Cdata, _) if is_nullable => Some("null"),
        (XmlKind::Text | XmlKind::Cdata, XmlContent::Text | XmlContent::Token) => Some("\"\""),
        _ => None,
    }
}

/// The type of a constant.
pub(super) fn constant(json: &str) -> Ty {
    match json.as_bytes().first() {
        Some(b'"') => Ty::String,
        Some(b't' | b'f') => Ty::Bool,
        _ => Ty::Float,
    }
}

/// An element of anything, named by its key.
pub(super) fn any() -> XmlNode {
    XmlNode { content: XmlContent::Any, ..XmlNode::default() }
}

/// Whether this is a name without a colon, as far as documents have such (XML 1.0, section 2.3).
pub(super) fn is_name(text: &str) -> bool {
    let starts = |c: char| c == '_' || c.is_alphabetic();
    text.starts_with(starts) && text.chars().all(|c| starts(c) || c.is_alphanumeric() || c == '-' || c == '.')
}
