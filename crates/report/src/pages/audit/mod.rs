//! The audit of a log: report cards of companies and channels, as a page, as charts, and as tables for
//! other programs.

mod backlog;
mod clock;
mod columns;
mod figures;
mod sections;
pub mod shopper;
mod table;

use heard_contacts::Look;
use heard_contacts::Measure;
use heard_lab::audit::finding::FEW;
use heard_lab::audit::{ALL, Audit, Subject};
use heard_text::list::{counted, form};
use heard_text::name::safe;
use heard_text::number::count;

use crate::document::{Document, Figure};
use crate::{Output, ReportError, csv, output, pictures};

pub use figures::figures;
pub use table::json;

/// Companies and channels that are shown; all are in the files.
const MOST: usize = 15;
/// Groups that are shown.
const MOST_GROUPS: usize = 40;

/// The report card for people, with these charts at its end.
#[must_use]
pub fn document(audit: &Audit, figures: Vec<Figure>) -> Document {
    let mut document = Document::new();
    card(&mut document, audit, Extent::Whole);
    document.with_figures(figures)
}

/// How much of a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Everything.
    Whole,
    /// Who is answered, how fast and how: one card among several.
    Answers,
}

/// Adds the report card to a document.
fn card(document: &mut Document, audit: &Audit, extent: Extent) {
    let subjects = audit.subjects();
    let shown: Vec<&Subject<'_>> = if subjects.len() > MOST + 2 {
        subjects[..MOST].iter().chain(subjects.last()).collect()
    } else {
        subjects.iter().collect()
    };
    document.paragraph(about(audit));
    document.table(sections::answers(&shown, audit.about.tells_answer_rate));
    if has(&shown, Measure::Turns) {
        document.table(sections::words(&shown));
    }
    if has(&shown, Measure::WellFollowedAnswered) {
        document.table(sections::followers(&shown));
    }
    let hidden = subjects.len() - shown.len();
    if hidden > 0 {
        document.paragraph(format!(
            "Not shown: {} with fewer contacts; `--out` writes them all to audit.csv.",
            count(hidden as u64)
        ));
    }
    if extent == Extent::Whole {
        further(document, audit, &shown);
    }
    document.paragraph(small_print(audit, &shown, extent));
    for caveat in &audit.about.caveats {
        document.note(format!("{caveat}."));
    }
}

/// Channels of which is said what they are taken for.
const MOST_CHANNELS: usize = 5;

/// What channels are taken for: that decides what an end means.
fn channels(audit: &Audit) -> String {
    let lines: Vec<String> = audit
        .lines()
        .take(MOST_CHANNELS)
        .map(|(name, line)| {
            let taken = if line.live { "customers hold the line" } else { "an inbox" };
            format!("{}: {taken} ({})", safe(name), line.basis)
        })
        .collect();
    format!(
        "Channels are taken for what they seem to be. {}. `--line` and `--inbox` change that.",
        lines.join(". ")
    )
}

/// Adds service levels, what became of matters, and groups.
fn further(document: &mut Document, audit: &Audit, shown: &[&Subject<'_>]) {
    document.paragraph(channels(audit));
    for (heading, table) in [
        ("Answered in time", sections::service(shown)),
        ("Resolved and open", sections::resolution(shown)),
    ] {
        if !table.rows.is_empty() {
            document.heading(heading).table(table);
        }
    }
    let Some(by) = audit.settings.by else { return };
    let groups = audit.groups();
    let most = groups.len().min(MOST_GROUPS);
    document.heading(format!("By {}", by.name()));
    document.table(sections::groups(audit, &groups[..most]));
    let mut text = String::new();
    if groups.len() > most {
        text = format!(
            "Not shown: {} more; `--out` writes them all to audit.csv. ",
            counted((groups.len() - most) as f64, "group", "groups")
        );
    }
    if groups.len() >= 10 {
        text += &format!(
            "Each interval holds by itself: with {} groups, expect about {} of every column to lie outside \
             theirs by chance.",
            count(groups.len() as u64),
            (groups.len() as f64 / 20.0).round().max(1.0)
        );
    }
    document.paragraph(text);
}

/// The tables of an audit for other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    /// Every measure of every company and channel: `audit.csv`.
    pub measures: Vec<u8>,
    /// Arrivals and answers by the hour of the week: `audit-hours.csv`.
    pub hours: Vec<u8>,
    /// What came in, was answered and was open by the day: `audit-days.csv`.
    pub days: Vec<u8>,
}

impl Tables {
    /// Of this audit.
    ///
    /// # Errors
    /// Where a table cannot be written.
    pub fn of(audit: &Audit) -> Result<Self, ReportError> {
        Ok(Self {
            measures: csv::table(&table::lines(audit))?,
            hours: csv::table(&table::hours(audit))?,
            days: csv::table(&table::days(audit))?,
        })
    }

    /// As files whose names begin with `start`.
    fn outputs(self, start: &str) -> [Output; 3] {
        [
            output(&format!("{start}.csv"), self.measures),
            output(&format!("{start}-hours.csv"), self.hours),
            output(&format!("{start}-days.csv"), self.days),
        ]
    }
}

