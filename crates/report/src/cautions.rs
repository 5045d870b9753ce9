//! Measures that stopped measuring service: more is answered or waits are shorter, but less is solved,
//! customers feel worse, or more callers are never served.

use std::fmt;

use heard_lab::experiment::results::{CONFIDENCE, Results, Subject};
use heard_math::stats::{Moments, Verdict, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::signed;

/// Waits on live channels. Not of those who hung up: how long they waited says nothing good about a line.
const WAITS: [Metric; 3] =
    [Metric::WaitSecondsMean, Metric::WaitSecondsServed, Metric::WaitProbability];

/// What customers feel.
const FELT: [Metric; 3] = [Metric::Satisfaction, Metric::Attitude, Metric::Reputation];

/// Differences below this are not worth a caution, in the metric's unit; a larger
/// `run.smallest_effect_of_interest` of the metric counts instead.
fn least_told(results: &Results, metric: Metric) -> f64 {
    let least: f64 = if metric.unit() == "seconds" { 0.5 } else { 0.02 };
    let effects = &results.experiment.study.base.run.smallest_effect_of_interest;
    effects.get(&metric).map_or(least, |effect| least.max(*effect))
}

/// What looks better than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// More is answered.
    Answers,
    /// Waits are shorter.
    Waits,
}

/// An arm that answers more than another while less is solved or customers feel worse, or that has
/// shorter waits while more callers are never served. Differences are arm minus the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Caution {
    subject: Subject,
    other: usize,
    kind: Kind,
    /// The arm.
    pub arm: String,
    /// The arm that it looks better than.
    pub than: String,
    /// The company, where there are several.
    pub company: Option<String>,
    /// The window, where there are several.
    pub window: Option<String>,
    /// Whether it is due over every window, of which this is the first.
    pub every_window: bool,
    /// What looks better, and by how much.
    pub better: Vec<(Metric, f64)>,
    /// What is worse, and by how much.
    pub worse: Vec<(Metric, f64)>,
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (better, end) = match self.kind {
            Kind::Answers => ("answers more", "Its answer rate does"),
            Kind::Waits => ("has shorter waits", "Its waits do"),
        };
        let harm = |metric: Metric| match metric {
            Metric::AbandonRate => "more callers go unserved",
            felt if FELT.contains(&felt) => "customers feel worse",
            _ => "solves less",
        };
        let mut worse: Vec<(&str, Vec<String>)> = Vec::new();
        for &(metric, by) in &self.worse {
            match worse.last_mut() {
                Some((words, all)) if *words == harm(metric) => all.push(shown(metric, by)),
                _ => worse.push((harm(metric), vec![shown(metric, by)])),
            }
        }
        let worse: Vec<String> =
            worse.iter().map(|(words, all)| format!("{words} ({})", list(all))).collect();
        let praise: Vec<String> =
            self.better.iter().map(|&(metric, by)| shown(metric, by)).collect();
        write!(
            f,
            "{} {better} than {} ({}) but {}",
            safe(&self.arm),
            safe(&self.than),
            list(&praise),
            list(&worse),
        )?;
        if let Some(company) = &self.company {
            write!(f, ", for {}", safe(company))?;
        }
        if let Some(window) = &self.window {
            let every = if self.every_window { " (and so over every window)" } else { "" };
            write!(f, ", over `{}`{every}", safe(window))?;
        }
        write!(f, ". {end} not measure service.")
    }
}

/// A change in a unit that shows it: whole seconds, or thousandths.
fn shown(metric: Metric, by: f64) -> String {
    let decimals = if metric.unit() == "seconds" { 0 } else { 3 };
    format!("{metric} {}", signed(by, decimals))
}

/// All cautions of a run. Every arm is compared with every other, so which arms deserve one does not
/// depend on the baseline.
#[derive(Clone, Debug)]
pub struct Cautions {
    found: Vec<Caution>,
    baseline: usize,
    companies: usize,
    windows: usize,
}

