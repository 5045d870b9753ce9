//! A story, or a list of cases, as JSON.

use serde_json::{Map, Value, json};

use heard_lab::trace::Trace;
use heard_lab::trace::fate::{Ending, Fate};
use heard_lab::trace::names::Names;
use heard_lab::trace::story::{Part, Story};
use heard_text::time::clock;
use heard_world::observer::Happening;

use super::outcome::outcome;
use super::telling::Telling;
use super::{about, case_number, difference};

/// One case: what it is about, every arm's fate and story, and what differed. It has every share.
#[must_use]
pub fn story(trace: &Trace, story: &Story) -> Value {
    let telling = Telling::new(story);
    let arm = |(index, part): (usize, &Part)| {
        let company = part.fate.as_ref().and_then(|fate| fate.occasion).map_or(0, |o| o.company);
        let moments = story.moments.iter().zip(&telling.moments);
        let lines: Vec<Value> = moments
            .flat_map(|(moment, texts)| {
                let told = moment.happenings[index].iter().zip(&texts[index]);
                told.map(|(what, text)| {
                    let mut line = Map::new();
                    line.insert("hours".to_owned(), json!(moment.hours));
                    line.insert("since_hours".to_owned(), json!(moment.hours - story.began));
                    line.insert("clock".to_owned(), json!(clock(moment.hours)));
                    happening(what, &part.names, company, &mut line);
                    line.insert("text".to_owned(), json!(text));
                    Value::Object(line)
                })
            })
            .collect();
        let fate = part.fate.as_ref().map(|found| fate(found, &part.names));
        json!({ "arm": part.arm, "fate": fate, "story": lines })
    };
    let arms: Vec<Value> = story.parts.iter().enumerate().map(arm).collect();
    let parted = telling.parting(story).filter(|_| story.parts.len() > 1);
    json!({
        "scenario": trace.experiment.study.name,
        "seed": trace.experiment.study.base.run.seed,
        "replication": trace.replication,
        "case": story.case,
        "about": about(story),
        "arms": arms,
        "parted_at_hours": parted.map(|(hours, _)| hours),
        "what_differed": difference::sentences(story, &telling),
    })
}

/// The first `most` of `cases`, with every arm's fate.
#[must_use]
pub fn list(trace: &Trace, cases: &[u32], most: usize) -> Value {
    let case = |case: &u32| {
        let fates: Map<String, Value> = (0..trace.sides.len())
            .map(|index| {
                let side = &trace.sides[index];
                let fate = side.fates.get(case).map(|found| fate(found, &side.names));
                (side.name.clone(), json!(fate))
            })
            .collect();
        json!({ "case": case, "name": case_number(*case), "arms": fates })
    };
    json!({
        "scenario": trace.experiment.study.name,
        "seed": trace.experiment.study.base.run.seed,
        "replication": trace.replication,
        "of": cases.len(),
        "cases": cases.iter().take(most).map(case).collect::<Vec<_>>(),
    })
}

fn fate(fate: &Fate, names: &Names) -> Value {
    let ending = fate.ending.map(|(ending, _)| match ending {
        Ending::Settled => "settled",
        Ending::GaveUp => "gave-up",
        Ending::Left => "left",
    });
    json!({
        "hours": fate.began,
        "clock": clock(fate.began),
        "kind": fate.occasion.map(|o| o.kind),
        "severity": fate.occasion.map(|o| o.severity),
        "company": fate.occasion.map(|o| names.company(o.company)),
        "customer": fate.occasion.map(|o| o.customer),
        "silent": fate.silent,
        "public": fate.public,
        "seen": fate.seen,
        "answered": fate.answered,
        "heard": fate.heard,
        "resolved_at_hours": fate.resolved,
        "ending": ending,
        "ended_at_hours": fate.ending.map(|(_, hours)| hours),
        "left": fate.left(),
        "outcome": outcome(fate),
    })
}

/// Adds what happened, its details by name.
fn happening(what: &Happening, names: &Names, company: usize, line: &mut Map<String, Value>) {
    let channel = |channel| names.channel(company, channel).name;
    let (name, details) = match *what {
        Happening::Occasion { kind, severity, company, customer } => (
            "occasion",
            json!({ "kind": kind, "severity": severity, "company": names.company(company), "customer": customer }),
        ),
        Happening::Silent => ("silent", json!({})),
        Happening::Voiced { channel: on, tagged, belief } => {
            ("voiced", json!({ "channel": channel(on), "tagged": tagged, "belief": belief }))
        }
        Happening::WroteAgain { channel: on, message } => {
            ("wrote-again", json!({ "channel": channel(on), "message": message }))
        }
        Happening::WentPublic { channel: on } => ("went-public", json!({ "channel": channel(on) })),
        Happening::Sorted { kind, action, rank } => {
            ("sorted", json!({ "kind": kind, "action": action, "rank": rank }))
        }
        Happening::Seen => ("seen", json!({})),
        Happening::PickedUp { team, person } => (
            "picked-up",
            json!({ "team": names.team(company, team), "person": person.map(|p| p + 1) }),
        ),
        Happening::HungUp => ("hung-up", json!({})),
        Happening::Answered { action, heard, satisfaction } => {
            ("answered", json!({ "action": action, "heard": heard, "satisfaction": satisfaction }))
        }
        Happening::SentTo { channel: to } => ("sent-to", json!({ "channel": channel(to) })),
        Happening::Ignored { satisfaction } => ("ignored", json!({ "satisfaction": satisfaction })),
        Happening::Shared { views } => ("shared", json!({ "views": views })),
        Happening::Resolved => ("resolved", json!({})),
        Happening::GaveUp => ("gave-up", json!({})),
        Happening::Settled => ("settled", json!({})),
        Happening::Left => ("left", json!({})),
        Happening::Quit => ("quit", json!({})),
        Happening::WentTo { company } => ("went-to", json!({ "company": names.company(company) })),
    };
    line.insert("what".to_owned(), json!(name));
    if let Value::Object(details) = details {
        line.extend(details);
    }
}
