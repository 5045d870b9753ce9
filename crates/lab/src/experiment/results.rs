//! What the rows add up to: means with intervals, and paired comparisons.

use std::sync::Arc;

use super::Experiment;
use heard_math::stats::{Comparison, Interval, Moments, Verdict, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_world::column::{Check, Column};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// The main window: the one that is shown where only one can be.
pub const MAIN: usize = 0;

/// What numbers are about: a company in an arm, or all companies together, over one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Index of the arm.
    pub arm: usize,
    /// Index among [`Experiment::subjects`].
    pub company: usize,
    /// Index among [`Experiment::windows`]. What is of the run as a whole is the same in all.
    pub window: usize,
}

/// Rows folded in order. Totals and checks keep their value of every replication; the many other
/// columns keep moments only, so that memory does not grow with the replications.
#[derive(Clone, Debug)]
pub struct Results {
    /// What was run.
    pub experiment: Arc<Experiment>,
    kept: Vec<Kept>,
    /// Of the columns that each window has: their place among them.
    of_window: Vec<Option<usize>>,
    /// How many these are.
    further: usize,
    replications: u32,
    at_any_look: bool,
}

#[derive(Clone, Debug)]
enum Kept {
    Values(Vec<f64>),
    Moments(Moments),
}

impl Results {
    /// No rows yet.
    #[must_use]
    pub fn new(experiment: &Arc<Experiment>) -> Self {
        let keep = |column: &Column| match column {
            Column::Total(_) | Column::Check(_) => Kept::Values(Vec::new()),
            _ => Kept::Moments(Moments::new()),
        };
        let columns = &experiment.columns;
        let block = || {
            let again = || columns.iter().filter(|column| column.is_of_window());
            columns.iter().chain((1..experiment.windows.len()).flat_map(move |_| again())).map(keep)
        };
        let blocks = experiment.plans.len() * experiment.subjects().len();
        let mut places = 0..;
        let place = |column: &Column| column.is_of_window().then(|| places.next()).flatten();
        Self {
            experiment: Arc::clone(experiment),
            kept: (0..blocks).flat_map(|_| block()).collect(),
            of_window: columns.iter().map(place).collect(),
            further: columns.iter().filter(|column| column.is_of_window()).count(),
            replications: 0,
            at_any_look: false,
        }
    }

    /// Takes the next row.
    pub fn push(&mut self, row: &[f64]) {
        self.replications += 1;
        for (kept, &value) in self.kept.iter_mut().zip(row) {
            match kept {
                Kept::Values(values) => values.push(value),
                Kept::Moments(moments) if !value.is_nan() => moments.push(value),
                Kept::Moments(_) => {}
            }
        }
    }

    /// Rows so far.
    #[must_use]
    pub fn replications(&self) -> u32 {
        self.replications
    }

