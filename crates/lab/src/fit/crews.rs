//! Teams, told apart by the channels on which their people answer.

use indexmap::{IndexMap, IndexSet};

use super::calls::{Calls, End};
use super::habits::Habits;
use super::name;
use super::people::Staff;
use super::staff::Shifts;

/// A channel on which somebody gives less than this share of their answers is not theirs: they helped
/// out.
const OWN: f64 = 0.01;
/// Fewer answers on a channel than this may be a slip.
const ANSWERS: usize = 2;
/// People with the same channels who give less than this share of all answers are no team of their own.
const TEAM: f64 = 0.02;

/// People who answer on the same channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// What the team is called.
    pub name: String,
    /// Its channels, by number.
    pub channels: Vec<usize>,
    /// Its people; empty where all contacts are one team's.
    agents: IndexSet<u32>,
}

/// A team: how its people work, and when they are there.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Who they are.
    pub crew: Crew,
    /// How they work between one conversation and the next.
    pub habits: Habits,
    /// When they are there.
    pub staff: Staff,
}

impl Team {
    /// Of these people. `writing`: what an answer takes whose length is not in the log, in hours.
    pub(super) fn of(calls: &Calls, crew: Crew, writing: f64) -> Self {
        let own = crew.own(calls);
        let own = own.as_ref().unwrap_or(calls);
        let habits = Habits::of(own, writing);
        let shifts = Shifts::of(own, &habits, writing);
        Self { crew, staff: Staff::of(&shifts, own, &habits, writing), habits }
    }
}

impl Crew {
    /// The teams, those with most answers first. One where the log does not name most of those who
    /// answer, or all answer everywhere.
    #[must_use]
    pub fn all(calls: &Calls) -> Vec<Self> {
        let answered: Vec<usize> =
            (0..calls.channels.len()).filter(|&at| calls.channels[at].answered > 0).collect();
        let channels =
            if answered.is_empty() { (0..calls.channels.len()).collect() } else { answered };
        let one =
            |channels| vec![Self { name: "people".to_owned(), channels, agents: IndexSet::new() }];
        let Some(groups) = groups(calls) else { return one(channels) };
        if groups.len() < 2 {
            return one(channels);
        }
        let names = name::unique(groups.iter().map(|(own, agents)| name_of(calls, own, agents)));
        let mut all: Vec<Self> = names
            .into_iter()
            .zip(groups)
            .map(|(name, (channels, agents))| Self { name, channels, agents })
            .collect();
        // Where the log never says who answered, the largest team does.
        let served = |channel: &usize| all.iter().any(|crew| crew.channels.contains(channel));
        let rest: Vec<usize> = channels.into_iter().filter(|at| !served(at)).collect();
        all[0].channels.extend(rest);
        all
    }

    /// The contacts that were theirs to answer; `None` where that is all of them.
    fn own(&self, calls: &Calls) -> Option<Calls> {
        if self.agents.is_empty() {
            return None;
        }
        let mut own = calls.clone();
        own.calls.retain(|call| {
            let there = self.channels.contains(&calls.classes[call.class].channel);
            let served = matches!(call.end, End::Served(_));
            there && (!served || call.agent.is_some_and(|agent| self.agents.contains(&agent)))
        });
        Some(own)
    }

    /// The contacts that were theirs to answer.
    pub(super) fn shifts(&self, calls: &Calls, habits: &Habits, writing: f64) -> Shifts {
        let own = self.own(calls);
        Shifts::of(own.as_ref().unwrap_or(calls), habits, writing)
    }
}

