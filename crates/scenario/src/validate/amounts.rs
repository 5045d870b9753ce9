//! Times and numbers that must leave something to simulate, and no more than can be simulated.

use super::{Finding, finding, windows};
use crate::Scenario;
use crate::source::path_text;
use crate::worth::{Unit, points};
use heard_text::list::{counted, days};
use heard_text::number::{roughly, trimmed};

/// Maximum number of arrivals of one source in one replication: their numbers key their draws, and from
/// 2^31 on they belong to detractors, probes and mistakes.
const MOST_ARRIVALS: f64 = 2e9;

/// Maximum number of people over all shifts of a team.
pub const MOST_PEOPLE: u64 = 10_000_000;

/// The same where they are told apart: by rating, by skill, or by signing with their names.
pub const MOST_KNOWN_PEOPLE: u64 = 65_535;
/// More sections of a kind than can be simulated. To be asked first: what fits what among very many
/// takes long to find out.
pub fn too_many(arm: &Scenario, found: &mut Vec<Finding>) {
    for (section, names) in
        [("stream", arm.stream.len()), ("team", arm.team.len()), ("channel", arm.channel.len())]
    {
        if names > 255 {
            found.push(finding(
                &[section],
                format!("{section}: {names} are more than the 255 that can be simulated"),
                "leave some out",
            ));
        }
    }
}

/// Everything wrong with times and numbers.
pub fn errors(arm: &Scenario, found: &mut Vec<Finding>) {
    people(arm, found);
    time(arm, found);
    work(arm, found);
}

fn people(arm: &Scenario, found: &mut Vec<Finding>) {
    for (name, team) in &arm.team {
        let people: u64 = team.shifts.iter().map(|shift| u64::from(shift.people)).sum();
        let known = team.named || team.ratings_shown || team.skill_sd > 0.0;
        let (most, why) = match known {
            true => (MOST_KNOWN_PEOPLE, " that can be told apart"),
            false => (MOST_PEOPLE, " that can be simulated"),
        };
        if people > most {
            found.push(finding(
                &["team", name, "shifts"],
                format!("team.{name}.shifts: {people} people in all are more than the {most}{why}"),
                "fewer people, or a team without `named`, `ratings_shown` and `skill_sd`",
            ));
        }
    }
}

fn time(arm: &Scenario, found: &mut Vec<Finding>) {
    let run = &arm.run;
    if run.warmup_days + run.margin_days >= run.days {
        found.push(finding(
            &["run", "days"],
            format!(
                "run.days: nothing is left to count of {} after {} of warm-up and {} of margin",
                days(run.days),
                days(run.warmup_days),
                days(run.margin_days)
            ),
            format!("write `days = {}` or more", run.warmup_days + run.margin_days + 30.0),
        ));
    } else {
        windows::errors(run, found);
        windows::without_probes(arm, found);
    }
    for unit in Unit::ALL {
        found.extend(run.worth.of(unit).and_then(|range| too_narrow(unit, range)));
    }
    if run.headline.is_empty() {
        found.push(finding(
            &["run", "headline"],
            "run.headline: name at least one metric to give a verdict on",
            "write `headline = [\"resolved_per_failure\"]`",
        ));
    }
    for (index, metric) in run.headline.iter().enumerate() {
        if run.headline[..index].contains(metric) {
            found.push(finding(
                &["run", "headline", &index.to_string()],
                format!("run.headline: `{metric}` stands here twice"),
                "name each metric once",
            ));
        }
    }
}

/// A range of worth whose points a table would not tell apart.
fn too_narrow(unit: Unit, range: [f64; 2]) -> Option<Finding> {
    let [low, high] = range;
    let name = unit.name();
    let shown = points(range).map(trimmed);
    let wrong = match low < high {
        true if shown.windows(2).all(|two| two[0] != two[1]) => return None,
        true => "is too narrow: a table would not tell its points apart",
        false => "is not a range",
    };
    Some(finding(
        &["run", "worth", name],
        format!("run.worth.{name}: from {low} to {high} {wrong}"),
        format!("write the least and the most that it may be worth, as in `{name} = [5, 50]`"),
    ))
}

