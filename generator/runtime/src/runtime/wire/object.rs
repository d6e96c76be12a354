//! Reading the members of an object in the order of its table.
//!
//! A model asks for its members one after the other. While the text has them in the same order, each is decoded where
//! the reader stands. A member that comes early is skipped and its place noted. When an optional member is asked for
//! and a later one comes, the optional one is taken for absent; if it turns up after all (or a member comes twice),
//! the document is read again in the careful way: all places first, then the members.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::shape::Presence;
use super::{DecodeError, Failure, Members, RawJson, Reader, Shape, Wire};

/// An object that is being read.
#[derive(Debug)]
pub struct ObjectReader<'r, 'a> {
    reader: &'r mut Reader<'a>,
    shape: &'static Shape,
    /// The index of the member that is asked for next.
    asked: usize,
    members: Members,
    /// Where the object begins.
    begin: usize,
    /// The reader stands between two members; else it must go back to `next` first.
    near: bool,
    next: usize,
    /// No member was passed yet.
    first: bool,
    /// All members were passed.
    ended: bool,
    /// The known member whose value is at `next`.
    pending: Option<usize>,
    /// Constants that were met; those beyond the 64th are read in the careful way.
    constants: u64,
    /// Indices and places of members that were skipped.
    late: Vec<(usize, usize)>,
    /// Members that the shape does not know: name, begin and end of the value.
    unknown: Vec<(Cow<'a, str>, usize, usize)>,
    /// The reader's text and state while it reads a default in place of an absent member.
    stand_in: Option<(&'a str, Option<usize>)>,
}

impl<'a> Reader<'a> {
    /// Begins an object.
    ///
    /// # Errors
    ///
    /// When something else comes next, or the nesting is too deep.
    pub fn object(&mut self, shape: &'static Shape) -> Result<ObjectReader<'_, 'a>, DecodeError> {
        self.open(b'{', "an object")?;
        let (begin, careful) = (self.at - 1, self.careful);
        let mut members = Members::default();
        if self.bare == Some(begin) && self.stand_in.is_none() {
            members.set_bare();
        }
        let mut object = ObjectReader {
            reader: self,
            shape,
            asked: 0,
            members,
            begin,
            near: true,
            next: 0,
            first: true,
            ended: false,
            pending: None,
            constants: 0,
            late: Vec::new(),
            unknown: Vec::new(),
            stand_in: None,
        };
        if careful {
            object.find_all()?;
        }
        Ok(object)
    }
}

impl<'a> ObjectReader<'_, 'a> {
    /// Reads the next member that has a field.
    #[inline]
    pub(super) fn get<T: Wire>(&mut self) -> Result<T, DecodeError> {
        while self.shape.members[self.asked].presence == Presence::Constant {
            self.asked += 1;
        }
        self.asked += 1;
        self.seek(self.asked - 1)?;
        T::read(self.reader)
    }

    /// Reads all members that the shape does not know.
    ///
    /// # Errors
    ///
    /// When the value of one of them does not fit.
    pub fn rest<T: Wire>(&mut self) -> Result<BTreeMap<String, T>, DecodeError> {
        self.complete()?;
        let mut rest = BTreeMap::new();
        for (name, begin, _) in std::mem::take(&mut self.unknown) {
            self.reader.at = begin;
            rest.insert(name.into_owned(), T::read(self.reader)?);
        }
        Ok(rest)
    }

    /// Reads those members that the shape does not know and that fit a type; the others stay unknown.
    ///
    /// # Errors
    ///
    /// When what is left of the object is no JSON.
    pub fn open<T: Wire>(&mut self) -> Result<BTreeMap<String, T>, DecodeError> {
        self.complete()?;
        let mut fitting = BTreeMap::new();
        let (text, stand_in, depth) = (self.reader.text, self.reader.stand_in, self.reader.depth);
        for (name, begin, end) in std::mem::take(&mut self.unknown) {
            let counts = (self.reader.known, self.reader.unknown);
            self.reader.at = begin;
            match T::read(self.reader) {
                Ok(value) => {
                    self.unknown.retain(|(known, ..)| *known != name);
                    fitting.insert(name.into_owned(), value);
                }
                Err(error) if error.is_restart() => return Err(error),
                Err(_) => {
                    (self.reader.text, self.reader.stand_in, self.reader.depth) = (text, stand_in, depth);
                    (self.reader.known, self.reader.unknown) = counts;
                    fitting.remove(&*name);
                    self.unknown.push((name, begin, end));
                }
            }
        }
        Ok(fitting)
    }

    /// Leaves the object.
    ///
    /// # Errors
    ///
    /// When what is left of it is no JSON.
    pub fn end(&mut self) -> Result<Members, DecodeError> {
        self.complete()?;
        self.reader.at = self.next;
        self.reader.depth -= 1;
        if !self.unknown.is_empty() {
            self.keep_unknown();
        }
        Ok(std::mem::take(&mut self.members))
    }

    /// Puts the reader before the value of a member, or before what stands in for it.
    fn seek(&mut self, index: usize) -> Result<(), DecodeError> {
        if self.near && self.seek_near(index) { Ok(()) } else { self.seek_far(index) }
    }

    /// The common case: the member comes next.
    #[inline]
    fn seek_near(&mut self, index: usize) -> bool {
        let (bytes, start) = (self.reader.bytes(), self.reader.at);
        if !self.first && bytes.get(start) == Some(&b',') {
            self.reader.at += 1;
        }
        let name = self.shape.members[index].name;
        if self.reader.peek() == Some(b'"')
            && let rest = &bytes[self.reader.at + 1..]
            && rest.starts_with(name.as_bytes())
            && rest.get(name.len()) == Some(&b'"')
            && (self.first || bytes.get(start) == Some(&b','))
        {
            self.reader.at += name.len() + 2;
            if self.reader.peek() == Some(b':') {
                self.reader.at += 1;
                self.first = false;
                self.found(index);
                return true;
            }
        }
        self.reader.at = start;
        false
    }

    #[inline(never)]
    fn seek_far(&mut self, index: usize) -> Result<(), DecodeError> {
        self.go_back();
        if let Some(at) = self.late.iter().position(|(late, _)| *late == index) {
            let (_, place) = self.late.swap_remove(at);
            self.go_away();
            self.reader.at = place;
            self.found(index);
            return Ok(());
        }
        if self.ended {
            return self.absent(index);
        }
        loop {
            let Some(member) = self.advance(index)? else { return self.absent(index) };
            if member == index {
                self.near = true;
                self.found(index);
                return Ok(());
            }
            if member < index {
                return Err(DecodeError::restart());
            }
            if self.shape.members[index].presence != Presence::Required {
                self.pending = Some(member);
                return self.absent(index);
            }
            self.set_late(member);
            self.reader.skip(true)?;
        }
    }

    /// Goes on to the value of the next member that has a field. `hint` is the member that is expected.
    fn advance(&mut self, hint: usize) -> Result<Option<usize>, DecodeError> {
        if let Some(member) = self.pending.take() {
            return Ok(Some(member));
        }
        while let Some(name) = self.reader.key(&mut self.first)? {
            match self.shape.find(&name, hint) {
                Some(index) if self.shape.members[index].presence != Presence::Constant => {
                    return Ok(Some(index));
                }
                Some(index) => {
                    let bit = 1_u64.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0);
                    if bit == 0 || self.constants & bit != 0 {
                        return Err(DecodeError::restart());
                    }
                    self.constants |= bit;
                    self.constant(index)?;
                }
                None => self.skip_unknown(name)?,
            }
        }
        self.set_ended();
        Ok(None)
    }

