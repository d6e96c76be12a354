//! Bounds that leave nothing between them.

use serde_json::Value;

use super::context::{Check, Object};
use crate::diag::Code;
use crate::pointer::Path;
use crate::tree::get;

/// Lower and upper bounds, each with the flag that makes it exclusive.
const PAIRS: [(&str, &str, &str, &str); 4] = [
    ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength", "", ""),
    ("minItems", "maxItems", "", ""),
    ("minProperties", "maxProperties", "", ""),
];

impl<'d> Check<'d, '_> {
    pub(super) fn bounds(&mut self, schema: &'d Object, at: &Path<'_>) {
        for (lower, upper, above, below) in PAIRS {
            let (Some(low), Some(high)) = (get(schema, lower), get(schema, upper)) else { continue };
            let (Some(least), Some(most)) = (low.as_f64(), high.as_f64()) else { continue };
            let flag = |key: &str| get(schema, key).and_then(Value::as_bool) == Some(true);
            if least > most || (least == most && (flag(above) || flag(below))) {
                let message = format!("no value is valid: `{lower}` is {low}, but `{upper}` is {high}");
                let diagnostic = self
                    .found(Code::Contradiction, &at.key(lower), message)
                    .also(&self.origin(&at.key(upper)), "upper bound")
                    .help("swap or correct the bounds");
                self.sink.report(diagnostic);
            }
        }
        if let Some(step) = get(schema, "multipleOf")
            && step.as_f64().is_some_and(|step| step <= 0.0)
        {
            let message = format!("`multipleOf` must be greater than 0, but is {step}");
            self.value(Code::Contradiction, &at.key("multipleOf"), message, "correct or remove it");
        }
    }
}
