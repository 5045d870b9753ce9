//! What a mystery shopper found in a simulation, arm by arm, with a log of what really happened beside
//! it where there is one.

use heard_lab::audit::Audit;
use heard_lab::audit::shopper::{Visit, Visits};
use heard_lab::experiment::contact_log::file_names;
use heard_scenario::window::Window;
use heard_text::list::{counted, replications};
use heard_text::name::safe;
use heard_text::number::trimmed;
use serde_json::{Value, json};

use super::figures::named;
use super::{Extent, Tables, card, table};
use crate::document::{Document, Figure};
use crate::tables::{Field, Row};
use crate::{Output, ReportError, csv, pictures};

/// The report cards for people, with these charts at their end.
#[must_use]
pub fn document(visits: &Visits, beside: Option<&Audit>, figures: Vec<Figure>) -> Document {
    let mut document = Document::new();
    document.paragraph(about(visits));
    for Visit { arm, audit, .. } in &visits.arms {
        match audit {
            Some(audit) => card(&mut document, audit, Extent::Answers),
            None => {
                document.paragraph(format!(
                    "{}, simulated: no company presents a channel, so there is nothing to probe.",
                    safe(arm)
                ));
            }
        }
    }
    if let Some(audit) = beside {
        document.paragraph("For comparison, a log of what really happened.");
        card(&mut document, audit, Extent::Answers);
    }
    document.with_figures(figures)
}

fn about(visits: &Visits) -> String {
    let run = &visits.run;
    // Probes are posted over the main window only.
    let when = run.counted_windows().first().map(Window::titled).unwrap_or_default();
    format!(
        "A simulation of {}, not a measurement. In each of {} of every arm (seed {}), a mystery shopper \
         posts {} on each channel that a company presents, over {} of {}. A shopper who writes \
         again counts as another contact. The intervals treat probes as independent, although probes of \
         one replication share a company.",
        safe(&visits.scenario),
        replications(visits.replications.into()),
        run.seed,
        counted(visits.probes_per_channel.into(), "probe", "probes"),
        safe(&when),
        trimmed(run.days),
    )
}

/// All of it for other programs.
#[must_use]
pub fn json(visits: &Visits, beside: Option<&Audit>) -> Value {
    let arms = visits.arms.iter().map(|Visit { arm, probes, audit }| {
        json!({ "arm": arm, "probes": probes, "card": audit.as_ref().map(table::json) })
    });
    json!({
        "simulation": {
            "scenario": visits.scenario, "seed": visits.run.seed,
            "replications": visits.replications,
            "probes_per_channel": visits.probes_per_channel,
        },
        "arms": arms.collect::<Vec<Value>>(),
        "beside": beside.map(table::json),
    })
}

/// The tables of all arms: those of an audit with one more column, the arm.
///
/// # Errors
/// Where a table cannot be written.
pub fn tables(visits: &Visits) -> Result<Tables, ReportError> {
    Ok(Tables {
        measures: csv::table(&lines(visits, table::lines))?,
        hours: csv::table(&lines(visits, table::hours))?,
        days: csv::table(&lines(visits, table::days))?,
    })
}

/// The charts of each arm, and of the log.
///
/// # Errors
/// Where one cannot be drawn.
pub fn figures(visits: &Visits, beside: Option<&Audit>) -> Result<Vec<Figure>, ReportError> {
    let mut all = Vec::new();
    let names = file_names(visits.arms.iter().map(|visit| visit.arm.as_str()));
    for (visit, name) in visits.arms.iter().zip(names) {
        if let Some(audit) = &visit.audit {
            all.extend(named(audit, "audit-", &format!("-{name}"))?);
        }
    }
    if let Some(audit) = beside {
        all.extend(named(audit, "audit-beside-", "")?);
    }
    Ok(all)
}

/// Every file: the tables, those of the log, then these charts.
///
/// # Errors
/// Where one cannot be made.
pub fn files<'a>(
    visits: &Visits,
    beside: Option<&Audit>,
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Result<Vec<Output>, ReportError> {
    let mut files = Vec::from(tables(visits)?.outputs("audit"));
    if let Some(audit) = beside {
        files.extend(Tables::of(audit)?.outputs("audit-beside"));
    }
    files.extend(pictures::files(figures)?);
    Ok(files)
}

/// A line of an audit's table with its arm.
struct Line<'a, L> {
    line: L,
    arm: &'a str,
}

impl<L: Row> Line<'_, L> {
    fn with_arm(&self) -> Vec<Field<'_>> {
        let mut fields = self.line.fields();
        fields.push(Field::Text(self.arm));
        fields
    }
}

impl Row for Line<'_, table::Line> {
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
        "arm",
        "within_seconds",
        "by",
        "group",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let mut fields = self.line.fields();
        fields.insert(9, Field::Text(self.arm));
        fields
    }
}

impl Row for Line<'_, table::Hour> {
    const COLUMNS: &'static [&'static str] =
        &["company", "channel", "weekday", "hour", "arrivals", "answers", "arm"];

    fn fields(&self) -> Vec<Field<'_>> {
        self.with_arm()
    }
}

impl Row for Line<'_, table::Day> {
    const COLUMNS: &'static [&'static str] = &[
        "company",
        "channel",
        "day",
        "arrivals",
        "answers",
        "ended",
        "backlog",
        "oldest_seconds",
        "arm",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        self.with_arm()
    }
}

/// The lines that `of` makes of the audit of each arm.
fn lines<L>(visits: &Visits, of: impl Fn(&Audit) -> Vec<L>) -> Vec<Line<'_, L>> {
    let mut all = Vec::new();
    for Visit { arm, audit, .. } in &visits.arms {
        let lines = audit.iter().flat_map(&of);
        all.extend(lines.map(|line| Line { line, arm }));
    }
    all
}
