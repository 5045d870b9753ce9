//! The triage table: names that lead somewhere, conditions that can be met, and no rule in the shadow
//! of others.

use super::{Finding, finding, unknown};
use crate::Scenario;
use crate::answer::Action;
use crate::channel::SeenBy;
use crate::place::Place;
use crate::reach::reach;
use crate::source::path_text;
use crate::triage::Rule;
use heard_text::list::{form, list};

/// Maximum number of rules that a message names.
const NAMED: usize = 4;

/// Everything wrong with the table.
pub fn errors(arm: &Scenario, found: &mut Vec<Finding>) {
    let before = found.len();
    names(arm, found);
    if found.len() > before || arm.channel.is_empty() {
        return;
    }
    let places = Place::all(arm);
    for (index, rule) in arm.triage.iter().enumerate() {
        found.extend(impossible(index, rule, &places));
    }
    for (index, before) in reach(arm).shadowed {
        let before: Vec<usize> = before.into_iter().collect();
        found.push(shadowed(&arm.triage, index, &before));
    }
}

fn names(arm: &Scenario, found: &mut Vec<Finding>) {
    for (index, rule) in arm.triage.iter().enumerate() {
        let index = index.to_string();
        if let Some(channel) = &rule.when.channel {
            let path = ["triage", &index, "when", "channel"];
            found.extend(unknown(&path, "channel", channel, arm.channel.keys()));
        }
        if let Some(stream) = &rule.when.stream {
            let path = ["triage", &index, "when", "stream"];
            found.extend(unknown(&path, "stream", stream, arm.stream.keys()));
        }
        match (&rule.to, rule.action) {
            (Some(to), Action::Redirect) => {
                let path = ["triage", &index, "to"];
                found.extend(unknown(&path, "channel", to, arm.channel.keys()));
                if arm.channel.get(to).is_some_and(|channel| channel.seen_by == SeenBy::Public) {
                    found.push(finding(
                        &path,
                        format!("triage[{index}].to: `{to}` is public; people are sent to a private channel"),
                        "name a channel with `seen_by = \"private\"`",
                    ));
                }
            }
            (None, Action::Redirect) => found.push(finding(
                &["triage", &index],
                format!("triage[{index}]: `redirect` needs to know where to"),
                "write `to = \"CHANNEL\"`, a private one",
            )),
            (Some(_), _) => found.push(finding(
                &["triage", &index, "to"],
                format!("triage[{index}].to: only `do = \"redirect\"` sends people elsewhere"),
                "take `to` out, or write `do = \"redirect\"`",
            )),
            (None, _) => {}
        }
    }
}

/// A rule that no message anywhere can meet.
fn impossible(index: usize, rule: &Rule, places: &[Place]) -> Option<Finding> {
    let when = &rule.when;
    let reasons: Option<Vec<_>> = places.iter().map(|place| place.refuses(when)).collect();
    // The reason that counts is the one at the place that the rule names.
    let named = places.iter().position(|place| {
        place.stream == when.stream.as_deref()
            && (place.stream.is_some()
                || when.channel.as_deref().is_none_or(|c| c == place.channel))
    })?;
    let (key, holds, help) = reasons?.swap_remove(named);
    let index = index.to_string();
    let path = ["triage", &index, "when", key];
    Some(finding(
        &path,
        format!("{}: no message can ever meet this: {holds}", path_text(&path)),
        help,
    ))
}

/// A rule that comes too late.
fn shadowed(table: &[Rule], index: usize, before: &[usize]) -> Finding {
    let rule = |at: usize| format!("{} ({})", at + 1, table[at].when);
    let others = before.len().saturating_sub(NAMED);
    let others = (others > 0).then(|| format!("{others} more"));
    let named: Vec<String> = before.iter().take(NAMED).map(|&at| rule(at)).chain(others).collect();
    let number = named.len() as f64;
    let (rules, take) = (form(number, "rule", "rules"), form(number, "takes", "take"));
    let named = list(&named);
    finding(
        &["triage", &index.to_string()],
        format!(
            "triage[{index}]: rule {} never applies: before it, {rules} {named} {take} all that it would",
            rule(index)
        ),
        format!(
            "the first rule that matches wins: put it before rule {}, narrow what stands before it, or \
             take it out",
            before.first().map_or(0, |first| first + 1)
        ),
    )
}
