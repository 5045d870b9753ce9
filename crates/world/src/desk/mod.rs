//! The desk: lines of contacts, teams that take them by rank within their shifts, non-preemptively.
//!
//! Pure queueing: it knows what a contact is for only as a label. Each channel has a line, and each
//! team one of its own for chores. A team takes from its lines the contact with the best rank; of
//! those the oldest, or what it is rewarded for. When a shift ends, conversations in hand are
//! finished. Where a team's people are told apart, the desk knows who is free.

pub mod contact;
pub mod people;
pub mod source;
mod waitlist;
mod worked;

use crate::plan::counted::{Counted, Span, clip};
use crate::plan::policy::Policy;
use crate::plan::team::Team as Staff;
use contact::Contact;
use heard_scenario::team::Reward;
use waitlist::{Waiting, Waitlist};
use worked::{Numbers, Worked};

pub use worked::Hours;

#[derive(Clone, Copy, Debug)]
struct Place {
    contact: Contact,
    generation: u32,
    state: State,
    person: Option<u16>,
}

/// Bytes that one contact takes that waits.
pub const BYTES_WAITING: usize = size_of::<Place>() + size_of::<Waiting>();

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    Waiting,
    /// It rings at somebody of this team.
    Ringing(u8),
    Served,
}

const RANKS: usize = 10;

/// One line, with what Little's law needs: the number inside over time, and the time inside over
/// contacts, each kept on its own and both clipped to the counted span.
#[derive(Clone, Debug, Default)]
struct Line {
    waiting: [Waitlist; RANKS],
    occupied: u16,
    inside: u32,
    arrived: u64,
    departed: u64,
    number_hours: f64,
    sojourn_hours: f64,
    since: f64,
}

#[derive(Clone, Debug)]
struct Team {
    lines: Vec<usize>,
    slots: u32,
    people: u32,
    busy: u32,
    /// Its time, by window.
    worked: Vec<Worked>,
    /// The wage in force.
    wage: f64,
    since: f64,
    conversations: u32,
    /// Conversations of each of its people, where they are told apart.
    talking: Vec<u32>,
}

impl Team {
    fn new(team: &Staff, chores: usize, windows: &[Span]) -> Self {
        Self {
            lines: team.channels.iter().copied().chain([chores]).collect(),
            slots: 0,
            people: 0,
            busy: 0,
            worked: windows.iter().copied().map(Worked::new).collect(),
            wage: team.wage,
            since: 0.0,
            conversations: team.conversations,
            talking: Vec::new(),
        }
    }

    /// From now on an hour is worth this wage.
    fn pay(&mut self, wage: f64) {
        if wage != self.wage {
            self.worked.iter_mut().for_each(|worked| worked.settle(self.wage));
            self.wage = wage;
        }
    }
}

/// Lines and teams of one replication.
#[derive(Clone, Debug)]
pub struct Desk {
    places: Vec<Place>,
    free: Vec<u32>,
    lines: Vec<Line>,
    teams: Vec<Team>,
    serving: Vec<Vec<usize>>,
    order: u64,
    /// Whether everybody waits with taking until all that comes in now is in line.
    holding: bool,
    span: Span,
}

/// What a line must satisfy.
#[derive(Clone, Copy, Debug)]
pub struct LineCheck {
    /// Contacts that came, less those that went and those that are still there.
    pub unaccounted: i64,
    /// Hours x contacts inside the line, from its length.
    pub number_hours: f64,
    /// The same from the contacts' own sojourns.
    pub sojourn_hours: f64,
}

impl Desk {
    /// An empty desk that counts these hours.
    #[must_use]
    pub fn new(policy: &Policy, counted: &Counted) -> Self {
        let chores = policy.channels.len();
        let teams: Vec<Team> = (policy.teams.iter().enumerate())
            .map(|(index, team)| Team::new(team, chores + index, &counted.windows))
            .collect();
        let mut desk = Self {
            places: Vec::new(),
            free: Vec::new(),
            lines: vec![Line::default(); chores + teams.len()],
            teams,
            serving: Vec::new(),
            order: 0,
            holding: false,
            span: counted.span,
        };
        desk.serve(policy, 0.0);
        desk
    }

