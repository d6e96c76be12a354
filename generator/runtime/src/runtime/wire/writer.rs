//! The writer: JSON text, part by part, into one buffer.

use std::fmt::{self, Write as _};

use crate::runtime::model::{Members, Upload};

use super::shape::Presence;
use super::show::Shown;
use super::{Choices, Shape, Wire, value};

/// Name of the only member of the object that stands for an uploaded file; see [`Writer::attachments`].
pub(super) const ATTACHMENT: &str = "\u{0}attachment";

/// Writes JSON text.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    /// Files met so far, if they are collected rather than written.
    files: Option<Vec<Upload>>,
    /// The first thing that could not be written.
    problem: Option<String>,
    /// What the object that was begun first since it was taken declares, and whether it was read without the tag of its union.
    outermost: Option<(&'static Shape, bool)>,
    /// Members of an object for `Debug`, if they are collected rather than written.
    shown: Option<Box<Shown>>,
}

impl Writer {
    /// A writer that puts everything into the text.
    #[must_use]
    pub fn new() -> Self {
        Self { text: String::with_capacity(256), ..Self::default() }
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
        self.problem.get_or_insert_with(problem);
        self.null();
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
        let mut rest = value;
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
            self.text.push_str(&rest[..at]);
            self.escape(rest.as_bytes()[at]);
            rest = &rest[at + 1..];
        }
        self.text.push_str(rest);
        self.text.push('"');
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
        if !self.text.ends_with(['[', '{']) {
            self.text.push(',');
        }
    }

    /// Writes the name of a member.
    pub(crate) fn name(&mut self, name: &str) {
        self.separate();
        self.string(name);
        self.text.push(':');
    }

    /// Takes back all that was written behind this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
    }

    /// Ends an array or an object with this bracket.
    pub(crate) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Begins an object with the members that have a field, in the order of the shape.
    pub fn object<'w>(
        &'w mut self,
        shape: &'static Shape,
        members: &'w Members,
        fields: &[&dyn Field],
    ) -> ObjectWriter<'w> {
        self.open('{');
        self.outermost.get_or_insert_with(|| (shape, members.is_bare()));
        let mut object = ObjectWriter { writer: self, shape, members, next: 0 };
        let declared = shape.members.iter().enumerate();
        let with_field = declared.filter(|(_, member)| member.presence != Presence::Constant);
        for ((index, _), field) in with_field.zip(fields) {
            object.put(index, *field);
        }
        object
    }

    /// Writes the payload of a union, and its tag unless the payload has it. One that was read without its tag goes back without it, and
    /// so does the default variant.
    pub fn tagged<T: Wire>(&mut self, choices: &'static Choices, variant: usize, payload: &T) {
        let start = self.text.len();
        let outer = self.outermost.take();
        payload.write(self);
        let (shape, is_bare) = std::mem::replace(&mut self.outermost, outer).unzip();
        let declared = |shape: &'static Shape| shape.members.iter().find(|member| member.name == choices.tag);
        let has_tag = shape.and_then(declared);
        let has_tag =
            has_tag.is_some_and(|member| matches!(member.presence, Presence::Required | Presence::Constant));
        if !has_tag && !choices.default.contains(&variant) && !is_bare.unwrap_or(false) {
            self.ensure_tag(start, choices, variant);
        }
    }

    /// Writes a variant of a union as an object of one member.
    pub fn external<T: Wire>(&mut self, tag: &'static str, payload: &T) {
        self.open('{');
        self.name(tag);
        payload.write(self);
        self.close('}');
    }

    fn ensure_tag(&mut self, start: usize, choices: &Choices, variant: usize) {
        let Some(rest) = self.text[start..].strip_prefix('{') else { return };
        if value::has_member(&self.text[start..], choices.tag) {
            return;
        }
        let Some(tag) = choices.variants[variant].tags.first() else { return };
        let mut member = Self::new();
        member.string(choices.tag);
        member.raw(":");
        if choices.is_text {
            member.string(tag)
        } else {
            member.raw(tag)
        }
        member.raw(if rest.starts_with('}') { "" } else { "," });
        self.text.insert_str(start + 1, &member.text);
    }
}

/// A field as the writer sees it. One list of fields costs the compiler far less than a generic call for each.
pub trait Field: fmt::Debug {
    /// Appends the value.
    fn append(&self, writer: &mut Writer);
}

impl<T: Wire> Field for T {
    fn append(&self, writer: &mut Writer) {
        self.write(writer);
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectWriter<'w> {
    writer: &'w mut Writer,
    shape: &'static Shape,
    members: &'w Members,
    /// The members before this one are written.
    next: usize,
}

impl ObjectWriter<'_> {
    /// Writes a member, unless it is to be left out.
    fn put(&mut self, index: usize, field: &dyn Field) {
        if self.writer.shown.is_some() {
            return self.show(index, field);
        }
        let Some((start, text)) = self.begin(index) else { return };
        field.append(self.writer);
        self.check(index, start, text);
    }

    /// Writes members that the shape does not know.
    #[must_use]
    pub fn rest<T: Wire>(mut self, members: &std::collections::BTreeMap<String, T>) -> Self {
        self.constants(self.shape.members.len());
        for (name, value) in members {
            if let Some(shown) = &mut self.writer.shown {
                shown.push(name, value);
            } else if self.shape.find(name, 0).is_none() {
                self.writer.name(name);
                value.write(self.writer);
            }
        }
        self
    }

    /// Writes the unknown members that were kept, and ends the object.
    pub fn end(mut self) {
        self.constants(self.shape.members.len());
        for (name, json) in self.members.unknown() {
            if let Some(shown) = &mut self.writer.shown {
                shown.push(name, json);
                continue;
            }
            self.writer.name(name);
            self.writer.raw(json.get());
        }
        self.writer.close('}');
    }

    #[cold]
    fn show(&mut self, index: usize, value: &dyn fmt::Debug) {
        let (Some(shown), member) = (&mut self.writer.shown, &self.shape.members[index]) else { return };
        shown.push(member.name, value);
        if member.presence == Presence::Optional && !self.members.is_marked(index) {
            shown.pop_none();
        }
    }

    /// Writes the constants that come next, before the member of this index.
    fn constants(&mut self, end: usize) {
        for index in std::mem::replace(&mut self.next, end)..end {
            let member = &self.shape.members[index];
            if member.presence == Presence::Constant && self.members.is_marked(index) && !self.replaced(index)
            {
                self.writer.name(member.name);
                self.writer.raw(member.text);
            }
        }
    }

    /// An unknown member that was set under the name of a known one takes its place.
    fn replaced(&self, index: usize) -> bool {
        self.members.has_unknown() && self.members.find_unknown(self.shape.members[index].name).is_some()
    }

    /// Writes the name of a member; gives the places where name and value begin.
    fn begin(&mut self, index: usize) -> Option<(usize, usize)> {
        self.constants(index);
        self.next = index + 1;
        if self.replaced(index) {
            return None;
        }
        let start = self.writer.text.len();
        self.writer.name(self.shape.members[index].name);
        Some((start, self.writer.text.len()))
    }

    /// Takes a member back that is absent or only has its default.
    fn check(&mut self, index: usize, start: usize, text: usize) {
        let member = &self.shape.members[index];
        let written = &self.writer.text[text..];
        let leave_out = match member.presence {
            Presence::Required | Presence::Constant => false,
            Presence::Optional => written == "null" && !self.members.is_marked(index),
            Presence::Defaulted => !self.members.is_marked(index) && value::same(written, member.text),
        };
        if leave_out {
            self.writer.truncate(start);
        }
    }
}
