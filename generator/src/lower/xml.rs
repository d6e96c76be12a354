//! Bodies of XML media types: what the `xml` keyword says at a schema, and which bodies have a form in XML.
//!
//! While schemas are lowered, what the keyword says is put beside each type and property. When all types are known, each body becomes
//! a tree of nodes ([`table`]), or text with a report that says why.

mod problem;
mod rules;
mod table;

use std::collections::HashSet;

use openapiv3::{MediaType, ReferenceOr};
use serde_json::{Map, Value};

use super::context::Lower;
use crate::diag::{Code, Diagnostic, Sink};
use crate::ir::{Content, ContentKind, Operation, Ty, Untyped, Xml, XmlBody, XmlKind, XmlNode};
use crate::pointer::Pointer;
use crate::resolve::{Additional, Place, Reference, schema_place};
use problem::Problem;

/// This many schemas are looked at to learn what is said at one.
const BUDGET: usize = 64;

impl<'d> Lower<'d, '_> {
    /// Notes whether any body is XML; where none is, nothing is asked of the keyword.
    pub(super) fn find_xml(&mut self) {
        let components = self.doc.model.components.as_ref();
        let bodies = components.into_iter().flat_map(|of| of.request_bodies.values());
        let bodies = bodies.filter_map(ReferenceOr::as_item).map(|body| &body.content);
        let responses = components.into_iter().flat_map(|of| of.responses.values());
        let responses = responses.filter_map(ReferenceOr::as_item).map(|response| &response.content);
        let is_xml = |media: &String| crate::media::is_xml(media);
        self.has_xml = bodies.chain(responses).any(|content| content.keys().any(is_xml))
            || self.doc.operations().any(|op| op.sent().chain(op.received()).any(|(media, _)| is_xml(media)));
    }

    /// Whether a body of an XML media type is more than a string.
    pub(super) fn is_xml(&self, media: &str, content: &MediaType) -> bool {
        if !crate::media::is_xml(media) {
            return false;
        }
        let Some(place) = content.schema.as_ref().and_then(schema_place).and_then(|at| self.doc.place(at))
        else {
            return false;
        };
        let node = self.doc.node(std::slice::from_ref(&place), &mut Sink::new());
        match node.kind {
            Some("object" | "array") => true,
            // The text of a document, unless it is said what element the string stands in.
            Some("string") => self.xml(std::slice::from_ref(&place)).name.is_some(),
            Some(_) => true,
            None => {
                node.has_members()
                    || !node.unions.is_empty()
                    || node.items.is_some()
                    || !node.prefix.is_empty()
                    || matches!(node.additional, Additional::Typed(_))
            }
        }
    }

    /// A body of an XML media type, whose nodes are worked out when all types are known.
    pub(super) fn as_xml(&self, media: &str, content: &MediaType, at: &Pointer, ty: Ty) -> Content {
        let place = content.schema.as_ref().and_then(schema_place).and_then(|place| self.doc.place(place));
        let xml = place.map(|place| self.xml(&[place])).unwrap_or_default();
        let body = XmlBody { origin: self.doc.origin(at), ty, xml, root: XmlNode::default() };
        let kind = ContentKind::Xml(Box::new(body));
        Content { media: media.to_owned(), kind, encoding: Vec::new(), example: self.example(at) }
    }

    /// What the keyword says at a schema and inside of it.
    pub(super) fn xml(&self, conjunction: &[Place<'d>]) -> Xml {
        if self.has_xml { self.said(conjunction, &mut BUDGET.clone()) } else { Xml::default() }
    }

    /// What it says at a component: nothing that stands in another schema names its elements.
    pub(super) fn xml_of_component(&self, place: &Place<'d>) -> Xml {
        let mut xml = self.xml(std::slice::from_ref(place));
        let own = place.value.get("xml").and_then(Value::as_object).map(stated).unwrap_or_default();
        (xml.name, xml.node) = (own.name, own.node);
        xml
    }

    fn said(&self, conjunction: &[Place<'d>], budget: &mut usize) -> Xml {
        let reference = self.doc.reference(conjunction);
        let (mut xml, mut seen) = (Xml::default(), HashSet::new());
        conjunction
            .iter()
            .for_each(|place| self.collect(place.value, reference.is_none(), &mut xml, &mut seen));
        // Schemas that lead to each other say nothing new after a while.
        let Some(rest) = budget.checked_sub(1) else { return xml };
        *budget = rest;
        if let Some(reference) = reference {
            xml.refers = true;
            // What a component says stands at its type.
            let is_type = self.components.contains_key(&reference.target.at);
            return if is_type { xml } else { xml.or(&self.said(&[reference.target], budget)) };
        }
        let node = self.doc.node(conjunction, &mut Sink::new());
        let additional = match &node.additional {
            Additional::Typed(value) => Some(value),
            Additional::Open | Additional::Closed => None,
        };
        let inner = node.prefix.iter().chain(&node.items).chain(additional);
        xml.inner = inner.map(|inner| self.said(inner, budget)).collect();
        xml
    }

    /// What stands at a schema and, if `follows`, at those that it extends; the outermost word counts.
    fn collect(&self, schema: &'d Value, follows: bool, xml: &mut Xml, seen: &mut HashSet<*const Value>) {
        if seen.len() > BUDGET || !seen.insert(std::ptr::from_ref(schema)) {
            return;
        }
        if let Some(own) = schema.get("xml").and_then(Value::as_object) {
            *xml = std::mem::take(xml).or(&stated(own));
        }
        for branch in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.collect(branch, follows, xml, seen);
            let target = branch.get("$ref").and_then(Value::as_str).and_then(|to| self.doc.target(to));
            if let Some(target) = target.filter(|_| follows) {
                self.collect(target.value, follows, xml, seen);
            }
        }
    }

    /// Whether the root element of a body can have no name, or there is none: then no types are made of its schema.
    pub(super) fn is_nameless(&mut self, content: &MediaType, at: &Pointer) -> bool {
        let Some(place) = content.schema.as_ref().and_then(schema_place).and_then(|at| self.doc.place(at))
        else {
            return false;
        };
        let conjunction = std::slice::from_ref(&place);
        let xml = self.xml(conjunction);
        let is_component = |reference: Reference<'_>| self.components.contains_key(&reference.target.at);
        if self.doc.reference(conjunction).is_some_and(is_component)
            || (xml.name.is_some() && xml.node.is_some())
        {
            return false;
        }
        let is_array = self.doc.node(conjunction, &mut Sink::new()).kind == Some("array");
        let problem = match (&xml.name, xml.node) {
            (_, None) if is_array => Problem::of(problem::MANY),
            (None, _) => Problem::of(problem::NAMELESS),
            _ => return false,
        };
        self.xml_as_text(&self.doc.origin(at), &problem);
        true
    }

    /// Says that a body is a string in the code. A part that several operations share is reported once.
    fn xml_as_text(&mut self, at: &Pointer, problem: &Problem) {
        if self.api.untyped.iter().any(|known| known.origin == *at) {
            return;
        }
        let message = format!("this XML body is treated as a string: {}", problem.why);
        let report = Diagnostic::new(Code::XmlAsText, at, message).at_key();
        let report = match problem.at.as_ref().filter(|place| *place != at) {
            Some(place) => report.also(place, "for this schema"),
            None => report,
        };
        self.sink.report(report.help(problem.help));
        self.api
            .untyped
            .push(Untyped { origin: at.clone(), reason: "XML whose schema cannot be mapped to XML" });
    }

    /// Once all types are known: gives each XML body its nodes. What has no form in XML stays text.
    pub(super) fn settle_xml(&mut self) {
        if !self.has_xml {
            return;
        }
        let mut operations = std::mem::take(&mut self.api.operations);
        for content in operations.iter_mut().flat_map(Operation::contents_mut) {
            let ContentKind::Xml(body) = &mut content.kind else { continue };
            let (at, problem) = match self.root(body) {
                Ok(root) => {
                    (body.root, body.xml) = (root, Xml::default());
                    continue;
                }
                Err(problem) => (body.origin.clone(), problem),
            };
            content.kind = ContentKind::Text;
            self.xml_as_text(&at, &problem);
        }
        self.api.operations = operations;
    }
}

/// What one XML object says.
fn stated(object: &Map<String, Value>) -> Xml {
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let is = |key: &str| object.get(key).and_then(Value::as_bool);
    let node = match object.get("nodeType").and_then(Value::as_str) {
        Some("element") => Some(XmlKind::Element),
        Some("attribute") => Some(XmlKind::Attribute),
        Some("text") => Some(XmlKind::Text),
        Some("cdata") => Some(XmlKind::Cdata),
        Some("none") => Some(XmlKind::None),
        // `wrapped` means nothing but at an array, which is the only schema that is no element without it.
        _ if is("attribute") == Some(true) => Some(XmlKind::Attribute),
        _ if is("wrapped") == Some(true) => Some(XmlKind::Element),
        _ => None,
    };
    let namespace = text("namespace").filter(|namespace| !namespace.is_empty());
    let prefix = text("prefix").filter(|_| namespace.is_some());
    Xml { name: text("name"), namespace, prefix, node, refers: false, inner: Vec::new() }
}
