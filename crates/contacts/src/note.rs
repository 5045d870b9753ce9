//! How a log was read: which column was taken for what, and what the user should know of it.

use std::fmt::{self, Display, Formatter};

use heard_text::number::count;

use crate::field::Field;
use crate::guess::fit::Misfit;
use crate::length::Unit;

/// How a column was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The user says so.
    Mapped,
    /// It has the field's own name.
    Named,
    /// Its name and its values make it likely.
    Guessed,
}

/// A column and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The name of the column.
    pub column: String,
    /// The field.
    pub field: Field,
    /// How it was found.
    pub how: How,
}

/// How a log was read. The samples hold what stands in the log: they are for the terminal, and never
/// for a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Which columns were taken for what.
    pub taken: Vec<Taken>,
    /// The first contacts as they were read.
    pub samples: Vec<String>,
    /// What the user should know.
    pub notes: Vec<Note>,
}

impl Reading {
    /// Whether some column was taken because it is likely.
    #[must_use]
    pub fn is_guessed(&self) -> bool {
        self.taken.iter().any(|taken| taken.how == How::Guessed)
    }

    /// The columns as `--map` would say it.
    #[must_use]
    pub fn mapping(&self) -> String {
        let taken = self.taken.iter().filter(|taken| taken.how != How::Named);
        let all = taken.map(|taken| format!("`{}` = {}", taken.column, taken.field.name()));
        all.collect::<Vec<_>>().join(", ")
    }
}

/// What the user should know of how a log was read. Shown as a clause without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A column has the name of a field, and its values do not fit.
    LeftOut {
        /// The column.
        column: String,
        /// The field.
        field: Field,
        /// Why its values do not fit.
        misfit: Misfit,
        /// A value that does not.
        value: Option<String>,
    },
    /// Another column may be a field as well as the one that was taken.
    Doubtful {
        /// The field.
        field: Field,
        /// The column that was taken.
        column: String,
        /// The other.
        other: String,
    },
    /// A length may be that of the whole contact or of the conversation.
    WhichDuration(String),
    /// Bare numbers are taken to be of a unit that nothing names.
    AssumedUnit {
        /// The column.
        column: String,
        /// The field.
        field: Field,
        /// The unit.
        unit: Unit,
    },
    /// `5:30` is taken to be minutes and seconds.
    AssumedClock {
        /// The column.
        column: String,
        /// The field.
        field: Field,
    },
    /// Dates without a clock: midnight is taken.
    DatesAlone(String),
    /// Words that are not known: each with how often it comes.
    UnknownWords(Vec<(String, u64)>),
    /// A column would tell what became of contacts, and most of its words are not known.
    WordsLeftOut {
        /// The column.
        column: String,
        /// The words, each with how often it comes in the first rows.
        words: Vec<(String, u64)>,
    },
    /// A column was likely to hold a field, and most of its times are before the arrivals.
    Earlier {
        /// The column.
        column: String,
        /// The field.
        field: Field,
    },
    /// Only the talk counts as handling, though there are other parts.
    TalkAlone {
        /// The column of the talk.
        talk: String,
        /// Those of the other parts.
        more: Vec<String>,
    },
    /// A duration may hold more than the wait and the talk, so that it does not give the wait.
    MoreThanWait {
        /// The column.
        column: String,
        /// Those of what else it may hold.
        more: Vec<String>,
    },
    /// Some contacts were begun by the company.
    Outbound {
        /// The column that says so.
        column: String,
        /// Such rows among the first.
        rows: usize,
        /// The first rows.
        of: usize,
    },
    /// Nothing tells who was answered, though there are lengths of waits.
    WaitsWithoutOutcome(String),
}

impl Note {
    /// The field whose bare numbers are taken to be seconds.
    pub(crate) fn assumes_seconds(&self) -> Option<Field> {
        match self {
            Self::AssumedUnit { field, unit: Unit::Seconds, .. } => Some(*field),
            _ => None,
        }
    }

