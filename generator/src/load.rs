//! Reads the text of a document into an ordered JSON tree.
//!
//! In: a [`Source`]. Out: a [`Tree`] whose root is an object that calls itself OpenAPI 3, or nothing and the reasons.
//! Duplicate keys, odd scalars and runaway aliases are reported here, since the tree cannot show them any more. This is
//! the only place that knows `serde_yaml`; nothing here knows what OpenAPI means beyond its version.
//!
//! JSON and YAML share one builder (`build`): a serde visitor that makes the tree in one pass, checks keys as they come, and
//! counts what it makes. Both readers stop at 128 levels by themselves, before the stack is in danger.

use serde_json::Value;

use crate::diag::{Code, Cut, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::source::{Format, Source};
use crate::tree::{Tree, stage};
use stop::Stop;

pub(crate) use recover::Recovered;

mod alias;
mod build;
mod json;
mod recover;
mod stop;
#[cfg(test)]
mod tests;
mod version;
mod yaml;

stage! {
    /// The document as it was written.
    pub Loaded
}

/// The document as a tree. Everything wrong with it is in `sink`; `None` when there is nothing to go on with.
///
/// A syntax error does not stop the run: it recovers, and reports what else is wrong.
pub fn load(source: &Source, sink: &mut Sink) -> Option<Loaded> {
    let root = whole(source, sink)?;
    version::check(&root, source.body(), sink).then(|| Loaded(Tree { root, ..Tree::default() }))
}

/// A file of any content as a tree, in silence; `None` where it cannot be read.
pub(crate) fn part(source: &Source) -> Option<Value> {
    read(source, &mut Sink::new())
}

/// The same with everything wrong about it in `sink`, as if it were the document.
pub(crate) fn read(source: &Source, sink: &mut Sink) -> Option<Value> {
    text(source.body(), source.format(), sink)
        .map_err(|stop| sink.report(stop.diagnostic(source.body())))
        .ok()
}

fn text(body: &str, format: Format, sink: &mut Sink) -> Result<Value, Stop> {
    match format {
        Format::Json => json::read(body, sink),
        Format::Yaml | Format::Toml => yaml::read(body, sink),
    }
}

/// The document, also where it has syntax errors that the generator can recover from.
fn whole(source: &Source, sink: &mut Sink) -> Option<Value> {
    let (body, format) = (source.body(), source.format());
    let before = sink.count();
    let stop = match text(body, format, sink) {
        Ok(root) => return Some(root),
        Err(stop) => stop,
    };
    // What the reader reported on its way is reported again, or was part of the error.
    sink.forget(before);
    let first = stop.diagnostic(body);
    let recovery = recovery(body, format, stop);
    let open = recovery.errors.iter().map(|error| error.open).max().unwrap_or(0);
    for error in recovery.errors {
        let found = Diagnostic::new(Code::Syntax, &Pointer::root(), error.message);
        sink.report(found.at_span(error.span).help(error.help));
    }
    match (recovery.recovered, recovery.end) {
        (Some(recovered), _) => {
            let root = text(&recovered.text, format, sink).ok()?;
            if open > 0 {
                sink.set_cut(Cut::new(&last(&root, open)));
            }
            Some(root)
        }
        (None, Some((_, recovered))) if recovered.text == body => {
            sink.report(first);
            None
        }
        (None, end) => {
            let mut last = end.map(|(stop, recovered)| (stop.diagnostic(&recovered.text), recovered));
            if let Some((diagnostic, recovered)) = &mut last {
                diagnostic.each_span(|span| recovered.span(span));
            }
            sink.report(last.map_or(first, |(diagnostic, _)| diagnostic));
            None
        }
    }
}

/// The keys that lead to the last node within this many brackets.
fn last(root: &Value, brackets: usize) -> Vec<String> {
    let (mut keys, mut node) = (Vec::new(), root);
    while keys.len() < brackets {
        let last = match node {
            Value::Object(members) => members.iter().next_back().map(|(key, below)| (key.clone(), below)),
            Value::Array(items) => {
                items.iter().enumerate().next_back().map(|(at, below)| (at.to_string(), below))
            }
            _ => None,
        };
        let Some((key, below)) = last else { break };
        keys.push(key);
        node = below;
    }
    keys
}

fn recovery(body: &str, format: Format, stop: Stop) -> recover::Recovery {
    recover::recover(body, format, stop, |body| text(body, format, &mut Sink::new()).err())
}

/// A text without its syntax errors, if it has any and the generator can recover from all: for finding locations in it.
pub(crate) fn recovered(source: &Source) -> Option<Recovered> {
    let (body, format) = (source.body(), source.format());
    let stop = text(body, format, &mut Sink::new()).err()?;
    recovery(body, format, stop).recovered
}
