//! Changes of how values look in XML: the types in Rust stay, and what is sent and read does not.

use std::collections::HashSet;

use super::both::{At, Both};
use super::kind::Kind;
use crate::ir::{ContentKind, XmlBody, XmlContent, XmlId, XmlKind, XmlNode, XmlProperty, XmlShape};
use crate::pointer::Pointer;
use crate::sdk::{Operation, Sdk};

/// Everything that bodies of both versions reach.
pub(super) fn xml(both: &mut Both<'_>) {
    let (old, new) = (both.old, both.new);
    let mut found = Found { old, new, seen: HashSet::new(), said: Vec::new() };
    for (a, b) in &both.pairs.operations {
        let (a, b) = (&old.operations[a], &new.operations[b]);
        for (status, media, before) in bodies(a) {
            let same = bodies(b).into_iter().find(|(of, name, _)| *of == status && *name == media);
            let Some((.., after)) = same.filter(|(.., after)| both.same(&before.ty, &after.ty)) else {
                continue;
            };
            let item = format!("{} {}", a.method, a.path);
            found.node((&before.root, &after.root), &item, "its document", (&before.origin, &after.origin));
        }
    }
    for (item, what, old, new) in found.said {
        let why = "servers and older versions use the other form";
        both.breaking(Kind::XmlChanged, &item, At::both(&old, &new), what, why);
        both.mark_unread(true);
    }
}

/// The bodies of XML of an operation, each with its status (none for requests) and media type.
fn bodies(op: &Operation) -> Vec<(String, &str, &XmlBody)> {
    let sent = op.body.iter().flat_map(|body| &body.contents).map(|content| (String::new(), content));
    let responses = op.responses.iter().chain(&op.errors);
    let received = responses
        .flat_map(|response| response.contents().map(move |content| (response.status.to_string(), content)));
    sent.chain(received)
        .filter_map(|(status, content)| match &content.kind {
            ContentKind::Xml(body) => Some((status, content.media.as_str(), body.as_ref())),
            _ => None,
        })
        .collect()
}

struct Found<'a> {
    old: &'a Sdk,
    new: &'a Sdk,
    seen: HashSet<(XmlId, XmlId)>,
    /// Item, what happened, and where.
    said: Vec<(String, String, Pointer, Pointer)>,
}

impl Found<'_> {
    fn node(&mut self, (old, new): (&XmlNode, &XmlNode), item: &str, what: &str, at: (&Pointer, &Pointer)) {
        if (old.kind, &old.name, &old.namespace) != (new.kind, &new.name, &new.namespace) {
            let what = format!("encodes {what} as {}, not as {}", spelled(new), spelled(old));
            self.said.push((item.to_owned(), what, at.0.clone(), at.1.clone()));
        }
        match (&old.content, &new.content) {
            (XmlContent::Array(old), XmlContent::Array(new))
            | (XmlContent::Map(old), XmlContent::Map(new)) => {
                self.node((old, new), item, &format!("the items of {what}"), at);
            }
            (XmlContent::Tuple(old), XmlContent::Tuple(new)) => {
                for (position, pair) in old.iter().zip(new).enumerate() {
                    self.node(pair, item, &format!("item {position} of {what}"), at);
                }
            }
            (XmlContent::Object(old), XmlContent::Object(new))
            | (XmlContent::Union(old), XmlContent::Union(new)) => {
                self.object(*old, *new);
            }
            // Another type is said where it stands.
            _ => {}
        }
    }

    fn object(&mut self, a: XmlId, b: XmlId) {
        if !self.seen.insert((a, b)) {
            return;
        }
        let (old, new) = (self.old, self.new);
        let (before, after) = (&old.xml.objects[a].1, &new.xml.objects[b].1);
        let item = format!("types::{}", old.types[old.written(before.ty)].name);
        match (&before.shape, &after.shape) {
            (XmlShape::Object(before_all, rest), XmlShape::Object(after_all, other)) => {
                let origins = (&old.types[before.ty].origin, &new.types[after.ty].origin);
                for property in before_all {
                    let is_it = |other: &&XmlProperty| other.name == property.name;
                    if let Some(other) = after_all.iter().find(is_it) {
                        let what = format!("`{}`", property.name);
                        self.node((&property.node, &other.node), &item, &what, origins);
                    }
                }
                if let (Some(rest), Some(other)) = (rest, other) {
                    self.node((rest, other), &item, "additional properties", origins);
                }
            }
            (XmlShape::Union(_, before), XmlShape::Union(_, after)) => {
                for (tag, id) in before {
                    if let Some((_, other)) = after.iter().find(|(known, _)| known == tag) {
                        self.object(*id, *other);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What a node is, in words.
fn spelled(node: &XmlNode) -> String {
    let within = match node.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" of the namespace `{namespace}`"),
    };
    match node.kind {
        XmlKind::Element => format!("the element `{}`{within}", node.name),
        XmlKind::Attribute => format!("the attribute `{}`{within}", node.name),
        XmlKind::Text => "text".to_owned(),
        XmlKind::Cdata => "a CDATA section".to_owned(),
        XmlKind::None => "only its parts".to_owned(),
    }
}