/// People by their channels, those with most answers first; `None` where most are not named.
fn groups(calls: &Calls) -> Option<Vec<(Vec<usize>, IndexSet<u32>)>> {
    let mut answers: IndexMap<u32, IndexMap<usize, usize>> = IndexMap::new();
    let (mut named, mut nameless) = (0, 0);
    for call in calls.calls.iter().filter(|call| matches!(call.end, End::Served(_))) {
        let Some(agent) = call.agent else {
            nameless += 1;
            continue;
        };
        let channel = calls.classes[call.class].channel;
        *answers.entry(agent).or_default().entry(channel).or_default() += 1;
        named += 1;
    }
    if named <= nameless {
        return None;
    }
    let mut groups: IndexMap<Vec<usize>, (usize, IndexSet<u32>)> = IndexMap::new();
    for (agent, by_channel) in &answers {
        let all: usize = by_channel.values().sum();
        let least = ANSWERS.max((OWN * all as f64).ceil() as usize);
        let own = by_channel.iter().filter(|(_, times)| **times >= least);
        let mut own: Vec<usize> = own.map(|(channel, _)| *channel).collect();
        own.sort_unstable();
        let group = groups.entry(own).or_default();
        group.0 += all;
        group.1.insert(*agent);
    }
    groups.sort_by(|a, (answers, _), b, (others, _)| others.cmp(answers).then(a.cmp(b)));
    // Those with few answers join the largest team with which they share most of their channels.
    let few = (TEAM * named as f64) as usize;
    let (large, small): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(own, (answers, _))| *answers > few && !own.is_empty());
    let mut large: Vec<(Vec<usize>, IndexSet<u32>)> =
        large.into_iter().map(|(own, (_, agents))| (own, agents)).collect();
    for (own, (_, agents)) in small {
        let shared = |others: &[usize]| own.iter().filter(|at| others.contains(at)).count();
        let best = (0..large.len()).rev().max_by_key(|&at| shared(&large[at].0))?;
        large[best].1.extend(agents);
    }
    Some(large)
}

/// What the names of all its people have in common before a number, or its channels.
fn name_of(calls: &Calls, channels: &[usize], agents: &IndexSet<u32>) -> String {
    let people = &calls.about.names.agents;
    let stem = |agent: &u32| {
        let (stem, number) = people.name(*agent).rsplit_once('-')?;
        number.chars().all(|digit| digit.is_ascii_digit()).then_some(stem)
    };
    let mut stems = agents.iter().map(stem);
    let first = stems.next().flatten().filter(|first| stems.all(|other| other == Some(first)));
    let named: Vec<&str> = channels.iter().map(|&at| calls.channels[at].name.as_str()).collect();
    name::plain(first.unwrap_or(&named.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::read;

    /// A contact a minute, of which these people answer the next on these channels.
    fn log(of: &[(&str, &str)], times: usize) -> Calls {
        let mut text = "arrived,answered,closed,agent,channel\n".to_owned();
        for at in 0..times * of.len() {
            let (agent, channel) = of[at % of.len()];
            let time = |minute: usize| format!("2026-03-02T{:02}:{:02}", minute / 60, minute % 60);
            let (from, to) = (time(at), time(at + 2));
            text += &format!("{from},{from},{to},{agent},{channel}\n");
        }
        read(&text, None)
    }

    fn told(calls: &Calls) -> Vec<(String, Vec<String>)> {
        let names = |crew: &Crew| {
            crew.channels.iter().map(|&at| calls.channels[at].name.clone()).collect::<Vec<_>>()
        };
        Crew::all(calls).iter().map(|crew| (crew.name.clone(), names(crew))).collect()
    }

    fn team(name: &str, channels: &[&str]) -> (String, Vec<String>) {
        (name.to_owned(), channels.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn people_are_told_apart_by_the_channels_on_which_they_answer() {
        let three = [
            ("desk-1", "phone"),
            ("desk-2", "phone"),
            ("ann", "mail"),
            ("bob", "mail"),
            ("ann", "chat"),
            ("bob", "chat"),
            ("page-1", "page"),
        ];
        let calls = log(&three, 100);
        assert_eq!(
            told(&calls),
            [
                team("mail and chat", &["mail", "chat"]),
                team("desk", &["phone"]),
                team("page", &["page"])
            ]
        );
        let crews = Crew::all(&calls);
        assert_eq!(crews[1].own(&calls).unwrap().calls.len(), 200);
    }

    #[test]
    fn people_who_answer_everywhere_or_have_no_names_are_one_team() {
        let same = [("ann", "mail"), ("bob", "phone"), ("ann", "phone"), ("bob", "mail")];
        assert_eq!(told(&log(&same, 50)), [team("people", &["mail", "phone"])]);
        let nameless = [("", "mail"), ("", "phone"), ("ann", "phone")];
        assert_eq!(told(&log(&nameless, 50)), [team("people", &["mail", "phone"])]);
    }

    #[test]
    fn somebody_who_hardly_ever_answers_makes_no_team() {
        let mut of = vec![("ann", "mail"), ("bob", "phone")];
        of.extend([("ann", "mail"), ("bob", "phone")].repeat(49));
        of.push(("eve", "mail"));
        let calls = log(&of, 3);
        assert_eq!(told(&calls), [team("mail", &["mail"]), team("phone", &["phone"])]);
    }
}
