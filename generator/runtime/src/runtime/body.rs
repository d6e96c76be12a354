//! Bodies of requests.
//!
//! In: models, files, text. Out: a `Payload`, which is a recipe and can be sent again, and from it for each attempt a
//! [`Body`]. It knows no HTTP beyond media types.

mod content;
mod file;
mod in_json;
mod media;
mod multipart;
mod payload;
mod reader;

pub use content::Body;
#[cfg(not(target_family = "wasm"))]
pub(crate) use file::UploadFailed;
pub use in_json::FileInJson;
pub(crate) use media::{of_file, unfit};
pub(crate) use multipart::multipart;
pub(crate) use payload::Payload;
