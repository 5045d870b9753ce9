//! The chart of what is open at the end of each day.

use heard_contacts::moment::day_text;
use heard_lab::audit::card::Card;
use heard_lab::audit::days::Day;
use heard_lab::audit::{ALL, Audit, Subject};
use heard_text::list::counted;

use super::Labels;
use super::figures::{footer, note};
use crate::charts::{self, ChartError, Days, Estimate, Frame, Line, Shaded, Unit};

/// Lines in the chart.
const MOST: usize = 6;

/// Open contacts of inboxes at the end of each day, and the age of the oldest; `None` where there are never any.
pub(super) fn backlog(
    audit: &Audit,
    cards: &[(Subject<'_>, &Card)],
) -> Option<Result<String, ChartError>> {
    let labels = Labels::of(cards.iter().map(|(subject, _)| subject));
    // What is open on the line at midnight are the calls of that minute.
    let is_inbox =
        |subject: &Subject<'_>| subject.company != ALL && subject.holds_the_line == Some(false);
    let named = cards.iter().filter(|(subject, _)| is_inbox(subject));
    let days = named.map(|(subject, card)| (labels.label(subject), audit.days(subject, card)));
    let open = |day: &Day| day.backlog.is_some_and(|open| open > 0);
    let mut all: Vec<(String, Vec<Day>)> = days.filter(|(_, days)| days.iter().any(open)).collect();
    let shown = all.len().min(MOST);
    let hidden = all.len() - shown;
    all.truncate(shown);
    let first = all.iter().filter_map(|(_, days)| days.first()).map(|day| day.day).min()?;
    let most = all.iter().flat_map(|(name, days)| days.iter().map(move |day| (name, day)));
    let (name, worst) = most.max_by_key(|(_, day)| (day.backlog, -day.day))?;
    let of = if all.len() > 1 { format!(" of {name}") } else { String::new() };
    let frame = Frame {
        title: format!(
            "Up to {}{of} are open at the end of a day, on {}",
            counted(worst.backlog.unwrap_or_default() as f64, "contact", "contacts"),
            day_text(worst.day)
        ),
        subtitle: format!(
            "Open: neither closed nor given up nor settled; where the log has no closings, an answer ends a \
             contact. Day 0 is {}; the last day ends with the log.{}",
            day_text(first),
            if hidden > 0 {
                format!(" Not shown: {hidden} with fewer contacts.")
            } else {
                String::new()
            }
        ),
        note: note(&audit.about.caveats[..audit.about.caveats.len().min(1)]),
        footer: footer(audit),
    };
    let panel = |name: &str, meaning: &str, value: fn(&Day) -> Option<f64>| {
        let line = |(name, days): &(String, Vec<Day>)| Line {
            name: name.clone(),
            points: steps(days, first, value),
        };
        Days {
            measure: charts::Measure {
                name: name.to_owned(),
                meaning: meaning.to_owned(),
                unit: Unit::Plain,
            },
            lines: all.iter().map(line).collect(),
            published: Vec::new(),
        }
    };
    let panels = [
        panel("open contacts", "at the end of the day", |day| day.backlog.map(|open| open as f64)),
        panel("age of the oldest", "in days", |day| Some(day.oldest.unwrap_or(0.0) / 86_400.0)),
    ];
    Some(charts::days(&frame, &Shaded::Windows(Vec::new()), &[], &panels))
}

/// A value at the end of each day. On days without any event nothing changes but ages, so that the day before the next
/// event is enough.
fn steps(days: &[Day], first: i64, value: fn(&Day) -> Option<f64>) -> Vec<(f64, Estimate)> {
    let mut points: Vec<(f64, Estimate)> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let Some(mean) = value(day) else { continue };
        let estimate = Estimate { mean, low: None, high: None };
        points.push(((day.day - first) as f64, estimate));
        let next = days.get(at + 1).map_or(day.day, |next| next.day);
        if next > day.day + 1 {
            let idle = (next - 1 - day.day) as f64;
            let later = Day { oldest: day.oldest.map(|age| age + idle * 86_400.0), ..*day };
            let mean = value(&later).unwrap_or(mean);
            points.push(((next - 1 - first) as f64, Estimate { mean, low: None, high: None }));
        }
    }
    points
}
