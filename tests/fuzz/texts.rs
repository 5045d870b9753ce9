//! Texts of scenarios to begin with, and changes that know what a scenario looks like.

use std::fs;
use std::path::Path;

use heard_scenario::bundled::BUNDLED;
use toml::{Table, Value};

use super::driver::Pool;
use super::mutate;
use super::random::Random;
use super::vocabulary::{Vocabulary, dotted, name, wrong};

/// Small scenarios: those that checks and other tests play, and the bundled ones without most of their arms.
pub fn seeds() -> Vec<Vec<u8>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["crates/lab/src/verify/scenarios", "tests/scenarios", "tests/parameters"] {
        let mut files: Vec<_> =
            fs::read_dir(package.join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        texts.extend(files.iter().map(|file| fs::read(file).unwrap()));
    }
    texts.extend(BUNDLED.iter().map(|bundled| few_arms(bundled.text).into_bytes()));
    texts
}

/// A scenario without comments, with its first two arms.
fn few_arms(text: &str) -> String {
    let mut arms = 0;
    let mut keep = true;
    let mut kept = Vec::new();
    for block in blocks(text) {
        if block.starts_with("[arm.") {
            arms += 1;
        }
        keep = if block.starts_with('[') { !block.starts_with("[arm.") || arms <= 2 } else { keep };
        let skipped = ["[finding", "[[finding", "[[figure"];
        if keep && !skipped.iter().any(|start| block.starts_with(start)) {
            kept.extend(block.lines().filter(|line| !line.starts_with('#')));
        }
    }
    kept.join("\n").replace("\n\n\n", "\n") + "\n"
}

/// The tables of a text, each from its header to the next.
fn blocks(text: &str) -> Vec<&str> {
    let starts = text.match_indices("\n[").map(|(at, _)| at + 1);
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    cuts.push(text.len());
    cuts.windows(2).map(|cut| &text[cut[0]..cut[1]]).collect()
}

/// Names that stand in a text: parts of its headers and its quoted strings.
pub fn names(text: &str) -> Vec<String> {
    let headers = text.lines().filter_map(|line| line.strip_prefix('['));
    let parts = headers.flat_map(|line| line.trim_matches(['[', ']']).split('.'));
    let strings = text.split('"').skip(1).step_by(2);
    parts.chain(strings).filter(|name| name.len() < 30).take(60).map(str::to_owned).collect()
}

/// A scenario with one change or a few.
pub fn mutated(random: &mut Random, words: &Vocabulary, pool: &Pool) -> Vec<u8> {
    // Of three, the shortest: the longer ones take the longer to read.
    let (one, two, three) = (pool.pick(random), pool.pick(random), pool.pick(random));
    let shortest = [one, two, three].into_iter().min_by_key(|text| text.len());
    let mut input = shortest.cloned().unwrap_or_default();
    let changes = [1, 1, 1, 1, 1, 2, 2, 3, 5];
    for _ in 0..*random.pick(&changes) {
        let text = std::str::from_utf8(&input).ok().map(str::to_owned);
        match (random.below(20), text) {
            (0, _) => mutate::bytes(random, &mut input),
            (1 | 2, _) => mutate::lines(random, &mut input, two),
            (3, Some(text)) => input = tables(random, &text, two).into_bytes(),
            (4..=7, Some(text)) => input = replace_value(random, text, words).into_bytes(),
            (8, Some(text)) => input = rename(random, &text).into_bytes(),
            (9, Some(text)) => input = nested(random, text).into_bytes(),
            (10, Some(text)) if random.one_in(10) => input = many(random, text).into_bytes(),
            (_, Some(text)) => input = assign(random, words, text).into_bytes(),
            (_, None) => mutate::bytes(random, &mut input),
        }
        if input.len() > 1 << 20 {
            input.truncate(1 << 20);
        }
    }
    input
}

/// Deletes, doubles, swaps or borrows whole tables.
fn tables(random: &mut Random, text: &str, other: &[u8]) -> String {
    let other = String::from_utf8_lossy(other).into_owned();
    let theirs = blocks(&other);
    let mut own = blocks(text);
    let (at, to) = (random.below(own.len()), random.below(own.len()));
    match random.below(5) {
        0 => {
            own.remove(at);
        }
        1 => own.insert(to, own[at]),
        2 => own.swap(at, to),
        _ => own.insert(at + 1, theirs[random.below(theirs.len())]),
    }
    own.join("\n")
}

/// Puts another value behind one of the `=`.
fn replace_value(random: &mut Random, text: String, words: &Vocabulary) -> String {
    let signs: Vec<usize> = text.match_indices('=').map(|(at, _)| at + 1).collect();
    let Some(&start) = signs.get(random.below(signs.len())) else { return text };
    let rest = &text[start..];
    let line = rest.find('\n').unwrap_or(rest.len());
    let end = match rest[..line].find([',', '}']) {
        Some(end) if random.one_in(2) => end,
        _ => line,
    };
    let value = match random.below(3) {
        0 => words.assignment(random, &names(&text)).1,
        1 => format!("\"{}\"", name(random, &names(&text))),
        _ => wrong(random),
    };
    format!("{} {value} {}", &text[..start], &rest[end..])
}

