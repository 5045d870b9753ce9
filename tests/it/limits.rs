//! Limits are stated in `docs/limits.md`, and kept: what is too much is refused at once, by name,
//! and what is allowed is played, or told to need more than there is.

mod ends;

use std::fs;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::memory::Need;

use crate::bad_input::refused;
use crate::program::{Desk, SEVEN_ARMS, SMALL};
use crate::support::experiment;

/// Callers who hold the line until somebody has time for them.
const QUEUE: &str = "[run]\ndays = 100\n[customers]\ncount = 0\n[channel.phone]\nseen_by = \"private\"\n\
     waits = \"on the line\"\n[team.few]\nchannels = [\"phone\"]\n\
     shifts = [{ days = \"Mon-Sun\", hours = \"09:00-17:00\", people = 1 }]\n\
     [stream.calls]\nchannel = \"phone\"\nper_hour = 1\nhangs_up = false\n\
     [[triage]]\ndo = \"correct\"\n";

const LIMITS: &str = include_str!("../../docs/limits.md");

#[test]
fn every_number_of_the_page_on_limits_is_the_programs_own() {
    use heard_scenario::{edges, size, source};
    let mebibytes = source::SIZE_LIMIT >> 20;
    for stated in [
        format!("{mebibytes} MiB"),
        format!("{} tables or lists", source::DEPTH_LIMIT),
        format!("{} million edges", edges::MOST_EDGES / 1_000_000),
        format!("{} companies", size::MOST_COMPANIES),
        format!("{} arms", size::MOST_ARMS),
        format!("{} switches", size::MOST_SWITCHES),
        "10,000,000; 65,535".to_owned(),
        "10,000,000 customers".to_owned(),
        "1,000,000 replications".to_owned(),
        "1024 threads".to_owned(),
        "3650 days".to_owned(),
        "255 of each".to_owned(),
        "2 billion".to_owned(),
    ] {
        assert!(LIMITS.contains(&stated), "docs/limits.md does not say `{stated}`");
    }
}

#[test]
fn every_number_of_the_page_on_logs_is_the_programs_own() {
    use heard_contacts::limits;
    use heard_lab::audit::MOST_CARDS;
    use heard_text::number::count;
    let page = include_str!("../../docs/logs.md");
    for stated in [
        format!("| a row | {} MiB |", limits::MOST_OF_ROW >> 20),
        format!("| columns | {} |", count(limits::MOST_COLUMNS as u64)),
        format!(
            "{} of each; {} pairs of both",
            count(limits::MOST_COMPANIES as u64),
            count(MOST_CARDS as u64)
        ),
        format!("{}; {}; ", count(limits::MOST_KINDS as u64), count(limits::MOST_AGENTS as u64)),
        format!("{} ids that may come twice", count(limits::MOST_REPEATED as u64)),
        format!("{} MiB of a workbook", limits::MOST_OF_WORKBOOK >> 20),
        format!("{} GiB when unpacked", limits::MOST_UNPACKED >> 30),
        format!("{} sheets", count(limits::MOST_SHEETS as u64)),
        format!("{} cells", count(limits::MOST_CELLS)),
    ] {
        assert!(page.contains(&stated), "docs/logs.md does not say `{stated}`");
    }
    let groups = format!("At most\n{} groups", count(heard_lab::audit::MOST_GROUPS as u64));
    assert!(include_str!("../../docs/report-card.md").contains(&groups), "{groups}");
}

