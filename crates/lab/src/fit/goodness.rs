//! How well a fitted scenario reproduces a log: what became of the log's contacts, beside what became
//! of simulated ones.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::calls::{Call, Calls, End};
use crate::experiment::contact_log::{ContactLog, Keep, Row};
use crate::experiment::cost::Costs;
use crate::experiment::runner::Turn;
use crate::experiment::schedule::Piece;
use crate::experiment::{Experiment, runner};
use crate::job::{Job, Progress, Watch};

/// Half of what times of a log are rounded to, in hours.
const ROUNDED: f64 = 0.5 / 3600.0;
/// Hours of one day.
const DAY: usize = 24;

/// What became of contacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// Waits of those who were served, in hours, rising.
    pub served: Vec<f64>,
    /// Waits of those who gave up, in hours, rising.
    pub gave_up: Vec<f64>,
    /// Waits so far of those who still waited at the end, in hours, rising.
    pub waiting: Vec<f64>,
    /// By the hour in which they came, since midnight of the first Monday: those who gave up, and all.
    pub by_hour: Vec<(u32, u32)>,
}

impl Outcomes {
    fn of(contacts: impl Iterator<Item = (f64, f64, End)>) -> Self {
        let mut this = Self::default();
        for (arrived, wait, end) in contacts {
            match end {
                End::Served(_) => &mut this.served,
                End::GaveUp => &mut this.gave_up,
                End::Waiting => &mut this.waiting,
                End::Unknown => continue,
            }
            .push(wait);
            let hour = arrived.max(0.0) as usize;
            if this.by_hour.len() <= hour {
                this.by_hour.resize(hour + 1, (0, 0));
            }
            this.by_hour[hour].0 += u32::from(end == End::GaveUp);
            this.by_hour[hour].1 += 1;
        }
        for waits in [&mut this.served, &mut this.gave_up, &mut this.waiting] {
            waits.sort_by(f64::total_cmp);
        }
        this
    }

    /// Of the contacts of a log whose end it gives. What came into an inbox shortly before the log ends may
    /// have been answered since.
    #[must_use]
    pub fn of_calls(calls: &Calls) -> Self {
        let told = |call: &&Call| {
            let class = &calls.classes[call.class];
            let answers = calls.channels[class.channel].answered > 0;
            call.end != End::Waiting || calls.is_live(call.class) || !class.taken || !answers
        };
        let told = calls.calls.iter().filter(told);
        Self::of(told.map(|call| (call.arrived, call.wait, call.end)))
    }

    /// Of the contacts of a replication that came within a window of hours; `over`: when it ended.
    fn of_rows(rows: &[Row], (from, to): (f64, f64), over: f64) -> Self {
        let counted = rows.iter().filter(|row| (from..to).contains(&row.arrived));
        Self::of(counted.map(|row| match (row.answered, row.gave_up) {
            (Some(answered), _) => (row.arrived, answered - row.arrived, End::Served(None)),
            (None, Some(gave_up)) => (row.arrived, gave_up - row.arrived, End::GaveUp),
            (None, None) => (row.arrived, over - row.arrived, End::Waiting),
        }))
    }

    /// Contacts whose end is known.
    #[must_use]
    pub fn contacts(&self) -> f64 {
        (self.served.len() + self.gave_up.len() + self.waiting.len()) as f64
    }

    /// Share of them that was answered.
    #[must_use]
    pub fn answered_share(&self) -> f64 {
        self.served.len() as f64 / self.contacts()
    }

    /// Share of them that gave up.
    #[must_use]
    pub fn gave_up_share(&self) -> f64 {
        self.gave_up.len() as f64 / self.contacts()
    }

    /// Mean wait of those who were served, in hours.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.served.iter().sum::<f64>() / self.served.len() as f64
    }

    /// Share of those who were served that waited no longer than this, in hours.
    #[must_use]
    pub fn served_within(&self, hours: f64) -> f64 {
        self.served.partition_point(|wait| *wait <= hours) as f64 / self.served.len() as f64
    }

    /// The wait that this share of those who were served did not exceed, in hours.
    #[must_use]
    pub fn wait(&self, share: f64) -> f64 {
        let at = (share * self.served.len() as f64).ceil() as usize;
        self.served.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    /// Those who gave up and all, by the hour of the day.
    #[must_use]
    pub fn by_hour_of_day(&self) -> [(u32, u32); DAY] {
        let mut sums = [(0, 0); DAY];
        for (hour, (gave_up, all)) in self.by_hour.iter().enumerate() {
            sums[hour % DAY].0 += gave_up;
            sums[hour % DAY].1 += all;
        }
        sums
    }
}

