//! Sections that must fit one another: names that lead somewhere, teams that can share their work,
//! and a place for whatever is said in public.

use super::{Finding, finding, unknown};
use crate::Scenario;
use crate::channel::{SeenBy, Waits};
use crate::team::Reward;
use heard_text::list::days;

/// Everything wrong between the sections.
pub fn errors(arm: &Scenario, found: &mut Vec<Finding>) {
    channels(arm, found);
    teams(arm, found);
    streams(arm, found);
    replay(arm, found);
    in_public(arm, found);
}

fn channels(arm: &Scenario, found: &mut Vec<Finding>) {
    for (name, channel) in &arm.channel {
        if channel.seen_by == SeenBy::Public && channel.waits == Waits::OnTheLine {
            found.push(finding(
                &["channel", name, "waits"],
                format!("channel.{name}: nobody holds the line in public"),
                "write `seen_by = \"private\"`, or `waits = \"in an inbox\"`",
            ));
        }
    }
}

fn teams(arm: &Scenario, found: &mut Vec<Finding>) {
    for (position, (name, team)) in arm.team.iter().enumerate() {
        for (index, channel) in team.channels.iter().enumerate() {
            let path = ["team", name, "channels", &index.to_string()];
            found.extend(unknown(&path, "channel", channel, arm.channel.keys()));
        }
        let ahead = arm.triage.iter().any(|rule| rule.head_start_minutes > 0.0);
        if ahead && team.rewarded_for != Reward::OldestFirst && !team.channels.is_empty() {
            found.push(finding(
                &["team", name, "rewarded_for"],
                format!(
                    "team.{name}: a head start counts only where the oldest come first, and this team is \
                     rewarded for something else"
                ),
                "take `rewarded_for` out, or `head_start_minutes` out of triage",
            ));
        }
        let weeks = (arm.run.days / 7.0).ceil();
        for (index, shift) in team.shifts.iter().enumerate() {
            let late = shift.weeks.iter().flatten().find(|week| f64::from(**week) > weeks);
            if let Some(late) = late {
                found.push(finding(
                    &["team", name, "shifts", &index.to_string(), "weeks"],
                    format!(
                        "team.{name}: week {late} is not within the run of {}",
                        days(arm.run.days)
                    ),
                    format!("write weeks from 1 to {weeks}"),
                ));
            }
        }
        if team.ratings_shown && !team.named {
            found.push(finding(
                &["team", name, "ratings_shown"],
                format!("team.{name}: nobody can choose by rating among people without names"),
                "write `named = true`, or take `ratings_shown` out",
            ));
        }
        let rival = arm.team.iter().take(position).find_map(|(other, rival)| {
            let shared = team.channels.iter().find(|channel| rival.channels.contains(channel))?;
            (rival.rewarded_for != team.rewarded_for).then_some((other, shared))
        });
        if let Some((other, shared)) = rival {
            found.push(finding(
                &["team", name, "rewarded_for"],
                format!(
                    "team.{name}: teams {other} and {name} share {shared}, but are not rewarded for the \
                     same: one of them would have to leave what the other takes first"
                ),
                "give both the same `rewarded_for`, or channels of their own",
            ));
        }
    }
    for (section, team) in [("listening", &arm.listening.team), ("feed", &arm.feed.team)] {
        if let Some(team) = team {
            found.extend(unknown(&[section, "team"], "team", team, arm.team.keys()));
        }
    }
}

fn streams(arm: &Scenario, found: &mut Vec<Finding>) {
    for (name, stream) in &arm.stream {
        let path = ["stream", name, "channel"];
        found.extend(unknown(&path, "channel", &stream.channel, arm.channel.keys()));
    }
}

fn replay(arm: &Scenario, found: &mut Vec<Finding>) {
    let Some(replay) = &arm.replay else { return };
    if let Err((message, help)) = replay.first_day() {
        found.push(finding(&["replay", "first_day"], message, help));
    }
}

/// Mistakes and detractors: both need a public channel, and mistakes a day of the run.
fn in_public(arm: &Scenario, found: &mut Vec<Finding>) {
    for (index, mistake) in arm.mistake.iter().enumerate() {
        let index = index.to_string();
        let path = ["mistake", &index, "channel"];
        found.extend(unknown(&path, "channel", &mistake.channel, arm.channel.keys()));
        let channel = arm.channel.get(&mistake.channel);
        if channel.is_some_and(|channel| channel.seen_by == SeenBy::Private) {
            found.push(finding(
                &path,
                format!(
                    "mistake[{index}].channel: `{}` is private; a mistake spreads where others see it",
                    mistake.channel
                ),
                "name a channel with `seen_by = \"public\"`",
            ));
        }
        if mistake.at_day >= arm.run.days {
            found.push(finding(
                &["mistake", &index, "at_day"],
                format!(
                    "mistake[{index}].at_day: day {} is not within the run of {}",
                    mistake.at_day,
                    days(arm.run.days)
                ),
                format!("write a day below {}, the first is 0", arm.run.days),
            ));
        }
    }
    let public = arm.channel.values().any(|channel| channel.seen_by == SeenBy::Public);
    if arm.detractors.count > 0 && !public {
        found.push(finding(
            &["detractors", "count"],
            "detractors.count: there is no public channel for detractors to post on",
            "write a `[channel.NAME]` with `seen_by = \"public\"`, or `count = 0`",
        ));
    }
}