#[test]
fn numbers_beyond_all_measure_are_refused_by_name() {
    let desk = Desk::new();
    let name = "listening-vs-responding";
    for (set, says) in [
        ("run.replications=1000001", "1000001 is above the largest allowed, 1000000"),
        ("run.replications=4294967295", "4294967295 is above the largest allowed, 1000000"),
        ("run.replications=9223372036854775807", "is above the largest allowed, 1000000"),
        ("run.replications=1e308", "run.replications"),
        ("run.days=3651", "3651 is above the largest allowed, 3650"),
        ("run.days=1e308", "above the largest allowed, 3650"),
        ("run.seed=-1", "below the smallest allowed, 0"),
        ("customers.count=10000001", "above the largest allowed, 10000000"),
        ("customers.count=4294967296", "above the largest allowed, 10000000"),
        ("customers.count=nan", "customers.count"),
        ("customers.followers.sigma=inf", "customers.followers.sigma"),
        ("team.care.wage_per_hour=-inf", "team.care.wage_per_hour"),
        ("listening.sweep_every_hours=1e-300", "below the smallest allowed, 0.01"),
    ] {
        refused(&desk, name, &["--set", set], &[says]);
    }
    for (option, beyond, most) in [
        ("--replications", "1000001", "1000000"),
        ("--threads", "1025", "1024"),
        ("--seed", "9223372036854775808", "9223372036854775807"),
    ] {
        for number in ["99999999999999999999999", "1e9", "nan", "-5", "", "٣"] {
            let outcome = desk.heard(&["run", name, option, number]);
            assert_eq!(outcome.code, 2, "{option} {number}: {}", outcome.err);
            assert!(outcome.err.contains(option), "{}", outcome.err);
        }
        let outcome = desk.heard(&["run", name, option, beyond]);
        assert!(outcome.err.contains(most), "{}", outcome.err);
    }
    assert!(desk.files(".").is_empty());
}

