//! Identifiers, and scopes that give them out.
//!
//! In: claims, each with the names it wishes for, by rank. Out: one [`Ident`] per claim. A scope is settled rank by
//! rank: at each rank all claims still without a name ask at once. A name that nobody has and only one asks for is
//! given; a name that several ask for is given to none of them, now or later. What is left at the end gets a number.
//! So the result depends neither on the order of the claims nor on claims that no wish is shared with.

use crate::word::{self, Case};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// A checked Rust identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ranks of the names a wire name gives by itself, best first.
pub(super) mod rank {
    /// Chosen by people.
    pub(crate) const PINNED: u8 = 0;
    /// The wire name is the identifier, letter for letter.
    pub(crate) const EXACT: u8 = 1;
    /// Only case and separators differ.
    pub(crate) const PLAIN: u8 = 2;
    /// Symbols were dropped.
    pub(crate) const LOSSY: u8 = 3;
    /// Symbols became words.
    pub(crate) const SPELLED: u8 = 4;
    /// First rank for names with context.
    pub(crate) const CONTEXT: u8 = 8;
}

/// Somebody who wants a name.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Tells the claims of a scope apart, and orders those that get numbers; never depends on document order.
    key: String,
    case: Case,
    /// Rank and name; a rank may come twice, the first of them that can be had is asked for.
    wishes: Vec<(u8, String)>,
}

impl Claim {
    pub(super) fn new(key: impl Into<String>, case: Case) -> Self {
        Self { key: key.into(), case, wishes: Vec::new() }
    }

    /// Wishes for a name made of raw text (see [`word::join`]).
    #[must_use]
    pub(super) fn wish(mut self, rank: u8, raw: &str) -> Self {
        self.wishes.push((rank, word::finish(raw, self.case)));
        self
    }

    /// Wishes for the names that a wire name gives by itself.
    #[must_use]
    pub(super) fn wire(self, wire: &str) -> Self {
        self.wire_after(0, wire)
    }

    /// The same with all ranks moved by `shift`.
    #[must_use]
    pub(super) fn wire_after(self, shift: u8, wire: &str) -> Self {
        let case = self.case;
        let reading = word::read(wire);
        let plain = word::join(&reading.plain, case);
        if plain == wire {
            self.wish(shift + rank::EXACT, &plain)
        } else if reading.plain == reading.spelled {
            self.wish(shift + rank::PLAIN, &plain)
        } else {
            let spelled = word::join(&reading.spelled, case);
            self.wish(shift + rank::LOSSY, &plain).wish(shift + rank::SPELLED, &spelled)
        }
    }
}

/// A name that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Granted {
    pub(super) ident: Ident,
    /// No wish could be granted, and a number was put behind the first of them.
    pub(super) numbered: bool,
}

/// Names in use, compared without case.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    reserved: HashSet<String>,
    taken: HashSet<String>,
    /// Asked for by several at once; nobody gets them any more.
    burnt: HashSet<String>,
}

