//! Reads `[waits]`, `[paging]` and `[streams]`.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::de::DeValue;

use super::table::{Table, json, string, table, wrong};
use super::{PagingBy, PagingChoice, PagingStyle, StreamChoice, Streams, WaitChoice};
use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::pointer::Pointer;

pub(super) fn waits(waits: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, WaitChoice> {
    let mut choices = BTreeMap::new();
    for (id, choice, at) in waits.entries() {
        let Some(mut choice) = table(choice, at.clone(), sink) else { continue };
        let until = choice.string("until", sink);
        let is = choice.get("is").map(|(value, at)| values(value, &at, sink));
        let name = choice.string("name", sink);
        choice.finish(sink);
        match (until, is) {
            (Some(until), Some(is)) if !is.is_empty() => {
                choices.insert(id.to_owned(), WaitChoice { until, is, name });
            }
            // A value of the wrong type has been reported.
            (Some(_), Some(_)) => {}
            (until, _) => {
                let key = if until.is_none() { "until" } else { "is" };
                let help = "say when the response is final: `{ until = \"status\", is = [\"completed\", \"failed\"] }`";
                sink.report(
                    Diagnostic::in_config(Code::Config, &at, format!("`{id}` needs `{key}`"))
                        .at_key()
                        .help(help),
                );
            }
        }
    }
    choices
}

/// Reads an array of strings and booleans.
fn values(value: &DeValue<'_>, at: &Pointer, sink: &mut Sink) -> Vec<String> {
    let Some(items) = value.as_array() else {
        wrong(value, at, "an array", sink);
        return Vec::new();
    };
    let mut values = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match item.get_ref() {
            DeValue::Boolean(is) => values.push(is.to_string()),
            other => values.extend(string(other, &at.child(index), sink)),
        }
    }
    if items.is_empty() {
        let message = "the array is empty, so waiting would never end";
        sink.report(Diagnostic::in_config(Code::Config, at, message).help("list the values that are final"));
    }
    values
}

pub(super) fn paging(paging: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, PagingChoice> {
    let mut choices = BTreeMap::new();
    for (id, choice, at) in paging.entries() {
        let read = match choice {
            DeValue::Boolean(false) => Some(PagingChoice::Off),
            DeValue::Table(_) => table(choice, at, sink).and_then(|table| by(table, sink)),
            _ => {
                wrong(choice, &at, "`false` or a table", sink);
                None
            }
        };
        choices.extend(read.map(|read| (id.to_owned(), read)));
    }
    choices
}

fn by(mut table: Table<'_>, sink: &mut Sink) -> Option<PagingChoice> {
    let style = table.get("style");
    let by = PagingBy {
        style: PagingStyle::Cursor,
        param: table.string("param", sink),
        first: table.get("first").and_then(|(value, at)| integer(value, &at, sink)),
        items: table.string("items", sink),
        next: table.string("next", sink),
        more: table.string("more", sink),
    };
    let at = table.at().clone();
    table.finish(sink);
    let known = || PagingStyle::ALL.iter().map(|style| style.as_str());
    let all = known().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let Some((value, place)) = style else {
        let message = "the paging style is missing";
        sink.report(
            Diagnostic::in_config(Code::Config, &at, message).at_key().help(format!("set `style` to {all}")),
        );
        return None;
    };
    let name = string(value, &place, sink)?;
    let Some(style) = PagingStyle::ALL.iter().copied().find(|style| style.as_str() == name) else {
        let help = match suggest(&name, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use {all}"),
        };
        sink.report(
            Diagnostic::in_config(Code::Config, &place, format!("unknown paging style `{name}`")).help(help),
        );
        return None;
    };
    Some(PagingChoice::By(PagingBy { style, ..by }))
}

pub(super) fn streams(mut streams: Table<'_>, sink: &mut Sink) -> Streams {
    let all = stream(&mut streams, sink);
    let mut operations = BTreeMap::new();
    if let Some(choices) = streams.table("operations", sink) {
        for (id, choice, at) in choices.entries() {
            let Some(mut choice) = table(choice, at.clone(), sink) else { continue };
            let read = stream(&mut choice, sink);
            choice.finish(sink);
            if read == StreamChoice::default() {
                sink.report(
                    Diagnostic::in_config(Code::Config, &at, format!("`{id}` needs `end` or `errors`"))
                        .at_key()
                        .help("say what ends the stream: `{ end = [\"[DONE]\"] }`, or `[]` if nothing does"),
                );
            } else {
                operations.insert(id.to_owned(), read);
            }
        }
    }
    streams.finish(sink);
    Streams { all, operations }
}

fn stream(table: &mut Table<'_>, sink: &mut Sink) -> StreamChoice {
    let end = table.given_strings("end", sink);
    let at = table.at().child("errors");
    let errors = table.given_strings("errors", sink);
    for (index, mark) in errors.iter().flatten().enumerate() {
        if mark.is_empty() || mark == "/" {
            let message = format!("`{mark}` is neither the name of an event nor a pointer into its data");
            let help = "name an event (`failure`), or point to the error in its data (`/error`)";
            sink.report(Diagnostic::in_config(Code::Config, &at.child(index), message).help(help));
        }
    }
    StreamChoice { end, errors }
}

fn integer(value: &DeValue<'_>, at: &Pointer, sink: &mut Sink) -> Option<i64> {
    match json(value, at, sink) {
        Value::Number(number) if number.is_i64() => number.as_i64(),
        _ => {
            wrong(value, at, "an integer", sink);
            None
        }
    }
}
