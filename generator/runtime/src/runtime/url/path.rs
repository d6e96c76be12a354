//! Paths: what is encoded in them, and their `.` and `..`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What is encoded in a fragment.
pub(super) const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// What is encoded in a query.
pub(super) const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'\'');

/// What is encoded in a path.
const PATH: &AsciiSet = &QUERY.remove(b'\'').add(b'?').add(b'`').add(b'{').add(b'}').add(b'\\');

/// What is encoded in the name of a user, and in a password.
pub(super) const USER: &AsciiSet =
    &PATH.add(b'/').add(b':').add(b';').add(b'=').add(b'@').add(b'[').add(b']').add(b'|');

/// Appends a path.
pub(super) fn push(out: &mut String, path: &str) {
    out.reserve(path.len());
    if !path.split('/').any(|segment| dots(segment) > 0) {
        out.extend(utf8_percent_encode(path, PATH));
        return;
    }
    let mut kept: Vec<&str> = Vec::new();
    let rooted = path.strip_prefix('/');
    let mut folder = false;
    for segment in rooted.unwrap_or(path).split('/') {
        let dots = dots(segment);
        folder = dots > 0;
        match dots {
            0 => kept.push(segment),
            1 => {}
            _ => drop(kept.pop()),
        }
    }
    if folder {
        // A path that ends in `.` or `..` is one of a folder.
        kept.push("");
    }
    if rooted.is_some() {
        out.push('/');
    }
    out.extend(utf8_percent_encode(&kept.join("/"), PATH));
}

/// 1 for `.`, 2 for `..`, however they are encoded, and 0 for anything else.
fn dots(segment: &str) -> usize {
    // Most segments begin with something else.
    if !segment.starts_with(['.', '%']) {
        return 0;
    }
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => 1,
        ".." => 2,
        _ => 0,
    }
}