impl Cautions {
    /// The cautions that these results deserve, window by window, by intervals that hold simultaneously over
    /// everything looked at here.
    #[must_use]
    pub fn new(results: &Results) -> Self {
        let study = &results.experiment.study;
        let (arms, companies) = (study.arms.len(), study.companies.len());
        let looked = Looked::new(results);
        let mut found = Vec::new();
        for subject in results.subjects().filter(|subject| subject.company < companies) {
            let others = (0..arms).filter(|&other| other != subject.arm);
            found.extend(others.flat_map(|other| looked.cautions(subject, other)));
        }
        let windows = results.experiment.windows.len();
        Self { found, baseline: study.baseline, companies, windows }
    }

    /// One caution of each kind for each arm, company and window that deserve any: against the baseline, or
    /// else against the first arm that shows it. One that is due over every window is told once.
    #[must_use]
    pub fn told(&self) -> Vec<Caution> {
        let one = |caution: &Caution| (caution.subject.arm, caution.subject.company);
        let mut told = Vec::new();
        for found in self.found.chunk_by(|a, b| one(a) == one(b)) {
            for kind in [Kind::Answers, Kind::Waits] {
                let over = found.chunk_by(|a, b| a.subject == b.subject);
                let over: Vec<&Caution> =
                    over.filter_map(|found| self.first(found, kind)).collect();
                match over.as_slice() {
                    [first, rest @ ..]
                        if over.len() == self.windows && rest.iter().all(|it| it.says(first)) =>
                    {
                        told.push(Caution { every_window: self.windows > 1, ..(*first).clone() });
                    }
                    some => told.extend(some.iter().map(|&caution| caution.clone())),
                }
            }
        }
        told
    }

    fn first<'a>(&self, found: &'a [Caution], kind: Kind) -> Option<&'a Caution> {
        let mut of_kind = found.iter().filter(|caution| caution.kind == kind);
        let against = |caution: &&Caution| caution.other == self.baseline;
        of_kind.clone().find(against).or_else(|| of_kind.next())
    }

    /// Whether a difference from the baseline was found in this metric that does not measure service,
    /// because the arm or the baseline deserves a caution for it, over the subject's window. Of all companies
    /// together: whether it is so for any.
    #[must_use]
    pub fn doubt(&self, subject: Subject, metric: Metric, verdict: Verdict) -> bool {
        if !matches!(verdict, Verdict::Higher | Verdict::Lower) {
            return false;
        }
        let pair = |caution: &Caution| {
            let arms = (caution.subject.arm, caution.other);
            arms == (subject.arm, self.baseline) || arms == (self.baseline, subject.arm)
        };
        let here = |caution: &Caution| {
            caution.subject.window == subject.window
                && (subject.company >= self.companies || caution.subject.company == subject.company)
        };
        self.found.iter().any(|caution| pair(caution) && here(caution) && caution.praises(metric))
    }

    /// The arms that look better in this metric than some other arm, for some company, over this window,
    /// although it does not measure service there.
    #[must_use]
    pub fn doubtful_arms(&self, metric: Metric, window: usize) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let here = |caution: &&Caution| caution.subject.window == window && caution.praises(metric);
        for caution in self.found.iter().filter(here) {
            if !names.contains(&caution.arm.as_str()) {
                names.push(&caution.arm);
            }
        }
        names
    }
}

impl Caution {
    /// Whether another says the same of the same arms, with other numbers.
    fn says(&self, other: &Self) -> bool {
        let metrics = |of: &Self| -> Vec<Metric> {
            of.better.iter().chain(&of.worse).map(|(metric, _)| *metric).collect()
        };
        self.other == other.other && metrics(self) == metrics(other)
    }

    fn praises(&self, metric: Metric) -> bool {
        self.better.iter().any(|(better, _)| *better == metric)
    }
}

/// What arms are compared by.
struct Looked<'a> {
    results: &'a Results,
    metrics: Vec<Metric>,
    /// Arm by arm, company by company and window by window, the values of each metric.
    values: Vec<Vec<Option<f64>>>,
    solved: Metric,
    confidence: f64,
}

