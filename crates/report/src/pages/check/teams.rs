//! Teams in sentences: their channels, shifts, powers and incentives.

use heard_scenario::Scenario;
use heard_scenario::team::{Power, Reward, Shift, Team};
use heard_text::list::{counted, list};
use heard_text::number::trimmed;

/// One paragraph for each team.
#[must_use]
pub fn lines(arm: &Scenario) -> Vec<String> {
    let mut lines: Vec<String> =
        arm.team.iter().map(|(name, team)| paragraph(name, team, arm.run.days)).collect();
    if !arm.team.is_empty() && arm.team.values().all(|team| team.channels.is_empty()) {
        lines.push("No team handles a channel: at most automatic replies are sent.".to_owned());
    }
    lines
}

/// Shifts that are listed one by one; more are only counted.
const MOST_SHIFTS: usize = 12;

fn paragraph(name: &str, team: &Team, days: f64) -> String {
    let weeks = (days / 7.0).ceil().max(1.0);
    let hours: f64 = team.shifts.iter().map(|shift| hours_a_week(shift, weeks)).sum();
    if team.channels.is_empty() {
        let idle = if hours > 0.0 {
            format!(", for {} staffed hours a week", trimmed(hours))
        } else {
            String::new()
        };
        return format!("Team {name} handles no channel{idle}.");
    }
    let shifts: Vec<String> = team.shifts.iter().map(shift).collect();
    let shifts = if shifts.is_empty() {
        "never staffed".to_owned()
    } else if shifts.len() > MOST_SHIFTS {
        format!("{} shifts, {} staffed hours a week", shifts.len(), trimmed(hours))
    } else {
        format!("{}; {} staffed hours a week", list(&shifts), trimmed(hours))
    };
    let mut said = vec![format!("Team {name} handles {}: {shifts}.", list(&team.channels))];
    said.push(powers(team));
    if team.conversations_at_once > 1 {
        said.push(format!(
            "Each member holds up to {} conversations at once.",
            team.conversations_at_once
        ));
    }
    match team.rewarded_for {
        Reward::OldestFirst => {}
        Reward::ReachFirst => {
            said.push(
                "They are rewarded for reach: within a rank, authors with the most followers come first."
                    .to_owned(),
            );
        }
        Reward::EasiestFirst => {
            said.push(
                "They are rewarded for volume: within a rank, what is quickest to answer comes first."
                    .to_owned(),
            );
        }
    }
    if team.pickup_seconds > 0.0 {
        let seconds = counted(team.pickup_seconds, "second", "seconds");
        said.push(format!("They pick up a call after it has rung for {seconds} on average."));
    }
    if let Some(minutes) = team.handle_target_minutes {
        let target = counted(minutes, "minute", "minutes");
        said.push(format!("Their target handle time is {target}."));
    }
    if team.named {
        said.push("They sign with their names.".to_owned());
    }
    if team.ratings_shown {
        said.push("Customers see each member's ratings and choose by them.".to_owned());
    }
    if team.skill_sd > 0.0 {
        said.push(format!(
            "Their skill varies with a standard deviation of {} (logits).",
            trimmed(team.skill_sd)
        ));
    }
    if team.tone != 0.0 {
        let way = if team.tone > 0.0 { "kinder" } else { "less kind" };
        said.push(format!(
            "Their tone is {way} than the default, by {}.",
            trimmed(team.tone.abs())
        ));
    }
    said.join(" ")
}

fn hours_a_week(shift: &Shift, weeks: f64) -> f64 {
    let days = (0..7).filter(|&day| shift.days.contains(day)).count();
    let worked = shift.weeks.as_ref().map_or(1.0, |worked| worked.len() as f64 / weeks);
    days as f64 * f64::from(shift.hours.minutes()) * f64::from(shift.people) / 60.0 * worked
}

fn shift(shift: &Shift) -> String {
    let people = counted(f64::from(shift.people), "person", "people");
    let (days, hours) = (String::from(shift.days.clone()), String::from(shift.hours.clone()));
    match shift.weeks.as_deref() {
        None => format!("{people} {days} {hours}"),
        Some([week]) => format!("{people} {days} {hours} in week {week}"),
        Some(weeks) => {
            let weeks: Vec<String> = weeks.iter().map(u32::to_string).collect();
            format!("{people} {days} {hours} in weeks {}", list(&weeks))
        }
    }
}

fn powers(team: &Team) -> String {
    let may = |power| team.may.contains(&power);
    match (may(Power::Fix), may(Power::Compensate)) {
        (true, true) => "It may solve problems and offer compensation.",
        (true, false) => "It may solve problems but not offer compensation.",
        (false, true) => "It may offer compensation but not solve problems.",
        (false, false) => "It can only talk.",
    }
    .to_owned()
}
