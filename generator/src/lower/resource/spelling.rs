//! One spelling of each tag.
//!
//! `Account` and `account`, `Sign Up` and `sign-up` are one resource to whoever reads the document. Which spelling stands
//! for all of them does not depend on the order of the document: one that names.lock knows, else one that `tags` declares,
//! else the least.

use std::collections::HashMap;

use crate::word;

/// The spelling of each part of a tag, by the words of the tag up to it.
#[derive(Default)]
pub(super) struct Spelling(HashMap<String, String>);

impl Spelling {
    /// Chooses among `tags`, each as its parts; of those that say the same, one with the least `rank` is chosen.
    pub(super) fn new(tags: &[Vec<String>], rank: impl Fn(&str) -> u8) -> Self {
        let mut chosen: HashMap<String, (u8, &str)> = HashMap::new();
        for tag in tags {
            for (at, part) in tag.iter().enumerate() {
                let found = (rank(&tag[..=at].join(".")), part.as_str());
                let best = chosen.entry(key(&tag[..=at])).or_insert(found);
                *best = (*best).min(found);
            }
        }
        Self(chosen.into_iter().map(|(key, (_, part))| (key, part.to_owned())).collect())
    }

    /// A tag in the spelling that was chosen for it.
    pub(super) fn of(&self, tag: &[String]) -> Vec<String> {
        let spelled = |(at, part): (usize, &String)| self.0.get(&key(&tag[..=at])).unwrap_or(part).clone();
        tag.iter().enumerate().map(spelled).collect()
    }
}

/// The words of a tag; signs count, so that `C` and `C++` stay apart.
fn key(tag: &[String]) -> String {
    let words = |part: &String| {
        if part.is_empty() {
            return String::new();
        }
        let read = word::read(part);
        read.spelled.unwrap_or(read.plain).join("_")
    };
    tag.iter().map(words).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::super::split;
    use super::*;

    fn parts(tag: &str) -> Vec<String> {
        split(tag).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn tags_of_the_same_words_have_one_spelling() {
        let tags = [
            "account",
            "Account",
            "sign-up",
            "Sign Up",
            "C++",
            "C",
            "shop.Carts",
            "Shop.carts.Items",
            "Shop > carts",
        ];
        let rank = |tag: &str| u8::from(tag != "Account" && tag != "Shop");
        for order in [tags, {
            let mut back = tags;
            back.reverse();
            back
        }] {
            let spelling = Spelling::new(&order.map(parts), rank);
            let of = |tag: &str| spelling.of(&parts(tag)).join(".");
            assert_eq!(of("account"), "Account");
            assert_eq!(of("ACCOUNT"), "Account");
            assert_eq!(of("sign-up"), "Sign Up");
            assert_eq!((of("C++"), of("C")), ("C++".to_owned(), "C".to_owned()));
            assert_eq!(of("shop.carts"), "Shop.Carts");
            assert_eq!(of("shop > carts"), "Shop.Carts");
            assert_eq!(of("shop.carts.items"), "Shop.Carts.Items");
        }
    }

    #[test]
    fn what_parts_a_tag() {
        for tag in ["a.b.c", "a > b > c", "a / b: c", "a » b › c", "a → b.c → d"] {
            assert!(parts(tag).len() == 3, "{tag}: {:?}", parts(tag));
        }
        for prose in
            ["Users. And more", "Import/Export", "Users & Groups", "Opened at 10:30", "a > ", "> 5", ""]
        {
            assert_eq!(parts(prose), [prose]);
        }
        assert_eq!(Spelling::default().of(&parts("")), [""]);
    }
}
