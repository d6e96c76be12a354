//! Errors in JSON.

use super::attempt::{Attempt, Edit, SyntaxError};
use crate::locate::Span;

/// Words of other languages, and what JSON calls them.
const WORDS: [(&str, &str); 8] = [
    ("True", "true"),
    ("False", "false"),
    ("None", "null"),
    ("undefined", "null"),
    ("NaN", "null"),
    ("-Infinity", "null"),
    ("Infinity", "null"),
    ("nil", "null"),
];

/// What may be wrong where the reader gave up.
pub(super) fn attempts(text: &str, at: usize, message: &str) -> Vec<Attempt> {
    let mut found = Vec::new();
    // The reader may stand at the last byte it took, or at the one behind.
    for at in [at, at.saturating_sub(1), at + 1] {
        if at <= text.len() && text.is_char_boundary(at) {
            here(text, at, message, &mut found);
        }
    }
    if message.starts_with("EOF") || at >= text.trim_end().len() {
        found.extend(open(text));
    }
    found
}

/// The text around a place where something may be wrong.
struct Here<'t> {
    text: &'t str,
    at: usize,
    /// From the place on.
    rest: &'t str,
    /// Up to it, without white space at the end.
    before: &'t str,
}

fn here(text: &str, at: usize, message: &str, found: &mut Vec<Attempt>) {
    let here = Here { text, at, rest: &text[at..], before: text[..at].trim_end() };
    found.extend(here.comma());
    found.extend(here.comments());
    found.extend(here.word());
    found.extend(here.single_quotes());
    found.extend(here.key());
    found.extend(here.separator(message));
    if message.contains("control character") || message.contains("EOF while parsing a string") {
        found.extend(here.control());
        found.extend(here.quote());
    }
    if message.contains("escape") || message.contains("surrogate") {
        found.extend(here.escape(message.contains("surrogate")));
    }
    if message.contains("trailing characters") {
        found.extend(here.behind());
    }
    if message.contains("number") {
        found.extend(here.number());
    }
}

