//! YAML through `serde_yaml`.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::Stop;
use super::build::Builder;
use crate::diag::Sink;
use crate::source::Lines;

pub(super) fn read(body: &str, sink: &mut Sink) -> Option<Value> {
    let builder = Builder::new(body, true, sink);
    let read = builder.root().deserialize(serde_yaml::Deserializer::from_str(body));
    let ended = builder.ended();
    read.map_err(|error| stop(&error, body).report(body, ended, sink)).ok()
}

fn stop(error: &serde_yaml::Error, body: &str) -> Stop {
    let message = error.to_string();
    let several = message.contains("more than one document");
    let at = match error.location() {
        Some(location) => Some(Lines::new(body).offset_of_character(location.index())),
        None if several => second_document(body),
        None => None,
    };
    Stop {
        depth: message.starts_with("recursion limit exceeded"),
        message: if several { "the file holds more than one document".to_owned() } else { message },
        at,
    }
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
