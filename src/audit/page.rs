//! The report card for people.

use comfy_table::Cell;
use heard_text::name::safe;

use super::measure::{Finding, Measure};
use super::{ALL, Audit, Subject};
use heard_report::terminal::layout::{self, Column};
use heard_text::number::{count, percent, significant};
use heard_text::time::rounded as time;

/// Companies and channels that are shown; all are in the files.
const MOST: usize = 15;

/// The whole text, at most 100 columns wide.
#[must_use]
pub fn text(audit: &Audit, colour: bool) -> String {
    let subjects = audit.subjects();
    let shown: Vec<&Subject<'_>> = if subjects.len() > MOST + 2 {
        subjects[..MOST].iter().chain(subjects.last()).collect()
    } else {
        subjects.iter().collect()
    };
    let mut parts = vec![layout::paragraph(&about(audit))];
    parts.push(answers(&shown, audit.about.tells_answer_rate, colour));
    parts.push(words(&shown, colour));
    parts.push(followers(&shown, colour));
    let hidden = subjects.len() - shown.len();
    if hidden > 0 {
        parts.push(layout::paragraph(&format!(
            "{hidden} more with fewer contacts are in audit.csv."
        )));
    }
    parts.push(layout::paragraph(&small_print(audit, &shown)));
    parts
        .extend(audit.about.biases.iter().map(|bias| layout::paragraph(&format!("Mind: {bias}."))));
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n")
}

fn about(audit: &Audit) -> String {
    let about = &audit.about;
    let mut text = format!(
        "{}: {} contacts in {} rows ({})",
        safe(&about.name),
        count(about.contacts),
        count(about.rows),
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
    let left_out: Vec<String> =
        left_out.map(|(rows, what)| format!("{} {what}", count(*rows))).collect();
    if !left_out.is_empty() {
        text += &format!(" Left out: {}.", left_out.join("; "));
    }
    let skipped = &about.skipped;
    if let Some((line, why)) = skipped.examples.first() {
        let plural = if skipped.rows == 1 { "row" } else { "rows" };
        text += &format!(
            " {} {plural} cannot be read and {} left out; line {line}: {}.",
            count(skipped.rows),
            if skipped.rows == 1 { "is" } else { "are" },
            safe(why),
        );
    }
    text
}

fn find(subject: &Subject<'_>, measure: Measure) -> Option<Finding> {
    subject.findings.iter().find(|finding| finding.measure == measure).copied()
}

/// Who it is about: the names that differ.
fn subjects(shown: &[&Subject<'_>]) -> Column {
    let differ = |name: fn(&Subject<'_>) -> String| {
        let mut names: Vec<String> = shown.iter().map(|subject| name(subject)).collect();
        names.retain(|name| name != ALL);
        names.dedup();
        names.len() > 1
    };
    let companies = differ(|subject| subject.company.to_owned());
    let channels = differ(|subject| subject.channel.to_owned());
    let cells = shown.iter().map(|subject| {
        Cell::new(match (companies, channels) {
            _ if subject.company == ALL => ALL.to_owned(),
            (true, true) => format!("{}, {}", safe(subject.company), safe(subject.channel)),
            (false, true) => safe(subject.channel),
            _ => safe(subject.company),
        })
    });
    Column { heading: String::new(), cells: cells.collect(), right: false }
}

fn column(shown: &[&Subject<'_>], heading: &str, of: impl Fn(&Subject<'_>) -> String) -> Column {
    let cells = shown.iter().map(|subject| Cell::new(of(subject))).collect();
    Column { heading: heading.to_owned(), cells, right: true }
}

fn share(subject: &Subject<'_>, measure: Measure, interval: bool) -> String {
    let Some(Finding { value: Some(value), low, high, .. }) = find(subject, measure) else {
        return String::new();
    };
    match (interval, low, high) {
        (true, Some(low), Some(high)) => {
            let low = percent(low);
            format!(
                "{} [{}, {}]",
                percent(value),
                low.trim_end_matches('%'),
                percent(high).trim_end_matches('%')
            )
        }
        _ => percent(value),
    }
}

fn answers(shown: &[&Subject<'_>], tells_answer_rate: bool, colour: bool) -> String {
    let mut columns = vec![subjects(shown)];
    columns.push(column(shown, "contacts", |subject| {
        let few = if subject.findings.iter().any(Finding::is_small) { "*" } else { "" };
        count(subject.card.contacts()) + few
    }));
    if tells_answer_rate {
        columns.push(column(shown, "answered", |s| share(s, Measure::Answered, true)));
        columns.push(column(shown, "gave up", |s| share(s, Measure::GaveUp, false)));
        // Nobody who still waits is worth no column.
        let waits =
            |s: &&&Subject<'_>| find(s, Measure::StillWaiting).and_then(|f| f.value) > Some(0.0);
        if shown.iter().any(|subject| waits(&subject)) {
            columns
                .push(column(shown, "still\nwaiting", |s| share(s, Measure::StillWaiting, false)));
        }
    }
    for (heading, measure) in [
        ("first answer,\nhalf by", Measure::Median),
        ("first answer,\n90% by", Measure::NinetiethPercentile),
    ] {
        columns.push(column(shown, heading, |subject| match find(subject, measure) {
            Some(Finding { value: Some(value), low, high, .. }) => {
                let end = |end: Option<f64>| end.map_or("-".to_owned(), time);
                format!("{} [{}, {}]", time(value), end(low), end(high))
            }
            Some(_) => "never".to_owned(),
            None => String::new(),
        }));
    }
    columns.push(column(shown, "hours of\nthe week", |subject| {
        find(subject, Measure::HoursCovered)
            .map_or(String::new(), |finding| count(finding.value.unwrap_or(0.0) as u64))
    }));
    columns.push(column(shown, "sent\nelsewhere", |s| share(s, Measure::Redirected, false)));
    columns.retain(|column| column.cells.iter().any(|cell| !cell.content().is_empty()));
    layout::columns(&columns, colour)
}

fn words(shown: &[&Subject<'_>], colour: bool) -> String {
    if shown.iter().all(|subject| find(subject, Measure::Turns).is_none()) {
        return String::new();
    }
    let mut columns = vec![subjects(shown)];
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
        columns.push(column(shown, heading, |subject| share(subject, measure, false)));
    }
    columns.push(column(shown, "turns", |subject| {
        find(subject, Measure::Turns)
            .and_then(|finding| finding.value)
            .map_or(String::new(), |turns| significant(turns, 2))
    }));
    layout::columns(&columns, colour)
}

fn followers(shown: &[&Subject<'_>], colour: bool) -> String {
    if shown.iter().all(|subject| find(subject, Measure::WellFollowedAnswered).is_none()) {
        return String::new();
    }
    let columns = [
        subjects(shown),
        column(shown, "answered of the\nbest-followed tenth", |s| {
            share(s, Measure::WellFollowedAnswered, true)
        }),
        column(shown, "answered of\nthe others", |s| share(s, Measure::OthersAnswered, true)),
    ];
    layout::columns(&columns, colour)
}

fn small_print(audit: &Audit, shown: &[&Subject<'_>]) -> String {
    let mut text = "Brackets: 95% intervals".to_owned();
    text += if audit.about.tells_answer_rate {
        "; times of all contacts, giving up being a competing end, cut off where the log ends; \"never\": \
         that share is not answered."
    } else {
        "; times of those who were answered."
    };
    text += " Hours of the week: of 168, those in which anybody was answered.";
    if shown.iter().any(|subject| subject.findings.iter().any(Finding::is_small)) {
        text += " *: some of it rests on fewer than 30.";
    }
    text
}
