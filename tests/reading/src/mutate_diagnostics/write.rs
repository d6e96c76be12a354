//! A document as text, with the place of every node: what reports are compared with.

use std::collections::HashMap;

use serde_json::Value;

use crate::document::escape;

/// Begins the name of a member that stands a second time in its mapping; it is written without it.
pub(super) const AGAIN: char = '\u{e000}';

/// Line and column, both from 1; columns count characters.
pub type Place = (usize, usize);

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON on many lines.
    Json,
    /// JSON on one line.
    Line,
    /// YAML.
    Yaml,
}

/// A text and the places in it.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The document.
    pub text: String,
    /// By JSON pointer: the place of the key (of the value, where there is none) and of the value.
    pub places: HashMap<String, [Place; 2]>,
    line: usize,
    column: usize,
}

/// Writes a document.
pub fn write(root: &Value, form: Form) -> Written {
    let mut written = Written { line: 1, column: 1, ..Written::default() };
    let here = written.here();
    written.places.insert(String::new(), [here, here]);
    match form {
        Form::Yaml => written.yaml(root, "", 0),
        Form::Json => written.json(root, "", Some(0)),
        Form::Line => written.json(root, "", None),
    }
    written.push("\n");
    written
}

impl Written {
    fn here(&self) -> Place {
        (self.line, self.column)
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.text.push_str(text);
    }

    fn break_line(&mut self, levels: Option<usize>) {
        if let Some(levels) = levels {
            self.push(&format!("\n{}", "  ".repeat(levels)));
        }
    }

    fn json(&mut self, value: &Value, at: &str, levels: Option<usize>) {
        let inner = levels.map(|levels| levels + 1);
        let (open, close, count) = match value {
            Value::Object(members) => ("{", "}", members.len()),
            Value::Array(items) => ("[", "]", items.len()),
            scalar => return self.push(&scalar.to_string()),
        };
        self.push(open);
        let comma = |written: &mut Self, index: usize| {
            if index > 0 {
                written.push(",");
            }
            written.break_line(inner);
        };
        match value {
            Value::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    comma(self, index);
                    let (at, key) = (format!("{at}/{}", escape(name)), self.here());
                    self.push(&Value::from(name.trim_start_matches(AGAIN)).to_string());
                    self.push(if levels.is_some() { ": " } else { ":" });
                    self.places.insert(at.clone(), [key, self.here()]);
                    self.json(value, &at, inner);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    comma(self, index);
                    let at = format!("{at}/{index}");
                    self.places.insert(at.clone(), [self.here(); 2]);
                    self.json(value, &at, inner);
                }
            }
            _ => {}
        }
        if count > 0 {
            self.break_line(levels);
        }
        self.push(close);
    }

    fn yaml(&mut self, value: &Value, at: &str, levels: usize) {
        let inside = |value: &Value| match value {
            Value::Object(members) => !members.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        let indent = "  ".repeat(levels);
        match value {
            Value::Object(members) if !members.is_empty() => {
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        self.push(&format!("\n{indent}"));
                    }
                    let (at, key) = (format!("{at}/{}", escape(name)), self.here());
                    self.push(&scalar(&Value::from(name.trim_start_matches(AGAIN))));
                    self.push(":");
                    if inside(value) {
                        self.push(&format!("\n{indent}  "));
                    } else {
                        self.push(" ");
                    }
                    self.places.insert(at.clone(), [key, self.here()]);
                    self.yaml(value, &at, levels + 1);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for (index, value) in items.iter().enumerate() {
                    if index > 0 {
                        self.push(&format!("\n{indent}"));
                    }
                    self.push("- ");
                    let at = format!("{at}/{index}");
                    self.places.insert(at.clone(), [self.here(); 2]);
                    self.yaml(value, &at, levels + 1);
                }
            }
            value => self.push(&scalar(value)),
        }
    }
}

/// A scalar of YAML: in quotes, unless it is a plain word.
fn scalar(value: &Value) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
            && !words.contains(&text.to_ascii_lowercase().as_str())
    };
    match value {
        Value::String(text) if plain(text) => text.clone(),
        value => value.to_string(),
    }
}
