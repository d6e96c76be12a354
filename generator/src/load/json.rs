//! JSON through `serde_json`.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::build::{Builder, Ended};
use super::stop::Stop;
use crate::diag::Sink;
use crate::source::Lines;

pub(super) fn read(body: &str, sink: &mut Sink) -> Result<Value, Stop> {
    if body.trim().is_empty() {
        return Ok(Value::Null);
    }
    let builder = Builder::new(body, false, sink);
    let mut reader = serde_json::Deserializer::from_str(body);
    let read = builder.root().deserialize(&mut reader).and_then(|root| reader.end().map(|()| root));
    let ended = builder.ended();
    read.map_err(|error| Stop { ended, ..stop(&error, body) })
}

fn stop(error: &serde_json::Error, body: &str) -> Stop {
    let message = error.to_string();
    let lines = Lines::new(body);
    // Columns of `serde_json` count the bytes read so far in the line.
    let line = lines.line(error.line().clamp(1, lines.count()));
    let mut at = (line.start + error.column().saturating_sub(1)).min(body.len());
    while !body.is_char_boundary(at) {
        at -= 1;
    }
    Stop {
        depth: message.starts_with("recursion limit exceeded"),
        aliases: false,
        message,
        at: Some(at),
        ended: Ended::Usual,
    }
}
