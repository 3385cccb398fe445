//! A small generator of random numbers that gives the same numbers on every machine.

/// `SplitMix64`.
///
/// Source: Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014.
pub(crate) struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// The stream for `number` of `purpose`; streams do not depend on each other.
    pub(crate) fn of(purpose: u64, number: usize) -> Self {
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        let seed = Self(purpose).next().wrapping_add(number.wrapping_mul(STEP));
        Self(Self(seed).next())
    }

    /// A number from 0 to `limit` − 1. The modulo favours small numbers by less than one in a billion here.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// `whole` × `share` ÷ `of`, rounded up or down at random so that the mean is right.
    pub(crate) fn part(&mut self, whole: u64, share: u64, of: u64) -> u64 {
        (whole * share + self.below(of)) / of
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