/// Sets one of the keys that there are: at the top, in an arm, a company, or a switch.
fn assign(random: &mut Random, words: &Vocabulary, text: String) -> String {
    let names = names(&text);
    let (key, value) = words.assignment(random, &names);
    let assignment = format!("{key} = {value}");
    let own = |random: &mut Random| dotted(&[name(random, &names)]);
    // Mostly so that the text stays TOML: what is no TOML goes no further than its parser.
    if !random.one_in(4)
        && !is_deep(&text)
        && let Ok(mut table) = text.parse::<Table>()
    {
        let key = match random.below(8) {
            0 => format!("arm.{}.{key}", own(random)),
            1 => format!("company.{}.{key}", own(random)),
            _ => key,
        };
        let parsed = format!("{key} = {value}").parse::<Table>();
        if random.one_in(8) {
            take_out(random, &mut table);
        }
        if let Ok(over) = parsed {
            overlay(&mut table, over);
            return table.to_string();
        }
    }
    match random.below(14) {
        0 => format!("{text}\n[arm.{}]\n{assignment}\n", own(random)),
        1 => format!("{text}\n[arm.{}]\nlike = \"{}\"\n", own(random), name(random, &names)),
        2 => format!("company.{}.{assignment}\n{text}", own(random)),
        3 => {
            let day = random.pick(&["0", "1", "1.5", "2", "1e-9", "89", "-1", "\"1\""]);
            format!("switch = [{{ at_day = {day}, {assignment} }}]\n{text}")
        }
        4 => {
            let like = name(random, &names);
            format!(
                "{text}\n[arm.{}]\nswitch = [{{ at_day = 1, like = \"{like}\" }}, {{ at_day = 2, {assignment} }}]\n",
                own(random)
            )
        }
        5 => {
            let at = random.below(text.len() + 1);
            let at = text[..floor(&text, at)].rfind('\n').map_or(0, |end| end + 1);
            let key = words.key(random);
            format!("{}{key} = {value}\n{}", &text[..at], &text[at..])
        }
        _ => format!("{assignment}\n{text}"),
    }
}

/// Whether a line may be nested so deeply that the parser, used without care, would overflow its
/// stack here.
fn is_deep(text: &str) -> bool {
    let opens = |line: &str| line.matches(['{', '[', '.']).count();
    text.lines().any(|line| opens(line) > 60)
}

/// Lays tables over tables; a list takes one more entry, one time.
fn overlay(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (Some(Value::Array(below)), Value::Array(above)) if above.len() == 1 => {
                below.extend(above);
            }
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// Takes one key out, somewhere.
fn take_out(random: &mut Random, table: &mut Table) {
    let Some(key) = table.keys().nth(random.below(table.len())).cloned() else { return };
    match table.get_mut(&key) {
        Some(Value::Table(inner)) if !random.one_in(4) => take_out(random, inner),
        _ => {
            table.remove(&key);
        }
    }
}

/// Puts one name in the place of another, everywhere or once.
fn rename(random: &mut Random, text: &str) -> String {
    let names = names(text);
    let (from, to) = (name(random, &names), name(random, &names));
    if from.is_empty() || random.one_in(2) {
        text.replacen(&from, &to, 1)
    } else {
        text.replace(&from, &to)
    }
}

/// Tables and lists within one another, more than anybody means.
fn nested(random: &mut Random, text: String) -> String {
    let most = *random.pick(&[3, 70, 90, 10_000]);
    let depth = random.below(most) + 1;
    let parts = vec!["a"; depth.min(100)].join(".");
    let value = match random.below(6) {
        0 => format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
        1 => format!("{}1{}", "{a=".repeat(depth), "}".repeat(depth)),
        2 => "[".repeat(depth),
        3 => format!("{{ {parts} = 1 }}"),
        4 => format!("{}1{}", format!("{{{parts}=").repeat(depth % 90), "}".repeat(depth % 90)),
        _ => format!("\"{}\"", "\\".repeat(depth)),
    };
    match random.below(4) {
        0 => format!("{text}\n[{parts}]\nx = {value}\n"),
        1 => format!("{parts} = 1\n{text}"),
        2 => format!("triage = {value}\n{text}"),
        _ => replace_last(random, &text, &value),
    }
}

fn replace_last(random: &mut Random, text: &str, value: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = random.below(lines.len());
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    if let Some(line) = changed.get_mut(at)
        && let Some((key, _)) = line.clone().split_once('=')
    {
        *line = format!("{key}= {value}");
    }
    changed.join("\n") + "\n"
}

/// Very many of a kind.
fn many(random: &mut Random, text: String) -> String {
    let most = *random.pick(&[20, 300, 3_000]);
    let count = random.below(most);
    let each = |of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<String>();
    let days = 90.0;
    match random.below(8) {
        0 => format!("{text}\n{}", each(&|n| format!("[arm.n{n}]\n"))),
        1 => {
            format!(
                "{text}\n{}[arm.n{count}]\n",
                each(&|n| format!("[arm.n{n}]\nlike = \"n{}\"\n", n + 1))
            )
        }
        2 => {
            let day = |n: usize| days * (n + 1) as f64 / (count + 1) as f64;
            format!("switch = [{}]\n{text}", each(&|n| format!("{{ at_day = {} }},", day(n))))
        }
        3 => format!("{text}\n{}", each(&|n| format!("[company.n{n}]\n"))),
        4 => {
            let each = each(&|n| {
                format!(
                    "[[triage]]\nwhen = {{ severity = \">= 0.{n}\", audience = \"> {n}\" }}\ndo = \"restore\"\n"
                )
            });
            format!("{text}\n{each}")
        }
        5 => format!(
            "{text}\n{}",
            each(&|n| format!("[channel.n{n}]\nseen_by = \"public\"\nwaits = \"in an inbox\"\n"))
        ),
        6 => format!(
            "{text}\n{}",
            each(&|n| format!(
                "[team.n{n}]\nchannels = [\"twitter\"]\nshifts = [{{ days = \"Mon\", hours = \"9:00-10:00\", people = 1 }}]\n"
            ))
        ),
        _ => format!(
            "{text}\n{}",
            each(&|_| "[[mistake]]\nat_day = 1\nchannel = \"twitter\"\n".to_owned())
        ),
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
