//! Measures that stopped measuring service: more is answered or waits are shorter, but less is solved,
//! customers feel worse, or more callers are never served.

use std::fmt;

use heard_lab::experiment::results::{CONFIDENCE, MAIN, Results, Subject};
use heard_math::stats::{Moments, Verdict, bonferroni, compare};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::signed;

/// Waits on live channels. Not of those who hung up: how long they waited is no merit of a line.
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
            Metric::AbandonRate => "leaves more callers unserved",
            felt if FELT.contains(&felt) => "is felt to be worse",
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
}

impl Cautions {
    /// The cautions that these results deserve over the main window, by intervals that hold simultaneously over everything
    /// looked at here.
    #[must_use]
    pub fn new(results: &Results) -> Self {
        let study = &results.experiment.study;
        let (arms, companies) = (study.arms.len(), study.companies.len());
        let looked = Looked::new(results);
        let mut found = Vec::new();
        let main = results.subjects().filter(|subject| subject.window == MAIN);
        for subject in main.filter(|subject| subject.company < companies) {
            let others = (0..arms).filter(|&other| other != subject.arm);
            found.extend(others.flat_map(|other| looked.cautions(subject, other)));
        }
        Self { found, baseline: study.baseline, companies }
    }

    /// One caution of each kind for each arm and company that deserve any: against the baseline, or else
    /// against the first arm that shows it.
    pub fn told(&self) -> impl Iterator<Item = &Caution> {
        let of_subject = self.found.chunk_by(|one, other| one.subject == other.subject);
        of_subject.flat_map(|found| {
            [Kind::Answers, Kind::Waits].into_iter().filter_map(|kind| {
                let mut of_kind = found.iter().filter(|caution| caution.kind == kind);
                let against = |caution: &&Caution| caution.other == self.baseline;
                of_kind.clone().find(against).or_else(|| of_kind.next())
            })
        })
    }

    /// Whether a difference from the baseline was found in this metric that does not measure service,
    /// because the arm or the baseline deserves a caution for it, over the main window. Of all companies
    /// together: whether it is so for any.
    #[must_use]
    pub fn doubt(&self, subject: Subject, metric: Metric, verdict: Verdict) -> bool {
        if subject.window != MAIN || !matches!(verdict, Verdict::Higher | Verdict::Lower) {
            return false;
        }
        let pair = |caution: &Caution| {
            let arms = (caution.subject.arm, caution.other);
            arms == (subject.arm, self.baseline) || arms == (self.baseline, subject.arm)
        };
        let here = |caution: &Caution| {
            subject.company >= self.companies || caution.subject.company == subject.company
        };
        self.found.iter().any(|caution| pair(caution) && here(caution) && caution.praises(metric))
    }

    /// The arms that look better in this metric than some other arm, for some company, although it does not
    /// measure service there.
    #[must_use]
    pub fn doubtful_arms(&self, metric: Metric) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for caution in self.found.iter().filter(|caution| caution.praises(metric)) {
            if !names.contains(&caution.arm.as_str()) {
                names.push(&caution.arm);
            }
        }
        names
    }
}

impl Caution {
    fn praises(&self, metric: Metric) -> bool {
        self.better.iter().any(|(better, _)| *better == metric)
    }
}

/// What arms are compared by.
struct Looked<'a> {
    results: &'a Results,
    metrics: Vec<Metric>,
    /// Arm by arm and company by company, the values of each metric.
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
        let looks = arms * (arms - 1) / 2 * study.companies.len() * metrics.len();
        let of = |subject: Subject| metrics.iter().map(move |&m| results.values(subject, m));
        let main = results.subjects().filter(|subject| subject.window == MAIN);
        let values = main.flat_map(of).collect();
        let confidence = bonferroni(CONFIDENCE, looks);
        Self { results, metrics, values, solved, confidence }
    }

    fn values(&self, subject: Subject, metric: Metric) -> Option<&[Option<f64>]> {
        let companies = self.results.experiment.subjects().len();
        let at = self.metrics.iter().position(|other| *other == metric)?;
        let block = subject.arm * companies + subject.company;
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
        let caution = |kind: Kind, better: Vec<(Metric, f64)>, worse: Vec<(Metric, f64)>| {
            (!better.is_empty() && !worse.is_empty()).then(|| Caution {
                subject,
                other,
                kind,
                arm: self.results.arm_name(subject).to_owned(),
                than: study.arms[other].name.clone(),
                company: several.then(|| study.companies[subject.company].clone()),
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
            let shorter = WAITS.into_iter().filter_map(falls).collect();
            caution(Kind::Waits, shorter, vec![unserved])
        });
        answers.into_iter().chain(waits)
    }
}

#[cfg(test)]
mod tests;
