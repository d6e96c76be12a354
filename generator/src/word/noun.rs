//! English nouns, as far as comparing words needs.

/// The singular of an English noun, roughly; used only to compare words, never to make names.
pub(crate) fn singular(word: &str) -> &str {
    const ES: [&str; 5] = ["sses", "shes", "ches", "xes", "zes"];
    const NO_PLURAL: [&str; 3] = ["ss", "us", "is"];
    if ES.iter().any(|end| word.ends_with(end)) {
        &word[..word.len() - 2]
    } else if word.len() < 3 || NO_PLURAL.iter().any(|end| word.ends_with(end)) {
        word
    } else {
        word.strip_suffix('s').unwrap_or(word)
    }
}

/// Whether two words are the same but for their number (`policy` and `policies` too).
pub(crate) fn same_noun(a: &str, b: &str) -> bool {
    let y = |word: &str| word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    a == b || singular(a) == singular(b) || y(a).as_deref() == Some(b) || y(b).as_deref() == Some(a)
}
