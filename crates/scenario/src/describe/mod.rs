//! A scenario read back in words: who is compared, and each arm's policy in sentences.
//!
//! What an arm does is said by topics, such as its teams or its triage table. The baseline is told in
//! full, and every other arm by what sets it apart from the most similar arm that stands above it; a
//! phase says only what it changes, and companies only what they do not share.

mod assumptions;
mod market;
pub mod rules;
mod teams;
mod topics;
pub mod words;

use std::fmt::Write;

use heard_text::list::counted;
use heard_text::number::trimmed;
use topics::{Topic, topics};

use super::study::{Arm, Phase, Study};

/// What each company does in one phase: its topics.
type Told = Vec<Vec<Topic>>;

/// The study: what is compared, and each arm's policy.
#[must_use]
pub fn study(study: &Study) -> String {
    let mut text = String::new();
    head(study, &mut text);
    let starts: Vec<Told> = study.arms.iter().map(|arm| told(study, &arm.phases[0])).collect();
    let others = (0..study.arms.len()).filter(|&arm| arm != study.baseline);
    let mut above: Vec<usize> = Vec::new();
    for index in std::iter::once(study.baseline).chain(others) {
        let (arm, start) = (&study.arms[index], &starts[index]);
        let differences = |other: &usize| count_lines(&changes(&starts[*other], start));
        let like = above.iter().copied().min_by_key(differences);
        let role = if index == study.baseline { " (the baseline)" } else { "" };
        match like.filter(|other| differences(other) < count_lines(&whole(start))) {
            Some(other) => {
                let _ = writeln!(text, "\n{}: as {}, but", arm.name, study.arms[other].name);
                say(&mut text, study, "  ", &changes(&starts[other], start), "nothing differs");
            }
            None => {
                let _ = writeln!(text, "\n{}{role}", arm.name);
                say(&mut text, study, "  ", &whole(start), "nothing");
            }
        }
        switches(&mut text, study, arm);
        above.push(index);
    }
    text
}

fn head(study: &Study, text: &mut String) {
    let (base, run) = (&study.base, &study.base.run);
    if !base.title.is_empty() {
        let claim = if base.claim.is_empty() { "." } else { &format!(": {}", base.claim) };
        let _ = writeln!(text, "{}{claim}", base.title);
    }
    for (word, says) in [("Found", &base.finding.says), ("It turns", &base.finding.turns)] {
        if !says.is_empty() {
            let _ =
                writeln!(text, "{word}: {}", says.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let _ = writeln!(
        text,
        "{}, {} of {} days (the first {} and the last {} are not counted), seed {}.",
        counted(study.arms.len() as f64, "arm", "arms"),
        counted(f64::from(run.replications), "replication", "replications"),
        trimmed(run.days),
        trimmed(run.warmup_days),
        trimmed(run.margin_days),
        run.seed
    );
    for line in market::lines(study) {
        let _ = writeln!(text, "{line}");
    }
}

/// What changes at each switch.
fn switches(text: &mut String, study: &Study, arm: &Arm) {
    for pair in arm.phases.windows(2) {
        let _ = writeln!(text, "  From day {}:", trimmed(pair[1].from_day));
        let changes = changes(&told(study, &pair[0]), &told(study, &pair[1]));
        say(text, study, "    ", &changes, "nothing changes");
    }
}

fn told(study: &Study, phase: &Phase) -> Told {
    phase.companies.iter().map(|scenario| topics(study, scenario)).collect()
}

/// The lines of each company and topic that are not what they were; `None` where they are.
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

/// All of it, as a change from nothing.
fn whole(now: &Told) -> Changes {
    let company =
        |topics: &Vec<Topic>| topics.iter().map(|topic| Some(topic.lines.clone())).collect();
    now.iter().map(company).collect()
}

fn count_lines(changes: &Changes) -> usize {
    changes.iter().flatten().flatten().map(Vec::len).sum()
}

/// Says first what all companies share, then what each has of its own, by name.
fn say(text: &mut String, study: &Study, indent: &str, changes: &Changes, nothing: &str) {
    if count_lines(changes) == 0 {
        let _ = writeln!(text, "{indent}{nothing}");
        return;
    }
    let first = &changes[0];
    let common = |topic: usize| changes.iter().all(|company| company[topic] == first[topic]);
    let topics = || 0..first.len();
    let lines = |company: &[Option<Vec<String>>], wanted: &dyn Fn(usize) -> bool| -> Vec<String> {
        topics().filter(|&t| wanted(t)).filter_map(|t| company[t].clone()).flatten().collect()
    };
    write(text, indent, &lines(first, &common));
    for (company, name) in changes.iter().zip(&study.companies) {
        let own = lines(company, &|topic| !common(topic));
        if !own.is_empty() {
            let _ = writeln!(text, "{indent}{name}:");
            write(text, &format!("{indent}  "), &own);
        }
    }
}

fn write(text: &mut String, indent: &str, lines: &[String]) {
    for line in lines {
        let _ = writeln!(text, "{indent}{line}");
    }
}
