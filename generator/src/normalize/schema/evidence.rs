//! Formats that the document's own examples break. A type for such a format would refuse what the server sends.

use serde_json::{Map, Value};

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
/// an address.
fn fits(format: &str, text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains("://") {
        return true;
    }
    match format {
        "date" => is_date(text),
        "date-time" => is_date_time(text),
        "uuid" => {
            let bare = text.strip_prefix("urn:uuid:").unwrap_or(text);
            let bare = bare.trim_start_matches('{').trim_end_matches('}');
            bare.bytes().filter(|byte| *byte != b'-').count() == 32
                && bare.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        }
        "byte" | "base64" => {
            let bare = || text.bytes().filter(|byte| !b"\r\n".contains(byte));
            bare().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte))
                && bare().count() % 4 == 0
        }
        "base64url" => text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=\r\n".contains(&byte)),
        _ => true,
    }
}

/// Digits where the pattern has `0`, and else what the pattern has.
fn looks_like(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern.bytes().zip(text.bytes()).all(|(want, found)| match want {
            b'0' => found.is_ascii_digit(),
            b'T' => matches!(found, b'T' | b't' | b' '),
            _ => want == found,
        })
}

fn is_date(text: &str) -> bool {
    looks_like("0000-00-00", text)
}

/// What the SDK reads as one: RFC 3339, where the seconds and the offset may be left out.
fn is_date_time(text: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(16) else { return false };
    let rest = match rest.split_at_checked(3) {
        Some((seconds, rest)) if looks_like(":00", seconds) => rest,
        _ => rest,
    };
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let shifted = |offset: &str| ["00", "0000", "00:00"].iter().any(|form| looks_like(form, offset));
    let offset = matches!(rest, "" | "Z" | "z") || rest.strip_prefix(['+', '-']).is_some_and(shifted);
    looks_like("0000-00-00T00:00", head) && offset
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
