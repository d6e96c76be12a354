//! Parses references relative to the file that contains them.

use percent_encoding::percent_decode_str;

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file, by path relative to the folder of the document.
    File {
        /// The path.
        path: String,
        /// The fragment after the `#`, percent-decoded.
        fragment: String,
    },
    /// A URL on the network, or a URN.
    Remote,
    /// An absolute path.
    Absolute,
    /// The reference is invalid.
    Invalid,
}

/// Parses a reference in the file at `from`.
pub(crate) fn target(reference: &str, from: &str) -> Target {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let Ok(fragment) = percent_decode_str(fragment).decode_utf8() else { return Target::Invalid };
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Target::Invalid };
    let path = path.replace('\\', "/");
    if path.is_empty() {
        return Target::File { path: from.to_owned(), fragment: fragment.into_owned() };
    }
    if path.chars().any(char::is_control) {
        return Target::Invalid;
    }
    match scheme(&path) {
        Some(letter) if letter.len() == 1 => return Target::Absolute,
        Some(name) if name.eq_ignore_ascii_case("file") => return Target::Absolute,
        Some(_) => return Target::Remote,
        None if path.starts_with("//") => return Target::Remote,
        None if path.starts_with('/') => return Target::Absolute,
        None => {}
    }
    Target::File { path: joined(from, &path), fragment: fragment.into_owned() }
}

/// Returns the scheme (RFC 3986, section 3.1), if there is one; a single letter is a drive.
fn scheme(path: &str) -> Option<&str> {
    let (name, _) = path.split_once(':')?;
    let mut letters = name.bytes();
    let first = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let valid = first && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    valid.then_some(name)
}

/// Normalizes a path relative to the folder of the document.
fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(reference: &str, from: &str) -> (String, String) {
        match target(reference, from) {
            Target::File { path, fragment } => (path, fragment),
            other => panic!("`{reference}` is {other:?}"),
        }
    }

    #[test]
    fn paths_are_seen_from_the_folder_of_the_document() {
        let at = |path: &str, fragment: &str| (path.to_owned(), fragment.to_owned());
        assert_eq!(file("./schemas/pet.yaml", "api.yaml"), at("schemas/pet.yaml", ""));
        assert_eq!(file("../api.yaml#/a~1b", "schemas/pet.yaml"), at("api.yaml", "/a~1b"));
        assert_eq!(file("#/definitions/X", "schemas/pet.yaml"), at("schemas/pet.yaml", "/definitions/X"));
        assert_eq!(file("a%20b.yaml#/x%2Fy", "api.yaml"), at("a b.yaml", "/x/y"));
        assert_eq!(file("x/../../y.yaml", "api.yaml"), at("../y.yaml", ""));
        assert_eq!(file("../../../etc/passwd", "a/b.yaml"), at("../../etc/passwd", ""));
        assert_eq!(file("..\\common\\error.yaml", "a/b.yaml"), at("common/error.yaml", ""));
        assert_eq!(file("%2e%2e/secret.yaml", "api.yaml"), at("../secret.yaml", ""));
    }

    #[test]
    fn other_machines_and_roots_are_told_apart() {
        for remote in
            ["https://example.com/a.yaml#/x", "HTTP://x", "//host/a.yaml", "urn:isbn:1", "\\\\host\\a"]
        {
            assert_eq!(target(remote, "api.yaml"), Target::Remote, "{remote}");
        }
        for absolute in
            ["/etc/passwd", "C:\\a.yaml", "c:/a.yaml", "file:///etc/passwd", "%2Fetc/passwd", "\\a"]
        {
            assert_eq!(target(absolute, "api.yaml"), Target::Absolute, "{absolute}");
        }
        for invalid in ["a%00.yaml", "a\n.yaml", "%ff.yaml"] {
            assert_eq!(target(invalid, "api.yaml"), Target::Invalid, "{invalid}");
        }
    }
}
