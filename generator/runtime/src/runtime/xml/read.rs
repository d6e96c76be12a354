//! A tree of elements as the JSON that the codec reads, guided by the table of the type.

mod union;

use std::borrow::Cow;
use std::collections::HashSet;

use super::shape::{Content, Kind, Node, Object, Property};
use super::text;
use super::tree::{Element, Item, fail};
use crate::runtime::wire::{DecodeError, Writer};

/// JSON that was made of XML.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) json: String,
    /// Where values begin in the JSON, and the elements that they were made of.
    origins: Vec<(usize, usize)>,
}

impl Found {
    /// The byte of the XML document that a byte of the JSON stands for.
    pub(super) fn origin(&self, offset: usize) -> usize {
        let behind = self.origins.partition_point(|(json, _)| *json <= offset);
        behind.checked_sub(1).map_or(0, |at| self.origins[at].1)
    }
}

/// Reads a document whose root element is this node.
pub(super) fn document(root: &Node, element: &Element) -> Result<Found, DecodeError> {
    if !is_named(element, root, root.name, None) {
        let expected = format!("the element `{}`", qualified(root.namespace, root.name));
        let found = format!("`{}`", qualified(&element.namespace, &element.name));
        return Err(fail(element.at, &[], expected, found));
    }
    let mut reading = Reading { out: Writer::new(), origins: Vec::new() };
    reading.value(&root.content, element)?;
    Ok(Found { json: reading.out.into_parts().0, origins: reading.origins })
}

fn qualified(namespace: &str, name: &str) -> String {
    if namespace.is_empty() { name.to_owned() } else { format!("{{{namespace}}}{name}") }
}

/// Whether an element is the one that a node describes. A schema without a namespace means none, or that of the element
/// around it; servers that leave out a declared one are understood.
fn is_named(element: &Element, node: &Node, name: &str, parent: Option<&Element>) -> bool {
    let is_near = || parent.is_none_or(|parent| element.namespace == parent.namespace);
    element.name == name
        && (element.namespace == node.namespace
            || element.namespace.is_empty()
            || node.namespace.is_empty() && is_near())
}

/// What of an element was read.
#[derive(Default)]
struct Taken {
    elements: HashSet<usize>,
    attributes: HashSet<usize>,
    text: bool,
}

struct Reading {
    out: Writer,
    origins: Vec<(usize, usize)>,
}

impl Reading {
    /// The value in an element.
    fn value(&mut self, content: &Content, element: &Element) -> Result<(), DecodeError> {
        self.origins.push((self.out.text().len(), element.at));
        if element.is_nil {
            self.out.null();
            return Ok(());
        }
        match content {
            Content::Text | Content::Token | Content::Number | Content::Boolean => {
                if element.elements().next().is_some() {
                    self.any(element);
                } else {
                    self.scalar(content, &element.text());
                }
            }
            Content::Any => self.any(element),
            Content::Object(object) => {
                let mut taken = Taken::default();
                self.out.open('{');
                self.properties(object(), element, &mut taken)?;
                self.unknown(Some(object()), element, &taken)?;
                self.out.close('}');
            }
            Content::Union(union) => self.union(union(), element)?,
            Content::Array(item) => {
                let (items, _) = self.matching(element, item, item.name, &Taken::default());
                if let (true, Some(first)) = (items.is_empty(), element.elements().next()) {
                    let expected = format!("elements `{}`", qualified(item.namespace, item.name));
                    let found = format!("`{}`", qualified(&first.namespace, &first.name));
                    return Err(fail(first.at, &[&element.name], expected, found));
                }
                self.array(item, element, &items)?;
            }
            Content::Map(node) => {
                self.out.open('{');
                self.entries(node, element, &Taken::default(), &|_| false)?;
                self.out.close('}');
            }
            Content::Tuple(nodes) => self.tuple(nodes, element)?,
        }
        Ok(())
    }

    fn scalar(&mut self, content: &Content, text: &str) {
        let trimmed = text.trim_ascii();
        match content {
            // An empty element has no number in it; whether there must be one says the type.
            Content::Number | Content::Boolean if trimmed.is_empty() => self.out.null(),
            Content::Number => match text::number(trimmed) {
                Some(number) => self.out.raw(&number),
                None => self.out.string(trimmed),
            },
            Content::Boolean => match text::boolean(trimmed) {
                Some(word) => self.out.raw(word),
                None => self.out.string(trimmed),
            },
            Content::Token => self.out.string(trimmed),
            _ => self.out.string(text),
        }
    }

