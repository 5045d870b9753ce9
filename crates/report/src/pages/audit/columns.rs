//! Columns of a report card: cells about companies, channels and groups.

use heard_contacts::Measure;
use heard_lab::audit::Subject;
use heard_lab::audit::finding::Finding;
use heard_text::number::{count, fixed, percent};
use heard_text::time::rounded as time;

use crate::document::{Align, Table};

/// One row: a subject, what it is called, and of service levels the time within which they are shown.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub subject: &'a Subject<'a>,
    pub label: String,
    pub within: Option<u32>,
}

/// Columns about some subjects, which become a table row by row.
pub(super) struct Columns<'a> {
    rows: &'a [Row<'a>],
    headings: Vec<(String, Align)>,
    cells: Vec<Vec<String>>,
}

impl<'a> Columns<'a> {
    pub fn new(rows: &'a [Row<'a>]) -> Self {
        let names = rows.iter().map(|row| row.label.clone()).collect();
        Self { rows, headings: vec![(String::new(), Align::Left)], cells: vec![names] }
    }

    /// Adds a column of numbers, unless it is empty.
    pub fn add(&mut self, heading: &str, of: impl Fn(&Row<'_>) -> String) {
        let cells: Vec<String> = self.rows.iter().map(of).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.headings.push((heading.to_owned(), Align::Right));
            self.cells.push(cells);
        }
    }

    /// Adds a column for each of these measures, as its unit is written.
    pub fn measures(&mut self, measures: &[Measure], write: impl Fn(&Finding) -> String) {
        for measure in measures {
            let cell = |row: &Row<'_>| row.find(*measure).map_or(String::new(), &write);
            self.add(measure.heading(), cell);
        }
    }

    pub fn table(self) -> Table {
        let mut table = Table::new(self.headings);
        for row in 0..self.rows.len() {
            table.row(self.cells.iter().map(|column| column[row].as_str()));
        }
        table
    }
}

impl Row<'_> {
    /// What the card says of a measure.
    pub fn find(&self, measure: Measure) -> Option<&Finding> {
        let fits = |finding: &&Finding| {
            finding.measure == measure
                && (finding.within.is_none()
                    || self.within.is_none()
                    || finding.within == self.within)
        };
        self.subject.findings.iter().find(fits)
    }

    /// A measure's value.
    pub fn value(&self, measure: Measure) -> Option<f64> {
        self.find(measure).and_then(|finding| finding.value)
    }
}

/// A value in its unit: `43.2%`, `12 min`, `1,234`; nothing where there is none.
pub(super) fn plain(finding: &Finding) -> String {
    let Some(value) = finding.value else { return String::new() };
    match finding.measure.unit() {
        "share" => percent(value),
        "seconds" => time(value),
        "messages" => heard_text::number::significant(value, 2),
        _ if value.fract() == 0.0 => count(value as u64),
        _ => fixed(value, 1),
    }
}

/// `43.2% [40.1, 46.3]`, `12 min [10 min, 14 min]`; `never` for a time that is not reached.
pub(super) fn with_interval(finding: &Finding) -> String {
    let is_time = finding.measure.unit() == "seconds";
    let value = match finding.value {
        Some(_) => plain(finding),
        None if is_time => return "never".to_owned(),
        None => return String::new(),
    };
    match (finding.low, finding.high) {
        (None, None) => value,
        (low, high) if is_time => {
            let texts = [low, high].map(|end| end.map_or("-".to_owned(), time));
            // One unit is enough where all have it.
            let unit = value.find(' ').map_or("", |at| &value[at..]);
            let alike = texts.iter().all(|text| text == "-" || text.ends_with(unit));
            let short = |text: &str| text.strip_suffix(unit).unwrap_or(text).to_owned();
            let [low, high] = if alike { texts.map(|text| short(&text)) } else { texts };
            format!("{value} [{low}, {high}]")
        }
        (low, high) => {
            let [low, high] = [low, high].map(|end| end.map_or("-".to_owned(), percent));
            let bare = |end: &str| end.trim_end_matches('%').to_owned();
            format!("{value} [{}, {}]", bare(&low), bare(&high))
        }
    }
}

/// The same with a `*` behind the value where it rests on few.
pub(super) fn starred(write: fn(&Finding) -> String) -> impl Fn(&Finding) -> String {
    move |finding| {
        let text = write(finding);
        if !finding.is_small() || text.is_empty() {
            return text;
        }
        match text.split_once(" [") {
            Some((value, interval)) => format!("{value}* [{interval}"),
            None => text + "*",
        }
    }
}
