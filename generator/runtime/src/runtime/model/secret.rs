//! Strings that must not be shown.

use std::fmt;

use crate::runtime::macros::serde_adapter;
use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

/// A string that must not be shown: neither `Debug` nor `Display` print it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(Box<str>);

impl Secret {
    /// The string itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret.into())
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Wire for Secret {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.string() {
            Ok(secret) => Ok(Self(secret.into())),
            Err(mut error) => {
                error.failure_mut().secret = true;
                Err(error)
            }
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&self.0);
    }
}

serde_adapter!(Secret);
