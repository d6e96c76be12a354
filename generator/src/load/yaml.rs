//! YAML through `serde_yaml`.

use saphyr_parser::{Event, Parser};
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::build::{Builder, Ended};
use super::stop::{MOST_LEVELS, Stop};
use crate::diag::Sink;
use crate::source::Lines;

/// `libyaml` below `serde_yaml` takes time by the square of nested flow brackets. Up to so many brackets in a document
/// that is no matter; the largest public documents have a few thousand.
const MOST_BRACKETS: usize = 8192;

pub(super) fn read(body: &str, sink: &mut Sink) -> Result<Value, Stop> {
    if let Some(at) = flow_too_deep(body) {
        let message = String::new();
        return Err(Stop { message, at: Some(at), depth: true, aliases: false, ended: Ended::Usual });
    }
    let builder = Builder::new(body, true, sink);
    let read = builder.root().deserialize(serde_yaml::Deserializer::from_str(body));
    let ended = builder.ended();
    read.map_err(|error| Stop { ended, ..stop(&error, body) })
}

/// Where the document becomes too deep, if it has enough brackets for that to be dangerous. The other YAML parser finds
/// out, which counts brackets as it goes and gives up early.
fn flow_too_deep(body: &str) -> Option<usize> {
    if body.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() <= MOST_BRACKETS {
        return None;
    }
    let offset = |character| Lines::new(body).offset_of_character(character);
    let mut depth = 0usize;
    for event in Parser::new_from_str(body) {
        match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                depth += 1;
                if depth > MOST_LEVELS {
                    return Some(offset(span.start.index()));
                }
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => depth -= 1,
            Ok(_) => {}
            Err(error) if error.info().contains("recursion limit") => {
                return Some(offset(error.marker().index()));
            }
            // Broken text is for `serde_yaml` to report, if it is not dangerous on the face of it.
            Err(error) => {
                let at = offset(error.marker().index());
                return (open_brackets(&body[at..]) > MOST_LEVELS).then_some(at);
            }
        }
    }
    None
}

/// The most brackets that are open at a time, if every bracket counts.
fn open_brackets(text: &str) -> usize {
    let mut most = 0;
    let mut open = 0usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

fn stop(error: &serde_yaml::Error, body: &str) -> Stop {
    let message = error.to_string();
    let several = message.contains("more than one document");
    let at = match error.location() {
        // Their place is told in bytes, and not as one.
        _ if message.contains("control characters") => {
            body.char_indices().find(|(_, c)| is_control(*c)).map(|(at, _)| at)
        }
        // Counted in bytes.
        Some(location) => (0..=location.index().min(body.len())).rev().find(|at| body.is_char_boundary(*at)),
        None if several => second_document(body),
        None => None,
    };
    Stop {
        aliases: message.starts_with("repetition limit exceeded"),
        depth: message.starts_with("recursion limit exceeded"),
        message: if several { "the file holds more than one document".to_owned() } else { message },
        at,
        ended: Ended::Usual,
    }
}

/// What YAML lets stand in no text.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{85}')
}

/// Where the second document of a file begins.
fn second_document(body: &str) -> Option<usize> {
    let mut seen = false;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_end();
        if (text == "---" || text.starts_with("--- ")) && seen {
            return Some(at);
        }
        seen |= !text.is_empty() && !text.starts_with(['#', '%']);
        at += line.len();
    }
    None
}
