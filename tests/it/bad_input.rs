//! Bad input: one clear message, exit 2, nothing written.

use std::fs;

use crate::program::{Desk, SEVEN_ARMS, SMALL};

/// Runs a file that is wrong, which must be said quickly; the message must hold each of `says`, in order of reading.
pub fn refused(desk: &Desk, file: &str, more: &[&str], says: &[&str]) {
    let outcome = desk.quick(&[&["run", file, "--out", "out"], more].concat());
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert_eq!(outcome.out, "");
    assert_eq!(outcome.err.matches("error:").count(), 1, "{}", outcome.err);
    assert!(outcome.err.len() < 1500, "{} bytes: {}", outcome.err.len(), outcome.err);
    let mut rest = outcome.err.as_str();
    for part in says {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing in\n{}", outcome.err));
        rest = &rest[at..];
    }
    assert!(!desk.path("out").exists(), "something was written");
}

fn refused_change(from: &str, to: &str, says: &[&str]) {
    let desk = Desk::new();
    let file = desk.changed(from, to);
    refused(&desk, file, &[], says);
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    refused_change(
        "count = 20_000",
        "cuont = 20_000",
        &["unknown key `cuont`", "mine.toml:", "did you mean `count`?"],
    );
    refused_change("waits   =", "wiats   =", &["unknown key `wiats`", "did you mean `waits`?"]);
}

#[test]
fn a_wrong_type_shows_what_would_be_right() {
    refused_change(
        "days         = 90",
        "days = \"90\"",
        &["run.days must be a number", "mine.toml:", "days = 90"],
    );
    refused_change("people = 2", "people = 2.5", &["people must be a whole number", "2.5"]);
    refused_change(
        "days         = 90",
        "days = [90]",
        &["run.days must be a number", "not a list"],
    );
}

#[test]
fn numbers_out_of_range_name_the_range() {
    refused_change("people = 2", "people = -2", &["people", "-2 is below the smallest allowed, 0"]);
    refused_change("days         = 90", "days = -90", &["run.days", "above 0"]);
    refused_change("days         = 90", "days = nan", &["run.days", "not a finite number"]);
    refused_change("days         = 90", "days = inf", &["run.days", "not a finite number"]);
    refused_change(
        "listening.coverage = 0.8",
        "listening.coverage = 80",
        &["listening.coverage", "1", "0.8"],
    );
    refused_change(
        "replications = 100",
        "replications = 0",
        &["run.replications", "0 is below the smallest allowed, 1"],
    );
}

#[test]
fn a_spread_that_leaves_nothing_within_its_range_is_refused() {
    let nothing = |section: &str, key: &str, mean: &str, range: &str| {
        let spread = format!("{key} = {{ mean = {mean} }}");
        let more = format!("[{section}]\n{spread}\n");
        let text = SEVEN_ARMS.replacen(&format!("[{section}]\n"), &more, 1);
        assert_ne!(text, SEVEN_ARMS, "{section}");
        let desk = Desk::new();
        let file = desk.write("mine.toml", text);
        let says = [
            &format!("{section}.{key}: with a mean of"),
            "nothing falls",
            "mine.toml:",
            key,
            &format!("write a mean {range}"),
        ];
        refused(&desk, file, &[], &says);
    };
    let open = "strictly between 0 and 1";
    nothing("company", "severity", "-1, sd = 0", open);
    nothing("company", "severity", "0, sd = 0", open);
    nothing("company", "severity", "1, sd = 0", open);
    nothing("company", "severity", "-0.5, sd = 0.1", open);
    nothing("customers", "expectation", "-1, sd = 0.2", "from 0 to 1");
}

