//! How a failure ended for the customer.

/// How a failure ended for the customer: the steps of the loyalty ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They kept it to themselves.
    Silent,
    /// They said so, and it was not solved.
    Dissatisfied,
    /// It was solved.
    Satisfied,
    /// It was solved within the time that they expected an answer in, or a day.
    SatisfiedFast,
}

impl Outcome {
    /// All outcomes, from the least to the most that a company can do.
    pub const ALL: [Self; 4] =
        [Self::Silent, Self::Dissatisfied, Self::Satisfied, Self::SatisfiedFast];

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Dissatisfied => "dissatisfied",
            Self::Satisfied => "satisfied",
            Self::SatisfiedFast => "satisfied-fast",
        }
    }
}