    /// The declared properties of an object, in their order.
    fn properties(
        &mut self,
        object: &Object,
        element: &Element,
        taken: &mut Taken,
    ) -> Result<(), DecodeError> {
        for property in object.properties {
            let before = self.out.text().len();
            let origins = self.origins.len();
            self.out.name(property.name);
            let start = self.out.text().len();
            self.property(property, element, taken)?;
            if self.out.text().len() == start {
                match property.absent {
                    Some(json) => self.out.raw(json),
                    None => {
                        self.out.truncate(before);
                        self.origins.truncate(origins);
                    }
                }
            }
        }
        Ok(())
    }

    /// One property; nothing where its node is absent.
    fn property(
        &mut self,
        property: &Property,
        element: &Element,
        taken: &mut Taken,
    ) -> Result<(), DecodeError> {
        let node = &property.node;
        match node.kind {
            Kind::Attribute => {
                let is_it = |attribute: &super::tree::Attribute| {
                    attribute.name == node.name
                        && (attribute.namespace == node.namespace || attribute.namespace.is_empty())
                };
                if let Some(at) = element.attributes.iter().position(is_it) {
                    taken.attributes.insert(at);
                    self.origins.push((self.out.text().len(), element.at));
                    self.scalar(&node.content, &element.attributes[at].value);
                }
            }
            Kind::Text | Kind::Cdata => {
                taken.text = true;
                let cdata = if node.kind == Kind::Cdata { element.cdata() } else { None };
                let text = cdata.unwrap_or_else(|| own_text(element));
                if !text.is_empty() {
                    self.origins.push((self.out.text().len(), element.at));
                    self.scalar(&node.content, &text);
                }
            }
            Kind::Element => {
                let (found, at) = self.matching(element, node, node.name, taken);
                taken.elements.extend(at);
                match found.as_slice() {
                    [] => {}
                    [one] => self.value(&node.content, one)?,
                    // More than the schema allows: the type says so.
                    several => self.array(node, element, several)?,
                }
            }
            Kind::Bare => self.bare(&node.content, element, taken)?,
        }
        Ok(())
    }

