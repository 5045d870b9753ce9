//! The page that compares the model with published figures.

use std::collections::BTreeMap;

/// What the page must speak of, by how its targets begin, and whether it was used to set or to check.
const REQUIRED: [(&str, &str); 32] = [
    ("P(complain), serious", "set"),
    ("P(complain), trivial", "set"),
    ("P(public), serious", "set"),
    ("Online complaints after a failed private attempt", "set"),
    ("Followers, median", "set"),
    ("Accounts with fewer than 1,000 followers", "set"),
    ("Posts never retweeted", "set"),
    ("Retweeted once", "set"),
    ("Retweeted twice", "set"),
    ("Retweeted three times", "set"),
    ("Cascades of 100 or more", "set"),
    ("Tagged posts answered", "set"),
    ("Untagged posts answered", "set"),
    ("Thread goes on", "set"),
    ("Calls again", "set"),
    ("Distributive above interactional", "set"),
    ("Interactional above procedural", "set"),
    ("CCMC's regime: dissatisfied less silent", "check"),
    ("TARP's regime: dissatisfied less silent", "check"),
    ("Levels after a large loss", "check"),
    ("Paradox: satisfaction after one failure", "check"),
    ("Paradox: none after two failures", "check"),
    ("Paradox: the second recovery", "set"),
    ("Squeaky wheel: more complaints", "check"),
    ("Squeaky wheel: the relationship", "check"),
    ("Remedies: satisfied by money alone", "check"),
    ("Reach first: fewer than half", "check"),
    ("Reach first, negative control", "check"),
    ("Dell: negative share", "check"),
    ("Comcast: ", "check"),
    ("Airlines: ", "check"),
    ("Recommend: ", "check"),
];

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/validation.md");
    std::fs::read_to_string(path).unwrap()
}

/// The cells of the rows that lie between the page's headings of tables and begin with none of them.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| !["Target", "Used to"].contains(&cells[1]))
        .collect()
}

/// The page's targets, each with what it was used to.
fn targets() -> Vec<(String, String)> {
    let page = page();
    let targets = rows(&page).into_iter().filter(|cells| cells[1] != "check" && cells[1] != "set");
    targets.map(|cells| (cells[1].to_owned(), cells[4].to_owned())).collect()
}

#[test]
fn the_validation_page_lists_every_required_target() {
    let targets = targets();
    for (start, used) in REQUIRED {
        let listed = targets.iter().any(|(target, to)| target.starts_with(start) && to == used);
        assert!(listed, "no target to {used} begins with `{start}`");
    }
}

#[test]
fn no_target_both_sets_and_checks() {
    let mut uses = BTreeMap::new();
    for (target, used) in targets() {
        assert!(used == "set" || used == "check", "{target} is used to {used}");
        let before = uses.insert(target.clone(), used);
        assert_eq!(before, None, "{target} is listed twice");
    }
}

/// What is true by construction, a sign or a null is never counted as a number that was met.
#[test]
fn the_counts_at_the_top_tell_kinds_apart_and_are_those_of_the_rows() {
    let page = page();
    let (counts, targets): (Vec<_>, Vec<_>) =
        rows(&page).into_iter().partition(|cells| ["check", "set"].contains(&cells[1]));
    let verdicts = ["met", "met in sign only", "within a factor of two", "**missed**"];
    let mut counted = 0;
    for cells in &counts {
        for (verdict, number) in verdicts.into_iter().zip(&cells[3..]) {
            let same =
                |row: &&Vec<&str>| row[4] == cells[1] && row[5] == cells[2] && row[6] == verdict;
            let found = targets.iter().filter(same).count();
            assert_eq!(*number, found.to_string(), "{} {} {verdict}", cells[1], cells[2]);
            counted += found;
        }
    }
    assert_eq!(counted, targets.len(), "a target of another kind or verdict");
    let of = |kind: &str| targets.iter().filter(|row| row[4] == "check" && row[5] == kind).count();
    let said = format!("Of {} published numbers that check the model, ", of("number"));
    assert!(page.contains(&said) && of("by construction") > 0, "{said}");
}
