//! What a card is asked for.

/// The time within which calls are counted as answered in time, unless others are asked for, in seconds.
pub const ON_THE_LINE: u32 = 20;
/// The same where customers do not hold the line.
pub const IN_AN_INBOX: u32 = 3600;

/// What a card is asked for beyond what every card says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The times in seconds within which service levels are counted, rising; where there is none,
    /// [`ON_THE_LINE`] and [`IN_AN_INBOX`], each where it fits.
    pub within: Vec<u32>,
    /// What each company and channel is divided by.
    pub by: Option<super::groups::By>,
    /// What channels are said to be.
    pub told: crate::line::Told,
}

impl Settings {
    /// The times that are counted.
    #[must_use]
    pub fn counted(&self) -> Vec<u32> {
        if self.within.is_empty() { vec![ON_THE_LINE, IN_AN_INBOX] } else { self.within.clone() }
    }

    /// The times that are shown where customers hold the line, or not, or do here and do not there.
    #[must_use]
    pub fn shown(&self, holds_the_line: Option<bool>) -> Vec<u32> {
        match holds_the_line {
            _ if !self.within.is_empty() => self.within.clone(),
            Some(true) => vec![ON_THE_LINE],
            Some(false) => vec![IN_AN_INBOX],
            None => Vec::new(),
        }
    }
}
