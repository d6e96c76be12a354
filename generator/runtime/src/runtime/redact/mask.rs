//! Takes out values whose names say that they are secret.

/// What stands where a secret stood.
pub(crate) const REDACTED: &str = "[redacted]";

/// Words in the names of what is secret.
const WORDS: [&str; 10] = [
    "password",
    "passwd",
    "secret",
    "token",
    "apikey",
    "privatekey",
    "accesskey",
    "authorization",
    "credential",
    "signature",
];

/// Does the name say that its value is secret?
fn is_secret(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| plain.contains(word))
}

/// JSON without the strings whose names are secret. It may be cut anywhere; other text stays as it is.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, string) = rest.split_at(quote);
        let (name, after) = string.split_at(end(string));
        out.push_str(before);
        out.push_str(name);
        rest = after;
        let colon = after.trim_start().strip_prefix(':').map(str::trim_start);
        if let Some(value) = colon.filter(|value| value.starts_with('"') && is_secret(name)) {
            out.push_str(&after[..after.len() - value.len()]);
            out.push('"');
            out.push_str(REDACTED);
            out.push('"');
            rest = &value[end(value)..];
        }
    }
    out + rest
}

/// The length of the string at the beginning of a text, quotes included; of one without an end, all of the text.
fn end(string: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in string.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    string.len()
}

/// A query or a form without the values whose names are secret.
pub(super) fn pairs(text: &str) -> String {
    let masked = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={REDACTED}"),
        _ => pair.to_owned(),
    });
    masked.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::{json, pairs};

    #[test]
    fn json_loses_secret_strings_and_nothing_else() {
        let masked = json(r#"{"user":"a","Api-Key" : "b\"c", "x":{"client_secret":"d"}, "max_tokens":5}"#);
        let expected =
            r#"{"user":"a","Api-Key" : "[redacted]", "x":{"client_secret":"[redacted]"}, "max_tokens":5}"#;
        assert_eq!(masked, expected);
        assert_eq!(json(r#"["token","password"]"#), r#"["token","password"]"#);
        for text in ["", "no JSON", r#"{"a":"#, r#"{"a"#, "{\"a\\", "\"token\":", "\u{e9}\"\u{e9}"] {
            assert_eq!(json(text), text);
        }
        assert_eq!(json(r#"{"password":"cut of"#), r#"{"password":"[redacted]""#);
    }

    #[test]
    fn forms_lose_secret_values_and_nothing_else() {
        assert_eq!(pairs("a=1&access_token=x&b"), "a=1&access_token=[redacted]&b");
        assert_eq!(pairs("password"), "password");
    }
}
