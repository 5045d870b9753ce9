//! The text of a scenario, through to plans that could be played, and a little play.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use heard_lab::experiment::Experiment;
use heard_lab::experiment::results::Results;
use heard_report::document::terminal;
use heard_report::pages::check;
use heard_report::self_check::SelfCheck;
use heard_scenario::Scenario;
use heard_scenario::finding::Finding;
use heard_scenario::study::{COMPANY, Request, Study};

use super::driver::{Pool, Target, fuzz, shape};
use super::random::Random;
use super::texts;
use super::vocabulary::Vocabulary;

/// Customers, occasions and contacts that a scenario may lead to, for it to be played here.
const SMALL: f64 = 3_000.0;

/// What the readers of scenarios are held to, by the file and by `--set` alike.
pub struct Reader {
    read: u64,
}

impl Reader {
    pub fn new() -> Self {
        Self { read: 0 }
    }

    /// Reads a scenario and holds the outcome to its promises. Returns what was seen.
    pub fn read(&mut self, request: &Request, place: &str) -> String {
        self.read += 1;
        match Study::load(request) {
            Err(refusal) => {
                let text = refusal.render(false);
                explained(&text, place);
                assert!(!refusal.render(true).is_empty());
                format!("refused: {}", shape(text.lines().next().unwrap_or_default()))
            }
            Ok(study) => {
                let mut seen = format!("accepted: {}", said_of(&study));
                let whole = study.arms.iter().map(|arm| arm.phases.len()).sum::<usize>();
                // What takes long is not done each time.
                let resolve = self.read.is_multiple_of(13) && whole < 20;
                if resolve {
                    resolved_form(&study);
                }
                let experiment = Arc::new(Experiment::new(study));
                assert!(!resolve || experiment.hash().len() == 64);
                if self.read.is_multiple_of(17) && is_small(&experiment) {
                    seen += if plays(&experiment) { ", played" } else { ", stopped" };
                }
                seen
            }
        }
    }
}

/// An error says what is wrong, and where; and nothing that a terminal would obey.
fn explained(text: &str, place: &str) {
    let first = text.lines().next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or_default();
    assert!(message.trim().len() > 5, "an error without a message: {text:?}");
    assert!(!text.contains("stopped unexpectedly"), "the parser panicked: {text}");
    assert!(text.contains(place), "an error that does not name {place}: {text:?}");
    let obeyed = text.chars().find(|c| c.is_control() && *c != '\n');
    assert!(obeyed.is_none(), "an error with {obeyed:?} in it: {text:?}");
    assert!(text.len() < 20_000, "an error of {} bytes", text.len());
}

/// What an accepted scenario is like, in a few words: whether it has this and that, and the kinds of
/// its warnings.
fn said_of(study: &Study) -> String {
    let words = terminal::text(&check::document(&study.name, study), terminal::PAGE, false);
    assert!(words.trim().len() > 20, "a scenario described as {words:?}");
    let base = &study.base;
    let bits = [
        study.companies.len() > 1,
        study.arms.len() > 1,
        study.arms.iter().any(|arm| arm.phases.len() > 1),
        base.network.is_some(),
        base.figure.is_empty(),
        base.mistake.is_empty(),
        base.stream.is_empty(),
        base.customers.count == 0,
        base.detractors.count == 0,
        base.audit.probes_per_channel == 0,
    ];
    let bits: String = bits.iter().map(|&bit| if bit { '1' } else { '0' }).collect();
    let first = study.warnings.first().map(|warning| shape(warning)).unwrap_or_default();
    format!("{bits} {} {first}", study.warnings.len().min(9))
}

/// An arm, written out with every default, is a scenario that says the same.
fn resolved_form(study: &Study) {
    // A company's own table hides what switches say of all, right or wrong.
    if study.companies[..] != [COMPANY] {
        return;
    }
    for arm in study.arms.iter().take(2) {
        let mut whole: Scenario = arm.scenario().clone();
        // These name arms, and there is only one now.
        whole.run.baseline = None;
        (whole.finding, whole.figure) = (Finding::default(), Vec::new());
        if whole.switch.iter().any(|switch| switch.contains_key("like")) || study.edges.is_some() {
            continue;
        }
        let text = toml::to_string(&whole).expect("a scenario can be written");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("resolved.toml");
        std::fs::write(&path, &text).unwrap();
        let request = Request { scenario: path.display().to_string(), ..Request::default() };
        match Study::load(&request) {
            Ok(again) => {
                assert!(*again.arms[0].scenario() == whole, "read back differently:\n{text}");
                assert_eq!(again.arms[0].phases.len(), arm.phases.len());
            }
            Err(refusal) => panic!("its own form is refused: {}\n{text}", refusal.render(false)),
        }
    }
}

fn is_small(experiment: &Experiment) -> bool {
    let study = &experiment.study;
    let base = &study.base;
    let hours = base.run.days * 24.0;
    let scenarios = || study.arms.iter().flat_map(|arm| arm.scenarios());
    let streams = |scenario: &Scenario| {
        scenario.stream.values().map(|stream| stream.per_hour).sum::<f64>() * hours
    };
    let posts = |scenario: &Scenario| {
        let feed = &scenario.feed;
        let daily = feed.promotions_per_day + feed.links_per_day + feed.faces_per_day;
        let critics = &scenario.detractors;
        base.run.days * (daily + f64::from(critics.count) * critics.posts_per_day)
    };
    let work = scenarios().map(|one| streams(one) + posts(one)).sum::<f64>()
        + experiment.plans[0].setting.candidates_per_hour() * hours * study.arms.len() as f64
        + f64::from(base.customers.count)
        + f64::from(base.audit.probes_per_channel);
    work < SMALL && study.arms.len() <= 4
}

/// Plays one replication of each arm, stopping after a while. Whether it came to an end.
fn plays(experiment: &Arc<Experiment>) -> bool {
    let (stop, done) = (AtomicBool::new(false), AtomicBool::new(false));
    let row = thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..200 {
                if done.load(Ordering::Relaxed) {
                    return;
                }
                thread::sleep(Duration::from_millis(5));
            }
            stop.store(true, Ordering::Relaxed);
        });
        let row =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| experiment.row(0, &stop)));
        done.store(true, Ordering::Relaxed);
        row
    });
    let row = row.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let Some(row) = row else { return false };
    assert_eq!(row.len(), experiment.row_length());
    let mut results = Results::new(experiment);
    results.push(&row);
    let check = SelfCheck::new(&results);
    assert_eq!(check.unaccounted, 0, "contacts or cases are unaccounted for");
    assert!(check.little_gap <= 1e-9, "Little's law is off by {}", check.little_gap);
    true
}

struct Text {
    words: Vocabulary,
    reader: Reader,
}

impl Target for Text {
    const NAME: &'static str = "scenario";
    const ENDING: &'static str = "toml";

    fn seeds(&self) -> Vec<Vec<u8>> {
        texts::seeds()
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        texts::mutated(random, &self.words, pool)
    }

    fn read(&mut self, _: &[u8], file: &Path) -> String {
        let request = Request { scenario: file.display().to_string(), ..Request::default() };
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        self.reader.read(&request, &name)
    }
}

#[test]
fn any_text_is_read_as_a_scenario_or_refused_with_reason() {
    fuzz(Text { words: Vocabulary::new(), reader: Reader::new() });
}