    /// Says that this unit is assumed instead of seconds.
    pub(crate) fn assume(&mut self, unit: Unit) {
        if self.assumes_seconds().is_some()
            && let Self::AssumedUnit { unit: assumed, .. } = self
        {
            *assumed = unit;
        }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut { column, field, misfit, value } => {
                write!(f, "column `{column}` is left out: ")?;
                match misfit {
                    Misfit::Empty => write!(f, "it is empty"),
                    Misfit::TooMany { different, of } => write!(
                        f,
                        "it has {} different values in {} rows, so it names no {}; \
                         `--map \"{column}={}\"` takes it anyway",
                        count(*different as u64),
                        count(*of as u64),
                        field.name(),
                        field.name()
                    ),
                    Misfit::Value(_) => write!(
                        f,
                        "`{}` does not fit `{}` ({})",
                        value.as_deref().unwrap_or_default(),
                        field.name(),
                        field.help()
                    ),
                }
            }
            Self::Doubtful { field, column, other } => write!(
                f,
                "`{other}` may be `{}` as well as `{column}`, which is taken; \
                 `--map \"{other}={}\"` takes the other",
                field.name(),
                field.name()
            ),
            Self::WhichDuration(column) => write!(
                f,
                "column `{column}` is left out: it may be the length of the conversation or of the \
                 whole contact; `--map \"{column}=talk\"` or `--map \"{column}=duration\"` says which"
            ),
            Self::AssumedUnit { column, field, unit } => write!(
                f,
                "`{column}` is taken to be in {}, for nothing says otherwise; \
                 `--map \"{column}={}:minutes\"` names another unit",
                unit.name(),
                field.name()
            ),
            Self::AssumedClock { column, field } => write!(
                f,
                "`{column}` is taken to be in minutes and seconds, for nothing says otherwise; \
                 `--map \"{column}={}:hours\"` takes it as hours and minutes",
                field.name()
            ),
            Self::DatesAlone(column) => write!(
                f,
                "`{column}` has dates without a time of day: they are taken as midnight, so waits and \
                 hours are as exact as a day"
            ),
            Self::WordsLeftOut { column, words } => {
                let first = words.first().map_or("", |(word, _)| word);
                write!(
                    f,
                    "column `{column}` is left out, for it is not known what these say: {}; \
                     `--value \"{first}=WORD\"` tells, for each of them: WORD is answered, abandoned, open, \
                     closed or another",
                    counted_words(words)
                )
            }
            Self::UnknownWords(words) => {
                let first = words.first().map_or("", |(word, _)| word);
                write!(
                    f,
                    "it is not known what these say: {}; their contacts count with an unknown outcome; \
                     `--value \"{first}=WORD\"` tells: WORD is answered, abandoned, open, closed or another",
                    counted_words(words)
                )
            }
            Self::Earlier { column, field } => write!(
                f,
                "column `{column}` is left out: most of its times are before the arrivals; \
                 `--map \"{column}={}\"` takes it anyway",
                field.name()
            ),
            Self::TalkAlone { talk, more } => {
                write!(f, "handle times are those of `{talk}` alone: {} not in them", quoted(more))
            }
            Self::MoreThanWait { column, more } => write!(
                f,
                "`{column}` may hold more than the wait and the talk, for {} there too: when contacts were \
                 answered is not known; `--map \"{column}=duration\"` takes the rest as the wait",
                quoted(more)
            ),
            Self::Outbound { column, rows, of } => write!(
                f,
                "`{column}` says that the company began {} of the first {} contacts; \
                 they count as customers' own: leave them out of the file if they are not",
                count(*rows as u64),
                count(*of as u64)
            ),
            Self::WaitsWithoutOutcome(column) => write!(
                f,
                "`{column}` says how long contacts waited and nothing says who was answered: \
                 map an outcome or the length of talks"
            ),
        }
    }
}

/// Columns, and whether they are one or several: `` `hold` and `wrap up` are ``.
fn quoted(columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    format!("{} {}", names.join(" and "), if names.len() == 1 { "is" } else { "are" })
}

fn counted_words(words: &[(String, u64)]) -> String {
    let all = words.iter().map(|(word, times)| format!("`{word}` ({})", count(*times)));
    all.collect::<Vec<_>>().join(", ")
}