impl Scope {
    /// A scope in which these names (exactly as written) are not given out.
    pub(super) fn new<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self { reserved: reserved.into_iter().map(str::to_string).collect(), ..Self::default() }
    }

    /// Keeps one more name from being given out.
    pub(super) fn reserve(&mut self, name: &str) {
        self.reserved.insert(name.to_string());
    }

    /// Lets a claim one of whose names is reserved also wish for that name with a suffix.
    pub(super) fn with_suffix(&self, claim: Claim, suffix: &str) -> Claim {
        self.with(claim, |name, case| match case {
            Case::Camel => word::join_camel(name, suffix),
            Case::Snake | Case::Screaming => format!("{name}_{suffix}"),
        })
    }

    /// Lets a claim one of whose names is reserved also wish for that name with a prefix; for snake case.
    pub(super) fn with_prefix(&self, claim: Claim, prefix: &str) -> Claim {
        self.with(claim, |name, _| format!("{prefix}_{name}"))
    }

    fn with(&self, claim: Claim, other: impl Fn(&str, Case) -> String) -> Claim {
        match claim.wishes.iter().find(|(_, name)| self.reserved.contains(name)).cloned() {
            Some((_, name)) => {
                let case = claim.case;
                claim.wish(rank::CONTEXT, &other(name.trim_end_matches('_'), case))
            }
            None => claim,
        }
    }

    /// Takes exactly this identifier, if it is one and still free.
    pub(super) fn pin(&mut self, text: &str) -> Option<Ident> {
        let free = word::is_ident(text) && self.is_free(text);
        free.then(|| self.take(text))
    }

    /// Names every claim, in their order.
    pub(super) fn settle(&mut self, claims: &[Claim]) -> Vec<Granted> {
        let mut given: Vec<Option<Granted>> = vec![None; claims.len()];
        let ranks: BTreeMap<u8, ()> =
            claims.iter().flat_map(|c| &c.wishes).map(|(rank, _)| (*rank, ())).collect();
        for rank in ranks.into_keys() {
            self.round(rank, claims, &mut given);
        }
        self.number(claims, &mut given);
        given.into_iter().flatten().collect()
    }

    /// Names one claim.
    pub(super) fn settle_one(&mut self, claim: Claim) -> Ident {
        self.settle(&[claim]).swap_remove(0).ident
    }

    fn round(&mut self, rank: u8, claims: &[Claim], given: &mut [Option<Granted>]) {
        let mut asked: HashMap<String, Vec<(usize, &str)>> = HashMap::new();
        for (at, claim) in claims.iter().enumerate().filter(|(at, _)| given[*at].is_none()) {
            let wish = claim.wishes.iter().find(|(of, name)| *of == rank && self.is_free(name));
            if let Some((_, name)) = wish {
                asked.entry(fold(name)).or_default().push((at, name));
            }
        }
        for (folded, asking) in asked {
            if let [(at, name)] = asking[..] {
                given[at] = Some(Granted { ident: self.take(name), numbered: false });
            } else {
                self.burnt.insert(folded);
            }
        }
    }

    fn number(&mut self, claims: &[Claim], given: &mut [Option<Granted>]) {
        let mut left: Vec<(String, &str, usize)> = Vec::new();
        for (at, claim) in claims.iter().enumerate().filter(|(at, _)| given[*at].is_none()) {
            let base = claim.wishes.first().map_or("empty", |(_, name)| name).trim_end_matches('_');
            left.push((base.to_string(), &claim.key, at));
        }
        left.sort_by_cached_key(|(base, key, _)| (fold(base), (*key).to_string()));
        let mut counters: HashMap<String, u32> = HashMap::new();
        for (base, _, at) in left {
            // nobody has the bare name: count from one; somebody has it: he is the first
            let first = if self.burnt.contains(&fold(&base)) { 1 } else { 2 };
            let counter = counters.entry(fold(&base)).or_insert(first);
            let name = loop {
                let apart = if base.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
                let name = format!("{base}{apart}{counter}");
                *counter += 1;
                if self.is_free(&name) {
                    break name;
                }
            };
            given[at] = Some(Granted { ident: self.take(&name), numbered: true });
        }
    }

    fn is_free(&self, name: &str) -> bool {
        let folded = fold(name);
        !self.reserved.contains(name) && !self.taken.contains(&folded) && !self.burnt.contains(&folded)
    }

    fn take(&mut self, name: &str) -> Ident {
        self.taken.insert(fold(name));
        Ident(name.to_string())
    }
}

/// What two names must not share: files are compared without case on some systems, and people read so everywhere.
pub(super) fn fold(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests;

#[cfg(test)]
impl Ident {
    /// An identifier for tests that build a plan by hand.
    pub(crate) fn of(text: &str) -> Self {
        assert!(word::is_ident(text), "`{text}` is no identifier");
        Self(text.to_owned())
    }
}
