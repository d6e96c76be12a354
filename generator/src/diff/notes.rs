//! Documentation and deprecation.

use super::{At, Both, Kind};
use crate::ir::Docs;
use std::collections::BTreeSet;

/// The words of a documentation, constraints and links included.
pub(super) fn text(docs: &Docs) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(docs.summary.as_deref());
    parts.extend(docs.description.as_deref());
    parts.extend(docs.constraints.iter().map(String::as_str));
    parts.extend(docs.default.as_deref());
    parts.extend(docs.link.as_deref());
    parts.join("\n").trim().to_owned()
}

impl Both<'_> {
    /// What the documentation of a thing says, and whether it warns. `marked`: whether the compiler passes the warning on.
    pub(super) fn docs(&mut self, item: &str, at: At<'_>, (old, new): (&Docs, &Docs), marked: bool) {
        match (&old.deprecated, &new.deprecated) {
            (None, Some(_)) if marked => {
                let why = "the compiler warns whoever uses it";
                self.addition(Kind::Deprecated, item, at, "is deprecated".to_owned(), why);
            }
            (None, Some(_)) => {
                let why = "its documentation says so";
                self.fix(Kind::Deprecated, item, at, "is deprecated".to_owned(), why);
            }
            (Some(_), None) => {
                let why = "one warning less";
                self.fix(Kind::Deprecated, item, at, "is no longer deprecated".to_owned(), why);
            }
            (Some(a), Some(b)) if a != b => self.said(item, at, "the reason of its deprecation"),
            _ => {}
        }
        // in any order; a default is a change of its own
        if BTreeSet::from_iter(&old.constraints) != BTreeSet::from_iter(&new.constraints) {
            self.said(item, at, "what the documentation says of its limits");
        }
        let bare = |docs: &Docs| text(&Docs { constraints: Vec::new(), default: None, ..docs.clone() });
        if bare(old) != bare(new) {
            self.said(item, at, "its documentation");
        }
    }

    fn said(&mut self, item: &str, at: At<'_>, what: &str) {
        let why = "words only";
        self.fix(Kind::Documentation, item, at, format!("changed {what}"), why);
    }
}
