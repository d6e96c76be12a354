//! Numbers with all their digits.

use std::fmt;
use std::str::FromStr;

use crate::runtime::macros::serde_adapter;
use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

/// A number of any size and precision, kept as it was written. Equal are numbers that are written alike.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ExactNumber(Box<str>);

impl ExactNumber {
    /// The number as JSON text; other types of numbers can be made of it by `parse`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is an integer of this size.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        self.0.parse().ok()
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl FromStr for ExactNumber {
    type Err = DecodeError;

    /// From JSON text.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        super::from_str(text)
    }
}

impl Wire for ExactNumber {
    const KINDS: Kinds = Kinds::NUMBER;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.number().map(|text| Self(text.into()))
    }

    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.0);
    }
}

serde_adapter!(ExactNumber);

macro_rules! integers {
    ($($name:ident)*) => {$(
        impl From<$name> for ExactNumber {
            fn from(value: $name) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

integers!(i32 i64 i128 u32 u64 u128);

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
