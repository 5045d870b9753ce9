//! What is measured of contacts: one table of definitions, from which the report card, its files, the
//! documentation and `heard list --metrics` are made.

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better for customers.
    Higher,
    /// Less is better for customers.
    Lower,
    /// Neither is better in itself.
    Neither,
}

impl Direction {
    /// In a word: `higher`, `lower`, or nothing.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "",
        }
    }
}

/// What a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name in files.
    pub name: &'static str,
    /// Its heading in tables for people; may have several lines.
    pub heading: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is a share, a mean or a quantile of; empty for a count.
    pub of: &'static str,
    /// Which way is better.
    pub better: Direction,
    /// What it is, for people: a clause without a full stop.
    pub meaning: &'static str,
}

macro_rules! measures {
    ($($measure:ident = $name:literal, $heading:literal, $unit:literal of $of:literal, $better:ident: $meaning:literal;)+) => {
        /// One measure of a report card.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure {
            $(#[doc = $meaning] $measure,)+
        }

        impl Measure {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$measure,)+];

            /// What it is.
            #[must_use]
            pub const fn definition(self) -> Definition {
                match self {
                    $(Self::$measure => Definition {
                        name: $name, heading: $heading, unit: $unit, of: $of,
                        better: Direction::$better, meaning: $meaning,
                    },)+
                }
            }
        }
    };
}

impl Measure {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Its unit.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.definition().unit
    }

    /// What it is a share, a mean or a quantile of.
    #[must_use]
    pub fn of(self) -> &'static str {
        self.definition().of
    }

    /// Its heading in tables for people.
    #[must_use]
    pub fn heading(self) -> &'static str {
        self.definition().heading
    }
}

