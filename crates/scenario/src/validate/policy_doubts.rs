//! What may be a slip in the triage table: messages that no rule is about, answers that nobody may or
//! can give, keys that change nothing.

use indexmap::IndexMap;

use crate::Scenario;
use crate::answer::{Action, By};
use crate::channel::{SeenBy, Waits};
use crate::place::Place;
use crate::reach::{Reach, reach};
use crate::team::{Power, Team};
use crate::triage::{Kind, Rule};
use heard_text::list::list;

/// What may be a slip in the table.
pub fn doubts(arm: &Scenario, found: &mut Vec<String>) {
    let reach = reach(arm);
    left_out(arm, &reach, found);
    powerless(arm, &reach, found);
    for (index, rule) in arm.triage.iter().enumerate() {
        let places: Vec<&Place> = (reach.places.iter().zip(&reach.applies[index]))
            .filter_map(|(place, applies)| applies.then_some(place))
            .collect();
        nobody_to_do_it(arm, index, rule, &places, found);
        idle_keys(arm, index, rule, found);
        sent_on(index, rule, found);
    }
}

fn teams<'a>(arm: &'a Scenario, channel: &'a str) -> impl Iterator<Item = &'a Team> {
    arm.team.values().filter(move |team| team.channels.iter().any(|name| name == channel))
}

fn served(arm: &Scenario, channel: &str) -> bool {
    teams(arm, channel).next().is_some()
}

/// Kinds of messages that come in from customers.
fn kinds_of_customers(arm: &Scenario, public: bool) -> Vec<Kind> {
    if arm.customers.count == 0 {
        return Vec::new();
    }
    let company = &arm.company;
    let failures = company.failures_per_customer_month > 0.0;
    let comes = |kind: &Kind| match kind {
        Kind::Complaint => failures,
        Kind::Rage => failures && public && arm.customers.rages > 0.0,
        Kind::Question => company.questions_per_customer_month > 0.0,
        Kind::Misguided => company.misconceptions_per_customer_month > 0.0,
        Kind::Troll => public && arm.detractors.count > 0 && arm.detractors.posts_per_day > 0.0,
        Kind::Praise => {
            public && company.delights_per_customer_month > 0.0 && company.delight_voiced > 0.0
        }
    };
    Kind::ALL.into_iter().filter(comes).collect()
}

/// Kinds that come in where a team would take them, and that no rule is about.
fn left_out(arm: &Scenario, reach: &Reach, found: &mut Vec<String>) {
    let mut by_channel: IndexMap<(bool, &str), Vec<Kind>> = IndexMap::new();
    for (index, place) in reach.places.iter().enumerate() {
        let Some(channel) = arm.channel.get(place.channel) else { continue };
        let live = channel.waits == Waits::OnTheLine;
        if !channel.presented || !served(arm, place.channel) || live && arm.triage.is_empty() {
            continue;
        }
        let kinds = match place.stream.and_then(|name| arm.stream.get(name)) {
            Some(stream) => vec![stream.kind],
            None => kinds_of_customers(arm, channel.seen_by == SeenBy::Public),
        };
        let ruled = |kind: Kind| {
            (arm.triage.iter().zip(&reach.applies)).any(|(rule, applies)| {
                applies[index] && rule.when.kind.is_none_or(|kinds| kinds.contains(kind))
            })
        };
        let into = by_channel.entry((live, place.channel)).or_default();
        into.extend(kinds.into_iter().filter(|&kind| !ruled(kind)));
    }
    let mut by_kind: IndexMap<(bool, Kind), Vec<&str>> = IndexMap::new();
    for ((live, channel), kinds) in &by_channel {
        for kind in Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            by_kind.entry((*live, kind)).or_default().push(channel);
        }
    }
    let mut told: IndexMap<(bool, Vec<&str>), Vec<&str>> = IndexMap::new();
    for ((live, kind), channels) in by_kind {
        told.entry((live, channels)).or_default().push(kind.plural());
    }
    for ((live, channels), kinds) in told {
        let what = if live { "are served as if by `restore`" } else { "nobody reads them" };
        let (kinds, channels) = (list(&kinds), list(&channels));
        found.push(match live {
            false => format!(
                "no rule of the triage table is about {kinds} on {channels}: {what} (that can be the point)"
            ),
            true => format!(
                "no rule of the triage table is about {kinds} on {channels}: callers {what} (that can be \
                 the point)"
            ),
        });
    }
}

