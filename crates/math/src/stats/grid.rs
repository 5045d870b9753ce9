//! The time grid of cumulative incidence.

use std::sync::OnceLock;

/// How many bins lie between the lowest and the highest edge.
pub const BINS: usize = 256;
/// All slots: one below the lowest edge, the bins, one above the highest edge.
pub const SLOTS: usize = BINS + 2;
/// The lowest edge, in hours (3.6 seconds).
pub const LOWEST: f64 = 0.001;
/// The highest edge, in hours (a little over a year).
pub const HIGHEST: f64 = 10_000.0;

const EDGES: usize = BINS + 1;
/// Keeps the sign, the exponent and the four leading bits of the fraction: 16 cells per octave, a
/// little narrower than the bins (11 per octave), so that a cell holds at most one edge.
const CELL_SHIFT: u32 = 48;

/// Logarithmic bins over hours: slot 0 holds everything up to [`LOWEST`], slot `i` of `1..=BINS`
/// the times above edge `i - 1` and up to edge `i`, the last slot all above [`HIGHEST`].
///
/// Neighbouring edges are 6.5 percent apart. Bins are closed on the right, so that the curve at an
/// edge counts everything that happened by then.
#[derive(Debug)]
pub struct Grid {
    edges: [f64; EDGES],
    /// For each cell of leading bits from `first_cell` on, how many edges lie below its start: the
    /// slot of its earliest time.
    cells: Vec<u16>,
    first_cell: u64,
}

impl Grid {
    /// The one grid, built on first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Grid> = OnceLock::new();
        SHARED.get_or_init(Self::build)
    }

    fn build() -> Self {
        let mut edges = [LOWEST; EDGES];
        for (index, edge) in edges.iter_mut().enumerate() {
            *edge = LOWEST * libm::pow(HIGHEST / LOWEST, index as f64 / BINS as f64);
        }
        edges[0] = LOWEST;
        edges[BINS] = HIGHEST;
        let first_cell = LOWEST.to_bits() >> CELL_SHIFT;
        let last_cell = HIGHEST.to_bits() >> CELL_SHIFT;
        let cells = (first_cell..=last_cell)
            .map(|cell| {
                let start = f64::from_bits(cell << CELL_SHIFT);
                edges.partition_point(|edge| *edge < start) as u16
            })
            .collect();
        Self { edges, cells, first_cell }
    }

    /// The slot of a time in hours, `0..SLOTS`. Negative times and not-a-number go to slot 0.
    pub fn bin(&self, hours: f64) -> usize {
        if hours > HIGHEST {
            return SLOTS - 1;
        }
        if hours > LOWEST {
            // The bits of positive floats are ordered like the floats.
            let cell = (hours.to_bits() >> CELL_SHIFT) - self.first_cell;
            let mut slot = self.cells.get(cell as usize).map_or(0, |first| usize::from(*first));
            while self.edges.get(slot).is_some_and(|edge| hours > *edge) {
                slot += 1;
            }
            return slot;
        }
        0
    }

    /// The latest time of a slot, in hours; `None` for the last slot, which has none, and beyond.
    pub fn upper_edge(&self, slot: usize) -> Option<f64> {
        self.edges.get(slot).copied()
    }

    /// The time that a slot starts after, in hours: 0 for slot 0.
    pub fn lower_edge(&self, slot: usize) -> f64 {
        match slot.checked_sub(1) {
            None => 0.0,
            Some(below) => self.edges.get(below).copied().unwrap_or(HIGHEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_search(grid: &Grid, hours: f64) -> usize {
        grid.edges.partition_point(|edge| *edge < hours)
    }

    #[test]
    fn edges_run_evenly_in_logarithm_from_lowest_to_highest() {
        let grid = Grid::shared();
        assert_eq!((grid.upper_edge(0), grid.upper_edge(BINS)), (Some(LOWEST), Some(HIGHEST)));
        assert_eq!((grid.upper_edge(BINS + 1), grid.lower_edge(0)), (None, 0.0));
        assert_eq!(grid.lower_edge(BINS + 1), HIGHEST);
        for slot in 1..=BINS {
            let ratio = grid.upper_edge(slot).unwrap() / grid.lower_edge(slot);
            assert!((ratio - 1.0649856353).abs() < 1e-8, "{slot}: {ratio}");
        }
    }

    #[test]
    fn a_time_on_an_edge_belongs_to_the_bin_that_ends_there() {
        let grid = Grid::shared();
        for (slot, edge) in grid.edges.iter().enumerate() {
            assert_eq!(grid.bin(*edge), slot);
            assert_eq!(grid.bin(edge.next_up()), slot + 1);
        }
    }

    #[test]
    fn times_off_the_grid_go_to_the_outer_slots() {
        let grid = Grid::shared();
        for hours in [0.0, -0.0, -1.0, f64::NAN, 1e-9, f64::NEG_INFINITY] {
            assert_eq!(grid.bin(hours), 0);
        }
        assert_eq!((grid.bin(1e9), grid.bin(f64::INFINITY)), (SLOTS - 1, SLOTS - 1));
    }

    #[test]
    fn one_comparison_settles_the_slot() {
        let grid = Grid::shared();
        for neighbours in grid.cells.windows(2) {
            assert!(neighbours[1] - neighbours[0] <= 1);
        }
    }

    proptest! {
        #[test]
        fn bin_finds_what_a_binary_search_finds(exponent in -12.0..12.0) {
            let hours = libm::exp(exponent);
            prop_assert_eq!(Grid::shared().bin(hours), by_search(Grid::shared(), hours));
        }
    }
}