#[test]
fn a_spread_on_the_end_of_a_range_that_includes_it_is_accepted() {
    let desk = Desk::new();
    let file = desk.write("mine.toml", SEVEN_ARMS);
    for mean in ["attitude={ mean = 1, sd = 0 }", "expectation={ mean = 0, sd = 0 }"] {
        let set = format!("customers.{mean}");
        let outcome = desk.heard(&["check", file, "--set", &set]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
}

#[test]
fn a_smallest_effect_beyond_the_range_of_its_metric_is_refused() {
    let effect = |metric: &str, value: &str, says: &[&str]| {
        refused_change("reputation = 0.005", &format!("{metric} = {value}"), says);
    };
    let key = "run.smallest_effect_of_interest.";
    effect(
        "reputation",
        "2.5",
        &[key, "reputation: 2.5 is above the largest allowed, 2 (-1 to 1)", "mine.toml:"],
    );
    effect("heard_rate", "5", &[key, "heard_rate: 5", "mine.toml:", "write `heard_rate = 0.05`"]);
    effect("nps", "201", &[key, "nps: 201", "largest allowed, 200"]);
    effect("stars", "4.5", &[key, "stars: 4.5", "largest allowed, 4"]);
    effect("reputation", "0", &[key, "reputation: 0 must be above 0"]);
}

#[test]
fn a_range_of_worth_needs_two_ends_in_order() {
    let worth = |value: &str, says: &[&str]| {
        refused_change("seed         = 2011", &format!("seed = 2011\nworth = {value}"), says);
    };
    let wrong = ["run.worth.customer: from 50 to 5 is not a range", "mine.toml:", "[5, 50]"];
    worth("{ customer = [50, 5] }", &wrong);
    worth("{ customer = [50] }", &["run.worth.customer must have 2 entries, not 1"]);
    worth(
        "{ customer = [-1, 5] }",
        &["run.worth.customer[0]: -1 is below the smallest allowed, 0"],
    );
    worth(
        "{ customer = [1, 2e9] }",
        &[
            "run.worth.customer[1]: 2000000000 is above the largest allowed, 1000000000",
            "mine.toml:",
        ],
    );
    worth("{ customer = [1, inf] }", &["run.worth.customer[1]", "not a finite number"]);
    worth("{ customer = [5, 5.0000001] }", &["is too narrow", "mine.toml:", "[5, 50]"]);
    worth(
        "{ resolution = 5 }",
        &["must be a list", "write `resolution = [least, most]`, as in `[5, 50]`"],
    );
    worth(
        "{ customer = {} }",
        &["must be a list", "write `customer = [least, most]`, as in `[50, 500]`"],
    );
    worth("{ solution = [1, 5] }", &["unknown key `solution`", "resolution"]);
}

#[test]
fn a_finding_about_what_is_not_there_is_refused() {
    let number = |more: &str, says: &[&str]| {
        let number = "arm = \"responding\", metric = \"reputation\", difference = 0.1";
        let finding = format!("\n[finding]\nnumbers = [{{ {number}, {more} }}]\n[run]\n");
        refused_change("\n[run]\n", &finding, says);
    };
    let key = "finding.numbers[0]";
    number(
        "interval = [0.2, 0.1]",
        &[key, "from 0.2 to 0.1 is not an interval", "mine.toml:", "`interval = [0.1, 0.2]`"],
    );
    number(
        "interval = [0.1, 0.2], company = \"acme\"",
        &[key, "there is no company `acme`", "mine.toml:", "known: company"],
    );
    number(
        "interval = [0.1, 0.2], window = \"late\"",
        &[key, "there is no window `late`", "mine.toml:", "leave `window` out"],
    );
}

#[test]
fn a_finding_names_the_windows_that_its_author_gave() {
    let text = SEVEN_ARMS.replacen("[run]\n", "[run]\nwindows = { early = \"14-30\" }\n", 1);
    let number = "{ arm = \"responding\", window = \"early\", metric = \"reputation\", \
                  difference = 0.1, interval = [0.05, 0.15] }";
    let text = format!("finding.numbers = [{number}]\n{text}");
    let desk = Desk::new();
    let file = desk.write("mine.toml", &text);
    for set in ["run.windows={}", "run.windows={ x = '20-40' }"] {
        let outcome = desk.heard(&["check", file, "--set", set]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
    let file = desk.write("other.toml", text.replacen("\"early\"", "\"erly\"", 1));
    refused(
        &desk,
        file,
        &[],
        &["there is no window `erly`", "other.toml:", "did you mean `early`?"],
    );
}

#[test]
fn a_channel_that_nobody_staffs_is_warned_of_with_the_days_of_it() {
    let desk = Desk::new();
    let warned = |switches: &str| {
        let arm = format!("[arm.later]\nlike = \"presence-only\"\nswitch = [{switches}]\n");
        let file = desk.write("mine.toml", format!("{SEVEN_ARMS}\n{arm}"));
        let outcome = desk.heard(&["check", file]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.err
    };
    let staffed = "{ at_day = 30, like = \"responding\" }";
    let said = warned(staffed);
    assert!(
        said.contains("in arm later: nobody staffs twitter, forum or email until day 30"),
        "{said}"
    );
    let said = warned(&format!("{staffed}, {{ at_day = 50, like = \"presence-only\" }}"));
    assert!(said.contains("email until day 30") && said.contains("email from day 50 on"), "{said}");
}

#[test]
fn more_than_can_be_simulated_is_refused() {
    refused_change(
        "count = 20_000",
        "count = 10_000_000\n[stream.flood]\nchannel = \"email\"\nper_hour = 1e9",
        &["stream.flood", "more than can be told apart", "2 billion"],
    );
}

#[test]
fn names_that_are_not_there_are_found_before_the_run() {
    refused_change(
        "channels = [\"twitter\", \"forum\", \"email\"]",
        "channels = [\"twiter\"]",
        &["there is no channel `twiter`", "mine.toml:", "did you mean `twitter`?"],
    );
    refused_change(
        "baseline     = \"presence-only\"",
        "baseline = \"nobody\"",
        &["no arm `nobody`", "the arms are"],
    );
    refused_change(
        "like   = \"presence-only\"",
        "like = \"presense-only\"",
        &["no arm `presense-only`", "did you mean `presence-only`?"],
    );
    refused_change(
        "\"resolved_per_failure\", ",
        "\"resolved_per_failures\", ",
        &["resolved_per_failures", "resolved_per_failure"],
    );
}

#[test]
fn a_shift_needs_a_length() {
    refused_change(
        "hours = \"09:00-17:00\"",
        "hours = \"09:00-09:00\"",
        &["no length", "mine.toml:", "22:00-06:00"],
    );
    refused_change(
        "days = \"Mon-Sun\"",
        "days = \"Mon-Son\"",
        &["`Son` is not a day of the week", "Mon-Fri"],
    );
}

#[test]
fn an_arm_cannot_override_what_does_not_exist_or_is_shared() {
    refused_change(
        "listening.coverage = 0.8",
        "listening.coverrage = 0.8",
        &["in arm `listening-only`", "unknown key `coverrage`", "did you mean `coverage`?"],
    );
    refused_change(
        "listening.coverage = 0.8",
        "team.caer.wage_per_hour = 3",
        &["in arm `listening-only`", "no team `caer`", "did you mean `care`?"],
    );
    refused_change(
        "listening.coverage = 0.8",
        "customers.count = 5",
        &["an arm cannot change `customers`"],
    );
    refused_change("listening.coverage = 0.8", "like = \"listening-only\"", &["in a circle"]);
}

#[test]
fn a_set_of_an_unknown_key_or_a_bad_value_points_at_the_argument() {
    let desk = Desk::new();
    let name = "listening-vs-responding";
    refused(
        &desk,
        name,
        &["--set", "customers.cuont=5"],
        &["unknown key `cuont`", "--set", "did you mean `count`?"],
    );
    refused(&desk, name, &["--set", "customers.count=many"], &["customers.count must be", "--set"]);
    refused(&desk, name, &["--set", "customers.count"], &["customers.count", "="]);
    refused(&desk, name, &["--set", "=5"], &["key"]);
    refused(
        &desk,
        name,
        &["--set", "arm.respondin.listening.coverage=0.5"],
        &["no arm `respondin`", "--set", "did you mean `responding`?"],
    );
    refused(
        &desk,
        name,
        &["--set", "team.caer.channels=[]"],
        &["no team `caer`", "did you mean `care`?"],
    );
    refused(
        &desk,
        name,
        &["--set", "customers.count=-5"],
        &["-5 is below the smallest allowed, 0"],
    );
}

#[test]
fn arguments_out_of_range_are_refused() {
    let desk = Desk::new();
    for arguments in [
        ["--replications", "0"],
        ["--replications", "-1"],
        ["--seed", "-1"],
        ["--seed", "9223372036854775808"],
        ["--threads", "0"],
        ["--format", "xml"],
    ] {
        let outcome = desk.heard(&[&["run", "listening-vs-responding"], &arguments[..]].concat());
        assert_eq!(outcome.code, 2, "{arguments:?}: {}", outcome.err);
        assert!(outcome.err.contains(arguments[0]), "{}", outcome.err);
    }
    assert!(desk.files(".").is_empty());
}

#[test]
fn files_that_are_no_scenario_are_refused_at_once() {
    let desk = Desk::new();
    refused(&desk, "missing.toml", &[], &["missing.toml"]);
    fs::create_dir(desk.path("folder.toml")).unwrap();
    refused(&desk, "folder.toml", &[], &["folder.toml", "folder"]);
    desk.write("latin.toml", b"title = \"caf\xe9\"\n");
    refused(&desk, "latin.toml", &[], &["latin.toml", "UTF-8"]);
    desk.write("empty.toml", "");
    refused(&desk, "empty.toml", &[], &["empty.toml", "empty"]);
    refused(
        &desk,
        "listening-vs-respondin",
        &[],
        &["no bundled scenario", "did you mean `listening-vs-responding`?"],
    );
    desk.write("half.toml", "[run\ndays = 3\n");
    refused(&desk, "half.toml", &[], &["half.toml:1"]);
}

#[test]
fn monsters_are_refused_quickly() {
    let desk = Desk::new();
    desk.write("deep.toml", format!("a = {}", "[".repeat(100_000)));
    refused(&desk, "deep.toml", &[], &["deep.toml"]);
    let line = b"x7%$ [[ = \"\n";
    desk.write("huge.toml", line.repeat(50_000_000 / line.len()));
    refused(&desk, "huge.toml", &[], &["huge.toml"]);
}

#[test]
fn an_output_folder_that_cannot_be_is_named() {
    let desk = Desk::new();
    desk.write("file", "");
    for out in ["file", "file/below", "/proc/nowhere"] {
        let outcome =
            desk.heard(&[&["run", "listening-vs-responding", "--out", out], &SMALL[..]].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.err);
        assert!(outcome.err.contains(out) && outcome.err.contains("--out"), "{}", outcome.err);
    }
    assert_eq!(desk.files("."), ["file"]);
}

#[test]
fn a_presented_channel_that_nobody_staffs_is_only_a_warning() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let outcome = desk
        .heard(&[&["run", "mine.toml", "--replications", "2", "--no-charts"], &SMALL[..]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        outcome.err.contains(
            "warning: in arms presence-only and automatic-reply: nobody staffs twitter, forum or email"
        ),
        "{}",
        outcome.err
    );
}

#[test]
fn a_team_that_listens_and_never_works_is_warned_of_in_the_phase_where_it_does_not() {
    let desk = Desk::new();
    let warned = |set: Option<&str>, when: &str| {
        let mut args = vec!["check", "dell-turnaround"];
        set.iter().for_each(|set| args.extend(["--set", set]));
        let outcome = desk.heard(&args);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let text = "nothing is ever searched for: team.outreach listens and has no shift";
        outcome.err.replace('\n', " ").contains(&format!("{text}{when}"))
    };
    assert!(!warned(None, ""));
    assert!(warned(Some("arm.listens.switch=[{ at_day = 90, listening.coverage = 0.8 }]"), ";"));
    let weeks = |weeks: &str| {
        format!(
            "arm.listens.switch=[{{ at_day = 91, listening.coverage = 0.8, team.outreach.shifts = [{{ \
             days = 'Mon-Fri', hours = '09:00-17:00', people = 2, weeks = {weeks} }}] }}]"
        )
    };
    assert!(warned(Some(&weeks("[1, 13]")), " between day 91 and day "));
    assert!(!warned(Some(&weeks("[1, 14]")), ""));
}
