//! The smaller verbs, and help.

use crate::program::Desk;

/// The verbs, as the program itself lists them.
fn verbs(help: &str) -> Vec<&str> {
    let list = help.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    // Two spaces, the verb, and what it does, over several lines perhaps.
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_verb_has_help_with_examples() {
    let desk = Desk::new();
    let help = desk.heard(&["--help"]).out;
    assert!(help.contains("Examples:"), "{help}");
    let verbs = verbs(&help);
    assert!(verbs.len() > 10 && verbs.contains(&"fit"), "{verbs:?}");
    // That of clap, which shows the same.
    for verb in verbs.into_iter().filter(|verb| *verb != "help") {
        let outcome = desk.heard(&[verb, "--help"]);
        assert_eq!(outcome.code, 0);
        let (_, examples) = outcome.out.split_once("\nExamples:\n").unwrap_or_default();
        assert!(examples.contains(&format!("heard {verb}")), "{verb}: {}", outcome.out);
    }
}

#[test]
fn list_names_the_bundled_scenarios() {
    let outcome = Desk::new().heard(&["list"]);
    assert!(outcome.out.starts_with("listening-vs-responding\n"), "{}", outcome.out);
}

#[test]
fn list_names_the_formats_of_logs_as_the_documentation_does() {
    let outcome = Desk::new().heard(&["list", "--formats"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let docs = include_str!("../../docs/logs.md").to_lowercase();
    for format in heard_contacts::FORMATS {
        assert!(outcome.out.contains(&format!("{}\n", format.key)), "{}", outcome.out);
        let row = format!("| `{}` | {} | {} |", format.key, format.about, format.known_by);
        assert!(docs.contains(&row.to_lowercase()), "docs/logs.md lacks {row}");
    }
}

#[test]
fn new_starts_a_scenario_that_checks_and_never_overwrites_one() {
    let desk = Desk::new();
    assert_eq!(desk.heard(&["new", "mine.toml"]).code, 0);
    let check = desk.heard(&["check", "mine.toml"]);
    assert_eq!(check.code, 0, "{}", check.err);
    assert!(check.out.contains("presence-only (the baseline)"), "{}", check.out);
    assert!(check.out.contains("2. Questions: answer the question."), "{}", check.out);
    desk.write("mine.toml", "precious");
    let again = desk.heard(&["new", "mine.toml"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("already exists"), "{}", again.err);
    assert_eq!(desk.read("mine.toml"), b"precious");
}

#[test]
fn the_schema_describes_every_section_with_units_and_sources() {
    let outcome = Desk::new().heard(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    for section in
        ["run", "customers", "company", "channel", "team", "stream", "triage", "answer", "arm"]
    {
        assert!(schema["properties"][section].is_object(), "{section}");
    }
    let count = schema["$defs"]["Customers"]["properties"]["gives_up_hours"].clone();
    assert_eq!(count["x-unit"], "hours");
    assert_eq!(count["x-source"], "assumed");
    assert_eq!(count["default"], 72.0);
}

#[test]
fn every_number_of_a_scenario_has_a_unit_or_a_source() {
    let schema: serde_json::Value =
        serde_json::from_str(&Desk::new().heard(&["schema"]).out).unwrap();
    let mut without = Vec::new();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let numeric = property["type"].to_string().contains("number")
                || property["type"].to_string().contains("integer");
            if numeric && property.get("x-unit").is_none() && property.get("x-source").is_none() {
                without.push(format!("{name}.{key}"));
            }
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn completions_and_manual_are_made_from_the_command_line() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.heard(&["completions", shell]).out.contains("replications"), "{shell}");
    }
    let manual = desk.heard(&["manual"]).out;
    assert!(manual.starts_with(".ie") || manual.starts_with(".TH"), "{}", &manual[..60]);
    assert!(manual.contains("heard-run") || manual.contains("heard\\-run"), "no page for run");
}

#[test]
fn the_reference_in_docs_is_what_the_program_prints() {
    let printed = Desk::new().heard(&["schema", "--markdown"]).out;
    assert!(
        printed == include_str!("../../docs/scenario.md"),
        "remake it: heard schema --markdown > docs/scenario.md"
    );
}

#[test]
fn the_definitions_in_docs_are_what_the_program_prints() {
    let desk = Desk::new();
    let printed = desk.heard(&["list", "--metrics", "--markdown"]).out;
    let page = include_str!("../../docs/report-card.md");
    assert!(
        page.ends_with(&printed),
        "remake the end of docs/report-card.md: heard list --metrics --markdown"
    );
    let people = desk.heard(&["list", "--metrics"]).out;
    for line in printed.lines().skip(2) {
        let name = line.split('`').nth(1).unwrap();
        assert!(people.contains(name), "{name}");
    }
    let alone = desk.heard(&["list", "--markdown"]);
    assert!(alone.code == 2 && alone.err.contains("--metrics"), "{}", alone.err);
}
