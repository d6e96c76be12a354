//! XML bodies by the XML Object of the specification: JSON instances as documents and back.
//!
//! In: a document, the pointer of a schema, and a value or the text of an XML document. Out: the other of the two. Written from
//! OpenAPI 3.1.1, section 4.8.26, and 3.2, section 4.27; the reader of XML is another one than that of the SDKs.

mod schema;

use crate::document::Document;
use roxmltree::Node;
use schema::{Kind, Schema};
use serde_json::{Map, Value};
use std::fmt::Write as _;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Whether a media type without parameters is XML.
pub fn is_xml(essence: &str) -> bool {
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// A value as near to this one as XML carries there and back, and its document. Keys become names, what stands where anything may
/// stand becomes strings, and an empty array without an element of its own is not there.
pub fn carried(document: &Document, schema: &str, value: &Value) -> Option<(Value, String)> {
    let once = read(document, schema, &write(document, schema, &named(value))?).ok()?;
    let text = write(document, schema, &once)?;
    (read(document, schema, &text).ok()? == once).then_some((once, text))
}

/// The same value with keys that are names, and without characters that XML has not.
fn named(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(named).collect(),
        Value::Object(members) => {
            let name = |key: &str| key.replace(|c: char| !c.is_alphanumeric() && !"-_.".contains(c), "_");
            Value::Object(members.iter().map(|(key, value)| (name(key), named(value))).collect())
        }
        Value::String(text) => Value::String(text.replace(|c: char| c < ' ' && !"\t\n\r".contains(c), "")),
        other => other.clone(),
    }
}

/// The document for a value, if its parts all have a place in one.
pub fn write(document: &Document, schema: &str, value: &Value) -> Option<String> {
    let root = Schema::of(document, &[schema.to_owned()], None);
    let mut nodes = Vec::new();
    let mut attributes = Vec::new();
    place(&root, value, &mut attributes, &mut nodes).ok()?;
    let [Item::Element(element)] = &nodes[..] else { return None };
    let mut text = String::new();
    element.print(&mut text);
    attributes.is_empty().then_some(text)
}

/// The value of a document.
pub fn read(document: &Document, schema: &str, text: &str) -> Result<Value, String> {
    let tree = roxmltree::Document::parse(text).map_err(|error| format!("{error}: {text}"))?;
    let root = Schema::of(document, &[schema.to_owned()], None);
    let element = tree.root_element();
    if !is(&root, element) {
        return Err(format!("the root element is {:?}, not {:?}", element.tag_name(), root.name));
    }
    value(&root, element)
}

/// What is going to be written.
enum Item {
    Element(Element),
    Text(String),
    Cdata(String),
}

#[derive(Default)]
struct Element {
    name: Name,
    attributes: Vec<(Name, String)>,
    items: Vec<Item>,
    nil: bool,
}

#[derive(Clone, Default)]
struct Name {
    local: String,
    namespace: String,
    prefix: String,
}

impl Element {
    /// Every name with a namespace declares it itself.
    fn print(&self, out: &mut String) {
        let (tag, mut declared) = self.name.print("");
        let mut attributes = String::new();
        for (at, (name, value)) in self.attributes.iter().enumerate() {
            let (name, declares) = name.print(&format!("a{at}"));
            if !declared.contains(&declares) {
                declared.push_str(&declares);
            }
            let _ = write!(attributes, " {name}=\"{}\"", escape(value));
        }
        if self.nil {
            let _ = write!(attributes, " xmlns:i=\"{XSI}\" i:nil=\"true\"");
        }
        let _ = write!(out, "<{tag}{declared}{attributes}>");
        for item in &self.items {
            match item {
                Item::Element(element) => element.print(out),
                Item::Text(text) => out.push_str(&escape(text)),
                Item::Cdata(text) => {
                    let _ = write!(out, "<![CDATA[{text}]]>");
                }
            }
        }
        let _ = write!(out, "</{tag}>");
    }
}

impl Name {
    fn print(&self, prefix: &str) -> (String, String) {
        let prefix = if self.prefix.is_empty() { prefix } else { &self.prefix };
        if self.namespace.is_empty() {
            return (self.local.clone(), String::new());
        }
        let colon = if prefix.is_empty() { "" } else { ":" };
        (
            format!("{prefix}{colon}{}", self.local),
            format!(" xmlns{colon}{prefix}=\"{}\"", escape(&self.namespace)),
        )
    }
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' | '\'' | '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#x{:x};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        _ => Err(format!("{value} is no scalar")),
    }
}

/// Puts a value where it belongs: among the attributes or into the content of the element around it.
fn place(
    schema: &Schema<'_>,
    value: &Value,
    attributes: &mut Vec<(Name, String)>,
    items: &mut Vec<Item>,
) -> Result<(), String> {
    let name = || Name {
        local: schema.name.clone().unwrap_or_default(),
        namespace: schema.namespace.clone(),
        prefix: schema.prefix.clone(),
    };
    match schema.kind {
        Kind::Attribute if value.is_null() => {}
        Kind::Attribute => attributes.push((name(), scalar(value)?)),
        Kind::Text => items.push(Item::Text(scalar(value)?)),
        Kind::Cdata => items.push(Item::Cdata(scalar(value)?)),
        Kind::None => inside(schema, value, attributes, items)?,
        // Where anything may stand, an array is an element for each item.
        Kind::Element if value.is_array() && schema.ty() != "array" => {
            for one in value.as_array().into_iter().flatten() {
                place(schema, one, attributes, items)?;
            }
        }
        Kind::Element => {
            let mut element = Element { name: name(), nil: value.is_null(), ..Element::default() };
            if !value.is_null() {
                inside(schema, value, &mut element.attributes, &mut element.items)?;
            }
            items.push(Item::Element(element));
        }
    }
    Ok(())
}

