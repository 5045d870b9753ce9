//! Who speaks up, and where.

use heard_scenario::triage::Kind;

use super::play::{Error, QUARTER, interval, load, stories};
use super::table::{Group, Row, Use, level, percent};

const REPLICATIONS: u32 = 20;

pub fn group() -> Result<Group, Error> {
    let first_days = ["run.days=30", "run.warmup_days=0", "run.margin_days=23", "run.windows={}"];
    let at = |severity: &'static str| {
        let sets: Vec<&str> = first_days.iter().copied().chain([severity]).collect();
        load("listening-vs-responding", &sets)
    };
    let serious = at("company.severity={ mean = 0.8, sd = 0.0 }")?;
    let serious = stories(&serious, "responding", REPLICATIONS)?;
    let trivial = at("company.severity={ mean = 0.1, sd = 0.0 }")?;
    let trivial = stories(&trivial, "responding", REPLICATIONS)?;
    let usual = load("listening-vs-responding", &QUARTER)?;
    let usual = stories(&usual, "responding", REPLICATIONS)?;

    let failure = |story: &super::play::Story| story.kind == Kind::Complaint;
    let spoke = |story: &super::play::Story| story.voiced_at.is_some();
    let says_serious = interval(&serious.share(failure, spoke))?;
    let says_trivial = interval(&trivial.share(failure, spoke))?;
    let in_public = interval(&serious.share(failure, |story| story.is_public()))?;
    let after_private = interval(
        &usual.share(|story| failure(story) && story.is_public(), |story| story.went_public),
    )?;
    Ok(Group {
        title: "Speaking up",
        setting: format!(
            "`listening-vs-responding`, arm `responding`, the failures of the first week, all of severity 0.8 \
             or 0.1; the share after a private attempt over the scenario's own severities and days. \
             {REPLICATIONS} replications."
        ),
        rows: vec![
            Row {
                target: "P(complain), serious",
                published: "75% (69 to 79)",
                source: "CCMC 2015, TARP; 1",
                judged: level(&says_serious, 0.75, 0.75),
                simulated: percent(&says_serious, 1),
                used: Use::Set,
                why: "",
            },
            Row {
                target: "P(complain), trivial",
                published: "3%",
                source: "TARP; 1",
                judged: level(&says_trivial, 0.03, 0.03),
                simulated: percent(&says_trivial, 2),
                used: Use::Set,
                why: "",
            },
            Row {
                target: "P(public), serious",
                published: "25% (14 to 35)",
                source: "CCMC 2013; 1",
                judged: level(&in_public, 0.14, 0.35),
                simulated: percent(&in_public, 1),
                used: Use::Set,
                why: "The first complaint chooses between channels by effort and belief alone, and \
                      the scenario's public channels are easy.",
            },
            Row {
                target: "Online complaints after a failed private attempt",
                published: "96%",
                source: "Tripp & Gregoire 2011; 1",
                judged: level(&after_private, 0.96, 0.96),
                simulated: percent(&after_private, 1),
                used: Use::Set,
                why: "In the model most people who complain in public start there: public channels cost little \
                      effort in the scenarios, and `customers.escalation_push` affects only customers \
                      whom private help has failed. The published share comes from complaint sites, where \
                      people go last. While P(public) is as published and most private complaints are \
                      solved, no value of the push reaches it.",
            },
        ],
    })
}
