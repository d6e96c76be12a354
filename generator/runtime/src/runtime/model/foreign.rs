//! Types of other crates, by way of serde.

use serde_json::de::{Deserializer, StrRead};
use serde_json::ser::Serializer;

use crate::runtime::wire::{DecodeError, Reader, Writer};

/// Reads the next value by what serde knows of its type.
///
/// # Errors
///
/// When it is no JSON, or the type does not take it.
pub fn read_foreign<T>(
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Deserializer<StrRead<'_>>) -> Result<T, serde_json::Error>,
) -> Result<T, DecodeError> {
    let at = reader.place();
    let json = reader.raw()?;
    read(&mut Deserializer::from_str(json))
        .map_err(|_| reader.refuse(at, std::any::type_name::<T>(), "a value that it does not take"))
}

/// Appends a value by what serde knows of its type.
pub fn write_foreign(
    writer: &mut Writer,
    write: impl FnOnce(&mut Serializer<&mut Vec<u8>>) -> Result<(), serde_json::Error>,
) {
    let mut json = Vec::new();
    let done = write(&mut Serializer::new(&mut json));
    match (done, String::from_utf8(json)) {
        (Ok(()), Ok(json)) => writer.raw(&json),
        (Err(error), _) => writer.refuse(|| format!("a value cannot be sent: {error}")),
        (_, Err(error)) => writer.refuse(|| format!("a value cannot be sent: {error}")),
    }
}
