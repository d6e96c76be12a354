//! What the tests of the stage share: a source of chance that is the same each time, and a builder of small APIs.

use super::*;
use std::collections::HashMap;

pub(crate) mod build;
mod distinct;
mod whole;

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// A wire name of few letters and many oddities, so that names clash often.
    pub(crate) fn wire(&mut self) -> String {
        const PARTS: [&str; 34] = [
            "a", "b", "A", "B", "foo", "Foo", "bar", "ID", "IDs", "type", "self", "new", "1", "2", "42", "_",
            "__", "-", ".", " ", "/", "+", "$", "@", "<", "=", "é", "e\u{301}", "名", "ß", "👍", "\u{fe0f}",
            "İ", "ŉ",
        ];
        (0..self.below(5)).map(|_| *self.pick(&PARTS)).collect()
    }
}

#[test]
fn chance_is_the_same_each_time() {
    let count = |seed| {
        let mut random = Random::new(seed);
        let mut seen: HashMap<String, usize> = HashMap::new();
        (0..100).for_each(|_| *seen.entry(random.wire()).or_default() += 1);
        seen
    };
    assert_eq!(count(1), count(1));
    assert_ne!(count(1), count(2));
}
