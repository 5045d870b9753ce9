//! Plays a scenario of `tests/queues/` and holds what comes out against exact values.
//!
//! The files state the full size; `HEARD_FULL=1` plays it. Without, a tenth is played, whose standard
//! errors are three times as large.

use std::convert::Infallible;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;

use heard::experiment::results::{CONFIDENCE, Results};
use heard::experiment::{Experiment, runner};
use heard::scenario::metric::Metric;
use heard::scenario::study::{Request, Study};
use heard::stats::{Interval, Moments, student};
use heard::world::column::{Check, Column, Dimension};

/// Part of the replications that is played where the full size is not asked for.
const QUICK: u32 = 10;

/// Within how many standard errors a simulated mean must lie of the exact value. A right program
/// passes one such check with probability 0.997. The seed is that of the scenarios, 1, and was not
/// chosen for the result.
const STANDARD_ERRORS: f64 = 3.0;

/// A scenario made ready.
pub struct Queue {
    name: &'static str,
    experiment: Experiment,
    full: bool,
}

impl Queue {
    /// Reads `tests/queues/NAME.toml`, with `sets` laid over it.
    pub fn with(name: &'static str, sets: &[&str]) -> Self {
        let request = Request {
            scenario: format!("{}/tests/queues/{name}.toml", env!("CARGO_MANIFEST_DIR")),
            sets: sets.iter().map(|&set| set.to_owned()).collect(),
            ..Request::default()
        };
        let study = Study::load(&request).unwrap_or_else(|error| panic!("{}", error.render(false)));
        let full = crate::support::full();
        Self { name, experiment: Experiment::new(study), full }
    }

    /// Reads `tests/queues/NAME.toml`.
    pub fn new(name: &'static str) -> Self {
        Self::with(name, &[])
    }

    /// Plays it, and checks what must hold in every replication of any queue.
    pub fn play(&self) -> Simulated<'_> {
        let replications = self.experiment.study.base.run.replications;
        let replications = if self.full { replications } else { replications / QUICK };
        let threads = available_parallelism().map_or(1, usize::from);
        let mut results = Results::new(&self.experiment);
        let start = std::time::Instant::now();
        let take = |_, row: Vec<f64>| {
            results.push(&row);
            Ok::<(), Infallible>(())
        };
        runner::run(&self.experiment, 0..replications, threads, &AtomicBool::new(false), take)
            .unwrap();
        println!("{}: {:.1} s", self.name, start.elapsed().as_secs_f64());
        let simulated = Simulated { queue: self, results };
        simulated.keeps_the_books();
        simulated
    }
}

/// What came out.
pub struct Simulated<'a> {
    queue: &'a Queue,
    results: Results<'a>,
}

