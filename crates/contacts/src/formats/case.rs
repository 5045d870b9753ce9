//! Contacts with several rows, put together by the id that those rows share.
//!
//! Rows may come in any order. The first step of a contact is its arrival; the first answer answers; the
//! last closing closes, unless it is opened again later. What happens in the same moment as a closing
//! does not open it again, so that a log from the newest to the oldest row reads the same.

use indexmap::IndexMap;

use super::plan::Samples;
use crate::about::Known;
use crate::checks::hash_of;
use crate::contact::{Contact, Outcome};
use crate::moment::Moment;

/// What a row says has happened to a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It came in, or comes again.
    Arrives,
    /// It is open, or is open again.
    Opens,
    /// Somebody answered it, or works on it again.
    Answers,
    /// Somebody answered it and sent the customer to another channel.
    Redirects,
    /// It is over.
    Closes,
    /// It is over, and somebody settled the matter, and so has answered it.
    Settles,
    /// The customer gave up, or took it back.
    GivesUp,
    /// It is over, and a word that nobody knows says how.
    Unclear,
    /// Something else, which changes nothing.
    Passes,
}

/// What rows say of a contact besides its steps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Traits {
    pub customer: Option<u64>,
    pub company: Option<u32>,
    pub channel: Option<u32>,
    pub kind: Option<u32>,
    pub priority: Option<u8>,
    pub public: Option<bool>,
    pub followers: Option<f64>,
}

impl Traits {
    /// These, and others where these say nothing.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            customer: self.customer.or(other.customer),
            company: self.company.or(other.company),
            channel: self.channel.or(other.channel),
            kind: self.kind.or(other.kind),
            priority: self.priority.or(other.priority),
            public: self.public.or(other.public),
            followers: self.followers.or(other.followers),
        }
    }
}

/// A row of a contact, besides when it is and what it says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub line: u64,
    pub agent: Option<u32>,
    pub traits: Traits,
}

/// A contact, as far as its rows have been read.
#[derive(Clone, Debug)]
struct Case {
    line: u64,
    traits: Traits,
    arrived: Moment,
    answer: Option<Answer>,
    /// When it was last said to be open, other than by its arrival.
    open: Option<Moment>,
    /// When it was last closed, and whether it was settled then.
    over: Option<(Moment, bool)>,
    /// When the customer last gave up.
    gave_up: Option<Moment>,
    /// Whether somebody may have answered, in a word that nobody knows.
    unclear: bool,
}

#[derive(Clone, Copy, Debug)]
struct Answer {
    at: Moment,
    agent: Option<u32>,
    redirected: bool,
}

/// What a log shows about its cases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tells {
    /// Who was answered.
    pub answers: bool,
    /// Whether matters were settled.
    pub resolved: bool,
}

impl Case {
    fn step(&mut self, at: Moment, step: Step, agent: Option<u32>) {
        let is_before = |other: Moment| at.until(other) > 0;
        if is_before(self.arrived) {
            self.arrived = at;
        }
        let latest = |known: Option<Moment>| known.filter(|known| is_before(*known)).or(Some(at));
        match step {
            Step::Passes => {}
            Step::Arrives | Step::Opens => self.open = latest(self.open),
            Step::Answers | Step::Redirects => {
                self.open = latest(self.open);
                if self.answer.is_none_or(|answer| is_before(answer.at)) {
                    self.answer = Some(Answer { at, agent, redirected: step == Step::Redirects });
                }
            }
            Step::Closes | Step::Settles => {
                // What is closed after it was settled is still settled.
                let settled =
                    step == Step::Settles || self.over.is_some_and(|(_, settled)| settled);
                let end = self.over.map(|(end, _)| end);
                self.over = latest(end).map(|end| (end, settled));
            }
            Step::GivesUp => self.gave_up = latest(self.gave_up),
            Step::Unclear => {
                self.unclear = true;
                self.gave_up = latest(self.gave_up);
            }
        }
    }

    /// The end, unless it was open again later.
    fn end(&self, end: Option<Moment>) -> Option<Moment> {
        end.filter(|end| self.open.is_none_or(|open| open.until(*end) >= 0))
    }

