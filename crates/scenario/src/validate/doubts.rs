//! What is allowed but may be a slip. A warning must be worth reading: there is none for what may
//! well be the point of an arm, unless it is easily overlooked.

use indexmap::{IndexMap, IndexSet};

use super::{policy_doubts, windows};
use crate::Scenario;
use crate::answer::{Action, Answer, Answers, By};
use crate::channel::{Channel, SeenBy, Waits};
use crate::study::{Arm, Phase};
use crate::team::{Shift, Team};
use heard_text::list::{capital, form, joined, list};
use heard_text::number::trimmed;

/// What is allowed but may be a slip, for all arms together; `companies` are the names of theirs.
pub fn warnings(arms: &[Arm], companies: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for arm in arms {
        let texts = nobody_staffs(arm).into_iter().chain(of_companies(arm, companies));
        let texts = texts.chain(never_searches(arm)).chain(windows::doubts(arm));
        for text in texts.collect::<IndexSet<_>>() {
            match told.iter_mut().find(|(known, _)| *known == text) {
                Some((_, names)) => names.push(&arm.name),
                None => told.push((text, vec![&arm.name])),
            }
        }
    }
    for (text, names) in told {
        let everywhere = names.len() == arms.len();
        let arms = form(names.len() as f64, "arm", "arms");
        found.push(if everywhere { text } else { format!("in {arms} {}: {text}", list(&names)) });
    }
    found
}

/// What may be a slip in one arm, with the names of the companies that it is about where it is not about all.
fn of_companies(arm: &Arm, companies: &[String]) -> Vec<String> {
    let mut told: IndexMap<String, IndexSet<&str>> = IndexMap::new();
    for phase in &arm.phases {
        for (scenario, name) in phase.companies.iter().zip(companies) {
            for text in doubts(scenario) {
                told.entry(text).or_default().insert(name);
            }
        }
    }
    let of = |(text, names): (String, IndexSet<&str>)| match names.len() {
        all if all == companies.len() => text,
        _ => format!("for {}: {text}", list(&names.into_iter().collect::<Vec<_>>())),
    };
    told.into_iter().map(of).collect()
}

fn doubts(arm: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    effects(arm, &mut found);
    staffing(arm, &mut found);
    policy_doubts::doubts(arm, &mut found);
    channels(arm, &mut found);
    teams(arm, &mut found);
    answers(&arm.answer, &mut found);
    nobody_there(arm, &mut found);
    found
}

/// Smallest effects of metrics that get no verdict, and worth of what there is none of.
fn effects(arm: &Scenario, found: &mut Vec<String>) {
    let run = &arm.run;
    if arm.customers.count == 0 && run.worth.customer.is_some() {
        found.push("run.worth.customer has no effect: there are no customers".to_owned());
    }
    let idle =
        run.smallest_effect_of_interest.keys().filter(|metric| !run.headline.contains(metric));
    let names: Vec<&str> = idle.map(|metric| metric.name()).collect();
    if !names.is_empty() {
        let have = form(names.len() as f64, "has", "have");
        found.push(format!(
            "run.smallest_effect_of_interest: {} {have} no effect: only metrics of run.headline get a \
             verdict",
            list(&names)
        ));
    }
}

/// Channels that a company presents and nobody staffs, with the days where a switch changes them.
fn nobody_staffs(arm: &Arm) -> Vec<String> {
    let mut found = Vec::new();
    for company in 0..arm.phases[0].companies.len() {
        let alike = |a: &Phase, b: &Phase| {
            unstaffed(&a.companies[company]) == unstaffed(&b.companies[company])
        };
        let mut same = arm.phases.chunk_by(alike).peekable();
        while let Some(phases) = same.next() {
            let channels = unstaffed(&phases[0].companies[company]);
            if channels.is_empty() {
                continue;
            }
            let from = phases[0].from_day;
            let until = same.peek().map(|next| trimmed(next[0].from_day));
            let when = match (from > 0.0, until) {
                (false, None) => String::new(),
                (false, Some(until)) => format!(" until day {until}"),
                (true, None) => format!(" from day {} on", trimmed(from)),
                (true, Some(until)) => format!(" from day {} to day {until}", trimmed(from)),
            };
            found.push(format!(
                "nobody staffs {}{when}, though the company presents itself there (that can be the \
                 point)",
                joined(&channels, "or")
            ));
        }
    }
    found
}

