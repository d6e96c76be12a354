//! From types to nodes: each value becomes an element, an attribute, text, or nothing of its own.
//!
//! Names are those of the keyword; else, in this order, the name that stands at the type behind a reference, the component
//! (OpenAPI 3.2, where a `$ref` is no node), and the property. The root is named by its component.

use std::collections::{HashMap, HashSet};

use super::problem::{MANY, NAMELESS, Problem, UNTAGGED, problem};
use super::rules::{absent, any, check, constant, distinct, is_name};
use crate::ir::{
    Api, EnumRepr, Format, JsonType, Shape, Struct, Tagging, Ty, TypeId, TypeName, Union, Xml, XmlBody,
    XmlContent, XmlId, XmlKind, XmlNode, XmlObject, XmlProperty, XmlShape,
};
use crate::lower::context::Lower;
use crate::normalize::Since;

/// Types that may lie in one another in place.
const DEPTH: usize = 64;

impl Lower<'_, '_> {
    /// The root element of a body.
    pub(super) fn root(&mut self, body: &XmlBody) -> Result<XmlNode, Problem> {
        let before = self.api.xml.len();
        let mut table = Table {
            api: &mut self.api,
            by_component: self.doc.version >= Since::V32,
            known: HashMap::new(),
            open: Vec::new(),
            depth: 0,
        };
        table.known.extend(table.api.xml.iter().enumerate().map(|(at, one)| (one.ty, XmlId(at as u32))));
        let name = table.component(&body.ty);
        let root = match table.resolved(&body.ty, &body.xml, &mut None).2 {
            XmlKind::Element => table.node(&body.ty, &body.xml, name.as_deref()),
            _ => Err(Problem::of(MANY)),
        };
        let root = root.and_then(|root| table.fill().and_then(|()| table.is_finite(before)).map(|()| root));
        // What was made for a body that has no form in the end may lead to what has none.
        if root.is_err() {
            self.api.xml.truncate(before);
        }
        root
    }
}

struct Table<'a> {
    api: &'a mut Api,
    /// A reference is no node, and the component behind it names the element.
    by_component: bool,
    known: HashMap<TypeId, XmlId>,
    /// Those that were reached and not yet worked out.
    open: Vec<XmlId>,
    depth: usize,
}

