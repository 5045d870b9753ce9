//! The tables of a report card for people.

use heard_lab::audit::Subject;
use heard_lab::audit::measure::{Finding, Measure};
use heard_text::number::{count, percent, significant};
use heard_text::time::rounded as time;

use super::{Labels, find};
use crate::document::{Align, Table};

/// Columns about some subjects, which become a table row by row.
struct Columns<'a> {
    shown: &'a [&'a Subject<'a>],
    headings: Vec<(&'static str, Align)>,
    cells: Vec<Vec<String>>,
}

impl<'a> Columns<'a> {
    fn new(shown: &'a [&'a Subject<'a>]) -> Self {
        let labels = Labels::of(shown.iter().copied());
        let names = shown.iter().map(|subject| labels.label(subject)).collect();
        Self { shown, headings: vec![("", Align::Left)], cells: vec![names] }
    }

    /// Adds a column of numbers, unless it is empty.
    fn add(&mut self, heading: &'static str, of: impl Fn(&Subject<'_>) -> String) {
        let cells: Vec<String> = self.shown.iter().map(|subject| of(subject)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.headings.push((heading, Align::Right));
            self.cells.push(cells);
        }
    }

    fn table(self) -> Table {
        let mut table = Table::new(self.headings);
        for row in 0..self.shown.len() {
            table.row(self.cells.iter().map(|column| column[row].as_str()));
        }
        table
    }
}

/// Who is answered, and how fast.
pub(super) fn answers(shown: &[&Subject<'_>], tells_answer_rate: bool) -> Table {
    let mut columns = Columns::new(shown);
    columns.add("contacts", |subject| {
        let few = if subject.findings.iter().any(Finding::is_small) { "*" } else { "" };
        count(subject.card.contacts()) + few
    });
    if tells_answer_rate {
        columns.add("answered", |subject| with_interval(subject, Measure::Answered));
        columns.add("gave up", |subject| share(subject, Measure::GaveUp));
        let waits = |subject: &Subject<'_>| value(subject, Measure::StillWaiting) > Some(0.0);
        if shown.iter().any(|subject| waits(subject)) {
            columns.add("still\nwaiting", |subject| share(subject, Measure::StillWaiting));
        }
    }
    for (heading, measure) in [
        ("first answer,\nhalf by", Measure::Median),
        ("first answer,\n90% by", Measure::NinetiethPercentile),
    ] {
        columns.add(heading, |subject| match find(subject, measure) {
            Some(Finding { value: Some(value), low, high, .. }) => {
                let end = |end: Option<f64>| end.map_or("-".to_owned(), time);
                format!("{} [{}, {}]", time(value), end(low), end(high))
            }
            Some(_) => "never".to_owned(),
            None => String::new(),
        });
    }
    columns.add("hours of\nthe week", |subject| {
        value(subject, Measure::HoursCovered).map_or(String::new(), |hours| count(hours as u64))
    });
    columns.add("sent\nelsewhere", |subject| share(subject, Measure::Redirected));
    columns.table()
}

/// What first answers say, and how conversations go on.
pub(super) fn words(shown: &[&Subject<'_>]) -> Table {
    let mut columns = Columns::new(shown);
    for (heading, measure) in [
        ("to private\nmessages", Measure::ToPrivateMessages),
        ("to the\nphone", Measure::ToPhone),
        ("to\nmail", Measure::ToMail),
        ("to a\npage", Measure::ToPage),
        ("sorry", Measure::Apologizes),
        ("copied", Measure::Copied),
        ("auto-\nmatic", Measure::Automatic),
        ("one\nreply", Measure::OneReply),
        ("same\nperson", Measure::SamePerson),
    ] {
        columns.add(heading, |subject| share(subject, measure));
    }
    columns.add("turns", |subject| {
        value(subject, Measure::Turns).map_or(String::new(), |turns| significant(turns, 2))
    });
    columns.table()
}

/// Whether customers with many followers are answered more often.
pub(super) fn followers(shown: &[&Subject<'_>]) -> Table {
    let mut columns = Columns::new(shown);
    columns.add("answered of the\nbest-followed tenth", |subject| {
        with_interval(subject, Measure::WellFollowedAnswered)
    });
    columns
        .add("answered of\nthe others", |subject| with_interval(subject, Measure::OthersAnswered));
    columns.table()
}

fn value(subject: &Subject<'_>, measure: Measure) -> Option<f64> {
    find(subject, measure).and_then(|finding| finding.value)
}

fn share(subject: &Subject<'_>, measure: Measure) -> String {
    value(subject, measure).map_or(String::new(), percent)
}

/// `43.2% [40.1, 46.3]`.
fn with_interval(subject: &Subject<'_>, measure: Measure) -> String {
    let share = share(subject, measure);
    match find(subject, measure) {
        Some(Finding { value: Some(_), low: Some(low), high: Some(high), .. }) => {
            let [low, high] = [low, high].map(percent);
            let bare = |end: &str| end.trim_end_matches('%').to_owned();
            format!("{share} [{}, {}]", bare(&low), bare(&high))
        }
        _ => share,
    }
}
