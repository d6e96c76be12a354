//! Strings of JSON.

use std::borrow::Cow;

use super::{DecodeError, Reader};

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How far it is from `at` to the first quote, backslash or control character; eight bytes at a time.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        // A byte of each of these is zero (its high bit comes out set) where the word holds what is looked for.
        let quote = word ^ (LOW * 0x22);
        let slash = word ^ (LOW * 0x5c);
        let found = (quote.wrapping_sub(LOW) & !quote)
            | (slash.wrapping_sub(LOW) & !slash)
            | (word.wrapping_sub(LOW * 0x20) & !word);
        let found = found & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)) {
        at += 1;
    }
    at
}

impl<'a> Reader<'a> {
    /// Reads a string; borrowed when it has no escapes.
    ///
    /// # Errors
    ///
    /// When something else comes next.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.mismatch("a string"));
        }
        let (text, start) = (self.text, self.at + 1);
        let end = plain_end(text.as_bytes(), start);
        if text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&text[start..end]));
        }
        self.escaped(start, end).map(Cow::Owned)
    }

    /// The rest of a string whose first part, from `start`, has an escape (or an error) at `end`.
    #[cold]
    fn escaped(&mut self, start: usize, end: usize) -> Result<String, DecodeError> {
        let text = self.text;
        let mut string = String::from(&text[start..end]);
        self.at = end;
        loop {
            match text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                Some(_) => return Err(self.syntax("no control character in a string")),
                None => return Err(self.syntax("the end of a string")),
            }
            let next = plain_end(text.as_bytes(), self.at);
            string.push_str(&text[self.at..next]);
            self.at = next;
        }
    }

    /// An escape sequence, from its backslash.
    pub(super) fn escape(&mut self) -> Result<char, DecodeError> {
        let start = self.at;
        let plain = match self.bytes().get(start + 1) {
            Some(b'u') => {
                self.at += 2;
                return self.unicode_escape(start);
            }
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.refuse(start, "an escape sequence", "a backslash before something else")),
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode_escape(&mut self, start: usize) -> Result<char, DecodeError> {
        let lone = "a surrogate without its other half";
        let first = self.hex(start)?;
        let code = match first {
            0xdc00..=0xdfff => return Err(self.refuse(start, "a Unicode character", lone)),
            0xd800..=0xdbff => {
                if !self.bytes()[self.at..].starts_with(b"\\u") {
                    return Err(self.refuse(start, "a Unicode character", lone));
                }
                self.at += 2;
                let second = self.hex(start)?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(self.refuse(start, "a Unicode character", lone));
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| self.refuse(start, "a Unicode character", lone))
    }

    fn hex(&mut self, start: usize) -> Result<u32, DecodeError> {
        let digits =
            self.bytes().get(self.at..self.at + 4).filter(|four| four.iter().all(u8::is_ascii_hexdigit));
        let code = digits
            .and_then(|four| std::str::from_utf8(four).ok())
            .and_then(|four| u32::from_str_radix(four, 16).ok());
        self.at += 4;
        code.ok_or_else(|| self.refuse(start, "four hexadecimal digits after `\\u`", "something else"))
    }
}
