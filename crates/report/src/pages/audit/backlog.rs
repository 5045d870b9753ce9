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
    let panel = |name: &str, meaning: &str, unit: Unit, value: fn(&Day) -> Option<f64>| {
        let line = |(name, days): &(String, Vec<Day>)| Line {
            name: name.clone(),
            points: steps(days, first, value),
        };
        Days {
            measure: charts::Measure { name: name.to_owned(), meaning: meaning.to_owned(), unit },
            lines: all.iter().map(line).collect(),
            published: Vec::new(),
        }
    };
    let panels = [
        panel("open contacts", "at the end of the day", Unit::Count, |day| {
            day.backlog.map(|open| open as f64)
        }),
        panel("age of the oldest", "in days", Unit::Plain, |day| {
            Some(day.oldest.unwrap_or(0.0) / 86_400.0)
        }),
    ];
    Some(charts::days(&frame, &Shaded::Windows(Vec::new()), &[], &panels))
}

/// A value at the end of each day from `first` on: before the first contact nothing is open. On days without any event
/// nothing changes but ages, so that the day before the next event is enough.
fn steps(days: &[Day], first: i64, value: fn(&Day) -> Option<f64>) -> Vec<(f64, Estimate)> {
    let mut points: Vec<(f64, Estimate)> = Vec::new();
    let before = days.first().map_or(0, |day| day.day - first);
    let nothing = Estimate { mean: 0.0, low: None, high: None };
    if before > 0 {
        points.push((0.0, nothing));
    }
    if before > 1 {
        points.push(((before - 1) as f64, nothing));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64, open: u64) -> Day {
        Day { day, arrived: 0, answered: 0, ended: 0, backlog: Some(open), oldest: Some(86_400.0) }
    }

    #[test]
    fn a_line_begins_with_the_first_day_of_all_and_ages_while_nothing_happens() {
        let open = steps(&[day(13, 2), day(16, 1)], 10, |day| day.backlog.map(|open| open as f64));
        let open: Vec<(f64, f64)> = open.iter().map(|(at, value)| (*at, value.mean)).collect();
        assert_eq!(open, [(0.0, 0.0), (2.0, 0.0), (3.0, 2.0), (5.0, 2.0), (6.0, 1.0)]);
        let ages = steps(&[day(10, 2), day(13, 1)], 10, |day| day.oldest.map(|age| age / 86_400.0));
        let ages: Vec<(f64, f64)> = ages.iter().map(|(at, value)| (*at, value.mean)).collect();
        assert_eq!(ages, [(0.0, 1.0), (2.0, 3.0), (3.0, 1.0)]);
    }
}
