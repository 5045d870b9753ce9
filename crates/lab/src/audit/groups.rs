//! What the contacts of a company and channel are divided by.

use heard_contacts::moment::day_text;
use heard_contacts::{About, Contact};

/// What contacts are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Who answered first.
    Agent,
    /// What it is about.
    Kind,
    /// The day on which they came in.
    Day,
    /// The hour of the day in which they came in.
    Hour,
    /// The month in which they came in.
    Month,
}

impl By {
    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Kind => "kind",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Month => "month",
        }
    }

    /// Whether groups come one after another in time.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Hour | Self::Month)
    }

    /// The group of a contact: groups in time rise. 0 stands for those without an agent or a kind.
    pub(super) fn group(self, contact: &Contact) -> i64 {
        let numbered = |number: Option<u32>| number.map_or(0, |number| i64::from(number) + 1);
        match self {
            Self::Agent => numbered(contact.agent),
            Self::Kind => numbered(contact.kind),
            Self::Day => contact.arrived.day(),
            Self::Hour => (contact.arrived.hour_of_week() % 24) as i64,
            Self::Month => contact.arrived.month(),
        }
    }

    /// A group in words.
    pub(super) fn label(self, group: i64, about: &About) -> String {
        let number = u32::try_from(group - 1).ok();
        match self {
            Self::Agent => number
                .map_or("(nobody named)".to_owned(), |at| about.names.agents.name(at).to_owned()),
            Self::Kind => {
                number.map_or("(no kind)".to_owned(), |at| about.names.kinds.name(at).to_owned())
            }
            Self::Day => day_text(group),
            Self::Hour => format!("{group:02}:00"),
            Self::Month => format!("{}-{:02}", group.div_euclid(12), group.rem_euclid(12) + 1),
        }
    }
}
