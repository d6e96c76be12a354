//! UUIDs.

use ::uuid::Uuid;

use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

impl Wire for Uuid {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = reader.place();
        let text = reader.string()?;
        Self::try_parse(&text).map_err(|_| reader.refuse(at, "a UUID", "other text"))
    }

    fn write(&self, writer: &mut Writer) {
        writer.display(self.as_hyphenated());
    }
}
