//! A scenario read back in words: what is compared, and each arm's policy in sentences.
//!
//! What an arm does is listed by topics, such as its teams or its triage table. The baseline is shown
//! in full, and every other arm by how it differs from the most similar arm above it; a phase shows
//! only what it changes, and companies only what they do not share.

mod assumptions;
mod cost;
mod market;
pub mod rules;
mod teams;
mod topics;

use heard_scenario::study::{Arm, Phase, Study};
use heard_scenario::window::Window;
use heard_text::list::{counted, days, replications};
use heard_text::number::trimmed;

use crate::document::{Block, Document, Line};
use topics::{Topic, topics};

/// What was asked for (`name`: as the user gave it) and is valid; what is compared; then a block for
/// each arm's policy.
#[must_use]
pub fn document(name: &str, study: &Study) -> Document {
    let mut document = Document::new();
    document.paragraph(format!("{name} is valid."));
    head(study, &mut document);
    cost::show(study, &mut document);
    let starts: Vec<Told> = study.arms.iter().map(|arm| told(study, &arm.phases[0])).collect();
    let others = (0..study.arms.len()).filter(|&arm| arm != study.baseline);
    let mut above: Vec<usize> = Vec::new();
    for index in std::iter::once(study.baseline).chain(others) {
        document.push(Block::Outline { lines: arm(study, &starts, index, &above) });
        above.push(index);
    }
    document
}

/// What is compared, and what all arms share.
fn head(study: &Study, document: &mut Document) {
    let (base, run) = (&study.base, &study.base.run);
    if !base.title.is_empty() {
        document.heading(&base.title);
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Outline::default();
    for (label, text) in [
        ("Claim", &base.claim),
        ("Finding", &base.finding.says),
        ("What would change it", &base.finding.turns),
    ] {
        if !text.is_empty() {
            lines.add(0, format!("{label}: {}", one_line(text)));
        }
    }
    lines.add(
        0,
        format!(
            "{}, {} of {} (counted: {}), seed {}.",
            counted(study.arms.len() as f64, "arm", "arms"),
            replications(run.replications.into()),
            days(run.days),
            run.counted_windows().iter().map(Window::titled).collect::<Vec<_>>().join("; "),
            run.seed
        ),
    );
    market::lines(study).into_iter().for_each(|line| lines.add(0, line));
    document.push(Block::Outline { lines: lines.0 });
}

/// An arm's policy, in full or by how it differs from one of the arms `above`, and what changes at
/// each switch.
fn arm(study: &Study, starts: &[Told], index: usize, above: &[usize]) -> Vec<Line> {
    let (arm, start) = (&study.arms[index], &starts[index]);
    let differences = |other: &usize| count_lines(&changes(&starts[*other], start));
    let like = above.iter().copied().min_by_key(differences);
    let mut lines = Outline::default();
    match like.filter(|other| differences(other) < count_lines(&whole(start))) {
        Some(other) => {
            lines.add(0, format!("{}: like {}, except:", arm.name, study.arms[other].name));
            lines.say(study, 1, &changes(&starts[other], start), "Nothing differs.");
        }
        None => {
            let role = if index == study.baseline { " (the baseline)" } else { "" };
            lines.add(0, format!("{}{role}", arm.name));
            lines.say(study, 1, &whole(start), "Nothing happens.");
        }
    }
    lines.switches(study, arm);
    lines.0
}

/// What each company does in one phase: its topics.
type Told = Vec<Vec<Topic>>;

fn told(study: &Study, phase: &Phase) -> Told {
    phase.companies.iter().map(|scenario| topics(study, scenario)).collect()
}

/// For each company and topic, its lines where they differ from those before; `None` where they do
/// not.
type Changes = Vec<Vec<Option<Vec<String>>>>;

fn changes(before: &Told, now: &Told) -> Changes {
    let change = |(old, new): (&Topic, &Topic)| {
        let gone = !old.lines.is_empty() && new.lines.is_empty();
        let lines = if gone { vec![new.gone.to_owned()] } else { new.lines.clone() };
        (old != new).then_some(lines)
    };
    let company =
        |(old, new): (&Vec<Topic>, &Vec<Topic>)| old.iter().zip(new).map(change).collect();
    before.iter().zip(now).map(company).collect()
}

/// Everything, as a change from nothing.
fn whole(now: &Told) -> Changes {
    let company =
        |topics: &Vec<Topic>| topics.iter().map(|topic| Some(topic.lines.clone())).collect();
    now.iter().map(company).collect()
}

fn count_lines(changes: &Changes) -> usize {
    changes.iter().flatten().flatten().map(Vec::len).sum()
}

/// Lines of an outline, as they are gathered.
#[derive(Default)]
struct Outline(Vec<Line>);

impl Outline {
    fn add(&mut self, depth: usize, text: String) {
        self.0.push(Line { depth, text });
    }

    /// What changes at each switch.
    fn switches(&mut self, study: &Study, arm: &Arm) {
        for pair in arm.phases.windows(2) {
            self.add(1, format!("From day {}:", trimmed(pair[1].from_day)));
            let changes = changes(&told(study, &pair[0]), &told(study, &pair[1]));
            self.say(study, 2, &changes, "Nothing changes.");
        }
    }

    /// First what all companies share, then what each has of its own, under its name.
    fn say(&mut self, study: &Study, depth: usize, changes: &Changes, nothing: &str) {
        if count_lines(changes) == 0 {
            self.add(depth, nothing.to_owned());
            return;
        }
        let first = &changes[0];
        let shared = |topic: usize| changes.iter().all(|company| company[topic] == first[topic]);
        let lines = |company: &[Option<Vec<String>>], wanted: &dyn Fn(usize) -> bool| {
            let topics = (0..first.len()).filter(|&topic| wanted(topic));
            topics.filter_map(|topic| company[topic].clone()).flatten().collect::<Vec<String>>()
        };
        lines(first, &shared).into_iter().for_each(|line| self.add(depth, line));
        for (company, name) in changes.iter().zip(&study.companies) {
            let own = lines(company, &|topic| !shared(topic));
            if !own.is_empty() {
                self.add(depth, format!("{name}:"));
                own.into_iter().for_each(|line| self.add(depth + 1, line));
            }
        }
    }
}
