//! What people read is plain English: turns of phrase that read as a translation are found, with what to
//! write instead.

mod turns;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::Desk;
use words::{hits, prose_of_rust, words};

/// Pages that the program or a tool writes: their English comes out of the sources.
const GENERATED: [&str; 4] = ["scenario.md", "verification.md", "validation.md", "mutants.md"];

#[test]
fn documents_and_scenarios_are_in_plain_english() {
    let mut found = Found::default();
    for name in
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "output/README.md", "benches/README.md"]
    {
        found.file(&root().join(name));
    }
    let pages = files(&root().join("docs"), "md");
    let by_hand: Vec<&PathBuf> = pages.iter().filter(|page| !generated(page)).collect();
    let scenarios = files(&root().join("scenarios"), "toml");
    assert!(by_hand.len() >= 4 && scenarios.len() >= 14, "the documents are elsewhere now");
    by_hand.into_iter().chain(&scenarios).for_each(|file| found.file(file));
    found.assert_nothing();
}

#[test]
fn help_messages_and_generated_pages_are_in_plain_english() {
    let mut found = Found::default();
    let pages = files(&root().join("docs"), "md");
    pages.iter().filter(|page| generated(page)).for_each(|page| found.file(page));
    for (call, help) in helps() {
        found.text(&call, (1..).zip(help.lines()));
    }
    let below = |extension: &str| -> Vec<PathBuf> {
        ["src", "crates"].iter().flat_map(|folder| files(&root().join(folder), extension)).collect()
    };
    below("toml").iter().for_each(|file| found.file(file));
    let sources = below("rs");
    assert!(sources.len() > 100, "the sources are elsewhere now");
    for source in sources {
        let prose = prose_of_rust(&fs::read_to_string(&source).unwrap());
        let lines = prose.iter().map(|(number, text)| (*number, text.as_str()));
        found.text(&short(&source), lines);
    }
    found.assert_nothing();
}

#[test]
fn turns_are_found_across_lines_and_not_in_code_or_good_english() {
    let of = |text: &str| -> Vec<(usize, &str)> {
        let hits = hits(&words((1..).zip(text.lines())));
        hits.iter().map(|hit| (hit.line, hit.avoid)).collect()
    };
    assert_eq!(of("It is Played\n# at the\n# most twice."), [(1, "played"), (2, "at the most")]);
    assert_eq!(of("Display `played` and\n`at the most` here; at the. Most are."), []);
    assert_eq!(of("There is no day like it; it plays no part."), []);
    assert_eq!(
        of("`x` is no day. Mind: `y` is no log"),
        [(1, "is no day"), (1, ". mind :"), (1, "is no")]
    );
    let source = "//! Whoever\n// whoever\nlet a = \"so \\\n    many\"; // whoever\nlet whoever = b('\"');\n";
    let prose = prose_of_rust(source);
    let found = hits(&words(prose.iter().map(|(number, text)| (*number, text.as_str()))));
    let found: Vec<_> = found.iter().map(|hit| (hit.line, hit.avoid)).collect();
    assert_eq!(found, [(1, "whoever"), (3, "so many")]);
}

/// What was found where, and how much of it in each folder.
#[derive(Default)]
struct Found {
    lines: Vec<String>,
    folders: BTreeMap<String, usize>,
}

impl Found {
    fn file(&mut self, path: &Path) {
        let text = fs::read_to_string(path).unwrap();
        self.text(&short(path), (1..).zip(text.lines()));
    }

    fn text<'a>(&mut self, name: &str, lines: impl Iterator<Item = (usize, &'a str)>) {
        for hit in hits(&words(lines)) {
            self.lines.push(format!("{name}:{}: `{}`; write: {}", hit.line, hit.avoid, hit.write));
            let folder = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
            *self.folders.entry(folder.to_owned()).or_default() += 1;
        }
    }

    fn assert_nothing(&self) {
        let mut counts = String::new();
        for (folder, count) in &self.folders {
            writeln!(counts, "{count:>5}  {folder}").unwrap();
        }
        let total = self.lines.len();
        assert!(total == 0, "{}\n\n{counts}{total:>5}  in all", self.lines.join("\n"));
    }
}

/// The help of the program and of every verb that it lists, by how it is called.
fn helps() -> Vec<(String, String)> {
    let desk = Desk::new();
    let main = desk.heard(&["--help"]).out;
    let list = main.split_once("Commands:").unwrap().1;
    let verbs: Vec<String> = list
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|verb| verb != "help")
        .collect();
    assert!(verbs.len() >= 8, "{verbs:?}");
    let mut helps = vec![("heard --help".to_owned(), main.clone())];
    for verb in verbs {
        let help = desk.heard(&[&verb, "--help"]).out;
        helps.push((format!("heard {verb} --help"), help));
    }
    helps
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn generated(page: &Path) -> bool {
    GENERATED.iter().any(|name| page.ends_with(name))
}

/// All files below a folder with this extension, in order; none where there is no such folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() && !path.ends_with("target") {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|has| has == extension) {
            found.push(path);
        }
    }
    found
}
