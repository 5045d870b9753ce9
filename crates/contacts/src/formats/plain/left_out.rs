//! How the rows that are left out differ from those that are kept.

use crate::caveat::Caveat;
use crate::moment::Moment;

/// Parts of the day: their names and the hour at which each ends.
const PARTS: [(&str, u8); 4] =
    [("at night", 6), ("in the morning", 12), ("in the afternoon", 18), ("in the evening", 24)];

/// What is known of some rows.
#[derive(Clone, Copy, Debug, Default)]
struct Profile {
    rows: u64,
    answered: u64,
    timed: u64,
    parts: [u64; PARTS.len()],
}

impl Profile {
    fn add(&mut self, moment: Option<Moment>, answered: bool) {
        self.rows += 1;
        self.answered += u64::from(answered);
        let Some(moment) = moment else { return };
        self.timed += 1;
        let hour = moment.hour_of_week() % 24;
        let part = PARTS.iter().position(|(_, end)| hour < usize::from(*end)).unwrap_or(0);
        self.parts[part] += 1;
    }

    fn answered(&self) -> f64 {
        self.answered as f64 / self.rows.max(1) as f64
    }

    fn part(&self, at: usize) -> f64 {
        self.parts[at] as f64 / self.timed.max(1) as f64
    }
}

/// Rows that are kept and rows that are left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Compared {
    kept: Profile,
    left_out: Profile,
}

impl Compared {
    /// A row that is kept.
    pub fn keep(&mut self, moment: Moment, answered: bool) {
        self.kept.add(Some(moment), answered);
    }

    /// A row that is left out: a time in it that can be read, and whether it has an answer.
    pub fn leave_out(&mut self, moment: Option<Moment>, answered: bool) {
        self.left_out.add(moment, answered);
    }

    /// How they differ, where some are left out.
    pub fn caveat(&self, tells: bool) -> Option<Caveat> {
        let Self { kept, left_out } = self;
        if left_out.rows == 0 {
            return None;
        }
        let difference = |at: &usize| (left_out.part(*at) - kept.part(*at)).abs();
        let part = (0..PARTS.len()).max_by(|a, b| difference(a).total_cmp(&difference(b)))?;
        let per_mille = |share: f64| (share * 1000.0).round() as u32;
        Some(Caveat::LeftOutRows {
            rows: left_out.rows,
            answered: tells.then(|| (per_mille(left_out.answered()), per_mille(kept.answered()))),
            part: (left_out.timed > 0).then(|| {
                (PARTS[part].0, per_mille(left_out.part(part)), per_mille(kept.part(part)))
            }),
        })
    }
}
