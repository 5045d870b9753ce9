//! The report card for other programs.

use serde_json::{Value, json};

use heard_contacts::moment::day_text;
use heard_contacts::{Caveat, Container, Encoding, Look};
use heard_lab::audit::days;
use heard_lab::audit::finding::Finding;
use heard_lab::audit::{Audit, Subject};
use heard_scenario::calendar::WEEKDAYS;

use crate::tables::{Field, Row};

/// One line of `audit.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    company: String,
    channel: String,
    finding: Finding,
    by: &'static str,
    group: String,
}

impl Row for Line {
    const COLUMNS: &'static [&'static str] = &[
        "company",
        "channel",
        "measure",
        "unit",
        "value",
        "ci_low",
        "ci_high",
        "n",
        "of",
        "within_seconds",
        "by",
        "group",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let Finding { measure, within, value, low, high, of } = self.finding;
        vec![
            Field::Text(&self.company),
            Field::Text(&self.channel),
            Field::Text(measure.name()),
            Field::Text(measure.unit()),
            Field::Number(value),
            Field::Number(low),
            Field::Number(high),
            Field::Count(of),
            Field::Text(measure.of()),
            Field::Number(within.map(f64::from)),
            Field::Text(self.by),
            Field::Text(&self.group),
        ]
    }
}

/// Every measure of every company and channel, then of every group that they are divided into.
#[must_use]
pub fn lines(audit: &Audit) -> Vec<Line> {
    let by = audit.settings.by.map_or("", |by| by.name());
    let groups = audit.groups();
    let cards = audit.subjects();
    let all =
        cards.iter().map(|subject| (subject, "")).chain(groups.iter().map(|group| (group, by)));
    all.flat_map(|(subject, by)| of_subject(subject, by)).collect()
}

fn of_subject(subject: &Subject<'_>, by: &'static str) -> Vec<Line> {
    let line = |finding: &Finding| Line {
        company: subject.company.to_owned(),
        channel: subject.channel.to_owned(),
        finding: *finding,
        by,
        group: subject.group.clone().unwrap_or_default(),
    };
    subject.findings.iter().map(line).collect()
}

/// One line of `hours.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hour {
    company: String,
    channel: String,
    weekday: &'static str,
    hour: u64,
    arrivals: u64,
    answers: u64,
}

impl Row for Hour {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "weekday", "hour", "arrivals", "answers"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::Text(&self.company),
            Field::Text(&self.channel),
            Field::Text(self.weekday),
            Field::Count(self.hour),
            Field::Count(self.arrivals),
            Field::Count(self.answers),
        ]
    }
}

/// Arrivals and first answers of every company and channel by the hour of the week.
#[must_use]
pub fn hours(audit: &Audit) -> Vec<Hour> {
    let cards = audit.cards();
    let hours = cards.iter().flat_map(|(subject, card)| {
        let counts = card.clock.arrivals.iter().zip(&card.clock.answers).enumerate();
        counts.map(|(at, (&arrivals, &answers))| Hour {
            company: subject.company.to_owned(),
            channel: subject.channel.to_owned(),
            weekday: WEEKDAYS[at / 24],
            hour: (at % 24) as u64,
            arrivals,
            answers,
        })
    });
    hours.collect()
}

/// One line of `days.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    company: String,
    channel: String,
    day: String,
    counts: days::Day,
}

impl Row for Day {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "day", "arrivals", "answers", "ended", "backlog", "oldest_seconds"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::Text(&self.company),
            Field::Text(&self.channel),
            Field::Text(&self.day),
            Field::Count(self.counts.arrived),
            Field::Count(self.counts.answered),
            Field::Count(self.counts.ended),
            Field::Number(self.counts.backlog.map(|open| open as f64)),
            Field::Number(self.counts.oldest),
        ]
    }
}

/// What came in, was answered and was open at the end of every day on which something happened.
#[must_use]
pub fn days(audit: &Audit) -> Vec<Day> {
    let mut all = Vec::new();
    for (subject, card) in audit.cards() {
        all.extend(audit.days(&subject, card).into_iter().map(|counts| Day {
            company: subject.company.to_owned(),
            channel: subject.channel.to_owned(),
            day: day_text(counts.day),
            counts,
        }));
    }
    all
}

/// The whole audit as JSON: every measure, and what is known of the log.
#[must_use]
pub fn json(audit: &Audit) -> Value {
    let about = &audit.about;
    let (groups, cards): (Vec<Line>, Vec<Line>) =
        lines(audit).into_iter().partition(|line| !line.by.is_empty());
    let left_out = about.left_out.iter().filter(|(rows, _)| *rows > 0);
    let left_out = left_out.map(|(rows, what)| json!({ "rows": rows, "what": what.to_string() }));
    let caveats: Vec<String> = about.caveats.iter().map(Caveat::to_string).collect();
    let (first, last) = about.span.map(|(a, b)| (a.text(), b.text())).unzip();
    let mut all = json!({
        "log": {
            "name": about.name, "format": about.format, "rows": about.rows,
            "rows_that_cannot_be_read": about.skipped.rows, "contacts": about.contacts,
            "left_out": left_out.collect::<Vec<Value>>(),
            "first": first, "last": last, "biases": caveats,
            "tells_answer_rate": about.tells_answer_rate,
            "file": about.look.as_ref().map(file),
        },
        "audit": cards.iter().map(value).collect::<Vec<Value>>(),
    });
    if audit.settings.by.is_some() {
        all["groups"] = groups.iter().map(value).collect();
    }
    all
}

/// What the log's file turned out to be.
fn file(look: &Look) -> Value {
    let (kind, sheet) = match &look.container {
        Container::Text => ("text", None),
        Container::Json { lines: true } => ("JSON lines", None),
        Container::Json { lines: false } => ("JSON array", None),
        Container::Sheet { kind, name, .. } => (*kind, Some(name)),
    };
    json!({
        "kind": kind, "sheet": sheet, "gzipped": look.gzipped,
        "encoding": look.encoding.map(Encoding::name),
        "delimiter": look.delimiter.map(|delimiter| char::from(delimiter).to_string()),
        "header_line": look.header, "titles": look.titles, "totals": look.totals,
    })
}

fn value(line: &Line) -> Value {
    let Finding { measure, within, value, low, high, of } = line.finding;
    let mut all = json!({
        "company": line.company, "channel": line.channel, "measure": measure.name(),
        "unit": measure.unit(), "value": value, "ci_low": low, "ci_high": high, "n": of,
        "of": measure.of(),
    });
    if let Some(seconds) = within {
        all["within_seconds"] = seconds.into();
    }
    if !line.by.is_empty() {
        all["by"] = line.by.into();
        all["group"] = line.group.as_str().into();
    }
    all
}
