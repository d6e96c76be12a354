//! Errors that a server reports inside of a stream, long after the status said success.
//!
//! In: an event or a line. Out: the error in the server's words, if it is one. What counts as one is said by marks: names of
//! events, and JSON pointers into the data.

use bytes::Bytes;
use serde_json::Value;

use super::super::error::{ApiError, Error, Source};
use super::super::wire::unmarked;

/// What counts as an error if nothing else is said.
const USUAL: [&str; 2] = ["error", "/error"];

/// Where servers put errors into data. It counts only where the data does not fit, unless it is among the marks.
const LIKELY: &str = "/error";

/// What counts as an error of a stream.
#[derive(Clone, Debug)]
pub(super) struct ErrorMarks(Vec<String>);

impl ErrorMarks {
    pub(super) fn new(chosen: Option<Vec<String>>) -> Self {
        Self(chosen.unwrap_or_else(|| USUAL.map(str::to_owned).to_vec()))
    }

    /// Is every event of this name an error?
    #[cfg(feature = "events")]
    pub(super) fn names(&self, event: &str) -> bool {
        self.0.iter().any(|mark| mark == event)
    }

    /// What a pointer finds in the data.
    pub(super) fn find(&self, data: &[u8]) -> Option<Value> {
        let mut pointers = self.0.iter().filter(|mark| mark.starts_with('/')).map(String::as_str);
        pointers.find_map(|pointer| find(data, pointer))
    }
}

/// The error that data which does not fit most likely is.
#[cold]
pub(super) fn likely(data: &[u8]) -> Option<Value> {
    find(data, LIKELY)
}

/// An object or a text with something in it, or `true`; whatever else is there says that there is no error.
fn find(data: &[u8], pointer: &str) -> Option<Value> {
    let plain =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let last = pointer.rsplit('/').next().unwrap_or_default();
    // Most data is no error, and need not be read twice to know that.
    if plain(last) && !last.is_empty() && !contains(data, last.as_bytes()) {
        return None;
    }
    let mut value: Value = serde_json::from_slice(unmarked(data)).ok()?;
    let found = value.pointer_mut(pointer)?.take();
    let is_error = match &found {
        Value::Object(members) => !members.is_empty(),
        Value::String(text) => !text.is_empty(),
        Value::Bool(is_error) => *is_error,
        Value::Null | Value::Number(_) | Value::Array(_) => false,
    };
    is_error.then_some(found)
}

fn contains(data: &[u8], word: &[u8]) -> bool {
    data.windows(word.len()).any(|window| window == word)
}

/// The error, in the words of what was found, else of all data.
#[cold]
pub(super) fn error(source: &Source, data: Bytes, found: Option<&Value>) -> Error {
    ApiError::reported(source, data, found).into()
}