impl Simulated<'_> {
    /// Little's law holds on every line to rounding, every contact is accounted for, and the
    /// counted arrivals come at the rate of the scenario.
    fn keeps_the_books(&self) {
        let gaps = self.results.check(0, Check::LittleGap);
        assert!(gaps.iter().all(|&gap| gap < 1e-9), "Little's law: {gaps:?}");
        assert!(self.results.check(0, Check::Unaccounted).iter().all(|&count| count == 0.0));
        assert!(self.results.check(0, Check::Censored).iter().all(|&share| share == 0.0));
        let streams = self.queue.experiment.study.base.stream.values();
        let per_hour: f64 = streams.map(|stream| stream.per_hour).sum();
        let arrivals = self.results.check(0, Check::Voiced);
        self.near("arrivals", per_hour * self.hours(), Mean::of(arrivals.iter().copied()), 0.002);
    }

    fn hours(&self) -> f64 {
        let run = &self.queue.experiment.study.base.run;
        24.0 * (run.days - run.warmup_days - run.margin_days)
    }

    /// A metric over everything is `exact`, and known to a relative standard error of `bar`.
    pub fn has(&self, metric: Metric, exact: f64, bar: f64) {
        let interval = self.results.total(self.results.whole(0), metric).unwrap();
        self.near(metric.name(), exact, Mean::under(&interval), bar);
    }

    /// A metric of one stream is `exact`.
    pub fn stream_has(&self, metric: Metric, stream: &str, exact: f64, bar: f64) {
        let (dimension, level) = (Dimension::Class, stream.to_owned());
        let interval = self.interval(&Column::Level { metric, dimension, level });
        self.near(&format!("{metric} of {stream}"), exact, Mean::under(&interval), bar);
    }

    /// Not a single caller hangs up.
    pub fn nobody_hangs_up(&self) {
        assert!(self.values(Metric::AbandonRate).all(|share| share == 0.0));
    }

    /// The share answered by the first point of the curve of answers, a minute, is `exact`.
    pub fn answers_within_20_seconds(&self, exact: f64, bar: f64) {
        let interval = self.interval(&Column::AnsweredBy(0));
        self.near("answered within 20 seconds", exact, Mean::under(&interval), bar);
    }

    /// The mean number waiting, by Little's law from the waits and the arrivals that there were, is
    /// `exact`.
    pub fn mean_queue(&self, exact: f64, bar: f64) {
        let arrivals = self.results.check(0, Check::Voiced).iter();
        let waits = self.values(Metric::WaitSecondsMean);
        let queue = arrivals.zip(waits).map(|(n, wait)| n * wait / 3600.0 / self.hours());
        self.near("mean queue", exact, Mean::of(queue), bar);
    }

    /// Patience without memory makes P(abandon) = mean wait / mean patience: over replications the
    /// two sides differ by nothing but chance. Taken relative to the `exact` P(abandon), which
    /// leaves the difference unbiased where a ratio of the two would not be.
    pub fn abandons_in_proportion_to_waits(&self, patience_seconds: f64, exact: f64, bar: f64) {
        let sides = self.values(Metric::AbandonRate).zip(self.values(Metric::WaitSecondsMean));
        let relative = sides.map(|(share, wait)| 1.0 + (share - wait / patience_seconds) / exact);
        self.near("abandon rate against wait / patience", 1.0, Mean::of(relative), bar);
    }

    fn values(&self, metric: Metric) -> impl Iterator<Item = f64> {
        self.results.values(self.results.whole(0), metric).into_iter().map(Option::unwrap)
    }

    fn interval(&self, column: &Column) -> Interval {
        let at = self.queue.experiment.columns.iter().position(|other| other == column);
        self.results.interval(self.results.whole(0), at.unwrap()).unwrap()
    }

    fn near(&self, what: &str, exact: f64, mean: Mean, bar: f64) {
        let Mean { value, standard_error } = mean;
        let (away, relative) = ((value - exact) / standard_error, standard_error / exact);
        let line = format!(
            "{} {what}: exact {exact:.6}, simulated {value:.6}, standard error {:.3}%, z {away:+.2}",
            self.queue.name,
            100.0 * relative,
        );
        println!("{line}");
        // A tenth of the replications makes standard errors sqrt(10) times as large.
        let bar = if self.queue.full { bar } else { bar * f64::from(QUICK).sqrt() };
        assert!(relative <= bar, "{line}: a standard error above {:.3}%", 100.0 * bar);
        let within = away.abs() <= STANDARD_ERRORS;
        assert!(within, "{line}: more than {STANDARD_ERRORS} standard errors away");
    }
}

/// A mean over replications and how well it is known.
#[derive(Clone, Copy)]
struct Mean {
    value: f64,
    standard_error: f64,
}

impl Mean {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let moments: Moments = values.collect();
        Self { value: moments.mean().unwrap(), standard_error: moments.standard_error().unwrap() }
    }

    /// Back from an interval, so that what is checked is what a user is shown.
    fn under(interval: &Interval) -> Self {
        let factor = student::quantile((1.0 + CONFIDENCE) / 2.0, (interval.count - 1) as f64);
        let standard_error = interval.half_width().unwrap() / factor;
        Self { value: interval.mean, standard_error }
    }
}
