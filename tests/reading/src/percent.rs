//! Percent-encoding, read by the tests' own code.

/// Decodes `%XX`; a `%` without two hexadecimal digits stays. Bytes that are no UTF-8 become the replacement character.
pub fn decode(text: &str) -> String {
    String::from_utf8_lossy(&decode_bytes(text.as_bytes())).into_owned()
}

/// Decodes a part of `application/x-www-form-urlencoded` text: as [`decode`], and `+` is a space.
pub fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " "))
}

fn decode_bytes(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let digits = (text[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten().and_then(byte);
        match digits {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    out
}

fn byte(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(value(digits[0])? * 16 + value(digits[1])?).ok()
}
