//! The report card for other programs.

use serde_json::{Value, json};

use heard_contacts::Caveat;
use heard_lab::audit::Audit;
use heard_lab::audit::measure::Finding;
use heard_scenario::calendar::WEEKDAYS;

use crate::tables::{Field, Row};

/// One line of `audit.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    company: String,
    channel: String,
    finding: Finding,
}

impl Row for Line {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "measure", "unit", "value", "ci_low", "ci_high", "n", "of"];

    fn fields(&self) -> Vec<Field<'_>> {
        let Finding { measure, value, low, high, of } = self.finding;
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
        ]
    }
}

/// Every measure of every company and channel.
#[must_use]
pub fn lines(audit: &Audit) -> Vec<Line> {
    let subjects = audit.subjects();
    let lines = subjects.iter().flat_map(|subject| {
        subject.findings.iter().map(|&finding| Line {
            company: subject.company.to_owned(),
            channel: subject.channel.to_owned(),
            finding,
        })
    });
    lines.collect()
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
    let subjects = audit.subjects();
    let hours = subjects.iter().flat_map(|subject| {
        let counts = subject.card.arrivals.iter().zip(&subject.card.answers).enumerate();
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

/// The whole audit as JSON: every measure, and what is known of the log.
#[must_use]
pub fn json(audit: &Audit) -> Value {
    let about = &audit.about;
    let findings = lines(audit).into_iter().map(|line| {
        let Finding { measure, value, low, high, of } = line.finding;
        json!({
            "company": line.company, "channel": line.channel, "measure": measure.name(),
            "unit": measure.unit(), "value": value, "ci_low": low, "ci_high": high, "n": of,
            "of": measure.of(),
        })
    });
    let left_out =
        about.left_out.iter().map(|(rows, what)| json!({ "rows": rows, "what": what.to_string() }));
    let caveats: Vec<String> = about.caveats.iter().map(Caveat::to_string).collect();
    let (first, last) = about.span.map(|(a, b)| (a.text(), b.text())).unzip();
    json!({
        "log": {
            "name": about.name, "format": about.format, "rows": about.rows,
            "rows_that_cannot_be_read": about.skipped.rows, "contacts": about.contacts,
            "left_out": left_out.collect::<Vec<Value>>(),
            "first": first, "last": last, "biases": caveats,
            "tells_answer_rate": about.tells_answer_rate,
        },
        "audit": findings.collect::<Vec<Value>>(),
    })
}
