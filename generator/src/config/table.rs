//! A reader of TOML tables that knows which keys were read, and reports the others as unknown.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::pointer::Pointer;

/// A table with its pointer, and the keys that were read.
pub(super) struct Table<'t> {
    entries: &'t DeTable<'t>,
    at: Pointer,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(entries: &'t DeTable<'t>, at: Pointer) -> Self {
        Self { entries, at, asked: Vec::new() }
    }

    pub(super) fn at(&self) -> &Pointer {
        &self.at
    }

    /// Reads the value of a key.
    pub(super) fn get(&mut self, key: &'static str) -> Option<(&'t DeValue<'t>, Pointer)> {
        self.asked.push(key);
        self.entries.get(key).map(|value| (value.get_ref(), self.at.child(key)))
    }

    /// Reads a string.
    pub(super) fn string(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.get(key).and_then(|(value, at)| string(value, &at, sink))
    }

    /// Reads a boolean; an absent one is false.
    pub(super) fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        let Some((value, at)) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            wrong(value, &at, "`true` or `false`", sink);
            false
        })
    }

    /// Reads an array of strings; an absent one is empty.
    pub(super) fn strings(&mut self, key: &'static str, sink: &mut Sink) -> Vec<String> {
        self.given_strings(key, sink).unwrap_or_default()
    }

    /// Reads an array of strings, if it is given.
    pub(super) fn given_strings(&mut self, key: &'static str, sink: &mut Sink) -> Option<Vec<String>> {
        let (value, at) = self.get(key)?;
        let Some(items) = value.as_array() else {
            wrong(value, &at, "an array of strings", sink);
            return Some(Vec::new());
        };
        let items = items.iter().enumerate();
        Some(items.filter_map(|(index, item)| string(item.get_ref(), &at.child(index), sink)).collect())
    }

    /// Reads a table in this one, if it is given.
    pub(super) fn table(&mut self, key: &'static str, sink: &mut Sink) -> Option<Table<'t>> {
        self.get(key).and_then(|(value, at)| table(value, at, sink))
    }

    /// Returns all entries of a table with arbitrary keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'t str, &'t DeValue<'t>, Pointer)> + '_ {
        self.entries.iter().map(|(key, value)| {
            let key: &'t str = key.get_ref();
            (key, value.get_ref(), self.at.child(key))
        })
    }

    /// Reports the keys that were not read.
    pub(super) fn finish(self, sink: &mut Sink) {
        for key in self.entries.keys().map(|key| key.get_ref()) {
            if self.asked.contains(&key.as_ref()) {
                continue;
            }
            let place = match self.at.as_str() {
                "" => "in `sdk.toml`".to_owned(),
                at => format!("in `[{}]`", at[1..].replace('/', ".")),
            };
            let known = || self.asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            sink.report(
                Diagnostic::in_config(
                    Code::Config,
                    &self.at.child(key),
                    format!("unknown key `{key}` {place}"),
                )
                .at_key()
                .help(match suggest(key, self.asked.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("use one of {}", known()),
                }),
            );
        }
    }
}

/// Reads a string, or reports a value of another type.
pub(super) fn string(value: &DeValue<'_>, at: &Pointer, sink: &mut Sink) -> Option<String> {
    match value.as_str() {
        Some(text) if text.contains('\0') => {
            let message = "the string has a NUL character, which neither Rust nor cargo accepts";
            sink.report(Diagnostic::in_config(Code::Config, at, message).help("remove the `\\u0000`"));
            None
        }
        Some(text) => Some(text.to_owned()),
        None => {
            wrong(value, at, "a quoted string", sink);
            None
        }
    }
}

/// Reads a table of strings.
pub(super) fn strings(table: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, String> {
    let entries = table.entries();
    entries.filter_map(|(key, value, at)| Some((key.to_owned(), string(value, &at, sink)?))).collect()
}

/// Reads a table, or reports a value of another type.
pub(super) fn table<'t>(value: &'t DeValue<'t>, at: Pointer, sink: &mut Sink) -> Option<Table<'t>> {
    match value {
        DeValue::Table(entries) => Some(Table::new(entries, at)),
        _ => {
            wrong(value, &at, "a table", sink);
            None
        }
    }
}

/// Reports a value of the wrong type.
pub(super) fn wrong(value: &DeValue<'_>, at: &Pointer, wanted: &str, sink: &mut Sink) {
    let key = at.keys().last().unwrap_or_default();
    let is = match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    sink.report(
        Diagnostic::in_config(Code::Config, at, format!("`{key}` is {is}, but must be {wanted}"))
            .label(format!("expected {wanted}"))
            .help(format!("write {wanted}, or remove the line")),
    );
}

/// Converts a TOML value to JSON; dates become strings.
pub(super) fn json(value: &DeValue<'_>, at: &Pointer, sink: &mut Sink) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(is) => Value::Bool(*is),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => {
                wrong(value, at, "a 64-bit number", sink);
                Value::Null
            }
        },
        DeValue::Float(number) => {
            let finite = number.as_str().parse().ok().and_then(serde_json::Number::from_f64);
            if finite.is_none() {
                wrong(value, at, "a finite number", sink);
            }
            finite.map_or(Value::Null, Value::Number)
        }
        DeValue::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| json(item.get_ref(), &at.child(index), sink))
            .collect(),
        DeValue::Table(entries) => entries
            .iter()
            .map(|(key, value)| {
                (key.get_ref().to_string(), json(value.get_ref(), &at.child(key.get_ref()), sink))
            })
            .collect(),
    }
}

/// Reports text that is not a JSON pointer.
pub(super) fn check_pointer(pointer: &str, at: &Pointer, key: bool, sink: &mut Sink) {
    let text = pointer.strip_prefix('#').unwrap_or(pointer);
    if text.is_empty() || text.starts_with('/') {
        return;
    }
    let diagnostic = Diagnostic::in_config(Code::Config, at, format!("`{pointer}` is not a JSON pointer"))
        .help("begin it with `/`, as in `/components/schemas/Name`");
    sink.report(if key { diagnostic.at_key() } else { diagnostic });
}
