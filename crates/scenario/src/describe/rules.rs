//! The triage table in sentences.

use super::words::within;
use crate::Scenario;
use crate::answer::{Action, By};
use crate::channel::Waits;
use crate::reach::reach;
use crate::triage::{Condition, Kind, Kinds, Rule};
use heard_text::list::{capital, counted, joined};

/// The table, a sentence for each rule, the unwritten one included where it has anything to do.
#[must_use]
pub fn table(arm: &Scenario) -> Vec<String> {
    let mut lines: Vec<String> = arm
        .triage
        .iter()
        .enumerate()
        .map(|(index, rule)| format!("{}. {}", index + 1, sentence(arm, index, rule)))
        .collect();
    if arm.channel.is_empty() || reach(arm).unwritten {
        let rest = if lines.is_empty() { "Everything" } else { "Anything else" };
        let waits = |how: Waits| arm.channel.values().any(|channel| channel.waits == how);
        let unwritten = match (waits(Waits::OnTheLine), waits(Waits::InAnInbox)) {
            (true, false) => "serve",
            (false, true) => "leave unread",
            _ => "serve who is on the line, leave unread what lies in an inbox",
        };
        lines.push(format!("{}. {rest}: {unwritten}.", lines.len() + 1));
    }
    lines
}

fn sentence(arm: &Scenario, index: usize, rule: &Rule) -> String {
    let what = if index > 0 && rule.when == Condition::default() {
        "anything else".to_owned()
    } else {
        subject(&rule.when)
    };
    let by_machine = arm.answer.of(rule.action).is_some_and(|answer| answer.by == By::Machine);
    let machine =
        if by_machine && rule.action != Action::Automatic { ", by a machine" } else { "" };
    let rank = rule.priority.map(rank).unwrap_or_default();
    let ahead = match rule.head_start_minutes {
        0.0 => String::new(),
        minutes => format!(", queued {} before its time", counted(minutes, "minute", "minutes")),
    };
    format!("{}: {}{machine}{rank}{ahead}.", capital(&what), action(rule))
}

/// The messages that a condition is about: `complaints of severity 0.6 or more, on twitter`.
#[must_use]
pub fn subject(when: &Condition) -> String {
    let kinds: Option<Vec<&str>> = when.kind.map(|kinds| kinds.iter().map(Kind::plural).collect());
    let mut parts = Vec::new();
    parts.extend(when.severity.map(|bound| format!("of severity {}", within(bound, "", ""))));
    parts.extend(when.tagged.map(|tagged| {
        if tagged { "addressed to the company" } else { "not addressed to the company" }.to_owned()
    }));
    parts.extend(
        when.followers
            .map(|bound| format!("by people with {}", within(bound, "follower", "followers"))),
    );
    parts.extend(when.repeat.map(|repeat| {
        if repeat { "written again" } else { "written for the first time" }.to_owned()
    }));
    parts.extend(
        when.waited_hours.map(|bound| format!("waiting for {}", within(bound, "hour", "hours"))),
    );
    parts.extend(
        when.audience.map(|bound| format!("seen by {}", within(bound, "person", "people"))),
    );
    parts.extend(when.channel.as_ref().map(|channel| format!("on {channel}")));
    parts.extend(when.stream.as_ref().map(|stream| format!("from stream {stream}")));
    match kinds {
        None if parts.is_empty() => "everything".to_owned(),
        None => format!("messages {}", parts.join(", ")),
        Some(kinds) if parts.is_empty() => joined(&kinds, "and"),
        Some(kinds) => format!("{} {}", joined(&kinds, "and"), parts.join(", ")),
    }
}

fn action(rule: &Rule) -> String {
    let only = |kind: Kind| rule.when.kind.is_some_and(|kinds| kinds == Kinds::from(kind));
    let words = match rule.action {
        Action::Ignore => "leave unread",
        Action::Monitor => "read and leave",
        Action::Automatic => "a machine sends a line at once",
        Action::Canned => "paste a standard text",
        Action::Redirect => "",
        Action::Correct if only(Kind::Question) => "answer the question",
        Action::Correct if only(Kind::Misguided) => "put the facts right",
        Action::Correct => "give the facts",
        Action::Apologise => "apologise",
        Action::Compensate => "give money",
        Action::Restore => "try to solve the problem",
        Action::ShareSuccess => "share the success",
        Action::OffTopic => "write something beside the point",
        Action::Defensive => "argue",
    };
    match &rule.to {
        Some(to) => format!("send to {to}"),
        None => words.to_owned(),
    }
}

/// A rank in words; 3 is usual on the line and 5 in an inbox.
fn rank(rank: u8) -> String {
    let words = match rank {
        1 => "first of all",
        2 => "ahead of callers on the line",
        3 => "as soon as callers on the line",
        4 => "ahead of the rest of an inbox",
        5 => "in turn with the rest of an inbox",
        9 => "last of all",
        _ => "after the rest of an inbox",
    };
    format!(", {words} (rank {rank})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Rule {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_rule_reads_as_a_sentence_that_a_manager_would_accept() {
        let arm = Scenario::default();
        for (text, said) in [
            ("do = \"restore\"", "Everything: try to solve the problem."),
            ("do = \"monitor\"\nwhen = { kind = \"troll\" }", "Trolling: read and leave."),
            (
                "do = \"redirect\"\nto = \"phone\"\nwhen = { kind = [\"complaint\", \"rage\"], \
                 severity = \">= 0.6\", channel = \"twitter\" }",
                "Complaints and rants of severity 0.6 or more, on twitter: send to phone.",
            ),
            (
                "do = \"restore\"\npriority = 1\nwhen = { followers = \">= 10_000\", waited_hours = \
                 \">= 24\", audience = \">= 1_000\" }",
                "Messages by people with 10,000 followers or more, waiting for 24 hours or more, seen by \
                 1,000 people or more: try to solve the problem, first of all (rank 1).",
            ),
            (
                "do = \"correct\"\nwhen = { kind = \"question\", tagged = false, repeat = true }",
                "Questions not addressed to the company, written again: answer the \
                 question.",
            ),
        ] {
            assert_eq!(sentence(&arm, 0, &rule(text)), said);
        }
    }

    #[test]
    fn what_no_rule_is_about_is_said_too() {
        let arm = Scenario {
            triage: vec![rule("do = \"monitor\"\nwhen = { kind = \"troll\" }")],
            ..Scenario::default()
        };
        assert_eq!(
            table(&arm)[1],
            "2. Anything else: serve who is on the line, leave unread what lies in an inbox."
        );
    }
}
