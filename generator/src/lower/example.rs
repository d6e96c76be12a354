//! Examples of media types.

use serde_json::Value;

use super::context::Lower;
use crate::pointer::Pointer;

impl Lower<'_, '_> {
    /// The first example of a media type, as JSON text.
    pub(super) fn example(&self, at: &Pointer) -> Option<String> {
        let media = self.doc.value(at)?;
        let first = || {
            let example = media.get("examples")?.as_object()?.values().next()?;
            let shared = example.get("$ref").and_then(Value::as_str).map(Pointer::from);
            shared.map_or(Some(example), |at| self.doc.value(&at))?.get("value")
        };
        media.get("example").or_else(first).map(Value::to_string)
    }
}
