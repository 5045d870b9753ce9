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
    /// What became of it, in a word.
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
    /// How long the customer waited: until the answer, or until giving up.
    Wait,
    /// How long the conversation was.
    Talk,
    /// How long the person who answered was busy with it, work afterwards included.
    Handle,
    /// How long it was from the arrival to the end.
    Duration,
    /// How long it took to settle it, from the arrival.
    Resolution,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Times.
    Times,
    /// Lengths of time.
    Lengths,
    /// A word on what became of a contact.
    Words,
    /// Names of which there are few.
    Names,
    /// Whatever tells one from another.
    Marks,
    /// Yes or no.
    Truths,
    /// Numbers, 0 or more.
    Numbers,
    /// Whole numbers from 0 to 255.
    Ranks,
}

/// Every field: its name, what its values are, and a line of help.
const TABLE: [(Field, &str, Values, &str); 18] = [
    (Field::Id, "id", Values::Marks, "identifies the contact"),
    (Field::Customer, "customer", Values::Marks, "the same for all contacts of one customer"),
    (Field::Channel, "channel", Values::Names, "where the customer made contact"),
    (Field::Company, "company", Values::Names, "whom the customer contacted"),
    (Field::Arrived, "arrived", Values::Times, "when the customer made contact"),
    (Field::Answered, "answered", Values::Times, "when a person first answered"),
    (Field::Closed, "closed", Values::Times, "when it was over: hung up, or closed"),
    (Field::Outcome, "outcome", Values::Words, "how it ended, or its status"),
    (Field::Agent, "agent", Values::Marks, "who answered first"),
    (Field::Public, "public", Values::Truths, "whether everybody could read it"),
    (Field::Followers, "followers", Values::Numbers, "followers of the customer"),
    (Field::Kind, "kind", Values::Names, "what it is about"),
    (Field::Priority, "priority", Values::Ranks, "rank, 0 to 255"),
    (
        Field::Wait,
        "wait",
        Values::Lengths,
        "how long until the answer, or until the customer gave up",
    ),
    (Field::Talk, "talk", Values::Lengths, "how long the conversation was"),
    (Field::Handle, "handle", Values::Lengths, "how long the answer took, with the work after it"),
    (Field::Duration, "duration", Values::Lengths, "how long from the arrival to the end"),
    (
        Field::Resolution,
        "resolution",
        Values::Lengths,
        "how long from the arrival until it was settled",
    ),
];

impl Field {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; TABLE.len()] = {
        let mut all = [Self::Id; TABLE.len()];
        let mut at = 0;
        while at < TABLE.len() {
            all[at] = TABLE[at].0;
            at += 1;
        }
        all
    };

    /// Those that a log of this program has, in the order in which it writes them.
    pub const WRITTEN: [Self; 13] = [
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

    fn row(self) -> &'static (Self, &'static str, Values, &'static str) {
        &TABLE[self as usize]
    }

    /// The name of its column.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What its values are.
    #[must_use]
    pub fn values(self) -> Values {
        self.row().2
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().3
    }

    /// The field of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

/// A column and what the user says that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The name of the column.
    pub column: String,
    /// The field that it holds; `None` leaves it out.
    pub field: Option<Field>,
    /// What its bare numbers count, where it holds lengths of time.
    pub unit: Option<crate::length::Unit>,
}

impl Mapping {
    /// A column that holds a field.
    #[must_use]
    pub fn new(column: impl Into<String>, field: Field) -> Self {
        Self { column: column.into(), field: Some(field), unit: None }
    }

    /// A column that is left out.
    #[must_use]
    pub fn left_out(column: impl Into<String>) -> Self {
        Self { column: column.into(), field: None, unit: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_fields() {
        for (at, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, at);
            assert_eq!(Field::of(field.name()), Some(field));
        }
    }
}
