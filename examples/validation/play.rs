//! Playing arms, and what is read off them: rows of columns, and cases as they went.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use heard_lab::experiment::Experiment;
use heard_math::stats::{Interval, Moments};
use heard_scenario::channel::SeenBy;
use heard_scenario::metric::Metric;
use heard_scenario::study::{Request, Study};
use heard_scenario::triage::Kind;
use heard_world::column::{Column, Dimension};
use heard_world::observer::{Happening, Observer};
use rayon::prelude::*;

/// What can go wrong: a scenario is refused, or has no such arm.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

const CONFIDENCE: f64 = 0.95;

/// A bundled scenario of a year cut to its first quarter: the same people, in a quarter of the time.
pub const QUARTER: [&str; 2] = ["run.days=90", "run.windows={}"];

/// A bundled scenario, or a file beside this one, with `key=value` overrides.
pub fn load(scenario: &str, sets: &[&str]) -> Result<Experiment, Error> {
    let scenario = match scenario.strip_suffix(".toml") {
        Some(_) => format!("{}/examples/validation/{scenario}", env!("CARGO_MANIFEST_DIR")),
        None => scenario.to_owned(),
    };
    let sets = sets.iter().map(|&set| set.to_owned()).collect();
    let request = Request { scenario, sets, ..Request::default() };
    let study = Study::load(&request).map_err(|refusal| refusal.render(false))?;
    Ok(Experiment::new(study))
}

fn arm(experiment: &Experiment, name: &str) -> Result<usize, Error> {
    let found = experiment.study.arms.iter().position(|arm| arm.name == name);
    found.ok_or_else(|| format!("there is no arm {name}").into())
}

/// Every column of every replication of one arm.
pub struct Columns<'a> {
    experiment: &'a Experiment,
    rows: Vec<Vec<f64>>,
}

/// Plays an arm.
pub fn columns<'a>(
    experiment: &'a Experiment,
    name: &str,
    replications: u32,
) -> Result<Columns<'a>, Error> {
    let arm = arm(experiment, name)?;
    let stop = AtomicBool::new(false);
    let play = |replication| experiment.play(arm, replication, &stop, &mut ());
    let rows = (0..replications).into_par_iter().filter_map(play).collect();
    Ok(Columns { experiment, rows })
}

impl Columns<'_> {
    fn values(&self, column: &Column) -> Vec<f64> {
        let at = self.experiment.columns.iter().position(|other| other == column);
        self.rows.iter().map(|row| at.map_or(f64::NAN, |at| row[at])).collect()
    }

    /// A metric over everything, one value for each replication.
    pub fn total(&self, metric: Metric) -> Vec<f64> {
        self.values(&Column::Total(metric))
    }

    /// A metric of one part.
    pub fn part(&self, metric: Metric, dimension: Dimension, level: &str) -> Vec<f64> {
        self.values(&Column::Level { metric, dimension, level: level.to_owned() })
    }

    /// The mean of a metric over days.
    pub fn days(&self, metric: Metric, days: std::ops::Range<u32>) -> Vec<f64> {
        let count = f64::from(days.end - days.start);
        let each = days.map(|day| self.values(&Column::Day { metric, day }));
        let none = vec![0.0; self.rows.len()];
        each.fold(none, |sum, day| sum.iter().zip(day).map(|(a, b)| a + b / count).collect())
    }
}

/// What became of one occasion.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it was.
    pub kind: Kind,
    /// Which failure of this customer it is, the first is 1; 0 for what is no failure.
    pub failure: u32,
    /// When it happened, in hours.
    pub at: f64,
    /// When the customer first spoke up.
    pub voiced_at: Option<f64>,
    /// The first message was public.
    pub public: bool,
    /// The first message named the company.
    pub tagged: bool,
    /// It was taken to the public later.
    pub went_public: bool,
    /// Shares of it.
    pub shares: u32,
    /// Messages about it.
    pub messages: u16,
    /// When the first answer came.
    pub answered_at: Option<f64>,
    /// How satisfied the customer was with that, -1 to 1.
    pub satisfaction: f64,
    /// The customer wrote again after it.
    pub went_on: bool,
    /// How satisfied the customer was with not being answered.
    pub ignored: Option<f64>,
    /// When it was solved.
    pub resolved_at: Option<f64>,
    /// Nobody answered in time, and the customer stopped waiting.
    pub gave_up: bool,
    /// The customer left the company over it.
    pub quit: bool,
    /// Times that the customer hung up, and called again before anything else.
    pub hung_up: (u32, u32),
    waiting_to_redial: bool,
}

impl Story {
    /// Could be read by anybody, at first or later.
    pub fn is_public(&self) -> bool {
        self.went_public || (self.public && self.voiced_at.is_some())
    }

    /// The first answer solved it.
    pub fn solved_at_once(&self) -> bool {
        self.answered_at.is_some() && self.answered_at == self.resolved_at && !self.went_on
    }

    /// Hours until the first answer.
    pub fn waited(&self) -> Option<f64> {
        Some(self.answered_at? - self.voiced_at?)
    }
}