    /// What became of it, and when it was over.
    fn fate(&self, tells: Tells) -> (Outcome, Option<Moment>) {
        let over = self.end(self.over.map(|(end, _)| end));
        let gave_up = self.end(self.gave_up);
        let settled = over.is_some() && self.over.is_some_and(|(_, settled)| settled);
        let outcome = match self.answer {
            Some(Answer { redirected: true, .. }) => Outcome::Redirected,
            Some(_) => Outcome::Answered,
            None if self.unclear => Outcome::Unknown,
            None if over.is_none() && gave_up.is_some() => Outcome::GaveUp,
            None if !tells.answers => Outcome::Unknown,
            None if settled => Outcome::Answered,
            // What is over without an answer waits no more.
            None if over.is_some() => Outcome::GaveUp,
            None => Outcome::Waiting,
        };
        (outcome, over.or(gave_up))
    }

    fn contact(self, tells: Tells, names: (u32, u32)) -> Contact {
        let (outcome, closed) = self.fate(tells);
        let resolved = self.end(self.over.map(|(end, _)| end)).is_some();
        let Traits { customer, company, channel, kind, priority, public, followers } = self.traits;
        Contact {
            line: self.line,
            customer,
            company: company.unwrap_or(names.0),
            channel: channel.unwrap_or(names.1),
            kind,
            priority,
            agent: self.answer.and_then(|answer| answer.agent),
            arrived: self.arrived,
            answered: self.answer.map(|answer| answer.at),
            closed,
            handled_ms: None,
            outcome,
            resolved: tells.resolved.then_some(resolved && outcome != Outcome::GaveUp),
            public,
            followers,
            talk: None,
        }
    }
}

/// The contacts of a log.
#[derive(Debug, Default)]
pub(crate) struct Cases(IndexMap<u64, Case>);

impl Cases {
    /// A row says that something has happened to a contact.
    pub(crate) fn step(&mut self, id: &[u8], at: Moment, step: Step, row: Entry) {
        let case = self.0.entry(hash_of(id)).or_insert_with(|| Case {
            line: row.line,
            traits: Traits::default(),
            arrived: at,
            answer: None,
            open: None,
            over: None,
            gave_up: None,
            unclear: false,
        });
        case.traits = case.traits.or(row.traits);
        case.step(at, step, row.agent);
    }

    /// Whether a contact has been seen before.
    pub(crate) fn has(&self, id: &[u8]) -> bool {
        self.0.contains_key(&hash_of(id))
    }

