//! Several companies are counted together.

use super::Census;
use super::counts::Counts;

/// Where the part of this name stands; it is added if there is none.
fn place(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}

fn add<T: std::ops::AddAssign + Copy>(mine: &mut [T], others: &[T]) {
    mine.iter_mut().zip(others).for_each(|(mine, other)| *mine += *other);
}

impl Census {
    /// Counts another company of the same replication together with this one. Where means over
    /// companies are taken, each weighs by its customers of day 0.
    pub fn absorb(&mut self, other: &Self) {
        let teams = other.team_names.iter().map(|name| place(&mut self.team_names, name));
        let teams: Vec<usize> = teams.collect();
        let streams = other.stream_names.iter().map(|name| place(&mut self.stream_names, name));
        let streams: Vec<usize> = streams.collect();
        for (mine, other) in self.windows.iter_mut().zip(&other.windows) {
            mine.hours.resize(self.team_names.len(), Default::default());
            mine.streams.resize(self.stream_names.len(), Default::default());
            mine.absorb(other, &teams, &streams);
        }
        add(&mut self.load, &other.load);
        if self.mistake_views.is_empty() {
            self.mistake_views.clone_from(&other.mistake_views);
        } else {
            add(&mut self.mistake_views, &other.mistake_views);
        }
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
        self.customers += other.customers;
        self.cases += other.cases;
        self.unaccounted += other.unaccounted;
        self.little_gap = self.little_gap.max(other.little_gap);
    }
}

impl Counts {
    /// Adds what another company counted over the same window; `teams` and `streams`: where its teams
    /// and streams stand among these.
    fn absorb(&mut self, other: &Self, teams: &[usize], streams: &[usize]) {
        for (&team, hours) in teams.iter().zip(&other.hours) {
            let mine = &mut self.hours[team];
            *mine = (mine.0 + hours.0, mine.1 + hours.1);
        }
        for (&stream, &(tally, waits)) in streams.iter().zip(&other.streams) {
            let mine = &mut self.streams[stream];
            mine.0 += tally;
            mine.1 += waits;
        }
        self.total += other.total;
        add(&mut self.channels, &other.channels);
        add(&mut self.channel_waits, &other.channel_waits);
        add(&mut self.probes, &other.probes);
        add(&mut self.loyalty, &other.loyalty);
        add(&mut self.kinds, &other.kinds);
        add(&mut self.severities, &other.severities);
        add(&mut self.tenths, &other.tenths);
        self.satisfaction += other.satisfaction;
        self.negative += other.negative;
        self.waits += other.waits;
        self.complaints_resolved += other.complaints_resolved;
        self.failures += other.failures;
        self.complaints += other.complaints;
        self.public += other.public;
        self.left += other.left;
        self.firestorms += other.firestorms;
        self.views += other.views;
        self.paid += other.paid;
        self.wages += other.wages;
        self.first_answer.merge(&other.first_answer);
        self.resolution.merge(&other.resolution);
        self.censored += other.censored;
    }
}
