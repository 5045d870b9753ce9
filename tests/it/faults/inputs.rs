//! What a verb reads it never replaces, whatever the file is called and however it is reached.

use sha2::{Digest, Sha256};

use crate::program::{Desk, SEVEN_ARMS, SMALL};

/// Nothing happens but one clear error that names the file.
fn refused(desk: &Desk, line: &str, named: &str) {
    let before = desk.files(".");
    let outcome = desk.shell(line);
    assert_eq!(outcome.code, 2, "{line}: {}", outcome.err);
    assert_eq!(outcome.err.matches("error:").count(), 1, "{line}: {}", outcome.err);
    let says = format!("error: {named} is an input");
    assert!(outcome.err.contains(&says) && outcome.err.contains("--out"), "{}", outcome.err);
    assert_eq!(desk.files("."), before, "{line}");
}

/// Two days of calls, in a format that a log, a file of arrivals, and a replay may have.
fn calls() -> String {
    let mut log = "arrived,stream,answered,closed,agent\n".to_owned();
    for (day, hour) in [2, 3].into_iter().flat_map(|day| (9..17).map(move |hour| (day, hour))) {
        let at = |minute: u32| format!("2026-03-{day:02}T{hour:02}:{minute:02}:00");
        log += &format!("{},calls,{},{},ann\n", at(30), at(31), at(36));
    }
    log
}

#[test]
fn a_fit_never_replaces_the_log_that_it_reads() {
    let desk = Desk::new();
    let log = calls();
    desk.write("mine.arrivals.csv", &log);
    desk.write("mine.waits.svg", &log);
    desk.write("other.csv", &log);
    const TUESDAY: &str = "--replay 2026-03-03..2026-03-03";
    let fit =
        |log: &str, more: &str| format!("\"$HEARD\" fit {log} --out mine.toml --force {more}");
    let beside = "mine.arrivals.csv";
    refused(&desk, &fit("mine.arrivals.csv", TUESDAY), beside);
    refused(&desk, &fit("./mine.arrivals.csv", TUESDAY), beside);
    refused(&desk, &fit("other.csv", "--replay-log mine.arrivals.csv"), beside);
    refused(&desk, &fit("- < mine.arrivals.csv", TUESDAY), beside);
    refused(&desk, &fit("mine.waits.svg", ""), "mine.waits.svg");
    {
        std::os::unix::fs::symlink("mine.arrivals.csv", desk.path("link.csv")).unwrap();
        std::fs::hard_link(desk.path("mine.arrivals.csv"), desk.path("hard.csv")).unwrap();
        std::os::unix::fs::symlink("other.csv", desk.path("mine.toml")).unwrap();
        refused(&desk, &fit("link.csv", TUESDAY), beside);
        refused(&desk, &fit("hard.csv", TUESDAY), beside);
        refused(&desk, &fit("other.csv", ""), "mine.toml");
        std::fs::remove_file(desk.path("mine.toml")).unwrap();
    }
    assert_eq!(desk.read("mine.arrivals.csv"), log.as_bytes());
    assert_eq!(desk.read("other.csv"), log.as_bytes());
    // What is not written is no output.
    let outcome = desk.shell(&fit("mine.arrivals.csv", "--no-charts --check 1"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn a_run_never_replaces_what_its_scenario_is_read_from() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("out")).unwrap();
    let edges = "1,0\n2,0\n";
    desk.write("out/breakdown.csv", edges);
    desk.write("out/summary.csv", SEVEN_ARMS);
    desk.write("out/manifest.json", "arrived,stream\n2026-03-02T09:30:00,calls\n");
    let network = "\n[network]\nkind = \"edges\"\nfile = \"out/breakdown.csv\"\n";
    desk.write("tied.toml", format!("{SEVEN_ARMS}{network}"));
    let queue = "[run]\ndays = 7\nwarmup_days = 0\nmargin_days = 0\n[customers]\ncount = 0\n\
         [channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
         [stream.calls]\nchannel = \"phone\"\nper_hour = 1\n\
         [replay]\nfile = \"out/manifest.json\"\nfirst_day = \"2026-03-02\"\n";
    desk.write("replayed.toml", queue);
    let small = SMALL.join(" ");
    let run = |scenario: &str| format!("\"$HEARD\" run {scenario} --out out --no-charts");
    let inside = desk.files("out");
    refused(&desk, &format!("{} {small}", run("tied.toml")), "out/breakdown.csv");
    refused(&desk, &format!("{} {small}", run("out/summary.csv")), "out/summary.csv");
    refused(&desk, &run("replayed.toml"), "out/manifest.json");
    assert_eq!(desk.files("out"), inside);
    assert_eq!(desk.read("out/breakdown.csv"), edges.as_bytes());
    // An input that lies there under a name of its own is in nobody's way.
    std::fs::rename(desk.path("out/summary.csv"), desk.path("out/mine.toml")).unwrap();
    let run = desk.shell(&format!("{} {small} --replications 2", run("out/mine.toml")));
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_run_never_clears_away_what_its_scenario_is_read_from() {
    let desk = Desk::new();
    let edges = "1,0\n2,0\n";
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.write("out/ties.csv", edges);
    let sum: String = Sha256::digest(edges).iter().map(|byte| format!("{byte:02x}")).collect();
    desk.write("out/manifest.json", format!("{{ \"files\": {{ \"ties.csv\": \"{sum}\" }} }}"));
    let network = "\n[network]\nkind = \"edges\"\nfile = \"out/ties.csv\"\n";
    desk.write("tied.toml", format!("{SEVEN_ARMS}{network}"));
    let small = SMALL.join(" ");
    let run = format!("\"$HEARD\" run tied.toml --out out --no-charts --replications 2 {small}");
    let outcome = desk.shell(&run);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(desk.read("out/ties.csv"), edges.as_bytes());
}

#[test]
fn an_audit_never_replaces_the_log_that_it_reads() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.write("out/audit.csv", calls());
    desk.write("mine.toml", SEVEN_ARMS);
    let inside = desk.files("out");
    refused(&desk, "\"$HEARD\" audit out/audit.csv --out out", "out/audit.csv");
    refused(&desk, "cd out; \"$HEARD\" audit audit.csv --out .", "./audit.csv");
    refused(&desk, "\"$HEARD\" audit mine.toml --beside out/audit.csv --out out", "out/audit.csv");
    assert_eq!(desk.files("out"), inside);
    assert_eq!(desk.read("out/audit.csv"), calls().as_bytes());
}