    /// Finds the places of all members; the last one of a name counts.
    fn find_all(&mut self) -> Result<(), DecodeError> {
        let mut hint = 0;
        while let Some(name) = self.reader.key(&mut self.first)? {
            if let Some(index) = self.shape.find(&name, hint) {
                hint = index + 1;
                self.set_late(index);
                self.reader.skip(true)?;
            } else {
                self.skip_unknown(name)?;
            }
        }
        self.set_ended();
        Ok(())
    }

    fn set_ended(&mut self) {
        // Members may still be read, one level down; `end` goes up.
        self.reader.depth += 1;
        self.ended = true;
        self.go_away();
    }

    fn set_late(&mut self, index: usize) {
        let place = self.reader.at;
        match self.late.iter_mut().find(|(late, _)| *late == index) {
            Some(late) => late.1 = place,
            None => self.late.push((index, place)),
        }
    }

    fn skip_unknown(&mut self, name: Cow<'a, str>) -> Result<(), DecodeError> {
        let begin = self.reader.place();
        self.reader.skip(true)?;
        self.unknown.push((name, begin, self.reader.at));
        Ok(())
    }

    /// Brings the reader back to where the object goes on.
    fn go_back(&mut self) {
        if let Some((text, stand_in)) = self.stand_in.take() {
            self.reader.text = text;
            self.reader.stand_in = stand_in;
        }
        if !self.near {
            self.reader.at = self.next;
        }
    }

