//! Several companies are counted together.

use super::Census;
use crate::terms::ratio::mean;

/// The count of the part that has this name, a new one if there is none.
fn part<'a, T: Default>(names: &mut Vec<String>, counts: &'a mut Vec<T>, name: &str) -> &'a mut T {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        counts.push(T::default());
        counts.len() - 1
    });
    &mut counts[at]
}

impl Census {
    /// Counts another company of the same replication together with this one. Where means over
    /// companies are taken, each weighs by its customers of day 0.
    pub fn absorb(&mut self, other: &Self) {
        fn add<T: std::ops::AddAssign + Copy>(mine: &mut [T], others: &[T]) {
            mine.iter_mut().zip(others).for_each(|(mine, other)| *mine += *other);
        }
        for (name, hours) in other.team_names.iter().zip(&other.hours) {
            let mine = part(&mut self.team_names, &mut self.hours, name);
            *mine = (mine.0 + hours.0, mine.1 + hours.1);
        }
        for (name, &(tally, waits)) in other.stream_names.iter().zip(&other.streams) {
            let mine = part(&mut self.stream_names, &mut self.streams, name);
            mine.0 += tally;
            mine.1 += waits;
        }
        self.total += other.total;
        add(&mut self.channels, &other.channels);
        add(&mut self.channel_waits, &other.channel_waits);
        add(&mut self.probes, &other.probes);
        add(&mut self.load, &other.load);
        add(&mut self.loyalty, &other.loyalty);
        add(&mut self.kinds, &other.kinds);
        add(&mut self.severities, &other.severities);
        add(&mut self.tenths, &other.tenths);
        self.satisfaction += other.satisfaction;
        self.negative += other.negative;
        self.waits += other.waits;
        if self.mistake_views.is_empty() {
            self.mistake_views.clone_from(&other.mistake_views);
        } else {
            add(&mut self.mistake_views, &other.mistake_views);
        }
        self.complaints_resolved += other.complaints_resolved;
        self.failures += other.failures;
        self.complaints += other.complaints;
        self.public += other.public;
        self.left += other.left;
        self.firestorms += other.firestorms;
        self.views += other.views;
        self.paid += other.paid;
        self.wages += other.wages;
        let customers = (self.customers, other.customers);
        for (mine, other) in self.days.iter_mut().zip(&other.days) {
            mine.tally += other.tally;
            mine.failures += other.failures;
            mine.complaints += other.complaints;
            mine.public += other.public;
            mine.left += other.left;
            mine.views += other.views;
            mine.satisfaction += other.satisfaction;
            mine.negative += other.negative;
            mine.state.take_in(&other.state, customers.0, customers.1);
        }
        self.first_answer.merge(&other.first_answer);
        self.resolution.merge(&other.resolution);
        let all = self.customers + other.customers;
        let weigh = |mine: f64, others: f64| mean((mine, customers.0), (others, customers.1));
        self.attitude = weigh(self.attitude, other.attitude);
        self.nps = weigh(self.nps, other.nps);
        self.customers = all;
        self.unaccounted += other.unaccounted;
        self.little_gap = self.little_gap.max(other.little_gap);
        self.censored += other.censored;
    }
}
