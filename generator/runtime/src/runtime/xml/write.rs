//! JSON that the codec wrote as an XML document, guided by the table of the type.

use super::json::Json;
use super::shape::{Content, Kind, Node, Object, Union};
use super::text::{XML, XSI, cdata, escape, is_name, split};
use crate::runtime::model;

/// Writes a document whose root element is this node.
pub(super) fn document(root: &Node, json: &str) -> Result<String, String> {
    let value: Json = model::from_str(json).map_err(|error| error.to_string())?;
    let mut writing = Writing { out: String::with_capacity(json.len() * 2), bound: Vec::new() };
    writing.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writing.element(&Name::of(root, root.name), &root.content, &value)?;
    Ok(writing.out)
}

/// The name of an element or attribute. Without a namespace it is in that of the element around it.
struct Name<'n> {
    namespace: Option<&'n str>,
    prefix: &'n str,
    local: &'n str,
}

impl<'n> Name<'n> {
    fn of(node: &'n Node, local: &'n str) -> Self {
        let namespace = Some(node.namespace).filter(|namespace| !namespace.is_empty());
        Self { namespace, prefix: node.prefix, local }
    }

    /// The name of a member that no schema declares.
    fn free(key: &'n str) -> Self {
        let (namespace, local) = split(key);
        Self { namespace, prefix: if namespace == Some(XML) { "xml" } else { "" }, local }
    }
}

/// An attribute that is to be written.
struct Attribute<'n> {
    name: Name<'n>,
    value: &'n str,
}

struct Writing {
    out: String,
    /// Prefixes and their namespaces, those of the innermost element last; the empty prefix is the default namespace.
    bound: Vec<(String, String)>,
}

impl Writing {
    /// A value as this node; more than one element, or none, where the node is that of items.
    fn node(&mut self, node: &Node, key: &str, value: &Json) -> Result<(), String> {
        let name = if node.name.is_empty() { key } else { node.name };
        match (node.kind, value) {
            // Written with the tag around it.
            (Kind::Attribute, _) => Ok(()),
            (Kind::Text, _) => self.text(value),
            (Kind::Cdata, value) => match value.scalar() {
                Some(text) => cdata(text, &mut self.out),
                None => Ok(()),
            },
            (Kind::Bare, _) => self.body(&node.content, name, value),
            (Kind::Element, Json::Array(items)) if !is_array(&node.content) => {
                items.iter().try_for_each(|item| self.element(&Name::of(node, name), &node.content, item))
            }
            (Kind::Element, _) => self.element(&Name::of(node, name), &node.content, value),
        }
    }

    fn element(&mut self, name: &Name<'_>, content: &Content, value: &Json) -> Result<(), String> {
        if !is_name(name.local) {
            return Err(format!(
                "`{}` is no name of an XML element; give the member another one",
                name.local
            ));
        }
        if let (Json::Array(_), false) = (value, is_array(content)) {
            return Err(format!("an array in an array has no form in XML, in `{}`", name.local));
        }
        let outer = self.bound.len();
        let mut attributes = Vec::new();
        collect(content, value, &mut attributes);
        let mut declared = String::new();
        let tag = self.qualified(name, false, &mut declared)?;
        self.out.push('<');
        self.out.push_str(&tag);
        let mut written = String::new();
        for attribute in &attributes {
            let name = self.qualified(&attribute.name, true, &mut declared)?;
            written.push_str(&format!(" {name}=\""));
            escape(attribute.value, true, &mut written)?;
            written.push('"');
        }
        if matches!(value, Json::Null) {
            let nil = Name { namespace: Some(XSI), prefix: "xsi", local: "nil" };
            let name = self.qualified(&nil, true, &mut declared)?;
            written.push_str(&format!(" {name}=\"true\""));
        }
        self.out.push_str(&declared);
        self.out.push_str(&written);
        self.out.push('>');
        let start = self.out.len();
        self.body(content, name.local, value)?;
        if self.out.len() == start {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str(&format!("</{tag}>"));
        }
        self.bound.truncate(outer);
        Ok(())
    }