#[test]
fn what_needs_more_memory_than_there_is_is_refused_before_it_starts() {
    let desk = Desk::new();
    // Nobody has time for two billion callers, who all hold the line.
    let flood = QUEUE.replace("per_hour = 1\n", "per_hour = 800_000\n");
    desk.write("flood.toml", flood);
    refused(
        &desk,
        "flood.toml",
        &["--threads", "64"],
        &["this needs about", "TB of memory on 64 threads"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn fewer_threads_are_taken_where_memory_is_short_and_nobody_asked_for_more() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let small = SMALL.join(" ");
    let run = |kilobytes: u32, more: &str| {
        desk.shell(&format!(
            "ulimit -v {kilobytes}; exec \"$HEARD\" run mine.toml {small} \
             --set customers.count=400000 --set run.days=9 --replications 40 --no-charts --out out {more}"
        ))
    };
    let refused = run(400_000, "--threads 16");
    assert_eq!(refused.code, 2, "{}", refused.err);
    let says = ["error: this needs about", "on 16 threads, and 410 MB are free", "`--threads "];
    says.iter().for_each(|part| assert!(refused.err.contains(part), "{part}: {}", refused.err));
    let none = run(400_000, "--set customers.count=5000000");
    assert_eq!(none.code, 2, "{}", none.err);
    assert!(none.err.contains("fewer customers, days or replications"), "{}", none.err);
    assert!(desk.files("out").is_empty());
}

#[test]
fn the_need_grows_with_customers_days_threads_and_replications() {
    let need = |sets: &[&str], replications: u32| {
        Need::of(&experiment("tests/scenarios/listening-vs-responding.toml", sets, replications))
    };
    let base = need(&[], 100);
    assert!(base.at(2) < 250e6, "{base:?}");
    let many = need(&["customers.count=1000000"], 100);
    assert!(many.each > 20.0 * base.each, "{many:?}");
    assert!(need(&["customers.count=1000000", "run.days=365"], 100).each > 1.2 * many.each);
    assert!(need(&[], 1_000_000).common > 20.0 * base.common);
    assert!(many.at(8) > 7.0 * many.each);
    let silent = ["customers.count=1000000", "publicity.shares_per_view=0"];
    let tied = need(&[&silent[..], &["network.kind=\"small-world\""]].concat(), 100);
    assert!(tied.each > need(&silent, 100).each + 80e6);
}

#[test]
fn monsters_of_every_kind_are_refused_quickly() {
    let desk = Desk::new();
    desk.write("large.toml", format!("# {}\ntitle = \"a\"\n", "x".repeat(100_000_000)));
    refused(&desk, "large.toml", &[], &["large.toml is larger than 1 MiB"]);
    fs::remove_file(desk.path("large.toml")).unwrap();
    let keys: String = (0..100_000).map(|key| format!("k{key}=1\n")).collect();
    desk.write("keys.toml", &keys);
    refused(&desk, "keys.toml", &[], &["unknown key"]);
    desk.write("bom.toml", "\u{feff}title = 3\n");
    refused(&desk, "bom.toml", &[], &["title", "bom.toml:1:"]);
    for deep in ["[".repeat(100_000), "{a=".repeat(40_000), format!("{}1", "[".repeat(70))] {
        refused(&desk, "listening-vs-responding", &["--set", &format!("title={deep}")], &[]);
    }
    let dotted = vec!["a"; 20_000].join(".");
    refused(&desk, "listening-vs-responding", &["--set", &format!("{dotted}=1")], &[]);
    #[cfg(unix)]
    for device in ["/dev/zero", "/dev/urandom"] {
        refused(&desk, device, &[], &[&format!("{device} is larger than 1 MiB")]);
    }
}

#[test]
fn more_arms_switches_and_people_than_can_be_played_are_refused_at_once() {
    let desk = Desk::new();
    let many =
        |count: usize, one: &dyn Fn(usize) -> String| -> String { (0..count).map(one).collect() };
    let arms = many(256, &|arm| format!("[arm.a{arm}]\n"));
    desk.write("arms.toml", format!("{QUEUE}{arms}"));
    refused(&desk, "arms.toml", &[], &["arm: 256 are more than the 255"]);
    let switches = many(101, &|_| "{ at_day = 2 }, ".to_owned());
    desk.write("switches.toml", format!("{QUEUE}[arm.a]\nswitch = [{switches}]\n"));
    refused(&desk, "switches.toml", &[], &["switch: 101 are more than the 100"]);
    let shift = "{ days = \"Mon-Sun\", hours = \"09:00-17:00\", people = 40_000 }";
    let set = format!("team.few.shifts=[{shift}, {shift}]");
    desk.write("queue.toml", QUEUE);
    let told_apart = "80000 people in all are more than the 65535 that can be told apart";
    refused(&desk, "queue.toml", &["--set", &set, "--set", "team.few.named=true"], &[told_apart]);
    assert_eq!(desk.heard(&["check", "queue.toml", "--set", &set]).code, 0);
    let set = format!("team.few.shifts=[{}]", many(251, &|_| format!("{shift}, ")));
    refused(
        &desk,
        "queue.toml",
        &["--set", &set],
        &["more than the 10000000 that can be simulated"],
    );
}

#[cfg(unix)]
#[test]
fn a_scenario_may_come_through_a_pipe_but_edges_may_not() {
    let desk = Desk::new();
    desk.write("mine.toml", SEVEN_ARMS);
    let outcome =
        desk.shell("mkfifo pipe.toml; cat mine.toml > pipe.toml & \"$HEARD\" check ./pipe.toml");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for file in ["/dev/zero", "pipe.toml", "/dev/stdin", "."] {
        let network = format!("{SEVEN_ARMS}\n[network]\nkind = \"edges\"\nfile = \"{file}\"\n");
        desk.write("tied.toml", network);
        refused(&desk, "tied.toml", &[], &["is not a file of edges"]);
    }
}

#[test]
fn new_overwrites_nothing() {
    let desk = Desk::new();
    desk.write("mine.toml", "precious");
    assert_eq!(desk.heard(&["new", "mine.toml"]).code, 2);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere.toml", desk.path("link.toml")).unwrap();
        assert_eq!(desk.heard(&["new", "link.toml"]).code, 2);
        assert!(!desk.path("elsewhere.toml").exists());
    }
    assert_eq!(desk.read("mine.toml"), b"precious");
}

/// What is played without being told to need too much.
fn fits(experiment: &Experiment) -> bool {
    Need::of(experiment).at(1) < 1e9
}
