//! A map of sums by key that costs little.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Sum;
use crate::model::Key;

/// Sums being made, by key.
pub(super) type Book = HashMap<Key, Sum, BuildHasherDefault<KeyHasher>>;

/// Hashes a key by one multiplication: a large site adds millions of figures, and no key comes from a stranger.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }

    fn write_u64(&mut self, n: u64) {
        // 2^64 over the golden ratio; the high half of the product knows every bit.
        let product = (self.0 ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
}
