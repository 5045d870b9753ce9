//! A log that a run wrote, fitted: what was answered comes out again, teams stay apart, and kinds are
//! kept. And what a channel is taken for.

use std::path::Path;

use toml::{Table, Value};

use crate::program::Desk;

/// Customers who call, write and post, and three teams with different hours. Half of the posts do not
/// name the company, and nobody looks for them.
const THREE_TEAMS: &str = r#"
    title = "Three teams"
    [run]
    days = 70
    warmup_days = 0
    margin_days = 0
    replications = 1
    headline = ["occupancy"]
    [customers]
    count = 4_000
    [company]
    failures_per_customer_month = 1.5
    [channel.phone]
    seen_by = "private"
    waits = "on the line"
    [channel.email]
    seen_by = "private"
    waits = "in an inbox"
    [channel.page]
    seen_by = "public"
    waits = "in an inbox"
    tagged = 0.5
    [team.callers]
    channels = ["phone"]
    shifts = [{ days = "Mon-Sun", hours = "08:00-20:00", people = 2 }]
    [team.writers]
    channels = ["email"]
    shifts = [{ days = "Mon-Fri", hours = "09:00-17:00", people = 2 }]
    [team.posters]
    channels = ["page"]
    shifts = [{ days = "Mon-Sun", hours = "10:00-22:00", people = 1 }]
    [[triage]]
    do = "restore"
"#;

/// A scenario, and the shares that are answered in its log and in its simulation, in percent.
struct Fitted {
    scenario: Table,
    text: String,
    answered: (f64, f64),
}

