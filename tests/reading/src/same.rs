//! Equality of JSON as the SDK promises it: numbers as numbers, date-times as instants, UUIDs in either case, objects without order.
//!
//! In: two JSON values. Out: the place and nature of the first difference, or nothing. Knows no schema.

use serde_json::{Number, Value};

/// The first difference between what was expected and what came, as one line; `None` when they are equal.
pub fn difference(expected: &Value, found: &Value) -> Option<String> {
    let mut path = String::from("$");
    compare(expected, found, &mut path)
}

/// Whether two values are equal.
pub fn same(a: &Value, b: &Value) -> bool {
    difference(a, b).is_none()
}

fn compare(a: &Value, b: &Value, path: &mut String) -> Option<String> {
    match (a, b) {
        (Value::Null, Value::Null) => None,
        (Value::Bool(x), Value::Bool(y)) if x == y => None,
        (Value::Number(x), Value::Number(y)) if same_number(x, y) => None,
        (Value::String(x), Value::String(y)) if x == y || same_instant(x, y) || same_uuid(x, y) => None,
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            x.iter().zip(y).enumerate().find_map(|(i, (x, y))| below(path, &format!("[{i}]"), x, y))
        }
        (Value::Array(x), Value::Array(y)) => {
            Some(format!("{path}: {} items expected, {} found", x.len(), y.len()))
        }
        (Value::Object(x), Value::Object(y)) => {
            if let Some(key) = x.keys().find(|key| !y.contains_key(*key)) {
                return Some(format!("{path}: member `{key}` is lost"));
            }
            if let Some(key) = y.keys().find(|key| !x.contains_key(*key)) {
                return Some(format!("{path}: member `{key}` was added"));
            }
            x.iter().find_map(|(key, x)| below(path, &format!(".{key}"), x, &y[key]))
        }
        _ => Some(format!("{path}: expected `{}`, found `{}`", short(a), short(b))),
    }
}

fn below(path: &mut String, step: &str, a: &Value, b: &Value) -> Option<String> {
    let end = path.len();
    path.push_str(step);
    let found = compare(a, b, path);
    path.truncate(end);
    found
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64()) {
        return x == y;
    }
    if let (Some(x), Some(y)) = (a.as_u64(), b.as_u64()) {
        return x == y;
    }
    // An integer beyond 2^53 that went through a float has lost digits: compare it as an integer where that is possible.
    match (exact(a), exact(b)) {
        (Some(x), Some(y)) => x == y,
        _ => a.as_f64() == b.as_f64(),
    }
}

fn exact(number: &Number) -> Option<i128> {
    if let Some(n) = number.as_i64() {
        return Some(i128::from(n));
    }
    if let Some(n) = number.as_u64() {
        return Some(i128::from(n));
    }
    // By the digits that a float is written with: `-5.958701615927007e16` is what `-59587016159270070` was read as, though the float
    // itself lies two further off.
    let float = number.as_f64()?;
    (float.fract() == 0.0 && float.abs() < 1e30).then(|| float.to_string().parse().ok()).flatten()
}

/// Whether two texts are one UUID, which is read in letters of either case and written in small ones.
fn same_uuid(a: &str, b: &str) -> bool {
    let digit = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    a.len() == 36 && a.eq_ignore_ascii_case(b) && a.bytes().enumerate().all(digit)
}

fn same_instant(a: &str, b: &str) -> bool {
    matches!((instant(a), instant(b)), (Some(x), Some(y)) if x == y)
}

/// Nanoseconds since 1970 of an RFC 3339 date-time; `None` for any other text. Digits beyond nanoseconds are cut.
pub fn instant(text: &str) -> Option<i128> {
    let bytes = text.as_bytes();
    if bytes.len() < 20 || !text.is_ascii() {
        return None;
    }
    let shape = [(4, b"-"), (7, b"-"), (13, b":"), (16, b":")];
    if !shape.iter().all(|(at, want)| bytes[*at] == want[0]) || !matches!(bytes[10], b'T' | b't' | b' ') {
        return None;
    }
    let (year, month, day) = (digits(&text[0..4])?, digits(&text[5..7])?, digits(&text[8..10])?);
    let (hour, minute, second) = (digits(&text[11..13])?, digits(&text[14..16])?, digits(&text[17..19])?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = &text[19..];
    let mut nanos = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction.find(|c: char| !c.is_ascii_digit())?;
        if end == 0 {
            return None;
        }
        let kept = &fraction[..end.min(9)];
        nanos = digits(kept)? * 10_i128.pow(9 - kept.len() as u32);
        rest = &fraction[end..];
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset(rest)?;
    Some(seconds * 1_000_000_000 + nanos)
}

fn digits(text: &str) -> Option<i128> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn offset(text: &str) -> Option<i128> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if text.len() != 6 || text.as_bytes()[3] != b':' {
        return None;
    }
    Some(sign * (digits(&text[1..3])? * 3_600 + digits(&text[4..6])? * 60))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
