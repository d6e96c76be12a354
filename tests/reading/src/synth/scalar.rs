//! Strings and numbers within their bounds.

use super::Mode;
use super::maker::Maker;
use super::shape::Shape;
use crate::pattern;
use serde_json::{Value, json};

/// Strings that a careless codec would spoil.
const TEXTS: [&str; 10] = [
    "text",
    "Zoë – “naïve” \\ / \n\t",
    "",
    "0",
    "a b&c=d?e#f%20",
    "日本語 🦀",
    "null",
    "1e5",
    "{\"json\": 1}",
    "\u{1}\u{7f}",
];

impl<'d> Maker<'d> {
    /// A string.
    pub(super) fn string(&mut self, shape: &Shape<'d>) -> Option<String> {
        let least = shape.count("minLength").unwrap_or(0);
        let most = shape.least("maxLength").map_or(usize::MAX, |n| n as usize);
        let fits = |text: &str| (least..=most).contains(&text.chars().count());
        let format = match shape.text("contentEncoding") {
            Some("base64") => Some("byte"),
            Some("base64url") => Some("base64url"),
            _ => shape.text("format"),
        };
        let fits = |text: &str| {
            let written = match format {
                Some("decimal") => is_decimal(text),
                Some("byte" | "base64") => is_base64(text),
                Some("base64url") => is_base64url(text),
                _ => true,
            };
            fits(text) && written
        };
        if let Some(pattern) = shape.text("pattern") {
            let full = !self.lean() || least > 0;
            for _ in 0..20 {
                let made = pattern::string(pattern, full, &mut |n| self.random(n))?;
                if fits(&made) {
                    return Some(made);
                }
            }
        }
        let samples: Vec<&str> =
            format.map_or(&[][..], spelled).iter().copied().filter(|s| fits(s)).collect();
        if !samples.is_empty() {
            let chosen = if self.lean() { 0 } else { self.random(samples.len()) };
            return Some(samples[chosen].to_owned());
        }
        let chosen = match self.mode {
            Mode::Smallest => 0,
            Mode::Varied => self.random(TEXTS.len()),
            Mode::Fullest | Mode::Nulls => self.random(2),
        };
        let mut text: String = TEXTS[chosen].chars().take(most).collect();
        while text.chars().count() < least {
            text.push('x');
        }
        Some(text)
    }

    /// An integer.
    pub(super) fn integer(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let (floor, ceiling) = match shape.text("format") {
            Some("int8") => (-128.0, 127.0),
            Some("uint8") => (0.0, 255.0),
            Some("int16") => (-32_768.0, 32_767.0),
            Some("uint16") => (0.0, 65_535.0),
            Some("int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
            Some("uint32") => (0.0, f64::from(u32::MAX)),
            Some("uint64" | "uint") => (0.0, 1.8e19),
            _ => (-9.2e18, 9.2e18),
        };
        let (least, most) = bounds(shape, 1.0);
        let (least, most) = (least.max(floor).ceil(), most.min(ceiling).floor());
        let step = shape.most("multipleOf").filter(|step| *step >= 1.0).unwrap_or(1.0);
        let mut fit: Vec<i64> =
            [1, 0, -1, 42, 1_000_000, 2_147_483_647, 9_007_199_254_740_993, -9_007_199_254_740_993]
                .into_iter()
                .filter(|n| (least..=most).contains(&(*n as f64)) && (*n as f64) % step == 0.0)
                .collect();
        fit.extend(
            [(least / step).ceil() * step, (most / step).floor() * step]
                .iter()
                .filter_map(|n| ((least..=most).contains(n) && n.abs() < 9.0e15).then_some(*n as i64)),
        );
        if self.lean() {
            return fit.first().map(|n| json!(n));
        }
        let chosen = self.random(fit.len());
        let number = *fit.get(chosen)?;
        // `1.0` is an integer too, to JSON Schema.
        let odd = self.mode == Mode::Varied && number.abs() < 1_000 && self.random(4) == 0;
        Some(if odd { json!(number as f64) } else { json!(number) })
    }

    /// A number; with the format of an integer, a whole one.
    pub(super) fn number(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let is_whole = |format: &str| {
            let size = format.strip_prefix('u').unwrap_or(format);
            ["int", "int8", "int16", "int32", "int64"].contains(&size)
                || ["integer", "long"].contains(&format)
        };
        if shape.text("format").is_some_and(is_whole) {
            return self.integer(shape);
        }
        let (least, most) = bounds(shape, 1e-3);
        let step = shape.most("multipleOf");
        let mut fit: Vec<f64> = [0.5, 1.0, 0.0, -2.25, 12_345.678, 0.1, 1e21, -3.0]
            .into_iter()
            .filter(|n| (least..=most).contains(n) && step.is_none_or(|step| n % step == 0.0))
            .collect();
        let step = step.unwrap_or(1e-3);
        for edge in [(least / step).ceil() * step, (most / step).floor() * step, (least + most) / 2.0] {
            if (least..=most).contains(&edge) && edge.abs() < 1e15 {
                fit.push(edge);
            }
        }
        let chosen = if self.lean() { 0 } else { self.random(fit.len()) };
        let number = *fit.get(chosen)?;
        Some(if number.fract() == 0.0 && number.abs() < 1e15 { json!(number as i64) } else { json!(number) })
    }
}

/// The closed interval that all bounds leave, in both spellings of exclusive ones.
fn bounds(shape: &Shape<'_>, tick: f64) -> (f64, f64) {
    let strict = |key: &str| shape.all(key).any(|value| value == &Value::Bool(true));
    let lift = |key: &str| if strict(key) { tick } else { 0.0 };
    let least = shape.most("minimum").map(|n| n + lift("exclusiveMinimum"));
    let most = shape.least("maximum").map(|n| n - lift("exclusiveMaximum"));
    let above = shape.most("exclusiveMinimum").map(|n| n + tick);
    let below = shape.least("exclusiveMaximum").map(|n| n - tick);
    let least = least.into_iter().chain(above).fold(f64::MIN, f64::max);
    let most = most.into_iter().chain(below).fold(f64::MAX, f64::min);
    (least, most)
}

/// Whether a text is a number as a server writes it: patterns of decimals often admit more, such as no digit at all.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction) && (whole == "0" || !whole.starts_with('0')) && digits.len() <= 28
}