measures! {
    Contacts = "contacts", "contacts", "contacts" of "", Neither:
        "how many contacts there are";
    Answered = "answered", "answered", "share" of "contacts of which the log tells", Higher:
        "a person answered";
    GaveUp = "gave_up", "gave up", "share" of "contacts of which the log tells", Lower:
        "the customer gave up, or the contact ended, before anybody answered";
    StillWaiting = "still_waiting", "still\nwaiting", "share" of "contacts of which the log tells", Lower:
        "not answered when the log ends";
    Unknown = "unknown", "not\nknown", "share" of "contacts", Neither:
        "the log does not tell what became of the contact; the shares above leave it out";
    ServiceLevel = "service_level_of_offered", "of the\noffered", "share" of "contacts offered", Higher:
        "answered within the time; those offered are all contacts of which the log tells";
    ServiceLevelOfAnswered = "service_level_of_answered", "of the\nanswered", "share" of
        "contacts answered at a known time", Higher:
        "answered within the time, of the answered alone: those who gave up do not lower it";
    ServiceLevelOfPatient = "service_level_of_patient", "less early\nhang-ups", "share" of
        "contacts offered, less those who gave up within the time", Higher:
        "answered within the time, not counting those who gave up before it was over";
    MeanSpeed = "speed_of_answer_mean", "speed of\nanswer", "seconds" of
        "contacts answered at a known time", Lower:
        "mean time until the first answer (ASA)";
    AnsweredMedian = "speed_of_answer_p50", "median\nwait", "seconds" of
        "contacts answered at a known time", Lower:
        "median time until the first answer; of an even number halfway between the two in the middle";
    HandleTime = "handle_time_mean", "handle\ntime", "seconds" of
        "answered contacts whose length the log tells", Neither:
        "mean time that the person who answered was busy with the contact (AHT): as the log gives it, or, \
         where customers hold the line, from the first answer to the end";
    Median = "first_answer_p50", "first answer,\nhalf by", "seconds" of "contacts", Lower:
        "time by which half of all contacts are answered; empty if fewer ever are";
    NinetiethPercentile = "first_answer_p90", "first answer,\n90% by", "seconds" of "contacts", Lower:
        "time by which nine tenths of all contacts are answered; empty if fewer ever are";
    HoursCovered = "hours_covered", "hours of\nthe week", "hours of 168" of "", Higher:
        "hours of the week in which any first answer was given";
    Resolved = "resolved", "resolved", "share" of
        "contacts of which the log tells whether they were settled", Higher:
        "settled, as the log says; in an inbox, where it does not say, closed without giving up";
    Open = "open", "open", "contacts" of "", Lower:
        "neither closed nor given up nor settled when the log ends; where the log has no closings, or \
         customers hold the line, an answer ends a contact";
    ResolutionMedian = "resolution_p50", "half of all\nresolved by", "seconds" of
        "contacts, those resolved at an unknown time left out", Lower:
        "time from arrival by which half of all contacts are resolved, by Kaplan and Meier: open ones are \
         censored where the log ends, giving up competes; empty if fewer ever are";
    ResolvedMedian = "resolved_p50", "resolved,\nmedian", "seconds" of
        "contacts resolved at a known time", Lower:
        "median time from arrival until a resolved contact was closed: says nothing of those still open";
    ResolvedMean = "resolved_mean", "resolved,\nmean", "seconds" of
        "contacts resolved at a known time", Lower:
        "mean time from arrival until a resolved contact was closed";
    BacklogMean = "backlog_mean", "backlog,\nmean", "contacts" of "days", Lower:
        "open contacts at the end of a day, the mean over all days from the first to the last";
    BacklogMost = "backlog_most", "backlog,\nmost", "contacts" of "days", Lower:
        "open contacts at the end of a day, the most on any day";
    OldestOpen = "oldest_open", "oldest\nopen", "seconds" of "open contacts", Lower:
        "age of the contact that has been open longest when the log ends";
    Redirected = "redirected", "sent\nelsewhere", "share" of "answered contacts", Neither:
        "first answers that send the customer to private messages, the telephone or mail, or that \
         `outcome` marks";
    ToPrivateMessages = "sent_to_private_messages", "to private\nmessages", "share" of "conversations", Neither:
        "first answers that send to private messages";
    ToPhone = "sent_to_phone", "to the\nphone", "share" of "conversations", Neither:
        "first answers that send to the telephone";
    ToMail = "sent_to_mail", "to\nmail", "share" of "conversations", Neither:
        "first answers that send to mail";
    ToPage = "sent_to_page", "to a\npage", "share" of "conversations", Neither:
        "first answers that send to a page";
    Apologizes = "apologizes", "sorry", "share" of "conversations", Neither:
        "the first answer says sorry";
    Copied = "copied", "copied", "share" of "conversations", Neither:
        "the first answer shares most of its words (about three quarters of the runs of three) with \
         another reply of the company";
    Automatic = "automatic", "auto-\nmatic", "share" of "conversations", Neither:
        "the first answer is copied, and came within a minute";
    OneReply = "one_reply", "one\nreply", "share" of "conversations", Neither:
        "the company wrote once";
    WroteAgain = "wrote_again", "wrote\nagain", "share" of "conversations", Neither:
        "the customer wrote again after the first answer";
    SamePerson = "same_person", "same\nperson", "share" of "conversations with several signed replies", Higher:
        "all signed by one person; a signature is a name at the end after `^`, `-`, `*`, `/` or `~`";
    Turns = "turns_mean", "turns", "messages" of "conversations", Neither:
        "mean number of messages of both sides";
    TurnsMedian = "turns_p50", "turns,\nhalf up to", "messages" of "conversations", Neither:
        "half of the conversations have at most this many messages";
    TurnsNinetieth = "turns_p90", "turns,\n90% up to", "messages" of "conversations", Neither:
        "nine tenths of the conversations have at most this many messages";
    WellFollowedAnswered = "well_followed_answered", "answered of the\nbest-followed tenth", "share" of
        "contacts of the best-followed tenth", Higher:
        "a person answered; followers are grouped into classes that double, so it may be more than a tenth";
    OthersAnswered = "others_answered", "answered of\nthe others", "share" of "contacts of the others", Higher:
        "a person answered";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_and_every_rate_says_what_it_is_of() {
        for (at, measure) in Measure::ALL.iter().enumerate() {
            let one = measure.definition();
            let earlier = Measure::ALL[..at].iter();
            assert!(earlier.clone().all(|other| other.name() != one.name), "{}", one.name);
            assert!(!one.meaning.is_empty() && !one.heading.is_empty(), "{}", one.name);
            assert!(!one.meaning.ends_with('.') && !one.meaning.contains('|'), "{}", one.name);
            let counts = matches!(one.unit, "contacts" | "hours of 168");
            assert!(counts || !one.of.is_empty(), "{} of what?", one.name);
        }
    }
}
