//! Files that are written into JSON.

use bytes::Bytes;

use super::media::media_type;
use crate::runtime::model::{Base64, Members, Source, Upload};

/// A file that was read, to be written into JSON.
#[derive(Debug)]
pub struct FileInJson {
    name: String,
    media_type: String,
    bytes: Bytes,
}

impl FileInJson {
    /// Reads a file for this member of a model. One that cannot be read is empty, and the model an error when it is sent.
    #[must_use]
    pub fn read(file: Upload, members: &mut Members, member: &'static str) -> Self {
        let bytes = match file.source() {
            Source::Bytes(bytes) => Ok(bytes.clone()),
            Source::Path(path) => std::fs::read(path).map(Bytes::from).map_err(|error| {
                format!("the file `{}` for `{member}` cannot be read: {error}", path.display())
            }),
            Source::Stream(_) => {
                Err(format!("`{member}` cannot hold a stream; collect it, and give it by `Upload::bytes`"))
            }
        };
        let (name, media_type) =
            (file.name().unwrap_or_default().into_owned(), media_type(&file).into_owned());
        let (bytes, problem) = match bytes {
            Ok(bytes) => (bytes, None),
            Err(problem) => (Bytes::new(), Some(problem)),
        };
        members.keep_problem(member, problem);
        Self { name, media_type, bytes }
    }

    /// The name; empty if the file has none.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// The name, if the file has one.
    #[must_use]
    pub fn known_name(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| self.name.clone())
    }

    /// The media type: what was said, or what the ending of the name stands for.
    #[must_use]
    pub fn media_type(&self) -> String {
        self.media_type.clone()
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }

    /// The content as base64.
    #[must_use]
    pub fn base64(&self) -> String {
        Base64::new(&self.bytes[..]).to_string()
    }

    /// The content as a data URL.
    #[must_use]
    pub fn data_url(&self) -> String {
        format!("data:{};base64,{}", self.media_type, self.base64())
    }
}
