//! The files of an SDK as a zip archive.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Packs files into one folder; nothing if there are no files.
pub(crate) fn archive(folder: &str, files: &[(String, String)]) -> Vec<u8> {
    if files.is_empty() {
        return Vec::new();
    }
    // Without a time: the same files give the same bytes.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        archive.start_file(format!("{folder}/{path}"), options).expect("the paths of an SDK are distinct");
        archive.write_all(text.as_bytes()).expect("memory takes it all");
    }
    archive.finish().expect("memory takes it all").into_inner()
}