    /// Shows all contacts, in the order of their first rows. Those without a channel are on `channel`.
    /// Returns the first of them as they were read.
    pub(crate) fn show(
        self,
        tells: Tells,
        channel: &str,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Vec<String> {
        let company = names.companies.number("company").unwrap_or(0);
        let channel = names.channels.number(channel).unwrap_or(0);
        let mut samples = Samples::default();
        for case in self.0.into_values() {
            let contact = case.contact(tells, (company, channel));
            samples.look(&contact, names);
            each(&contact);
        }
        samples.all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TELLS: Tells = Tells { answers: true, resolved: true };

    fn at(seconds: i64) -> Moment {
        Moment::local(seconds * 1000)
    }

    /// The contact of some steps at their seconds.
    fn contact(steps: &[(i64, Step)], tells: Tells) -> Contact {
        let mut cases = Cases::default();
        for &(seconds, step) in steps {
            let agent = Some(seconds as u32);
            cases.step(
                b"7",
                at(seconds),
                step,
                Entry { line: 2, agent, traits: Traits::default() },
            );
        }
        let mut all = Vec::new();
        cases.show(tells, "channel", &mut Known::default(), &mut |contact| {
            all.push(contact.clone())
        });
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    /// Outcome, seconds from arrival to answer, to the end, and whether it was resolved, of steps in
    /// this order and in any other.
    fn fate(steps: &[(i64, Step)]) -> (Outcome, Option<i64>, Option<i64>, Option<bool>) {
        let read = |steps: &[(i64, Step)]| {
            let contact = contact(steps, TELLS);
            let since =
                |moment: Option<Moment>| moment.map(|moment| contact.arrived.until(moment) / 1000);
            (contact.outcome, since(contact.answered), since(contact.closed), contact.resolved)
        };
        let mut other = steps.to_vec();
        let first = read(steps);
        for _ in 0..steps.len() {
            other.rotate_left(1);
            assert_eq!(read(&other), first, "{other:?}");
            let back: Vec<_> = other.iter().rev().copied().collect();
            assert_eq!(read(&back), first, "{back:?}");
        }
        first
    }

    #[test]
    fn the_first_answer_answers_and_the_last_closing_closes() {
        use Outcome::{Answered, GaveUp, Redirected, Unknown, Waiting};
        use Step::{Answers, Arrives, Closes, GivesUp, Passes, Redirects, Settles, Unclear};
        for (steps, expected) in [
            (&[(10, Arrives)][..], (Waiting, None, None, Some(false))),
            (&[(10, Arrives), (15, Passes)], (Waiting, None, None, Some(false))),
            (&[(10, Passes), (15, Arrives)], (Waiting, None, None, Some(false))),
            (
                &[(10, Arrives), (15, Answers), (20, Answers), (30, Closes)],
                (Answered, Some(5), Some(20), Some(true)),
            ),
            (&[(10, Answers), (30, Closes)], (Answered, Some(0), Some(20), Some(true))),
            (&[(10, Arrives), (15, Redirects)], (Redirected, Some(5), None, Some(false))),
            (&[(10, Arrives), (40, GivesUp)], (GaveUp, None, Some(30), Some(false))),
            (&[(10, Arrives), (40, Closes)], (GaveUp, None, Some(30), Some(false))),
            // The person who settles it has answered it, and nobody knows when.
            (&[(10, Arrives), (40, Settles)], (Answered, None, Some(30), Some(true))),
            (&[(10, Arrives), (40, Settles), (50, Closes)], (Answered, None, Some(40), Some(true))),
            // Taken back after an answer: over, and not settled.
            (
                &[(10, Arrives), (15, Answers), (40, GivesUp)],
                (Answered, Some(5), Some(30), Some(false)),
            ),
            // Opened again, and closed again.
            (
                &[(10, Arrives), (15, Answers), (20, Closes), (30, Arrives)],
                (Answered, Some(5), None, Some(false)),
            ),
            (
                &[(10, Arrives), (15, Answers), (20, Closes), (30, Arrives), (45, Closes)],
                (Answered, Some(5), Some(35), Some(true)),
            ),
            // Rung at one phone in vain, then answered at another.
            (
                &[(10, Arrives), (20, GivesUp), (21, Arrives), (25, Answers), (60, Closes)],
                (Answered, Some(15), Some(50), Some(true)),
            ),
            (
                &[(10, Arrives), (20, GivesUp), (21, Arrives), (41, GivesUp)],
                (GaveUp, None, Some(31), Some(false)),
            ),
            (&[(10, Arrives), (20, GivesUp), (21, Arrives)], (Waiting, None, None, Some(false))),
            // Nobody knows what the word for the end says.
            (&[(10, Arrives), (20, Unclear)], (Unknown, None, Some(10), Some(false))),
            (
                &[(10, Arrives), (20, Unclear), (21, Answers), (30, Closes)],
                (Answered, Some(11), Some(20), Some(true)),
            ),
            // All within one second: closed.
            (
                &[(10, Arrives), (10, Answers), (10, Closes)],
                (Answered, Some(0), Some(0), Some(true)),
            ),
        ] {
            assert_eq!(fate(steps), expected, "{steps:?}");
        }
    }

    #[test]
    fn who_answered_first_is_the_agent() {
        let steps = [(30, Step::Answers), (10, Step::Arrives), (20, Step::Answers)];
        assert_eq!(contact(&steps, TELLS).agent, Some(20));
    }

    #[test]
    fn where_nobody_is_said_to_answer_what_was_closed_may_have_been_answered() {
        let tells = Tells { answers: false, resolved: false };
        let outcome = |step| contact(&[(10, Step::Arrives), (20, step)], tells).outcome;
        assert_eq!(outcome(Step::Closes), Outcome::Unknown);
        assert_eq!(outcome(Step::Settles), Outcome::Unknown);
        assert_eq!(outcome(Step::Passes), Outcome::Unknown);
        assert_eq!(outcome(Step::GivesUp), Outcome::GaveUp);
        assert_eq!(contact(&[(10, Step::Closes)], tells).resolved, None);
    }

    #[test]
    fn traits_are_those_of_the_first_row_that_has_them() {
        let mut cases = Cases::default();
        let mut add = |line, kind, channel| {
            let traits = Traits { kind, channel, ..Traits::default() };
            cases.step(b"7", at(line as i64), Step::Passes, Entry { line, agent: None, traits });
        };
        add(2, None, Some(1));
        add(3, Some(4), Some(2));
        add(4, Some(5), None);
        cases.show(TELLS, "channel", &mut Known::default(), &mut |contact| {
            assert_eq!((contact.line, contact.kind, contact.channel), (2, Some(4), 1));
        });
    }
}
