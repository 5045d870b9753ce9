//! A journal that is not what this run would have written is refused by name and left as it is.

use std::fs;

use super::{Desk, contents, desk, run};

const SIX: [&str; 2] = ["--replications", "6"];

/// A folder in which all six replications are finished, but no result is.
fn unfinished() -> Desk {
    let desk = desk();
    assert_eq!(run(&desk, "out", &[&SIX[..], &["--no-charts"]].concat()).code, 0);
    fs::rename(desk.path("out/journal.bin"), desk.path("journal")).unwrap();
    fs::remove_dir_all(desk.path("out")).unwrap();
    fs::create_dir(desk.path("out")).unwrap();
    fs::copy(desk.path("journal"), desk.path("out/journal.partial")).unwrap();
    desk
}

/// Bytes of the first line, and of a record.
fn lengths(journal: &[u8]) -> (usize, usize) {
    let head = journal.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    (head, (journal.len() - head) / 6)
}

/// Going on is refused with exit 2 and this text, and nothing is touched.
fn refused(desk: &Desk, more: &[&str], says: &str) {
    let before = contents(desk, "out");
    let outcome = run(desk, "out", &[&["--resume", "--no-charts"], more].concat());
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains(says), "{says}\n{}", outcome.err);
    assert!(outcome.err.contains("--restart"), "{}", outcome.err);
    assert_eq!(contents(desk, "out"), before);
}

/// It goes on, to the bytes of a run that nothing happened to.
fn goes_on(desk: &Desk) {
    let outcome = run(desk, "out", &[&SIX[..], &["--resume", "--no-charts"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(run(desk, "whole", &[&SIX[..], &["--no-charts"]].concat()).code, 0);
    assert_eq!(contents(desk, "out"), contents(desk, "whole"));
}

#[test]
fn damage_in_the_middle_is_refused_and_what_is_whole_can_be_kept() {
    let desk = unfinished();
    let mut journal = desk.read("journal");
    let (head, record) = lengths(&journal);
    journal[head + 2 * record + 100] ^= 4;
    desk.write("out/journal.partial", &journal);
    refused(&desk, &SIX, "out/journal.partial is damaged: it has 2 replications that can be read");
    let whole = head + 2 * record;
    refused(&desk, &SIX, &format!("truncate -s {whole} out/journal.partial"));
    fs::write(desk.path("out/journal.partial"), &journal[..whole]).unwrap();
    goes_on(&desk);
}

#[test]
fn what_a_run_that_died_leaves_behind_is_no_damage() {
    let desk = unfinished();
    let journal = desk.read("journal");
    let (head, record) = lengths(&journal);
    for length in [0, 10, head, head + 1, head + 3 * record - 1, journal.len() - 1] {
        desk.write("out/journal.partial", &journal[..length]);
        let _ = fs::remove_dir_all(desk.path("whole"));
        goes_on(&desk);
        fs::remove_dir_all(desk.path("out")).unwrap();
        fs::create_dir(desk.path("out")).unwrap();
    }
}

#[test]
fn a_journal_of_another_experiment_is_refused() {
    let desk = unfinished();
    let other = "of another version, scenario or seed";
    refused(&desk, &[&SIX[..], &["--seed", "7"]].concat(), other);
    refused(&desk, &[&SIX[..], &["--set", "run.days=31"]].concat(), other);
    let text = desk.read("journal");
    let (head, _) = lengths(&text);
    let line = String::from_utf8(text[..head].to_vec()).unwrap();
    for changed in [
        line.replace("journal 1", "journal 2"),
        line.replace('\n', "0\n"),
        line.replacen(' ', " 0", 2),
    ] {
        desk.write("out/journal.partial", [changed.as_bytes(), &text[head..]].concat());
        refused(&desk, &SIX, "out/journal.partial: ");
    }
    for nonsense in ["a shopping list\n", "\n", "{}", "\0\0\0\0"] {
        desk.write("out/journal.partial", nonsense);
        refused(&desk, &SIX, "this is not a journal of replications, or it is damaged");
    }
}

#[test]
fn a_journal_of_more_than_is_wanted_is_not_cut_short() {
    let desk = unfinished();
    let before = contents(&desk, "out");
    let outcome = run(&desk, "out", &["--resume", "--no-charts", "--replications", "4"]);
    assert_eq!(outcome.code, 2);
    let says = "out holds an unfinished run of 6 replications, more than the 4 wanted";
    assert!(outcome.err.contains(says), "{}", outcome.err);
    assert_eq!(contents(&desk, "out"), before);
}

#[test]
fn a_folder_in_place_of_the_journal_is_refused() {
    let desk = desk();
    fs::create_dir_all(desk.path("out/journal.partial")).unwrap();
    let outcome = run(&desk, "out", &[&SIX[..], &["--resume"]].concat());
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("this is a folder, not a journal"), "{}", outcome.err);
    let outcome = run(&desk, "out", &SIX);
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    let outcome = run(&desk, "out", &[&SIX[..], &["--restart"]].concat());
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("out/journal.partial"), "{}", outcome.err);
    assert_eq!(desk.files("out"), ["journal.partial"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let desk = desk();
    desk.write("thesis", "years of work");
    fs::create_dir(desk.path("out")).unwrap();
    for name in ["journal.partial", ".lock", "summary.csv", "manifest.json"] {
        std::os::unix::fs::symlink("../thesis", desk.path("out").join(name)).unwrap();
    }
    let outcome = run(&desk, "out", &[&SIX[..], &["--resume"]].concat());
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("this is a link, not a journal"), "{}", outcome.err);
    let outcome = run(&desk, "out", &[&SIX[..], &["--restart", "--no-charts"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(desk.read("thesis"), b"years of work");
    assert!(desk.path("out/summary.csv").symlink_metadata().unwrap().is_file());
    assert!(super::finished(&desk, "out"));
}

#[test]
fn a_damaged_finished_journal_is_refused_and_the_results_stay() {
    let desk = desk();
    assert_eq!(run(&desk, "out", &[&SIX[..], &["--no-charts"]].concat()).code, 0);
    let mut journal = desk.read("out/journal.bin");
    let (head, record) = lengths(&journal);
    journal[head + record / 2] ^= 1;
    desk.write("out/journal.bin", journal);
    refused(&desk, &["--replications", "8"], "out/journal.bin is damaged: it has 0 replications");
    assert!(super::finished(&desk, "out"));
}