/// Whether a text is what some bytes are written as: patterns and lengths beside `byte` are about the text, and know nothing of that.
fn is_base64(text: &str) -> bool {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let data = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    // What the last digit says beyond the last byte is nothing.
    let step = [1, 64, 16, 4][data.len() % 4];
    let last = data.chars().last().and_then(|digit| DIGITS.find(digit)).unwrap_or(0);
    text.len().is_multiple_of(4)
        && last.is_multiple_of(step)
        && data.chars().all(|digit| DIGITS.contains(digit))
}

/// The same for the alphabet of URLs, without padding.
fn is_base64url(text: &str) -> bool {
    let padding = ["", "===", "==", "="][text.len() % 4];
    !text.contains(['+', '/', '=']) && is_base64(&(text.replace('-', "+").replace('_', "/") + padding))
}

/// Values of a string format in any spelling: `DateTime` is meant as `date-time`.
fn spelled(format: &str) -> &'static [&'static str] {
    match samples(format) {
        [] => match format.replace(|c: char| !c.is_alphanumeric(), "").to_ascii_lowercase().as_str() {
            "datetime" => samples("date-time"),
            plain => samples(plain),
        },
        known => known,
    }
}

/// Values of a string format; empty for one that says nothing here.
fn samples(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2026-05-09T12:30:00Z",
            "2024-02-29T23:59:59.123456Z",
            "1999-12-31T00:00:00+02:00",
            "2026-01-01T08:15:30.5-07:30",
        ],
        "date" => &["2026-05-09", "2024-02-29", "1970-01-01"],
        "time" => &["08:30:00Z", "23:59:59.25Z", "12:00:00+02:00"],
        "duration" => &["PT15M", "P1DT2H", "P3W"],
        "uuid" => &["6f1c3a52-9d1e-4c1b-8a57-0e2d4f6b8a90", "00000000-0000-0000-0000-000000000000"],
        "email" | "idn-email" => &["someone@example.com", "a.b+c@sub.example.org"],
        "hostname" | "idn-hostname" => &["example.com", "a-1.example"],
        "ipv4" => &["192.0.2.7", "255.255.255.255"],
        "ipv6" => &["2001:db8::7", "::1"],
        "ip" => &["192.0.2.7", "2001:db8::7"],
        "uri" | "url" | "iri" => &["https://example.com/a?b=c%20d#e", "urn:example:1"],
        "uri-reference" | "iri-reference" => &["/a/b?c=1", "https://example.com/"],
        "uri-template" => &["/a/{id}"],
        "json-pointer" => &["/a/0", ""],
        "regex" => &["^a+$"],
        "byte" | "base64" => &["aGVsbG8=", "", "AAEC/w=="],
        "base64url" => &["aGVsbG8", "", "AAEC_w", "-_8"],
        "decimal" => &["12.50", "-0.01", "1234567890.123456789"],
        "int64" | "uint64" | "int32" => &["123", "9007199254740993"],
        "unix-time" => &["1767225600"],
        _ => &[],
    }
}
