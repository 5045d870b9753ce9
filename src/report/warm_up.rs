//! Whether the warm-up of a run was long enough.

use serde_json::{Value, json};

use crate::experiment::results::Results;
use crate::stats::mser;
use crate::world::column::Column;

/// A warm-up that moves the mean number inside by less than this share is long enough.
const MATTERS: f64 = 0.02;
/// Means of so many values go into the rule, where there are at least ten times as many.
const BATCH: usize = 5;

/// What the number of contacts inside, averaged over replications, says of the warm-up.
#[derive(Clone, Debug, PartialEq)]
pub enum WarmUp {
    /// A population learns: it has no steady state, and is read at the stated days.
    Population,
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
    /// The number inside of this arm has not settled by the middle of the run.
    Unsettled {
        /// The arm.
        arm: String,
    },
}

impl WarmUp {
    /// Judges the warm-up by the marginal standard error rule, arm by arm: the longest cut counts.
    #[must_use]
    pub fn new(results: &Results<'_>) -> Self {
        let experiment = results.experiment;
        let Some(readings) = experiment.plans.first().and_then(|plan| plan.setting.readings) else {
            return Self::Population;
        };
        let left_out = experiment.study.base.run.warmup_days;
        let stretch = readings.stretch_hours / 24.0;
        let mut longest = 0.0_f64;
        for (index, arm) in results.arms().enumerate() {
            let column = |at| results.position(&Column::Inside(at));
            let mean = |at| Some(results.interval(results.whole(index), column(at)?)?.mean);
            let series: Option<Vec<f64>> = (0..readings.stretches).map(mean).collect();
            let Some(series) = series else { return Self::Unknown };
            let batch = if series.len() >= 10 * BATCH { BATCH } else { 1 };
            let Some(cut) = mser(&series, batch) else { return Self::Unknown };
            let given = ((left_out / stretch).ceil() as usize).min(series.len() - 1);
            let mean_from =
                |from: usize| series[from..].iter().sum::<f64>() / (series.len() - from) as f64;
            let off = mean_from(given) / mean_from(cut) - 1.0;
            let days = cut as f64 * stretch;
            if cut > given && off.abs() > MATTERS {
                let arm = arm.to_owned();
                let unsettled = cut + batch > series.len() / 2;
                return if unsettled {
                    Self::Unsettled { arm }
                } else {
                    Self::Short { arm, days, off }
                };
            }
            longest = longest.max(days);
        }
        Self::Enough { days: longest }
    }

    /// A warning, where there is reason for one.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        match self {
            Self::Short { arm, days, off } => Some(format!(
                "the warm-up is too short: in {arm} the mean number of contacts inside is {:.0}% off what \
                 it settles to; run.warmup_days = {days:.2} would do",
                100.0 * off.abs()
            )),
            Self::Unsettled { arm } => Some(format!(
                "in {arm} the number of contacts inside has not settled by the middle of the run: more \
                 comes in than the team can do, or the run is too short"
            )),
            Self::Population | Self::Unknown | Self::Enough { .. } => None,
        }
    }

    /// What to say when all is well; empty where there is nothing.
    #[must_use]
    pub fn line(&self) -> &'static str {
        match self {
            Self::Enough { .. } => ", warm-up long enough",
            _ => "",
        }
    }

    /// The entry of the manifest.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Population => json!({
                "verdict": "not-judged",
                "why": "a population has no steady state: it is read at the stated days"
            }),
            Self::Unknown => json!({ "verdict": "not-judged", "why": "the run is too short" }),
            Self::Enough { days } => json!({ "verdict": "long-enough", "days_by_rule": days }),
            Self::Short { arm, days, off } => json!({
                "verdict": "too-short", "arm": arm, "days_by_rule": days, "relative_error": off
            }),
            Self::Unsettled { arm } => json!({ "verdict": "unsettled", "arm": arm }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::studies;

    fn of(warmup_days: f64, per_hour: f64) -> WarmUp {
        let text = format!(
            "[run]\ndays = 6\nwarmup_days = {warmup_days}\nmargin_days = 0\nseed = 3\nheadline = [\"wait_seconds_mean\"]\n\
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
        // 12 agents at 96%, an hour each: the empty start fades over days, (1 - sqrt(0.96))^-2 / 12 h.
        let found = of(0.0, 11.0);
        let WarmUp::Short { days, off, .. } = &found else { panic!("{found:?}") };
        assert!((0.1..2.5).contains(days) && *off < -0.02, "{found:?}");
        assert!(found.warning().unwrap().contains("run.warmup_days = "));
        let enough = of(3.0, 11.0);
        assert!(matches!(enough, WarmUp::Enough { .. }), "{enough:?}");
        assert!(enough.warning().is_none() && enough.line().contains("long enough"));
    }

    #[test]
    fn a_line_that_only_grows_never_settles() {
        let found = of(1.0, 20.0);
        assert_eq!(found, WarmUp::Unsettled { arm: "base".to_owned() });
        assert!(found.warning().unwrap().contains("more comes in than the team can do"));
        assert_eq!(found.to_json()["verdict"], "unsettled");
    }

    #[test]
    fn a_population_is_not_judged() {
        let experiment = studies::bundled(&[]);
        let found = WarmUp::new(&studies::play(&experiment, 2));
        assert_eq!(found, WarmUp::Population);
        assert!(found.warning().is_none() && found.line().is_empty());
    }
}
