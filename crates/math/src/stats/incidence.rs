//! Cumulative incidence with a competing end and right censoring.

use super::grid::{Grid, SLOTS};

/// Slack for the rounding of the product-limit steps when asking whether a curve reached a share.
const ROUNDING: f64 = 1e-12;

/// The share to which an event has happened by each time, by the estimator of Aalen and Johansen
/// (1978), from times grouped into the bins of [`Grid`].
///
/// Every subject ends in one of three ways: the event of interest, a competing end that rules the
/// event out for good, or censoring, after which it is no longer observed. Unlike one minus the
/// estimate of Kaplan and Meier (1958), the result does not count those ended by the competing
/// event as if the event still awaited them.
///
/// Within a bin, events and competing ends share one step, and censorings count as happening at
/// the end of the bin: the censored are at risk throughout it. Where no bin holds both, the bin
/// ends carry the exact estimate.
///
/// All times are in hours since the subject's own start, finite and not negative.
#[derive(Clone, Debug)]
pub struct Incidence {
    grid: &'static Grid,
    bins: Vec<Bin>,
    total: u64,
    /// Events at time 0 exactly: a machine's answer takes no time at all, and no interpolation may
    /// spread it over the first slot.
    at_once: u64,
    /// The latest event: where the slot above the grid, which has no edge, ends.
    latest: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bin {
    event: u64,
    competing: u64,
    censored: u64,
}

/// The estimated shares at the end of each slot of the [`Grid`]. They add up to 1 in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// Share to which the event has happened.
    pub event: Vec<f64>,
    /// Share ended by the competing event.
    pub competing: Vec<f64>,
    /// Share to which neither has happened.
    pub surviving: Vec<f64>,
}

impl Default for Incidence {
    fn default() -> Self {
        Self::new()
    }
}

impl Incidence {
    /// No subjects yet.
    pub fn new() -> Self {
        Self {
            grid: Grid::shared(),
            bins: vec![Bin::default(); SLOTS],
            total: 0,
            at_once: 0,
            latest: 0.0,
        }
    }

    /// The event of interest happened to a subject after `hours`.
    pub fn event(&mut self, hours: f64) {
        self.count(hours, |bin| bin.event += 1);
        self.at_once += u64::from(hours == 0.0);
        self.latest = self.latest.max(hours);
    }

    /// A subject came to the competing end after `hours`.
    pub fn competing(&mut self, hours: f64) {
        self.count(hours, |bin| bin.competing += 1);
    }

    /// A subject was last observed, with neither end, after `hours`.
    pub fn censored(&mut self, hours: f64) {
        self.count(hours, |bin| bin.censored += 1);
    }

    fn count(&mut self, hours: f64, add: impl FnOnce(&mut Bin)) {
        if let Some(bin) = self.bins.get_mut(self.grid.bin(hours)) {
            add(bin);
            self.total += 1;
        }
    }

    /// Takes in the subjects of another estimate. The order of merging does not matter.
    pub fn merge(&mut self, other: &Self) {
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.event += more.event;
            bin.competing += more.competing;
            bin.censored += more.censored;
        }
        self.total += other.total;
        self.at_once += other.at_once;
        self.latest = self.latest.max(other.latest);
    }

    /// How many subjects were taken in, whatever their end.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The estimated shares at the end of each slot; all surviving without subjects.
    pub fn curves(&self) -> Curves {
        let (mut event, mut competing, mut surviving) = (0.0, 0.0, 1.0);
        let mut at_risk = self.total;
        let mut curves = Curves {
            event: Vec::with_capacity(SLOTS),
            competing: Vec::with_capacity(SLOTS),
            surviving: Vec::with_capacity(SLOTS),
        };
        for bin in &self.bins {
            if at_risk > 0 {
                let n = at_risk as f64;
                event += surviving * (bin.event as f64 / n);
                competing += surviving * (bin.competing as f64 / n);
                surviving *= (at_risk - bin.event - bin.competing) as f64 / n;
                at_risk -= bin.event + bin.competing + bin.censored;
            }
            curves.event.push(event);
            curves.competing.push(competing);
            curves.surviving.push(surviving);
        }
        curves
    }

    /// The share to which the event has happened by each of the given `hours`, 0 to 1.
    ///
    /// Between the ends of a bin the curve is straight over the logarithm of time; up to the first
    /// edge it is straight over time, from the share at time 0; above the last edge it ends at the latest event.
    pub fn curve_at(&self, hours: &[f64]) -> Vec<f64> {
        let curve = self.curves().event;
        let at = |&hours: &f64| {
            let slot = self.grid.bin(hours);
            let (before, after) = self.step(&curve, slot);
            before + (after - before) * self.position(slot, hours)
        };
        hours.iter().map(at).collect()
    }

    /// The hours by which the event has happened to a share `p` of the subjects, interpolated as
    /// in [`curve_at`](Self::curve_at).
    ///
    /// `None` when the curve never reaches `p`, or `p` is not above 0.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if p.is_nan() || p <= 0.0 {
            return None;
        }
        if self.at_once_share() >= p - ROUNDING {
            return Some(0.0);
        }
        let curve = self.curves().event;
        let slot = curve.iter().position(|share| *share > 0.0 && *share >= p - ROUNDING)?;
        let (before, after) = self.step(&curve, slot);
        let share = if after > before { ((p - before) / (after - before)).min(1.0) } else { 1.0 };
        let (start, end) = self.span(slot);
        Some(if slot == 0 { end * share } else { start * libm::pow(end / start, share) })
    }

    /// How far into its slot a time lies, 0 to 1, on the scale of interpolation.
    fn position(&self, slot: usize, hours: f64) -> f64 {
        let (start, end) = self.span(slot);
        if hours >= end {
            1.0
        } else if slot == 0 {
            (hours / end).max(0.0)
        } else {
            libm::log(hours / start) / libm::log(end / start)
        }
    }

    /// The values of a curve at the start and the end of a slot.
    fn step(&self, curve: &[f64], slot: usize) -> (f64, f64) {
        let before = match slot.checked_sub(1) {
            Some(earlier) => curve.get(earlier).copied().unwrap_or(0.0),
            None => self.at_once_share(),
        };
        (before, curve.get(slot).copied().unwrap_or(before))
    }

    fn at_once_share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.at_once as f64 / self.total as f64 }
    }

    fn span(&self, slot: usize) -> (f64, f64) {
        let start = self.grid.lower_edge(slot);
        (start, self.grid.upper_edge(slot).unwrap_or(self.latest.max(start)))
    }
}

#[cfg(test)]
mod tests;
