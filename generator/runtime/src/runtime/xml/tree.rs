//! A document as a tree of elements.
//!
//! Refused are document type declarations (and so every entity but the five of XML), other encodings than UTF-8, and
//! elements that are nested deeper than values of JSON may be.

use std::borrow::Cow;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use super::text::{XML, XSI};
use crate::runtime::wire::{DecodeError, Failure, MAX_DEPTH};

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) namespace: Cow<'static, str>,
    /// Byte offset of its tag.
    pub(super) at: usize,
    pub(super) attributes: Vec<Attribute>,
    pub(super) items: Vec<Item>,
    /// `xsi:nil="true"`.
    pub(super) is_nil: bool,
}

/// An attribute, those that declare namespaces aside.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) namespace: Cow<'static, str>,
    pub(super) value: String,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Item {
    Element(Element),
    Text(String),
    Cdata(String),
}

impl Element {
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.items.iter().filter_map(|item| match item {
            Item::Element(element) => Some(element),
            Item::Text(_) | Item::Cdata(_) => None,
        })
    }

    /// All its text, that of nested elements aside.
    pub(super) fn text(&self) -> Cow<'_, str> {
        let texts = self.items.iter().filter_map(|item| match item {
            Item::Text(text) | Item::Cdata(text) => Some(text.as_str()),
            Item::Element(_) => None,
        });
        joined(texts)
    }

    /// The text of its CDATA sections, where there are any.
    pub(super) fn cdata(&self) -> Option<Cow<'_, str>> {
        let is_cdata = |item: &Item| matches!(item, Item::Cdata(_));
        self.items.iter().any(is_cdata).then(|| {
            // What cannot stand in a section stands between two, without space around it.
            let texts = self.items.iter().filter_map(|item| match item {
                Item::Cdata(text) => Some(text.as_str()),
                Item::Text(text) if text == "\r" => Some(text.as_str()),
                Item::Text(_) | Item::Element(_) => None,
            });
            joined(texts)
        })
    }
}

fn joined<'t>(mut texts: impl Iterator<Item = &'t str>) -> Cow<'t, str> {
    let Some(first) = texts.next() else { return Cow::Borrowed("") };
    match texts.next() {
        None => Cow::Borrowed(first),
        Some(second) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
    }
}

