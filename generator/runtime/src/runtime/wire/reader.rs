//! The pull reader: the parts of JSON, one by one, from the text of a document.

use std::any::TypeId;
use std::borrow::Cow;
use std::collections::HashMap;

use super::{DecodeError, Failure, Kinds};

/// Containers may be nested this deep; what is deeper is refused rather than risking the stack.
pub const MAX_DEPTH: usize = 128;

/// Reads JSON from a text.
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// All members of an object are found before the first is read; see [`super::object`].
    pub(super) careful: bool,
    /// The text is a default that stands in for a member of the object here in the document.
    pub(super) stand_in: Option<usize>,
    /// Where an object begins that is read as a variant of a union without the tag of that union.
    pub(super) bare: Option<usize>,
    /// Members explained by the model so far, and members and values that it does not know.
    pub(super) known: usize,
    pub(super) unknown: usize,
    /// How many choices among the variants of unions are being tried.
    pub(super) trials: usize,
    /// Ends of the containers that were skipped, by their beginning.
    pub(super) ends: HashMap<usize, usize>,
    /// Choices made in trials that may be repeated, by place and type.
    pub(super) choices: HashMap<(usize, TypeId), Result<usize, DecodeError>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            careful: false,
            stand_in: None,
            bare: None,
            known: 0,
            unknown: 0,
            trials: 0,
            ends: HashMap::new(),
            choices: HashMap::new(),
        }
    }

    /// Checks that nothing but whitespace is left.
    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("the end of the document")),
        }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The next byte that is no whitespace, without passing it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Whether the next value is null; it is passed if so.
    ///
    /// # Errors
    ///
    /// When a word begins like `null` and is none.
    #[inline]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.word("null").map(|()| true)
    }

    pub(super) fn word(&mut self, word: &'static str) -> Result<(), DecodeError> {
        if self.bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.syntax("a value"))
        }
    }

    /// The JSON type of the next value.
    pub(crate) fn kind(&mut self) -> Result<Kinds, DecodeError> {
        match self.peek() {
            Some(b'{') => Ok(Kinds::OBJECT),
            Some(b'[') => Ok(Kinds::ARRAY),
            Some(b'"') => Ok(Kinds::STRING),
            Some(b'-' | b'0'..=b'9') => Ok(Kinds::NUMBER),
            Some(b't' | b'f') => Ok(Kinds::BOOL),
            Some(b'n') => Ok(Kinds::NULL),
            _ => Err(self.syntax("a value")),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// When something else comes next.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Goes down into a container that begins with this byte.
    pub(crate) fn open(&mut self, byte: u8, expected: &'static str) -> Result<(), DecodeError> {
        if self.peek() != Some(byte) {
            return Err(self.mismatch(expected));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep(self.at));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Begins an array.
    ///
    /// # Errors
    ///
    /// When something else comes next, or the nesting is too deep.
    pub fn array(&mut self) -> Result<(), DecodeError> {
        self.open(b'[', "an array")
    }

    /// Goes to the next item of an array, or leaves it. `first` must be true for the first item and is set to false.
    ///
    /// # Errors
    ///
    /// When neither an item nor the end of the array comes next.
    #[inline]
    pub fn item(&mut self, first: &mut bool) -> Result<bool, DecodeError> {
        let was_first = std::mem::replace(first, false);
        match self.peek() {
            Some(b',') if !was_first => {
                self.at += 1;
                Ok(true)
            }
            Some(b']') => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(_) if was_first => Ok(true),
            _ => Err(self.syntax("`,` or `]`")),
        }
    }

    /// Goes to the value of the next member of an object and gives its name, or leaves the object.
    #[inline]
    pub(crate) fn key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let was_first = std::mem::replace(first, false);
        match self.peek() {
            Some(b',') if !was_first => self.at += 1,
            Some(b'}') => {
                self.at += 1;
                self.depth -= 1;
                return Ok(None);
            }
            Some(b'"') if was_first => {}
            _ => return Err(self.syntax(if was_first { "a member name or `}`" } else { "`,` or `}`" })),
        }
        if self.peek() != Some(b'"') {
            return Err(self.syntax("a member name"));
        }
        let key = self.string()?;
        self.colon()?;
        Ok(Some(key))
    }

    pub(super) fn colon(&mut self) -> Result<(), DecodeError> {
        if self.peek() == Some(b':') {
            self.at += 1;
            Ok(())
        } else {
            Err(self.syntax("`:`"))
        }
    }

    /// The error for a value of the wrong type (or for what is no value at all).
    #[cold]
    pub(crate) fn mismatch(&mut self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        match self.kind() {
            Ok(kind) => self.failure(self.at, expected.into(), kind.words().into()),
            Err(error) => error,
        }
    }

    /// The error for a value at `offset` of the right type that is out of bounds or malformed.
    #[cold]
    pub(crate) fn refuse(&self, offset: usize, expected: &'static str, found: &'static str) -> DecodeError {
        self.failure(offset, expected.into(), found.into())
    }

    /// The error for text that is no JSON.
    #[cold]
    pub(super) fn syntax(&self, expected: &'static str) -> DecodeError {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(c) => format!("{c:?}").into(),
            None => "the end of the document".into(),
        };
        self.failure(self.at, expected.into(), found)
    }

    #[cold]
    pub(super) fn too_deep(&self, offset: usize) -> DecodeError {
        self.failure(offset, format!("at most {MAX_DEPTH} nested containers").into(), "one more".into())
    }

    #[cold]
    pub(super) fn failure(
        &self,
        offset: usize,
        expected: Cow<'static, str>,
        found: Cow<'static, str>,
    ) -> DecodeError {
        DecodeError::new(Failure {
            offset: self.stand_in.unwrap_or(offset),
            expected,
            found,
            ..Failure::default()
        })
    }

    /// Whether a string comes next.
    #[cfg(feature = "decimal")]
    pub(crate) fn at_string(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// Where the reader is, for [`Self::refuse`].
    pub(crate) fn place(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Counts a value that the model does not know.
    #[allow(dead_code, reason = "not every API has enums")]
    pub(crate) fn count_unknown(&mut self) {
        self.unknown += 1;
    }
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("at", &self.at).field("depth", &self.depth).finish_non_exhaustive()
    }
}
