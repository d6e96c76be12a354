//! Tables whose entries are named by ids of their own type, so that an id of one table cannot index another.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// An index into the [`Arena`] of its kind.
pub trait Id: Copy {
    /// The id of the entry at this position.
    fn new(index: usize) -> Self;

    /// The position of the entry.
    fn index(self) -> usize;
}

/// Declares index types: `id!(/** Docs. */ TypeId);`.
macro_rules! id {
    ($($(#[$docs:meta])* $name:ident;)+) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position of its entry.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl $crate::arena::Id for $name {
            fn new(index: usize) -> Self {
                Self(index as u32)
            }

            fn index(self) -> usize {
                self.index()
            }
        }
    )+};
}
pub(crate) use id;

/// A table whose entries are named by ids of the type `I`, in the order they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arena<I, T> {
    entries: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> Arena<I, T> {
    /// Adds an entry.
    pub fn push(&mut self, entry: T) -> I {
        let id = self.next_id();
        self.entries.push(entry);
        id
    }

    /// The id that the next entry gets.
    pub fn next_id(&self) -> I {
        I::new(self.entries.len())
    }

    /// The id of the entry at this position.
    pub fn id(&self, index: usize) -> I {
        I::new(index)
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// All entries with their ids, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries.iter().enumerate().map(|(index, entry)| (I::new(index), entry))
    }

    /// The first entry that fits, with its id.
    pub fn find(&self, fits: impl Fn(&T) -> bool) -> Option<(I, &T)> {
        self.entries().find(|(_, entry)| fits(entry))
    }

    /// Takes the last entry out.
    pub fn pop(&mut self) -> Option<T> {
        self.entries.pop()
    }

    /// Keeps the first `count` entries.
    pub fn truncate(&mut self, count: usize) {
        self.entries.truncate(count);
    }

    /// The entry of an id, if there is one.
    pub fn get(&self, id: I) -> Option<&T> {
        self.entries.get(id.index())
    }
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), ids: PhantomData }
    }
}

impl<I, T> From<Vec<T>> for Arena<I, T> {
    fn from(entries: Vec<T>) -> Self {
        Self { entries, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Arena<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(entries: E) -> Self {
        Self::from(Vec::from_iter(entries))
    }
}

impl<I, T> IntoIterator for Arena<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a Arena<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Arena<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter_mut()
    }
}

impl<I: Id, T> Index<I> for Arena<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.entries[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Arena<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.entries[id.index()]
    }
}

impl<I: Id, T> Index<&I> for Arena<I, T> {
    type Output = T;

    fn index(&self, id: &I) -> &T {
        &self[*id]
    }
}

/// Tests count entries.
#[cfg(test)]
impl<I: Id, T> Index<usize> for Arena<I, T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.entries[index]
    }
}

#[cfg(test)]
impl<I: Id, T> IndexMut<usize> for Arena<I, T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.entries[index]
    }
}

/// Entries in order.
impl<I, T> Deref for Arena<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.entries
    }
}

impl<I, T> DerefMut for Arena<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.entries
    }
}