    /// A property without a node of its own: its content is in the element around it.
    fn bare(&mut self, content: &Content, element: &Element, taken: &mut Taken) -> Result<(), DecodeError> {
        match content {
            Content::Array(item) => {
                let (items, at) = self.matching(element, item, item.name, taken);
                taken.elements.extend(at);
                if !items.is_empty() {
                    self.array(item, element, &items)?;
                }
            }
            Content::Object(object) => {
                let before = self.out.text().len();
                self.origins.push((before, element.at));
                self.out.open('{');
                self.properties(object(), element, taken)?;
                if self.out.text().ends_with('{') {
                    self.out.truncate(before);
                } else {
                    self.out.close('}');
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The elements that a node describes, of those that are left, and where they stand. Those that are of its namespace go
    /// before those that are of none.
    fn matching<'e>(
        &self,
        element: &'e Element,
        node: &Node,
        name: &str,
        taken: &Taken,
    ) -> (Vec<&'e Element>, Vec<usize>) {
        let left = || element.elements().enumerate().filter(|(at, _)| !taken.elements.contains(at));
        let all = || left().filter(|(_, child)| is_named(child, node, name, Some(element)));
        let is_exact = |(_, child): &(usize, &Element)| child.namespace == node.namespace;
        let exact = !node.namespace.is_empty() && all().any(|found| is_exact(&found));
        all().filter(|found| !exact || is_exact(found)).map(|(at, child)| (child, at)).unzip()
    }

    fn array(&mut self, item: &Node, parent: &Element, items: &[&Element]) -> Result<(), DecodeError> {
        self.origins.push((self.out.text().len(), items.first().map_or(parent.at, |item| item.at)));
        self.out.open('[');
        for element in items {
            self.out.separate();
            self.value(&item.content, element)?;
        }
        self.out.close(']');
        Ok(())
    }

    /// Elements by name: the values of a map.
    fn entries(
        &mut self,
        node: &Node,
        element: &Element,
        taken: &Taken,
        skips: &dyn Fn(&str) -> bool,
    ) -> Result<(), DecodeError> {
        for (key, group) in groups(element, taken) {
            if skips(&key) {
                continue;
            }
            self.out.name(&key);
            match (node.kind, &node.content, group.as_slice()) {
                (Kind::Bare, Content::Array(item), group) => self.array(item, element, group)?,
                (_, content, [one]) => self.value(content, one)?,
                (_, _, group) => self.array(node, element, group)?,
            }
        }
        Ok(())
    }

    /// What the schema does not declare, as members that the model keeps.
    fn unknown(
        &mut self,
        object: Option<&Object>,
        element: &Element,
        taken: &Taken,
    ) -> Result<(), DecodeError> {
        let declares = |key: &str| {
            object.is_some_and(|object| object.properties.iter().any(|property| property.name == key))
        };
        if let Some(node) = object.and_then(|object| object.rest) {
            return self.entries(node, element, taken, &declares);
        }
        for (at, attribute) in element.attributes.iter().enumerate() {
            if !taken.attributes.contains(&at) {
                self.out.name(&format!("@{}", qualified(&attribute.namespace, &attribute.name)));
                self.out.string(&attribute.value);
            }
        }
        for (key, group) in groups(element, taken) {
            // A name that a property of another name has in JSON.
            self.out.name(&if declares(&key) {
                Cow::Owned(format!("{{}}{key}"))
            } else {
                Cow::Borrowed(&*key)
            });
            match group.as_slice() {
                [one] => self.value(&Content::Any, one)?,
                group => self.array(&Node::element("", Content::Any), element, group)?,
            }
        }
        let text = own_text(element);
        if !taken.text && !text.trim_ascii().is_empty() {
            self.out.name("#text");
            self.out.string(&text);
        }
        Ok(())
    }

    /// Anything: a string, or an object where there is more than text.
    fn any(&mut self, element: &Element) {
        if element.attributes.is_empty() && element.elements().next().is_none() {
            return self.out.string(&element.text());
        }
        self.out.open('{');
        // Nothing is expected, so nothing is missing.
        let _ = self.unknown(None, element, &Taken::default());
        self.out.close('}');
    }

    /// Items of different types, each where it must be. Space between them means nothing, unless text must be there.
    fn tuple(&mut self, nodes: &[Node], element: &Element) -> Result<(), DecodeError> {
        let mut items = element.items.iter().peekable();
        let is_space = |item: &Item| matches!(item, Item::Text(text) if text.trim_ascii().is_empty());
        self.out.open('[');
        for node in nodes {
            self.out.separate();
            if matches!(node.kind, Kind::Text | Kind::Cdata) {
                let mut text = String::new();
                while let Some(Item::Text(part) | Item::Cdata(part)) = items.peek() {
                    text.push_str(part);
                    items.next();
                }
                self.origins.push((self.out.text().len(), element.at));
                self.scalar(&node.content, &text);
                continue;
            }
            while items.next_if(|item| is_space(item)).is_some() {}
            match items.next() {
                Some(Item::Element(found)) if is_named(found, node, node.name, Some(element)) => {
                    self.value(&node.content, found)?;
                }
                other => {
                    let (at, found) = match other {
                        Some(Item::Element(found)) => (found.at, format!("`{}`", found.name)),
                        Some(_) => (element.at, "text".to_owned()),
                        None => (element.at, "the end of the element".to_owned()),
                    };
                    return Err(fail(at, &[&element.name], format!("the element `{}`", node.name), found));
                }
            }
        }
        self.out.close(']');
        Ok(())
    }
}

/// The text of an element; where elements stand beside it, space at its ends means nothing.
fn own_text(element: &Element) -> Cow<'_, str> {
    let text = element.text();
    if element.elements().next().is_none() {
        return text;
    }
    Cow::Owned(text.trim_ascii().to_owned())
}

/// The elements that are left, by their names as keys of members, in the order in which each name comes first.
fn groups<'e>(element: &'e Element, taken: &Taken) -> Vec<(String, Vec<&'e Element>)> {
    let mut groups: Vec<(String, Vec<&Element>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (at, child) in element.elements().enumerate() {
        if taken.elements.contains(&at) {
            continue;
        }
        let key = if child.namespace == element.namespace {
            child.name.clone()
        } else {
            format!("{{{}}}{}", child.namespace, child.name)
        };
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(child),
            None => groups.push((key, vec![child])),
        }
    }
    groups
}
