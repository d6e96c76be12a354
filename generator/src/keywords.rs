//! What the generator claims about the keywords of OpenAPI, and where a document has them. For tools and tests.
//!
//! The claims are the rows of the tables that the normaliser and the ledger go by, so that a test can try them.

use serde_json::Value;

use crate::normalize::keyword::{Effect, ObjectKind, ValueShape, Visit, Visitor, visit};
use crate::pointer::Pointer;

/// A keyword of a kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The kind of object, in the words of the specification.
    pub object: &'static str,
    /// The keyword.
    pub name: &'static str,
    /// What is claimed about it.
    pub claim: Claim,
    /// The words it may have, where these are a list.
    pub words: &'static [&'static str],
}

/// What the generator claims to do with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It has an effect on the generated crate.
    Used,
    /// It has none, and the document is told so.
    Ignored,
    /// It has none, and that needs no report.
    Silent,
}

/// A keyword in a document.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// The keyword.
    pub keyword: Keyword,
    /// JSON pointer to its value.
    pub at: Pointer,
}

/// All keywords, by kind of object.
pub fn keywords() -> Vec<Keyword> {
    let rows =
        ObjectKind::ALL.iter().flat_map(|kind| kind.keywords().iter().map(move |row| (kind, row.name)));
    rows.filter_map(|(kind, name)| keyword(*kind, name)).collect()
}

/// Every keyword of a document, each before those in its value. Data (examples, defaults, extensions) is not looked into.
pub fn occurrences(document: &Value) -> Vec<Occurrence> {
    let mut all = Occurrences(Vec::new());
    visit(document, &mut all);
    all.0
}

struct Occurrences(Vec<Occurrence>);

impl Visitor<'_> for Occurrences {
    fn see(&mut self, visit: &Visit<'_, '_>) -> bool {
        let keyword = visit.keyword.and_then(|(kind, name)| keyword(kind, name));
        self.0.extend(keyword.map(|keyword| Occurrence { keyword, at: visit.at.pointer() }));
        true
    }
}

fn keyword(kind: ObjectKind, name: &str) -> Option<Keyword> {
    let row = kind.keyword(name)?;
    let claim = match row.effect {
        Effect::Used | Effect::Rewritten(_) => Claim::Used,
        Effect::Ignored(_) | Effect::Stashed(_) | Effect::Lost(_) => Claim::Ignored,
        Effect::Silent(_) => Claim::Silent,
    };
    let words = if let ValueShape::Word(words) = row.shape { words } else { &[] };
    Some(Keyword { object: kind.word(), name: row.name, claim, words })
}
