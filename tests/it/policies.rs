//! Policies: a table that contradicts itself is refused with the line of the rule, what may be a slip
//! is warned of, and what is said back reads as a manager would say it.

use crate::program::{Desk, Outcome};

const SCENARIO: &str = r#"
[customers]
count = 500

[channel.twitter]
seen_by = "public"
waits = "in an inbox"

[channel.email]
seen_by = "private"
waits = "in an inbox"

[channel.phone]
seen_by = "private"
waits = "on the line"

[stream.calls]
channel = "phone"
per_hour = 3
kind = "complaint"

[team.care]
channels = ["twitter", "email", "phone"]
shifts = [{ days = "Mon-Sun", hours = "09:00-17:00", people = 2 }]
"#;

/// Checks the scenario with more text after it.
fn check(more: &str) -> Outcome {
    checked(&format!("{SCENARIO}\n{more}\n"))
}

fn checked(text: &str) -> Outcome {
    let desk = Desk::new();
    let file = desk.write("mine.toml", text);
    desk.heard(&["check", file])
}

/// Says each of `says`, in order of reading, wherever lines are broken.
fn contains(text: &str, says: &[&str]) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = text.as_str();
    for part in says {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing in\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

/// Refused: one message that says each of `says`, and shows the line that begins with `line`.
fn refused(more: &str, line: &str, says: &[&str]) {
    let outcome = check(more);
    assert_eq!(outcome.code, 2, "{}\n{}", outcome.out, outcome.err);
    assert_eq!(outcome.err.matches("error:").count(), 1, "{}", outcome.err);
    contains(&outcome.err, says);
    let text = format!("{SCENARIO}\n{more}\n");
    let number = text.lines().position(|known| known.starts_with(line)).unwrap() + 1;
    contains(&outcome.err, &[&format!("mine.toml:{number}:")]);
}

/// Each of `says` is warned of, and nothing else.
fn warned(more: &str, says: &[&str]) {
    warned_in(&format!("{SCENARIO}\n{more}\n"), says);
}

fn warned_in(text: &str, says: &[&str]) {
    let outcome = checked(text);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for part in says {
        assert!(outcome.err.contains(part), "`{part}` is missing in\n{}", outcome.err);
    }
    assert_eq!(outcome.err.matches("warning:").count(), says.len(), "{}", outcome.err);
}

fn table(rules: &[&str]) -> String {
    format!("triage = [\n{}\n]", rules.iter().map(|rule| format!("{rule},\n")).collect::<String>())
}

/// A table of its own in an arm, which needs no more text before it.
fn arm(rules: &[&str]) -> String {
    format!("[arm.mine]\n{}", table(rules))
}

const REST: &str = "{ do = \"restore\" }";

#[test]
fn a_rule_in_the_shadow_of_an_earlier_one_is_refused_with_its_line() {
    let late = "{ when = { kind = \"troll\" }, do = \"monitor\" }";
    refused(
        &arm(&[REST, late]),
        late,
        &[
            "in arm `mine`",
            "rule 2 (trolling) never applies",
            "rule 1 (everything) takes all that it would",
            "put it before rule 1",
        ],
    );
}

#[test]
fn a_rule_in_the_shadow_of_several_names_them_all() {
    let late = "{ when = { kind = \"rage\", severity = \"< 0.9\" }, do = \"monitor\" }";
    let rules = [
        "{ when = { kind = [\"complaint\", \"rage\"], severity = \">= 0.5\" }, do = \"restore\" }",
        "{ when = { kind = \"praise\" }, do = \"share-success\" }",
        "{ when = { severity = \"< 0.5\" }, do = \"canned\" }",
        late,
        REST,
    ];
    refused(
        &arm(&rules),
        late,
        &[
            "rule 4 (rants of severity less than 0.9) never applies",
            "rules 1 (complaints and rants of severity 0.5 or more) and 3 (messages of severity less than \
             0.5) take all that it would",
        ],
    );
}

#[test]
fn a_rule_is_not_refused_while_anything_is_left_for_it() {
    let rules = [
        "{ when = { kind = \"rage\", severity = \"> 0.5\" }, do = \"restore\" }",
        "{ when = { kind = \"rage\", severity = \"< 0.5\" }, do = \"canned\" }",
        "{ when = { kind = \"rage\" }, do = \"monitor\" }",
        "{ when = { tagged = true, audience = \"< 10\" }, do = \"redirect\", to = \"phone\" }",
        "{ when = { tagged = true, audience = \">= 10\", repeat = true }, do = \"restore\" }",
        "{ when = { tagged = true }, do = \"restore\" }",
        "{ when = { tagged = false }, do = \"correct\" }",
    ];
    let outcome = check(&arm(&rules));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn a_private_channel_is_used_up_by_what_is_always_so_there() {
    let late = "{ when = { channel = \"email\" }, do = \"restore\" }";
    let rules = ["{ when = { tagged = true, audience = 0 }, do = \"canned\" }", late];
    refused(&arm(&rules), late, &["rule 2 (messages on email) never applies"]);
}

#[test]
fn a_table_too_large_to_be_tried_is_compared_two_by_two() {
    let mut rules = Vec::new();
    for (key, unit) in
        [("followers", "0"), ("waited_hours", "0"), ("audience", "0"), ("severity", "")]
    {
        for at in (1..7).rev() {
            let at = if unit.is_empty() { format!("0.{at}") } else { format!("{at}{unit}") };
            rules.push(format!("{{ when = {{ {key} = \">= {at}\" }}, do = \"restore\" }}"));
        }
    }
    let late = "{ when = { followers = \">= 15\", repeat = true }, do = \"ignore\" }".to_owned();
    rules.push(late.clone());
    let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
    refused(&arm(&rules), &late, &["rule 25", "never applies", "people with 10 followers or more"]);
}

#[test]
fn a_condition_that_nothing_can_meet_is_refused() {
    for (when, says) in [
        ("severity = \"> 1\"", ["when.severity", "severity goes from 0 to 1"]),
        ("followers = \"< 0\"", ["when.followers", "never below 0"]),
        ("waited_hours = \"< 0\"", ["when.waited_hours", "never below 0"]),
        ("channel = \"email\", tagged = false", ["when.tagged", "email is private"]),
        ("channel = \"email\", audience = \"> 0\"", ["when.audience", "email is private"]),
        ("stream = \"calls\", kind = \"praise\"", ["when.kind", "calls is complaints"]),
        (
            "stream = \"calls\", channel = \"email\"",
            ["when.channel", "comes in on phone, not on email"],
        ),
        ("stream = \"calls\", followers = \">= 10\"", ["when.followers", "nobody follows"]),
        ("stream = \"calls\", severity = \">= 0.6\"", ["when.severity", "stream calls is 0.5"]),
        ("stream = \"calls\", tagged = false", ["when.tagged", "addressed to the company"]),
    ] {
        let rule = format!("{{ when = {{ {when} }}, do = \"restore\" }}");
        let says = [says[0], "no message can ever meet this", says[1]];
        refused(&arm(&[&rule, REST]), &rule, &says);
    }
}

#[test]
fn kinds_and_bounds_that_do_not_read_are_refused() {
    for (when, says) in [
        ("kind = \"trol\"", &["trol", "did you mean `troll`?"][..]),
        ("kind = [\"complaint\", \"trol\"]", &["trol", "did you mean `troll`?"]),
        ("kind = []", &["kind"]),
        ("severity = \"> 0.7 and < 0.3\"", &["no number is `> 0.7 and < 0.3`", "lower end first"]),
        ("severity = \"high\"", &["`high` is not a condition on a number"]),
    ] {
        let rule = format!("{{ when = {{ {when} }}, do = \"restore\" }}");
        refused(&arm(&[&rule, REST]), &rule, says);
    }
}

#[test]
fn a_mistake_needs_a_public_channel_and_a_day_of_the_run() {
    let mistake = |channel: &str, day: &str| {
        format!(
            "[[mistake]]\nchannel = \"{channel}\" \nat_day = {day}\n[[triage]]\ndo = \"restore\""
        )
    };
    refused(&mistake("email", "5"), "channel = \"email\" ", &["`email` is private"]);
    refused(&mistake("twiter", "5"), "channel = \"twiter\" ", &["did you mean `twitter`?"]);
    refused(&mistake("twitter", "90"), "at_day = 90", &["day 90 is not within the run of 90 days"]);
    assert_eq!(check(&mistake("twitter", "89.5")).code, 0);
}

#[test]
fn teams_that_share_a_channel_are_rewarded_for_the_same() {
    let second = |channels: &str| {
        format!(
            "[team.reach]\nchannels = [{channels}]\nrewarded_for = \"reach-first\"\n[[triage]]\ndo = \"restore\""
        )
    };
    refused(
        &second("\"twitter\""),
        "rewarded_for = ",
        &["teams care and reach share twitter", "not rewarded for the same"],
    );
    assert_eq!(check(&second("")).code, 0);
}

#[test]
fn ratings_need_names() {
    refused(
        "[arm.mine]\nteam.care.ratings_shown = true",
        "team.care.ratings_shown",
        &["people without names", "named = true"],
    );
}

#[test]
fn sections_name_teams_that_are_there() {
    for section in ["feed", "listening"] {
        refused(
            &format!("[{section}]\nteam = \"caer\""),
            "team = ",
            &["there is no team `caer`", "did you mean `care`?"],
        );
    }
}

#[test]
fn detractors_need_somewhere_to_post() {
    let text = "[stream.s]\nchannel = \"phone\"\nper_hour = 1\n[channel.phone]\nseen_by = \"private\"\n\
                waits = \"on the line\"\n[detractors]\ncount = 3\n";
    let outcome = checked(text);
    assert_eq!(outcome.code, 2);
    contains(&outcome.err, &["no public channel for detractors", "mine.toml:8:"]);
}

#[test]
fn a_network_of_edges_needs_its_file_and_no_other_has_one() {
    refused("[network]\nkind = \"edges\"", "[network]", &["needs a file"]);
    refused(
        "[network]\nkind = \"small-world\"\nfile = \"ties.csv\"",
        "file = ",
        &["only `kind = \"edges\"` reads a file"],
    );
}

#[test]
fn kinds_that_no_rule_is_about_are_warned_of_with_what_becomes_of_them() {
    let most =
        "{ when = { kind = [\"complaint\", \"question\", \"misguided\"] }, do = \"restore\" }";
    warned(
        &arm(&[most]),
        &[
            "no rule of the triage table is about rants and praise on twitter: nobody reads them (that can be \
           the point)",
        ],
    );
    warned(
        &format!("[detractors]\ncount = 3\n{}", arm(&[most])),
        &["about rants, trolling and praise on twitter"],
    );
    let no_questions = "{ when = { kind = [\"complaint\", \"misguided\", \"rage\", \"praise\"] }, do = \"restore\" }";
    warned(
        &arm(&[no_questions]),
        &[
            "about questions on twitter and email: nobody reads them",
            "about questions on phone: callers are served as if by `restore`",
        ],
    );
    warned(&arm(&[most, "{ do = \"ignore\" }"]), &[]);
}

#[test]
fn answers_that_nobody_is_empowered_to_give_are_warned_of() {
    let rest = arm(&[REST]);
    warned(&rest, &[]);
    warned(
        &format!("{rest}\nteam.care.may = [\"compensate\"]"),
        &[
            "`restore` can solve nothing on twitter, email and phone: no team there may `fix` (that can be the \
           point)",
        ],
    );
    let money = arm(&["{ when = { channel = \"email\" }, do = \"compensate\" }", REST]);
    warned(
        &format!("{money}\nteam.care.may = [\"fix\"]"),
        &["`compensate` can give no money on email: no team there may `compensate`"],
    );
}

#[test]
fn work_that_no_team_takes_is_warned_of_where_the_rule_names_the_place() {
    let there = "[arm.mine]\nteam.care.channels = [\"twitter\", \"email\"]\nchannel.phone.presented = false\n";
    let rules = |rule: &str| format!("{there}{}", table(&[rule, REST]));
    warned(
        &rules("{ when = { channel = \"phone\" }, do = \"apologise\" }"),
        &["triage[0]: nobody will `apologise` on phone, for no team takes it"],
    );
    warned(
        &rules("{ when = { channel = \"twitter\" }, do = \"redirect\", to = \"phone\" }"),
        &["triage[0] sends people to phone, which no team takes"],
    );
    warned(&format!("{there}{}", table(&[REST])), &[]);
}

#[test]
fn keys_that_change_nothing_are_warned_of() {
    for (more, says) in [
        (
            arm(&["{ when = { channel = \"email\", tagged = true }, do = \"canned\" }", REST]),
            "triage[0].when.tagged has no effect",
        ),
        (
            arm(&["{ when = { channel = \"email\" }, do = \"ignore\", priority = 1 }", REST]),
            "triage[0].priority has no effect: `ignore` is not work",
        ),
        (
            format!("{}\nchannel.email.patience = {{ mean_minutes = 3 }}", arm(&[REST])),
            "channel.email.patience has no effect",
        ),
        (
            format!("{}\nchannel.email.tagged = 0.9", arm(&[REST])),
            "channel.email.tagged has no effect",
        ),
        (
            format!("{}\nanswer.automatic.money = 5", arm(&[REST])),
            "answer.automatic: money has no effect: a machine gives no money",
        ),
        (
            format!("{}\nanswer.automatic.handle.mean_minutes = 5", arm(&[REST])),
            "answer.automatic: handle has no effect: a machine answers at once",
        ),
        (
            format!("{}\nanswer.monitor = {{ fixes = 0.5, tone = 0.5 }}", arm(&[REST])),
            "answer.monitor: fixes and tone have no effect: no answer goes out",
        ),
        (
            format!(
                "{}\nteam.care.channels = [\"twitter\", \"email\"]\nchannel.phone.presented = false\n\
                 team.care.pickup_seconds = 9",
                arm(&[REST])
            ),
            "team.care.pickup_seconds has no effect: nobody holds the line on the team's channels",
        ),
        (
            format!("{}\nteam.care.pickup_sigma = 0", arm(&[REST])),
            "team.care.pickup_sigma has no effect: pickup_seconds is 0",
        ),
    ] {
        warned(&more, &[says]);
    }
    let effect = "[run]\nsmallest_effect_of_interest = { nps = 3, reputation = 0.01 }\n";
    let text = format!("{effect}{SCENARIO}\n{}\n", arm(&[REST]));
    warned_in(&text, &["run.smallest_effect_of_interest: nps has no effect"]);
}

#[test]
fn what_needs_customers_is_warned_of_without_any() {
    let without = SCENARIO.replace("count = 500", "count = 0");
    let more =
        "[detractors]\ncount = 3\n[audit]\nprobes_per_channel = 5\n[[triage]]\ndo = \"restore\"";
    warned_in(
        &format!("{without}\n{more}\n"),
        &["Detractors and an audit without customers: customers.count is 0"],
    );
}

#[test]
fn bundled_scenarios_warn_only_of_what_can_be_the_point() {
    let desk = Desk::new();
    let names = desk.heard(&["list"]).out;
    for name in names.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')) {
        let outcome = desk.heard(&["check", name.split_whitespace().next().unwrap()]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        for warning in outcome.err.lines() {
            assert!(warning.contains("that can be the point"), "{name}: {warning}");
        }
    }
}

#[test]
fn check_reads_a_policy_back_in_sentences() {
    let more = r#"
[company]
promised_reply_hours = 4

[listening]
coverage = 0.5
sweep_every_hours = 1

[feed]
promotions_per_day = 2
faces_per_day = 1

[detractors]
count = 3

[audit]
probes_per_channel = 20

[[mistake]]
at_day = 12
channel = "twitter"

[[triage]]
when = { kind = ["complaint", "rage"], followers = ">= 10_000", severity = ">= 0.3 and < 0.7" }
do = "restore"
priority = 1

[[triage]]
when = { channel = "twitter", audience = ">= 1_000" }
do = "redirect"
to = "phone"

[[triage]]
do = "restore"

[arm.plain]

[arm.later]
switch = [{ at_day = 30, team.care = { named = true, ratings_shown = true, handle_target_minutes = 4 }, listening.coverage = 0 }]
"#;
    let outcome = check(more);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    contains(
        &outcome.out,
        &[
            "A mystery shopper with 61 followers sends 20 probes to each channel",
            "plain (the baseline)",
            "Stream calls: 3 contacts an hour on phone, complaints.",
            "Phone is private; people wait on the line.",
            "A reply is promised within 4 hours.",
            "Team care handles twitter, email and phone: 2 people Mon-Sun 09:00-17:00; 112 staffed hours a week.",
            "Team care searches on coming on duty, then every hour, and finds 50%",
            "1. Complaints and rants of severity 0.3 or more but less than 0.7, by people with 10,000 \
             followers or more: try to solve the problem, before everything else (rank 1).",
            "2. Messages seen by 1,000 people or more, on twitter: send to phone.",
            "3. Anything else: try to solve the problem.",
            "Team care posts 2 promotions and 1 look behind the scenes a day in its feed, taking 15 minutes each",
            "On day 12 it makes a mistake of severity 0.9 on twitter, seen at once by 5,000 people.",
            "3 detractors with 2,000 followers each post once a day",
            "later: like plain, except:",
            "Nothing differs.",
            "From day 30:",
            "Their target handle time is 4 minutes. They sign with their names. Customers see each \
             member's ratings and choose by them.",
            "Nobody searches for untagged messages.",
        ],
    );
    assert_eq!(outcome.out.matches("3. Anything else").count(), 1, "{}", outcome.out);
}

#[test]
fn check_tells_companies_apart_by_name() {
    let more = r#"
[[triage]]
do = "restore"

[company.acme]
promised_reply_hours = 1

[company.bolt]
awareness = 0.2
[[company.bolt.triage]]
do = "monitor"
"#;
    let outcome = check(more);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    contains(
        &outcome.out,
        &[
            "acme and bolt compete: each customer buys from one of them.",
            "Team care handles",
            "acme:",
            "A reply is promised within 1 hour.",
            "Everything: try to solve the problem.",
            "bolt:",
            "Everything: read and leave.",
        ],
    );
    assert_eq!(outcome.out.matches("Team care").count(), 1, "{}", outcome.out);
}