/// The parts of a value, in the node that is theirs.
fn inside(
    schema: &Schema<'_>,
    value: &Value,
    attributes: &mut Vec<(Name, String)>,
    items: &mut Vec<Item>,
) -> Result<(), String> {
    match value {
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                place(&schema.item(at), value, attributes, items)?;
            }
        }
        Value::Object(members) => {
            let schema = schema.chosen(|tag| members.get(tag)?.as_str().map(str::to_owned));
            for (key, value) in members {
                place(&schema.property(key), value, attributes, items)?;
            }
        }
        value => items.push(Item::Text(scalar(value)?)),
    }
    Ok(())
}

/// Whether an element is the one of a schema.
fn is(schema: &Schema<'_>, node: Node<'_, '_>) -> bool {
    let namespace = node.tag_name().namespace().unwrap_or_default();
    schema.name.as_deref() == Some(node.tag_name().name())
        && (schema.namespace.is_empty() || schema.namespace == namespace)
}

/// The value in an element.
fn value(schema: &Schema<'_>, node: Node<'_, '_>) -> Result<Value, String> {
    if node.attribute((XSI, "nil")).is_some() {
        return Ok(Value::Null);
    }
    let text = || node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect::<String>();
    let attribute = |schema: &Schema<'_>| {
        let found = node.attributes().find(|a| Some(a.name()) == schema.name.as_deref());
        found.map(|attribute| attribute.value().to_owned())
    };
    let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    match schema.ty().as_str() {
        "array" => items(schema, node),
        ty if ty == "object" || (ty == "any" && !children.is_empty()) => {
            let schema = schema.chosen(|tag| {
                let property = schema.tag(tag);
                match property.kind {
                    Kind::Attribute => attribute(&property),
                    _ => children.iter().find(|node| is(&property, **node))?.text().map(str::to_owned),
                }
            });
            let mut members = Map::new();
            let mut known = Vec::new();
            for key in schema.properties() {
                let property = schema.property(&key);
                known.extend(property.names());
                if let Some(found) = member(&property, node)? {
                    members.insert(key, found);
                } else if schema.requires(&key) && property.kind == Kind::None && property.ty() == "array" {
                    members.insert(key, Value::Array(Vec::new()));
                } else if schema.requires(&key) && property.kind == Kind::Attribute && property.is_nullable()
                {
                    members.insert(key, Value::Null);
                }
            }
            for child in
                children.iter().filter(|node| !known.iter().any(|name| name == node.tag_name().name()))
            {
                let key = child.tag_name().name();
                let found = value(&schema.property(key), *child)?;
                match members.get_mut(key) {
                    Some(Value::Array(all)) => all.push(found),
                    Some(before) => *before = Value::Array(vec![before.take(), found]),
                    None => drop(members.insert(key.to_owned(), found)),
                }
            }
            Ok(Value::Object(members))
        }
        ty => typed(ty, &text()),
    }
}

/// A property, if it is there.
fn member(property: &Schema<'_>, node: Node<'_, '_>) -> Result<Option<Value>, String> {
    let mut children = node.children().filter(Node::is_element);
    match property.kind {
        Kind::Attribute => {
            let namespace = Some(property.namespace.as_str()).filter(|namespace| !namespace.is_empty());
            let found = node.attributes().find(|attribute| {
                Some(attribute.name()) == property.name.as_deref() && attribute.namespace() == namespace
            });
            found.map(|attribute| typed(&property.ty(), attribute.value())).transpose()
        }
        Kind::Text | Kind::Cdata => {
            let text: String = node.children().filter(Node::is_text).filter_map(|node| node.text()).collect();
            if text.is_empty() && property.ty() != "string" {
                Ok(None)
            } else {
                typed(&property.ty(), &text).map(Some)
            }
        }
        Kind::Element => {
            children.find(|node| is(property, *node)).map(|node| value(property, node)).transpose()
        }
        Kind::None if property.ty() == "array" => match items(property, node)? {
            Value::Array(items) if items.is_empty() => Ok(None),
            items => Ok(Some(items)),
        },
        Kind::None => {
            let mut members = Map::new();
            for key in property.properties() {
                if let Some(found) = member(&property.property(&key), node)? {
                    members.insert(key, found);
                }
            }
            Ok((!members.is_empty()).then_some(Value::Object(members)))
        }
    }
}

/// The items of an array that stand in a node.
fn items(schema: &Schema<'_>, node: Node<'_, '_>) -> Result<Value, String> {
    let Some(count) = schema.tuple() else {
        let item = schema.item(0);
        let found = node.children().filter(|child| child.is_element() && is(&item, *child));
        return found.map(|child| value(&item, child)).collect::<Result<Vec<_>, _>>().map(Value::Array);
    };
    let mut children = node.children().filter(|node| node.is_element() || node.is_text());
    let found = (0..count).map(|at| {
        let child = children.next().ok_or("the tuple is too short")?;
        let item = schema.item(at);
        if item.kind == Kind::Text {
            typed(&item.ty(), child.text().unwrap_or_default())
        } else {
            value(&item, child)
        }
    });
    found.collect::<Result<Vec<_>, String>>().map(Value::Array)
}

fn typed(ty: &str, text: &str) -> Result<Value, String> {
    match ty {
        "integer" | "number" => serde_json::from_str(text).map_err(|_| format!("`{text}` is no number")),
        "boolean" => text.parse().map(Value::Bool).map_err(|_| format!("`{text}` is no boolean")),
        _ => Ok(Value::String(text.to_owned())),
    }
}