/// Channels that the company presents and nobody staffs.
fn unstaffed(arm: &Scenario) -> Vec<&str> {
    let staffed = |channel: &String| {
        arm.team.values().any(|team| {
            team.channels.contains(channel) && team.shifts.iter().any(|shift| shift.people > 0)
        })
    };
    let empty = arm.channel.iter().filter(|(name, channel)| channel.presented && !staffed(name));
    empty.map(|(name, _)| name.as_str()).collect()
}

fn staffing(arm: &Scenario, found: &mut Vec<String>) {
    let takes = |team: &Team| !team.channels.is_empty();
    let nobody = !arm.team.values().any(takes);
    if arm.listening.coverage > 0.0 && nobody && arm.listening.team.is_none() {
        found.push("listening.coverage is above 0, but no team is there to listen".to_owned());
    }
    let feed = &arm.feed;
    let posts = feed.promotions_per_day + feed.links_per_day + feed.faces_per_day;
    if posts > 0.0 && nobody && feed.team.is_none() {
        found.push(format!("the feed has {posts} posts a day, but no team is there to write them"));
    }
}

/// A team that listens searches when it comes on duty and while it is there, so one without shifts
/// never does.
fn never_searches(arm: &Arm) -> Vec<String> {
    let mut found = Vec::new();
    for (index, phase) in arm.phases.iter().enumerate() {
        let from = phase.from_day;
        let to = arm.phases.get(index + 1).map_or(arm.scenario().run.days, |next| next.from_day);
        for one in &phase.companies {
            let Some((name, team)) = listener(one) else { continue };
            let staffed = |shift: &&Shift| shift.people > 0;
            let when = if !team.shifts.iter().any(|shift| staffed(&shift)) {
                String::new()
            } else if !team.shifts.iter().filter(staffed).any(|shift| is_worked(shift, from, to)) {
                format!(" between day {} and day {}", trimmed(from), trimmed(to))
            } else {
                continue;
            };
            found.push(format!(
                "listening.coverage is above 0, but nothing is ever searched for: team.{name} listens and \
                 has no shift{when}; the tools are paid all the same"
            ));
        }
    }
    found
}

/// The team that searches, if anything is to be found.
fn listener(arm: &Scenario) -> Option<(&String, &Team)> {
    let named = arm.listening.team.as_ref();
    let team = match named {
        Some(name) => arm.team.get_key_value(name),
        None => arm.team.iter().find(|(_, team)| !team.channels.is_empty()),
    };
    team.filter(|_| arm.listening.coverage > 0.0)
}

/// Whether some week of a shift lies, at least in part, between these days.
fn is_worked(shift: &Shift, from_day: f64, to_day: f64) -> bool {
    let within = |week: &u32| {
        let end = f64::from(*week) * 7.0;
        end > from_day && end - 7.0 < to_day
    };
    shift.weeks.as_ref().is_none_or(|weeks| weeks.iter().any(within))
}

