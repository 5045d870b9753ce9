//! A scenario read back in words.

use std::fmt::Write;

use super::Scenario;
use super::channel::{SeenBy, Waits};
use super::study::Study;
use super::triage::{Condition, Kind, Rule};

/// The study: what is compared, and each arm's policy.
#[must_use]
pub fn study(study: &Study) -> String {
    let mut text = String::new();
    let (base, run) = (&study.base, &study.base.run);
    if !base.title.is_empty() {
        let _ = writeln!(text, "{}: {}", base.title, base.claim);
    }
    let _ = writeln!(
        text,
        "{} arms, {} replications of {} days (the first {} and the last {} are not counted), seed {}.",
        study.arms.len(),
        run.replications,
        run.days,
        run.warmup_days,
        run.margin_days,
        run.seed
    );
    let customers = base.customers.count;
    if customers > 0 {
        let company = &base.company;
        let month = f64::from(customers);
        let _ = writeln!(
            text,
            "{customers} customers have about {:.0} problems, {:.0} questions and {:.0} delights in 30 days.",
            month * company.failures_per_customer_month,
            month * company.questions_per_customer_month,
            month * company.delights_per_customer_month
        );
    }
    for (name, stream) in &base.stream {
        let _ = writeln!(
            text,
            "Stream {name}: {} contacts an hour on {}.",
            stream.per_hour, stream.channel
        );
    }
    for (index, arm) in study.arms.iter().enumerate() {
        let role = if index == study.baseline { " (the baseline)" } else { "" };
        let _ = writeln!(text, "\n{}{role}", arm.name);
        for line in policy(&arm.scenario()) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// What one arm does, a line each.
fn policy(arm: &Scenario) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, channel) in &arm.channel {
        let seen = if channel.seen_by == SeenBy::Public { "public" } else { "private" };
        let waits = if channel.waits == Waits::OnTheLine { "on the line" } else { "in an inbox" };
        let presented = if channel.presented { "" } else { "; the company is not there" };
        lines.push(format!("{name} is {seen}, people wait {waits}{presented}."));
    }
    for (name, team) in &arm.team {
        let hours: f64 = team
            .shifts
            .iter()
            .map(|shift| {
                let days = (0..7).filter(|&day| shift.days.contains(day)).count();
                days as f64 * f64::from(shift.hours.minutes() * shift.people) / 60.0
            })
            .sum();
        lines.push(if team.channels.is_empty() {
            format!("Team {name} takes no channel.")
        } else {
            let channels = team.channels.join(", ");
            format!("Team {name} takes {channels}: {hours} hours of work a week.")
        });
    }
    let listening = &arm.listening;
    if listening.coverage > 0.0 {
        lines.push(format!(
            "It searches every {} hours and finds {:.0}% of what does not name it.",
            listening.sweep_every_hours,
            100.0 * listening.coverage
        ));
    }
    lines.extend(
        arm.triage
            .iter()
            .enumerate()
            .map(|(index, rule)| format!("{}. {}", index + 1, sentence(rule))),
    );
    if !arm.triage.iter().any(|rule| rule.when == Condition::default()) {
        let last = arm.triage.len() + 1;
        lines.push(format!(
            "{last}. Anything else: serve who is on the line, ignore what lies in an inbox."
        ));
    }
    if arm.team.values().all(|team| team.channels.is_empty()) {
        lines.push("Nobody takes any channel: only what a machine does happens.".to_owned());
    }
    lines
}

fn sentence(rule: &Rule) -> String {
    let action = serde_json::to_value(rule.action).ok();
    let action = action.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
    let to = rule.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    let rank = rule.priority.map(|rank| format!(", rank {rank}")).unwrap_or_default();
    format!("{}: {action}{to}{rank}.", condition(&rule.when))
}

fn condition(when: &Condition) -> String {
    let mut parts = Vec::new();
    parts.extend(when.kind.map(|kind| match kind {
        Kind::Praise | Kind::Misguided | Kind::Rage => format!("it is {}", kind.name()),
        Kind::Complaint | Kind::Question | Kind::Troll => format!("it is a {}", kind.name()),
    }));
    parts.extend(when.severity.map(|bound| format!("severity {bound}")));
    parts.extend(when.followers.map(|bound| format!("followers {bound}")));
    parts.extend(when.tagged.map(|tagged| {
        if tagged { "addressed to the company" } else { "not addressed to the company" }.to_owned()
    }));
    parts.extend(when.repeat.map(|repeat| {
        if repeat { "not the first message" } else { "the first message" }.to_owned()
    }));
    parts.extend(when.channel.as_ref().map(|channel| format!("on {channel}")));
    parts.extend(when.stream.as_ref().map(|stream| format!("from stream {stream}")));
    if parts.is_empty() { "Any message".to_owned() } else { format!("If {}", parts.join(" and ")) }
}
