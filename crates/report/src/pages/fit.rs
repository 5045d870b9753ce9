//! How well a fitted scenario reproduces a log: a table and two charts.

use heard_lab::fit::goodness::{Beside, Goodness, Outcomes, Spread};
use heard_math::stats::Lifetimes;
use heard_math::stats::lifetimes::Ends;
use heard_text::list::{counted, replications};
use heard_text::name::safe;
use heard_text::number::{percent, significant};
use heard_text::time::rounded as time;

use crate::charts::{self, ChartError, Estimate, Frame, Line};
use crate::document::{Align, Document, Figure, Table};
use crate::{ReportError, VERSION};

/// Fewer contacts than this in an hour of the day say nothing.
const FEW: u32 = 20;
/// A log of fewer contacts says little about the hours of a week.
const FEW_CONTACTS: f64 = 500.0;
/// Fewer replications than this give no range of 95%.
const ENOUGH: usize = 20;
/// Where curves are further apart than this, the simulation does not show what the log does.
const FAR: f64 = 0.25;

/// How a quantity is written.
type Written<'a> = &'a dyn Fn(f64) -> String;

/// The table and what it comes to, with these charts at the end.
#[must_use]
pub fn document(goodness: &Goodness, figures: Vec<Figure>) -> Document {
    let seconds = |hours: f64| time(3600.0 * hours);
    let soon = 10.0 / 3600.0;
    let mut rows: Vec<(&str, Beside, Written<'_>)> = vec![
        ("share that is answered", goodness.beside(Outcomes::answered_share), &percent),
        ("share that gives up", goodness.beside(Outcomes::gave_up_share), &percent),
        ("mean wait of the served", goodness.beside(Outcomes::mean_wait), &seconds),
        ("half of the served wait up to", goodness.beside(|o| o.wait(0.5)), &seconds),
        ("90% of the served wait up to", goodness.beside(|o| o.wait(0.9)), &seconds),
        ("served within 10 s", goodness.beside(|o| o.served_within(soon)), &percent),
    ];
    // What is nothing on both sides says nothing.
    rows.retain(|(_, beside, _)| beside.log != 0.0 || beside.simulated.high != 0.0);
    let outside = |Beside { log, simulated }: &Beside| {
        let within = *log >= simulated.low && *log <= simulated.high;
        goodness.simulated.len() >= ENOUGH && log.is_finite() && !within
    };
    let any_outside = rows.iter().any(|(_, beside, _)| outside(beside));
    let numbers = ["log", "simulated", "95% of replications"].map(|name| (name, Align::Right));
    let mark = any_outside.then_some(("", Align::Left));
    let mut table = Table::new([("", Align::Left)].into_iter().chain(numbers).chain(mark));
    for (name, beside, of) in &rows {
        // Nobody was served: there is no wait.
        let written = |value: f64| if value.is_finite() { of(value) } else { "none".to_owned() };
        let Beside { log, simulated: Spread { mean, low, high } } = *beside;
        let range = match mean.is_finite() {
            true => format!("{} to {}", written(low), written(high)),
            false => "none".to_owned(),
        };
        let mark = if outside(beside) { "*" } else { "" };
        table.row([(*name).to_owned(), written(log), written(mean), range, mark.to_owned()]);
    }
    let mut document = Document::new();
    document.table(table);
    document.paragraph(verdict(goodness, any_outside));
    document.with_figures(figures)
}

