//! How a log is to be read, and what is known of it afterwards.

use crate::caveat::{Caveat, LeftOut};
use crate::field::{Field, Mapping};
use crate::formats::Format;
use crate::limits::{MOST_AGENTS, MOST_COMPANIES, MOST_KINDS};
use crate::look::{Look, Wanted};
use crate::moment::{Moment, Order, Zone};
use crate::names::Names;
use crate::note::Reading;
use crate::rows::Skipped;
use crate::words::Word;

/// How a log is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which columns of a plain log hold which field.
    pub map: Vec<Mapping>,
    /// What it is written as; `None` to find out.
    pub format: Option<&'static Format>,
    /// What values mean: a word, or nothing for a mark of what is empty.
    pub values: Vec<(String, Option<Word>)>,
    /// What comes first in dates; `None`: what their columns show.
    pub dates: Option<Order>,
    /// The zone of times without an offset.
    pub zone: Zone,
    /// How the file is to be read as a table.
    pub wanted: Wanted,
    /// Share of the rows that may be left out because they cannot be read.
    pub skip: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            map: Vec::new(),
            format: None,
            values: Vec::new(),
            dates: None,
            zone: Zone::unknown(),
            wanted: Wanted::default(),
            skip: 0.01,
        }
    }
}

/// What is known of a log once it has been read.
#[derive(Clone, Debug)]
pub struct About {
    /// What it is called.
    pub name: String,
    /// The name of the format that it is written as.
    pub format: &'static str,
    /// Its rows, those that cannot be read included.
    pub rows: u64,
    /// Those that cannot be read.
    pub skipped: Skipped,
    /// What its file turned out to be; `None` where there is no file.
    pub look: Option<Look>,
    /// Its contacts.
    pub contacts: u64,
    /// The first and the last moment in it.
    pub span: Option<(Moment, Moment)>,
    /// The names of companies, channels, kinds and people.
    pub names: Known,
    /// The fields that it has.
    pub fields: Vec<Field>,
    /// Rows that are not contacts, or not whole ones: how many, and what they are.
    pub left_out: Vec<(u64, LeftOut)>,
    /// In what way it is not a fair sample of what happened.
    pub caveats: Vec<Caveat>,
    /// Whether it shows who was never answered.
    pub tells_answer_rate: bool,
    /// How its columns were taken.
    pub reading: Reading,
}

/// The names in a log.
#[derive(Clone, Debug)]
pub struct Known {
    /// Of companies.
    pub companies: Names,
    /// Of channels.
    pub channels: Names,
    /// Of kinds.
    pub kinds: Names,
    /// Of people who answer.
    pub agents: Names,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            companies: Names::new(MOST_COMPANIES),
            channels: Names::new(MOST_COMPANIES),
            kinds: Names::new(MOST_KINDS),
            agents: Names::new(MOST_AGENTS),
        }
    }
}
