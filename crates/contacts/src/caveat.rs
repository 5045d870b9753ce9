//! What a reader of a log's numbers should know: in what way the log is not a fair sample, and what of
//! it was left out.

use std::fmt::{self, Display, Formatter};

use heard_text::list::counted;
use heard_text::number::percent;

/// In what way a log is not a fair sample of what happened. Shown as a clause without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caveat {
    /// It has no column that says who was answered.
    NoAnswers,
    /// Every contact in it was answered.
    AllAnswered,
    /// Its conversations were collected because a company answered them.
    OnlyAnsweredConversations,
    /// Its tweets were collected along conversations.
    AlongConversations,
    /// It gives priorities of calls that waited, and no people who served nobody.
    PriorityOfThoseWhoWaited,
    /// It has a row for each event: what its activities are taken for.
    Activities(String),
    /// It has a row for each event, and none of its activities is an answer.
    NoAnsweringActivity,
    /// It has a row for each state of a contact.
    LastStates,
    /// It holds all calls of a telephone exchange.
    AllDirections,
    /// Some contacts were answered at a time that it does not give: the number of them.
    UntimedAnswers(u64),
    /// Contacts of which something cannot be read that hangs on what happened: how many.
    Doubtful(u64),
    /// Contacts that were answered before they arrived: how many.
    EarlyAnswers(u64),
    /// Contacts that were over before they arrived or were answered: how many.
    EarlyEnds(u64),
    /// Contacts without an answer and an end, where contacts last minutes: how many.
    Unended(u64),
    /// Times that clocks show twice, because they are set back: how many.
    ShownTwice(u64),
    /// How the rows that cannot be read differ from those that can.
    LeftOutRows {
        /// How many they are.
        rows: u64,
        /// In thousandths, how many of them and of the others were answered.
        answered: Option<(u32, u32)>,
        /// The part of the day in which they differ most, and how many are in it, in thousandths.
        part: Option<(&'static str, u32, u32)>,
    },
    /// Some contacts were settled at a time that it does not give: the number of them.
    UntimedEnds(u64),
}

impl Display for Caveat {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let of = |number: u64, one: &str, many: &str| counted(number as f64, one, many);
        f.write_str(match self {
            Self::NoAnswers => {
                "the log does not say who was answered: nothing in it gives answers or outcomes"
            }
            Self::AllAnswered => {
                "every contact in the log was answered: perhaps only those were collected, so it does not \
                 tell how many are"
            }
            Self::OnlyAnsweredConversations => {
                "only conversations that a company answered were collected: the log does not tell how many \
                 are answered, and times are of those that were"
            }
            Self::AlongConversations => {
                "tweets were collected along conversations, not evenly over time: the hours say little"
            }
            Self::PriorityOfThoseWhoWaited => {
                "the log gives a call's priority only if the call had to wait, and does not show people who \
                 served nobody"
            }
            Self::Activities(told) => {
                return write!(
                    f,
                    "every row is an event, and those with one id are one contact: it arrives with the \
                     first; {told}; `--value \"ACTIVITY=answered\"` says otherwise"
                );
            }
            Self::NoAnsweringActivity => {
                "none of the log's activities is known to be an answer, so it does not tell who was \
                 answered: `--value \"ACTIVITY=answered\"` names one"
            }
            Self::LastStates => {
                "every row is a state of a contact, and the last row of an id tells what became of it"
            }
            Self::AllDirections => {
                "a CDR holds every call of the exchange: calls that people made themselves count like those \
                 of customers"
            }
            Self::Doubtful(contacts) => {
                let contacts = of(*contacts, "contact has", "contacts have");
                return write!(
                    f,
                    "{contacts} an outcome or a time that cannot be read: they count, with what is \
                     unreadable unknown"
                );
            }
            Self::EarlyAnswers(contacts) => {
                let contacts = of(*contacts, "contact has", "contacts have");
                return write!(
                    f,
                    "{contacts} an answer before the arrival: they count as answered at an unknown time"
                );
            }
            Self::EarlyEnds(contacts) => {
                let contacts = of(*contacts, "contact has", "contacts have");
                return write!(
                    f,
                    "{contacts} an end before the arrival or the answer: their ends count as unknown"
                );
            }
            Self::Unended(contacts) => {
                let contacts = of(*contacts, "contact has", "contacts have");
                return write!(
                    f,
                    "{contacts} neither an answer nor an end, and answered contacts last minutes: they \
                     count as given up at an unknown time"
                );
            }
            Self::ShownTwice(times) => {
                let times = of(*times, "time comes", "times come");
                return write!(
                    f,
                    "{times} twice because clocks are set back: the earlier is taken"
                );
            }
            Self::LeftOutRows { rows, answered, part } => {
                let rows = of(*rows, "row that is left out", "rows that are left out");
                let share = |per_mille: u32| percent(f64::from(per_mille) / 1000.0);
                let mut parts = Vec::new();
                if let Some((part, these, others)) = part {
                    parts.push(format!(
                        "{} came {part} ({} of those kept)",
                        share(*these),
                        share(*others)
                    ));
                }
                if let Some((these, others)) = answered {
                    parts.push(format!(
                        "{} have an answer ({} of those kept)",
                        share(*these),
                        share(*others)
                    ));
                }
                if part.is_none() {
                    parts.push("their times cannot be read".to_owned());
                }
                return write!(f, "of the {rows}, {}", parts.join(" and "));
            }
            Self::UntimedAnswers(contacts) => {
                let contacts = counted(*contacts as f64, "contact was", "contacts were");
                return write!(
                    f,
                    "{contacts} answered and the log does not say when: times leave them out"
                );
            }
            Self::UntimedEnds(contacts) => {
                let contacts = counted(*contacts as f64, "contact was", "contacts were");
                return write!(
                    f,
                    "{contacts} resolved and the log does not say when: times to resolution leave them \
                     out, and no backlog is given"
                );
            }
        })
    }
}

