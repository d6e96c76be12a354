//! Multipart bodies: `multipart/form-data` (RFC 7578), `multipart/related` (RFC 2387), and the others (RFC 2046).

use std::borrow::Cow;

use bytes::Bytes;

use super::super::encode::{self, Escape, scalar};
use super::super::encoding::{Encoding, essence, is_json};
use super::super::error::{RequestError, RequestErrorKind};
use super::super::model::Upload;
use super::super::random;
use super::super::wire::{Node, NodeKind};
use super::content::Opened;
use super::file;
use super::media::{of_file, unfit};

/// A body of several parts.
#[derive(Clone)]
pub(crate) struct Multipart {
    /// The media type, but for the boundary.
    media: String,
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    /// What it is called where it is shown.
    name: String,
    /// Its headers, each line with its end.
    head: String,
    content: PartContent,
}

#[derive(Clone)]
enum PartContent {
    Text(String),
    File(Upload),
}

impl Multipart {
    pub(crate) fn media(&self) -> &str {
        &self.media
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &Upload> {
        self.parts.iter().filter_map(|part| match &part.content {
            PartContent::File(file) => Some(file),
            PartContent::Text(_) => None,
        })
    }

    /// Opens the files and puts the parts together.
    pub(super) async fn open(&self) -> Result<Opened, RequestError> {
        let boundary = format!("{:016x}{:016x}", random::bits(), random::bits());
        let mut segments = Vec::new();
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(&format!("--{boundary}\r\n{}\r\n", part.head));
            match &part.content {
                PartContent::Text(content) => text.push_str(content),
                PartContent::File(upload) => {
                    segments.push(file::Segment::Bytes(Bytes::from(std::mem::take(&mut text))));
                    segments.push(file::open(upload).await?);
                }
            }
            text.push_str("\r\n");
        }
        text.push_str(&format!("--{boundary}--\r\n"));
        segments.push(file::Segment::Bytes(Bytes::from(text)));
        let media = format!("{}; boundary={boundary}", self.media);
        Ok(Opened { media: Some(media.into()), body: file::assemble(segments) })
    }
}

/// Which rules hold for the headers of parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// Each part has a name.
    FormData,
    /// The first part is the root; the others are distinguished by their ids.
    Related,
    /// Parts have nothing but their content.
    Mixed,
}

/// The properties of an object, or the items of an array, as parts: null is left out, arrays below are several parts. Files stand in
/// the value as marks.
pub(crate) fn multipart(
    media: &str,
    table: &[Encoding],
    value: &Node<'_>,
    files: &[Upload],
) -> Result<Multipart, RequestError> {
    let rules = match essence(media).to_ascii_lowercase().as_str() {
        "multipart/form-data" => Rules::FormData,
        "multipart/related" => Rules::Related,
        _ => Rules::Mixed,
    };
    let mut maker = Maker { rules, table, files, parts: Vec::new(), root: None };
    match (&value.kind, rules) {
        (NodeKind::Object(properties), _) => maker.properties(properties)?,
        // The order of the parts is that of the items, each an object of one property.
        (NodeKind::Array(items), Rules::FormData) => {
            for item in items {
                let NodeKind::Object(properties) = &item.kind else {
                    return Err(problem(
                        "each item of a form must be an object; give its value a name".into(),
                    ));
                };
                maker.properties(properties)?;
            }
        }
        (NodeKind::Array(items), _) => {
            for (index, item) in items.iter().enumerate() {
                maker.part("", item, Encoding::of_item(table, index))?;
            }
        }
        _ => {
            return Err(problem("a multipart body must be an object; give its members names".to_owned()));
        }
    }
    let mut media = media.to_owned();
    if let (Rules::Related, Some((root, id))) = (rules, &maker.root) {
        for (name, value) in [("type", Some(root)), ("start", id.as_ref())] {
            let is_said = media
                .split(';')
                .skip(1)
                .any(|it| it.split('=').next().is_some_and(|known| known.trim().eq_ignore_ascii_case(name)));
            if let (Some(value), false) = (value, is_said) {
                media.push_str(&format!("; {name}=\"{value}\""));
            }
        }
    }
    Ok(Multipart { media, parts: maker.parts })
}

struct Maker<'a> {
    rules: Rules,
    table: &'a [Encoding],
    files: &'a [Upload],
    parts: Vec<Part>,
    /// Media type and id of the first part.
    root: Option<(String, Option<String>)>,
}