fn work(arm: &Scenario, found: &mut Vec<Finding>) {
    let customers = &arm.customers;
    if customers.count == 0 && arm.stream.is_empty() {
        found.push(finding(
            &["customers", "count"],
            "nobody ever has a problem: the scenario has neither customers nor a stream",
            "write `[customers]` with `count = 20_000`, or a `[stream.NAME]`",
        ));
    }
    if customers.count > 0 && arm.channel.is_empty() {
        found.push(finding(
            &["channel"],
            "the customers have nowhere to speak up: the scenario has no channel",
            "write a `[channel.NAME]`",
        ));
    }
    if customers.market() < f64::from(customers.count) {
        found.push(finding(
            &["customers", "market_size"],
            format!(
                "customers.market_size: {} cannot hold {}",
                counted(customers.market(), "person", "people"),
                counted(customers.count.into(), "customer", "customers")
            ),
            "the market includes the customers",
        ));
    }
    let mut before = (0.0, 0.0);
    for (index, point) in customers.reply_expected_hours.iter().enumerate() {
        if point.share <= before.0 || point.hours <= before.1 || point.share >= 1.0 {
            found.push(finding(
                &["customers", "reply_expected_hours", &index.to_string()],
                "customers.reply_expected_hours: shares (below 1) and hours must rise from point to point",
                "write for instance `[{ share = 0.20, hours = 0.5 }, { share = 0.72, hours = 1.0 }]`",
            ));
        }
        before = (point.share, point.hours);
    }
    let mut flat = |path: &[&str], weights: &[f64]| {
        if weights.iter().all(|&weight| weight == 0.0) {
            found.push(finding(
                path,
                format!("{}: all weights are 0, so nothing can ever happen", path_text(path)),
                "write at least one weight above 0",
            ));
        }
    };
    flat(&["customers", "by_hour"], &customers.by_hour);
    flat(&["customers", "by_weekday"], &customers.by_weekday);
    for (name, stream) in &arm.stream {
        flat(&["stream", name, "by_hour"], stream.by_hour.as_deref().unwrap_or(&[1.0]));
        flat(&["stream", name, "by_weekday"], stream.by_weekday.as_deref().unwrap_or(&[1.0]));
        let of_week = stream.by_hour_of_week.as_deref();
        flat(&["stream", name, "by_hour_of_week"], of_week.unwrap_or(&[1.0]));
    }
    for (name, stream) in &arm.stream {
        if stream.by_hour_of_week.is_some()
            && (stream.by_hour.is_some() || stream.by_weekday.is_some())
        {
            found.push(finding(
                &["stream", name, "by_hour_of_week"],
                format!(
                    "stream.{name}.by_hour_of_week says what by_hour and by_weekday say as well"
                ),
                "write either the one or the others",
            ));
        }
    }
    let hours = arm.run.end_hours();
    let company = &arm.company;
    let occasions = company.failures_per_customer_month
        + company.questions_per_customer_month
        + company.misconceptions_per_customer_month
        + company.delights_per_customer_month;
    let most = f64::from(customers.count) * occasions * arm.run.days / 30.0;
    let population = [(vec!["customers", "count"], most)].into_iter();
    let streams =
        arm.stream.iter().map(|(name, stream)| (vec!["stream", name], stream.per_hour * hours));
    for (path, count) in population.chain(streams).filter(|(_, count)| *count > MOST_ARRIVALS) {
        found.push(finding(
            &path,
            format!(
                "{}: about {} arrivals are more than can be told apart",
                path_text(&path),
                roughly(count as u64)
            ),
            "2 billion in one replication are the most: shorten run.days or lower the rate",
        ));
    }
}
