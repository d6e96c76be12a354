//! The bound on what schemas take in of others: n children of a parent with n properties have n² of them.

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::resolve::doc::Doc;

/// How many schemas and properties may be merged into others, each as often as it is. Large real
/// documents need some ten thousand.
const MOST_MERGED: usize = 10_000_000;

impl Doc {
    /// Counts a schema that is merged into another one; `false` beyond the bound, which is reported once.
    pub(super) fn may_merge(&self, schema: &Map<String, Value>, at: &Pointer, sink: &mut Sink) -> bool {
        let before = self.merged.get();
        let own = schema.get("properties").and_then(Value::as_object).map_or(0, Map::len);
        self.merged.set(before.saturating_add(1 + own));
        if before <= MOST_MERGED && self.merged.get() > MOST_MERGED {
            let message = "too many schemas and properties are merged by `allOf` and references";
            let help = "refer to the parents by properties instead, or inherit only where it is needed";
            sink.report(Diagnostic::new(Code::TooLarge, &self.origin(at), message).help(help));
        }
        self.merged.get() <= MOST_MERGED
    }
}
