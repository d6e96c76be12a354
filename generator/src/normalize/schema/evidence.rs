//! Formats that the document's own examples break. A type for such a format would refuse what the server sends.

use serde_json::{Map, Value};

use crate::formats;
use crate::normalize::context::Cx;
use crate::pointer::Path;

/// Takes the format of a schema, and of the members that stand in it, where the example shows another one.
pub(super) fn weigh(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(example) = map.get("example") else { return };
    match example {
        Value::String(text) => {
            let text = text.clone();
            against(&text, map, path, cx);
        }
        Value::Object(shown) => {
            let shown: Vec<(String, String)> = shown
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                .collect();
            let Some(Value::Object(members)) = map.get_mut("properties") else { return };
            let home = path.key("properties");
            for (key, text) in shown {
                if let Some(Value::Object(member)) = members.get_mut(&key) {
                    against(&text, member, &home.key(&key), cx);
                }
            }
        }
        _ => {}
    }
}

fn against(text: &str, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(format) = map.get("format").and_then(Value::as_str).filter(|format| !fits(format, text)) else {
        return;
    };
    let shown: String = text.chars().take(40).collect();
    let message = format!("the example `{shown}` is not a `{format}`; the format is ignored");
    cx.sloppy_value(&path.key("format"), message, "remove the format, or correct the example");
    map.shift_remove("format");
}

/// Whether a text could be of a format. What has no digit (`string`, `YYYY-MM-DD`) is no value, but stands for one, unless it is
/// an address. Base64 without padding is read, but is no evidence: hexadecimal digits and identifiers look like it.
fn fits(format: &str, text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains("://") {
        return true;
    }
    let is_padded = || text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() % 4 == 0;
    formats::fits(format, text) && (!matches!(format, "byte" | "base64") || is_padded())
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn values_of_a_format_and_what_stands_for_one_fit() {
        for (format, text) in [
            ("date-time", "2024-01-31T12:30:00Z"),
            ("date-time", "2024-01-31 12:30:00.25+02:00"),
            ("date-time", "2024-01-31T12:30"),
            ("date-time", "2024-01-31T12:30:00,25-0330"),
            ("date-time", "string"),
            ("date", "2024-01-31"),
            ("date", "YYYY-MM-DD"),
            ("uuid", "6F1C3A52-9d1e-4c1b-8a57-0e2d4f6b8a90"),
            ("uuid", "urn:uuid:6f1c3a529d1e4c1b8a570e2d4f6b8a90"),
            ("byte", "U3dhZ2dlciByb2Nrcw=="),
            ("email", "7"),
        ] {
            assert!(fits(format, text), "{format} {text}");
        }
    }

    #[test]
    fn other_values_do_not() {
        for (format, text) in [
            ("date-time", "2024-01-31"),
            ("date-time", "31.01.2024 12:30:00"),
            ("date-time", "1612137600"),
            ("date-time", "2024-01-31T12:30:00 UTC"),
            ("date", "31.01.2024"),
            ("uuid", "5a0c8e27a9d454cc150997c9"),
            ("byte", "0.1.17"),
            ("byte", "https://example.com"),
            // hexadecimal
            ("byte", "7b2c36"),
            ("date-time", "2024-01-31T12:30:0é"),
        ] {
            assert!(!fits(format, text), "{format} {text}");
        }
    }
}
