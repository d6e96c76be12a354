//! Suggests the known word that is nearest to a misspelt one.

/// Returns the word of `known` that is nearest to `word`, if it is near enough to be a typo. Of equally near
/// words, the first one is returned.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let far = (folded.chars().count() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let distance = strsim::osa_distance(&folded, &fold(candidate));
        if distance <= far && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Folds case, and `-` to `_`.
fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["package", "client", "names", "operations", "fixup", "lints"];
        assert_eq!(suggest("pakcage", known), Some("package"));
        assert_eq!(suggest("Names", known), Some("names"));
        assert_eq!(suggest("operation", known), Some("operations"));
        assert_eq!(suggest("fixups", known), Some("fixup"));
        assert_eq!(suggest("base-url", ["base_url"]), Some("base_url"));
        assert_eq!(suggest("zebra", known), None);
        assert_eq!(suggest("", known), None);
    }
}