impl Here<'_> {
    /// A comma with nothing behind it.
    fn comma(&self) -> Option<Attempt> {
        let comma = self.before.strip_suffix(',').map(str::len)?;
        let help = "remove the comma before the closing bracket";
        self.rest
            .starts_with([']', '}', ','])
            .then(|| Attempt::one(comma, 1, "", Span::new(comma, comma + 1), "trailing comma", help))
    }

    fn comments(&self) -> impl Iterator<Item = Attempt> + '_ {
        [("//", "\n"), ("#", "\n"), ("/*", "*/")].into_iter().filter_map(|(open, close)| {
            let start =
                if self.rest.starts_with(open) { self.at } else { self.before.len().saturating_sub(1) };
            let comment = self.text.get(start..).filter(|rest| rest.starts_with(open))?;
            let end =
                comment.find(close).map_or(comment.len(), |end| if close == "\n" { end } else { end + 2 });
            let help = "remove the comment, or write the document as YAML";
            let span = Span::new(start, start + end);
            Some(Attempt::one(start, end, "", span, "JSON has no comments", help))
        })
    }

    /// A word of another language.
    fn word(&self) -> Option<Attempt> {
        let (from, to) = WORDS.iter().find(|(from, _)| self.rest.starts_with(from))?;
        let span = Span::new(self.at, self.at + from.len());
        let message = format!("`{from}` is not a JSON value");
        Some(Attempt::one(
            self.at,
            from.len(),
            *to,
            span,
            message,
            "write `true`, `false`, `null` or a number",
        ))
    }

    fn single_quotes(&self) -> Option<Attempt> {
        let inner = self.rest.strip_prefix('\'')?;
        let end = inner.find(['\'', '\n']).filter(|end| inner[*end..].starts_with('\''))?;
        let quoted = serde_json::Value::from(&inner[..end]).to_string();
        let span = Span::new(self.at, self.at + end + 2);
        let help = "write keys and strings in double quotes";
        Some(Attempt::one(self.at, end + 2, quoted, span, "JSON has no single quotes", help))
    }

    /// A key without quotes, or without the first of them.
    fn key(&self) -> Vec<Attempt> {
        let length = self.rest.find(|c: char| !(c.is_alphanumeric() || "_$-".contains(c)));
        let length = length.unwrap_or(self.rest.len());
        if length == 0 || !self.before.ends_with(['{', ',']) {
            return Vec::new();
        }
        let key = &self.rest[..length];
        let span = Span::new(self.at, self.at + length);
        let help = "write keys in double quotes";
        let bare = format!("the key `{key}` is not quoted");
        let mut found = vec![Attempt::one(self.at, length, format!("\"{key}\""), span, bare, help)];
        if self.rest[length..].starts_with('"') {
            let half = format!("the opening quote of the key `{key}` is missing");
            found.insert(0, Attempt::one(self.at, 0, "\"", span, half, help));
        }
        found
    }

    /// A comma or a colon that is missing.
    fn separator(&self, message: &str) -> Option<Attempt> {
        let begins = |c: char| c.is_ascii_digit() || "\"{[tfn-'".contains(c);
        let span = Span::new(self.at, self.at + 1);
        let end = self.before.len();
        self.rest.starts_with(begins).then(|| {
            if message.contains("':'") || message.contains("`:`") {
                let what = "the `:` between key and value is missing";
                Attempt::one(end, 0, ":", span, what, "add a `:` after the key")
            } else {
                let what = "the comma before this is missing";
                Attempt::one(end, 0, ",", span, what, "add a comma after the previous value")
            }
        })
    }

    /// A control character in a text.
    fn control(&self) -> Option<Attempt> {
        let c = self.rest.chars().next().filter(|c| c.is_control())?;
        let escaped = serde_json::Value::from(c.to_string()).to_string();
        let span = Span::new(self.at, self.at + 1);
        let message = format!("unescaped control character `{}` in a string", c.escape_default());
        let help = "write it as an escape, such as `\\n`";
        Some(Attempt::one(self.at, c.len_utf8(), escaped.trim_matches('"'), span, message, help))
    }

    /// Where the line of the place begins.
    fn line(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// A text that goes on in the next line was meant to end in this one.
    fn quote(&self) -> Option<Attempt> {
        let line = self.line();
        let end = self.rest.find('\n').map_or(self.text.len(), |end| self.at + end);
        let quoted = self.text[line..end].trim_end_matches(['\r', ',']);
        let begin = line + quoted.rfind('"')?;
        let span = Span::new(begin, line + quoted.len());
        let message = "the string is not closed";
        Some(Attempt::one(line + quoted.len(), 0, "\"", span, message, "close the quote"))
    }

    fn escape(&self, is_half: bool) -> Option<Attempt> {
        let line = self.line();
        let until = self.text.get(line..=self.at).unwrap_or(&self.text[line..self.at]);
        let slash = until.rfind('\\')?;
        let start = line + if is_half { until[..=slash].rfind("\\u").unwrap_or(slash) } else { slash };
        let span = Span::new(start, start + 2);
        Some(Attempt::one(start, 1, "/", span, "invalid escape", "write a backslash as `\\\\`"))
    }

    /// Text behind the end.
    fn behind(&self) -> Option<Attempt> {
        let span = Span::new(self.at, self.at + 1);
        let help = "remove what follows the last closing bracket";
        let message = "text after the end of the document";
        Some(Attempt::one(self.at, self.rest.len(), "", span, message, help))
    }

    /// A number that is none, or too large.
    fn number(&self) -> Option<Attempt> {
        let other = |c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c));
        let start = self.text[..self.at].rfind(other).map_or(0, |c| c + 1);
        let rest = self.text.get(start..)?;
        let length = rest.find(other).unwrap_or(rest.len());
        let message = format!("`{}` is not a JSON number", &rest[..length]);
        let help = "correct the number, or quote it if a string is meant";
        Some(Attempt::one(start, length, "0", Span::new(start, start + length), message, help))
    }
}

/// Closes what is open at the end.
fn open(text: &str) -> Option<Attempt> {
    let (mut stack, mut quoted, mut escaped) = (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => stack.push((at, byte)),
            b'}' | b']' if !quoted => drop(stack.pop()),
            _ => {}
        }
    }
    let (first, _) = *stack.last()?;
    let bytes = text.trim_end();
    let mut new = if quoted { "\"".to_owned() } else { String::new() };
    if !quoted && bytes.ends_with(':') {
        new.push_str("null");
    }
    let comma = usize::from(!quoted && bytes.ends_with(','));
    new.extend(stack.iter().rev().map(|(_, byte)| if *byte == b'{' { '}' } else { ']' }));
    let edits = vec![Edit { at: bytes.len() - comma, had: text.len() - bytes.len() + comma, new }];
    let message = match stack.len() {
        1 => "the file ends too early: this bracket is not closed".to_owned(),
        count => format!("the file ends too early: {count} brackets are not closed, this one last"),
    };
    let (span, help) = (Span::new(first, first + 1), "close the open brackets");
    let error = SyntaxError { span, message, help, open: stack.len() };
    Some(Attempt { edits, begins: None, error })
}
