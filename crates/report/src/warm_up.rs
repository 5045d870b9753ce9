//! Whether the warm-up of a run was long enough.

use std::fmt;

use serde_json::{Value, json};

use heard_lab::experiment::results::Results;
use heard_math::stats::{Moments, mser};
use heard_scenario::metric::Metric;
use heard_text::list::counted;
use heard_text::name::safe;
use heard_text::number::{fixed, shortest};
use heard_world::column::{Check, Column};
use heard_world::plan::readings::Readings;

/// A warm-up that moves the mean number inside by less than this share is long enough.
const MATTERS: f64 = 0.02;
/// What is left of the empty start, as a share, from which on a line near saturation is warned of.
const LEFT: f64 = 0.05;
/// Fewer replications are too noisy to judge by.
const REPLICATIONS: u32 = 5;
/// Fewer stretches of the run than this show no course.
const STRETCHES: usize = 10;
/// A difference must be this many standard errors from 0: the cut was chosen where it is large.
const ERRORS: f64 = 3.0;
/// Pieces of a settled series that its standard error is taken from.
const PIECES: usize = 10;
/// The rule takes means of this many values, where there are at least ten times as many.
const BATCH: usize = 5;

/// What the number of contacts inside, averaged over replications, says of the warm-up.
#[derive(Clone, Debug, PartialEq)]
pub enum WarmUp {
    /// A population learns: it has no steady state, and is read at the stated days.
    Population,
    /// A log is replayed: it has no steady state.
    Replay,
    /// Too few days or replications to tell.
    Unknown,
    /// What was left out does.
    Enough {
        /// Days that the rule would leave out, in the arm that takes longest: it may be more, where that
        /// makes next to no difference.
        days: f64,
    },
    /// The mean number inside after the warm-up differs by this share from what it comes to.
    Short {
        /// The arm.
        arm: String,
        /// Days that it takes.
        days: f64,
        /// The relative difference.
        off: f64,
    },
    /// So near saturation a line forgets its empty start more slowly than the run can show.
    Slow {
        /// The arm.
        arm: String,
        /// Its occupancy.
        occupancy: f64,
        /// Days in which all but a third of the start is forgotten.
        days: f64,
    },
    /// The number inside of this arm has not settled by the middle of the run.
    Unsettled {
        /// The arm.
        arm: String,
    },
}

impl WarmUp {
    /// Judges the warm-up by the marginal standard error rule, arm by arm: the worst arm counts.
    #[must_use]
    pub fn new(results: &Results) -> Self {
        let experiment = &results.experiment;
        let Some(readings) = experiment.plans.first().and_then(|plan| plan.setting.readings) else {
            let replays = experiment.study.replayed.is_some();
            return if replays { Self::Replay } else { Self::Population };
        };
        if results.replications() < REPLICATIONS || (readings.stretches as usize) < STRETCHES {
            return Self::Unknown;
        }
        let arms = results.arms().enumerate();
        let all: Vec<Self> =
            arms.map(|(index, arm)| of_arm(results, readings, index, arm)).collect();
        let worst = all.into_iter().max_by(|a, b| a.badness().total_cmp(&b.badness()));
        worst.unwrap_or(Self::Unknown)
    }

    /// What is worse counts for more: no long run at all, a line that is slow, more days.
    fn badness(&self) -> f64 {
        match self {
            Self::Population | Self::Replay | Self::Unknown => -1.0,
            Self::Enough { days } => *days,
            Self::Short { days, .. } => 1e6 + days,
            Self::Slow { days, .. } => 1e9 + days.min(1e9),
            Self::Unsettled { .. } => 1e12,
        }
    }

    /// Whether the reader should be warned; [`Display`](fmt::Display) then says of what.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        matches!(self, Self::Short { .. } | Self::Slow { .. } | Self::Unsettled { .. })
    }

    /// The entry of the manifest.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Replay => json!({
                "verdict": "not-judged",
                "why": "a log is replayed, at its own times: it has no steady state"
            }),
            Self::Population => json!({
                "verdict": "not-judged",
                "why": "a population has no steady state: it is read at the stated days"
            }),
            Self::Unknown => {
                json!({ "verdict": "not-judged", "why": "too few days or replications" })
            }
            Self::Enough { days } => {
                json!({ "verdict": "no-sign-of-too-short", "days_by_rule": days })
            }
            Self::Short { arm, days, off } => json!({
                "verdict": "too-short", "arm": arm, "days_by_rule": days, "relative_error": off
            }),
            Self::Slow { arm, occupancy, days } => json!({
                "verdict": "too-slow", "arm": arm, "occupancy": occupancy, "days_to_settle": days
            }),
            Self::Unsettled { arm } => json!({ "verdict": "unsettled", "arm": arm }),
        }
    }
}