    /// Whether all replications that the study asks for are there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.replications >= self.experiment.study.base.run.replications
    }

    /// Names of the arms, in order.
    pub fn arms(&self) -> impl Iterator<Item = &str> {
        self.experiment.study.arms.iter().map(|arm| arm.name.as_str())
    }

    /// Arm by arm, its companies and, where there are several, all of them together, window by window.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        let companies = self.experiment.subjects().len();
        let windows = self.experiment.windows.len();
        let arms = 0..self.experiment.plans.len();
        arms.flat_map(move |arm| (0..companies).map(move |company| (arm, company))).flat_map(
            move |(arm, company)| (0..windows).map(move |window| Subject { arm, company, window }),
        )
    }

    /// An arm as a whole over the main window: its only company, or all of them together.
    #[must_use]
    pub fn whole(&self, arm: usize) -> Subject {
        Subject { arm, company: self.experiment.subjects().len() - 1, window: MAIN }
    }

    /// The same arm and company over each window.
    pub fn windows_of(&self, subject: Subject) -> impl Iterator<Item = Subject> + use<> {
        (0..self.experiment.windows.len()).map(move |window| Subject { window, ..subject })
    }

    /// The name of a subject's arm.
    #[must_use]
    pub fn arm_name(&self, subject: Subject) -> &str {
        &self.experiment.study.arms[subject.arm].name
    }

    /// The name of a subject's company.
    #[must_use]
    pub fn company_name(&self, subject: Subject) -> &str {
        self.experiment.subjects()[subject.company]
    }

    /// The name of a subject's window.
    #[must_use]
    pub fn window_name(&self, subject: Subject) -> &str {
        &self.experiment.windows[subject.window].name
    }

    /// Where a column of a subject stands in a row: a block holds all columns over the main window, then,
    /// for each further one, those that a window has.
    fn place(&self, subject: Subject, column: usize) -> usize {
        let columns = self.of_window.len();
        let block = subject.arm * self.experiment.subjects().len() + subject.company;
        let length = columns + (self.experiment.windows.len() - 1) * self.further;
        let within = match (subject.window, self.of_window[column]) {
            (MAIN, _) | (_, None) => column,
            (window, Some(place)) => columns + (window - 1) * self.further + place,
        };
        block * length + within
    }

    fn kept(&self, subject: Subject, column: usize) -> &Kept {
        &self.kept[self.place(subject, column)]
    }

    /// Mean and 95% Student interval of one column of one subject over the replications in which it is
    /// defined; `None` if there are none.
    #[must_use]
    pub fn interval(&self, subject: Subject, column: usize) -> Option<Interval> {
        let moments = match self.kept(subject, column) {
            Kept::Values(values) => {
                values.iter().copied().filter(|value| !value.is_nan()).collect()
            }
            Kept::Moments(moments) => *moments,
        };
        Interval::student(&moments, CONFIDENCE)
    }

    /// The same for a metric over everything.
    #[must_use]
    pub fn total(&self, subject: Subject, metric: Metric) -> Option<Interval> {
        self.interval(subject, self.position(&Column::Total(metric))?)
    }

    /// The values of a metric over everything, one for each replication.
    #[must_use]
    pub fn values(&self, subject: Subject, metric: Metric) -> Vec<Option<f64>> {
        let defined = |value: f64| (!value.is_nan()).then_some(value);
        self.raw(subject, &Column::Total(metric)).iter().copied().map(defined).collect()
    }

    /// The value of a check in every replication, all companies of an arm together, over the main window.
    #[must_use]
    pub fn check(&self, arm: usize, check: Check) -> &[f64] {
        self.check_of(self.whole(arm), check)
    }

    /// The value of a check in every replication.
    #[must_use]
    pub fn check_of(&self, subject: Subject, check: Check) -> &[f64] {
        self.raw(subject, &Column::Check(check))
    }

    fn raw(&self, subject: Subject, column: &Column) -> &[f64] {
        match self.position(column).map(|at| self.kept(subject, at)) {
            Some(Kept::Values(values)) => values,
            _ => &[],
        }
    }

    /// Where a column stands, if there is one like it.
    #[must_use]
    pub fn position(&self, column: &Column) -> Option<usize> {
        self.experiment.columns.iter().position(|other| other == column)
    }

    /// Whether a column is defined in any replication of any arm.
    #[must_use]
    pub fn is_defined(&self, column: usize) -> bool {
        self.subjects().any(|subject| self.interval(subject, column).is_some())
    }

    /// Metrics over everything that are defined in some arm, in the order of every table.
    #[must_use]
    pub fn metrics(&self) -> Vec<Metric> {
        let columns = self.experiment.columns.iter().enumerate();
        columns
            .filter_map(|(at, column)| match column {
                Column::Total(metric) if self.is_defined(at) => Some(*metric),
                _ => None,
            })
            .collect()
    }

    /// Comparisons that the simultaneous intervals hold for at once: headline metrics x arms other
    /// than the baseline x companies and, where there are several, all of them together x windows.
    #[must_use]
    pub fn comparisons(&self) -> usize {
        let study = &self.experiment.study;
        let companies = self.experiment.subjects().len();
        let windows = self.experiment.windows.len();
        study.base.run.headline.len() * (study.arms.len() - 1) * companies * windows
    }

    /// The confidence that each comparison needs for all of them to hold at [`CONFIDENCE`].
    #[must_use]
    pub fn simultaneous(&self) -> f64 {
        bonferroni(CONFIDENCE, self.comparisons().max(1))
    }

    /// The paired difference of an arm from the baseline, for one company or all, over one window, on
    /// the replications in which both are defined, with a simultaneous interval. Verdicts are given on
    /// headline metrics only.
    #[must_use]
    pub fn compare(&self, subject: Subject, metric: Metric) -> Option<Comparison> {
        let study = &self.experiment.study;
        let run = &study.base.run;
        let baseline = Subject { arm: study.baseline, ..subject };
        let (ours, theirs) = (self.values(subject, metric), self.values(baseline, metric));
        let smallest = run.smallest_effect_of_interest.get(&metric).copied();
        let mut comparison = compare(&ours, &theirs, self.simultaneous(), smallest)?;
        if comparison.replications < u64::from(self.replications) {
            // A metric is not undefined by chance: the other replications would not represent all.
            comparison = comparison.overruled(Verdict::CannotTell);
        }
        if !run.headline.contains(&metric) {
            comparison = comparison.overruled(Verdict::NotTested);
        }
        Some(comparison)
    }

    /// From now on what is told of differences must hold at any number of looks: they were looked at more
    /// than once, or the run was interrupted and may go on.
    pub fn judge_at_any_look(&mut self) {
        self.at_any_look = true;
    }

    /// Whether what is told of differences holds at any number of looks.
    #[must_use]
    pub fn is_judged_at_any_look(&self) -> bool {
        self.at_any_look
    }

    /// What pages and charts say of a difference: [`Self::compare`], at one look or at any number.
    #[must_use]
    pub fn told(&self, subject: Subject, metric: Metric) -> Option<Comparison> {
        let found = self.compare(subject, metric)?;
        Some(if self.at_any_look { found.at_any_look() } else { found })
    }

    /// The headline differences that turn: clearly above 0 over one window and clearly below over
    /// another, neither too small to matter, as [`Self::told`] has them. Windows come in order of time.
    #[must_use]
    pub fn turns(&self) -> Vec<Turn> {
        let study = &self.experiment.study;
        let companies = self.experiment.subjects().len();
        let mut turns = Vec::new();
        for arm in (0..study.arms.len()).filter(|&arm| arm != study.baseline) {
            for company in 0..companies {
                for &metric in &study.base.run.headline {
                    turns.extend(self.turns_of(arm, company, metric));
                }
            }
        }
        turns
    }

    fn turns_of(&self, arm: usize, company: usize, metric: Metric) -> Vec<Turn> {
        let clear = |window: usize| {
            let subject = Subject { arm, company, window };
            let found = self.told(subject, metric)?;
            let told = [Verdict::Higher, Verdict::Lower].contains(&found.verdict);
            told.then_some(Side { subject, found })
        };
        let windows = &self.experiment.windows;
        let mut order: Vec<usize> = (0..windows.len()).collect();
        order.sort_by(|&a, &b| windows[a].from_day.total_cmp(&windows[b].from_day));
        let sides: Vec<Side> = order.into_iter().filter_map(clear).collect();
        let opposite = |pair: &&[Side]| pair[0].found.verdict != pair[1].found.verdict;
        let turn = |pair: &[Side]| Turn { metric, before: pair[0], after: pair[1] };
        sides.windows(2).filter(opposite).map(turn).collect()
    }
}

/// A headline difference that is on one side of 0 over one window and on the other over a later one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// What is measured.
    pub metric: Metric,
    /// Where it stands first.
    pub before: Side,
    /// Where it has turned to: the same arm and company over another window.
    pub after: Side,
}

/// One side of a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// Which arm, company and window.
    pub subject: Subject,
    /// Its difference from the baseline, with a simultaneous interval that leaves out 0.
    pub found: Comparison,
}

#[cfg(test)]
mod tests;
