//! Writing objects, and the tags of unions.

use std::collections::BTreeMap;
use std::fmt;

use super::codec::{Field, Wire};
use super::shape::Presence;
use super::{Choices, Members, Shape, Writer, value};

impl Writer {
    /// Begins an object with the members that have a field, in the order of the shape.
    pub fn object<'w>(
        &'w mut self,
        shape: &'static Shape,
        members: &'w Members,
        fields: &[&dyn Field],
    ) -> ObjectWriter<'w> {
        if let Some(problem) = members.problem() {
            self.remember(|| problem.to_owned());
        }
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
        let member = &self.shape.members[index];
        if member.presence == Presence::Optional && field.is_absent() && !self.members.is_marked(index) {
            return;
        }
        let Some((start, text)) = self.begin(index) else { return };
        field.append(self.writer);
        self.check(index, start, text);
    }

    /// Writes members that the shape does not know.
    #[must_use]
    pub fn rest<T: Wire>(mut self, members: &BTreeMap<String, T>) -> Self {
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
