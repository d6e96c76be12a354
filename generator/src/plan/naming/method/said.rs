//! What a method's resource says already, and what is left to be said.

use super::words::{FETCHING, Words, is_param, same_words, segment_words};
use crate::ir::Operation;
use crate::word::{singular, words};

/// Words between a verb and a noun that lead to the noun.
const PREPOSITIONS: [&str; 9] = ["at", "by", "for", "from", "in", "of", "on", "to", "with"];

/// Words in front of a noun that say nothing.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Words in front of a noun that can stand alone.
const QUANTITIES: [&str; 4] = ["all", "many", "multiple", "several"];

/// Last words of tags that say what a controller is, not what it is about.
const ROLES: [&str; 8] =
    ["api", "apis", "controller", "endpoint", "endpoints", "operations", "resource", "service"];

/// First words of methods, beside those that fetch.
#[rustfmt::skip]
const VERBS: [&str; 36] = [
    "activate", "add", "apply", "approve", "archive", "assign", "cancel", "check", "close", "confirm", "copy", "count",
    "create", "delete", "disable", "download", "enable", "export", "import", "list", "lock", "merge", "move", "patch",
    "post", "put", "remove", "replace", "restore", "search", "send", "set", "start", "stop", "update", "upload",
];

/// Whether a word is one that names of methods begin with.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word) || FETCHING.contains(&word)
}

/// What the resources that lead to a method say.
pub(super) struct Said {
    /// The words of all of them.
    whole: Words,
    /// The words of each, outermost first; of a tag such as `PetService` those of `Pet`, too.
    parts: Vec<Words>,
    /// Which of them is the resource itself.
    last_at: usize,
}

/// A name without what its resource says.
pub(super) struct Short {
    pub(super) words: Words,
    /// It speaks of many of what the resource is about.
    pub(super) is_many: bool,
}

impl Said {
    pub(super) fn new(resource: &[Words]) -> Self {
        let mut parts: Vec<Words> = resource.to_vec();
        for words in resource {
            if let [front @ .., last] = &words[..]
                && !front.is_empty()
                && ROLES.contains(&last.as_str())
            {
                parts.push(front.to_vec());
            }
        }
        Self { whole: resource.concat(), parts, last_at: resource.len().saturating_sub(1) }
    }

    /// The words of each resource, outermost first.
    pub(super) fn resource(&self) -> &[Words] {
        self.parts.get(..=self.last_at).unwrap_or_default()
    }