    /// Remembers where the object goes on.
    fn go_away(&mut self) {
        self.next = self.reader.at;
        self.near = false;
    }

    /// The reader stands before the value of this member.
    #[inline]
    fn found(&mut self, index: usize) {
        self.reader.known += 1;
        match self.shape.members[index].presence {
            Presence::Required | Presence::Constant => {}
            Presence::Defaulted => self.members.mark(index),
            Presence::Optional if self.reader.peek() == Some(b'n') => self.members.mark(index),
            Presence::Optional => {}
        }
    }

    /// Puts the reader before what stands in for an absent member: a text of its own.
    fn absent(&mut self, index: usize) -> Result<(), DecodeError> {
        let member = &self.shape.members[index];
        if member.presence == Presence::Required {
            return Err(self.reader.missing(self.begin, member.name));
        }
        self.go_away();
        self.stand_in = Some((self.reader.text, self.reader.stand_in));
        self.reader.stand_in = self.reader.stand_in.or(Some(self.begin));
        self.reader.text = member.text;
        self.reader.at = 0;
        Ok(())
    }

    /// Reads a constant: kept as an unknown member if it is not what it should be.
    fn constant(&mut self, index: usize) -> Result<(), DecodeError> {
        let member = &self.shape.members[index];
        let begin = self.reader.place();
        let text = self.reader.raw()?;
        if super::value::same(text, member.text) {
            self.reader.known += 1;
            self.members.mark(index);
        } else {
            self.unknown.push((Cow::Borrowed(member.name), begin, self.reader.at));
        }
        Ok(())
    }

    /// Passes all that is left of the object.
    fn complete(&mut self) -> Result<(), DecodeError> {
        self.go_back();
        if !self.ended && self.advance(self.shape.members.len())?.is_some() {
            // All fields are read, so this one comes twice or was taken for absent.
            return Err(DecodeError::restart());
        }
        for (index, place) in std::mem::take(&mut self.late) {
            self.reader.at = place;
            self.constant(index)?;
        }
        Ok(())
    }

    /// Moves the unknown members out of the text; of several with the same name the last one.
    #[inline(never)]
    fn keep_unknown(&mut self) {
        let mut names = HashSet::new();
        let last: Vec<bool> = self.unknown.iter().rev().map(|(name, ..)| names.insert(name)).collect();
        for ((name, begin, end), last) in self.unknown.iter().zip(last.iter().rev()) {
            if *last {
                self.reader.unknown += 1;
                self.members.push_unknown(name, RawJson::checked(&self.reader.text[*begin..*end]));
            }
        }
    }
}

impl Reader<'_> {
    #[cold]
    fn missing(&self, offset: usize, member: &'static str) -> DecodeError {
        let failure =
            Failure { offset: self.stand_in.unwrap_or(offset), missing: Some(member), ..Failure::default() };
        DecodeError::new(Failure { expected: "a required member".into(), found: "nothing".into(), ..failure })
    }
}