impl<'a> Looked<'a> {
    fn new(results: &'a Results) -> Self {
        let study = &results.experiment.study;
        let defined = results.metrics();
        let of_failures = defined.contains(&Metric::ResolvedPerFailure);
        let solved = if of_failures { Metric::ResolvedPerFailure } else { Metric::ResolutionRate };
        let one = [Metric::AnswerRate, Metric::AbandonRate, solved];
        let all = one.into_iter().chain(WAITS).chain(FELT);
        let metrics: Vec<Metric> = all.filter(|metric| defined.contains(metric)).collect();
        let arms = study.arms.len();
        let sections = study.companies.len() * results.experiment.windows.len();
        let looks = arms * (arms - 1) / 2 * sections * metrics.len();
        let of = |subject: Subject| metrics.iter().map(move |&m| results.values(subject, m));
        let values = results.subjects().flat_map(of).collect();
        let confidence = bonferroni(CONFIDENCE, looks);
        Self { results, metrics, values, solved, confidence }
    }

    fn values(&self, subject: Subject, metric: Metric) -> Option<&[Option<f64>]> {
        let experiment = &self.results.experiment;
        let (companies, windows) = (experiment.subjects().len(), experiment.windows.len());
        let at = self.metrics.iter().position(|other| *other == metric)?;
        let block = (subject.arm * companies + subject.company) * windows + subject.window;
        self.values.get(block * self.metrics.len() + at).map(Vec::as_slice)
    }

    /// By how much an arm differs from another, where it clearly does in the direction of `sign`; `None`
    /// also where either is undefined in a replication: the others would not speak for all.
    fn clear(
        &self,
        ours: Subject,
        other: usize,
        metric: Metric,
        sign: f64,
    ) -> Option<(Metric, f64)> {
        let theirs = Subject { arm: other, ..ours };
        let (ours, theirs) = (self.values(ours, metric)?, self.values(theirs, metric)?);
        let mean =
            |values: &[Option<f64>]| values.iter().flatten().copied().collect::<Moments>().mean();
        if sign * (mean(ours)? - mean(theirs)?) < least_told(self.results, metric) {
            return None;
        }
        let found = compare(ours, theirs, self.confidence, None)?;
        let all = found.replications == u64::from(self.results.replications());
        let difference = found.difference;
        let clear = all && difference.excludes_zero() && sign * difference.mean > 0.0;
        clear.then_some((metric, difference.mean))
    }

    fn cautions(&self, subject: Subject, other: usize) -> impl Iterator<Item = Caution> + use<> {
        let study = &self.results.experiment.study;
        let rises = |metric: Metric| self.clear(subject, other, metric, 1.0);
        let falls = |metric: Metric| self.clear(subject, other, metric, -1.0);
        let several = study.companies.len() > 1;
        let windows = self.results.experiment.windows.len() > 1;
        let caution = |kind: Kind, better: Vec<(Metric, f64)>, worse: Vec<(Metric, f64)>| {
            (!better.is_empty() && !worse.is_empty()).then(|| Caution {
                subject,
                other,
                kind,
                arm: self.results.arm_name(subject).to_owned(),
                than: study.arms[other].name.clone(),
                company: several.then(|| study.companies[subject.company].clone()),
                window: windows.then(|| self.results.window_name(subject).to_owned()),
                every_window: false,
                better,
                worse,
            })
        };
        let answers = rises(Metric::AnswerRate).and_then(|more| {
            let harm = std::iter::once(self.solved).chain(FELT).filter_map(falls);
            // Satisfaction is a mean over judgements, and every further answer is judged again: where more is
            // solved, it is no reason by itself.
            let solves_more = rises(self.solved).is_some();
            let harm = harm.filter(|(metric, _)| *metric != Metric::Satisfaction || !solves_more);
            caution(Kind::Answers, vec![more], harm.collect())
        });
        let waits = rises(Metric::AbandonRate).and_then(|unserved| {
            // Where another wait is longer, waits do not look better.
            if WAITS.into_iter().any(|wait| rises(wait).is_some()) {
                return None;
            }
            let shorter = WAITS.into_iter().filter_map(falls).collect();
            caution(Kind::Waits, shorter, vec![unserved])
        });
        answers.into_iter().chain(waits)
    }
}

#[cfg(test)]
mod tests;
