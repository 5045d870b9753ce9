//! A fit writes nothing before it knows that all is right, and only to its own files.

use crate::program::Desk;

/// Calls on a Monday, and one that comes fifteen years later: longer than a scenario may last.
fn years() -> String {
    let call = |day: &str, hour: u32| {
        format!("{day}T{hour:02}:30:00,{day}T{hour:02}:31:00,{day}T{hour:02}:36:00,ann\n")
    };
    let calls = (9..17).map(|hour| call("2010-03-01", hour));
    let calls: String = calls.chain([call("2025-03-03", 9)]).collect();
    format!("arrived,answered,closed,agent\n{calls}")
}

#[test]
fn a_fit_that_is_refused_leaves_everything_as_it_was() {
    let desk = Desk::new();
    desk.write("log.csv", years());
    let too_long = ["--out", "mine.toml", "--replay", "2010-03-01..2025-03-03"];
    let refused = |more: &[&str]| {
        let before = desk.files(".");
        let outcome = desk.heard(&[&["fit", "log.csv"], &too_long[..], more].concat());
        assert_eq!(outcome.code, 2, "{}", outcome.err);
        assert!(outcome.err.contains("above the largest allowed, 3650"), "{}", outcome.err);
        assert_eq!(desk.files("."), before);
        // The error is about the file that the user asked for.
        assert!(outcome.err.contains("--> mine.toml:"), "{}", outcome.err);
    };
    refused(&["--check", "0"]);
    desk.write("mine.toml", "precious");
    desk.write("mine.arrivals.csv", "precious");
    refused(&["--force"]);
    for name in ["mine.toml", "mine.arrivals.csv"] {
        assert_eq!(desk.read(name), b"precious");
    }
}

#[test]
fn a_folder_in_the_place_of_any_file_of_a_fit_is_known_before_the_first_is_written() {
    let desk = Desk::new();
    desk.write("log.csv", years());
    for in_the_way in ["mine.toml", "mine.arrivals.csv", "mine.waits.png"] {
        std::fs::create_dir(desk.path(in_the_way)).unwrap();
        let before = desk.files(".");
        let days = ["--replay", "2010-03-01..2010-03-01", "--out", "mine.toml"];
        for force in [&[][..], &["--force"]] {
            let outcome = desk.heard(&[&["fit", "log.csv"], &days[..], force].concat());
            assert_eq!(outcome.code, 2, "{}", outcome.err);
            assert!(outcome.err.contains(in_the_way), "{}", outcome.err);
        }
        assert_eq!(desk.files("."), before);
        std::fs::remove_dir(desk.path(in_the_way)).unwrap();
    }
}

#[test]
fn a_planted_link_leads_a_fit_to_nobody_elses_file() {
    let desk = Desk::new();
    desk.write("log.csv", years());
    desk.write("victim", "precious");
    // The shell's own number is that of the program that takes its place.
    let fit = desk.shell(
        "ln -s victim .mine.toml.$$; ln -s victim mine.toml
         exec \"$HEARD\" fit log.csv --days 2010-03-01..2010-03-01 --out mine.toml --force --check 0",
    );
    assert_eq!(fit.code, 0, "{}", fit.err);
    assert_eq!(desk.read("victim"), b"precious");
    assert!(desk.read("mine.toml").starts_with(b"# Written by heard"));
}