/// A log beside simulations of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Goodness {
    /// What the log is called.
    pub name: String,
    /// Its contacts, those included whose end it does not tell.
    pub contacts: usize,
    /// What became of the log's contacts.
    pub log: Outcomes,
    /// What became of those of each replication.
    pub simulated: Vec<Outcomes>,
    /// What became of the contacts that the scenario was fitted to, where those are of other days.
    pub earlier: Option<Outcomes>,
}

/// The mean of some values, and the range that 95% of them lie in; not numbers without values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The lower end of the range.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Spread {
    /// Of these values.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = values.len().saturating_sub(1) as f64;
            values.get((share * last).round() as usize).copied().unwrap_or(f64::NAN)
        };
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Self { mean, low: at(0.025), high: at(0.975) }
    }
}

/// One figure of the log, and of the replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// Of the log.
    pub log: f64,
    /// Of the replications.
    pub simulated: Spread,
}

/// Runs the replications of a fitted scenario and compares them with a log.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The contacts of the log.
    pub calls: Arc<Calls>,
    /// The contacts that the scenario was fitted to.
    pub fitted: Arc<Calls>,
    /// The scenario; its first arm runs.
    pub experiment: Arc<Experiment>,
    /// Worker threads; 0 counts as 1. The comparison does not depend on it.
    pub threads: usize,
}

impl Job for Compare {
    type Output = Goodness;
    type Error = runner::Error<Infallible>;

    /// # Errors
    /// If worker threads cannot be started.
    fn run(self, watch: &mut Watch) -> Result<Goodness, Self::Error> {
        let Self { calls, fitted, experiment, threads } = self;
        let run = &experiment.study.base.run;
        let (window, end) = (run.span_hours(), run.end_hours());
        let mut simulated = Vec::new();
        let play = |Piece { replication, arm }: Piece, stop: &AtomicBool| {
            let mut log = ContactLog::new(Keep::All);
            experiment.play(arm, replication, stop, &mut log)?;
            Some(Outcomes::of_rows(&log.rows, window, end))
        };
        let (stop, first_arm) = (watch.stop(), Costs::new([1.0]));
        runner::pieces(0..run.replications, first_arm, threads, stop.flag(), play, |turn| {
            if let Turn::Replication(_, outcomes) = turn {
                simulated.extend(outcomes);
            }
            watch.report(Progress::replications(simulated.len() as u32, run.replications));
            Ok(())
        })?;
        let (days, fitted_days) = (calls.dates(), fitted.dates());
        let others = fitted_days.end <= days.start || days.end <= fitted_days.start;
        Ok(Goodness {
            name: calls.about.name.clone(),
            contacts: calls.calls.len(),
            log: Outcomes::of_calls(&calls),
            simulated,
            earlier: others.then(|| Outcomes::of_calls(&fitted)),
        })
    }
}

impl Goodness {
    /// A figure of the log and of the replications.
    #[must_use]
    pub fn beside(&self, of: impl Fn(&Outcomes) -> f64) -> Beside {
        let values = self.simulated.iter().map(&of).filter(|value| value.is_finite());
        Beside { log: of(&self.log), simulated: Spread::of(values.collect()) }
    }

    /// Whether nobody is answered in any replication, though somebody is in the log.
    #[must_use]
    pub fn answers_nobody(&self) -> bool {
        let nobody = |outcomes: &Outcomes| outcomes.served.is_empty();
        !nobody(&self.log) && self.simulated.iter().all(nobody)
    }

    /// The largest distance between the waits of those served in the log and in all replications
    /// together (Kolmogorov and Smirnov's); 1 where only one of them has any.
    #[must_use]
    pub fn distance(&self) -> f64 {
        let mut simulated: Vec<f64> =
            self.simulated.iter().flat_map(|outcomes| &outcomes.served).copied().collect();
        simulated.sort_by(f64::total_cmp);
        let log = &self.log.served;
        if log.is_empty() || simulated.is_empty() {
            return if log.is_empty() == simulated.is_empty() { 0.0 } else { 1.0 };
        }
        let share = |waits: &[f64], within: &dyn Fn(f64) -> bool| {
            waits.partition_point(|wait| within(*wait)) as f64 / waits.len() as f64
        };
        // How far either curve rises above the other; what lies half a second off is the same.
        let off = |&wait: &f64| {
            let log_above =
                share(log, &|o| o <= wait) - share(&simulated, &|o| o <= wait + ROUNDED);
            let below = share(&simulated, &|o| o < wait - ROUNDED) - share(log, &|o| o < wait);
            log_above.max(below)
        };
        log.iter().map(off).fold(0.0, f64::max)
    }

