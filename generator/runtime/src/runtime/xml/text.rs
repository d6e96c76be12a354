//! Characters, names and scalars of XML.

use std::borrow::Cow;

/// The namespace of `xsi:nil`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of the prefix `xml`, which is never declared.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Whether a character may stand in a document (XML 1.0, section 2.2).
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether this is a name without a colon (XML 1.0, section 2.3; Namespaces in XML, section 3).
pub(super) fn is_name(text: &str) -> bool {
    let starts = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
            | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let goes_on = |c: char| {
        let further =
            matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}');
        starts(c) || further
    };
    text.starts_with(starts) && text.chars().all(goes_on)
}

/// The namespace and the local part of a name as unknown members have it: `{urn:x}name`.
pub(super) fn split(key: &str) -> (Option<&str>, &str) {
    match key.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, key),
    }
}

/// Appends text, escaped so that every reader finds the same characters. Quotes matter only in attributes.
pub(super) fn escape(text: &str, is_attribute: bool, out: &mut String) -> Result<(), String> {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            // Readers make a line feed of one that is not escaped.
            '\r' => out.push_str("&#13;"),
            c if is_char(c) => out.push(c),
            c => return Err(unspeakable(c)),
        }
    }
    Ok(())
}

/// Appends text as CDATA; what cannot stand in one section is put between two.
pub(super) fn cdata(text: &str, out: &mut String) -> Result<(), String> {
    if let Some(c) = text.chars().find(|c| !is_char(*c)) {
        return Err(unspeakable(c));
    }
    out.push_str("<![CDATA[");
    out.push_str(&text.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#13;<![CDATA["));
    out.push_str("]]>");
    Ok(())
}

fn unspeakable(c: char) -> String {
    format!("XML has no character U+{:04X}; leave it out", u32::from(c))
}

/// A number of XML as one of JSON, which knows no `+5`, `05`, `.5` and `5.`; `None` for what is no number.
pub(super) fn number(text: &str) -> Option<Cow<'_, str>> {
    let is_json = |text: &str| serde_json::from_str::<serde_json::Number>(text).is_ok();
    if is_json(text) {
        return Some(Cow::Borrowed(text));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c == '.' || c.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    let plain = format!("{sign}{zero}{}", digits.strip_suffix('.').unwrap_or(digits));
    Some(Cow::Owned(plain)).filter(|text| is_json(text))
}

/// A boolean of XML, which may be a digit.
pub(super) fn boolean(text: &str) -> Option<&'static str> {
    match text {
        "true" | "1" => Some("true"),
        "false" | "0" => Some("false"),
        _ => None,
    }
}
