//! JSON kept as the text it came in.

use std::fmt;

use crate::runtime::macros::serde_adapter;

use serde_json::Value;

use super::codec::{Wire, document};
use super::{DecodeError, Kinds, Reader, Writer};

/// A JSON value that is kept as the text it came in: numbers of any size and the order of members stay as they are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// JSON text that was checked before.
    pub(crate) fn checked(json: &str) -> Self {
        Self(json.into())
    }

    /// The JSON text.
    #[must_use]
    pub fn get(&self) -> &str {
        &self.0
    }

    /// Decodes the value.
    ///
    /// # Errors
    ///
    /// When it is no `T`.
    pub fn decode<T: Wire>(&self) -> Result<T, DecodeError> {
        document(self.0.as_bytes())
    }

    /// The value as free JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // The text was checked when it came.
        self.decode().unwrap_or_default()
    }
}

impl fmt::Debug for RawJson {
    /// Shows the kind of value only: it may hold secrets that this version does not know to be such.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.0.len())
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Wire for RawJson {
    const KINDS: Kinds = Kinds::ANY;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.raw().map(Self::checked)
    }

    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.0);
    }
}

serde_adapter!(RawJson);