impl fmt::Display for WarmUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short { arm, days, off } => write!(
                f,
                "the warm-up is too short: in {} the mean number of contacts inside is {}% off what \
                 it settles at; set run.warmup_days = {} or more, and make run.days as much \
                 longer",
                safe(arm),
                fixed(100.0 * off.abs(), 0),
                shortest((100.0 * days).ceil() / 100.0)
            ),
            Self::Slow { arm, occupancy, days } => write!(
                f,
                "{} is so near saturation (occupancy {}) that it takes about {} to \
                 settle: the run does not show the long run, and its intervals do not cover it",
                safe(arm),
                fixed(*occupancy, 3),
                counted((10.0 * days).round() / 10.0, "day", "days")
            ),
            Self::Unsettled { arm } => write!(
                f,
                "in {} the number of contacts inside has not settled by the middle of the run: more \
                 comes in than the team can handle, or the run is too short",
                safe(arm)
            ),
            Self::Enough { .. } => f.write_str("no sign of too short a warm-up"),
            Self::Population => f.write_str("warm-up not judged (customers learn)"),
            Self::Replay => f.write_str("warm-up not judged (a log is replayed)"),
            Self::Unknown => Ok(()),
        }
    }
}

fn of_arm(results: &Results, readings: Readings, index: usize, arm: &str) -> WarmUp {
    if let Some(slow) = slow(results, index, arm) {
        return slow;
    }
    let column = |at| results.position(&Column::Inside(at));
    let mean = |at| Some(results.interval(results.whole(index), column(at)?)?.mean);
    let series: Option<Vec<f64>> = (0..readings.stretches).map(mean).collect();
    let Some(series) = series else { return WarmUp::Unknown };
    let batch = if series.len() >= 10 * BATCH { BATCH } else { 1 };
    let Some(cut) = mser(&series, batch) else { return WarmUp::Unknown };
    let stretch = readings.stretch_hours / 24.0;
    let left_out = results.experiment.study.base.run.warmup_days;
    let given = ((left_out / stretch).ceil() as usize).min(series.len() - 1);
    let (days, arm) = (cut as f64 * stretch, arm.to_owned());
    if cut <= given {
        return WarmUp::Enough { days };
    }
    let (early, rest) = (&series[given..cut], &series[cut..]);
    let (off, error) = offset(early, rest);
    if off.abs() <= MATTERS || off.abs() <= ERRORS * error {
        WarmUp::Enough { days }
    } else if cut + batch > series.len() / 2 {
        WarmUp::Unsettled { arm }
    } else {
        WarmUp::Short { arm, days, off }
    }
}

/// By what share the early values pull the mean away from that of the rest, and the standard error of
/// that, from the means of ten pieces of the rest.
fn offset(early: &[f64], rest: &[f64]) -> (f64, f64) {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let weight = early.len() as f64 / (early.len() + rest.len()) as f64;
    let piece = (rest.len() / PIECES).max(1);
    let pieces: Moments = rest.chunks_exact(piece).map(mean).collect();
    let spread = pieces.variance().unwrap_or(f64::INFINITY);
    let variance = spread * (piece as f64 / early.len() as f64 + 1.0 / pieces.count() as f64);
    let settled = mean(rest);
    (weight * (mean(early) / settled - 1.0), weight * variance.sqrt() / settled)
}

