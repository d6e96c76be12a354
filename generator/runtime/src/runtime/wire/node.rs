//! JSON that keeps the order in which it was written, for bodies that are not JSON.
//!
//! `serde_json::Value` sorts the properties of objects or does not, as the features of other crates have it.

use std::borrow::Cow;

use super::writer::ATTACHMENT;
use super::{DecodeError, Reader};

/// A JSON value over its text.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    text: &'a str,
    pub(crate) kind: NodeKind<'a>,
}

#[derive(Debug)]
pub(crate) enum NodeKind<'a> {
    Null,
    String(Cow<'a, str>),
    /// A number or a boolean, as it is written.
    Literal(&'a str),
    Array(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Reads a whole text.
    ///
    /// # Errors
    ///
    /// When it is no JSON, or nested too deep.
    pub(crate) fn parse(text: &'a str) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(text);
        let node = read(&mut reader)?;
        reader.finish()?;
        Ok(node)
    }

    /// The value as JSON text on one line.
    pub(crate) fn json(&self) -> Cow<'a, str> {
        // Strings have no line breaks in JSON text, so these stand between tokens.
        const BREAKS: [char; 3] = ['\n', '\r', '\t'];
        match self.text.contains(BREAKS) {
            true => Cow::Owned(self.text.replace(BREAKS, "")),
            false => Cow::Borrowed(self.text),
        }
    }

    /// The index of the file that the value stands for, if [`Writer::attachments`](super::Writer::attachments) wrote it.
    pub(crate) fn attachment(&self) -> Option<usize> {
        match &self.kind {
            NodeKind::Object(properties) => match &properties[..] {
                [(name, Node { kind: NodeKind::Literal(index), .. })] if name == ATTACHMENT => {
                    index.parse().ok()
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the value stands for a file, or a file is somewhere in it.
    pub(crate) fn holds_file(&self) -> bool {
        self.attachment().is_some()
            || match &self.kind {
                NodeKind::Array(items) => items.iter().any(Self::holds_file),
                NodeKind::Object(properties) => properties.iter().any(|(_, value)| value.holds_file()),
                NodeKind::Null | NodeKind::String(_) | NodeKind::Literal(_) => false,
            }
    }
}

fn read<'a>(reader: &mut Reader<'a>) -> Result<Node<'a>, DecodeError> {
    let start = reader.place();
    let mut first = true;
    let kind = match reader.peek() {
        Some(b'{') => {
            reader.open(b'{', "an object")?;
            let mut properties = Vec::new();
            while let Some(name) = reader.key(&mut first)? {
                properties.push((name, read(reader)?));
            }
            NodeKind::Object(properties)
        }
        Some(b'[') => {
            reader.array()?;
            let mut items = Vec::new();
            while reader.item(&mut first)? {
                items.push(read(reader)?);
            }
            NodeKind::Array(items)
        }
        Some(b'"') => NodeKind::String(reader.string()?),
        Some(b'n') => reader.null().map(|_| NodeKind::Null)?,
        _ => NodeKind::Literal(reader.raw()?),
    };
    Ok(Node { text: &reader.text[start..reader.at], kind })
}
