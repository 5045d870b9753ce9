//! `--set key=value`, several at once. An input is the name of a scenario and arguments, with a NUL
//! between any two: the one byte that no argument can hold.

use std::path::{Path, PathBuf};

use heard_scenario::bundled::{self, BUNDLED};
use heard_scenario::study::Request;

use super::driver::{Pool, Target, fuzz};
use super::mutate;
use super::random::Random;
use super::scenario::Reader;
use super::texts;
use super::vocabulary::{Vocabulary, dotted, name, wrong};

/// A scenario that is read fast, and has a little of everything.
const LITTLE: &str = "tests/parameters/publicity.toml";

struct Sets {
    words: Vocabulary,
    reader: Reader,
}

impl Target for Sets {
    const NAME: &'static str = "set";
    const ENDING: &'static str = "args";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let all = [
            "run.seed=5",
            "customers.count=0",
            "title=hello world",
            "triage=[{ do = \"restore\" }]",
            "arm.responding.listening.coverage=0.5",
            "team.care.shifts=[{ days = \"Mon-Fri\", hours = \"09:00-17:00\", people = 1 }]",
            "company.acme.awareness=0.5",
            "switch=[{ at_day = 30, like = \"responding\" }]",
            "network={ kind = \"edges\", file = \"edges.csv\" }",
            "stream.\"a.b=c\".per_hour=1",
        ];
        let little = all.iter().map(|set| format!("{LITTLE}\0{set}"));
        let bundled = BUNDLED
            .iter()
            .map(|bundled| format!("{}\0run.days=60\0run.windows={{}}", bundled.name));
        little.chain(bundled).map(String::into_bytes).collect()
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        let input = pool.pick(random).clone();
        let mut parts: Vec<Vec<u8>> = input.split(|&b| b == 0).map(<[u8]>::to_vec).collect();
        // Mostly the little one: it takes a tenth of the time.
        if !random.one_in(30) {
            parts[0] = LITTLE.into();
        }
        for _ in 0..=random.below(3) {
            let at = 1 + random.below(parts.len());
            let set = if random.one_in(3) && at < parts.len() {
                let mut set = parts[at].clone();
                mutate::bytes(random, &mut set);
                set.retain(|&b| b != 0);
                set
            } else {
                self.argument(random, &parts[0]).into_bytes()
            };
            match random.below(3) {
                0 => parts.insert(at, set),
                _ if at < parts.len() => parts[at] = set,
                _ => parts.push(set),
            }
        }
        parts.truncate(8);
        parts.join(&0)
    }

    fn read(&mut self, input: &[u8], _: &Path) -> String {
        let text = String::from_utf8_lossy(input);
        let mut parts = text.split('\0').map(str::to_owned);
        let scenario = parts.next().unwrap_or_default();
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(LITTLE);
        let known = bundled::find(&scenario).is_some();
        let scenario = if known { scenario } else { path.display().to_string() };
        let request = Request { scenario, sets: parts.collect(), ..Request::default() };
        // What two arguments say together can be wrong at a line of the scenario.
        self.reader.read(&request, "--> ")
    }
}

impl Sets {
    fn argument(&self, random: &mut Random, scenario: &[u8]) -> String {
        let scenario = String::from_utf8_lossy(scenario);
        let text = bundled::find(&scenario).map_or("[arm.base]\n[team.care]\n", |found| found.text);
        let names = texts::names(text);
        let (key, value) = self.words.assignment(random, &names);
        let own = |random: &mut Random| dotted(&[name(random, &names)]);
        match random.below(12) {
            0 => format!("{key}={}", wrong(random)),
            1 => format!("arm.{}.{key}={value}", own(random)),
            2 => format!("company.{}.{key}={value}", own(random)),
            3 => format!("switch=[{{ at_day = 3, {key} = {value} }}]"),
            4 => format!("{}={value}", self.words.key(random)),
            5 => {
                let parts = vec!["a"; random.below(90)].join(".");
                format!("{parts}={value}")
            }
            6 => {
                let depth = random.below(100);
                format!("{key}={}{}", "[".repeat(depth), "]".repeat(depth))
            }
            _ => format!("{key}={value}"),
        }
    }
}

#[test]
fn any_arguments_set_values_or_are_refused_with_reason() {
    fuzz(Sets { words: Vocabulary::new(), reader: Reader::new() });
}