    /// How far the shares that give up by the hour are off, root mean square weighted by contacts: of the
    /// mean of the replications, and of what each hour of the day had on the days that were fitted;
    /// `None` where those are the same days.
    #[must_use]
    pub fn hourly_error(&self) -> Option<(f64, f64)> {
        let earlier = self.earlier.as_ref()?;
        let usual = earlier.by_hour_of_day();
        let overall = earlier.gave_up_share();
        let (mut ours, mut theirs, mut weight) = (0.0, 0.0, 0.0);
        for (hour, &(gave_up, all)) in self.log.by_hour.iter().enumerate().filter(|(_, h)| h.1 > 0)
        {
            let share = f64::from(gave_up) / f64::from(all);
            let hours = self.simulated.iter().filter_map(|one| one.by_hour.get(hour));
            let (lost, came) = hours.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            let ours_here = if came > 0 { f64::from(lost) / f64::from(came) } else { overall };
            let (lost, came) = usual[hour % DAY];
            let theirs_here = if came > 0 { f64::from(lost) / f64::from(came) } else { overall };
            let weight_here = f64::from(all);
            ours += weight_here * (ours_here - share) * (ours_here - share);
            theirs += weight_here * (theirs_here - share) * (theirs_here - share);
            weight += weight_here;
        }
        Some(((ours / weight).sqrt(), (theirs / weight).sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(served: &[f64]) -> Outcomes {
        Outcomes { served: served.to_vec(), ..Outcomes::default() }
    }

    #[test]
    fn the_distance_sees_what_lies_to_either_side_of_a_jump() {
        let distance = |log: &[f64], simulated: &[f64]| {
            Goodness {
                name: "log".to_owned(),
                contacts: log.len(),
                log: outcomes(log),
                simulated: vec![outcomes(simulated)],
                earlier: None,
            }
            .distance()
        };
        // All of the log wait for a minute, nobody in the simulation waits, and the other way round.
        let (none, minute) = ([0.0; 20], [1.0 / 60.0; 20]);
        assert_eq!(distance(&minute, &none), 1.0);
        assert_eq!(distance(&none, &minute), 1.0);
        assert_eq!(distance(&minute, &minute), 0.0);
        // The log is rounded to the second.
        assert_eq!(distance(&[60.0 / 3600.0], &[60.4 / 3600.0]), 0.0);
        assert_eq!(distance(&[0.0, 0.3 / 3600.0], &[0.0, 0.2 / 3600.0]), 0.0);
        assert_eq!(distance(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.5, 4.5]), 0.25);
    }

    #[test]
    fn waits_are_as_far_apart_as_can_be_where_only_the_log_has_any() {
        let of = |log: &[f64], simulated: &[f64]| Goodness {
            name: "log".to_owned(),
            contacts: log.len(),
            log: outcomes(log),
            simulated: vec![outcomes(simulated), outcomes(&[])],
            earlier: None,
        };
        let nobody = of(&[0.1, 0.2], &[]);
        assert_eq!((nobody.distance(), nobody.answers_nobody()), (1.0, true));
        assert_eq!((of(&[], &[0.1]).distance(), of(&[], &[0.1]).answers_nobody()), (1.0, false));
        assert_eq!((of(&[], &[]).distance(), of(&[0.1], &[0.1]).answers_nobody()), (0.0, false));
    }

    #[test]
    fn who_still_waits_is_neither_answered_nor_gone() {
        let ends = [
            (9.5, 0.1, End::Served(None)),
            (9.6, 0.2, End::GaveUp),
            (10.0, 3.0, End::Waiting),
            (10.5, 0.0, End::Unknown),
        ];
        let outcomes = Outcomes::of(ends.into_iter());
        assert_eq!(outcomes.contacts(), 3.0);
        assert_eq!(outcomes.answered_share(), 1.0 / 3.0);
        assert_eq!(outcomes.gave_up_share(), 1.0 / 3.0);
        assert_eq!((outcomes.by_hour[9], outcomes.by_hour[10]), ((1, 2), (0, 1)));
    }
}
