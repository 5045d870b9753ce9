//! What a reader of a log's numbers should know: in what way the log is not a fair sample, and what of
//! it was left out.

use std::fmt::{self, Display, Formatter};

use heard_text::list::counted;

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
    /// It holds all calls of a telephone exchange.
    AllDirections,
    /// Some contacts were answered at a time that it does not give: the number of them.
    UntimedAnswers(u64),
}

impl Display for Caveat {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAnswers => {
                "the log does not say who was answered: it has neither `answered` nor `outcome`"
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
                    "every row is an event, and those with one id are one contact, which arrives with the \
                     first: {told}; `--value ACTIVITY=answered` says otherwise"
                );
            }
            Self::AllDirections => {
                "a CDR holds every call of the exchange: calls that people made themselves count like those \
                 of customers"
            }
            Self::UntimedAnswers(contacts) => {
                let contacts = counted(*contacts as f64, "contact was", "contacts were");
                return write!(
                    f,
                    "{contacts} answered and the log does not say when: times leave them out"
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

impl Display for LeftOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BegunOutside => "threads begin outside the log",
            Self::BegunByCompany => "threads were begun by a company",
            Self::WithoutReply => "threads have no reply from a company in the log",
            Self::InCircles => "tweets answer one another in a circle",
            Self::InMenu => "calls ended in the voice menu, without asking for a person",
            Self::LegsInMenu => {
                "legs of calls were answered by a menu, an announcement or nobody's phone"
            }
            Self::AboutQueues => "rows are about people and queues, not about calls",
            Self::CallsBegunOutside => "rows are about calls that arrived before the log begins",
            Self::Phantom => "rows are marked PHANTOM: they are not calls",
            Self::Totals => "lines hold totals or remarks, not contacts",
        })
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
    }
}
