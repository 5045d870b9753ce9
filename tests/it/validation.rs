//! The page that holds the model against published figures.

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

/// The page's targets, each with what it was used to.
fn targets() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/validation.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| cells.len() == 7 && cells[1] != "Target")
        .map(|cells| (cells[1].to_owned(), cells[4].to_owned()))
        .collect()
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