/// A line without hanging up forgets its start as `exp(-t / tau)`, with `tau = 1 / (sqrt(c mu) -
/// sqrt(lambda))^2` (Morse, 1955), which is `rho / (lambda (1 - sqrt(rho))^2)`. Spread over the counted
/// days, what is left of it may be too much, and where the run lasts no longer than three times that
/// long, it cannot be seen from within.
fn slow(results: &Results, index: usize, arm: &str) -> Option<WarmUp> {
    let run = &results.experiment.study.base.run;
    let readings = results.experiment.plans.first()?.setting.readings?;
    let whole = results.whole(index);
    let hangs_up = results.total(whole, Metric::AbandonRate).is_none_or(|rate| rate.mean > 0.0);
    if hangs_up || readings.has_rhythm() {
        return None;
    }
    let occupancy = results.total(whole, Metric::Occupancy)?.mean;
    let counted = run.counted_days();
    let arrivals: Moments = results.check(index, Check::Cases).iter().copied().collect();
    let per_day = arrivals.mean()? / counted;
    let short = 1.0 - occupancy.min(1.0).sqrt();
    let days = occupancy / (per_day * short * short);
    let left = days / counted * libm::exp(-run.warmup_days / days);
    let too_slow = left > LEFT && 3.0 * days > counted && days.is_finite();
    too_slow.then(|| WarmUp::Slow { arm: arm.to_owned(), occupancy, days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    fn of(days: f64, warmup_days: f64, per_hour: f64) -> WarmUp {
        let text = format!(
            "[run]\ndays = {days}\nwarmup_days = {warmup_days}\nmargin_days = 0\nseed = 3\nheadline = [\"wait_seconds_mean\"]\n\
             [customers]\ncount = 0\n\
             [channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
             [stream.callers]\nchannel = \"phone\"\nper_hour = {per_hour}\nhangs_up = false\n\
             handle = {{ mean_minutes = 60, shape = \"exponential\" }}\n\
             [team.care]\nchannels = [\"phone\"]\n\
             shifts = [{{ days = \"Mon-Sun\", hours = \"00:00-24:00\", people = 12 }}]"
        );
        let experiment = studies::written(&text);
        WarmUp::new(&studies::play(&experiment, 60))
    }

    #[test]
    fn a_line_that_fills_slowly_wants_a_warm_up() {
        // 12 agents at 83%, an hour each: the empty start fades as exp(-t / 10 h).
        let found = of(2.0, 0.0, 10.0);
        let WarmUp::Short { days, off, .. } = &found else { panic!("{found:?}") };
        assert!((0.1..2.5).contains(days) && *off < -0.02, "{found:?}");
        assert!(found.is_doubtful() && found.to_string().contains("run.warmup_days = "));
        let enough = of(6.0, 3.0, 10.0);
        assert!(matches!(enough, WarmUp::Enough { .. }), "{enough:?}");
        assert!(!enough.is_doubtful() && enough.to_string().contains("no sign"));
    }

    #[test]
    fn a_line_that_only_grows_never_settles() {
        let found = of(6.0, 1.0, 20.0);
        assert_eq!(found, WarmUp::Unsettled { arm: "base".to_owned() });
        assert!(
            found.is_doubtful()
                && found.to_string().contains("more comes in than the team can handle")
        );
        assert_eq!(found.to_json()["verdict"], "unsettled");
    }

    #[test]
    fn too_near_saturation_the_run_cannot_show_the_long_run() {
        // 11.9 an hour at 12 agents of an hour each: 20 days and more to settle, in a run of 6.
        let found = of(6.0, 2.0, 11.9);
        let WarmUp::Slow { occupancy, days, .. } = &found else { panic!("{found:?}") };
        assert!(*occupancy > 0.95 && *days > 1.0);
        assert!(found.is_doubtful() && found.to_string().contains("so near saturation"));
    }

    #[test]
    fn even_arrivals_do_not_fall_into_step_with_the_readings() {
        let text = "[run]\ndays = 7\nwarmup_days = 1\nmargin_days = 1\nseed = 2\n\
             headline = [\"wait_seconds_mean\"]\n[customers]\ncount = 0\n\
             [channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
             [stream.callers]\nchannel = \"phone\"\nper_hour = 100\nspacing = \"evenly\"\n\
             hangs_up = false\nhandle = { mean_minutes = 5, shape = \"exponential\" }\n\
             [team.care]\nchannels = [\"phone\"]\n\
             shifts = [{ days = \"Mon-Sun\", hours = \"00:00-24:00\", people = 10 }]";
        for seed in 1..=5 {
            let text = text.replace("seed = 2", &format!("seed = {seed}"));
            let experiment = studies::written(&text);
            let found = WarmUp::new(&studies::play(&experiment, 10));
            assert!(matches!(found, WarmUp::Enough { .. }), "{seed}: {found:?}");
        }
    }

    #[test]
    fn a_population_is_not_judged() {
        let experiment = studies::bundled(&[]);
        let found = WarmUp::new(&studies::play(&experiment, 2));
        assert_eq!(found, WarmUp::Population);
        assert!(!found.is_doubtful() && found.to_string().contains("not judged"));
    }
}
