//! The writer: JSON text, part by part, into one buffer.

use std::fmt::{self, Write as _};

use crate::runtime::upload::Upload;

use super::Shape;
use super::string::plain_end;

/// Name of the only member of the object that stands for an uploaded file; see [`Writer::attachments`].
pub(super) const ATTACHMENT: &str = "\u{0}attachment";

/// Members as text, in order.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) alternate: bool,
    pub(super) members: Vec<(String, String)>,
}

impl Shown {
    /// Keeps a member.
    pub(super) fn push(&mut self, name: &str, value: &dyn fmt::Debug) {
        let text = if self.alternate { format!("{value:#?}") } else { format!("{value:?}") };
        self.members.push((name.to_owned(), text));
    }

    /// Takes back the last member if it says that there is nothing.
    pub(super) fn pop_none(&mut self) {
        self.members.pop_if(|(_, text)| text == "None");
    }
}

/// Writes JSON text.
#[derive(Debug, Default)]
pub struct Writer {
    pub(super) text: String,
    /// Files met so far, if they are collected rather than written.
    files: Option<Vec<Upload>>,
    /// The first thing that could not be written.
    problem: Option<String>,
    /// What the object that was begun first since it was taken declares, and whether it was read without the tag of its union.
    pub(super) outermost: Option<(&'static Shape, bool)>,
    /// Members of an object for `Debug`, if they are collected rather than written.
    pub(super) shown: Option<Box<Shown>>,
}

impl Writer {
    /// A writer that puts everything into the text.
    #[must_use]
    pub fn new() -> Self {
        Self { text: String::with_capacity(1024), ..Self::default() }
    }

    /// A writer that leaves a mark for each file and collects the file.
    #[must_use]
    pub fn attachments() -> Self {
        Self { files: Some(Vec::new()), ..Self::new() }
    }

    /// A writer that collects the members of the outermost object for `Debug`.
    pub(super) fn showing(shown: Shown) -> Self {
        Self { shown: Some(Box::new(shown)), ..Self::default() }
    }

    /// The name of the object, and its members in words.
    pub(super) fn into_shown(self) -> (&'static str, Vec<(String, String)>) {
        (
            self.outermost.map_or("", |(shape, _)| shape.name),
            self.shown.map_or_else(Vec::new, |shown| shown.members),
        )
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, and the files that were collected.
    #[must_use]
    pub fn into_parts(self) -> (String, Vec<Upload>) {
        (self.text, self.files.unwrap_or_default())
    }

    /// What could not be written (null stands in its place), in words.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Writes null where something cannot be written, and remembers why.
    pub(crate) fn refuse(&mut self, problem: impl FnOnce() -> String) {
        self.remember(problem);
        self.null();
    }

    /// Remembers the first problem, and writes nothing.
    pub(super) fn remember(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }

    /// Collects a file and leaves a mark, if this writer does so.
    pub(crate) fn attach(&mut self, file: &Upload) -> bool {
        let Some(files) = &mut self.files else { return false };
        files.push(file.clone());
        let index = files.len() - 1;
        self.text.push('{');
        self.string(ATTACHMENT);
        let _ = write!(self.text, ":{index}}}");
        true
    }

    /// Writes null.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.text.push_str(itoa::Buffer::new().format(value));
    }

    /// Writes a float. JSON has neither `NaN` nor infinity: they are a [problem](Self::problem).
    pub fn float(&mut self, value: f64) {
        if value.is_finite() {
            // `Debug` is the shortest text that reads back as the same value, with an exponent where that is shorter.
            let _ = write!(self.text, "{value:?}");
        } else {
            self.refuse(|| format!("JSON has no number `{value}`; give a finite one"));
        }
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        self.text.push('"');
        self.escaped(value);
        self.text.push('"');
    }

    /// Writes the content of a string.
    fn escaped(&mut self, value: &str) {
        let end = plain_end(value.as_bytes(), 0);
        self.text.push_str(&value[..end]);
        if end < value.len() {
            self.with_escapes(&value[end..]);
        }
    }

    /// Writes the content of a string that begins with what has to be escaped.
    #[inline(never)]
    fn with_escapes(&mut self, value: &str) {
        let mut rest = value;
        while let Some(byte) = rest.bytes().next() {
            self.escape(byte);
            rest = &rest[1..];
            let end = plain_end(rest.as_bytes(), 0);
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => '"',
            b'\\' => '\\',
            0x8 => 'b',
            0xc => 'f',
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            _ => {
                let _ = write!(self.text, "\\u{byte:04x}");
                return;
            }
        };
        self.text.push('\\');
        self.text.push(short);
    }

    /// Writes a string that has nothing to escape.
    #[cfg(feature = "chrono")]
    pub(crate) fn plain(&mut self, value: &str) {
        self.text.push('"');
        self.text.push_str(value);
        self.text.push('"');
    }

    /// Writes something that displays as text without quotes, backslashes and control characters.
    pub(crate) fn display(&mut self, value: impl fmt::Display) {
        let _ = write!(self.text, "\"{value}\"");
    }

    /// Writes JSON text as it is.
    pub(crate) fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Begins an array or an object with this bracket.
    pub(crate) fn open(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Separates what comes next from what came before in the same container.
    pub(crate) fn separate(&mut self) {
        if !self.is_first() {
            self.text.push(',');
        }
    }

    /// Was nothing written in the container yet?
    fn is_first(&self) -> bool {
        matches!(self.text.as_bytes().last(), Some(b'[' | b'{'))
    }

    /// Writes the name of a member.
    pub(crate) fn name(&mut self, name: &str) {
        self.text.push_str(if self.is_first() { "\"" } else { ",\"" });
        self.escaped(name);
        self.text.push_str("\":");
    }

    /// Takes back all that was written behind this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
    }

    /// Ends an array or an object with this bracket.
    pub(crate) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }
}