    /// From now on (hours) teams serve the channels, take first what they are rewarded for, and are
    /// paid, as `policy` says. Teams and channels are the same as before.
    pub fn serve(&mut self, policy: &Policy, now: f64) {
        (0..self.teams.len()).for_each(|team| self.count_team(team, now));
        let chores = policy.channels.len();
        self.serving = policy.channels.iter().map(|channel| channel.teams.clone()).collect();
        self.serving.extend((0..policy.teams.len()).map(|team| vec![team]));
        for (index, (mine, team)) in self.teams.iter_mut().zip(&policy.teams).enumerate() {
            mine.lines = team.channels.iter().copied().chain([chores + index]).collect();
            mine.conversations = team.conversations;
            mine.pay(team.wage);
            // Conversations begun before people were told apart are nobody's.
            let known = if team.knows_people() { mine.talking.len() } else { 0 };
            let people = if team.knows_people() { team.rota.most_people() as usize } else { 0 };
            mine.talking.resize(known.max(people), 0);
        }
        for (line, serving) in self.lines.iter_mut().zip(&self.serving) {
            let urgent = policy.gives_head_starts()
                || serving.iter().any(|&team| policy.teams[team].reward != Reward::OldestFirst);
            for waitlist in &mut line.waiting {
                // Who was put in line by urgency stays there by urgency.
                if let Waitlist::Oldest(list) = waitlist
                    && urgent
                {
                    let all: Vec<Waiting> = list.drain(..).collect();
                    *waitlist = Waitlist::Urgent(all.into());
                }
            }
        }
    }

    /// The line for a team's own chores.
    #[must_use]
    pub fn chores(&self, team: usize) -> u16 {
        (self.serving.len() - self.teams.len() + team) as u16
    }

    /// Whether anybody who serves this line is there now.
    #[must_use]
    pub fn is_open(&self, line: usize) -> bool {
        self.serving[line].iter().any(|&team| self.teams[team].people > 0)
    }

    /// Contacts on this line, in conversation or waiting.
    #[inline]
    #[must_use]
    pub fn inside(&self, line: usize) -> u32 {
        self.lines[line].inside
    }

    /// Contacts on all lines.
    #[must_use]
    pub fn contacts(&self) -> u32 {
        self.lines.iter().map(|line| line.inside).sum()
    }

    /// Whether the team has people there now.
    #[must_use]
    pub fn is_there(&self, team: usize) -> bool {
        self.teams[team].people > 0
    }

    /// Whether everybody waits with taking, from now on: what comes in is put in line, even where
    /// people are free.
    pub fn hold(&mut self, holding: bool) {
        self.holding = holding;
    }

    /// A contact comes in: returns its place, and the team that takes it at once if one does.
    #[inline]
    pub fn arrive(&mut self, contact: Contact, now: f64) -> (u32, Option<usize>) {
        let line = usize::from(contact.line);
        self.count_line(line, now);
        self.lines[line].inside += 1;
        self.lines[line].arrived += 1;
        let idle = self.serving[line].iter().copied().find(|&team| {
            let team = &self.teams[team];
            team.busy < team.slots && !self.holding
        });
        let state = if idle.is_some() { State::Served } else { State::Waiting };
        let place = self.seat(contact, state);
        match idle {
            Some(team) => self.take(team, now),
            None => {
                let waiting = Waiting {
                    urgency: contact.urgency,
                    order: self.order,
                    place,
                    generation: self.places[place as usize].generation,
                };
                self.order += 1;
                let line = &mut self.lines[line];
                line.waiting[usize::from(contact.priority)].push(waiting);
                line.occupied |= 1 << contact.priority;
            }
        }
        (place, idle)
    }

