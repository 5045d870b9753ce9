//! The charts of an audit.

use heard_contacts::Caveat;
use heard_lab::audit::clock::{Clock, WEEK};
use heard_lab::audit::finding::Z;
use heard_lab::audit::{ALL, Audit, Subject};
use heard_math::stats::Lifetimes;
use heard_scenario::calendar::WEEKDAYS;
use heard_text::list::counted;
use heard_text::number::count;
use heard_text::time::rounded as time;

use super::{Labels, backlog, clock};
use crate::charts::{self, ChartError, Estimate, Frame, Heat, Line, Scale};
use crate::document::Figure;
use crate::{ReportError, VERSION};

/// Most curves in one chart.
const CURVES: usize = 8;
/// Points of a curve lie at least so far apart, in powers of ten of a second: closer ones cannot be
/// told apart in a picture.
const APART: f64 = 0.004;
/// Steps that lie further apart have a corner, in powers of ten of a second.
const CORNER: f64 = 2.0 * APART;

/// The charts that the log has numbers for.
///
/// # Errors
/// Where one cannot be drawn.
pub fn figures(audit: &Audit) -> Result<Vec<Figure>, ReportError> {
    let mut all = named(audit, "audit-", "")?;
    let cards = audit.cards();
    for (name, svg) in [
        ("audit-waits-by-hour", clock::waits(audit, &cards)),
        ("audit-service-level", clock::service_levels(audit, &cards)),
        ("audit-backlog", backlog::backlog(audit, &cards)),
    ] {
        all.extend(svg.map(|svg| Figure::drawn(name, svg)).transpose()?);
    }
    Ok(all)
}

/// The charts of first answers, with `start` before their names and `end` behind them.
pub(super) fn named(audit: &Audit, start: &str, end: &str) -> Result<Vec<Figure>, ReportError> {
    let subjects = audit.subjects();
    let drawn = |name: &str, svg| Figure::drawn(format!("{start}{name}{end}"), svg);
    let curves = answer_times(audit, &subjects).map(|svg| drawn("answer-time", svg));
    let hours = audit.all().map(|all| drawn("hours", hours(audit, &all.clock)));
    curves.into_iter().chain(hours).collect()
}

pub(super) fn footer(audit: &Audit) -> String {
    let about = &audit.about;
    let span = about
        .span
        .map_or(String::new(), |(first, last)| format!(", {} to {}", first.text(), last.text()));
    let contacts = counted(about.contacts as f64, "contact", "contacts");
    format!("heard {VERSION}; {}: {contacts}{span}.", about.name)
}

/// How long until a first answer, a curve for each of those with most contacts.
fn answer_times(audit: &Audit, subjects: &[Subject<'_>]) -> Option<Result<String, ChartError>> {
    let tells = audit.about.tells_answer_rate;
    let labels = Labels::of(subjects.iter());
    let mut lines = Vec::new();
    let mut medians = Vec::new();
    for subject in subjects.iter().take(CURVES) {
        let curve = subject.tally.answer_times(audit.log_ends(), tells);
        let label = labels.label(subject);
        if let Some(median) = curve.quantile(0.5) {
            medians.push((label.clone(), median));
        }
        let points = points(&curve);
        if !points.is_empty() {
            // Where all are answered, the median tells the curves apart.
            let name = match curve.quantile(0.5).filter(|_| !tells) {
                Some(median) => format!("{label}, half by {}", time(median)),
                None => label,
            };
            lines.push(Line { name, points });
        }
    }
    if lines.is_empty() {
        return None;
    }
    let fastest = medians.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let slowest = medians.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let title = match (fastest, slowest) {
        (Some(a), Some(b)) if a.0 != b.0 => format!(
            "Half get a first answer within {} on {}, within {} on {}",
            time(a.1),
            a.0,
            time(b.1),
            b.0
        ),
        (Some(a), _) => format!("Half get a first answer within {}", time(a.1)),
        _ => "Fewer than half ever get an answer".to_owned(),
    };
    let most = match subjects.iter().filter(|subject| subject.company != ALL).count() {
        all if all > CURVES => {
            format!(" The {CURVES} with most contacts, of {}.", count(all as u64))
        }
        _ => String::new(),
    };
    let subtitle = if tells {
        "Share of contacts with a first answer by then (Aalen-Johansen estimate: giving up is a competing \
         event, and contacts that still wait when the log ends are censored). Bands are 95% intervals."
    } else {
        "Share of the answered contacts with a first answer by then. Bands are 95% intervals."
    }
    .to_owned();
    let frame = Frame {
        title,
        subtitle: subtitle + &most,
        note: note(&audit.about.caveats[..audit.about.caveats.len().min(1)]),
        footer: footer(audit),
    };
    Some(charts::answer_time(&frame, &lines))
}

/// The curve of an estimate, its interval cut to shares: level from each step to the next.
fn points(curve: &Lifetimes) -> Vec<(f64, Estimate)> {
    let mut last = f64::NEG_INFINITY;
    let mut points: Vec<(f64, Estimate)> = Vec::new();
    for (at, step) in curve.steps.iter().enumerate() {
        let place = libm::log10(step.time.max(1.0));
        if place - last < APART && at + 1 < curve.steps.len() {
            continue;
        }
        if let Some((_, before)) = points.last().copied().filter(|_| place - last > CORNER) {
            points.push((step.time / 3600.0, before));
        }
        last = place;
        let half = Z * step.error;
        let (low, high) = ((step.event - half).max(0.0), (step.event + half).min(1.0));
        let estimate = Estimate { mean: step.event, low: Some(low), high: Some(high) };
        points.push((step.time / 3600.0, estimate));
    }
    points
}

pub(super) fn note(caveats: &[Caveat]) -> String {
    let all: Vec<String> = caveats.iter().map(Caveat::to_string).collect();
    if all.is_empty() { String::new() } else { format!("Note: {}.", all.join("; ")) }
}

/// Arrivals and answers by hour and weekday.
fn hours(audit: &Audit, card: &Clock) -> Result<String, ChartError> {
    let busiest = (0..WEEK).max_by_key(|&at| (card.arrivals[at], WEEK - at)).unwrap_or(0);
    let covered = card.answers.iter().filter(|&&times| times > 0).count();
    let title = format!(
        "Busiest on {} from {}:00; first answers come in {covered} of the week's 168 hours",
        WEEKDAYS[busiest / 24],
        busiest % 24
    );
    let frame = Frame {
        title,
        subtitle: "Contacts by the hour in which they came in, and first answers by the hour in which they \
                   were given, by the log's own clock."
            .to_owned(),
        note: note(&audit.about.caveats),
        footer: footer(audit),
    };
    let counts = |title: &str, counts: &[u64; WEEK]| Heat {
        title: title.to_owned(),
        hours: counts.iter().map(|&times| times as f64).collect(),
        scale: Scale::Counts,
    };
    let mut maps = vec![counts("contacts", &card.arrivals)];
    if covered > 0 {
        maps.push(counts("first answers", &card.answers));
    }
    charts::heat(&frame, &maps)
}
