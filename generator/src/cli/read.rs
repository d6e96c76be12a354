//! Reads text files, with errors that say what to do.

use std::io::ErrorKind;
use std::path::Path;

use crate::diag::{Code, Diagnostic};
use crate::locate::Span;
use crate::pointer::Pointer;
use crate::source::Source;

use crate::cli::Failure;
use crate::fs::near;

/// How compressed files begin.
const COMPRESSED: [(&[u8], &str); 5] = [
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
];

/// Reads a text file.
pub fn source(path: &Path, label: &str) -> Result<Source, Failure> {
    let file = std::fs::metadata(path).map_err(|error| unreadable(path, label, &error))?;
    // A pipe or a device might never end.
    if !file.is_file() && !file.is_dir() {
        let failure = Failure::new(format!("cannot read `{label}`: not a regular file"));
        return Err(failure.help("write its content to a file, and pass that"));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, label, &error))?;
    if let Some(how) = compressed(&bytes) {
        let failure = Failure::new(format!("cannot read `{label}`: it is compressed ({how})"));
        return Err(failure.help("decompress it, and pass the file that is in it"));
    }
    if is_utf16(&bytes) {
        return Err(utf16(label, &bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(label, text)),
        Err(error) => Err(not_utf8(label, &error)),
    }
}

/// Returns how a file is compressed.
pub(super) fn compressed(bytes: &[u8]) -> Option<&'static str> {
    COMPRESSED.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, how)| *how)
}

fn unreadable(path: &Path, label: &str, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => {
            let failure = Failure::new(format!("cannot read `{label}`: no such file"));
            match near::neighbour(path) {
                Some(near) => failure.help(format!("did you mean `{}`?", near::label_beside(label, &near))),
                None => failure.help("check the path, which is relative to the current folder"),
            }
        }
        ErrorKind::IsADirectory => {
            Failure::new(format!("cannot read `{label}`: it is a folder")).help("pass a file in it")
        }
        _ => Failure::new(format!("cannot read `{label}`: {error}")),
    }
}

fn not_utf8(label: &str, error: &std::string::FromUtf8Error) -> Failure {
    let bytes = error.as_bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return utf16(label, bytes);
    }
    let at = error.utf8_error().valid_up_to();
    let shown = Source::new(label, String::from_utf8_lossy(bytes));
    let found = Diagnostic::new(Code::Syntax, &Pointer::root(), "the file is not UTF-8")
        .at_span(Span::new(at, at + '\u{fffd}'.len_utf8()))
        .label(format!("the byte {:#04x} does not begin a character", bytes[at]))
        .help("save it as UTF-8");
    Failure::found(format!("cannot read `{label}`"), found, shown)
}

fn utf16(label: &str, bytes: &[u8]) -> Failure {
    let little = bytes.starts_with(&[0xff, 0xfe]) || bytes.get(1) == Some(&0);
    let pairs = bytes.chunks_exact(2).map(|pair| match (pair, little) {
        (&[a, b], true) => u16::from_le_bytes([a, b]),
        (&[a, b], false) => u16::from_be_bytes([a, b]),
        _ => 0,
    });
    let text: String = char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let found = Diagnostic::new(Code::Syntax, &Pointer::root(), "the file is UTF-16")
        .at_span(Span::new(0, 1))
        .help("save it as UTF-8");
    Failure::found(format!("cannot read `{label}`: it is UTF-16"), found, Source::new(label, text))
}

/// Returns whether every other of the first bytes is NUL, as in UTF-16 without a byte order mark.
fn is_utf16(bytes: &[u8]) -> bool {
    let all = |from: usize| bytes.iter().skip(from).step_by(2).take(8).all(|byte| *byte == 0);
    bytes.len() >= 16 && (all(0) || all(1))
}

/// Returns the label of a path: as the user wrote it, with `/` on every platform.
pub fn label(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