/// Every file of an audit: its tables, then these charts.
///
/// # Errors
/// Where one cannot be made.
pub fn files<'a>(
    audit: &Audit,
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Result<Vec<Output>, ReportError> {
    let mut files = Vec::from(Tables::of(audit)?.outputs("audit"));
    files.extend(pictures::files(figures)?);
    Ok(files)
}

/// Whether an audit may write a file of this name into its folder.
#[must_use]
pub fn is_file(name: &str) -> bool {
    const TABLES: [&str; 3] = [".csv", "-hours.csv", "-days.csv"];
    let table = |start: &str| name.strip_prefix(start).is_some_and(|end| TABLES.contains(&end));
    table("audit") || table("audit-beside") || name.starts_with("chart-audit-")
}

/// What the log is, and what of it was left out.
fn about(audit: &Audit) -> String {
    let about = &audit.about;
    let mut text = format!(
        "{}: {} in {} ({})",
        safe(&about.name),
        counted(about.contacts as f64, "contact", "contacts"),
        counted(about.rows as f64, "row", "rows"),
        about.format,
    );
    if let Some((first, last)) = about.span {
        text += &format!(", {} to {}", first.text(), last.text());
        if first.ahead_minutes.is_none() {
            text += " by the log's own clock";
        }
    }
    text += ".";
    let left_out = about.left_out.iter().filter(|(rows, _)| *rows > 0);
    let left_out: Vec<String> = left_out.map(|(rows, what)| what.told(*rows)).collect();
    if !left_out.is_empty() {
        text += &format!(" Left out: {}.", left_out.join("; "));
    }
    if let Some(said) = about.look.as_ref().and_then(Look::said) {
        text += &format!(" {}", safe(&said));
    }
    let skipped = &about.skipped;
    if let Some((line, why)) = skipped.examples.first() {
        let rows = counted(skipped.rows as f64, "row", "rows");
        let are = form(skipped.rows as f64, "is", "are");
        text += &format!(" {rows} cannot be read and {are} left out; line {line}: {}.", safe(why));
    }
    text
}

fn small_print(audit: &Audit, shown: &[&Subject<'_>], extent: Extent) -> String {
    let mut text = "Brackets: 95% intervals.".to_owned();
    text += if audit.about.tells_answer_rate {
        " Times are of all contacts: giving up is a competing event, and contacts that still wait when the \
         log ends are censored; \"never\": fewer than that share are answered."
    } else if has(shown, Measure::Median) {
        " Times are of the contacts that were answered."
    } else {
        ""
    };
    if has(shown, Measure::HoursCovered) {
        text += " Hours of the week: how many of the 168 have a first answer.";
    }
    let whole = extent == Extent::Whole;
    if whole && has(shown, Measure::ServiceLevel) {
        text += " Answered in time: of all contacts offered; of the answered; of the offered, less those who \
                 gave up within that time.";
        let gave_up = audit.all().map_or(0, |all| all.tally.gave_up_untimed);
        if gave_up > 0 {
            text += &format!(
                " {} gave up at a time that the log does not give: they count as offered, and not as having \
                 given up in time.",
                counted(gave_up as f64, "contact", "contacts")
            );
        }
    }
    if whole && has(shown, Measure::ResolutionMedian) {
        text += " Half of all resolved by: contacts that are open when the log ends are censored.";
    }
    if shown.iter().any(|subject| sections::rests_on_few(subject)) {
        text += &format!(" *: some of its figures rest on fewer than {FEW} contacts.");
    } else if shown.iter().any(|subject| subject.findings.iter().any(|one| one.is_small())) {
        text += &format!(" *: rests on fewer than {FEW} contacts.");
    }
    if whole {
        text += " `heard list --metrics` defines every measure.";
    }
    text
}

fn has(shown: &[&Subject<'_>], measure: Measure) -> bool {
    shown.iter().any(|subject| subject.find(measure).is_some())
}

/// How subjects are named: by company, by channel, or by both, whichever differ.
struct Labels {
    companies: bool,
    channels: bool,
}

impl Labels {
    fn of<'a>(subjects: impl Iterator<Item = &'a Subject<'a>> + Clone) -> Self {
        let named = subjects.filter(|subject| subject.company != ALL);
        let several = |name: fn(&'a Subject<'a>) -> &'a str| {
            let mut names = named.clone().map(name);
            let first = names.next();
            names.any(|name| Some(name) != first)
        };
        Self { companies: several(|one| one.company), channels: several(|one| one.channel) }
    }

    /// Whether there are several subjects to tell apart.
    fn several(&self) -> bool {
        self.companies || self.channels
    }

    fn label(&self, subject: &Subject<'_>) -> String {
        let (company, channel) = (safe(subject.company), safe(subject.channel));
        match (self.companies, self.channels) {
            _ if subject.company == ALL => ALL.to_owned(),
            (true, true) => format!("{company}, {channel}"),
            (false, true) => channel,
            _ => company,
        }
    }
}