/// What the table comes to.
fn verdict(goodness: &Goodness, any_outside: bool) -> String {
    let distance = goodness.distance();
    let mut text = String::new();
    if any_outside {
        text += "*: the log lies outside. ";
    }
    if goodness.answers_nobody() {
        text += &format!(
            "{}, in none of which anybody is answered. That is far: the scenario does not reproduce the log, \
             and nothing can be learned from it. Its comments say when people are there; where they are too \
             few or never there, correct `shifts`.",
            replications(goodness.simulated.len() as u64)
        );
        return text;
    }
    text += &format!(
        "{}. The waits of the served differ by at most {} points (Kolmogorov-Smirnov distance).",
        replications(goodness.simulated.len() as u64),
        points(distance),
    );
    if distance > FAR {
        text += " That is far: the scenario does not reproduce the log, and what a policy changes in it \
                 says little.";
    }
    if goodness.log.contacts() < FEW_CONTACTS {
        let contacts = counted(goodness.log.contacts(), "contact is", "contacts are");
        text += &format!(" {contacts} too few to tell the arrivals and the people of a week.");
    }
    if goodness.earlier.is_none() {
        text += " The scenario was fitted to these very days: this shows whether it reproduces them, not \
                 whether it predicts. `--replay` compares it with days that it has not seen.";
    }
    match hourly(goodness) {
        Some(hourly) => text + " " + &hourly,
        None => text,
    }
}

/// Whether anybody gives up.
fn gives_up(goodness: &Goodness) -> bool {
    let gave_up = goodness.beside(Outcomes::gave_up_share);
    gave_up.log > 0.0 || gave_up.simulated.high > 0.0
}

/// How far the shares that give up are off, by the hour of each day; `None` where nobody gives up, or
/// the days are those that were fitted.
fn hourly(goodness: &Goodness) -> Option<String> {
    let (ours, theirs) = goodness.hourly_error().filter(|_| gives_up(goodness))?;
    Some(format!(
        "In the single hours of those days, the share that gives up is {} points off (root mean square, weighted \
         by contacts); taking for each the mean of that hour on the days fitted would be {} points off.",
        points(ours),
        points(theirs),
    ))
}

/// A difference of shares in points of percent.
fn points(difference: f64) -> String {
    significant(100.0 * difference, 2)
}

/// The names of the charts.
pub const FIGURES: [&str; 2] = ["waits", "giving-up"];

/// The charts: how long until somebody answers and, where anybody gives up, who does when.
///
/// # Errors
/// Where one cannot be drawn.
pub fn figures(goodness: &Goodness) -> Result<Vec<Figure>, ReportError> {
    let mut all = vec![Figure::drawn(FIGURES[0], waits(goodness))?];
    if gives_up(goodness) {
        all.push(Figure::drawn(FIGURES[1], giving_up(goodness))?);
    }
    Ok(all)
}

fn footer(goodness: &Goodness) -> String {
    format!(
        "heard {VERSION}; {}: {}; {}, bands hold 95% of them.",
        safe(&goodness.name),
        counted(goodness.contacts as f64, "contact", "contacts"),
        replications(goodness.simulated.len() as u64),
    )
}

fn waits(goodness: &Goodness) -> Result<String, ChartError> {
    let answered = goodness.beside(Outcomes::answered_share);
    let wait = goodness.beside(Outcomes::mean_wait);
    let title = if goodness.answers_nobody() {
        format!("{} are answered in the log, and nobody in the simulation", percent(answered.log))
    } else {
        format!(
            "The served wait {} in the log and {} in the simulation; {} and {} are answered",
            time(3600.0 * wait.log),
            time(3600.0 * wait.simulated.mean),
            percent(answered.log),
            percent(answered.simulated.mean),
        )
    };
    let frame = Frame {
        title,
        subtitle: format!(
            "Share of contacts that are answered by then; giving up is a competing event. The waits of the \
             served differ by at most {} points (Kolmogorov-Smirnov distance).",
            points(goodness.distance())
        ),
        note: String::new(),
        footer: footer(goodness),
    };
    charts::answer_time(&frame, &[of_log(&goodness.log), of_replications(goodness)])
}

fn giving_up(goodness: &Goodness) -> Result<String, ChartError> {
    let of_hours = hourly(goodness).map_or(String::new(), |hourly| hourly + " ");
    let frame = Frame {
        title: "Who gives up, by the hour of the day".to_owned(),
        subtitle: format!(
            "Share of the contacts of each hour that gave up before anybody answered. {of_hours}Hours in \
             which the log has fewer than {FEW} contacts are left out."
        ),
        note: String::new(),
        footer: footer(goodness),
    };
    charts::by_hour(&frame, "share that gives up", &hours(goodness))
}

