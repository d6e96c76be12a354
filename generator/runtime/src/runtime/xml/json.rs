//! JSON text as a tree that keeps the order of members and the digits of numbers.

use std::borrow::Cow;

use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

/// A JSON value.
#[derive(Debug)]
pub(super) enum Json {
    Null,
    String(String),
    /// A number or a boolean, as it is written.
    Plain(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// What a scalar is in text; `None` for null, arrays and objects.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Plain(text) => Some(text),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// The members of an object; none of anything else.
    pub(super) fn members(&self) -> &[(String, Json)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Wire for Json {
    const KINDS: Kinds = Kinds::ANY;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let kind = reader.kind()?;
        Ok(if kind == Kinds::OBJECT {
            reader.open(b'{', "an object")?;
            let (mut members, mut first) = (Vec::new(), true);
            while let Some(name) = reader.key(&mut first)? {
                members.push((name.into_owned(), Self::read(reader)?));
            }
            Self::Object(members)
        } else if kind == Kinds::ARRAY {
            Self::Array(Vec::read(reader)?)
        } else if kind == Kinds::STRING {
            Self::String(reader.string().map(Cow::into_owned)?)
        } else if reader.null()? {
            Self::Null
        } else {
            Self::Plain(reader.raw()?.to_owned())
        })
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::String(text) => writer.string(text),
            Self::Plain(text) => writer.raw(text),
            Self::Array(items) => items.write(writer),
            Self::Object(members) => {
                writer.open('{');
                for (name, value) in members {
                    writer.name(name);
                    value.write(writer);
                }
                writer.close('}');
            }
        }
    }
}