    fn seat(&mut self, contact: Contact, state: State) -> u32 {
        match self.free.pop() {
            Some(place) => {
                let slot = &mut self.places[place as usize];
                slot.contact = contact;
                slot.state = state;
                slot.person = None;
                place
            }
            None => {
                self.places.push(Place { contact, generation: 0, state, person: None });
                (self.places.len() - 1) as u32
            }
        }
    }

    /// The contact at a place.
    #[inline]
    #[must_use]
    pub fn contact(&self, place: u32) -> &Contact {
        &self.places[place as usize].contact
    }

    /// How often the place has been given away: names one stay of one contact.
    #[must_use]
    pub fn generation(&self, place: u32) -> u32 {
        self.places[place as usize].generation
    }

    /// The contact at a place, for the team that takes it to change.
    #[inline]
    pub fn contact_mut(&mut self, place: u32) -> &mut Contact {
        &mut self.places[place as usize].contact
    }

    /// Which of a team's people serves the contact at a place, where they are told apart.
    #[must_use]
    pub fn person(&self, place: u32) -> Option<u16> {
        self.places[place as usize].person
    }

    /// Those of a team's people who are there and free, where they are told apart.
    pub fn free_people(&self, team: usize) -> impl Iterator<Item = u16> + Clone {
        let team = &self.teams[team];
        let there = team.talking.iter().take(team.people as usize).enumerate();
        there.filter(|(_, talking)| **talking < team.conversations).map(|(who, _)| who as u16)
    }

    /// Gives the contact at a place to one of the team's people.
    pub fn give_to(&mut self, team: usize, person: u16, place: u32) {
        self.teams[team].talking[usize::from(person)] += 1;
        self.places[place as usize].person = Some(person);
    }

    /// The call that the team has taken rings at its person, who has not picked it up yet.
    pub fn ring(&mut self, team: usize, place: u32) {
        self.places[place as usize].state = State::Ringing(team as u8);
    }

    /// The person at whom a call rings picks up, unless the caller has hung up. Returns whether they do.
    pub fn pick_up(&mut self, place: u32, generation: u32) -> bool {
        let slot = &mut self.places[place as usize];
        let rings = matches!(slot.state, State::Ringing(_)) && slot.generation == generation;
        if rings {
            slot.state = State::Served;
        }
        rings
    }

    /// The contact leaves unserved, if it is still waiting or ringing. Returns it, and the team at whose
    /// person it rang, who is free again.
    pub fn abandon(
        &mut self,
        place: u32,
        generation: u32,
        now: f64,
    ) -> Option<(Contact, Option<usize>)> {
        let slot = &self.places[place as usize];
        let team = match slot.state {
            State::Waiting => None,
            State::Ringing(team) => Some(usize::from(team)),
            State::Free | State::Served => return None,
        };
        if slot.generation != generation {
            return None;
        }
        if let Some(team) = team {
            self.let_go(team, place, now);
        }
        Some((self.depart(place, now), team))
    }

    /// The team has done the contact's work.
    #[inline]
    pub fn finish(&mut self, team: usize, place: u32, now: f64) -> Contact {
        self.let_go(team, place, now);
        self.depart(place, now)
    }

    /// Somebody of the team has one contact fewer.
    #[inline]
    fn let_go(&mut self, team: usize, place: u32, now: f64) {
        self.count_team(team, now);
        self.teams[team].busy -= 1;
        if let Some(person) = self.places[place as usize].person {
            // A team that no longer tells its people apart has forgotten who they were.
            if let Some(talking) = self.teams[team].talking.get_mut(usize::from(person)) {
                *talking = talking.saturating_sub(1);
            }
        }
    }

