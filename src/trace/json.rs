//! The same for programs: a story, or a list of cases, as JSON.

use serde_json::{Map, Value, json};

use super::fate::{Ending, Fate};
use super::names::Names;
use super::story::{Moment, Story};
use super::{Trace, case_number, difference};
use heard_text::time::clock;
use heard_world::observer::Happening;

/// One case: what it is, every arm's fate and story, and what differed. Every share is there.
#[must_use]
pub fn story(trace: &Trace<'_>, story: &Story<'_>) -> Value {
    let arms = story.parts.iter().enumerate().map(|(index, part)| {
        let company = part.fate.and_then(|fate| fate.occasion).map_or(0, |o| o.company);
        let lines = |moment: &Moment| -> Vec<Value> {
            let line = |told: &super::story::Told| {
                let mut line = Map::new();
                line.insert("hours".to_owned(), json!(moment.hours));
                line.insert("since_hours".to_owned(), json!(moment.hours - story.began));
                line.insert("clock".to_owned(), json!(clock(moment.hours)));
                happening(&told.what, part.names, company, &mut line);
                line.insert("text".to_owned(), json!(told.text));
                Value::Object(line)
            };
            moment.told[index].iter().map(line).collect()
        };
        let lines: Vec<Value> = story.moments.iter().flat_map(lines).collect();
        json!({ "arm": part.arm, "fate": part.fate.map(|f| fate(f, part.names)), "story": lines })
    });
    let parted = difference::parting(story).filter(|_| story.parts.len() > 1);
    json!({
        "scenario": trace.experiment.study.name,
        "seed": trace.experiment.study.base.run.seed,
        "replication": trace.replication,
        "case": story.case,
        "about": story.about(),
        "arms": arms.collect::<Vec<_>>(),
        "parted_at_hours": parted.map(|(hours, _)| hours),
        "what_differed": difference::sentences(story),
    })
}

/// The first `most` of `cases`, with every arm's fate.
#[must_use]
pub fn list(trace: &Trace<'_>, cases: &[u32], most: usize) -> Value {
    let case = |case: &u32| {
        let fates: Map<String, Value> = (0..trace.sides.len())
            .map(|index| {
                let side = &trace.sides[index];
                let fate = side.fates.get(case).map(|found| fate(found, &side.names));
                (trace.arm_name(index).to_owned(), json!(fate))
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
        "outcome": fate.outcome(),
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
