//! What a reader of a log's numbers should know: in what way the log is not a fair sample, and what of
//! it was left out.

use std::fmt::{self, Display, Formatter};

use heard_text::list::counted;

/// In what way a log is not a fair sample of what happened. Shown as a clause without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Some contacts were answered at a time that it does not give: the number of them.
    UntimedAnswers(u64),
    /// Some contacts were settled at a time that it does not give: the number of them.
    UntimedEnds(u64),
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