    fn depart(&mut self, place: u32, now: f64) -> Contact {
        let slot = &mut self.places[place as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.state = State::Free;
        let contact = slot.contact;
        self.free.push(place);
        let index = usize::from(contact.line);
        self.count_line(index, now);
        let inside = clip(self.span, now) - clip(self.span, contact.arrived);
        let line = &mut self.lines[index];
        line.sojourn_hours += inside;
        line.inside -= 1;
        line.departed += 1;
        contact
    }

    /// The next contact for a team with a free slot, which is then served.
    #[inline]
    pub fn next(&mut self, team: usize, now: f64) -> Option<u32> {
        if self.teams[team].busy >= self.teams[team].slots {
            return None;
        }
        let mut best: Option<(usize, Waiting, usize)> = None;
        for index in 0..self.teams[team].lines.len() {
            let line = self.teams[team].lines[index];
            if let Some((rank, front)) = self.front(line) {
                let better = best.is_none_or(|(held, waiting, _)| {
                    rank < held || (rank == held && front > waiting)
                });
                if better {
                    best = Some((rank, front, line));
                }
            }
        }
        let (rank, waiting, line) = best?;
        let line = &mut self.lines[line];
        line.waiting[rank].pop();
        if line.waiting[rank].front().is_none() {
            line.occupied &= !(1 << rank);
        }
        self.places[waiting.place as usize].state = State::Served;
        self.take(team, now);
        Some(waiting.place)
    }

    /// The contact that is next in a line; those who have left it are skipped.
    fn front(&mut self, line: usize) -> Option<(usize, Waiting)> {
        let line = &mut self.lines[line];
        while line.occupied != 0 {
            let rank = line.occupied.trailing_zeros() as usize;
            while let Some(&waiting) = line.waiting[rank].front() {
                if self.places[waiting.place as usize].generation == waiting.generation {
                    return Some((rank, waiting));
                }
                line.waiting[rank].pop();
            }
            line.occupied &= !(1 << rank);
        }
        None
    }

    fn take(&mut self, team: usize, now: f64) {
        self.count_team(team, now);
        self.teams[team].busy += 1;
    }

    /// From now on the team has this many people.
    pub fn staff(&mut self, team: usize, people: u32, now: f64) {
        self.count_team(team, now);
        self.teams[team].people = people;
        self.teams[team].slots = people * self.teams[team].conversations;
    }

    /// Brings every count up to `now`, those still inside included.
    pub fn close(&mut self, now: f64) {
        (0..self.teams.len()).for_each(|team| self.count_team(team, now));
        (0..self.lines.len()).for_each(|line| self.count_line(line, now));
        for slot in &self.places {
            if slot.state != State::Free {
                let inside = clip(self.span, now) - clip(self.span, slot.contact.arrived);
                self.lines[usize::from(slot.contact.line)].sojourn_hours += inside;
            }
        }
    }

    /// Contacts that are still inside.
    pub fn still_inside(&self) -> impl Iterator<Item = &Contact> {
        self.places.iter().filter(|slot| slot.state != State::Free).map(|slot| &slot.contact)
    }

    /// What became of a team's time within each window. Who finishes a conversation after the shift is
    /// staffed and paid for it.
    pub fn hours(&self, team: usize) -> impl Iterator<Item = Hours> {
        let team = &self.teams[team];
        team.worked.iter().map(|worked| worked.hours(team.wage))
    }

    /// What each line must satisfy, once the desk is closed.
    pub fn checks(&self) -> impl Iterator<Item = LineCheck> {
        self.lines.iter().map(|line| LineCheck {
            unaccounted: line.arrived as i64 - line.departed as i64 - i64::from(line.inside),
            number_hours: line.number_hours,
            sojourn_hours: line.sojourn_hours,
        })
    }

    #[inline]
    fn count_line(&mut self, line: usize, now: f64) {
        let now = clip(self.span, now);
        let line = &mut self.lines[line];
        line.number_hours += f64::from(line.inside) * (now - line.since.max(self.span.0));
        line.since = now;
    }

    #[inline]
    fn count_team(&mut self, team: usize, now: f64) {
        let team = &mut self.teams[team];
        let since = std::mem::replace(&mut team.since, now);
        let staying = team.busy.div_ceil(team.conversations);
        let numbers = Numbers {
            busy: team.busy.into(),
            staffed: team.slots.max(team.busy).into(),
            paid: team.people.max(staying).into(),
        };
        team.worked.iter_mut().for_each(|worked| worked.add((since, now), numbers));
    }
}

#[cfg(test)]
mod tests;
