//! The trait that all JSON types implement, and the decoding of whole documents.

use std::fmt;

use super::{DecodeError, Failure, Kinds, Reader, Writer};

/// A type with a JSON form.
///
/// Implemented by all models and by the types of their members; user code has no need to implement it.
pub trait Wire: std::fmt::Debug + Sized {
    /// The JSON types a value of this type can have; most types are objects.
    const KINDS: Kinds = Kinds::OBJECT;

    /// Reads the value that begins at the reader's place.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or holds something else.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Appends the value.
    fn write(&self, writer: &mut Writer);

    /// Whether there is nothing to write: what is written is null.
    fn is_nothing(&self) -> bool {
        false
    }
}

/// A field as the writer sees it. One list of fields costs the compiler far less than a generic call for each.
pub trait Field: fmt::Debug {
    /// Appends the value.
    fn append(&self, writer: &mut Writer);

    /// Whether there is nothing to append.
    fn is_absent(&self) -> bool;
}

impl<T: Wire> Field for T {
    fn append(&self, writer: &mut Writer) {
        self.write(writer);
    }

    fn is_absent(&self) -> bool {
        self.is_nothing()
    }
}

/// Decodes a whole document.
///
/// # Errors
///
/// When it is no UTF-8, no JSON, or holds something else than a `T`.
pub(crate) fn document<T: Wire>(document: &[u8]) -> Result<T, DecodeError> {
    let text = utf8(document)?;
    read(Reader::new(text))
        // The way for the usual document did not work: the careful one decides, and says what is wrong.
        .or_else(|_| read(Reader { careful: true, ..Reader::new(text) }))
        .map_err(|error| error.locate(document))
}

fn read<T: Wire>(mut reader: Reader<'_>) -> Result<T, DecodeError> {
    let value = T::read(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

fn utf8(document: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(document).map_err(|error| {
        let (offset, found) = (error.valid_up_to(), "bytes that are no UTF-8".into());
        let error =
            DecodeError::new(Failure { offset, expected: "text".into(), found, ..Failure::default() });
        error.locate(document)
    })
}

/// JSON without the byte order mark that some servers put before it, and readers may ignore (RFC 8259, section 8.1).
pub(crate) fn unmarked(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}
