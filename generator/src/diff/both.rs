//! The two versions under comparison, and what was found so far.

use super::change::{Change, Class};
use super::kind::Kind;
use super::pair::Pairs;
use crate::pointer::Pointer;
use crate::sdk::Sdk;

/// The two versions, what belongs together in them, and what was found so far.
pub(super) struct Both<'a> {
    pub(super) old: &'a Sdk,
    pub(super) new: &'a Sdk,
    pub(super) pairs: &'a Pairs,
    pub(super) out: &'a mut Vec<Change>,
}

/// The place of a thing in both documents.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) old: Option<&'a Pointer>,
    pub(super) new: Option<&'a Pointer>,
}

impl<'a> At<'a> {
    pub(super) fn both(old: &'a Pointer, new: &'a Pointer) -> Self {
        Self { old: Some(old), new: Some(new) }
    }

    pub(super) fn old(old: &'a Pointer) -> Self {
        Self { old: Some(old), new: None }
    }

    pub(super) fn new(new: &'a Pointer) -> Self {
        Self { old: None, new: Some(new) }
    }
}

impl Both<'_> {
    pub(super) fn say(
        &mut self,
        kind: Kind,
        class: Class,
        item: &str,
        at: At<'_>,
        (what, why): (String, &str),
    ) {
        self.out.push(Change {
            class,
            item: item.to_owned(),
            kind,
            what,
            why: why.to_owned(),
            old: at.old.cloned(),
            new: at.new.cloned(),
            unread: class == Class::Breaking && kind.is_whole(),
        });
    }

    /// What was just said is of JSON that older versions may be unable to read, or is not.
    pub(super) fn mark_unread(&mut self, unread: bool) {
        if let Some(change) = self.out.last_mut() {
            change.unread = unread;
        }
    }

    /// Adds a remark to what was just said.
    pub(super) fn remark(&mut self, remark: &str) {
        if let Some(change) = self.out.last_mut() {
            change.what += remark;
        }
    }

    pub(super) fn breaking(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Breaking, item, at, (what, why));
    }

    pub(super) fn addition(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Addition, item, at, (what, why));
    }

    pub(super) fn fix(&mut self, kind: Kind, item: &str, at: At<'_>, what: String, why: &str) {
        self.say(kind, Class::Fix, item, at, (what, why));
    }
}
