use super::*;

fn ident<S: AsRef<str>>(words: &[S], case: Case) -> String {
    finish(&join(words, case), case)
}

fn snake(wire: &str) -> String {
    ident(&words(wire), Case::Snake)
}

fn camel(wire: &str) -> String {
    ident(&words(wire), Case::Camel)
}

fn spelled(wire: &str) -> String {
    let reading = read(wire);
    ident(&reading.spelled.unwrap_or(reading.plain), Case::Snake)
}

#[test]
fn splits_what_documents_write() {
    for (wire, want) in [
        ("created_at", "created_at"),
        ("createdAt", "created_at"),
        ("CreatedAt", "created_at"),
        ("Idempotency-Key", "idempotency_key"),
        ("X-Request-ID", "x_request_id"),
        ("list_metadata.after", "list_metadata_after"),
        ("Per Page", "per_page"),
        ("HTTPValidationError", "http_validation_error"),
        ("userIDs", "user_ids"),
        ("URLsOfThings", "urls_of_things"),
        ("filter[name]", "filter_name"),
        ("$top", "top"),
        ("@type", "type_"),
        ("_id", "id"),
        ("don't", "dont"),
        ("v1beta1", "v1beta1"),
        ("s3Bucket", "s3_bucket"),
        ("/v1/edits/templates", "v1_edits_templates"),
    ] {
        assert_eq!(snake(wire), want, "{wire}");
    }
}

#[test]
fn cases_like_heck() {
    for (wire, want) in [
        ("HTTPValidationError", "HttpValidationError"),
        ("MIMEData", "MimeData"),
        ("BBox", "BBox"),
        ("Body_evals_split_process", "BodyEvalsSplitProcess"),
        ("gpt-3.5-turbo", "Gpt3_5Turbo"),
        ("2024-01-31", "N2024_01_31"),
        ("256x256", "N256x256"),
        ("7", "N7"),
        ("-7", "Minus7"),
        ("+1", "Plus1"),
        ("C#", "CSharp"),
        ("C++", "CPlusPlus"),
        (">=", "Gte"),
        ("!=", "Ne"),
        ("100%", "N100Percent"),
        ("self", "Self_"),
        ("", "Empty"),
        ("application/json", "ApplicationJson"),
    ] {
        assert_eq!(camel(wire), want, "{wire}");
    }
    assert_eq!(ident(&words("apiKey v2"), Case::Screaming), "API_KEY_V2");
}

#[test]
fn keywords_and_digits_are_escaped() {
    assert_eq!(snake("type"), "type_");
    assert_eq!(snake("self"), "self_");
    assert_eq!(snake("gen"), "gen_");
    assert_eq!(snake("2fa_enabled"), "n2fa_enabled");
    assert_eq!(snake("union"), "union");
    assert_eq!(snake("default"), "default");
}

#[test]
fn symbols_have_words_where_nothing_else_is_there() {
    assert_eq!(snake("*"), "star");
    assert_eq!(snake("-"), "minus");
    assert_eq!(snake("_"), "underscore");
    assert_eq!(snake("__"), "underscore_underscore");
    assert_eq!(snake(" "), "space");
    assert_eq!(snake("👍"), "u1f44d");
    assert_eq!(snake("❤\u{fe0f}"), "u2764");
    assert_eq!(snake("-created_at"), "minus_created_at");
    assert_eq!(spelled("@type"), "at_type");
    assert_eq!(spelled("_id"), "underscore_id");
    assert_eq!(spelled("a__b"), "a_underscore_underscore_b");
    assert_eq!(spelled("created_at"), "created_at");
}

#[test]
fn letters_of_all_scripts_are_kept() {
    assert_eq!(camel("größe_max"), "GrößeMax");
    assert_eq!(snake("Größe"), "größe");
    assert_eq!(camel("名前"), "名前");
    assert_eq!(snake("имяПоля"), "имя_поля");
    // composed and decomposed are one identifier to rustc
    assert_eq!(snake("cafe\u{301}"), snake("caf\u{e9}"));
    assert_eq!(snake("नमस्ते"), "नमस्ते");
}

#[test]
fn long_names_are_cut_stably() {
    let long = "very_".repeat(60) + "long";
    let a = snake(&long);
    assert!(a.len() <= LONGEST && a.starts_with("very_very"), "{a}");
    assert_eq!(a, snake(&long));
    assert_ne!(a, snake(&(long.clone() + "er")));
    assert!(camel(&"名".repeat(300)).len() <= LONGEST);
}

#[test]
fn nouns_are_compared_without_number() {
    for (a, b) in
        [("pets", "pet"), ("policy", "policies"), ("boxes", "box"), ("status", "status"), ("runs", "run")]
    {
        assert!(same_noun(a, b) && same_noun(b, a), "{a} {b}");
    }
    assert!(!same_noun("status", "statu"));
    assert!(!same_noun("pets", "vets"));
}

/// Any name gives valid identifiers, twice the same.
#[test]
fn every_name_has_an_identifier() {
    let mut random = crate::plan::tests::Random::new(7);
    for _ in 0..3_000 {
        let wire = random.wire();
        for case in [Case::Camel, Case::Snake, Case::Screaming] {
            let reading = read(&wire);
            for words in std::iter::once(&reading.plain).chain(&reading.spelled) {
                let text = ident(words, case);
                let bare = text.strip_suffix('_').filter(|bare| is_keyword(bare)).unwrap_or(&text);
                assert!(!bare.starts_with('_') && !bare.ends_with('_'), "{wire:?} → {text}");
                assert!(is_ident(&text), "{wire:?} → {text}");
                assert!(text.len() <= LONGEST + 1, "{wire:?} → {text}");
                assert_eq!(text, ident(words, case));
                assert_eq!(text, finish(&text, case).replace("__", "_"), "{wire:?}: finishing twice changes");
            }
        }
    }
}
