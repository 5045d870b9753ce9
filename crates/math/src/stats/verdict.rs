//! What a comparison found.

use std::fmt;

/// What comparing an arm with the baseline found, on one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The arm's mean is higher: the interval of the difference lies above 0.
    Higher,
    /// The arm's mean is lower: the interval of the difference lies below 0.
    Lower,
    /// Any difference is smaller than the smallest effect that matters.
    Equivalent,
    /// The interval of the difference includes 0, or there are too few replications for one.
    CannotTell,
    /// The two were exactly equal in every replication.
    Identical,
    /// Shown, but not among the comparisons tested. Given by callers, never by
    /// [`compare`](super::paired::compare).
    NotTested,
}

impl Verdict {
    /// Every verdict, in the order of declaration.
    pub const ALL: [Self; 6] = [
        Self::Higher,
        Self::Lower,
        Self::Equivalent,
        Self::CannotTell,
        Self::Identical,
        Self::NotTested,
    ];

    /// The word for it in tables and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Equivalent => "equivalent",
            Self::CannotTell => "cannot-tell",
            Self::Identical => "identical",
            Self::NotTested => "not-tested",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_ones_in_files() {
        assert_eq!(
            Verdict::ALL.map(Verdict::as_str),
            ["higher", "lower", "equivalent", "cannot-tell", "identical", "not-tested"]
        );
    }

    #[test]
    fn display_shows_the_word_and_honours_the_width() {
        assert_eq!(Verdict::CannotTell.to_string(), "cannot-tell");
        assert_eq!(format!("{:>8}", Verdict::Lower), "   lower");
    }
}