/// Keys of channels and streams that have no effect where they stand.
fn channels(arm: &Scenario, found: &mut Vec<String>) {
    let live = |channel: &Channel| channel.waits == Waits::OnTheLine;
    for (name, channel) in &arm.channel {
        if channel.patience != Channel::default_patience() && !live(channel) {
            found.push(format!(
                "channel.{name}.patience has no effect: nobody holds the line there; how long people \
                 wait for a written answer is customers.gives_up_hours"
            ));
        }
        if channel.lines.is_some() && !live(channel) {
            found.push(format!(
                "channel.{name}.lines has no effect: nobody holds the line there, and an inbox takes all"
            ));
        }
        if channel.tagged != Channel::default_tagged() && channel.seen_by == SeenBy::Private {
            found.push(format!(
                "channel.{name}.tagged has no effect: all that is written there is addressed to the company"
            ));
        }
    }
    for (name, stream) in &arm.stream {
        if stream.patience.is_some() && !arm.channel.get(&stream.channel).is_some_and(live) {
            found.push(format!(
                "stream.{name}.patience has no effect: nobody holds the line on {}",
                stream.channel
            ));
        }
    }
}

/// Keys of teams that have no effect where they stand.
fn teams(arm: &Scenario, found: &mut Vec<String>) {
    let live = |name: &String| {
        arm.channel.get(name).is_some_and(|channel| channel.waits == Waits::OnTheLine)
    };
    for (name, team) in &arm.team {
        if team.pickup_seconds > 0.0 && !team.channels.iter().any(live) {
            found.push(format!(
                "team.{name}.pickup_seconds has no effect: nobody holds the line on the team's channels"
            ));
        }
        if team.pickup_sigma != Team::default_pickup_sigma() && team.pickup_seconds == 0.0 {
            found.push(format!(
                "team.{name}.pickup_sigma has no effect: pickup_seconds is 0, so they pick up at once"
            ));
        }
    }
}

/// Keys of answers that have no effect, because no person gives them.
fn answers(answers: &Answers, found: &mut Vec<String>) {
    let usual = Answers::default();
    for action in Action::ALL {
        let (Some(answer), Some(usual)) = (answers.of(action), usual.of(action)) else { continue };
        let changed = |of: fn(&Answer) -> f64| of(answer) != 0.0;
        let mut idle = Vec::new();
        if answer.by == By::Machine && answer.handle != usual.handle {
            idle.push("handle");
        }
        if answer.by != By::Person {
            idle.extend(changed(|answer| answer.makes_good).then_some("makes_good"));
            idle.extend(changed(|answer| answer.money).then_some("money"));
        }
        if answer.by == By::Nobody {
            idle.extend(changed(|answer| answer.fixes).then_some("fixes"));
            idle.extend(changed(|answer| answer.tone).then_some("tone"));
        }
        if let [first, ..] = idle.as_slice() {
            let have = form(idle.len() as f64, "has", "have");
            let why = match (answer.by, *first) {
                (By::Machine, "handle") => "a machine answers at once",
                (By::Machine, _) => "a machine gives no money",
                _ => "no answer goes out",
            };
            let name = action.name();
            found.push(format!("answer.{name}: {} {have} no effect: {why}", list(&idle)));
        }
    }
}

/// Sections that need customers, where there are none.
fn nobody_there(arm: &Scenario, found: &mut Vec<String>) {
    if arm.customers.count == 0 {
        let posts = arm.feed.promotions_per_day + arm.feed.links_per_day + arm.feed.faces_per_day;
        let idle: Vec<&str> = [
            ("detractors", arm.detractors.count > 0),
            ("mistakes", !arm.mistake.is_empty()),
            ("a feed", posts > 0.0),
            ("an audit", arm.audit.probes_per_channel > 0),
        ]
        .into_iter()
        .filter_map(|(what, there)| there.then_some(what))
        .collect();
        if !idle.is_empty() {
            found.push(format!(
                "{} without customers: customers.count is 0, so nobody minds",
                capital(&list(&idle))
            ));
        }
    } else if arm.company.share == Some(0.0) {
        found.push("a company has `share = 0`: it begins without a single customer".to_owned());
    }
    let presented = arm.channel.values().any(|channel| channel.presented);
    if arm.audit.probes_per_channel > 0 && !arm.channel.is_empty() && !presented {
        found.push(
            "the audit probes nothing: the company presents no channel (that can be the point)"
                .to_owned(),
        );
    }
}