/// Writes the stories of one replication.
struct Scribe<'a> {
    public: &'a [bool],
    failures: BTreeMap<u32, u32>,
    stories: BTreeMap<u32, Story>,
}

impl Observer for Scribe<'_> {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        if let Happening::Occasion { kind, customer, .. } = what {
            let mut failure = 0;
            if kind == Kind::Complaint {
                let failures = self.failures.entry(customer).or_default();
                *failures += 1;
                failure = *failures;
            }
            let story = Story {
                kind,
                failure,
                at: hours,
                voiced_at: None,
                public: false,
                tagged: false,
                went_public: false,
                shares: 0,
                messages: 0,
                answered_at: None,
                satisfaction: 0.0,
                went_on: false,
                ignored: None,
                resolved_at: None,
                gave_up: false,
                quit: false,
                hung_up: (0, 0),
                waiting_to_redial: false,
            };
            self.stories.insert(candidate, story);
            return;
        }
        let Some(story) = self.stories.get_mut(&candidate) else { return };
        match what {
            Happening::Voiced { channel, tagged, .. } => {
                story.voiced_at = Some(hours);
                story.public = self.public[channel];
                story.tagged = tagged;
                story.messages = 1;
            }
            Happening::WroteAgain { .. } => {
                story.messages += 1;
                story.went_on |= story.answered_at.is_some();
                story.hung_up.1 += u32::from(story.waiting_to_redial);
                story.waiting_to_redial = false;
            }
            Happening::WentPublic { .. } => {
                story.went_public = true;
                story.waiting_to_redial = false;
            }
            Happening::HungUp => {
                story.hung_up.0 += 1;
                story.waiting_to_redial = true;
            }
            Happening::Answered { satisfaction, .. } if story.answered_at.is_none() => {
                story.answered_at = Some(hours);
                story.satisfaction = satisfaction;
            }
            Happening::Ignored { satisfaction } => story.ignored = Some(satisfaction),
            Happening::Shared { .. } => story.shares += 1,
            Happening::Resolved => story.resolved_at = Some(hours),
            Happening::GaveUp => story.gave_up = true,
            Happening::Quit => story.quit = true,
            _ => {}
        }
    }
}

/// The stories of an arm, replication by replication, whose occasion lies between warm-up and margin.
pub struct Stories(Vec<Vec<Story>>);

/// Plays an arm and writes down what became of every occasion.
pub fn stories(experiment: &Experiment, name: &str, replications: u32) -> Result<Stories, Error> {
    let arm = arm(experiment, name)?;
    let scenario = experiment.study.arms[arm].scenario();
    let public: Vec<bool> =
        scenario.channel.values().map(|channel| channel.seen_by == SeenBy::Public).collect();
    let (first, last) = scenario.run.span_hours();
    let window = first..last;
    let stop = AtomicBool::new(false);
    let play = |replication| {
        let mut scribe =
            Scribe { public: &public, failures: BTreeMap::new(), stories: BTreeMap::new() };
        experiment.play(arm, replication, &stop, &mut scribe)?;
        Some(scribe.stories.into_values().filter(|story| window.contains(&story.at)).collect())
    };
    Ok(Stories((0..replications).into_par_iter().filter_map(play).collect()))
}

impl Stories {
    /// A mean over the stories that have the number, one value for each replication.
    pub fn mean(&self, number: impl Fn(&Story) -> Option<f64>) -> Vec<f64> {
        let of = |stories: &Vec<Story>| {
            let found = stories.iter().filter_map(&number);
            let (sum, count) = found.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
            sum / count
        };
        self.0.iter().map(of).collect()
    }

    /// The share of those counted of which something holds.
    pub fn share(
        &self,
        counted: impl Fn(&Story) -> bool,
        holds: impl Fn(&Story) -> bool,
    ) -> Vec<f64> {
        self.mean(|story| counted(story).then(|| f64::from(u8::from(holds(story)))))
    }

    /// One sum over another.
    pub fn ratio(&self, part: impl Fn(&Story) -> u32, whole: impl Fn(&Story) -> u32) -> Vec<f64> {
        let sum = |stories: &[Story], of: &dyn Fn(&Story) -> u32| -> f64 {
            stories.iter().map(|story| f64::from(of(story))).sum()
        };
        self.0.iter().map(|stories| sum(stories, &part) / sum(stories, &whole)).collect()
    }
}

/// Mean and interval of values, one for each replication, where they are defined.
pub fn interval(values: &[f64]) -> Result<Interval, Error> {
    let moments: Moments = values.iter().copied().filter(|value| value.is_finite()).collect();
    Interval::student(&moments, CONFIDENCE).ok_or_else(|| "nothing to measure".into())
}

/// The same of differences.
pub fn difference(left: &[f64], right: &[f64]) -> Result<Interval, Error> {
    let differences: Vec<f64> = left.iter().zip(right).map(|(a, b)| a - b).collect();
    interval(&differences)
}
