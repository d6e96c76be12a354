//! One spelling of each tag.
//!
//! `Account` and `account`, `Sign Up` and `sign-up` are one resource to whoever reads the document. Which spelling stands
//! for all of them does not depend on the order of the document: one that names.lock knows, else one that `tags` declares,
//! else the least.

use std::collections::HashMap;

use super::is_dotted;
use crate::word;

/// The spelling of each part of a tag, by the words of the tag up to it.
#[derive(Default)]
pub(super) struct Spelling(HashMap<String, String>);

impl Spelling {
    /// Chooses among `tags`; of those that say the same, one with the least `rank` is chosen.
    pub(super) fn new<'a>(tags: impl Iterator<Item = &'a str>, rank: impl Fn(&str) -> u8) -> Self {
        let mut chosen: HashMap<String, (u8, &str)> = HashMap::new();
        for tag in tags {
            for (until, part) in parts(tag) {
                let found = (rank(until), part);
                let best = chosen.entry(key(until)).or_insert(found);
                *best = (*best).min(found);
            }
        }
        Self(chosen.into_iter().map(|(key, (_, part))| (key, part.to_owned())).collect())
    }

    /// A tag in the spelling that was chosen for it.
    pub(super) fn of(&self, tag: &str) -> String {
        let spelled =
            |(until, part): (&str, &str)| self.0.get(&key(until)).map_or(part, String::as_str).to_owned();
        parts(tag).map(spelled).collect::<Vec<_>>().join(".")
    }
}

/// The parts of a tag, each with the tag up to its end.
fn parts(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut ends: Vec<usize> =
        if is_dotted(tag) { tag.match_indices('.').map(|(at, _)| at).collect() } else { Vec::new() };
    ends.push(tag.len());
    let starts = std::iter::once(0).chain(ends.clone().into_iter().map(|end| end + 1));
    starts.zip(ends).map(move |(start, end)| (&tag[..end], &tag[start..end]))
}

/// The words of a tag; signs count, so that `C` and `C++` stay apart.
fn key(tag: &str) -> String {
    let words = |(_, part): (&str, &str)| {
        if part.is_empty() {
            return String::new();
        }
        let read = word::read(part);
        read.spelled.unwrap_or(read.plain).join("_")
    };
    parts(tag).map(words).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_the_same_words_have_one_spelling() {
        let tags = ["account", "Account", "sign-up", "Sign Up", "C++", "C", "shop.Carts", "Shop.carts.Items"];
        let rank = |tag: &str| u8::from(tag != "Account" && tag != "Shop");
        for order in [tags, {
            let mut back = tags;
            back.reverse();
            back
        }] {
            let spelling = Spelling::new(order.into_iter(), rank);
            assert_eq!(spelling.of("account"), "Account");
            assert_eq!(spelling.of("ACCOUNT"), "Account");
            assert_eq!(spelling.of("sign-up"), "Sign Up");
            assert_eq!((spelling.of("C++"), spelling.of("C")), ("C++".to_owned(), "C".to_owned()));
            assert_eq!(spelling.of("shop.carts"), "Shop.Carts");
            assert_eq!(spelling.of("shop.carts.items"), "Shop.Carts.Items");
        }
    }

    #[test]
    fn a_full_stop_in_prose_is_no_part() {
        let spelling = Spelling::new(["Users. And more", "Users"].into_iter(), |_| 0);
        assert_eq!(spelling.of("Users. And more"), "Users. And more");
        assert_eq!(spelling.of("users"), "Users");
        assert_eq!(Spelling::new(["empty", ""].into_iter(), |_| 0).of(""), "");
    }
}
