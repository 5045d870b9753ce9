//! Counts become metrics.

use super::Census;
use super::counts::Counts;
use super::day::State;
use super::tally::{Share, Tally};
use crate::plan::counted::holds_end;
use crate::record::column::{
    Check, Column, DAILY, Dimension, KINDS, RATES, SEVERITY_CLASSES, answer_hours, length,
};
use crate::terms::outcome::Outcome;
use crate::terms::ratio::ratio;
use heard_math::stats::Incidence;
use heard_scenario::metric::Metric;

impl Census {
    /// The numbers for these columns over the main window, or the run; then, for each further window,
    /// those that a window has.
    #[must_use]
    pub fn values(&self, columns: &[Column]) -> Vec<f64> {
        let mut values = Vec::with_capacity(length(columns, self.windows.len()));
        for (window, counts) in self.windows.iter().enumerate() {
            let curve = counts.answer_curve();
            let state = self.state_over(counts);
            let here = columns.iter().filter(|column| window == 0 || column.is_of_window());
            values.extend(here.map(|column| match column {
                Column::Total(metric) => self.total(counts, &state, *metric),
                Column::Level { metric, dimension, level } => {
                    self.part(counts, *metric, *dimension, level)
                }
                Column::Day { metric, day } => self.daily(*metric, *day as usize),
                Column::AnsweredBy(point) => curve.get(*point).copied().unwrap_or(f64::NAN),
                Column::MistakeSeen(hour) => self.mistake_seen_by(*hour as usize),
                Column::Inside(stretch) => self.load[*stretch as usize],
                Column::Check(check) => self.check(counts, *check),
            }));
        }
        values
    }