    /// Adds what the ids of a resource's operations call it, where they agree on one word before its noun: all `keys` are `api keys`.
    #[must_use]
    pub(super) fn with_kind<'a>(mut self, ids: impl Iterator<Item = &'a str>) -> Self {
        let Some(noun) = self.parts.get(self.last_at).cloned().filter(|noun| !noun.is_empty()) else {
            return self;
        };
        let mut kinds: Vec<String> = Vec::new();
        for id in ids.map(words) {
            let Some(at) = (0..id.len()).find(|at| begins(&id[*at..], &noun)) else { continue };
            kinds.push(at.checked_sub(1).map(|before| id[before].clone()).unwrap_or_default());
        }
        let is_plain = |word: &str| {
            is_verb(word)
                || PREPOSITIONS.contains(&word)
                || ARTICLES.contains(&word)
                || QUANTITIES.contains(&word)
        };
        if let [kind, others @ ..] = &kinds[..]
            && !others.is_empty()
            && others.iter().all(|other| other == kind)
            && !is_plain(kind)
        {
            self.parts.push(std::iter::once(kind.clone()).chain(noun).collect());
        }
        self
    }

    /// The words of an id behind those of the resources, or of one of them, in front, also where they are said twice; none if
    /// that is all.
    pub(super) fn behind<'a>(&self, id: &'a [String]) -> &'a [String] {
        let mut rest = id;
        loop {
            let mut all = std::iter::once(&self.whole).chain(self.parts.iter().rev());
            match all.find(|part| begins(rest, part)) {
                // said a second time, it is all there is to say
                Some(said) if rest.len() < id.len() && said.len() == rest.len() => return rest,
                Some(said) => rest = &rest[said.len()..],
                None => return rest,
            }
        }
    }

    /// How many of the first words a resource says: all of its words, or with `head` also the noun at its end alone.
    fn count(&self, words: &[String], head: bool) -> usize {
        let last = self.parts.get(self.last_at).map_or(0, Vec::len);
        let least = if head { 1 } else { last.max(1) };
        let ends = (least..=self.whole.len()).map(|count| &self.whole[self.whole.len() - count..]);
        let all = ends.chain(self.parts.iter().map(|part| &part[..]));
        all.filter(|said| begins(words, said)).map(<[String]>::len).max().unwrap_or_default()
    }

    /// A name without what the resource says: `get` and `find_by_status` of `pets`, `add_tag` for `add_tag_for_task` of `tasks`,
    /// `create_for_booking` for `create_booking_payment` of `payments`.
    pub(super) fn short(&self, name: &[String], op: &Operation) -> Short {
        let mut short = Short { words: name.to_vec(), is_many: false };
        for _ in 0..name.len() {
            let Some(shorter) = self.shorter(&short.words, op) else { break };
            short = Short { is_many: short.is_many || shorter.is_many, ..shorter };
        }
        short
    }

    fn shorter(&self, name: &[String], op: &Operation) -> Option<Short> {
        let (verb, rest) = name.split_first()?;
        let bare = match rest {
            [article, behind @ ..] if ARTICLES.contains(&article.as_str()) => behind,
            _ => rest,
        };
        let found = match self.count(bare, true) {
            0 => (1..rest.len()).map(|at| (at, self.count(&rest[at..], false))).find(|found| found.1 > 0),
            count => Some((rest.len() - bare.len(), count)),
        };
        let (at, count) = found?;
        let (before, noun, behind) = (&rest[..at], &rest[at..at + count], &rest[at + count..]);
        let left =
            if at + bare.len() == rest.len() { behind.to_vec() } else { left(before, noun, behind, op)? };
        let is_many = noun.last().is_some_and(|last| singular(last) != last);
        Some(Short { words: std::iter::once(verb.clone()).chain(left).collect(), is_many })
    }
}

/// What is left to be said of the words between a verb and a noun that the resource says, and of those behind; `None` if the noun
/// is needed.
fn left(before: &[String], noun: &[String], behind: &[String], op: &Operation) -> Option<Words> {
    let is_one = |word: Option<&String>, of: &[&str]| word.is_some_and(|word| of.contains(&word.as_str()));
    let (last, front) = before.split_last()?;
    if is_one(Some(last), &PREPOSITIONS) {
        // what it is for is the resource, unless that is only the beginning of another noun
        let is_whole = behind.is_empty() || is_one(behind.first(), &PREPOSITIONS);
        return is_whole.then(|| [front, behind].concat());
    }
    let together: Words = std::iter::once(last).chain(noun).cloned().collect();
    if is_one_segment(&together, op) {
        return None;
    }
    let is_choice = before.iter().any(|word| word == "or" || word == "and");
    if !behind.is_empty() || is_choice || is_verb(last) || is_one(Some(last), &QUANTITIES) {
        return Some([before, behind].concat());
    }
    let segments: Vec<&str> = op.path.split('/').collect();
    let place =
        |words: &[String]| segments.iter().position(|segment| same_words(&segment_words(segment), words));
    let at = place(before)?;
    // what stands in front of the resource owns it; what stands behind is a part or a kind of it
    let is_owner = match place(noun) {
        Some(noun) => at < noun,
        None => segments.get(at + 1).is_some_and(|next| is_param(next)) && at + 2 < segments.len(),
    };
    let owner = is_owner.then(|| "for".to_owned());
    Some(owner.into_iter().chain(before.iter().cloned()).collect())
}

fn begins(words: &[String], with: &[String]) -> bool {
    !with.is_empty() && words.len() >= with.len() && same_words(&words[..with.len()], with)
}

/// Whether the words are those of one segment of the path, which is then something else than the resource: the
/// `external_accounts` of `accounts`.
fn is_one_segment(words: &[String], op: &Operation) -> bool {
    let segments = op.path.split('/').filter(|segment| !is_param(segment));
    segments
        .map(segment_words)
        .any(|segment| segment.windows(words.len()).any(|part| same_words(part, words)))
}
