//! Writes pieces as CommonMark: lines without trailing spaces, list items and quotes without lazy continuation.

use super::inline::{Style, inline};
use super::piece::{Align, Piece, Tag};
use super::wrap::{WIDTH, escaped, wrap};

/// Writes a whole description.
pub(super) fn write(pieces: &[Piece], heavy: bool) -> Vec<String> {
    let mut writer = Writer { pieces, at: 0, depth: 0, heavy };
    writer.blocks(true)
}

struct Writer<'a> {
    pieces: &'a [Piece],
    at: usize,
    depth: usize,
    heavy: bool,
}

impl<'a> Writer<'a> {
    /// The blocks up to the end of the element around them, with a blank line between two.
    fn blocks(&mut self, loose: bool) -> Vec<String> {
        let mut out = Vec::new();
        let mut before: Option<&Piece> = None;
        while let Some(piece) = self.pieces.get(self.at) {
            self.at += 1;
            let lines = match piece {
                Piece::Close => break,
                Piece::Open(Tag::Paragraph) => self.paragraph(),
                Piece::Open(Tag::Heading(level)) => self.heading(*level),
                Piece::Open(Tag::Quote) => self.quote(),
                Piece::Open(Tag::List { start, loose }) => self.list(*start, *loose),
                Piece::Open(Tag::Table(columns)) => self.table(columns),
                // These stand inside of others.
                Piece::Open(_) => self.blocks(true),
                Piece::Rule => vec!["---".to_owned()],
                Piece::Fence(language, text) => fence(language, text),
                Piece::Text(_) | Piece::Code(_) | Piece::Break => continue,
            };
            let may_follow =
                matches!(piece, Piece::Open(Tag::List { start: None | Some(1), .. }) | Piece::Fence(..));
            let follows = may_follow && matches!(before, Some(Piece::Open(Tag::Paragraph)));
            if !out.is_empty() && (loose || !follows) {
                out.push(String::new());
            }
            out.extend(lines);
            before = Some(piece);
        }
        out
    }

    /// The pieces of the line of text that begins here.
    fn line(&mut self) -> &'a [Piece] {
        let rest = &self.pieces[self.at..];
        let mut depth = 0_usize;
        let end = rest.iter().position(|piece| {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close if depth == 0 => return true,
                Piece::Close => depth -= 1,
                _ => {}
            }
            false
        });
        let end = end.unwrap_or(rest.len());
        self.at += end + 1;
        &rest[..end]
    }

    fn paragraph(&mut self) -> Vec<String> {
        let text = inline(self.line(), Style { heavy: self.heavy, ..Style::default() });
        let width = WIDTH.saturating_sub(2 * self.depth);
        let mut out = Vec::new();
        for (at, line) in text.split('\n').filter(|line| !line.is_empty()).enumerate() {
            wrap(&escaped(line, at == 0), width, &mut out);
        }
        out
    }

    fn heading(&mut self, level: usize) -> Vec<String> {
        let text = inline(self.line(), Style { heavy: self.heavy, one_line: true, ..Style::default() });
        vec![format!("{} {text}", "#".repeat(level))]
    }

    fn quote(&mut self) -> Vec<String> {
        self.depth += 1;
        let lines = self.blocks(true);
        self.depth -= 1;
        lines
            .into_iter()
            .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") })
            .collect()
    }

    fn list(&mut self, start: Option<u64>, loose: bool) -> Vec<String> {
        let mut out = Vec::new();
        let mut number = start;
        while self.pieces.get(self.at) == Some(&Piece::Open(Tag::Item)) {
            self.at += 1;
            let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
            // Nine digits are the most that a marker may have.
            number = number.map(|number| (number + 1).min(999_999_999));
            self.depth += 1;
            let lines = self.blocks(loose);
            self.depth -= 1;
            if loose && !out.is_empty() {
                out.push(String::new());
            }
            let indent = " ".repeat(marker.len());
            out.extend(lines.into_iter().enumerate().map(|(at, line)| match (at, line.is_empty()) {
                (0, _) => format!("{marker}{line}"),
                (_, true) => line,
                (_, false) => format!("{indent}{line}"),
            }));
        }
        // What ends the list.
        self.at += 1;
        out
    }

    fn table(&mut self, columns: &[Align]) -> Vec<String> {
        let mut out = Vec::new();
        while self.pieces.get(self.at) == Some(&Piece::Open(Tag::Row)) {
            self.at += 1;
            let mut row = String::from("|");
            while self.pieces.get(self.at) == Some(&Piece::Open(Tag::Cell)) {
                self.at += 1;
                let style = Style { heavy: self.heavy, in_cell: true, ..Style::default() };
                row.push(' ');
                row.push_str(&inline(self.line(), style));
                row.push_str(if row.ends_with(' ') { "|" } else { " |" });
            }
            self.at += 1;
            out.push(row);
            if out.len() == 1 {
                out.push(ruler(columns));
            }
        }
        self.at += 1;
        out
    }
}

/// The line between the head of a table and its rows.
fn ruler(columns: &[Align]) -> String {
    let column = |of: &Align| match of {
        Align::None => "---|",
        Align::Left => ":--|",
        Align::Center => ":-:|",
        Align::Right => "--:|",
    };
    format!("|{}", columns.iter().map(column).collect::<String>())
}

fn fence(language: &str, text: &str) -> Vec<String> {
    let lines = || text.lines().map(str::trim_end);
    let backticks = |line: &str| {
        let line = line.trim_start();
        line.len() - line.trim_start_matches('`').len()
    };
    let fence = "`".repeat(lines().map(backticks).max().unwrap_or(0).max(2) + 1);
    let mut out = vec![format!("{fence}{language}")];
    out.extend(lines().map(str::to_owned));
    out.push(fence);
    out
}
