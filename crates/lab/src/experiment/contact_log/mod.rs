//! The log of contacts that one replication of one arm would have left: every call and every
//! message, when it came, who answered it when, and what became of it.
//!
//! It holds the truth of the simulation in the words of a company's books. A contact is answered
//! when the company has answered, even if the customer had given up by then.

mod file_name;
mod roster;
mod row;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Experiment;
use heard_scenario::answer::Action;
use heard_world::observer::{Author, Happening, Matter, Observer, Step};
use roster::Roster;

pub use file_name::file_names;
pub use row::{About, Row, Who};
pub use table::{Table, Writing, beginning_ms, wall_ms};

/// Which contacts a log keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of them.
    All,
    /// Those of the mystery shopper.
    Probes,
}

/// Watches one replication of one arm, and keeps its contacts in the order in which they came.
#[derive(Clone, Debug)]
pub struct ContactLog {
    keep: Keep,
    /// The contacts.
    pub rows: Vec<Row>,
    /// Rows of those whom nobody has attended to yet, by company.
    waiting: BTreeMap<(usize, Matter), usize>,
    /// The latest row of each case.
    latest: BTreeMap<u32, usize>,
    /// Who is on duty, by company and team.
    rosters: Vec<Vec<Roster>>,
    /// Calls that ring, by company: at whom, and where the desk keeps them.
    ringing: BTreeMap<(usize, Matter), (usize, u32)>,
    /// Whom the desks attend to, by company and place.
    in_hand: Vec<Vec<Option<InHand>>>,
}

/// A contact, or a chore, that somebody attends to.
#[derive(Clone, Copy, Debug)]
struct InHand {
    person: u32,
    row: Option<usize>,
}

impl ContactLog {
    /// An empty log.
    #[must_use]
    pub fn new(keep: Keep) -> Self {
        Self {
            keep,
            rows: Vec::new(),
            waiting: BTreeMap::new(),
            latest: BTreeMap::new(),
            rosters: Vec::new(),
            ringing: BTreeMap::new(),
            in_hand: Vec::new(),
        }
    }

    fn came_in(&mut self, matter: Matter, row: Row) {
        if self.keep == Keep::Probes && !matches!(row.who, Who::Case(Author::Auditor { .. })) {
            return;
        }
        let number = self.rows.len();
        if let Matter::Message { candidate, .. } = matter {
            self.latest.insert(candidate, number);
        }
        self.waiting.insert((usize::from(row.company), matter), number);
        self.rows.push(row);
    }

    /// The row of a contact that nobody attends to any more from now on, or never had to.
    fn taken(&mut self, company: usize, matter: Matter) -> Option<usize> {
        self.waiting.remove(&(company, matter))
    }

    fn begun(
        &mut self,
        hours: f64,
        (company, team, place): (usize, usize, u32),
        person: Option<u16>,
        row: Option<usize>,
    ) -> u32 {
        // The person who picks up is the one at whom it rang.
        let rang = grown(grown(&mut self.in_hand, company), place as usize).take();
        let person = match rang {
            Some(InHand { person, .. }) => person,
            None => self.roster(company, team).begin(person.map(u32::from), hours),
        };
        self.in_hand[company][place as usize] = Some(InHand { person, row });
        person
    }

    /// The person who attended to a contact is free again.
    fn ended(&mut self, hours: f64, company: usize, team: usize, place: u32) -> Option<usize> {
        let in_hand = grown(grown(&mut self.in_hand, company), place as usize).take();
        let InHand { person, row } = in_hand?;
        self.roster(company, team).end(person, hours);
        row
    }

    fn roster(&mut self, company: usize, team: usize) -> &mut Roster {
        grown(grown(&mut self.rosters, company), team)
    }
}

/// The element of this index, made along with all before it where it is not there yet.
fn grown<T: Default>(list: &mut Vec<T>, index: usize) -> &mut T {
    if list.len() <= index {
        list.resize_with(index + 1, T::default);
    }
    &mut list[index]
}

impl Observer for ContactLog {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        match what {
            Happening::Sorted { rank, .. } => {
                if let Some(&row) = self.latest.get(&candidate) {
                    self.rows[row].rank = Some(rank);
                }
            }
            // The message in private has come to nothing; one in public follows.
            Happening::WentPublic { .. } | Happening::GaveUp | Happening::Left => {
                if let Some(&row) = self.latest.get(&candidate) {
                    self.rows[row].gives_up(hours);
                }
            }
            _ => {}
        }
    }

    fn handled(&mut self, hours: f64, company: usize, matter: Matter, step: Step) {
        match step {
            Step::Wrote { channel, kind, author, followers } => {
                let Matter::Message { message, .. } = matter else { return };
                let about = match author {
                    Author::Auditor { .. } => About::Probe,
                    _ => About::Kind(kind),
                };
                let who = Who::Case(author);
                let row = Row::new(hours, (company, channel), who, about);
                self.came_in(matter, Row { followers: Some(followers), message, ..row });
            }
            Step::Called { channel, rank } => {
                let Matter::Call { stream, number, attempt } = matter else { return };
                let who = Who::Caller { stream: stream as u16, number };
                let row = Row::new(hours, (company, channel), who, About::Stream(stream as u16));
                self.came_in(matter, Row { rank: Some(rank), message: attempt + 1, ..row });
            }
            Step::ByMachine { action } => {
                if let Some(row) = self.taken(company, matter) {
                    let row = &mut self.rows[row];
                    row.redirects = action == Action::Redirect;
                    row.answered = Some(hours);
                    row.closed = Some(hours);
                }
            }
            Step::InLine { .. } => {}
            Step::Rings { team, person, place } => {
                self.begun(hours, (company, team, place), person, None);
                self.ringing.insert((company, matter), (team, place));
            }
            Step::HungUp => {
                if let Some((team, place)) = self.ringing.remove(&(company, matter)) {
                    self.ended(hours, company, team, place);
                }
                if let Some(row) = self.taken(company, matter) {
                    self.rows[row].gives_up(hours);
                }
            }
            Step::Begun { team, person, place, action, answers } => {
                let row = self.taken(company, matter);
                self.ringing.remove(&(company, matter));
                let person = self.begun(hours, (company, team, place), person, row);
                if let Some(row) = row {
                    let row = &mut self.rows[row];
                    row.agent = Some((team as u16, person));
                    row.redirects = action == Action::Redirect;
                    row.answered = answers.then_some(hours);
                }
            }
            Step::Ended { team, place, answers } => {
                if let Some(row) = self.ended(hours, company, team, place) {
                    self.rows[row].done(hours, answers);
                }
            }
        }
    }

    fn staffed(&mut self, hours: f64, company: usize, team: usize, people: u32) {
        self.roster(company, team).staff(people, hours);
    }
}
