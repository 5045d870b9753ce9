//! Counts become metrics.

use super::Census;
use super::day::State;
use super::tally::{Share, Tally};
use crate::plan::rates::HOURS_PER_MONTH;
use crate::record::column::{
    Check, Column, DAILY, Dimension, KINDS, RATES, SEVERITY_CLASSES, answer_hours,
};
use crate::terms::outcome::Outcome;
use crate::terms::ratio::ratio;
use heard_math::stats::Incidence;
use heard_scenario::metric::Metric;

impl Census {
    /// The numbers for these columns.
    #[must_use]
    pub fn values(&self, columns: &[Column]) -> Vec<f64> {
        let curve = self.answer_curve();
        columns
            .iter()
            .map(|column| match column {
                Column::Total(metric) => self.total(*metric),
                Column::Level { metric, dimension, level } => self.part(*metric, *dimension, level),
                Column::Day { metric, day } => self.daily(*metric, *day as usize),
                Column::AnsweredBy(point) => curve.get(*point).copied().unwrap_or(f64::NAN),
                Column::MistakeSeen(hour) => self.mistake_seen_by(*hour as usize),
                Column::Inside(stretch) => self.load[*stretch as usize],
                Column::Check(check) => self.check(*check),
            })
            .collect()
    }

    fn answer_curve(&self) -> Vec<f64> {
        if self.first_answer.total() == 0 {
            return Vec::new();
        }
        self.first_answer.curve_at(&answer_hours())
    }

    fn total(&self, metric: Metric) -> f64 {
        let months = (self.window.1 - self.window.0) / HOURS_PER_MONTH;
        let of_population = |value: f64| if self.population { value } else { f64::NAN };
        let cost = self.wages + self.paid;
        let quantile = |incidence: &Incidence, p: f64| incidence.quantile(p).unwrap_or(f64::NAN);
        match metric {
            Metric::SeenRate | Metric::AnswerRate | Metric::HeardRate | Metric::ResolutionRate => {
                self.total.rate(metric)
            }
            Metric::ResolvedPerFailure => {
                ratio(self.complaints_resolved as f64, self.failures as f64)
            }
            Metric::Resolutions => self.total.resolved as f64 / months,
            Metric::FirstAnswerHoursP50 => quantile(&self.first_answer, 0.5),
            Metric::FirstAnswerHoursP90 => quantile(&self.first_answer, 0.9),
            Metric::ResolutionHoursP50 => quantile(&self.resolution, 0.5),
            Metric::WaitSecondsMean
            | Metric::WaitSecondsServed
            | Metric::WaitSecondsAbandoned
            | Metric::WaitProbability
            | Metric::AbandonRate => self.waits.rate(metric),
            Metric::Occupancy => {
                let busy: f64 = self.hours.iter().map(|hours| hours.0).sum();
                ratio(busy, self.hours.iter().map(|hours| hours.1).sum())
            }
            Metric::PublicShare => ratio(self.public as f64, self.complaints as f64),
            Metric::ComplaintsPerFailure => ratio(self.complaints as f64, self.failures as f64),
            Metric::Attitude => self.attitude,
            Metric::Nps => self.nps,
            Metric::Stars => 3.0 + 2.0 * self.attitude,
            Metric::Reputation => self.mean_sentiment(),
            Metric::ChurnRate => of_population(ratio(self.left as f64 / months, self.customers)),
            Metric::Firestorms => of_population(self.firestorms as f64 / months),
            Metric::Audience => of_population(self.views / months),
            Metric::Cost => ratio(cost, months),
            Metric::CostPerResolution => ratio(cost, self.total.resolved as f64),
            Metric::ReachGap => {
                let mut rest = Tally::default();
                for tenth in &self.tenths[..5] {
                    rest.voiced += tenth.voiced;
                    rest.resolved += tenth.resolved;
                }
                self.tenths[9].rate(Metric::ResolutionRate) - rest.rate(Metric::ResolutionRate)
            }
            Metric::ChannelGap => {
                let (mut public, mut private) = (Tally::default(), Tally::default());
                for (tally, is_public) in self.channels.iter().zip(&self.public_channels) {
                    let side = if *is_public { &mut public } else { &mut private };
                    side.voiced += tally.voiced;
                    side.resolved += tally.resolved;
                }
                public.rate(Metric::ResolutionRate) - private.rate(Metric::ResolutionRate)
            }
            Metric::Satisfaction => self.satisfaction.ratio(),
            Metric::Expectation => self.at_end().expectation,
            Metric::LoyaltyRate => {
                let mut all = Share::default();
                self.loyalty.iter().for_each(|share| all += *share);
                all.ratio()
            }
            Metric::NegativeShare => self.negative.ratio(),
            Metric::Awareness => self.at_end().awareness,
            Metric::CustomersKept => self.at_end().kept,
        }
    }

