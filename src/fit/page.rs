//! How well the fit does, for people: a table and two charts.

use comfy_table::Cell;
use heard_text::name::safe;

use super::calls::Calls;
use super::goodness::{Beside, Goodness, Outcomes, Spread};
use heard_math::stats::Lifetimes;
use heard_math::stats::lifetimes::Ends;
use heard_report::VERSION;
use heard_report::charts::{self, ChartError, Estimate, Frame, Line};
use heard_report::terminal::layout::{self, Column};
use heard_text::number::{count, percent, significant};
use heard_text::time::rounded as time;

/// Fewer contacts than this in an hour of the day say nothing.
const FEW: u32 = 20;
/// A log of fewer contacts hardly tells the hours of a week.
const FEW_CONTACTS: f64 = 500.0;
/// Replications of which 95% are a range.
const ENOUGH: usize = 20;
/// Curves further apart than this, the simulation is of something else.
const FAR: f64 = 0.25;

/// How a figure is written.
type Written<'a> = &'a dyn Fn(f64) -> String;

/// The table, and what it comes to. `earlier`: what became of the contacts of the days that were
/// fitted, where others are replayed.
#[must_use]
pub fn text(goodness: &Goodness, earlier: Option<&Outcomes>, colour: bool) -> String {
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
    let outside = |row: usize| {
        let Beside { log, simulated } = rows[row].1;
        goodness.simulated.len() >= ENOUGH && (log < simulated.low || log > simulated.high)
    };
    let column = |heading: &str, right: bool, cell: &dyn Fn(usize) -> String| Column {
        heading: heading.to_owned(),
        cells: (0..rows.len()).map(|row| Cell::new(cell(row))).collect(),
        right,
    };
    let table = layout::columns(
        &[
            column("", false, &|row| rows[row].0.to_owned()),
            column("log", true, &|row| (rows[row].2)(rows[row].1.log)),
            column("simulated", true, &|row| (rows[row].2)(rows[row].1.simulated.mean)),
            column("95% of replications", true, &|row| {
                let (_, beside, written) = &rows[row];
                let mark = if outside(row) { " *" } else { "  " };
                let (low, high) = (beside.simulated.low, beside.simulated.high);
                format!("{} to {}{mark}", written(low), written(high))
            }),
        ],
        colour,
    );
    let replications = goodness.simulated.len() as u64;
    let distance = goodness.distance();
    let mut note = String::new();
    if (0..rows.len()).any(outside) {
        note += "*: the log lies outside. ";
    }
    note += &format!(
        "{} {}. The waits of the served differ by {} points at the most (Kolmogorov and Smirnov's distance).",
        count(replications),
        if replications == 1 { "replication" } else { "replications" },
        points(distance),
    );
    if distance > FAR {
        note += " That is far: the scenario does not reproduce the log, and what an arm changes in it says \
                 little.";
    }
    if goodness.log.contacts() < FEW_CONTACTS {
        note += &format!(
            " {} contacts are few to tell a week's hours and people by.",
            count(goodness.log.contacts() as u64)
        );
    }
    match earlier.filter(|_| gives_up(goodness)) {
        Some(earlier) => note += &format!(" {}", hourly(goodness, earlier)),
        None if earlier.is_none() => {
            note += " The scenario was fitted to these very days: this shows whether it reproduces them, not \
                     whether it foretells. `--replay` holds it against days that it has not seen.";
        }
        None => {}
    }
    table + "\n" + &layout::paragraph(&note)
}

/// Whether anybody gives up.
fn gives_up(goodness: &Goodness) -> bool {
    let gave_up = goodness.beside(Outcomes::gave_up_share);
    gave_up.log > 0.0 || gave_up.simulated.high > 0.0
}

/// How far the shares that give up are off, by the hour of each day.
fn hourly(goodness: &Goodness, earlier: &Outcomes) -> String {
    let (ours, theirs) = goodness.hourly_error(earlier);
    format!(
        "In the single hours of those days, the share that gives up is {} points off (root mean square, weighted \
         by contacts); taking for each the mean of that hour on the days fitted would be {} points off.",
        points(ours),
        points(theirs),
    )
}

/// A difference of shares in points of percent.
fn points(difference: f64) -> String {
    significant(100.0 * difference, 2)
}

/// The names of the charts.
pub const PICTURES: [&str; 2] = ["waits", "giving-up"];

/// The charts: name and SVG. `earlier`: as of [`text`].
///
/// # Errors
/// Where one cannot be drawn.
pub fn pictures(
    calls: &Calls,
    goodness: &Goodness,
    earlier: Option<&Outcomes>,
) -> Result<Vec<(&'static str, String)>, ChartError> {
    let footer = format!(
        "heard {VERSION}; {}: {} contacts; {} replications, bands hold 95% of them.",
        safe(&calls.about.name),
        count(calls.calls.len() as u64),
        goodness.simulated.len(),
    );
    let answered = goodness.beside(Outcomes::answered_share);
    let wait = goodness.beside(Outcomes::mean_wait);
    let frame = Frame {
        title: format!(
            "The served wait {} in the log and {} in the simulation; {} and {} are answered",
            time(3600.0 * wait.log),
            time(3600.0 * wait.simulated.mean),
            percent(answered.log),
            percent(answered.simulated.mean),
        ),
        subtitle: format!(
            "Share of contacts that somebody has answered by then; giving up is a competing end. The waits of \
             the served differ by {} points at the most (Kolmogorov and Smirnov's distance).",
            points(goodness.distance())
        ),
        note: String::new(),
        footer: footer.clone(),
    };
    let curves = [of_log(&goodness.log), of_replications(goodness)];
    let mut all = vec![(PICTURES[0], charts::answer_time(&frame, &curves)?)];
    if !gives_up(goodness) {
        return Ok(all);
    }
    let of_hours = earlier.map_or(String::new(), |earlier| hourly(goodness, earlier) + " ");
    let frame = Frame {
        title: "Who gives up, by the hour of the day".to_owned(),
        subtitle: format!(
            "Share of the contacts that came in within the hour and gave up before anybody answered. {of_hours}\
             Hours in which the log has fewer than 20 are left out."
        ),
        note: String::new(),
        footer,
    };
    all.push((PICTURES[1], charts::by_hour(&frame, "share that gives up", &hours(goodness))?));
    Ok(all)
}

fn curve(outcomes: &Outcomes) -> Lifetimes {
    let served = |&wait: &f64| (wait, Ends { event: 1, ..Ends::default() });
    let gave_up = |&wait: &f64| (wait, Ends { competing: 1, ..Ends::default() });
    let waiting = |&wait: &f64| (wait, Ends { censored: 1, ..Ends::default() });
    let (first, second) =
        (outcomes.served.iter().map(served), outcomes.gave_up.iter().map(gave_up));
    Lifetimes::new(first.chain(second).chain(outcomes.waiting.iter().map(waiting)))
}

/// Times at which curves are drawn: so many of each power of ten, from a second to a week.
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
