//! XML: what the `xml` keyword says about schemas, and what bodies of XML media types look like.

use super::{Silent, Ty, TypeId};
use crate::arena::id;
use crate::pointer::Pointer;

/// What the `xml` keyword says about a schema, with what it says about the schemas inside that have no type of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`; only with a namespace.
    pub prefix: Option<String>,
    /// `nodeType` (OpenAPI 3.2), or what `attribute` and `wrapped` say instead.
    pub node: Option<XmlKind>,
    /// The schema is a `$ref`, beside which this stands.
    pub refers: bool,
    /// Items of an array, values of a map, or positions of a tuple.
    pub inner: Vec<Xml>,
}

impl Silent for Xml {
    const NOTHING: &'static Self =
        &Self { name: None, namespace: None, prefix: None, node: None, refers: false, inner: Vec::new() };
}

impl Xml {
    /// The same, with what another one says where this one says nothing.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let is_named = self.namespace.is_some();
        Self {
            name: self.name.or_else(|| other.name.clone()),
            prefix: if is_named { self.prefix } else { self.prefix.or_else(|| other.prefix.clone()) },
            namespace: self.namespace.or_else(|| other.namespace.clone()),
            node: self.node.or(other.node),
            refers: self.refers || other.refers,
            inner: if self.inner.is_empty() { other.inner.clone() } else { self.inner },
        }
    }
}

/// The kinds of node of the DOM that a value becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum XmlKind {
    /// An element.
    #[default]
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// Text.
    Text,
    /// A CDATA section.
    Cdata,
    /// None of its own: the content stands in the node around it.
    None,
}

id! {
    /// Index of an [`XmlObject`] in [`Api::xml`](super::Api::xml).
    XmlId;
}

/// A body of an XML media type.
#[derive(Clone, Debug)]
pub struct XmlBody {
    /// Where its media type stands.
    pub origin: Pointer,
    /// Its type.
    pub ty: Ty,
    /// What stands at its schema.
    pub xml: Xml,
    /// The root element, once all types are known.
    pub root: XmlNode,
}

/// Bodies are equal wherever they stand.
impl PartialEq for XmlBody {
    fn eq(&self, other: &Self) -> bool {
        (&self.ty, &self.xml, &self.root) == (&other.ty, &other.xml, &other.root)
    }
}

impl Eq for XmlBody {}

/// A value as a node of a document, all defaults applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct XmlNode {
    /// What it is.
    pub kind: XmlKind,
    /// The name of an element or attribute; empty where the key of a map is the name.
    pub name: String,
    /// Its namespace; empty for none of its own.
    pub namespace: String,
    /// The prefix of the namespace; empty for the default namespace.
    pub prefix: String,
    /// What is in it.
    pub content: XmlContent,
}

/// What is in a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum XmlContent {
    /// A string, character by character.
    #[default]
    Text,
    /// A string in which space at either end means nothing.
    Token,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
    /// An object of known properties.
    Object(XmlId),
    /// One of several objects, by its tag.
    Union(XmlId),
    /// An array.
    Array(Box<XmlNode>),
    /// An object of any keys.
    Map(Box<XmlNode>),
    /// A tuple.
    Tuple(Vec<XmlNode>),
}

/// A type in XML.
#[derive(Clone, Debug)]
pub struct XmlObject {
    /// The type.
    pub ty: TypeId,
    /// What it looks like.
    pub shape: XmlShape,
}

/// What an object looks like in XML.
#[derive(Clone, Debug)]
pub enum XmlShape {
    /// Properties by name, and the node of additional ones of a known type.
    Object(Vec<XmlProperty>, Option<XmlNode>),
    /// The property that is the tag, and what each of its values stands for.
    Union(String, Vec<(String, XmlId)>),
}

/// A property in XML.
#[derive(Clone, Debug)]
pub struct XmlProperty {
    /// Its name in JSON.
    pub name: String,
    /// Its node.
    pub node: XmlNode,
    /// What it is where its node is absent, as JSON text; `None` where it is absent then, too.
    pub absent: Option<&'static str>,
}