    fn at_end(&self) -> State {
        self.days.last().map_or(State::UNKNOWN, |day| day.state)
    }

    /// How many have seen the first mistake by the end of an hour after it.
    fn mistake_seen_by(&self, hour: usize) -> f64 {
        let views = self.mistake_views.get(..=hour);
        views.map_or(f64::NAN, |views| views.iter().sum())
    }

    /// Sentiment at the ends of the days that the window holds.
    fn mean_sentiment(&self) -> f64 {
        let counted = self.days.iter().enumerate().filter(|(day, _)| {
            let end = ((*day + 1) as f64 * 24.0).min(self.end);
            self.window.0 < end && end <= self.window.1
        });
        let (sum, count) = counted
            .fold((0.0, 0.0), |(sum, count), (_, day)| (sum + day.state.sentiment, count + 1.0));
        ratio(sum, count)
    }

    fn part(&self, metric: Metric, dimension: Dimension, level: &str) -> f64 {
        let is = |name: &str| name == level;
        let find = |names: &[String]| names.iter().position(|name| is(name));
        let rate = |tally: &Tally| tally.rate(metric);
        let wanted_rate = RATES.contains(&metric);
        let value = match dimension {
            Dimension::Team => find(&self.team_names).map(|team| {
                let (busy, staffed) = self.hours[team];
                ratio(busy, staffed)
            }),
            Dimension::Probe => {
                find(&self.channel_names).map(|channel| rate(&self.probes[channel]))
            }
            Dimension::Outcome => {
                let outcome = Outcome::ALL.iter().position(|outcome| is(outcome.name()));
                outcome.map(|outcome| self.loyalty[outcome].ratio())
            }
            Dimension::Channel => find(&self.channel_names).map(|channel| {
                if wanted_rate {
                    rate(&self.channels[channel])
                } else {
                    self.channel_waits[channel].rate(metric)
                }
            }),
            Dimension::Kind => {
                KINDS.iter().position(|kind| is(kind.name())).map(|k| rate(&self.kinds[k]))
            }
            Dimension::FollowersTenth => level
                .parse()
                .ok()
                .and_then(|tenth: usize| self.tenths.get(tenth.wrapping_sub(1)))
                .map(rate),
            Dimension::Class => match find(&self.stream_names) {
                Some(stream) if wanted_rate => Some(rate(&self.streams[stream].0)),
                Some(stream) => Some(self.streams[stream].1.rate(metric)),
                None => SEVERITY_CLASSES
                    .iter()
                    .position(|&name| is(name))
                    .map(|c| rate(&self.severities[c])),
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

    fn check(&self, check: Check) -> f64 {
        match check {
            Check::Unaccounted => self.unaccounted as f64,
            Check::LittleGap => self.little_gap,
            Check::Censored => ratio(self.censored as f64, self.total.voiced as f64),
            Check::Voiced => self.total.voiced as f64,
            Check::Customers => self.customers,
        }
    }
}
