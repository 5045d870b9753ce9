//! Cases are counted at the end, when their fate is known.

use super::Census;
use super::counts::Counts;
use super::tally::Fate;
use crate::plan::counted::holds;
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
            self.count_probe(usize::from(case.first_channel), fate);
        }
        if case.asks() {
            self.count_asked(case, fate);
        }
    }

    /// All probes are of the main window, whose very end may be when one is posted.
    fn count_probe(&mut self, channel: usize, fate: Fate) {
        if let Some(main) = self.windows.first_mut() {
            main.probe(channel, fate);
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
        self.cases += u64::from(holds(self.span, case.voiced_at));
        let tenth = self.tenth_ends.partition_point(|&end| end <= case.followers);
        let end = self.end;
        for counts in self.holding(case.voiced_at) {
            counts.complaints += u64::from(complaint);
            counts.public += u64::from(complaint && public);
            counts.complaints_resolved += u64::from(complaint && fate.resolved);
            counts.tally_case(case, fate, tenth);
            follow(&mut counts.first_answer, case, case.answered_at, end);
            follow(&mut counts.resolution, case, case.resolved_at, end);
            counts.censored += u64::from(case.ending.is_none());
        }
    }
}

impl Counts {
    /// Counts a case wherever it belongs. `tenth`: that of its customer's followers.
    fn tally_case(&mut self, case: &Case, fate: Fate, tenth: usize) {
        let class = ((case.severity * 3.0) as usize).min(2);
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
    }
}

/// How long a case waited for what it reached at `reached`, if it ever did before the end of the run.
fn follow(incidence: &mut Incidence, case: &Case, reached: f64, end: f64) {
    let ended = case.ended_at - case.voiced_at;
    let reached = (reached - case.voiced_at).max(0.0);
    if reached <= ended && reached.is_finite() {
        incidence.event(reached);
    } else if ended.is_finite() {
        incidence.competing(ended);
    } else {
        incidence.censored(end - case.voiced_at);
    }
}
