//! Whether an id has come before, in little memory however many there are.
//!
//! The first ids are kept. Where more come, all that follow are gone over once: a Bloom filter tells which
//! of them may have come before, and only those are kept from then on.

use hashbrown::HashTable;
use heard_text::diagnostic::Diagnostic;

use crate::checks::hash_of;
use crate::limits::MOST_REPEATED;

/// Ids that are kept before the others are gone over.
const FIRST: usize = 900_000;
/// Bits of the filter, and how many of them stand for an id.
const BITS: u64 = 1 << 27;
const PER_ID: u64 = 4;

/// Goes over the ids of all rows that follow.
pub(crate) type Rest<'a> = &'a dyn Fn(&mut dyn FnMut(&[u8])) -> Result<(), Diagnostic>;

/// The ids that have come.
pub(crate) struct Ids {
    seen: HashTable<u64>,
    first: usize,
    /// Those of the others that may come twice; `None` while all are kept.
    doubtful: Option<HashTable<u64>>,
}

impl Default for Ids {
    fn default() -> Self {
        Self { seen: HashTable::new(), first: FIRST, doubtful: None }
    }
}

impl Ids {
    /// Whether an id has not come before.
    pub(crate) fn is_new(&mut self, id: &[u8], rest: Rest<'_>) -> Result<bool, Diagnostic> {
        let hash = hash_of(id);
        if has(&self.seen, hash) {
            return Ok(false);
        }
        match &self.doubtful {
            None if self.seen.len() < self.first => keep(&mut self.seen, hash),
            None => {
                let mut doubtful = self.look_ahead(rest)?;
                // This very one may come again.
                keep(&mut doubtful, hash);
                keep(&mut self.seen, hash);
                self.doubtful = Some(doubtful);
            }
            Some(doubtful) if has(doubtful, hash) => keep(&mut self.seen, hash),
            Some(_) => {}
        }
        Ok(true)
    }

    /// The ids of the rows that follow which may come twice in them.
    fn look_ahead(&self, rest: Rest<'_>) -> Result<HashTable<u64>, Diagnostic> {
        let mut bits = vec![0_u64; (BITS / 64) as usize];
        let mut doubtful = HashTable::new();
        rest(&mut |id| {
            let hash = hash_of(id);
            // One half of the number steps through the filter by the other.
            let step = (hash >> 32) | 1;
            let mut came = true;
            for at in 0..PER_ID {
                let bit = hash.wrapping_add(at.wrapping_mul(step)) % BITS;
                let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
                came &= bits[word] & mask != 0;
                bits[word] |= mask;
            }
            if came && doubtful.len() < MOST_REPEATED && !has(&doubtful, hash) {
                keep(&mut doubtful, hash);
            }
        })?;
        Ok(doubtful)
    }
}

fn has(table: &HashTable<u64>, hash: u64) -> bool {
    table.find(hash, |other| *other == hash).is_some()
}

fn keep(table: &mut HashTable<u64>, hash: u64) {
    table.insert_unique(hash, hash, |other| *other);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn repeated_ids_are_known_among_the_first_the_others_and_across() {
        // Of 3,000 numbers below 2,000, many come twice.
        let all: Vec<String> =
            (0..3_000_u64).map(|at| (at * at * 7_919 % 1_999 + at % 3).to_string()).collect();
        let mut before = BTreeSet::new();
        let mut ids = Ids { first: 500, ..Ids::default() };
        let mut new = 0;
        for (at, id) in all.iter().enumerate() {
            let rest = |each: &mut dyn FnMut(&[u8])| {
                all[at + 1..].iter().for_each(|id| each(id.as_bytes()));
                Ok(())
            };
            let is_new = ids.is_new(id.as_bytes(), &rest).unwrap();
            assert_eq!(is_new, before.insert(id.clone()), "{id} at {at}");
            new += usize::from(is_new);
        }
        assert!((501..2_500).contains(&new), "{new}");
    }
}