/// Answers that would solve the problem or give money, if only somebody might.
fn powerless(arm: &Scenario, reach: &Reach, found: &mut Vec<String>) {
    for action in Action::ALL {
        let Some(answer) = arm.answer.of(action).filter(|answer| answer.by == By::Person) else {
            continue;
        };
        let wants = [
            (Power::Fix, "fix", "solve nothing", answer.fixes > 0.0),
            (
                Power::Compensate,
                "compensate",
                "give no money",
                answer.money > 0.0 || answer.makes_good > 0.0,
            ),
        ];
        for (power, name, fails, wanted) in wants {
            let without = |place: &Place| {
                served(arm, place.channel)
                    && !teams(arm, place.channel).any(|team| team.may.contains(&power))
            };
            let mut channels: Vec<&str> = Vec::new();
            for (rule, applies) in arm.triage.iter().zip(&reach.applies) {
                let places = reach.places.iter().zip(applies).filter(|(_, applies)| **applies);
                for (place, _) in
                    places.filter(|(place, _)| rule.action == action && without(place))
                {
                    if wanted && !channels.contains(&place.channel) {
                        channels.push(place.channel);
                    }
                }
            }
            if !channels.is_empty() {
                found.push(format!(
                    "`{}` can {fails} on {}: no team there may `{name}` (that can be the point)",
                    action.name(),
                    list(&channels)
                ));
            }
        }
    }
}

/// Work that no team takes, though some team takes other work: only where the rule itself names the
/// place, for it may well be meant for the channels that are served.
fn nobody_to_do_it(
    arm: &Scenario,
    index: usize,
    rule: &Rule,
    places: &[&Place],
    found: &mut Vec<String>,
) {
    let person = arm.answer.of(rule.action).is_some_and(|answer| answer.by == By::Person);
    let named = rule.when.channel.is_some() || rule.when.stream.is_some();
    let anybody = arm.team.values().any(|team| !team.channels.is_empty());
    let Some(place) = places.first().filter(|_| person && anybody) else { return };
    if named && !places.iter().any(|place| served(arm, place.channel)) {
        found.push(format!(
            "triage[{index}]: nobody will `{}` on {}, for no team takes it",
            rule.action.name(),
            place.channel
        ));
    } else if let Some(to) = rule.to.as_ref().filter(|to| !served(arm, to)) {
        found.push(format!("triage[{index}] sends people to {to}, which no team takes"));
    }
}

fn idle_keys(arm: &Scenario, index: usize, rule: &Rule, found: &mut Vec<String>) {
    let when = &rule.when;
    let channel = when.channel.as_ref().and_then(|name| arm.channel.get(name));
    let private = channel.is_some_and(|channel| channel.seen_by == SeenBy::Private);
    if when.tagged == Some(true) && (private || when.stream.is_some()) {
        let what = when.stream.as_ref().or(when.channel.as_ref());
        found.push(format!(
            "triage[{index}].when.tagged has no effect: all that comes from {} is addressed to the company",
            what.map_or("", String::as_str)
        ));
    }
    let worked = arm.answer.of(rule.action).is_some_and(|answer| answer.by != By::Machine);
    if rule.priority.is_some() && !worked {
        found.push(format!(
            "triage[{index}].priority has no effect: `{}` is not work for anybody",
            rule.action.name()
        ));
    }
}

fn sent_on(index: usize, rule: &Rule, found: &mut Vec<String>) {
    let (to, when) = (rule.to.as_ref(), rule.when.channel.as_ref());
    if to.is_some() && (when.is_none() || when == to) {
        found.push(format!(
            "triage[{index}] also sends on those who have come to {} already; `when = {{ channel = ... }}` \
             would spare them",
            to.map_or("", String::as_str)
        ));
    }
}
