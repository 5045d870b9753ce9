//! What the columns of a log are likely to hold, by their names and by their first values. A column is
//! taken only where both fit.

pub(crate) mod fit;
mod names;

pub(crate) use names::{asks_for_the_lost, says_replied, says_settled};

use crate::field::{Field, Values};
use crate::fold::words;
use crate::rows::Row;
use crate::words::{Word, is_empty_mark};
use fit::{Misfit, fits, is_clock, is_date_alone};
use names::{Likeness, fields_of};

/// The columns of a log, to guess from.
pub(crate) struct Sight<'a> {
    /// Their names.
    pub header: &'a [String],
    /// The first rows.
    pub rows: &'a [Row],
    /// What a word says.
    pub meaning: &'a dyn Fn(&str) -> Option<Word>,
    /// Words that say that a field is empty.
    pub empty: &'a dyn Fn(&[u8]) -> bool,
}

/// What is likely.
#[derive(Debug, Default)]
pub(crate) struct Guess {
    /// A field and the column that is taken for it; `Arrived` may have a second one, the clock.
    pub taken: Vec<(Field, usize)>,
    /// A field, the column that is taken for it, and others that may be it as well.
    pub doubtful: Vec<(Field, usize, usize)>,
    /// A field that is not taken, and a column whose name says that it holds it and of whose values some
    /// do not.
    pub misfits: Vec<(Field, usize, Misfit)>,
}

