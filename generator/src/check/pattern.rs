//! Regular expressions that are broken in every dialect: brackets that do not match, nothing to repeat.

/// What is wrong with a pattern, if it is sure to be.
pub(super) fn broken(pattern: &str) -> Option<&'static str> {
    let mut groups = 0usize;
    let mut class = false;
    let mut chars = pattern.chars().peekable();
    // Nothing stands before that could be repeated.
    let mut begins = true;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                if chars.next().is_none() {
                    return Some("it ends in a backslash");
                }
                begins = false;
            }
            ']' if class => class = false,
            _ if class => {}
            '[' => {
                class = true;
                begins = false;
                // A bracket that comes first is a character of the class in most dialects.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
            }
            '(' => {
                groups += 1;
                // What follows the question mark belongs to the kind of group.
                if chars.next_if_eq(&'?').is_some() {
                    chars.next();
                }
                begins = true;
            }
            ')' if groups == 0 => return Some("a `)` has no matching `(`"),
            ')' => {
                groups -= 1;
                begins = false;
            }
            '*' | '+' | '?' if begins => return Some("there is nothing to repeat"),
            '|' => begins = true,
            _ => begins = false,
        }
    }
    match (class, groups) {
        (true, _) => Some("a `[` is not closed"),
        (false, 0) => None,
        (false, _) => Some("a `(` is not closed"),
    }
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn what_is_sure_to_be_broken_is_found() {
        for good in [
            "^[a-z]+$",
            r"\(\[",
            "[]a]",
            "[^]]",
            "(?:a|b)*",
            "(?<name>x)?",
            "a{2,3}",
            "",
            "a|",
            "[(]",
            "(?=x)y",
        ] {
            assert_eq!(broken(good), None, "{good}");
        }
        for bad in ["(", ")", "[a", "*a", "(+)", "a|*", "\\"] {
            assert!(broken(bad).is_some(), "{bad}");
        }
    }
}
