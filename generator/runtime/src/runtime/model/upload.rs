//! Files in models.

use crate::runtime::macros::serde_adapter;
use crate::runtime::upload::{Source, Upload};
use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

impl Wire for Upload {
    const KINDS: Kinds = Kinds::STRING;

    /// A string of JSON is a file without a name.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string().map(|text| Self::bytes("", text.into_owned().into_bytes()))
    }

    fn write(&self, writer: &mut Writer) {
        if writer.attach(self) {
            return;
        }
        match self.source() {
            Source::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => writer.string(text),
                Err(_) => writer.refuse(|| {
                    "the bytes of an upload are no UTF-8 text, so they cannot be put into JSON".to_owned()
                }),
            },
            Source::Path(path) => writer.refuse(|| {
                format!(
                    "the file `{}` cannot be put into JSON; give its text by `Upload::bytes`",
                    path.display()
                )
            }),
            Source::Stream(_) => {
                writer.refuse(|| {
                    "a stream cannot be put into JSON; give its text by `Upload::bytes`".to_owned()
                });
            }
        }
    }
}

serde_adapter!(Upload);
