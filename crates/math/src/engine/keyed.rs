//! Random draws keyed by what they are for.
//!
//! The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
//! as 1, 2, 3", SC 2011): a block of four words is a pure function of a 64-bit key, here the seed,
//! and a 128-bit counter, here (replication, entity, purpose, ordinal, block). A draw costs about
//! ten nanoseconds and no memory.

use rand_philox::philox4x32_10;

/// What a draw is for. Each purpose of a program needs a number of its own, fixed for ever.
pub trait Purpose: Copy {
    /// The number of this purpose.
    fn number(self) -> u16;
}

/// All the random numbers of one replication, by key.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    key: [u32; 2],
    replication: u32,
}

impl Draws {
    /// The draws of replication `replication` under `seed`.
    #[must_use]
    pub fn new(seed: u64, replication: u32) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32], replication }
    }

    /// A uniform in the open interval (0, 1): always the same for the same key.
    #[inline]
    #[must_use]
    pub fn uniform<P: Purpose>(&self, entity: u32, purpose: P, ordinal: u16) -> f64 {
        self.uniforms(entity, purpose, ordinal).0
    }

    /// Two independent uniforms for the price of one.
    #[inline]
    #[must_use]
    pub fn uniforms<P: Purpose>(&self, entity: u32, purpose: P, ordinal: u16) -> (f64, f64) {
        pair(self.block(entity, address(purpose, ordinal), 0))
    }

    /// A sequence of uniforms for a purpose that needs an unknown number of them.
    #[must_use]
    pub fn sequence<P: Purpose>(&self, entity: u32, purpose: P, ordinal: u16) -> Sequence {
        Sequence { draws: *self, entity, address: address(purpose, ordinal), block: 0, spare: None }
    }

    #[inline]
    fn block(&self, entity: u32, address: u32, block: u32) -> [u32; 4] {
        philox4x32_10([block, address, entity, self.replication], self.key)
    }
}

/// Uniforms drawn one after another from one key. Holds 2^33 draws before it repeats.
#[derive(Clone, Debug)]
pub struct Sequence {
    draws: Draws,
    entity: u32,
    address: u32,
    block: u32,
    spare: Option<f64>,
}

impl Sequence {
    /// The next uniform in the open interval (0, 1).
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let (first, second) = pair(self.draws.block(self.entity, self.address, self.block));
        self.block = self.block.wrapping_add(1);
        self.spare = Some(second);
        first
    }
}

fn address<P: Purpose>(purpose: P, ordinal: u16) -> u32 {
    u32::from(purpose.number()) << 16 | u32::from(ordinal)
}

fn pair(words: [u32; 4]) -> (f64, f64) {
    (open_unit(words[0], words[1]), open_unit(words[2], words[3]))
}

/// 52 random bits centred in their cells: never 0, never 1, exact on every platform.
fn open_unit(low: u32, high: u32) -> f64 {
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 12;
    (bits as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy)]
    struct Plain(u16);
    impl Purpose for Plain {
        fn number(self) -> u16 {
            self.0
        }
    }

    #[test]
    fn the_block_function_gives_the_published_known_answers() {
        // Random123, kat_vectors, philox4x32 10 rounds.
        assert_eq!(
            philox4x32_10([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox4x32_10(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn each_part_of_the_key_changes_the_draw() {
        let draws = Draws::new(7, 3);
        let here = draws.uniform(1, Plain(2), 3);
        assert_eq!(here, draws.uniform(1, Plain(2), 3));
        for other in [
            Draws::new(8, 3).uniform(1, Plain(2), 3),
            Draws::new(7 + (1 << 40), 3).uniform(1, Plain(2), 3),
            Draws::new(7, 4).uniform(1, Plain(2), 3),
            draws.uniform(2, Plain(2), 3),
            draws.uniform(1, Plain(3), 3),
            draws.uniform(1, Plain(2), 4),
        ] {
            assert_ne!(here, other);
        }
    }

    #[test]
    fn a_sequence_is_uniform_and_starts_with_the_keyed_draw() {
        let draws = Draws::new(1, 0);
        let mut sequence = draws.sequence(5, Plain(1), 0);
        assert_eq!(sequence.uniform(), draws.uniform(5, Plain(1), 0));
        let mut bins = [0u32; 20];
        let n = 200_000;
        for _ in 0..n {
            let u = sequence.uniform();
            assert!(u > 0.0 && u < 1.0);
            bins[(u * 20.0) as usize] += 1;
        }
        let expected = f64::from(n) / 20.0;
        let chi: f64 =
            bins.iter().map(|&b| f64::from(b) - expected).map(|gap| gap * gap / expected).sum();
        assert!(chi < 43.8, "chi-squared {chi} exceeds the 99.9% point of 19 degrees of freedom");
    }

    #[test]
    fn uniforms_lie_in_the_middles_of_their_cells() {
        let cell = 1.0 / (1_u64 << 52) as f64;
        assert_eq!(open_unit(0, 0), 0.5 * cell);
        assert_eq!(open_unit(1 << 12, 0), 1.5 * cell);
        assert_eq!(open_unit(0, 1 << 31), 0.5 + 0.5 * cell);
        assert_eq!(open_unit(u32::MAX, u32::MAX), 1.0 - 0.5 * cell);
    }
}
