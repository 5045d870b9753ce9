//! What is counted over one window.

use super::tally::{Caller, Fate, Share, Tally, Waits};
use crate::desk::contact::{Contact, Work};
use crate::plan::counted::{Span, holds};
use crate::plan::policy::Policy;
use crate::plan::rates::HOURS_PER_MONTH;
use crate::plan::stream::Stream;
use crate::record::column::KINDS;
use heard_math::stats::Incidence;

/// All counts over one window.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub window: Span,
    pub total: Tally,
    pub complaints_resolved: u64,
    pub channels: Vec<Tally>,
    pub channel_waits: Vec<Waits>,
    pub probes: Vec<Tally>,
    pub loyalty: [Share; 4],
    pub satisfaction: Share,
    pub negative: Share,
    pub kinds: [Tally; KINDS.len()],
    pub severities: [Tally; 3],
    pub streams: Vec<(Tally, Waits)>,
    pub tenths: [Tally; 10],
    pub waits: Waits,
    pub failures: u64,
    pub complaints: u64,
    pub public: u64,
    pub left: u64,
    pub firestorms: u64,
    pub views: f64,
    pub paid: f64,
    pub first_answer: Incidence,
    pub resolution: Incidence,
    /// Busy and staffed hours of each team.
    pub hours: Vec<(f64, f64)>,
    pub wages: f64,
    pub censored: u64,
}

impl Counts {
    pub fn new(window: Span, policy: &Policy) -> Self {
        let channels = policy.channels.len();
        Self {
            window,
            total: Tally::default(),
            complaints_resolved: 0,
            channels: vec![Tally::default(); channels],
            channel_waits: vec![Waits::default(); channels],
            probes: vec![Tally::default(); channels],
            loyalty: [Share::default(); 4],
            satisfaction: Share::default(),
            negative: Share::default(),
            kinds: [Tally::default(); KINDS.len()],
            severities: [Tally::default(); 3],
            streams: vec![Default::default(); policy.streams.len()],
            tenths: [Tally::default(); 10],
            waits: Waits::default(),
            failures: 0,
            complaints: 0,
            public: 0,
            left: 0,
            firestorms: 0,
            views: 0.0,
            paid: 0.0,
            first_answer: Incidence::new(),
            resolution: Incidence::new(),
            hours: vec![(0.0, 0.0); policy.teams.len()],
            wages: 0.0,
            censored: 0,
        }
    }

    /// Whether what happens at this hour is counted here.
    #[inline]
    pub fn holds(&self, hours: f64) -> bool {
        holds(self.window, hours)
    }

    /// Length of the window in months of 30 days.
    pub fn months(&self) -> f64 {
        (self.window.1 - self.window.0) / HOURS_PER_MONTH
    }

    /// A caller's wait is over.
    #[inline]
    pub fn wait(&mut self, contact: &Contact, hours: f64, caller: Caller) {
        self.waits.add(hours, caller);
        self.channel_waits[usize::from(contact.line)].add(hours, caller);
        if let Work::Stream(stream) = contact.work {
            self.streams[usize::from(stream)].1.add(hours, caller);
        }
    }

    /// Changes the counts that a problem of a stream belongs to.
    #[inline]
    pub fn tally_stream(&mut self, stream: usize, settings: &Stream, change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        change(&mut self.channels[settings.channel]);
        change(&mut self.kinds[settings.kind as usize]);
        change(&mut self.streams[stream].0);
    }

    /// A probe whose fate is known.
    pub fn probe(&mut self, channel: usize, fate: Fate) {
        let probes = &mut self.probes[channel];
        probes.voiced += 1;
        probes.add(fate);
    }

    /// Problems that have no place in the curve of first answers, or more than one: 0.
    pub fn missing_in_curve(&self) -> i64 {
        (self.first_answer.total() as i64 - self.total.voiced as i64).abs()
    }
}
