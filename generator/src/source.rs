//! A text from the caller, with the name that reports show.
//!
//! In: the text that the caller read. Out: the text without a byte order mark, its format, and the offsets of
//! its lines. Offsets and spans in the rest of the crate count bytes of [`Source::body`].

/// The number of bytes between two checkpoints of [`Lines`].
const BLOCK: usize = 4096;

/// A named text: the document or `sdk.toml`.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in reports: a path as the user wrote it.
    pub label: String,
    /// The content.
    pub text: String,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.json`, or an unknown extension and a text that begins with a brace.
    Json,
    /// `.yaml`, `.yml`, or anything else.
    Yaml,
    /// `.toml`.
    Toml,
}

impl Source {
    /// Makes a named text.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }

    /// Returns the text without a byte order mark.
    pub fn body(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// Returns the last part of the label, for output that must not depend on the folder.
    pub fn file_name(&self) -> &str {
        self.label.rsplit(['/', '\\']).next().unwrap_or(&self.label)
    }

    /// Returns the format: by the extension of the name, else by the first character.
    pub fn format(&self) -> Format {
        match self.file_name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            // YAML with the extension of JSON.
            Some("json") if begins_with_key(self.body()) => Format::Yaml,
            Some("json") => Format::Json,
            Some("toml" | "lock") => Format::Toml,
            Some("yaml" | "yml") => Format::Yaml,
            _ if self.body().trim_start().starts_with('{') => Format::Json,
            _ => Format::Yaml,
        }
    }
}

/// Returns whether a text begins with `word: `, which is YAML and not JSON.
fn begins_with_key(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    end > 0 && text[end..].starts_with(": ")
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// An index of the lines of a text. Lookups take constant time, even if the text is one line of megabytes.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Characters before each multiple of [`BLOCK`] bytes.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        let mut characters = vec![0];
        let mut seen = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            seen += count(block);
            characters.push(seen);
        }
        Self { text, starts, characters }
    }

    /// Returns the line and column of a byte offset. An offset past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// Returns the number of lines, at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the bytes of a line (counted from 1) without its line break.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }

    /// Returns the byte offset of a character (counted from 0).
    pub fn offset_of_character(&self, number: usize) -> usize {
        let block = self.characters.partition_point(|before| *before <= number).saturating_sub(1);
        let mut start = (block * BLOCK).min(self.text.len());
        // A block may begin inside a character, which belongs to the previous block.
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let rest = number - self.characters[block];
        self.text[start..].char_indices().nth(rest).map_or(self.text.len(), |(at, _)| start + at)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + count(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// Counts the characters that begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_format_and_else_the_first_character() {
        let format = |label, text| Source::new(label, text).format();
        assert_eq!(format("a/b.json", "x"), Format::Json);
        assert_eq!(format("a.json", "openapi: 3.1.0"), Format::Yaml);
        assert_eq!(format("b.YML", "{}"), Format::Yaml);
        assert_eq!(format("sdk.toml", ""), Format::Toml);
        assert_eq!(format("names.lock", ""), Format::Toml);
        assert_eq!(format("-", "\u{feff} {\"openapi\": 1}"), Format::Json);
        assert_eq!(format("spec", "openapi: 3.1.0"), Format::Yaml);
    }

    #[test]
    fn columns_count_characters_across_block_borders() {
        let text = format!("ab\n{}x\nend", "é".repeat(5000));
        let lines = Lines::new(&text);
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(x), Position { line: 2, column: 5001 });
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(usize::MAX), Position { line: 3, column: 4 });
        assert_eq!(&text[lines.line(3)], "end");
        for (number, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(lines.offset_of_character(number), at);
        }
        assert_eq!(lines.offset_of_character(usize::MAX), text.len());
    }
}
