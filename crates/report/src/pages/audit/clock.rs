//! Charts of waits and service levels by the hour.

use heard_contacts::Measure;
use heard_lab::audit::card::Card;
use heard_lab::audit::{ALL, Audit, Subject};
use heard_scenario::calendar::WEEKDAYS;
use heard_text::number::percent;
use heard_text::time::rounded as time;

use super::Labels;
use super::figures::{footer, note};
use super::sections::exact;
use crate::charts::{self, ChartError, Estimate, Frame, Heat, Line, Scale, Waits};

/// Companies and channels that a chart shows, those with most contacts first.
const MOST: usize = 3;
/// Hours with fewer answers, or contacts, are left out: what they say is chance.
const LEAST: u64 = 5;
/// Hours with fewer contacts are in no title.
const ENOUGH: u64 = 30;

/// The companies and channels with most contacts.
fn first<'a>(
    cards: &'a [(Subject<'a>, &'a Card)],
) -> impl Iterator<Item = &'a (Subject<'a>, &'a Card)> {
    cards.iter().filter(|(subject, _)| subject.company != ALL).take(MOST)
}

fn labels(cards: &[(Subject<'_>, &Card)]) -> impl Fn(&Subject<'_>) -> String {
    let labels = Labels::of(cards.iter().map(|(subject, _)| subject));
    move |subject| labels.label(subject)
}

/// Mentions those that are not shown.
fn others(cards: &[(Subject<'_>, &Card)]) -> String {
    match cards.iter().filter(|(subject, _)| subject.company != ALL).count() {
        all if all > MOST => format!(" The {MOST} with most contacts, of {all}."),
        _ => String::new(),
    }
}

/// How long the answered waited, by the hour of the day in which they came in.
pub(super) fn waits(
    audit: &Audit,
    cards: &[(Subject<'_>, &Card)],
) -> Option<Result<String, ChartError>> {
    let label = labels(cards);
    let mut panels = Vec::new();
    let mut longest: Option<(f64, usize, String)> = None;
    for (subject, card) in first(cards) {
        let mut lines = [("half by", Vec::new()), ("90% by", Vec::new())];
        for hour in 0..24 {
            let ([half, most], answers) = card.clock.waits(hour, [0.5, 0.9]);
            if answers < LEAST {
                continue;
            }
            if answers >= ENOUGH && longest.as_ref().is_none_or(|(longest, ..)| half > *longest) {
                longest = Some((half, hour, label(subject)));
            }
            for ((_, points), seconds) in lines.iter_mut().zip([half, most]) {
                let value = Estimate { mean: seconds / 3600.0, low: None, high: None };
                points.push((hour as f64 + 0.5, value));
            }
        }
        let lines = lines.map(|(name, points)| Line { name: name.to_owned(), points });
        panels.push(Waits { title: label(subject), lines: lines.into() });
    }
    if panels.iter().all(|panel| panel.lines.iter().all(|line| line.points.is_empty())) {
        return None;
    }
    let (title, which) = match longest {
        Some((seconds, hour, whose)) => {
            let of = if panels.len() > 1 { format!(" ({whose})") } else { String::new() };
            let half = time(seconds);
            (
                format!(
                    "Waits are longest from {hour}:00{of}: half of the answered have an answer within {half}"
                ),
                format!(" The title gives the longest with {ENOUGH} answers or more."),
            )
        }
        None => (
            "How long the answered waited, by the hour in which they came in".to_owned(),
            String::new(),
        ),
    };
    let frame = Frame {
        title,
        subtitle: format!(
            "Time until the first answer of those who were answered, on a logarithmic scale; what is \
             shorter than a second is drawn at 1 s. Hours with fewer than {LEAST} answers are left out.{which}{}",
            others(cards)
        ),
        note: note(&audit.about.caveats[..audit.about.caveats.len().min(1)]),
        footer: footer(audit),
    };
    Some(charts::waits(&frame, &panels))
}

/// The share answered in time, by hour and weekday.
pub(super) fn service_levels(
    audit: &Audit,
    cards: &[(Subject<'_>, &Card)],
) -> Option<Result<String, ChartError>> {
    if !audit.about.tells_answer_rate {
        return None;
    }
    let label = labels(cards);
    let mut maps = Vec::new();
    let mut worst: Option<(f64, usize, (String, String))> = None;
    for (subject, card) in first(cards) {
        let within = subject.find(Measure::ServiceLevel).and_then(|finding| finding.within);
        let Some((seconds, hours)) =
            within.and_then(|seconds| Some((seconds, card.clock.service_level(seconds)?)))
        else {
            continue;
        };
        let known = hours.map(|share| if share.trials < LEAST { f64::NAN } else { share.value() });
        for (hour, share) in hours.iter().enumerate().filter(|(_, share)| share.trials >= ENOUGH) {
            if worst.as_ref().is_none_or(|(worst, ..)| share.value() < *worst) {
                worst = Some((share.value(), hour, (exact(seconds), label(subject))));
            }
        }
        if known.iter().any(|share| share.is_finite()) {
            maps.push(Heat {
                title: format!("{}: answered within {}", label(subject), exact(seconds)),
                hours: known.into(),
                scale: Scale::Shares(format!("fewer than {LEAST} contacts")),
            });
        }
    }
    if maps.is_empty() {
        return None;
    }
    let which = match worst {
        Some(_) => format!(" The title gives the worst hour with {ENOUGH} contacts or more."),
        None => String::new(),
    };
    let title = match worst {
        Some((share, hour, (time, whose))) => format!(
            "On {} from {}:00, {} are answered within {time}{}",
            WEEKDAYS[hour / 24],
            hour % 24,
            percent(share),
            if maps.len() > 1 { format!(" ({whose})") } else { String::new() }
        ),
        None => "Who is answered in time, by the hour in which they came in".to_owned(),
    };
    let frame = Frame {
        title,
        subtitle: format!(
            "Share of all contacts offered that were answered within the time, by the hour in which they came \
             in; those who still wait when the log ends count as not answered.{which}{}",
            others(cards)
        ),
        note: note(&audit.about.caveats[..audit.about.caveats.len().min(1)]),
        footer: footer(audit),
    };
    Some(charts::heat(&frame, &maps))
}
