//! The tables: how types look in XML.

/// What a value becomes in a document: an element, an attribute, text, or nothing of its own.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub(super) kind: Kind,
    /// Empty where the key of a map is the name.
    pub(super) name: &'static str,
    /// Empty where the schema names none.
    pub(super) namespace: &'static str,
    pub(super) prefix: &'static str,
    pub(super) content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Element,
    Attribute,
    Text,
    Cdata,
    /// Its content stands directly in the node around it.
    Bare,
}

/// What is in a node.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A string, character by character.
    Text,
    /// A string in which space at either end means nothing: a date, a value of an enum.
    Token,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
    /// An object with declared properties. By a function, so that tables may lead to each other and to themselves.
    Object(fn() -> &'static Object),
    /// An object whose schema a tag says.
    Union(fn() -> &'static Union),
    /// An array; the node is that of each item.
    Array(&'static Node),
    /// An object whose keys are names of elements.
    Map(&'static Node),
    /// Items of different types in a fixed order.
    Tuple(&'static [Node]),
}

/// An object with declared properties.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub(super) properties: &'static [Property],
    /// Additional properties of a known type.
    pub(super) rest: Option<&'static Node>,
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The property's name in JSON.
    pub(super) name: &'static str,
    pub(super) node: Node,
    /// The JSON of a property that must be there and whose node is not.
    pub(super) absent: Option<&'static str>,
}

/// Objects that a property tells apart.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The property's name in JSON.
    pub(super) tag: &'static str,
    /// Each value of the tag, and what it stands for.
    pub(super) variants: &'static [(&'static str, Content)],
}

impl Node {
    const fn new(kind: Kind, name: &'static str, content: Content) -> Self {
        Self { kind, name, namespace: "", prefix: "", content }
    }

    /// An element.
    #[must_use]
    pub const fn element(name: &'static str, content: Content) -> Self {
        Self::new(Kind::Element, name, content)
    }

    /// An attribute.
    #[must_use]
    pub const fn attribute(name: &'static str, content: Content) -> Self {
        Self::new(Kind::Attribute, name, content)
    }

    /// Text.
    #[must_use]
    pub const fn text(content: Content) -> Self {
        Self::new(Kind::Text, "", content)
    }

    /// A CDATA section.
    #[must_use]
    pub const fn cdata(content: Content) -> Self {
        Self::new(Kind::Cdata, "", content)
    }

    /// No node of its own: the content stands directly in the node around it.
    #[must_use]
    pub const fn bare(content: Content) -> Self {
        Self::new(Kind::Bare, "", content)
    }

    /// Puts its name into a namespace, which is bound to the prefix, or is the default one where the prefix is empty.
    #[must_use]
    pub const fn within(mut self, namespace: &'static str, prefix: &'static str) -> Self {
        self.namespace = namespace;
        self.prefix = prefix;
        self
    }
}

impl Object {
    /// An object of these properties, in the order of the schema.
    #[must_use]
    pub const fn new(properties: &'static [Property]) -> Self {
        Self { properties, rest: None }
    }

    /// Further elements are additional properties of this type.
    #[must_use]
    pub const fn rest(mut self, node: &'static Node) -> Self {
        self.rest = Some(node);
        self
    }
}

impl Property {
    /// A property.
    #[must_use]
    pub const fn new(name: &'static str, node: Node) -> Self {
        Self { name, node, absent: None }
    }

    /// Where its node is absent, the property is this JSON all the same.
    #[must_use]
    pub const fn absent(mut self, json: &'static str) -> Self {
        self.absent = Some(json);
        self
    }
}

impl Union {
    /// Objects that this property tells apart.
    #[must_use]
    pub const fn new(tag: &'static str, variants: &'static [(&'static str, Content)]) -> Self {
        Self { tag, variants }
    }

    pub(super) fn find(&self, tag: &str) -> Option<&'static Content> {
        self.variants.iter().find(|(known, _)| *known == tag).map(|(_, content)| content)
    }
}