/// Runs a scenario once with a log, and fits one arm of it.
fn fitted(desk: &Desk, scenario: &str, arm: &str) -> Fitted {
    let run = ["run", scenario, "--replications", "1", "--log", "--no-charts", "--quiet"];
    let outcome = desk.heard(&[&run[..], &["--out", "out"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    fit(desk, &format!("out/contacts-{arm}.csv"), &[])
}

fn fit(desk: &Desk, log: &str, flags: &[&str]) -> Fitted {
    let call = ["fit", log, "--out", "fitted.toml", "--force", "--no-charts", "--quiet"];
    let outcome = desk.heard(&[&call[..], &["--check", "20"], flags].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let line = outcome.out.lines().find(|line| line.contains("share that is answered"));
    let shares: Vec<f64> = line
        .unwrap()
        .split_whitespace()
        .filter_map(|word| word.strip_suffix('%')?.parse().ok())
        .collect();
    let text = std::fs::read_to_string(desk.path("fitted.toml")).unwrap();
    Fitted { scenario: text.parse().unwrap(), text, answered: (shares[0], shares[1]) }
}

impl Fitted {
    fn answered_comes_out_again(&self) {
        let (log, simulated) = self.answered;
        assert!(
            (log - simulated).abs() <= 2.0,
            "{log}% in the log, {simulated}% in the simulation"
        );
    }

    /// The channels of each team.
    fn teams(&self) -> Vec<(String, Vec<String>)> {
        let channels = |team: &Value| {
            let channels = team["channels"].as_array().unwrap();
            channels.iter().map(|channel| channel.as_str().unwrap().to_owned()).collect()
        };
        let teams = self.scenario["team"].as_table().unwrap();
        teams.iter().map(|(name, team)| (name.clone(), channels(team))).collect()
    }

    /// What its streams are, each once.
    fn kinds(&self) -> Vec<&str> {
        let streams = self.scenario["stream"].as_table().unwrap().values();
        let mut kinds: Vec<&str> =
            streams.filter_map(|stream| stream.get("kind")?.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    fn waits(&self, channel: &str) -> &str {
        self.scenario["channel"][channel]["waits"].as_str().unwrap()
    }
}

fn team(name: &str, channels: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), channels.iter().map(ToString::to_string).collect())
}

#[test]
fn three_teams_stay_three_and_what_they_answered_comes_out_again() {
    let desk = Desk::new();
    desk.write("three.toml", THREE_TEAMS);
    let fitted = fitted(&desk, "three.toml", "base");
    fitted.answered_comes_out_again();
    let mut teams = fitted.teams();
    teams.sort();
    let three =
        [team("callers", &["phone"]), team("posters", &["page"]), team("writers", &["email"])];
    assert_eq!(teams, three);
    assert!(fitted.kinds().starts_with(&["complaint", "misguided", "praise", "question"]));
    // Those who did not name the company were never answered, and are not now.
    let ignored = fitted.scenario["triage"].as_array().unwrap().iter();
    let ignored = ignored.filter(|rule| rule["do"].as_str() == Some("ignore"));
    assert!(ignored.count() > 0);
    assert!(fitted.text.contains("nobody takes them up"));
}

#[test]
fn logs_of_bundled_scenarios_come_out_again() {
    let desk = Desk::new();
    let named = fitted(&desk, "named-representatives", "one-voice");
    named.answered_comes_out_again();
    assert_eq!(named.teams(), [team("phones", &["phone"]), team("reps", &["twitter"])]);
    // Nobody is on Twitter in this arm: one team, of the phone alone.
    let phone = fit(&desk, "out/contacts-phone-instead-of-twitter.csv", &[]);
    phone.answered_comes_out_again();
    assert_eq!(phone.teams(), [team("people", &["phone"])]);
}

fn case(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name).display().to_string()
}

#[test]
fn answers_within_seconds_are_calls_unless_somebody_says_otherwise() {
    let desk = Desk::new();
    let log = case("fit_phone_no_end.csv");
    let calls = fit(&desk, &log, &[]);
    assert_eq!(calls.waits("channel"), "on the line");
    // The log has answers after 24 s in the middle, and 98% of the callers are answered.
    assert!(
        calls.text.contains("half of the served wait 24 s or less; the log does not say how long")
    );
    assert_eq!(calls.answered.0, 98.0);
    let inbox = fit(&desk, &log, &["--inbox", "channel"]);
    assert_eq!(inbox.waits("channel"), "in an inbox");
    assert!(inbox.text.contains("`--inbox` says so"));
    let line = fit(&desk, &case("open_but_answered.csv"), &["--line", "channel"]);
    assert_eq!(line.waits("channel"), "on the line");
    assert!(line.text.contains("`--line` says so"));
}

#[test]
fn what_a_channel_is_cannot_be_said_of_one_that_is_not_there_or_twice() {
    let desk = Desk::new();
    let log = case("fit_phone_no_end.csv");
    for (flags, says) in [
        (["--line", "chanel", "--inbox", "channel"], "did you mean `channel`?"),
        (["--line", "channel", "--inbox", "channel"], "cannot be both a line and an inbox"),
    ] {
        let call = ["fit", &log, "--out", "fitted.toml"];
        let outcome = desk.heard(&[&call[..], &flags].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.err);
        assert!(outcome.err.contains(says), "{}", outcome.err);
        assert!(!desk.path("fitted.toml").exists());
    }
}

#[test]
fn one_pipe_is_not_two_logs_and_force_leaves_no_earlier_charts() {
    let desk = Desk::new();
    let outcome = desk.heard(&["fit", "-", "--replay-log", "-", "--out", "fitted.toml"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("standard input can hold only one log"), "{}", outcome.err);
    let log = case("fit_phone_no_end.csv");
    let charts = || {
        let files = std::fs::read_dir(desk.path("")).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".svg") || name.ends_with(".png")).count()
    };
    let call = ["fit", &log, "--out", "fitted.toml", "--check", "2", "--quiet"];
    assert_eq!(desk.heard(&call).code, 0);
    assert!(charts() >= 2);
    assert_eq!(desk.heard(&[&call[..], &["--force", "--no-charts"]].concat()).code, 0);
    assert_eq!(charts(), 0);
}
