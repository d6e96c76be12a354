//! Texts that the types of the formats read. It knows nothing of schemas.

/// Whether the SDK reads a text as a value of a format; `true` for formats that it does not know.
pub(crate) fn fits(format: &str, text: &str) -> bool {
    match format {
        "date-time" => is_date_time(text),
        "date" => is_date(text.as_bytes()),
        "uuid" => is_uuid(text),
        "byte" | "base64" | "base64url" => is_base64(text),
        "decimal" => is_decimal(text),
        _ => true,
    }
}

/// Digits where the pattern has `0`, and else what the pattern has.
fn looks_like(pattern: &str, text: &[u8]) -> bool {
    let fits = |(want, found): (u8, &u8)| if want == b'0' { found.is_ascii_digit() } else { want == *found };
    pattern.len() == text.len() && pattern.bytes().zip(text).all(fits)
}

fn number(text: &[u8]) -> u32 {
    text.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

fn is_date(text: &[u8]) -> bool {
    if !looks_like("0000-00-00", text) {
        return matches!(text.first(), Some(b'+' | b'-'));
    }
    let (year, month, day) = (number(&text[..4]), number(&text[5..7]), number(&text[8..]));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// RFC 3339, where seconds and offset may be missing.
fn is_date_time(text: &str) -> bool {
    let text = text.as_bytes();
    let Some((date, rest)) = text.split_at_checked(10) else { return false };
    if !is_date(date) {
        return matches!(text.first(), Some(b'+' | b'-'));
    }
    let Some((time, mut rest)) = rest.split_at_checked(6) else { return false };
    let is_time = matches!(time[0], b'T' | b't' | b' ') && looks_like("00:00", &time[1..]);
    if !is_time || number(&time[1..3]) > 23 || number(&time[4..6]) > 59 {
        return false;
    }
    if let Some((seconds, after)) = rest.split_at_checked(3).filter(|(seconds, _)| looks_like(":00", seconds))
    {
        if number(&seconds[1..]) > 60 {
            return false;
        }
        rest = after;
    }
    if let [b'.' | b',', after @ ..] = rest {
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return false;
        }
        rest = &after[digits..];
    }
    match rest {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => ["00", "0000", "00:00"].iter().any(|form| looks_like(form, offset)),
        _ => false,
    }
}

fn is_uuid(text: &str) -> bool {
    let bare = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let bare = bare.strip_prefix('{').and_then(|bare| bare.strip_suffix('}')).unwrap_or(bare);
    let digits = bare.bytes().filter(u8::is_ascii_hexdigit).count();
    let dashes: Vec<usize> =
        bare.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(at, _)| at).collect();
    digits == 32 && digits + dashes.len() == bare.len() && (dashes.is_empty() || dashes == [8, 13, 18, 23])
}

fn is_base64(text: &str) -> bool {
    let bare: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let end = bare.iter().rposition(|byte| *byte != b'=').map_or(0, |at| at + 1);
    let (data, padding) = bare.split_at(end);
    let is_url = data.iter().any(|byte| b"-_".contains(byte));
    let odd = if is_url { b"-_" } else { b"+/" };
    data.iter().all(|byte| byte.is_ascii_alphanumeric() || odd.contains(byte))
        && data.len() % 4 != 1
        && (padding.is_empty() || (data.len() + padding.len()) % 4 == 0)
}

fn is_decimal(text: &str) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = bare.split_once(['e', 'E']).unwrap_or((bare, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    digits > 0
        && mantissa.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'_')
        && mantissa.matches('.').count() < 2
        && exponent.parse::<i32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn values_fit_their_formats() {
        for (format, text) in [
            ("date-time", "2024-01-31T12:30:00Z"),
            ("date-time", "2024-01-31 12:30:00.25+02:00"),
            ("date-time", "2024-01-31T12:30"),
            ("date-time", "2024-01-31T12:30:60,25-0330"),
            ("date", "2024-02-29"),
            ("uuid", "6F1C3A52-9d1e-4c1b-8a57-0e2d4f6b8a90"),
            ("uuid", "{6f1c3a529d1e4c1b8a570e2d4f6b8a90}"),
            ("byte", "U3dhZ2dlciByb2Nrcw=="),
            ("byte", "U3dh\nZ2dlciByb2Nrcw"),
            ("decimal", "-1.50"),
            ("email", "7"),
        ] {
            assert!(fits(format, text), "{format} {text}");
        }
    }

    #[test]
    fn other_values_do_not() {
        for (format, text) in [
            ("date-time", "2024-01-31"),
            ("date-time", "1612137600"),
            ("date-time", "2024-01-31T25:00:00Z"),
            ("date-time", "2024-01-31T12:30:00 UTC"),
            ("date-time", "2024-01-31T12:30:00.Z"),
            ("date-time", "yesterday"),
            ("date", "2023-02-29"),
            ("date", "31.01.2024"),
            ("uuid", "wf_123"),
            ("uuid", "6F1C3A529-d1e-4c1b-8a57-0e2d4f6b8a90"),
            ("byte", "a"),
            ("byte", "0.1"),
            ("decimal", "1,5"),
            ("decimal", "."),
        ] {
            assert!(!fits(format, text), "{format} {text}");
        }
    }
}
