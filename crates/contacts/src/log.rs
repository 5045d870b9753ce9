//! Reading a log, whatever its format.

use std::fmt::Write as _;
use std::hash::Hasher;

use hashbrown::HashTable;
use heard_text::time::rounded;
use siphasher::sip::SipHasher13;

use super::input::Input;
use super::plain::Field;
use super::rows::{Rows, Skipped};
use super::{Caveat, Contact, LeftOut, Moment, Names, bank, plain, tweets};

/// Companies and channels that a log may have.
pub const MOST_COMPANIES: usize = 10_000;
/// Kinds of contact that a log may have.
pub const MOST_KINDS: usize = 1_000;
/// People that a log may have.
pub const MOST_AGENTS: usize = 1_000_000;
/// The days of the years 1970 to 2099: what lies outside stands for "unknown" or "never".
pub(super) const YEARS: std::ops::Range<i64> = 0..47_482;
/// Ids that are compared with one another.
pub const MOST_IDS: usize = 14_000_000;

/// How a log is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which columns of a plain log hold which field, by the columns' names.
    pub map: Vec<(String, Field)>,
    /// What separates the columns.
    pub delimiter: u8,
    /// Share of the rows that may be left out because they cannot be read.
    pub skip: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { map: Vec::new(), delimiter: b',', skip: 0.01 }
    }
}

/// What a log is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row per contact, in columns of any names.
    Plain,
    /// "Customer Support on Twitter": one row per tweet.
    Tweets,
    /// "Anonymous Bank": one row per call.
    Bank,
}

impl Format {
    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "one row per contact",
            Self::Tweets => "Customer Support on Twitter",
            Self::Bank => "Anonymous Bank",
        }
    }
}

/// What is known of a log once it has been read.
#[derive(Clone, Debug)]
pub struct About {
    /// What it is called.
    pub name: String,
    /// What it is written as.
    pub format: Format,
    /// Its rows, those that cannot be read included.
    pub rows: u64,
    /// Those that cannot be read.
    pub skipped: Skipped,
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

/// Reads a log from its beginning to its end, and shows every contact to `each`: in the order of the
/// log, but for conversations, which come in the order in which they began.
///
/// # Errors
/// Where it is not a log, breaks off, or too many of its rows cannot be read.
pub fn read(
    input: Input,
    options: &Options,
    each: &mut dyn FnMut(&Contact),
) -> Result<About, LogError> {
    let rows = Rows::open(input, options.delimiter)?;
    let format = if tweets::is_header(&rows) && options.map.is_empty() {
        Format::Tweets
    } else if bank::is_header(&rows) && options.map.is_empty() {
        Format::Bank
    } else {
        Format::Plain
    };
    let mut seen = Seen::default();
    let mut each = |contact: &Contact| {
        seen.look(contact);
        each(contact);
    };
    let mut about = match format {
        Format::Plain => plain::read(rows, options, &mut each),
        Format::Tweets => tweets::read(rows, options, &mut each),
        Format::Bank => bank::read(rows, options, &mut each),
    }?;
    about.contacts = seen.contacts;
    about.span = seen.span;
    if seen.contacts == 0 {
        return Err(LogError::new(&about.name, None, "the log holds no contact")
            .help("rows were read, but none of them is a customer contacting a company"));
    }
    if about.tells_answer_rate && seen.unanswered == 0 && seen.contacts >= 100 {
        about.tells_answer_rate = false;
        about.caveats.push(Caveat::AllAnswered);
    }
    Ok(about)
}

/// What shows while contacts go by.
#[derive(Default)]
struct Seen {
    contacts: u64,
    unanswered: u64,
    span: Option<(Moment, Moment)>,
}

impl Seen {
    fn look(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.unanswered += u64::from(!contact.outcome.is_answered());
        for moment in
            [Some(contact.arrived), contact.answered, contact.closed].into_iter().flatten()
        {
            let (first, last) = self.span.get_or_insert((moment, moment));
            if moment.instant_ms() < first.instant_ms() {
                *first = moment;
            }
            if moment.instant_ms() > last.instant_ms() {
                *last = moment;
            }
        }
    }
}

/// Checks that go over all rows of a log.
#[derive(Default)]
pub(super) struct Checks {
    ids: HashTable<u64>,
    zoned: Option<bool>,
}

impl Checks {
    /// Whether an id has not come before.
    pub(super) fn is_new(&mut self, id: &[u8]) -> bool {
        let hash = hash_of(id);
        if self.ids.find(hash, |other| *other == hash).is_some() {
            return false;
        }
        if self.ids.len() < MOST_IDS {
            self.ids.insert_unique(hash, hash, |other| *other);
        }
        true
    }

    /// A moment, or what is wrong with it.
    pub(super) fn moment(&mut self, field: &str, text: &[u8]) -> Result<Moment, String> {
        let Some(moment) = Moment::parse(text) else {
            return Err(format!(
                "`{field}` is not a valid timestamp: `{}`; write for instance 2026-03-01T09:30:00",
                shown(text)
            ));
        };
        if !YEARS.contains(&moment.day()) {
            return Err(format!(
                "`{field}` is `{}`, outside of 1970 to 2099; leave empty what did not happen",
                shown(text)
            ));
        }
        let zoned = moment.ahead_minutes.is_some();
        if *self.zoned.get_or_insert(zoned) != zoned {
            let (this, others) = if zoned { ("an", "none") } else { ("no", "one") };
            return Err(format!(
                "`{field}` has {this} offset from UTC and the times before it have {others}: `{}`",
                shown(text)
            ));
        }
        Ok(moment)
    }
}

/// Names a value by a number: equal for equal values, and hardly ever for others. SipHash-1-3 of the
/// value behind its length, the same on every machine and with every compiler: which replies are
/// copies of one another rests on it.
pub(super) fn hash_of(value: &[u8]) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(&(value.len() as u64).to_le_bytes());
    hasher.write(value);
    hasher.finish()
}

