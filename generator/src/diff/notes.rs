//! Documentation and deprecation.

use super::both::{At, Both};
use super::documentation::text;
use super::kind::Kind;
use crate::ir::Docs;
use std::collections::BTreeSet;

impl Both<'_> {
    /// What the documentation of a thing says, and whether it warns. `marked`: whether the compiler passes the warning on.
    pub(super) fn docs(&mut self, item: &str, at: At<'_>, (old, new): (&Docs, &Docs), marked: bool) {
        match (&old.deprecated, &new.deprecated) {
            (None, Some(_)) if marked => {
                let why = "the compiler warns on use";
                self.addition(Kind::Deprecated, item, at, "is deprecated".to_owned(), why);
            }
            (None, Some(_)) => {
                let why = "its documentation says so";
                self.fix(Kind::Deprecated, item, at, "is deprecated".to_owned(), why);
            }
            (Some(_), None) => {
                let why = "the warning is gone";
                self.fix(Kind::Deprecated, item, at, "is no longer deprecated".to_owned(), why);
            }
            (Some(a), Some(b)) if a != b => self.said(item, at, "the reason of its deprecation"),
            _ => {}
        }
        // in any order; a default is a change of its own
        if BTreeSet::from_iter(&old.constraints) != BTreeSet::from_iter(&new.constraints) {
            self.said(item, at, "the constraints in its documentation");
        }
        let bare = |docs: &Docs| text(&Docs { constraints: Vec::new(), default: None, ..docs.clone() });
        if bare(old) != bare(new) {
            self.said(item, at, "its documentation");
        }
    }

    fn said(&mut self, item: &str, at: At<'_>, what: &str) {
        let why = "only documentation changes";
        self.fix(Kind::Documentation, item, at, format!("changed {what}"), why);
    }
}
