//! Multipart bodies, taken apart.

/// One part of a multipart body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Name of the field, where its disposition says one.
    pub name: Option<String>,
    /// Name of the file, if it is one.
    pub file: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Section {
    /// The value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its media type.
    pub fn media(&self) -> Option<&str> {
        self.header("content-type")
    }
}

/// The value of a parameter of a media type.
pub(crate) fn parameter<'a>(media: &'a str, name: &str) -> Option<&'a str> {
    let pairs = media.split(';').skip(1).filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim_matches('"'))
}

/// The parts of a body that was sent as this media type.
pub(super) fn sections(sent: &str, body: &[u8]) -> Result<Vec<Section>, String> {
    let boundary = parameter(sent, "boundary").ok_or("the content type has no boundary")?;
    let mark = format!("--{boundary}");
    let mut sections = Vec::new();
    let mut rest = after(body, mark.as_bytes()).ok_or("the first boundary is missing")?;
    loop {
        if rest.starts_with(b"--") {
            return Ok(sections);
        }
        let inner = rest.strip_prefix(b"\r\n").ok_or("a boundary does not end its line")?;
        let end = find(inner, format!("\r\n{mark}").as_bytes()).ok_or("the last boundary is missing")?;
        sections.push(section(&inner[..end])?);
        rest = &inner[end + 2 + mark.len()..];
    }
}

fn section(part: &[u8]) -> Result<Section, String> {
    let (head, bytes) = match part.strip_prefix(b"\r\n") {
        Some(bytes) => (String::new(), bytes),
        None => {
            let end = find(part, b"\r\n\r\n").ok_or("a part has no head")?;
            (String::from_utf8_lossy(&part[..end]).into_owned(), &part[end + 4..])
        }
    };
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, String)> =
        lines.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let disposition = headers.iter().find(|(name, _)| name == "content-disposition");
    let disposition = disposition.map_or("", |(_, value)| value.as_str());
    let param = |key: &str| {
        let start = format!("{key}=\"");
        let value = disposition.split("; ").find_map(|piece| piece.strip_prefix(&start))?;
        Some(value.trim_end_matches('"').replace("%22", "\"").replace("\\\"", "\""))
    };
    let extended = disposition.split("; ").find_map(|piece| piece.strip_prefix("filename*=UTF-8''"));
    let (name, file) = (param("name"), extended.map(crate::percent::decode).or_else(|| param("filename")));
    Ok(Section { name, file, headers, bytes: bytes.to_vec() })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn after<'a>(haystack: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    find(haystack, needle).map(|at| &haystack[at + needle.len()..])
}
