//! Patterns of paths: `*` is anything within one part, `**` anything at all, `?` one character.

/// Whether the whole path fits the pattern.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<Token> = tokens(pattern);
    // How far into the pattern one can be after each character of the path.
    let mut at = closed(vec![true], &pattern);
    for c in path.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (index, token) in pattern.iter().enumerate().filter(|(index, _)| at[*index]) {
            match token {
                Token::One(wanted) if *wanted == c => next[index + 1] = true,
                Token::Any if c != '/' => next[index + 1] = true,
                Token::Part if c != '/' => next[index] = true,
                Token::Rest => next[index] = true,
                Token::One(_) | Token::Any | Token::Part => {}
            }
        }
        at = closed(next, &pattern);
    }
    at[pattern.len()]
}

enum Token {
    One(char),
    Any,
    Part,
    Rest,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        tokens.push(match c {
            '*' if rest.next_if_eq(&'*').is_some() => Token::Rest,
            '*' => Token::Part,
            '?' => Token::Any,
            other => Token::One(other),
        });
    }
    tokens
}

/// Stars may stand for nothing.
fn closed(mut at: Vec<bool>, pattern: &[Token]) -> Vec<bool> {
    at.resize(pattern.len() + 1, false);
    for (index, token) in pattern.iter().enumerate() {
        if at[index] && matches!(token, Token::Part | Token::Rest) {
            at[index + 1] = true;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stay_within_a_part_unless_doubled() {
        assert!(matches("/a/*", "/a/{id}") && !matches("/a/*", "/a/{id}/b"));
        assert!(matches("/a/**", "/a/{id}/b") && matches("/a/**", "/a/"));
        assert!(matches("**/b", "/a/{id}/b") && !matches("/b", "/a/b"));
        assert!(matches("/v?/x", "/v1/x") && !matches("/v?/x", "/v/x"));
        assert!(matches("/*/*/c", "/a/b/c") && !matches("/*/c", "/a/b/c"));
    }
}