impl Maker<'_> {
    fn properties(&mut self, properties: &[(Cow<'_, str>, Node<'_>)]) -> Result<(), RequestError> {
        for (name, value) in properties {
            let encoding = Encoding::of(self.table, name);
            let style = encoding.and_then(Encoding::by_style).filter(|_| self.rules == Rules::FormData);
            match (style, &value.kind) {
                (Some(style), _) if !value.holds_file() => {
                    for (name, text) in encode::pairs(style, name, value, Escape::Nothing) {
                        self.push(&name, None, headers(encoding), PartContent::Text(text))?;
                    }
                }
                (_, NodeKind::Array(items)) => {
                    for item in items {
                        self.part(name, item, encoding)?;
                    }
                }
                _ => self.part(name, value, encoding)?,
            }
        }
        Ok(())
    }

    fn part(
        &mut self,
        name: &str,
        value: &Node<'_>,
        encoding: Option<&Encoding>,
    ) -> Result<(), RequestError> {
        let Some(text) = scalar(value) else { return Ok(()) };
        let headers = headers(encoding);
        if let Some(file) = value.attachment().and_then(|index| self.files.get(index)) {
            let media = of_file(file, encoding.map_or(&[], Encoding::media_types));
            if let Some(unfit) = unfit(&media) {
                return Err(problem(unfit));
            }
            return self.push(name, Some(&media), headers, PartContent::File(file.clone()));
        }
        if value.holds_file() {
            return Err(problem(format!(
                "a file inside of the part `{name}` cannot be sent; only a part itself can be a file"
            )));
        }
        let declared = encoding.and_then(Encoding::concrete);
        let is_text = matches!(value.kind, NodeKind::String(_) | NodeKind::Literal(_));
        let media = match (declared, self.rules) {
            (Some(media), _) => Some(media),
            (None, _) if !is_text => Some("application/json"),
            // What the part is without that line.
            (None, Rules::FormData) => None,
            (None, Rules::Related | Rules::Mixed) => Some("text/plain; charset=utf-8"),
        };
        let text = if declared.is_some_and(is_json) { value.json() } else { text };
        self.push(name, media, headers, PartContent::Text(text.into_owned()))
    }

    fn push(
        &mut self,
        name: &str,
        media: Option<&str>,
        headers: &[(&str, &str)],
        content: PartContent,
    ) -> Result<(), RequestError> {
        let mut head = String::new();
        let mut line = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        let file = match &content {
            PartContent::File(file) => Some(file),
            PartContent::Text(_) => None,
        };
        if self.rules == Rules::FormData {
            let mut disposition = format!("form-data; name=\"{}\"", quoted(name));
            if let Some(file) = file {
                // Without a file name many servers take a part for a text field.
                let name = file.name();
                let name = quoted(name.as_deref().unwrap_or("file"));
                disposition.push_str(&format!("; filename=\"{name}\""));
            }
            line("Content-Disposition", &disposition);
        }
        if let Some(media) = media {
            line("Content-Type", media);
        }
        let own = file.map_or(&[][..], Upload::headers);
        for (name, value) in own {
            self.check(name, value)?;
            line(name, value);
        }
        let is_own = |name: &str| own.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        for (name, value) in headers.iter().filter(|(name, _)| !is_own(name)) {
            line(name, value);
        }
        let has_id = is_own("content-id") || headers.iter().any(|(name, _)| is_id(name));
        let mut id = None;
        if self.rules == Rules::Related && !name.is_empty() && !has_id {
            let before = self.parts.iter().filter(|part| part.name == name).count();
            let count = if before == 0 { String::new() } else { format!(".{}", before + 1) };
            let text = format!("<{}{count}>", encode::strict(name));
            line("Content-ID", &text);
            id = Some(text);
        }
        if self.root.is_none() {
            self.root = media.map(|media| (essence(media).to_owned(), id));
        }
        self.parts.push(Part { name: name.to_owned(), head, content });
        Ok(())
    }

    /// A header that was given with a file must be one, and none that is written here.
    fn check(&self, name: &str, value: &str) -> Result<(), RequestError> {
        let is_ours = name.eq_ignore_ascii_case("content-type")
            || (self.rules == Rules::FormData && name.eq_ignore_ascii_case("content-disposition"));
        let fits = http::HeaderName::from_bytes(name.as_bytes()).is_ok()
            && http::HeaderValue::from_str(value).is_ok();
        match fits && !is_ours {
            true => Ok(()),
            false => Err(problem(format!(
                "the header `{}` cannot be sent with a part; give another one",
                name.escape_debug()
            ))),
        }
    }
}

fn headers(encoding: Option<&Encoding>) -> &'static [(&'static str, &'static str)] {
    encoding.map_or(&[], Encoding::all_headers)
}

fn is_id(name: &str) -> bool {
    name.eq_ignore_ascii_case("content-id")
}

/// Names as browsers write them.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn problem(message: String) -> RequestError {
    RequestError::new(RequestErrorKind::Body, message)
}
