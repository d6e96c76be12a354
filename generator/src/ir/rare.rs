//! What most parts of an API have nothing of.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// A value that says nothing in most places: there it takes the room of a pointer. Nine of ten properties of GitHub's document
/// have no documentation, and no document but one with XML has any of it.
pub struct Rare<T>(Option<Box<T>>);

/// A value that can say nothing.
pub trait Silent: Default + PartialEq + 'static {
    /// The value that says nothing.
    const NOTHING: &'static Self;
}

impl<T: Silent> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

impl<T: Silent> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Silent> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::NOTHING).then(|| Box::new(value)))
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Clone for Rare<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Silent> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Silent + Eq> Eq for Rare<T> {}

impl<T: Silent + Hash> Hash for Rare<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: Silent + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rare, Silent};

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Note(String);

    impl Silent for Note {
        const NOTHING: &'static Self = &Self(String::new());
    }

    #[test]
    fn nothing_takes_no_room_and_reads_as_nothing() {
        let mut note = Rare::from(Note::default());
        assert!(note.0.is_none() && *note == Note::default() && note == Rare::default());
        *note = Note("one line".to_owned());
        assert_eq!(*note, Note("one line".to_owned()));
        *note = Note::default();
        assert_eq!(note, Rare::default());
        assert_eq!(size_of::<Rare<Note>>(), size_of::<usize>());
    }
}
