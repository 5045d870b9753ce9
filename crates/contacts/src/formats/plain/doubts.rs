//! Rows of which something that hangs on what happened cannot be read: they count, with what became of
//! them unknown, for to leave them out would leave out one kind of contact.

use heard_text::diagnostic::Diagnostic;
use heard_text::list::list;
use heard_text::number::{count, percent};
use indexmap::IndexMap;

use crate::caveat::Caveat;
use crate::note::Note;
use crate::rows::Rows;
use crate::values::shown;

/// The share of all rows up to which such rows are taken.
const RARE: f64 = 0.01;
/// Examples, and different words, that are kept.
const EXAMPLES: usize = 5;
const MOST_WORDS: usize = 100;

/// Such rows.
#[derive(Default)]
pub(in crate::formats) struct Doubts {
    rows: u64,
    line: u64,
    examples: Vec<(u64, String)>,
    /// Words that are not known, and marks that stand where times do, with how often they come.
    words: IndexMap<String, u64>,
    marks: IndexMap<String, u64>,
}

impl Doubts {
    /// A word that is not known.
    pub fn word(&mut self, line: u64, column: &str, word: &[u8]) {
        let known = self.words.len() < MOST_WORDS;
        let word = shown(word);
        let why = format!("`{column}` is `{word}`, which is not known");
        if known || self.words.contains_key(&word) {
            *self.words.entry(word).or_default() += 1;
        }
        self.add(line, why);
    }

    /// A time or a length that cannot be read.
    pub fn time(&mut self, line: u64, value: &[u8], why: String) {
        let mark = shown(value);
        if self.marks.len() < MOST_WORDS || self.marks.contains_key(&mark) {
            *self.marks.entry(mark).or_default() += 1;
        }
        self.add(line, why);
    }

    /// Anything else.
    pub fn add(&mut self, line: u64, why: String) {
        // A row counts once.
        self.rows += u64::from(self.line != line);
        self.line = line;
        if self.examples.len() < EXAMPLES {
            self.examples.push((line, why));
        }
    }

    /// Refuses a log of which these are more than few.
    pub fn settle(&self, name: &str, rows: u64) -> Result<(), Diagnostic> {
        if self.rows as f64 <= RARE * rows as f64 {
            return Ok(());
        }
        let (line, why) = self.examples.first().cloned().unwrap_or_default();
        let share = percent(self.rows as f64 / rows as f64);
        let message = match (self.rows, rows) {
            (1, 1) => format!("the only row cannot be read: {why}"),
            (these, all) => {
                let first = if these == 1 { ": " } else { "; the first: " };
                let (these, all) = (count(these), count(all));
                format!("{these} of {all} rows ({share}) cannot be read{first}{why}")
            }
        };
        let mut error = Diagnostic::in_source(name, Some(line), message);
        let words = self.common(&self.words);
        if words.is_empty() {
            for (line, why) in self.examples.iter().skip(1) {
                error.notes.push(format!("line {line}: {why}"));
            }
        } else {
            let all: Vec<String> =
                words.iter().map(|(word, times)| format!("`{word}` ({})", count(*times))).collect();
            error.notes.push(format!("words that are not known: {}", all.join(", ")));
        }
        Err(error.help(self.help(&words)))
    }

    fn help(&self, words: &[(String, u64)]) -> String {
        const NAMES: [&str; 6] =
            ["answered", "abandoned", "unanswered", "resolved", "open", "closed"];
        if let Some((word, _)) = words.first() {
            return format!(
                "say what they mean: `--value \"{word}=abandoned\"`; it can be {}, or nothing for an empty \
                 field",
                list(&NAMES)
            );
        }
        match self.common(&self.marks).first() {
            Some((mark, times)) if *times > 1 => format!(
                "if it says that nothing is there: `--value \"{mark}=\"`; if the column holds something else, \
                 map another, or none: `--map \"COLUMN=\"`"
            ),
            _ => "is it the right column? `--map COLUMN=FIELD` takes another, `--map \"COLUMN=\"` none"
                .to_owned(),
        }
    }

    /// Those that come most often first.
    fn common(&self, words: &IndexMap<String, u64>) -> Vec<(String, u64)> {
        let mut words: Vec<(String, u64)> =
            words.iter().map(|(word, times)| (word.clone(), *times)).collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(EXAMPLES);
        words
    }

    /// Gives up early where nearly no row can be read.
    pub fn is_hopeless(&self) -> bool {
        self.rows >= 10_000
    }

    /// What a reader of the numbers should know.
    pub fn caveat(&self) -> Option<Caveat> {
        (self.rows > 0).then_some(Caveat::Doubtful(self.rows))
    }

    /// The words that are not known.
    pub fn note(&self) -> Option<Note> {
        let words = self.common(&self.words);
        (!words.is_empty()).then_some(Note::UnknownWords(words))
    }
}

/// An early end: the error where this log can no longer be read.
pub(super) fn given_up(doubts: &Doubts, rows: &Rows, read: u64) -> Result<(), Diagnostic> {
    if doubts.is_hopeless() && doubts.rows * 2 > read {
        return doubts.settle(rows.name(), read);
    }
    Ok(())
}
