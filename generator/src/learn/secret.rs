//! What of a recording may be shown and written: no secrets, nothing long.

/// Words in names of what is secret.
const SECRETS: [&str; 15] = [
    "apikey",
    "auth",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "key",
    "passwd",
    "password",
    "pin",
    "secret",
    "session",
    "signature",
];

/// The longest value that is shown.
const LONGEST: usize = 48;

/// The longest run of letters and digits in which a digit does not make it a token.
const RUN: usize = 16;

/// Whether the values of a property or parameter of this name are secrets.
pub(super) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let is = |word: &String| SECRETS.contains(&word.as_str()) || word == "token" || word == "tokens";
    // `api_key` and `private_key` are secrets, `sort_key` and `key` alone are not worth the risk either.
    words.iter().any(is) || SECRETS.contains(&words.concat().as_str())
}

/// The words of a name, in lowercase.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
    }
    words
}

/// Whether a string can be a value of an enum or a tag, rather than free text, data of a person or a token.
pub(super) fn is_value(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/+ ".contains(c);
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(plain) && !is_token(text)
}

/// Whether a key of an object can be the name of a property, rather than data.
pub(super) fn is_name(key: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "_-.$@: ".contains(c);
    !key.is_empty()
        && key.len() <= LONGEST
        && key.chars().all(plain)
        && !key.chars().all(|c| c.is_ascii_digit())
        && !is_token(key)
}

/// Whether a text looks like an id or a token: long letters and digits in one run, or a UUID.
pub(super) fn is_token(text: &str) -> bool {
    let long = |run: &str| run.len() >= RUN && run.chars().any(|c| c.is_ascii_digit());
    let hex = |c: char| c.is_ascii_hexdigit() || c == '-';
    let is_uuid = text.len() >= 32 && text.chars().all(hex);
    is_uuid || text.split(|c: char| !c.is_ascii_alphanumeric()).any(long)
}

#[cfg(test)]
mod tests {
    use super::{is_name, is_secret, is_value};

    #[test]
    fn names_of_secrets() {
        for name in [
            "password",
            "apiKey",
            "api-key",
            "X-Api-Key",
            "access_token",
            "clientSecret",
            "APIKEY",
            "sessionId",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["status", "keyboard", "tokenizer", "author", "kind", "monkey"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn values_and_names_that_may_be_shown() {
        for text in ["completed", "in_progress", "gpt-4.1-mini", "image/png", "A"] {
            assert!(is_value(text), "{text}");
        }
        for text in [
            "",
            "a\nb",
            "sk_live_51H8xYzAbCdEfGhIj",
            "ann@example.com",
            "3f2b8c1e-0d1a-4f6e-9b1c-2f3a4b5c6d7e",
        ] {
            assert!(!is_value(text), "{text}");
        }
        assert!(is_name("created_at") && is_name("größe"));
        assert!(!is_name("12345") && !is_name("wf_8d1c2b3a4f5e6d7c8b9a") && !is_name(""));
    }
}