impl Table<'_> {
    /// The component that a type is, through references.
    fn component(&self, ty: &Ty) -> Option<String> {
        match ty {
            Ty::Nullable(inner) => self.component(inner),
            Ty::Named(id) => match &self.api.types[id.0 as usize].name {
                TypeName::Component(key) => Some(key.clone()),
                TypeName::Inline { .. } => None,
            },
            _ => None,
        }
    }

    /// A value as a node; `inferred` is its name where no keyword says one.
    fn node(&mut self, ty: &Ty, xml: &Xml, inferred: Option<&str>) -> Result<XmlNode, Problem> {
        if self.depth == DEPTH {
            return problem(
                "its schemas lie too deep in one another",
                "give some of them an element of their own",
            );
        }
        self.depth += 1;
        let node = self.made(ty, xml, inferred);
        self.depth -= 1;
        node
    }

    /// The type behind all aliases, with what the keyword says on the way there, and what kind of node it is. A component
    /// may name it.
    fn resolved(&self, ty: &Ty, xml: &Xml, inferred: &mut Option<String>) -> (Ty, Xml, XmlKind) {
        let mut xml = xml.clone();
        if self.by_component && xml.refers && xml.node.is_none_or(|node| node == XmlKind::None) {
            // The element is that of the component, whatever name stands beside the reference.
            (xml.name, xml.node) = (None, None);
            *inferred = self.component(ty).or(inferred.take());
        }
        let mut ty = ty.clone();
        for _ in 0..DEPTH {
            match ty {
                Ty::Nullable(inner) => ty = *inner,
                Ty::Named(id) => {
                    let named = &self.api.types[id.0 as usize];
                    xml = xml.or(&named.xml);
                    let Shape::Alias(inner) = &named.shape else { break };
                    ty = inner.clone();
                }
                _ => break,
            }
        }
        let is_list = matches!(ty, Ty::List(_) | Ty::Tuple(_));
        let kind = xml.node.unwrap_or(if is_list { XmlKind::None } else { XmlKind::Element });
        (ty, xml, kind)
    }

    fn made(&mut self, ty: &Ty, xml: &Xml, inferred: Option<&str>) -> Result<XmlNode, Problem> {
        let mut inferred = inferred.map(str::to_owned);
        let (ty, xml, kind) = self.resolved(ty, xml, &mut inferred);
        let has_name = matches!(kind, XmlKind::Element | XmlKind::Attribute);
        let name = if has_name { xml.name.clone().or_else(|| inferred.clone()) } else { None };
        match &name {
            None if has_name => return Err(Problem::of(NAMELESS)),
            Some(name) if !name.is_empty() && !is_name(name) => {
                let why = format!("`{name}` is no name of an element or attribute");
                return problem(
                    why,
                    "give the schema an `xml.name` without a colon; a prefix is said by `xml.prefix`",
                );
            }
            _ => {}
        }
        // A name of the array counts only where it has an element; its items are called like it, or like the property.
        let items = name.clone().or(inferred);
        let content = self.content(&ty, kind, &xml, items.as_deref())?;
        check(kind, &content)?;
        Ok(XmlNode {
            kind,
            name: name.unwrap_or_default(),
            namespace: if has_name { xml.namespace.unwrap_or_default() } else { String::new() },
            prefix: if has_name { xml.prefix.unwrap_or_default() } else { String::new() },
            content,
        })
    }

    fn content(
        &mut self,
        ty: &Ty,
        kind: XmlKind,
        xml: &Xml,
        name: Option<&str>,
    ) -> Result<XmlContent, Problem> {
        let nothing = Xml::default();
        let inner = |at: usize| xml.inner.get(at).unwrap_or(&nothing);
        Ok(match ty {
            Ty::String | Ty::Secret => XmlContent::Text,
            Ty::Format(Format::Binary) => {
                return problem(
                    "a file has no form in XML",
                    "say `contentEncoding: base64`, or send it in multipart",
                );
            }
            Ty::Format(_) => XmlContent::Token,
            Ty::Int(_) | Ty::Float => XmlContent::Number,
            Ty::Bool => XmlContent::Boolean,
            Ty::Any => XmlContent::Any,
            Ty::Object => XmlContent::Map(Box::new(any())),
            Ty::Foreign(id) => {
                let kinds = &self.api.foreign[id.0 as usize].kinds;
                match kinds.iter().next().copied() {
                    Some(JsonType::String) => XmlContent::Token,
                    Some(JsonType::Number) => XmlContent::Number,
                    Some(JsonType::Bool) => XmlContent::Boolean,
                    _ => return problem("a type of another crate has no form in XML", "let it be a scalar"),
                }
            }
            Ty::List(item) => {
                let item = self.node(item, inner(0), name)?;
                if item.kind != XmlKind::Element {
                    return problem(
                        "the items of an array are no elements",
                        "say `wrapped: true` (`nodeType: element` in OpenAPI 3.2) at the items",
                    );
                }
                XmlContent::Array(Box::new(item))
            }
            // The keys are the names.
            Ty::Map(value) => {
                let value = self.node(value, &Xml { name: None, ..inner(0).clone() }, Some(""))?;
                match value.kind {
                    XmlKind::Element | XmlKind::None => XmlContent::Map(Box::new(value)),
                    _ => return problem("the values of a map are no elements", "let them be elements"),
                }
            }
            Ty::Tuple(items) => {
                let nodes = items.iter().enumerate().map(|(at, item)| self.node(item, inner(at), name));
                let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
                if nodes.iter().any(|node| matches!(node.kind, XmlKind::Attribute | XmlKind::None)) {
                    return problem(
                        "an item of `prefixItems` is no element",
                        "let it be an element, or text",
                    );
                }
                XmlContent::Tuple(nodes)
            }
            Ty::Named(id) => self.named(*id, kind)?,
            Ty::Nullable(_) | Ty::Unit => {
                return problem("a value without data has no form in XML", "give it a type");
            }
        })
    }

    fn named(&mut self, id: TypeId, kind: XmlKind) -> Result<XmlContent, Problem> {
        let ty = &self.api.types[id.0 as usize];
        let origin = ty.origin.clone();
        let located = |problem: Problem| Problem { at: problem.at.or(Some(origin)), ..problem };
        match ty.shape.clone() {
            Shape::Enum(of) => Ok(match of.repr {
                EnumRepr::String => XmlContent::Token,
                EnumRepr::Integer => XmlContent::Number,
            }),
            Shape::Struct(_) => Ok(XmlContent::Object(self.reserve(id))),
            Shape::Union(of) if of.tagging == Tagging::Shape => {
                // Alternatives that are all strings are the string that they are.
                let mut all = of.variants.iter().map(|variant| self.scalar(&variant.ty));
                let first = all.next().flatten();
                let is_one = all.all(|other| other == first);
                first.filter(|_| is_one).ok_or_else(|| Problem::of(UNTAGGED)).map_err(located)
            }
            Shape::Union(_) if kind == XmlKind::Element => Ok(XmlContent::Union(self.reserve(id))),
            Shape::Union(_) => {
                problem("one of several types is no element", "let it be an element").map_err(located)
            }
            Shape::Alias(_) | Shape::Wrapper(_) => {
                problem("a schema is made of nothing but itself", "let it be an object").map_err(located)
            }
        }
    }

    /// Works out the objects that were reached, and those that they reach.
    fn fill(&mut self) -> Result<(), Problem> {
        while let Some(at) = self.open.pop() {
            let ty = &self.api.types[self.api.xml[at.0 as usize].ty.0 as usize];
            let (origin, shape) = (ty.origin.clone(), ty.shape.clone());
            let rest = Xml { name: None, ..ty.xml.inner.first().cloned().unwrap_or_default() };
            let shape = match shape {
                Shape::Struct(of) => self.object(&of, &rest),
                Shape::Union(of) => self.union(&of),
                _ => continue,
            };
            let located = |problem: Problem| Problem { at: problem.at.or(Some(origin)), ..problem };
            self.api.xml[at.0 as usize].shape = shape.map_err(located)?;
        }
        Ok(())
    }

    fn object(&mut self, of: &Struct, rest: &Xml) -> Result<XmlShape, Problem> {
        let mut properties = Vec::with_capacity(of.members.len());
        for member in &of.members {
            let node = match &member.constant {
                Some(json) => self.node(&constant(json), &member.xml, Some(&member.wire)),
                None => self.node(&member.ty, &member.xml, Some(&member.wire)),
            };
            let at = || Some(member.origin.clone());
            let node = node.map_err(|problem| Problem { at: problem.at.clone().or_else(at), ..problem })?;
            let may_be_bare = matches!(node.content, XmlContent::Array(_) | XmlContent::Object(_));
            if node.kind == XmlKind::None && !may_be_bare {
                let why = format!("the property `{}` is no node, and has none inside", member.wire);
                return Err(Problem { why, help: "let it be an element", at: at() });
            }
            properties.push(XmlProperty { name: member.wire.clone(), absent: absent(member, &node), node });
        }
        distinct(of, &properties)?;
        let rest = of.additional.as_ref().map(|ty| self.node(ty, rest, Some(""))).transpose()?;
        Ok(XmlShape::Object(properties, rest))
    }

    fn union(&mut self, of: &Union) -> Result<XmlShape, Problem> {
        let Tagging::Member(tag) = &of.tagging else { return Err(Problem::of(UNTAGGED)) };
        let mut variants = Vec::new();
        for variant in &of.variants {
            let XmlContent::Object(object) = self.node(&variant.ty, &Xml::default(), Some(""))?.content
            else {
                let why = "a schema that a tag leads to is no plain object";
                return problem(why, "let each of them be an object");
            };
            variants.extend(variant.tags.iter().map(|tag| (tag.clone(), object)));
        }
        Ok(XmlShape::Union(tag.clone(), variants))
    }

    /// Objects without a node of their own must not contain themselves.
    fn is_finite(&self, from: usize) -> Result<(), Problem> {
        let bare = |at: &XmlId| -> Vec<XmlId> {
            let XmlShape::Object(properties, _) = &self.api.xml[at.0 as usize].shape else {
                return Vec::new();
            };
            let nodes = properties.iter().map(|property| &property.node);
            nodes
                .filter_map(|node| match (node.kind, &node.content) {
                    (XmlKind::None, XmlContent::Object(at)) => Some(*at),
                    _ => None,
                })
                .collect()
        };
        for start in (from..self.api.xml.len()).map(|at| XmlId(at as u32)) {
            let (mut open, mut seen) = (bare(&start), HashSet::new());
            while let Some(at) = open.pop() {
                if at == start {
                    let origin = self.api.types[self.api.xml[at.0 as usize].ty.0 as usize].origin.clone();
                    let why = "an object without an element of its own contains itself".to_owned();
                    return Err(Problem { why, help: "let it be an element", at: Some(origin) });
                }
                if seen.insert(at) {
                    open.extend(bare(&at));
                }
            }
        }
        Ok(())
    }

    /// What a scalar is in XML, where all its values are of one kind.
    fn scalar(&mut self, ty: &Ty) -> Option<XmlContent> {
        let content = self.node(ty, &Xml::default(), Some("")).ok()?.content;
        match content {
            XmlContent::Text | XmlContent::Token => Some(XmlContent::Text),
            XmlContent::Number | XmlContent::Boolean => Some(content),
            _ => None,
        }
    }

    /// The place of a type, which is worked out later, so that it can contain itself.
    fn reserve(&mut self, id: TypeId) -> XmlId {
        let next = XmlId(self.api.xml.len() as u32);
        let at = *self.known.entry(id).or_insert(next);
        if at == next {
            self.api.xml.push(XmlObject { ty: id, shape: XmlShape::Object(Vec::new(), None) });
            self.open.push(at);
        }
        at
    }
}