impl<'a> Sight<'a> {
    /// The values of a column in the first rows, without empty ones.
    pub fn values(&self, column: usize) -> Vec<&'a [u8]> {
        let filled = self.rows.iter().filter_map(|row| row.get(Some(column)));
        filled.filter(|value| !is_empty_mark(value) && !(self.empty)(value)).collect()
    }

    /// Whether a column's values fit a field.
    pub fn fits(&self, field: Field, column: usize) -> Result<(), Misfit> {
        let name = self.header.get(column).map_or("", String::as_str);
        fits(field, name, None, &self.values(column), self.meaning)
    }

    /// What the columns that are free are likely to hold, of the fields that are open.
    pub fn guess(&self, free: &[usize], open: &[Field]) -> Guess {
        let mut likely: Vec<(Likeness, usize, Field)> = Vec::new();
        let mut misfits = Vec::new();
        for &column in free {
            for (field, likeness) in fields_of(&words(&self.header[column])) {
                if open.contains(&field) && self.may_be(field, column) {
                    likely.push((likeness, column, field));
                } else if open.contains(&field)
                    && likeness.is_whole()
                    && let Err(misfit) = self.mostly_fits(field, column)
                {
                    misfits.push((field, column, misfit));
                }
            }
        }
        // The best names first; among equals, the order of the columns.
        likely.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut guess = Guess::default();
        for (at, &(likeness, column, field)) in likely.iter().enumerate() {
            let is_free = |taken: &&(Field, usize)| taken.0 == field || taken.1 == column;
            if guess.taken.iter().any(|taken| is_free(&taken)) {
                continue;
            }
            guess.taken.push((field, column));
            let same =
                likely[at + 1..].iter().find(|other| other.2 == field && other.0 == likeness);
            guess.doubtful.extend(same.map(|other| (field, column, other.1)));
        }
        misfits.retain(|(field, column, _)| {
            !guess.taken.iter().any(|taken| taken.0 == *field || taken.1 == *column)
        });
        guess.misfits = misfits;
        guess
    }

    /// Why a column does not fit a field of times, though half of its values do.
    fn mostly_fits(&self, field: Field, column: usize) -> Result<(), Misfit> {
        let values = self.values(column);
        let one = |value: &&&[u8]| {
            let name = self.header.get(column).map_or("", String::as_str);
            fits(field, name, None, &[**value], self.meaning).is_ok()
        };
        let is_mostly = field.values() == Values::Times
            && values.iter().filter(one).count() * 2 >= values.len();
        if is_mostly { self.fits(field, column) } else { Ok(()) }
    }

    /// Whether a column of a fitting name may hold a field.
    fn may_be(&self, field: Field, column: usize) -> bool {
        let values = self.values(column);
        if self.fits(field, column).is_err() {
            return false;
        }
        match field.values() {
            // Nearly every contact arrives.
            Values::Times if field == Field::Arrived => values.len() * 10 >= self.rows.len() * 9,
            Values::Lengths => self.fits(Field::Arrived, column).is_err(),
            Values::Marks if field == Field::Agent => {
                // A status or a moment is nobody's name.
                self.fits(Field::Arrived, column).is_err()
                    && self.fits(Field::Outcome, column).is_err()
            }
            Values::Marks => self.fits(Field::Arrived, column).is_err() || all_digits(&values),
            _ => true,
        }
    }

    /// A free column whose name says that it tells what became of contacts, though its words are not
    /// known: its place and the words that come most often.
    pub fn unknown_words(&self, free: &[usize]) -> Option<(usize, Vec<(String, u64)>)> {
        let is_named = |column: &&usize| {
            fields_of(&words(&self.header[**column]))
                .iter()
                .any(|(field, likeness)| *field == Field::Outcome && likeness.is_whole())
        };
        free.iter().filter(is_named).find_map(|&column| {
            let mut unknown: indexmap::IndexMap<String, u64> = indexmap::IndexMap::new();
            for value in self.values(column) {
                let word = crate::values::shown(value);
                if (self.meaning)(&word).is_none() {
                    *unknown.entry(word).or_default() += 1;
                }
            }
            // More are names or moments.
            const MOST: usize = 20;
            if unknown.is_empty() || unknown.len() > MOST {
                return None;
            }
            let mut words: Vec<(String, u64)> = unknown.into_iter().collect();
            words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            words.truncate(5);
            Some((column, words))
        })
    }

    /// The column that holds the clock of a column of dates, if one does.
    pub fn clock_of(&self, dates: usize, free: &[usize]) -> Option<usize> {
        let all = self.values(dates);
        if all.is_empty() || !all.iter().all(|value| is_date_alone(value)) {
            return None;
        }
        let is_named = |column: &usize| {
            const CLOCKS: [&str; 13] = [
                "time",
                "clock",
                "start",
                "begin",
                "start time",
                "call time",
                "hour",
                "uhrzeit",
                "heure",
                "hora",
                "ora",
                "zeit",
                "tijd",
            ];
            let words = words(&self.header[*column]).join(" ");
            CLOCKS.iter().any(|name| words == *name)
        };
        let clocks = |column: &usize| {
            let values = self.values(*column);
            !values.is_empty() && values.iter().all(|value| is_clock(value))
        };
        // One whose name says so, or that of an arrival; or else one beside the dates that may be nothing
        // else.
        let is_of_arrivals = |column: &usize| {
            is_named(column)
                || fields_of(&words(&self.header[*column])).iter().any(|it| it.0 == Field::Arrived)
        };
        let is_beside = |column: &usize| {
            let likely = fields_of(&words(&self.header[*column]));
            let is_other = |field: &Field| {
                *field != Field::Arrived
                    && matches!(field.values(), Values::Times | Values::Lengths)
            };
            column.abs_diff(dates) == 1
                && !likely.iter().any(|(field, _)| is_other(field))
                && self.values(*column).iter().all(|value| value.contains(&b':'))
        };
        let fits =
            |column: &&usize| clocks(column) && (is_of_arrivals(column) || is_beside(column));
        let candidates = free.iter().filter(fits);
        let behind = dates + 1;
        candidates
            .min_by_key(|column| (!is_of_arrivals(column), **column != behind, **column))
            .copied()
    }
}

/// Whether values are numbers, of which some look like moments by chance.
fn all_digits(values: &[&[u8]]) -> bool {
    values.iter().all(|value| value.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
}
