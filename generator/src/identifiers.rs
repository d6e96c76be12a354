//! The identifiers of an SDK, each with what a reader would object to: the measure of our naming.
//!
//! Plain data for `cargo xtask dev corpus --names`. What is objected to is judged from the name and the document alone, whatever
//! rule made the name.

use std::collections::HashSet;

use crate::word::{same_noun, words};

/// Characters from which on a name is too long.
const LONGEST: usize = 50;

/// An identifier of an SDK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The kind of item it names.
    pub kind: IdentifierKind,
    /// The item as a reader finds it: `Order`, `Order::id`, `orders.list`.
    pub path: String,
    /// The objections; most names have none.
    pub faults: Vec<Fault>,
}

/// The kinds of item that are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// A type of the module `types`.
    Type,
    /// A method of a resource.
    Method,
    /// A field or constant of a struct.
    Field,
    /// A variant of an enum or union.
    Variant,
}

/// An objection to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// It holds a number that the document does not have there: a counter, a position, a status.
    Number,
    /// It says words twice in sequence, or a method says those of its resource.
    Stutter,
    /// It has more than 50 characters.
    Length,
}

impl Fault {
    /// Its name in reports.
    pub fn text(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Stutter => "stutter",
            Self::Length => "length",
        }
    }
}

/// The objections to a name, given the texts of the document that it stands for and, of a method, the resources that lead to
/// it.
pub(crate) fn faults(name: &str, texts: &[&str], resources: &[&str]) -> Vec<Fault> {
    let own = words(name);
    let given: HashSet<&str> = texts.iter().flat_map(|text| numbers(text)).collect();
    let repeats = |resource: &&str| {
        let resource = words(resource);
        own.windows(resource.len()).any(|part| is_same(part, &resource))
    };
    [
        (Fault::Number, numbers(name).any(|number| !given.contains(number))),
        (Fault::Stutter, is_stutter(&own) || resources.iter().any(repeats)),
        (Fault::Length, name.chars().count() > LONGEST),
    ]
    .into_iter()
    .filter_map(|(fault, is_there)| is_there.then_some(fault))
    .collect()
}

/// Whether some words are said twice in sequence.
fn is_stutter(words: &[String]) -> bool {
    (1..=words.len() / 2).any(|length| {
        let pairs = words.windows(2 * length);
        pairs.map(|pair| pair.split_at(length)).any(|(left, right)| is_same(left, right))
    })
}

fn is_same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_noun(a, b))
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Fault::{Length, Number, Stutter};
    use super::faults;

    #[test]
    fn only_what_is_ours_is_objected_to() {
        assert_eq!(faults("Sha256Sum", &["sha256_sum"], &[]), []);
        assert_eq!(faults("OrderResponse200", &["getOrder"], &[]), [Number]);
        assert_eq!(faults("Order2", &["Order"], &[]), [Number]);
    }

    #[test]
    fn words_said_twice() {
        assert_eq!(faults("RegionRegion", &[], &[]), [Stutter]);
        assert_eq!(faults("OrderItemsItem", &[], &[]), [Stutter]);
        assert_eq!(faults("TeamMemberTeamMemberRole", &[], &[]), [Stutter]);
        assert_eq!(faults("RegionOfRegion", &[], &[]), []);
        assert_eq!(faults("list_sip_domain", &[], &["SipDomains"]), [Stutter]);
        assert_eq!(faults("list_domain", &[], &["SipDomains"]), []);
    }

    #[test]
    fn a_long_name() {
        assert_eq!(faults(&"a".repeat(50), &[], &[]), []);
        assert_eq!(faults(&"a".repeat(51), &[], &[]), [Length]);
    }
}