/// Rows that were left out of a log, though they can be read. Shown as what follows their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Threads whose first tweet is not in the log.
    BegunOutside,
    /// Threads whose first tweet is a company's.
    BegunByCompany,
    /// Threads without a company's reply in the log.
    WithoutReply,
    /// Tweets that answer one another in a circle.
    InCircles,
    /// Calls that ended in the voice menu.
    InMenu,
    /// Legs of calls that a machine answered.
    LegsInMenu,
    /// Rows that change nothing for a call in a queue.
    AboutQueues,
    /// Rows about calls that came before the log begins.
    CallsBegunOutside,
    /// Rows that the makers of the log marked as no calls.
    Phantom,
    /// Rows that sum up others, or say something below them.
    Totals,
}

impl LeftOut {
    /// What one of them is, and what several are, after their number.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::BegunOutside => {
                ("thread begins outside the log", "threads begin outside the log")
            }
            Self::BegunByCompany => {
                ("thread was begun by a company", "threads were begun by a company")
            }
            Self::WithoutReply => (
                "thread has no reply from a company in the log",
                "threads have no reply from a company in the log",
            ),
            Self::InCircles => {
                ("tweet answers itself in a circle", "tweets answer one another in a circle")
            }
            Self::InMenu => (
                "call ended in the voice menu, without asking for a person",
                "calls ended in the voice menu, without asking for a person",
            ),
            Self::LegsInMenu => (
                "leg of a call was answered by a menu, an announcement or nobody's phone",
                "legs of calls were answered by a menu, an announcement or nobody's phone",
            ),
            Self::AboutQueues => (
                "row is about people and queues, not about a call",
                "rows are about people and queues, not about calls",
            ),
            Self::CallsBegunOutside => (
                "row is about a call that arrived before the log begins",
                "rows are about calls that arrived before the log begins",
            ),
            Self::Phantom => (
                "row is marked PHANTOM: it is no call",
                "rows are marked PHANTOM: they are no calls",
            ),
            Self::Totals => (
                "line holds totals or a remark, not a contact",
                "lines hold totals or remarks, not contacts",
            ),
        }
    }

    /// How many were left out, and what they are.
    #[must_use]
    pub fn told(self, rows: u64) -> String {
        let (one, many) = self.words();
        counted(rows as f64, one, many)
    }
}

impl Display for LeftOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_contacts_is_written_for_people() {
        let said = |contacts| Caveat::UntimedAnswers(contacts).to_string();
        assert!(said(1).starts_with("1 contact was answered and"), "{}", said(1));
        assert!(said(1_200).starts_with("1,200 contacts were answered and"), "{}", said(1_200));
        assert!(LeftOut::Totals.told(1).starts_with("1 line holds"));
        assert!(LeftOut::Totals.told(2).starts_with("2 lines hold"));
    }
}
