//! Identifiers, and scopes that give them out.
//!
//! In: claims, each with the names it wishes for, by rank. Out: one [`Ident`] per claim. A scope is settled rank by
//! rank: at each rank all claims still without a name ask at once. A name that nobody has and only one asks for is
//! given; a name that several ask for is given to none of them, now or later. What is left at the end gets a number.
//! So the result depends neither on the order of the claims nor on claims that no wish is shared with.

use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::sdk::Ident;
use crate::word::{self, Case};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Characters from which on a name is too long to be read.
pub(in crate::plan) const LONG: usize = 50;

/// Ranks of the names a wire name gives by itself, best first.
pub(in crate::plan) mod rank {
    /// Chosen by people.
    pub(crate) const PINNED: u8 = 0;
    /// The wire name is the identifier, letter for letter.
    pub(crate) const EXACT: u8 = 1;
    /// The wire name is in snake case, and the identifier is not.
    pub(crate) const SNAKE: u8 = 2;
    /// Only case and separators differ.
    pub(crate) const PLAIN: u8 = 3;
    /// Symbols were dropped, or there was nothing else.
    pub(crate) const LOSSY: u8 = 4;
    /// Symbols became words.
    pub(crate) const SPELLED: u8 = 5;
    /// First rank for names with context.
    pub(crate) const CONTEXT: u8 = 8;
}

/// Somebody who wants a name.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Claim<'a> {
    /// Tells the claims of a scope apart, and orders those that get numbers; never depends on document order.
    key: Cow<'a, str>,
    case: Case,
    /// Rank and name; a rank may come twice, the first of them that can be had is asked for.
    candidates: Vec<(u8, String)>,
    /// The name it had in earlier runs.
    locked: Option<String>,
}

impl<'a> Claim<'a> {
    pub(in crate::plan) fn new(key: impl Into<Cow<'a, str>>, case: Case) -> Self {
        Self { key: key.into(), case, candidates: Vec::new(), locked: None }
    }

    /// Keeps the name of earlier runs, if it had one.
    #[must_use]
    pub(in crate::plan) fn locked(mut self, name: Option<&str>) -> Self {
        self.locked = name.map(str::to_owned);
        self
    }

    /// Wishes for a name made of raw text (see [`word::join`]).
    #[must_use]
    pub(in crate::plan) fn candidate(mut self, rank: u8, raw: &str) -> Self {
        self.candidates.push((rank, word::finish(raw, self.case)));
        self
    }

    /// The same names without letters beyond ASCII, for what files are named after.
    #[must_use]
    pub(in crate::plan) fn ascii(mut self) -> Self {
        for (_, name) in self.candidates.iter_mut().filter(|(_, name)| !name.is_ascii()) {
            *name = word::finish(&word::ascii(name), self.case);
        }
        self
    }

    /// Wishes for the names that a wire name gives by itself.
    #[must_use]
    pub(in crate::plan) fn wire(self, wire: &str) -> Self {
        self.wire_after(0, wire)
    }

    /// The same for a name that may be written with the namespace it comes from: without it, behind those whose own name that is.
    #[must_use]
    pub(in crate::plan) fn qualified(self, wire: &str) -> Self {
        let shorter = word::qualified(wire);
        if shorter.is_empty() {
            return self.wire(wire);
        }
        let ranks = rank::LOSSY..rank::CONTEXT;
        let text = |name: &str| word::join(&word::words(name), self.case);
        let texts: Vec<String> = shorter.iter().map(|name| text(name)).collect();
        let claim = ranks.zip(&texts).fold(self, |claim, (rank, name)| claim.candidate(rank, name));
        claim.wire_after(rank::LOSSY, wire)
    }

    /// What [`Self::wire`] wishes for, with all ranks moved by `shift`.
    #[must_use]
    pub(in crate::plan) fn wire_after(self, shift: u8, wire: &str) -> Self {
        let case = self.case;
        if case == Case::Snake && word::is_snake(wire) {
            return self.candidate(shift + rank::EXACT, wire);
        }
        let reading = word::read(wire);
        let plain = word::join(&reading.plain, case);
        if plain == wire {
            self.candidate(shift + rank::EXACT, &plain)
        } else if let Some(spelled) = &reading.spelled {
            let spelled = word::join(spelled, case);
            self.candidate(shift + rank::LOSSY, &plain).candidate(shift + rank::SPELLED, &spelled)
        } else if word::join(&reading.plain, Case::Snake) == wire {
            self.candidate(shift + rank::SNAKE, &plain)
        } else {
            self.candidate(shift + rank::PLAIN, &plain)
        }
    }
}

