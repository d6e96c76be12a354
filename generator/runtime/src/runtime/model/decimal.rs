//! Decimal numbers.

use rust_decimal::Decimal;

use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

impl Wire for Decimal {
    const KINDS: Kinds = Kinds::STRING.or(Kinds::NUMBER);

    /// From a string or a number; digit by digit, never through a float.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = reader.place();
        let text = if reader.at_string() { reader.string()? } else { reader.number()?.into() };
        let value = Self::from_str_exact(&text).or_else(|_| Self::from_scientific(&text));
        value.map_err(|_| reader.refuse(at, "a decimal number of at most 28 digits", "something else"))
    }

    /// As a string, so that no reader takes it through a float.
    fn write(&self, writer: &mut Writer) {
        writer.display(self);
    }
}