fn curve(outcomes: &Outcomes) -> Lifetimes {
    let served = |&wait: &f64| (wait, Ends { event: 1, ..Ends::default() });
    let gave_up = |&wait: &f64| (wait, Ends { competing: 1, ..Ends::default() });
    let waiting = |&wait: &f64| (wait, Ends { censored: 1, ..Ends::default() });
    let (first, second) =
        (outcomes.served.iter().map(served), outcomes.gave_up.iter().map(gave_up));
    Lifetimes::new(first.chain(second).chain(outcomes.waiting.iter().map(waiting)))
}

/// Times at which curves are drawn, in hours: 24 in each power of ten, from a second to a week.
fn times() -> impl Iterator<Item = f64> {
    (0..=140).map(|step| libm::pow(10.0, f64::from(step) / 24.0) / 3600.0)
}

fn of_log(log: &Outcomes) -> Line {
    let curve = curve(log);
    let last = curve.steps.last().map_or(0.0, |step| step.time);
    let points = times().take_while(|time| *time <= last * 1.1).map(|time| {
        let event = curve.at(time).map_or(0.0, |step| step.event);
        (time, Estimate { mean: event, low: None, high: None })
    });
    Line { name: "log".to_owned(), points: points.collect() }
}

fn of_replications(goodness: &Goodness) -> Line {
    let curves: Vec<Lifetimes> = goodness.simulated.iter().map(curve).collect();
    let last = curves.iter().filter_map(|c| c.steps.last()).map(|s| s.time).fold(0.0, f64::max);
    let points = times().take_while(|time| *time <= last * 1.1).map(|time| {
        let at = |curve: &Lifetimes| curve.at(time).map_or(0.0, |step| step.event);
        (time, estimate(curves.iter().map(at).collect()))
    });
    Line { name: "simulation".to_owned(), points: points.collect() }
}

fn estimate(values: Vec<f64>) -> Estimate {
    let Spread { mean, low, high } = Spread::of(values);
    Estimate { mean, low: Some(low), high: Some(high) }
}

fn hours(goodness: &Goodness) -> Vec<Line> {
    let told = goodness.log.by_hour_of_day().map(|(_, all)| all >= FEW);
    let share = |outcomes: &Outcomes, hour: usize| {
        let (gave_up, all) = outcomes.by_hour_of_day()[hour];
        (told[hour] && all > 0).then(|| f64::from(gave_up) / f64::from(all))
    };
    let log = (0..24).filter_map(|hour| {
        Some((
            hour as f64 + 0.5,
            Estimate { mean: share(&goodness.log, hour)?, low: None, high: None },
        ))
    });
    let simulated = (0..24).filter_map(|hour| {
        let values: Vec<f64> =
            goodness.simulated.iter().filter_map(|one| share(one, hour)).collect();
        (!values.is_empty()).then(|| (hour as f64 + 0.5, estimate(values)))
    });
    vec![
        Line { name: "log".to_owned(), points: log.collect() },
        Line { name: "simulation".to_owned(), points: simulated.collect() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::terminal;

    fn outcomes(served: &[f64], waiting: &[f64]) -> Outcomes {
        Outcomes { served: served.to_vec(), waiting: waiting.to_vec(), ..Outcomes::default() }
    }

    #[test]
    fn where_the_simulation_answers_nobody_the_page_says_so_and_prints_no_nan() {
        let goodness = Goodness {
            name: "log".to_owned(),
            contacts: 2,
            log: outcomes(&[0.1, 0.2], &[]),
            simulated: vec![outcomes(&[], &[9.0]); ENOUGH],
            earlier: None,
        };
        let page = document(&goodness, figures(&goodness).unwrap());
        let text = terminal::text(&page, 100, false);
        assert!(!text.contains("NaN"), "{text}");
        assert!(text.contains("That is far") && text.contains("in none of which"), "{text}");
        let marked = text.lines().filter(|line| line.trim_end().ends_with('*'));
        assert_eq!(marked.count(), 5, "{text}");
        assert!(figures(&goodness).unwrap().iter().all(|figure| !figure.svg.contains("NaN")));
    }
}
