//! Numbers to choose by: first those of the fuzzer's bytes, then ones that follow from them, so that each input is the same run.

/// A source of choices.
#[derive(Clone, Debug)]
pub struct Numbers<'a> {
    bytes: &'a [u8],
    state: u64,
}

impl<'a> Numbers<'a> {
    /// Choices made by these bytes.
    pub fn of(bytes: &'a [u8]) -> Self {
        // FNV-1a; never 0, where xorshift would stay.
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self { bytes, state: hash | 1 }
    }

    /// Choices that follow from a number.
    pub fn seeded(seed: u64) -> Self {
        let mut numbers = Self { bytes: &[], state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 };
        for _ in 0..4 {
            numbers.next();
        }
        numbers
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        match self.bytes.split_first() {
            Some((byte, rest)) => {
                self.bytes = rest;
                u64::from(*byte)
            }
            None => self.state >> 33,
        }
    }

    /// A number below the bound; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = if bound > 256 { self.next() << 16 | self.next() << 8 | self.next() } else { self.next() };
        usize::try_from(wide).unwrap_or(0) % bound.max(1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times / 2
    }

    /// One of several.
    pub fn pick<'p, T>(&mut self, of: &'p [T]) -> &'p T {
        &of[self.below(of.len())]
    }
}