    /// A name with its prefix. Its namespace is declared here unless that was done around it.
    fn qualified(&mut self, name: &Name<'_>, is_attribute: bool, out: &mut String) -> Result<String, String> {
        let Some(namespace) = name.namespace else { return Ok(name.local.to_owned()) };
        let local = name.local;
        if namespace == XML {
            return Ok(format!("xml:{local}"));
        }
        let known = |bound: &[(String, String)], prefix: &str| {
            let found = bound.iter().rev().find(|(known, _)| known == prefix);
            found.map(|(_, namespace)| namespace.clone())
        };
        let mut prefix = name.prefix.to_owned();
        if is_attribute && !namespace.is_empty() && prefix.is_empty() {
            // The default namespace is not that of attributes.
            let free = |prefix: &String| known(&self.bound, prefix).is_none_or(|bound| bound == namespace);
            prefix = (1..).map(|at| format!("ns{at}")).find(free).unwrap_or_default();
        }
        if is_attribute && namespace.is_empty() {
            return Ok(local.to_owned());
        }
        let current = known(&self.bound, &prefix);
        if current.as_deref().unwrap_or_default() != namespace {
            let colon = if prefix.is_empty() { "" } else { ":" };
            out.push_str(&format!(" xmlns{colon}{prefix}=\""));
            escape(namespace, true, out)?;
            out.push('"');
            self.bound.push((prefix.clone(), namespace.to_owned()));
        }
        Ok(if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") })
    }

    /// What stands inside of an element.
    fn body(&mut self, content: &Content, name: &str, value: &Json) -> Result<(), String> {
        match (content, value) {
            (_, Json::Null) => Ok(()),
            (Content::Object(object), Json::Object(_)) => self.object(object(), value),
            (Content::Union(union), Json::Object(_)) => match variant(union(), value) {
                Some(content) => self.body(content, name, value),
                None => self.free(value),
            },
            (Content::Array(item), Json::Array(items)) => {
                items.iter().try_for_each(|one| self.node(item, name, one))
            }
            (Content::Map(node), Json::Object(members)) => {
                members.iter().try_for_each(|(key, one)| self.entry(node, key, one))
            }
            (Content::Tuple(nodes), Json::Array(items)) => {
                nodes.iter().zip(items).try_for_each(|(node, one)| self.node(node, name, one))
            }
            (_, Json::Object(_)) => self.free(value),
            (_, Json::Array(_)) => Err(format!("an array in an array has no form in XML, in `{name}`")),
            (_, value) => self.text(value),
        }
    }

    /// The properties of an object in the order of its schema, then what the schema does not declare.
    fn object(&mut self, object: &Object, value: &Json) -> Result<(), String> {
        let members = value.members();
        let mut next = 0;
        for property in object.properties {
            // Members mostly come in the order of the schema.
            let is_it = |at: &usize| members[*at].0 == property.name;
            let Some(at) = (next..members.len()).chain(0..next).find(is_it) else { continue };
            next = at + 1;
            self.node(&property.node, property.name, &members[at].1)?;
        }
        let declared = |key: &str| object.properties.iter().any(|property| property.name == key);
        for (key, one) in members.iter().filter(|(key, _)| !declared(key)) {
            match object.rest {
                Some(node) => self.entry(node, key, one)?,
                None => self.member(key, one)?,
            }
        }
        Ok(())
    }

    /// A value of a map, in an element that is named by the key.
    fn entry(&mut self, node: &Node, key: &str, value: &Json) -> Result<(), String> {
        let name = Name::free(key);
        match (node.kind, &node.content, value) {
            (Kind::Bare, Content::Array(item), Json::Array(items)) => {
                let name = || if item.name.is_empty() { Name::free(key) } else { Name::of(item, item.name) };
                items.iter().try_for_each(|one| self.element(&name(), &item.content, one))
            }
            (_, content, Json::Array(items)) if !is_array(content) => {
                items.iter().try_for_each(|one| self.element(&Name::free(key), content, one))
            }
            (_, content, value) => self.element(&name, content, value),
        }
    }

    /// The members of an object that no schema describes.
    fn free(&mut self, value: &Json) -> Result<(), String> {
        value.members().iter().try_for_each(|(key, one)| self.member(key, one))
    }

    fn member(&mut self, key: &str, value: &Json) -> Result<(), String> {
        match (key, value) {
            ("#text", value) if value.scalar().is_some() => self.text(value),
            // Written with the tag around it.
            (key, value) if key.starts_with('@') && value.scalar().is_some() => Ok(()),
            (key, value) => self.entry(&Node::element("", Content::Any), key, value),
        }
    }

    fn text(&mut self, value: &Json) -> Result<(), String> {
        value.scalar().map_or(Ok(()), |text| escape(text, false, &mut self.out))
    }
}

/// Whether an array stands in this element, and not its items in several.
fn is_array(content: &Content) -> bool {
    matches!(content, Content::Array(_) | Content::Tuple(_))
}

/// The schema that the tag of a value stands for.
fn variant(union: &Union, value: &Json) -> Option<&'static Content> {
    union.find(value.get(union.tag)?.scalar()?)
}

/// The attributes of the element that a value becomes.
fn collect<'n>(content: &'n Content, value: &'n Json, out: &mut Vec<Attribute<'n>>) {
    match content {
        Content::Object(object) => {
            let object = object();
            for property in object.properties {
                let Some(one) = value.get(property.name) else { continue };
                match property.node.kind {
                    Kind::Attribute => out.extend(one.scalar().map(|value| Attribute {
                        name: Name::of(&property.node, property.node.name),
                        value,
                    })),
                    Kind::Bare => collect(&property.node.content, one, out),
                    Kind::Element | Kind::Text | Kind::Cdata => {}
                }
            }
            let declared = |key: &str| object.properties.iter().any(|property| property.name == key);
            free_attributes(value, &declared, out);
        }
        Content::Union(union) => match variant(union(), value) {
            Some(content) => collect(content, value, out),
            None => free_attributes(value, &|_| false, out),
        },
        Content::Map(_) | Content::Array(_) | Content::Tuple(_) => {}
        _ => free_attributes(value, &|_| false, out),
    }
}

/// The attributes among the members that no schema declares.
fn free_attributes<'n>(value: &'n Json, declared: &dyn Fn(&str) -> bool, out: &mut Vec<Attribute<'n>>) {
    for (key, one) in value.members().iter().filter(|(key, _)| !declared(key)) {
        if let (Some(name), Some(value)) = (key.strip_prefix('@'), one.scalar()) {
            let name = Name::free(name);
            if is_name(name.local) {
                out.push(Attribute { name, value });
            }
        }
    }
}