/// A name that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan) struct Assigned {
    pub(in crate::plan) ident: Ident,
    /// No wish could be granted, and a number was put behind the first of them.
    pub(in crate::plan) numbered: bool,
}

/// Names in use, compared without case.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct Scope {
    /// Not given out, exactly as written.
    reserved: Vec<&'static [&'static str]>,
    more: HashSet<String>,
    taken: HashSet<String>,
    /// Asked for by several at once; nobody gets them any more.
    contested: HashSet<String>,
    /// Kept for those who had them in earlier runs.
    held: HashSet<String>,
}

impl Scope {
    /// A scope in which these names (exactly as written) are not given out.
    pub(in crate::plan) fn new(reserved: &[&'static [&'static str]]) -> Self {
        Self { reserved: reserved.to_vec(), ..Self::default() }
    }

    /// Keeps one more name from being given out.
    pub(in crate::plan) fn reserve(&mut self, name: &str) {
        self.more.insert(name.to_string());
    }

    /// Keeps a name for the claim that is locked to it.
    pub(in crate::plan) fn hold(&mut self, name: &str) {
        self.held.insert(fold(name).into_owned());
    }

    /// Lets a claim one of whose names is reserved also wish for that name with a suffix.
    pub(in crate::plan) fn with_suffix<'a>(&self, claim: Claim<'a>, suffix: &str) -> Claim<'a> {
        self.with(claim, |name, case| match case {
            Case::Camel => word::join_camel(name, suffix),
            Case::Snake | Case::Screaming => format!("{name}_{suffix}"),
        })
    }

    /// Lets a claim one of whose names is reserved also wish for that name with a prefix; for snake case.
    pub(in crate::plan) fn with_prefix<'a>(&self, claim: Claim<'a>, prefix: &str) -> Claim<'a> {
        self.with(claim, |name, _| format!("{prefix}_{name}"))
    }

    fn with<'a>(&self, claim: Claim<'a>, other: impl Fn(&str, Case) -> String) -> Claim<'a> {
        match claim.candidates.iter().find(|(_, name)| self.is_reserved(name)) {
            Some((_, name)) => {
                let other = other(name.trim_end_matches('_'), claim.case);
                claim.candidate(rank::CONTEXT, &other)
            }
            None => claim,
        }
    }

    /// Takes exactly this identifier, if it is one and still free.
    pub(in crate::plan) fn pin(&mut self, text: &str) -> Option<Ident> {
        let free = word::is_ident(text) && self.is_unused(text);
        free.then(|| self.take(text))
    }

    /// Names every claim, in their order.
    pub(in crate::plan) fn settle(&mut self, claims: &[Claim<'_>]) -> Vec<Assigned> {
        let mut given = self.keep(claims);
        if given.iter().all(Option::is_none)
            && let Some(assigned) = self.settle_at_once(claims)
        {
            return assigned;
        }
        let ranks: BTreeSet<u8> =
            claims.iter().flat_map(|claim| &claim.candidates).map(|(rank, _)| *rank).collect();
        for rank in ranks {
            self.round(rank, claims, &mut given);
        }
        self.number(claims, &mut given);
        given.into_iter().flatten().collect()
    }

    /// Names one claim.
    pub(in crate::plan) fn settle_one(&mut self, claim: Claim<'_>) -> Ident {
        self.settle(&[claim]).swap_remove(0).ident
    }

    /// What earlier runs gave stays, whatever else asks for it.
    fn keep(&mut self, claims: &[Claim<'_>]) -> Vec<Option<Assigned>> {
        let keep = |claim: &Claim<'_>| {
            let ident = self.pin(claim.locked.as_deref()?)?;
            Some(Assigned { ident, numbered: false })
        };
        claims.iter().map(keep).collect()
    }

    /// The usual case: nobody asks first for what another asks first for, so every round would grant its first wish.
    fn settle_at_once(&mut self, claims: &[Claim<'_>]) -> Option<Vec<Assigned>> {
        let mut asked = HashSet::with_capacity(claims.len());
        let mut names = Vec::with_capacity(claims.len());
        for claim in claims {
            let free = claim.candidates.iter().filter(|(_, name)| self.is_free(name));
            let (_, name) = free.min_by_key(|(rank, _)| *rank)?;
            if !asked.insert(fold(name)) {
                return None;
            }
            names.push(name);
        }
        self.taken.extend(asked.into_iter().map(Cow::into_owned));
        Some(
            names
                .into_iter()
                .map(|name| Assigned { ident: Ident::checked(name.clone()), numbered: false })
                .collect(),
        )
    }

    fn round(&mut self, rank: u8, claims: &[Claim<'_>], given: &mut [Option<Assigned>]) {
        let mut asked: HashMap<Cow<'_, str>, Vec<(usize, &str)>> = HashMap::new();
        for (at, claim) in claims.iter().enumerate().filter(|(at, _)| given[*at].is_none()) {
            let candidate = claim.candidates.iter().find(|(of, name)| *of == rank && self.is_free(name));
            if let Some((_, name)) = candidate {
                asked.entry(fold(name)).or_default().push((at, name));
            }
        }
        for (folded, asking) in asked {
            if let [(at, name)] = asking[..] {
                given[at] = Some(Assigned { ident: self.take(name), numbered: false });
            } else {
                self.contested.insert(folded.into_owned());
            }
        }
    }

    fn number(&mut self, claims: &[Claim<'_>], given: &mut [Option<Assigned>]) {
        let mut left: Vec<(&str, &str, usize)> = Vec::new();
        for (at, claim) in claims.iter().enumerate().filter(|(at, _)| given[*at].is_none()) {
            let base = claim.candidates.first().map_or("empty", |(_, name)| name).trim_end_matches('_');
            left.push((base, &claim.key, at));
        }
        left.sort_by_cached_key(|(base, key, _)| (fold(base), *key));
        let mut counters: HashMap<Cow<'_, str>, u32> = HashMap::new();
        for (base, _, at) in left {
            // nobody has the bare name: count from one; somebody has it: he is the first
            let first = if self.contested.contains(&*fold(base)) { 1 } else { 2 };
            let counter = counters.entry(fold(base)).or_insert(first);
            let name = loop {
                let apart = if base.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
                let name = format!("{base}{apart}{counter}");
                *counter += 1;
                if self.is_free(&name) {
                    break name;
                }
            };
            given[at] = Some(Assigned { ident: self.take(&name), numbered: true });
        }
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.iter().any(|list| list.contains(&name)) || self.more.contains(name)
    }

    fn is_free(&self, name: &str) -> bool {
        self.is_unused(name) && !self.held.contains(&*fold(name))
    }

    /// Free for those who need not ask who had it.
    fn is_unused(&self, name: &str) -> bool {
        let folded = fold(name);
        !self.taken.contains(&*folded) && !self.contested.contains(&*folded) && !self.is_reserved(name)
    }

    fn take(&mut self, name: &str) -> Ident {
        self.taken.insert(fold(name).into_owned());
        Ident::checked(name.to_string())
    }
}

/// What two names must not share: files are compared without case on some systems, and people read so everywhere.
pub(in crate::plan) fn fold(name: &str) -> Cow<'_, str> {
    let folded = name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// Reports that something got a number for want of a name of its own.
pub(in crate::plan) fn clash(sink: &mut Sink, at: &Pointer, what: &str, wire: &str, ident: &Ident) {
    let message = format!("the name of the {what} `{wire}` is already taken; it is named `{ident}`");
    let help = match what {
        "type" => "choose a name under `[names]` in `sdk.toml`",
        "operation" => "choose a name under `[operations]` in `sdk.toml`",
        _ => "rename one of them in the document, or with a fixup in `sdk.toml`",
    };
    sink.report(Diagnostic::new(Code::NameClash, at, message).help(help));
}

#[cfg(test)]
mod tests;
