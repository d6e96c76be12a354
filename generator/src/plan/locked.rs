//! What `names.lock` says of one type.

use crate::lock::{Lock, Section};

/// The names a type had in earlier runs.
pub(super) struct Locked<'a> {
    lock: &'a Lock,
    place: &'a str,
}

impl<'a> Locked<'a> {
    pub(super) fn new(lock: &'a Lock, place: &'a str) -> Self {
        Self { lock, place }
    }

    /// The field of a member. What is not written down is called as in the document, if the type was there at all.
    pub(super) fn field(&self, wire: &str) -> Option<&'a str> {
        self.lock.name(Section::Fields, &format!("{} {wire}", self.place), 0)
    }

    /// The setter of a member, and what sends null for it, where they are written down.
    pub(super) fn setter(&self, wire: &str) -> (Option<&'a str>, Option<&'a str>) {
        let name = |at| self.lock.name(Section::Fields, &format!("{} {wire}", self.place), at);
        (name(1), name(2))
    }

    /// Whether the type was there in earlier runs.
    pub(super) fn is_known(&self) -> bool {
        self.lock.name(Section::Types, self.place, 0).is_some()
    }

    /// Which slots of the type were boxed, and which were not.
    pub(super) fn boxes(&self) -> Kept<'a> {
        Kept {
            boxed: self.lock.get(Section::Boxes, self.place),
            held: self.lock.get(Section::Held, self.place),
        }
    }

    /// The field for members that are not declared.
    pub(super) fn additional(&self) -> Option<&'a str> {
        self.lock.name(Section::Fields, self.place, 0)
    }

    pub(super) fn variant(&self, key: &str) -> Option<&'a str> {
        self.lock.name(Section::Variants, &format!("{} {key}", self.place), 0)
    }

    /// The variant for what is not known.
    pub(super) fn unknown(&self) -> Option<&'a str> {
        let named = self.lock.name(Section::Variants, self.place, 0);
        named.or_else(|| self.is_known().then_some("Unknown"))
    }
}

/// What an earlier run decided about the slots of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a> {
    /// The slots that are boxed.
    pub(super) boxed: &'a [String],
    /// The slots that hold types without a box.
    pub(super) held: &'a [String],
}
