//! Cases are counted at the end, when their fate is known.

use super::Census;
use super::tally::Fate;
use crate::terms::case::Case;
use heard_math::stats::Incidence;

impl Census {
    /// Counts a case whose fate is known, as far as it ever will be.
    pub fn count_case(&mut self, case: &Case) {
        let fate = Fate {
            seen: case.seen,
            answered: case.answered(),
            heard: case.heard,
            resolved: case.resolved(),
        };
        if case.probe {
            let probes = &mut self.probes[usize::from(case.first_channel)];
            probes.voiced += 1;
            probes.add(fate);
        }
        if case.asks() {
            self.count_asked(case, fate);
        }
    }

    fn count_asked(&mut self, case: &Case, fate: Fate) {
        let public = self.public_channels[usize::from(case.first_channel)];
        let complaint = case.kind.is_failure();
        let day = self.day(case.voiced_at);
        day.complaints += u64::from(complaint);
        day.public += u64::from(complaint && public);
        day.tally.voiced += 1;
        day.tally.add(fate);
        if !self.counts(case.voiced_at) {
            return;
        }
        self.complaints += u64::from(complaint);
        self.public += u64::from(complaint && public);
        self.complaints_resolved += u64::from(complaint && fate.resolved);
        let class = ((case.severity * 3.0) as usize).min(2);
        let tenth = self.tenth_ends.partition_point(|&end| end <= case.followers);
        for tally in [
            &mut self.total,
            &mut self.channels[usize::from(case.first_channel)],
            &mut self.kinds[case.kind as usize],
            &mut self.severities[class],
            &mut self.tenths[tenth],
        ] {
            tally.voiced += 1;
            tally.add(fate);
        }
        let ended = case.ended_at - case.voiced_at;
        let still_open = self.end - case.voiced_at;
        let follow = |incidence: &mut Incidence, reached: f64| {
            let reached = (reached - case.voiced_at).max(0.0);
            if reached <= ended && reached.is_finite() {
                incidence.event(reached);
            } else if ended.is_finite() {
                incidence.competing(ended);
            } else {
                incidence.censored(still_open);
            }
        };
        follow(&mut self.first_answer, case.answered_at);
        follow(&mut self.resolution, case.resolved_at);
        self.censored += u64::from(case.ending.is_none());
    }
}
