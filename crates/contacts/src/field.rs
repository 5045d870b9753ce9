//! What a column of a log can hold.

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Names the contact; may come once.
    Id,
    /// Names the customer.
    Customer,
    /// The channel.
    Channel,
    /// The company.
    Company,
    /// When it came in.
    Arrived,
    /// When a person first answered.
    Answered,
    /// When it was over.
    Closed,
    /// What became of it: `answered`, `resolved`, `redirected`, `abandoned`, `unanswered` or `open`.
    Outcome,
    /// Who answered.
    Agent,
    /// Whether everybody could read it.
    Public,
    /// Followers of the customer.
    Followers,
    /// What it is about.
    Kind,
    /// Its rank: a whole number up to 255.
    Priority,
}

impl Field {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Customer,
        Self::Channel,
        Self::Company,
        Self::Arrived,
        Self::Answered,
        Self::Closed,
        Self::Outcome,
        Self::Agent,
        Self::Public,
        Self::Followers,
        Self::Kind,
        Self::Priority,
    ];

    /// The name of its column.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Customer => "customer",
            Self::Channel => "channel",
            Self::Company => "company",
            Self::Arrived => "arrived",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Outcome => "outcome",
            Self::Agent => "agent",
            Self::Public => "public",
            Self::Followers => "followers",
            Self::Kind => "kind",
            Self::Priority => "priority",
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}
