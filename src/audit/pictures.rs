//! The charts of an audit.

use super::card::WEEK;
use super::measure::Z;
use super::{ALL, Audit, Subject};
use heard_report::VERSION;
use heard_report::charts::{self, ChartError, Estimate, Frame, Heat, Line};
use heard_scenario::calendar::WEEKDAYS;
use heard_text::number::count;
use heard_text::time::rounded as time;

/// Curves in one chart, at the most.
const CURVES: usize = 8;

/// The charts that the log has numbers for: name and SVG.
///
/// # Errors
/// Where one cannot be drawn.
pub fn pictures(audit: &Audit) -> Result<Vec<(&'static str, String)>, ChartError> {
    let subjects = audit.subjects();
    let mut all = Vec::new();
    if let Some(curves) = answer_times(audit, &subjects) {
        all.push(("answer-time", curves?));
    }
    all.push(("hours", hours(audit)?));
    Ok(all)
}

fn footer(audit: &Audit) -> String {
    let about = &audit.about;
    let span = about
        .span
        .map_or(String::new(), |(first, last)| format!(", {} to {}", first.text(), last.text()));
    format!("heard {VERSION}; {}: {} contacts{span}.", about.name, count(about.contacts))
}

fn name(subject: &Subject<'_>, companies: bool) -> String {
    match (companies, subject.company) {
        (_, ALL) => ALL.to_owned(),
        (true, company) => company.to_owned(),
        (false, _) => subject.channel.to_owned(),
    }
}

/// How long until a first answer, a curve for each of those with most contacts.
fn answer_times(audit: &Audit, subjects: &[Subject<'_>]) -> Option<Result<String, ChartError>> {
    let tells = audit.about.tells_answer_rate;
    let several = |name: fn(&Subject<'_>) -> String| {
        let named = subjects.iter().filter(|subject| subject.company != ALL);
        named.clone().any(|subject| Some(name(subject)) != named.clone().next().map(name))
    };
    let (companies, channels) =
        (several(|s| s.company.to_owned()), several(|s| s.channel.to_owned()));
    let mut lines = Vec::new();
    let mut medians = Vec::new();
    for subject in subjects.iter().take(CURVES) {
        let curve = subject.card.answer_times(audit.log_ends(), tells);
        let label = match (companies, channels) {
            (true, true) if subject.company != ALL => {
                format!("{}, {}", subject.company, subject.channel)
            }
            (companies, _) => name(subject, companies || !channels),
        };
        if let Some(median) = curve.quantile(0.5) {
            medians.push((label.clone(), median));
        }
        // As many points as a picture can show.
        let mut last = f64::NEG_INFINITY;
        let mut points = Vec::new();
        for (at, step) in curve.steps.iter().enumerate() {
            let place = libm::log10(step.time.max(1.0));
            if place - last < 0.004 && at + 1 < curve.steps.len() {
                continue;
            }
            last = place;
            let half = Z * step.error;
            let (low, high) = ((step.event - half).max(0.0), (step.event + half).min(1.0));
            let estimate = Estimate { mean: step.event, low: Some(low), high: Some(high) };
            points.push((step.time / 3600.0, estimate));
        }
        if !points.is_empty() {
            // Where all were answered, when half were tells them apart.
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
            "Half have a first answer within {} at {}, within {} at {}",
            time(a.1),
            a.0,
            time(b.1),
            b.0
        ),
        (Some(a), _) => format!("Half have a first answer within {}", time(a.1)),
        _ => "Fewer than half ever get an answer".to_owned(),
    };
    let most = match subjects.iter().filter(|subject| subject.company != ALL).count() {
        all if all > CURVES => format!(" The {CURVES} with most contacts, of {all}."),
        _ => String::new(),
    };
    let subtitle = if tells {
        "Share of contacts with a first answer by then (Aalen and Johansen's estimate: giving up is a \
         competing end, and who still waits when the log ends is cut off). Bands are 95% intervals."
    } else {
        "Share of the answered contacts with a first answer by then. Bands are 95% intervals."
    }
    .to_owned();
    let frame = Frame {
        title,
        subtitle: subtitle + &most,
        note: mind(audit.about.biases.first()),
        footer: footer(audit),
    };
    Some(charts::answer_time(&frame, &lines))
}

fn mind<'a>(biases: impl IntoIterator<Item = &'a String>) -> String {
    let all: Vec<&str> = biases.into_iter().map(String::as_str).collect();
    if all.is_empty() { String::new() } else { format!("Mind: {}.", all.join("; ")) }
}

/// Arrivals and answers by hour and weekday.
fn hours(audit: &Audit) -> Result<String, ChartError> {
    let card = &audit.all;
    let busiest = (0..WEEK).max_by_key(|&at| (card.arrivals[at], WEEK - at)).unwrap_or(0);
    let covered = card.answers.iter().filter(|&&times| times > 0).count();
    let title = format!(
        "Busiest on {} from {}:00; somebody is answered in {covered} of the week's 168 hours",
        WEEKDAYS[busiest / 24],
        busiest % 24
    );
    let frame = Frame {
        title,
        subtitle: "Contacts by the hour in which they came in, and first answers by the hour in which they \
                   were given, by the log's own clock."
            .to_owned(),
        note: mind(&audit.about.biases),
        footer: footer(audit),
    };
    let numbers = |counts: &[u64; WEEK]| counts.iter().map(|&times| times as f64).collect();
    let mut maps = vec![Heat { title: "contacts".to_owned(), hours: numbers(&card.arrivals) }];
    if covered > 0 {
        maps.push(Heat { title: "first answers".to_owned(), hours: numbers(&card.answers) });
    }
    charts::heat(&frame, &maps)
}
