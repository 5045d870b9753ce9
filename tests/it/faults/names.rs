//! Names of the user's choosing: they steer no terminal, name no file, and break no drawing.

use super::Desk;

/// What breaks what is not careful: paths, control characters, what steers a terminal, markup,
/// what turns the direction of reading around, and sheer length.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "../x",
        "/etc/passwd",
        "a/b",
        "CON",
        "nul.txt",
        "\u{0}",
        "a\u{1b}[31mred\u{1b}]0;title\u{7}",
        "\u{9b}31m",
        "line\nbreak\r\ttab",
        "<script>alert(1)</script>",
        "\"><image href='x' onerror='y'/>&amp;",
        "]]>",
        "=1+1",
        "\u{202e}txt.exe",
        "名前",
        "e\u{301}\u{200d}👩‍👩‍👧",
        "",
        " ",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("long ".repeat(2000));
    names
}

/// A scenario in which everything that can have a name has this one.
fn scenario(name: &str) -> String {
    let name = serde_json::to_string(name).unwrap().replace('\u{7f}', "\\u007f");
    format!(
        "title = {name}\nclaim = {name}\nsource = {name}\n[run]\ndays = 12\nwarmup_days = 1\n\
         margin_days = 1\nbaseline = {name}\n[customers]\ncount = 100\n\
         [company.{name}]\nfailures_per_customer_month = 20\n[company.other]\n\
         [channel.{name}]\nseen_by = \"public\"\nwaits = \"in an inbox\"\n\
         [team.{name}]\nchannels = [{name}]\n\
         shifts = [{{ days = \"Mon-Sun\", hours = \"09:00-17:00\", people = 1 }}]\n\
         [stream.{name}]\nchannel = {name}\nper_hour = 1\n\
         [[triage]]\ndo = \"restore\"\n\
         [arm.{name}]\n[arm.plain]\ntriage = [{{ do = \"ignore\" }}]\n\
         [[figure]]\nname = \"own\"\ntitle = {name}\nnote = {name}\ndraws = \"arms\"\nmetrics = [\"heard_rate\"]\n"
    )
}

/// Whether a scenario may not use the name at all.
fn refused(name: &str) -> bool {
    name.chars().any(char::is_control) || name.chars().count() > 100
}

/// Nothing in a text steers the terminal that shows it.
fn harmless(what: &str, text: &str) {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let at = text.find(steers);
    let shown = at.map(|at| text[at..].chars().take(40).collect::<String>());
    assert_eq!(shown, None, "{what}");
}

#[test]
fn no_name_steers_the_terminal_or_leaves_the_folder() {
    for name in names() {
        let desk = Desk::new();
        desk.write("mine.toml", scenario(&name));
        for call in [
            &["check", "mine.toml"][..],
            &["run", "mine.toml", "--replications", "2", "--out", "out"],
            &["run", "mine.toml", "--replications", "2", "--out", "out", "--format", "json"],
            &["trace", "mine.toml"],
            &["trace", "mine.toml", "--list", "3"],
            &["trace", "mine.toml", "--format", "json"],
            &["check", "mine.toml", "--set", "run.baseline=nobody"],
            &["check", "mine.toml", "--set", "triage=[{ do = \"redirect\", to = \"zz\" }]"],
            &["trace", "mine.toml", "--arms", &name],
        ] {
            // No argument can hold a zero byte.
            if call.iter().any(|part| part.contains('\0')) {
                continue;
            }
            let outcome = desk.heard(call);
            let wrong = call.contains(&"--set") || call.contains(&"--arms");
            let right = if refused(&name) { 2 } else { 0 };
            let fits = outcome.code == right || (wrong && outcome.code == 2);
            assert!(fits, "{name:?} {call:?}: {}", outcome.err);
            harmless(&format!("{name:?} {call:?} out"), &outcome.out);
            harmless(&format!("{name:?} {call:?} err"), &outcome.err);
        }
        let left = if refused(&name) { &["mine.toml"][..] } else { &["mine.toml", "out"] };
        assert_eq!(desk.files("."), left, "{name:?}");
        for file in desk.files("out") {
            let plain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
            assert!(file.chars().all(plain), "{name:?}: {file}");
            if file.ends_with(".svg") {
                let svg = String::from_utf8(desk.read(format!("out/{file}"))).unwrap();
                assert!(!svg.contains("<script") && !svg.contains("<image"), "{name:?}: {file}");
                harmless(&file, &svg);
            }
        }
    }
}

#[test]
fn a_figure_cannot_name_a_file_elsewhere() {
    for name in ["../x", "a/b", "", ".", "a.b", "a b", "nul\\u0000", "ü", "\\u001b[31m"] {
        let desk = Desk::new();
        let text = scenario("one").replace("name = \"own\"", &format!("name = \"{name}\""));
        desk.write("mine.toml", text);
        let outcome = desk.heard(&["run", "mine.toml", "--out", "out"]);
        assert_eq!(outcome.code, 2, "{name}");
        let said = ["cannot be part of a file's name", "holds the control character"];
        assert!(said.iter().any(|part| outcome.err.contains(part)), "{}", outcome.err);
        harmless(name, &outcome.err);
        assert_eq!(desk.files("."), ["mine.toml"]);
    }
}

#[test]
fn arguments_with_control_characters_are_shown_without_them() {
    let desk = Desk::new();
    let escape = "a\u{1b}[31m\u{202e}b";
    for call in [
        &["run", escape][..],
        &["run", &format!("./{escape}.toml")],
        &["check", &format!("{escape}/x.toml")],
        &["run", "listening-vs-responding", "--set", escape],
        &["run", "listening-vs-responding", "--set", &format!("{escape}=1")],
        &["run", "listening-vs-responding", "--set", &format!("run.baseline=\"{escape}\"")],
        &["run", "listening-vs-responding", "--seed", escape],
        &["run", "listening-vs-responding", "--out", &format!("/proc/{escape}")],
        &["trace", "listening-vs-responding", "--arms", escape],
        &["trace", "listening-vs-responding", "--case", escape],
        &["new", "mine.toml", "--from", escape],
        &["new", &format!("{escape}/mine.toml")],
        &[escape],
    ] {
        let outcome = desk.heard(call);
        assert_eq!(outcome.code, 2, "{call:?}: {}", outcome.err);
        harmless(&format!("{call:?}"), &outcome.err);
    }
    assert!(desk.files(".").is_empty());
    let outcome = desk.heard(&["new", &format!("{escape}.toml")]);
    assert_eq!(outcome.code, 0);
    harmless("new", &outcome.err);
}
