//! The contacts that a scenario replays, in terms of the classes that were fitted.

use std::ops::Range;

use heard_contacts::Moment;
use heard_contacts::moment::DAY_MS;

use super::calls::Calls;
use super::classes::{Class, Described};
use super::crews::{Crew, Team};
use super::estimates::Sample;
use super::habits::Habits;
use super::people::Roster;

/// Contacts that come at their own times, and the people who were there.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The contacts that are replayed.
    pub sample: Sample,
    /// The Monday on or before the first day, days since 1970.
    pub monday: i64,
    /// The days that are replayed, counted from that Monday.
    pub days: Range<usize>,
    /// Classes that the fitted days have too few of, and the stream that they are taken for.
    pub moved: Vec<Moved>,
    /// When each contact comes, and its stream.
    pub arrivals: Vec<(Moment, usize)>,
    /// People at work, by team.
    pub rosters: Vec<Rota>,
}

/// When the people of a team are there.
#[derive(Clone, Debug, PartialEq)]
pub struct Rota {
    /// What the team is called.
    pub name: String,
    /// Its channels, by number among those that are fitted.
    pub channels: Vec<usize>,
    /// How they work.
    pub habits: Habits,
    /// The people.
    pub roster: Roster,
}

/// A class of the replayed contacts that is taken for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Its name.
    pub class: String,
    /// Its contacts.
    pub contacts: usize,
    /// The stream that they belong to.
    pub stream: usize,
}

impl Replay {
    /// Of `other`, in the classes of `calls`. `habits`: how people work, on the days that were
    /// fitted. `writing`: what an answer takes whose length is not in the log, in hours.
    pub(super) fn of(calls: &Calls, other: &Calls, teams: &[Team], writing: f64) -> Self {
        let streams: Vec<usize> =
            other.classes.iter().map(|class| same_class(calls, class)).collect();
        let pairs = other.classes.iter().zip(&streams);
        let moved = pairs.filter(|(class, stream)| calls.classes[**stream].key != class.key).map(
            |(class, &stream)| Moved { class: class.name.clone(), contacts: class.calls, stream },
        );
        let arrival = |arrived: f64| {
            Moment::local(other.monday * DAY_MS + (arrived * 3_600_000.0).round() as i64)
        };
        Self {
            sample: Sample::of(other),
            monday: other.monday,
            days: other.days.clone(),
            moved: moved.collect(),
            arrivals: other
                .calls
                .iter()
                .map(|call| (arrival(call.arrived), streams[call.class]))
                .collect(),
            rosters: rosters(calls, other, teams, writing),
        }
    }
}

/// The teams of the replayed contacts, on channels that are fitted. How people work is that of the fitted
/// team with which they share most channels.
fn rosters(calls: &Calls, other: &Calls, teams: &[Team], writing: f64) -> Vec<Rota> {
    let fitted = |channel: &usize| {
        let name = &other.channels[*channel].name;
        calls.channels.iter().position(|channel| channel.name == *name)
    };
    let rota = |crew: Crew| {
        let channels: Vec<usize> = crew.channels.iter().filter_map(fitted).collect();
        let shared = |team: &&Team| {
            team.crew.channels.iter().filter(|channel| channels.contains(channel)).count()
        };
        let habits = &teams.iter().rev().max_by_key(shared)?.habits;
        let roster = Roster::of(&crew.shifts(other, habits, writing), &other.days);
        (!channels.is_empty()).then(|| Rota {
            name: crew.name,
            channels,
            habits: habits.clone(),
            roster,
        })
    };
    Crew::all(other).into_iter().filter_map(rota).collect()
}

/// The class of `calls` that a class of other contacts is taken for: the same, or one of its kind, or
/// of its channel, or the largest.
fn same_class(calls: &Calls, other: &Class) -> usize {
    let find = |alike: &dyn Fn(&Described) -> bool| {
        calls.classes.iter().position(|class| alike(&class.key))
    };
    let (channel, kind, _, taken) = &other.key;
    find(&|key| *key == other.key)
        .or_else(|| find(&|(c, k, _, t)| (c, k, t) == (channel, kind, taken)))
        .or_else(|| find(&|(c, _, _, t)| !taken && (c, t) == (channel, taken)))
        .or_else(|| find(&|(_, k, _, t)| k.is_some() && (k, t) == (kind, taken)))
        .or_else(|| find(&|(c, ..)| c == channel))
        .unwrap_or(0)
}