    fn total(&self, counts: &Counts, state: &State, metric: Metric) -> f64 {
        let months = counts.months();
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        let cost = counts.wages + counts.paid;
        let quantile = |incidence: &Incidence, p: f64| incidence.quantile(p).unwrap_or(f64::NAN);
        match metric {
            Metric::SeenRate | Metric::AnswerRate | Metric::HeardRate | Metric::ResolutionRate => {
                counts.total.rate(metric)
            }
            Metric::ResolvedPerFailure => {
                ratio(counts.complaints_resolved as f64, counts.failures as f64)
            }
            Metric::Resolutions => counts.total.resolved as f64 / months,
            Metric::FirstAnswerHoursP50 => quantile(&counts.first_answer, 0.5),
            Metric::FirstAnswerHoursP90 => quantile(&counts.first_answer, 0.9),
            Metric::ResolutionHoursP50 => quantile(&counts.resolution, 0.5),
            Metric::WaitSecondsMean
            | Metric::WaitSecondsServed
            | Metric::WaitSecondsAbandoned
            | Metric::WaitProbability
            | Metric::AbandonRate => counts.waits.rate(metric),
            Metric::Occupancy => {
                let busy: f64 = counts.hours.iter().map(|hours| hours.0).sum();
                ratio(busy, counts.hours.iter().map(|hours| hours.1).sum())
            }
            Metric::PublicShare => ratio(counts.public as f64, counts.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(counts.complaints as f64, counts.failures as f64),
            Metric::Attitude => state.attitude,
            Metric::Nps => state.nps,
            Metric::Stars => 3.0 + 2.0 * state.attitude,
            Metric::Reputation => state.sentiment,
            Metric::ChurnRate => of_population(ratio(counts.left as f64 / months, self.customers)),
            Metric::Firestorms => of_population(counts.firestorms as f64 / months),
            Metric::Audience => of_population(counts.views / months),
            Metric::Cost => ratio(cost, months),
            Metric::CostPerResolution => ratio(cost, counts.total.resolved as f64),
            Metric::ReachGap => {
                let mut rest = Tally::default();
                for tenth in &counts.tenths[..5] {
                    rest.voiced += tenth.voiced;
                    rest.resolved += tenth.resolved;
                }
                counts.tenths[9].rate(Metric::ResolutionRate) - rest.rate(Metric::ResolutionRate)
            }
            Metric::ChannelGap => {
                let (mut public, mut private) = (Tally::default(), Tally::default());
                for (tally, is_public) in counts.channels.iter().zip(&self.public_channels) {
                    let side = if *is_public { &mut public } else { &mut private };
                    side.voiced += tally.voiced;
                    side.resolved += tally.resolved;
                }
                public.rate(Metric::ResolutionRate) - private.rate(Metric::ResolutionRate)
            }
            Metric::Satisfaction => counts.satisfaction.ratio(),
            Metric::Expectation => state.expectation,
            Metric::LoyaltyRate => {
                let mut all = Share::default();
                counts.loyalty.iter().for_each(|share| all += *share);
                all.ratio()
            }
            Metric::NegativeShare => counts.negative.ratio(),
            Metric::Awareness => state.awareness,
            Metric::CustomersKept => state.kept,
        }
    }

    /// How many have seen the first mistake by the end of an hour after it.
    fn mistake_seen_by(&self, hour: usize) -> f64 {
        let views = self.mistake_views.get(..=hour);
        views.map_or(f64::NAN, |views| views.iter().sum())
    }

    /// The mean state of things at the ends of the days that the window holds.
    fn state_over(&self, counts: &Counts) -> State {
        let held = self.days.iter().enumerate().filter(|(day, _)| {
            let end = ((*day + 1) as f64 * 24.0).min(self.end);
            holds_end(counts.window, end)
        });
        State::mean(held.map(|(_, day)| &day.state))
    }

    fn part(&self, counts: &Counts, metric: Metric, dimension: Dimension, level: &str) -> f64 {
        let is = |name: &str| name == level;
        let find = |names: &[String]| names.iter().position(|name| is(name));
        let rate = |tally: &Tally| tally.rate(metric);
        let wanted_rate = RATES.contains(&metric);
        let value = match dimension {
            Dimension::Team => find(&self.team_names).map(|team| {
                let (busy, staffed) = counts.hours[team];
                ratio(busy, staffed)
            }),
            Dimension::Probe => {
                find(&self.channel_names).map(|channel| rate(&counts.probes[channel]))
            }
            Dimension::Outcome => {
                let outcome = Outcome::ALL.iter().position(|outcome| is(outcome.name()));
                outcome.map(|outcome| counts.loyalty[outcome].ratio())
            }
            Dimension::Channel => find(&self.channel_names).map(|channel| {
                if wanted_rate {
                    rate(&counts.channels[channel])
                } else {
                    counts.channel_waits[channel].rate(metric)
                }
            }),
            Dimension::Kind => {
                KINDS.iter().position(|kind| is(kind.name())).map(|k| rate(&counts.kinds[k]))
            }
            Dimension::FollowersTenth => level
                .parse()
                .ok()
                .and_then(|tenth: usize| counts.tenths.get(tenth.wrapping_sub(1)))
                .map(rate),
            Dimension::Class => match find(&self.stream_names) {
                Some(stream) if wanted_rate => Some(rate(&counts.streams[stream].0)),
                Some(stream) => Some(counts.streams[stream].1.rate(metric)),
                None => SEVERITY_CLASSES
                    .iter()
                    .position(|&name| is(name))
                    .map(|c| rate(&counts.severities[c])),
            },
        };
        value.unwrap_or(f64::NAN)
    }

    fn daily(&self, metric: Metric, day: usize) -> f64 {
        debug_assert!(DAILY.contains(&metric));
        let Some(day) = self.days.get(day) else { return f64::NAN };
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        match metric {
            Metric::PublicShare => ratio(day.public as f64, day.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(day.complaints as f64, day.failures as f64),
            Metric::Attitude => day.state.attitude,
            Metric::Reputation => day.state.sentiment,
            Metric::Satisfaction => day.satisfaction.ratio(),
            Metric::Expectation => day.state.expectation,
            Metric::NegativeShare => day.negative.ratio(),
            Metric::Awareness => day.state.awareness,
            Metric::CustomersKept => day.state.kept,
            Metric::ChurnRate => of_population(ratio(30.0 * day.left as f64, self.customers)),
            Metric::Audience => of_population(30.0 * day.views),
            _ => day.tally.rate(metric),
        }
    }

    fn check(&self, counts: &Counts, check: Check) -> f64 {
        let voiced = counts.total.voiced as f64;
        match check {
            Check::Unaccounted => self.unaccounted as f64,
            Check::LittleGap => self.little_gap,
            Check::Cases => self.cases as f64,
            Check::Censored => ratio(counts.censored as f64, voiced),
            Check::Voiced => voiced,
            Check::Customers => self.customers,
        }
    }
}

impl Counts {
    fn answer_curve(&self) -> Vec<f64> {
        if self.first_answer.total() == 0 {
            return Vec::new();
        }
        self.first_answer.curve_at(&answer_hours())
    }
}
