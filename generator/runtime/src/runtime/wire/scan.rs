//! Passing over values, with all their grammar checked, without recursion.

use super::string::plain_end;
use super::{DecodeError, MAX_DEPTH, Reader};

/// A container that is open while its content is passed over.
struct Open {
    begin: usize,
    object: bool,
}

impl<'a> Reader<'a> {
    /// Passes over a value and gives its text.
    ///
    /// # Errors
    ///
    /// When no value comes next.
    pub fn raw(&mut self) -> Result<&'a str, DecodeError> {
        let start = self.place();
        self.skip(false)?;
        Ok(&self.text[start..self.at])
    }

    /// Passes over a value. `again` says that it will be visited later: the ends of containers are remembered, so that
    /// the way over them is taken once, however often they are skipped.
    pub(super) fn skip(&mut self, again: bool) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b'{' | b'[') => self.skip_container(again && self.stand_in.is_none()),
            _ => self.skip_scalar(),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.syntax("a value")),
        }
    }

    fn skip_string(&mut self) -> Result<(), DecodeError> {
        self.at += 1;
        loop {
            self.at = plain_end(self.bytes(), self.at);
            match self.bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape().map(drop)?,
                Some(_) => return Err(self.syntax("no control character in a string")),
                None => return Err(self.syntax("the end of a string")),
            }
        }
    }

    fn skip_container(&mut self, remember: bool) -> Result<(), DecodeError> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            // Here a value begins.
            match self.peek() {
                Some(byte @ (b'{' | b'[')) => {
                    if let Some(end) = self.known_end(self.at) {
                        self.at = end;
                    } else if open.len() + self.depth == MAX_DEPTH {
                        return Err(self.too_deep(self.at));
                    } else {
                        open.push(Open { begin: self.at, object: byte == b'{' });
                        self.at += 1;
                        if !self.closes(byte + 2) {
                            if byte == b'{' {
                                self.skip_key()?;
                            }
                            continue;
                        }
                        self.close(&mut open, remember);
                    }
                }
                _ => self.skip_scalar()?,
            }
            // Here a value has ended: close what ends too, then go to the next value.
            loop {
                let Some(Open { object, .. }) = open.last() else { return Ok(()) };
                let object = *object;
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if object {
                            self.peek();
                            self.skip_key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == if object { b'}' } else { b']' } => {
                        self.at += 1;
                        self.close(&mut open, remember);
                    }
                    _ => return Err(self.syntax(if object { "`,` or `}`" } else { "`,` or `]`" })),
                }
            }
        }
    }

    /// Whether the container that was just opened is empty; passes its end if so.
    fn closes(&mut self, byte: u8) -> bool {
        let empty = self.peek() == Some(byte);
        self.at += usize::from(empty);
        empty
    }

    fn close(&mut self, open: &mut Vec<Open>, remember: bool) {
        if let Some(Open { begin, .. }) = open.pop()
            && remember
        {
            self.ends.insert(begin, self.at);
        }
    }

    fn known_end(&self, begin: usize) -> Option<usize> {
        if self.stand_in.is_some() || self.ends.is_empty() { None } else { self.ends.get(&begin).copied() }
    }

    fn skip_key(&mut self) -> Result<(), DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("a member name"));
        }
        self.skip_string()?;
        self.colon()
    }
}