/// Reads a whole document.
pub(super) fn parse(xml: &[u8]) -> Result<Element, DecodeError> {
    let text = std::str::from_utf8(xml)
        .map_err(|error| fail(error.valid_up_to(), &[], "XML in UTF-8", "bytes that are no UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser =
        Parser { reader: NsReader::from_str(text), skipped: xml.len() - text.len(), open: Vec::new() };
    let config = parser.reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    parser.document()
}

struct Parser<'x> {
    reader: NsReader<&'x [u8]>,
    /// Bytes before the text.
    skipped: usize,
    /// The elements that are not yet closed.
    open: Vec<Element>,
}

impl<'x> Parser<'x> {
    fn document(&mut self) -> Result<Element, DecodeError> {
        let mut root = None;
        loop {
            let at = self.place();
            let event = self.reader.read_event();
            let event = event.map_err(|error| self.broken(self.error_place(), &error))?;
            match event {
                Event::Decl(decl) => {
                    let encoding = decl.encoding().transpose().map_err(|error| self.broken(at, &error))?;
                    let is_utf8 = |name: &str| ["utf-8", "utf8", "us-ascii", "ascii"].contains(&name);
                    if let Some(other) = encoding.filter(|name| !is_utf8(&name.to_ascii_lowercase())) {
                        return Err(self.refuse(at, "XML in UTF-8", format!("the encoding `{other}`")));
                    }
                }
                Event::DocType(_) => {
                    return Err(self.refuse(
                        at,
                        "XML without a document type",
                        "a document type declaration",
                    ));
                }
                Event::Start(start) if root.is_none() => self.start(&start, at)?,
                Event::Start(_) => return Err(self.refuse(at, "the end of the document", "another element")),
                Event::End(_) => {
                    // The reader has checked that it closes the last one.
                    let Some(element) = self.open.pop() else { continue };
                    match self.open.last_mut() {
                        Some(parent) => parent.items.push(Item::Element(element)),
                        None => root = Some(element),
                    }
                }
                Event::Text(text) => self.text(&text.xml10_content(), at)?,
                Event::CData(text) => match self.open.last_mut() {
                    Some(element) => element.items.push(Item::Cdata(text.xml10_content().into_owned())),
                    None => return Err(self.refuse(at, "an element", "text")),
                },
                Event::GeneralRef(name) => {
                    let character = name.resolve_char_ref().map_err(|error| self.broken(at, &error))?;
                    match (character, resolve_xml_entity(&name)) {
                        (Some(c), _) => self.text(c.encode_utf8(&mut [0; 4]), at)?,
                        (None, Some(text)) => self.text(text, at)?,
                        (None, None) => {
                            let found = format!("the entity `&{};`", &*name);
                            return Err(self.refuse(at, "one of the five entities of XML", found));
                        }
                    }
                }
                Event::Eof => break,
                Event::Empty(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
        match (root, self.open.last()) {
            (Some(root), _) => Ok(root),
            (None, Some(open)) => {
                let expected = format!("`</{}>`", open.name);
                Err(self.refuse(self.place(), expected, "the end of the document"))
            }
            (None, None) => Err(self.refuse(self.place(), "an element", "the end of the document")),
        }
    }

    fn start(&mut self, start: &BytesStart<'x>, at: usize) -> Result<(), DecodeError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.refuse(at, format!("at most {MAX_DEPTH} nested elements"), "one more"));
        }
        let (namespace, name) = self.reader.resolver().resolve_element(start.name());
        let namespace = self.namespace(namespace, at)?;
        let name = name.as_ref().to_owned();
        let mut element =
            Element { name, namespace, at, attributes: Vec::new(), items: Vec::new(), is_nil: false };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.broken(at, &error))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| self.broken(at, &error))?.into_owned();
            let (namespace, name) = self.reader.resolver().resolve_attribute(attribute.key);
            let namespace = self.namespace(namespace, at)?;
            let name = name.as_ref().to_owned();
            if namespace == XSI {
                element.is_nil |= name == "nil" && matches!(value.trim(), "true" | "1");
            } else {
                element.attributes.push(Attribute { name, namespace, value });
            }
        }
        self.open.push(element);
        Ok(())
    }

    fn namespace(&self, of: ResolveResult<'_>, at: usize) -> Result<Cow<'static, str>, DecodeError> {
        match of {
            ResolveResult::Unbound => Ok(Cow::Borrowed("")),
            ResolveResult::Bound(namespace) if namespace.0 == XSI => Ok(Cow::Borrowed(XSI)),
            ResolveResult::Bound(namespace) if namespace.0 == XML => Ok(Cow::Borrowed(XML)),
            ResolveResult::Bound(namespace) => Ok(Cow::Owned(namespace.0.to_owned())),
            ResolveResult::Unknown(prefix) => {
                Err(self.refuse(at, "a declared prefix", format!("the prefix `{prefix}`")))
            }
        }
    }

    fn text(&mut self, text: &str, at: usize) -> Result<(), DecodeError> {
        match self.open.last_mut() {
            Some(element) => match element.items.last_mut() {
                // Pieces around a reference are one text; beside CDATA they are pieces of their own.
                Some(Item::Text(before)) => before.push_str(text),
                _ => element.items.push(Item::Text(text.to_owned())),
            },
            None if text.trim().is_empty() => {}
            None => return Err(self.refuse(at, "an element", "text")),
        }
        Ok(())
    }

    fn place(&self) -> usize {
        self.skipped + usize::try_from(self.reader.buffer_position()).unwrap_or_default()
    }

    fn error_place(&self) -> usize {
        self.skipped + usize::try_from(self.reader.error_position()).unwrap_or_default()
    }

    #[cold]
    fn broken(&self, at: usize, error: &dyn std::fmt::Display) -> DecodeError {
        self.refuse(at, "XML", error.to_string())
    }

    #[cold]
    fn refuse(
        &self,
        at: usize,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> DecodeError {
        let path: Vec<&str> = self.open.iter().map(|element| element.name.as_str()).collect();
        fail(at, &path, expected, found)
    }
}

/// An error at a place of the document. Nothing of the document is shown but what `found` says.
#[cold]
pub(super) fn fail(
    offset: usize,
    path: &[&str],
    expected: impl Into<Cow<'static, str>>,
    found: impl Into<Cow<'static, str>>,
) -> DecodeError {
    let (expected, found, path) = (expected.into(), found.into(), path.join("."));
    DecodeError::new(Failure { offset, expected, found, path, ..Failure::default() })
}
