//! Objects that a property tells apart.

use super::super::shape::{Content, Kind, Node, Object, Property, Union};
use super::super::tree::Element;
use super::{Reading, Taken};
use crate::runtime::wire::DecodeError;

impl Reading {
    /// The schema whose own property says that it is the one.
    pub(super) fn union(&mut self, union: &Union, element: &Element) -> Result<(), DecodeError> {
        for (tag, content) in union.variants {
            if let Content::Object(object) = content
                && self.tag(union.tag, object(), element).is_some_and(|found| found == *tag)
            {
                return self.value(content, element);
            }
        }
        self.any(element);
        Ok(())
    }

    /// The tag of an object, read as this schema has it.
    fn tag(&self, tag: &str, object: &Object, element: &Element) -> Option<String> {
        let property = object.properties.iter().find(|property| property.name == tag);
        let plain = Property::new("", Node::element("", Content::Token));
        let node = property.map_or(&plain.node, |property| &property.node);
        let name = if node.name.is_empty() { tag } else { node.name };
        match node.kind {
            Kind::Attribute => {
                let found = element.attributes.iter().find(|attribute| attribute.name == name)?;
                Some(found.value.trim().to_owned())
            }
            Kind::Element => {
                let (found, _) = self.matching(element, node, name, &Taken::default());
                Some(found.first()?.text().trim().to_owned())
            }
            Kind::Text | Kind::Cdata | Kind::Bare => None,
        }
    }
}