/// The beginning of what stands in a field, on one line.
pub(super) fn shown(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field).replace(char::is_control, "\u{fffd}");
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// A whole number, perhaps written as a float: `17`, `17.0`, `1.7e1`.
pub(super) fn whole(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let float: f64 = text.parse().ok()?;
    let is_whole = float.fract() == 0.0 && (0.0..9.0e15).contains(&float);
    is_whole.then_some(float as u64)
}

/// A length of time for people.
pub(super) fn length(milliseconds: i64) -> String {
    rounded(milliseconds as f64 / 1000.0)
}

/// Why a log cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogError {
    /// What the log is called.
    pub name: String,
    /// The line, counted from 1, where one line is at fault.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// More of the same.
    pub notes: Vec<String>,
    /// What would be right.
    pub help: Option<String>,
}

impl LogError {
    /// An error with a line, or with the log as a whole.
    #[must_use]
    pub fn new(name: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self { name: name.to_owned(), line, message: message.into(), notes: Vec::new(), help: None }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The text of the error, over several lines.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = format!("error: {}", self.message);
        let line = self.line.map_or(String::new(), |line| format!(":{line}"));
        let _ = write!(text, "\n  --> {}{line}", self.name);
        for note in &self.notes {
            let _ = write!(text, "\n  = note: {note}");
        }
        if let Some(help) = &self.help {
            let _ = write!(text, "\n  = help: {help}");
        }
        text
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The contacts of a log, and what is known of it.
    pub fn contacts(text: &str, options: &Options) -> Result<(About, Vec<Contact>), LogError> {
        let mut all = Vec::new();
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let about = read(input, options, &mut |contact| all.push(contact.clone()))?;
        Ok((about, all))
    }

    #[test]
    fn formats_are_known_by_their_columns_and_mapping_makes_a_log_plain() {
        let tweets = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n\
                      1,17,True,Tue Oct 31 22:10:47 +0000 2017,hello,2,\n\
                      2,acme,False,Tue Oct 31 22:11:47 +0000 2017,hello,,1\n";
        let format = |map| {
            let options = Options { map, ..Options::default() };
            contacts(tweets, &options).map(|(about, all)| (about.format, all.len()))
        };
        assert_eq!(format(Vec::new()), Ok((Format::Tweets, 1)));
        let map = vec![("created_at".to_owned(), Field::Arrived)];
        assert_eq!(format(map), Ok((Format::Plain, 2)));
    }

    #[test]
    fn a_log_of_answered_contacts_alone_does_not_tell_how_many_are_answered() {
        let log = |rows: usize, last: &str| {
            let row = "2026-03-01T10:00:00,2026-03-01T11:00:00\n";
            let text = format!("arrived,answered\n{}{last}", row.repeat(rows));
            contacts(&text, &Options::default()).unwrap().0
        };
        let all_answered = log(100, "");
        assert!(!all_answered.tells_answer_rate);
        assert_eq!(all_answered.caveats, [Caveat::AllAnswered]);
        assert!(log(100, "2026-03-01T10:00:00,\n").tells_answer_rate);
        assert!(log(99, "").tells_answer_rate, "too few to say so");
        let silent = contacts("arrived\n2026-03-01T10:00:00\n", &Options::default()).unwrap().0;
        assert!(!silent.tells_answer_rate);
        assert_eq!(silent.caveats, [Caveat::NoAnswers]);
    }

    #[test]
    fn the_span_is_that_of_all_moments_in_any_order() {
        let text = "arrived,answered,closed\n2026-03-02T10:00:00,,\n2026-03-01T10:00:00,,2026-03-05T10:00:00\n";
        let about = contacts(text, &Options::default()).unwrap().0;
        let (first, last) = about.span.unwrap();
        assert_eq!(
            (first.text(), last.text()),
            ("2026-03-01T10:00:00".into(), "2026-03-05T10:00:00".into())
        );
        assert_eq!(about.contacts, 2);
    }

    #[test]
    fn a_value_has_the_same_number_on_every_machine_and_with_every_compiler() {
        let long = "sorry to hear that ".repeat(9);
        for (value, number) in [
            ("", 0xbd60_acb6_58c7_9e45),
            ("a", 0xbeb9_a6bb_f61b_58b4),
            ("customer 17", 0xa8d7_2f4f_d2d9_0dc3),
            (long.as_str(), 0x7c45_bc2a_f649_706e),
        ] {
            assert_eq!(hash_of(value.as_bytes()), number, "{value}");
        }
    }

    #[test]
    fn whole_numbers_may_be_written_as_floats() {
        for (text, number) in [
            ("17", Some(17)),
            ("17.0", Some(17)),
            ("1.7e1", Some(17)),
            ("17.5", None),
            ("-1", None),
            ("1e300", None),
            ("nan", None),
            ("", None),
            ("18446744073709551615", Some(u64::MAX)),
        ] {
            assert_eq!(whole(text.as_bytes()), number, "{text}");
        }
    }

    #[test]
    fn long_fields_are_shown_by_their_beginning() {
        assert_eq!(shown("ä".repeat(41).as_bytes()), format!("{}...", "ä".repeat(40)));
        assert_eq!(shown(b"a\xff\nb"), "a\u{fffd}\u{fffd}b");
    }
}
