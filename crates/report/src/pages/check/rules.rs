//! The triage table in sentences.

use heard_scenario::Scenario;
use heard_scenario::answer::{Action, By};
use heard_scenario::channel::Waits;
use heard_scenario::triage::{Condition, Kind, Kinds, Rule};
use heard_text::list::{capital, counted};

/// One sentence for each rule, including the implicit last one where it ever applies.
#[must_use]
pub fn table(arm: &Scenario) -> Vec<String> {
    let mut lines: Vec<String> = arm
        .triage
        .iter()
        .enumerate()
        .map(|(index, rule)| format!("{}. {}", index + 1, sentence(arm, index, rule)))
        .collect();
    if arm.channel.is_empty() || arm.leaves_messages_unmatched() {
        let rest = if lines.is_empty() { "Everything" } else { "Anything else" };
        let waits = |how: Waits| arm.channel.values().any(|channel| channel.waits == how);
        let unwritten = match (waits(Waits::OnTheLine), waits(Waits::InAnInbox)) {
            (true, false) => "serve",
            (false, true) => "leave unread",
            _ => "serve callers on the line, leave messages in an inbox unread",
        };
        lines.push(format!("{}. {rest}: {unwritten}.", lines.len() + 1));
    }
    lines
}

fn sentence(arm: &Scenario, index: usize, rule: &Rule) -> String {
    let what = if index > 0 && rule.when == Condition::default() {
        "anything else".to_owned()
    } else {
        rule.when.to_string()
    };
    let by_machine = arm.answer.of(rule.action).is_some_and(|answer| answer.by == By::Machine);
    let machine =
        if by_machine && rule.action != Action::Automatic { ", automatically" } else { "" };
    let rank = rule.priority.map(rank).unwrap_or_default();
    let ahead = match rule.head_start_minutes {
        0.0 => String::new(),
        minutes => {
            format!(", queued as if it had come {} earlier", counted(minutes, "minute", "minutes"))
        }
    };
    format!("{}: {}{machine}{rank}{ahead}.", capital(&what), action(rule))
}

fn action(rule: &Rule) -> String {
    let only = |kind: Kind| rule.when.kind.is_some_and(|kinds| kinds == Kinds::from(kind));
    let words = match rule.action {
        Action::Ignore => "leave unread",
        Action::Monitor => "read and leave",
        Action::Automatic => "send an automatic reply at once",
        Action::Canned => "send a standard reply",
        Action::Redirect => "",
        Action::Correct if only(Kind::Question) => "answer the question",
        Action::Correct if only(Kind::Misguided) => "correct the facts",
        Action::Correct => "give the facts",
        Action::Apologise => "apologise",
        Action::Compensate => "offer compensation",
        Action::Restore => "try to solve the problem",
        Action::ShareSuccess => "share the success",
        Action::OffTopic => "reply off topic",
        Action::Defensive => "argue",
    };
    match &rule.to {
        Some(to) => format!("send to {to}"),
        None => words.to_owned(),
    }
}

/// A rank in words; the default is 3 on the line and 5 in an inbox.
fn rank(rank: u8) -> String {
    let words = match rank {
        1 => "before everything else",
        2 => "ahead of callers on the line",
        3 => "level with callers on the line",
        4 => "ahead of the rest of an inbox",
        5 => "in turn with the rest of an inbox",
        9 => "after everything else",
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
                 1,000 people or more: try to solve the problem, before everything else (rank 1).",
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
    fn what_no_rule_covers_is_shown_too() {
        let arm = Scenario {
            triage: vec![rule("do = \"monitor\"\nwhen = { kind = \"troll\" }")],
            ..Scenario::default()
        };
        assert_eq!(
            table(&arm)[1],
            "2. Anything else: serve callers on the line, leave messages in an inbox unread."
        );
    }
}
