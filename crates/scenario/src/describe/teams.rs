//! Teams in sentences: what they take, when they work, what they may do and are rewarded for.

use crate::Scenario;
use crate::team::{Power, Reward, Shift, Team};
use heard_text::list::{counted, list};
use heard_text::number::trimmed;

/// A paragraph for each team.
#[must_use]
pub fn lines(arm: &Scenario) -> Vec<String> {
    let mut lines: Vec<String> =
        arm.team.iter().map(|(name, team)| paragraph(name, team, arm.run.days)).collect();
    if !arm.team.is_empty() && arm.team.values().all(|team| team.channels.is_empty()) {
        lines.push("Nobody takes any channel: only what a machine does happens.".to_owned());
    }
    lines
}

/// Shifts that are told one by one.
const MOST_SHIFTS: usize = 12;

fn paragraph(name: &str, team: &Team, days: f64) -> String {
    let weeks = (days / 7.0).ceil().max(1.0);
    let hours: f64 = team.shifts.iter().map(|shift| hours_a_week(shift, weeks)).sum();
    if team.channels.is_empty() {
        let idle = if hours > 0.0 {
            format!(", in {} hours of work a week", trimmed(hours))
        } else {
            String::new()
        };
        return format!("Team {name} takes no channel{idle}.");
    }
    let shifts: Vec<String> = team.shifts.iter().map(shift).collect();
    let shifts = if shifts.is_empty() {
        "nobody is ever there".to_owned()
    } else if shifts.len() > MOST_SHIFTS {
        format!("{} shifts, {} hours of work a week", shifts.len(), trimmed(hours))
    } else {
        format!("{}, {} hours of work a week", list(&shifts), trimmed(hours))
    };
    let mut said = vec![format!("Team {name} takes {}: {shifts}.", list(&team.channels))];
    said.push(powers(team));
    if team.conversations_at_once > 1 {
        said.push(format!("Each holds {} conversations at once.", team.conversations_at_once));
    }
    match team.rewarded_for {
        Reward::OldestFirst => {}
        Reward::ReachFirst => {
            said.push(
                "They are rewarded for reach: of one rank, the best-followed come first."
                    .to_owned(),
            );
        }
        Reward::EasiestFirst => {
            said.push(
                "They are rewarded for numbers: of one rank, the quickest to answer come first."
                    .to_owned(),
            );
        }
    }
    if let Some(minutes) = team.handle_target_minutes {
        let target = counted(minutes, "minute", "minutes");
        said.push(format!("They are told to end a conversation after {target}."));
    }
    if team.named {
        said.push("They sign with their names.".to_owned());
    }
    if team.ratings_shown {
        said.push("Customers see how each was rated, and choose by it.".to_owned());
    }
    if team.skill_sd > 0.0 {
        said.push(format!("They differ in skill, by {} (logits).", trimmed(team.skill_sd)));
    }
    if team.tone != 0.0 {
        let way = if team.tone > 0.0 { "kinder" } else { "less kind" };
        said.push(format!(
            "Their way of writing is {way} than usual, by {}.",
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
        (true, true) => "It may solve problems and give money.",
        (true, false) => "It may solve problems, but give no money.",
        (false, true) => "It may give money, but solve no problem.",
        (false, false) => "It may only talk.",
    }
    .to_owned()
}
