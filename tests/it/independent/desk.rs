//! Teams, what waits for them, and what they are busy with.

use crate::independent::setting::Setting;

#[derive(Clone)]
pub enum Work {
    /// A message or a call.
    Contact(Contact),
    /// Reading what a search found.
    Search { team: usize, found: Vec<usize> },
}

/// A message or a call of a case, in one of its threads, and the rule by which it was sorted.
#[derive(Clone, Copy)]
pub struct Contact {
    pub case: usize,
    pub thread: u32,
    pub message: u32,
    pub channel: usize,
    pub rule: usize,
}

pub struct Waiting {
    pub work: Work,
    /// 1 goes first.
    pub rank: usize,
    /// Hour of arrival, less a head start: the earliest of a rank goes first.
    pub since: f64,
    pub came: f64,
}

impl Waiting {
    pub fn is_call(&self, case: usize, message: u32) -> bool {
        matches!(self.work, Work::Contact(it) if it.case == case && it.message == message)
    }
}

pub struct Crew {
    pub people: usize,
    pub busy: usize,
}

pub struct Desk {
    /// In order of arrival.
    pub waiting: Vec<Waiting>,
    pub crews: Vec<Crew>,
    /// Calls that ring, each at somebody of a team.
    pub ringing: Vec<(usize, Waiting)>,
    /// Calls in conversation, by channel.
    pub talking: Vec<usize>,
    /// In the counted window: conversation hours that were busy, that were staffed, and wages.
    pub busy_hours: f64,
    pub staffed_hours: f64,
    pub wages: f64,
    counted_until: f64,
}

impl Desk {
    pub fn new(setting: &Setting) -> Self {
        Self {
            waiting: Vec::new(),
            crews: setting.teams.iter().map(|_| Crew { people: 0, busy: 0 }).collect(),
            ringing: Vec::new(),
            talking: vec![0; setting.channels.len()],
            busy_hours: 0.0,
            staffed_hours: 0.0,
            wages: 0.0,
            counted_until: 0.0,
        }
    }

    /// Counts hours up to now; to be called before anything changes.
    pub fn count_hours(&mut self, now: f64, setting: &Setting) {
        let window = setting.window();
        let hours = now.min(window.end) - self.counted_until.max(window.start);
        self.counted_until = now;
        if hours <= 0.0 {
            return;
        }
        for (crew, team) in self.crews.iter().zip(&setting.teams) {
            let slots = crew.busy.max(crew.people * team.conversations);
            self.busy_hours += hours * crew.busy as f64;
            self.staffed_hours += hours * slots as f64;
            let paid = crew.people.max(crew.busy.div_ceil(team.conversations));
            self.wages += hours * paid as f64 * team.wage;
        }
    }

    pub fn is_free(&self, team: usize, setting: &Setting) -> bool {
        let crew = &self.crews[team];
        crew.busy < crew.people * setting.teams[team].conversations
    }

    /// The best that waits for a team: the lowest rank, then the earliest.
    pub fn take(&mut self, team: usize, setting: &Setting) -> Option<Waiting> {
        let mine = |it: &&(usize, &Waiting)| can_take(team, &it.1.work, setting);
        let (index, _) = self
            .waiting
            .iter()
            .enumerate()
            .filter(|it| mine(&it))
            .min_by(|a, b| a.1.rank.cmp(&b.1.rank).then(a.1.since.total_cmp(&b.1.since)))?;
        Some(self.waiting.remove(index))
    }

    /// Callers on a channel's lines, waiting, ringing or in conversation.
    pub fn callers(&self, line: usize) -> usize {
        let waits = |it: &&Waiting| matches!(it.work, Work::Contact(it) if it.channel == line);
        let ringing = self.ringing.iter().map(|(_, call)| call);
        self.waiting.iter().chain(ringing).filter(waits).count() + self.talking[line]
    }

    pub fn is_anybody_there(&self, channel: usize, setting: &Setting) -> bool {
        let teams = setting.teams.iter().zip(&self.crews);
        teams.into_iter().any(|(team, crew)| team.channels.contains(&channel) && crew.people > 0)
    }
}

pub fn can_take(team: usize, work: &Work, setting: &Setting) -> bool {
    match work {
        Work::Contact(contact) => setting.teams[team].channels.contains(&contact.channel),
        Work::Search { team: theirs, .. } => *theirs == team,
    }
}
