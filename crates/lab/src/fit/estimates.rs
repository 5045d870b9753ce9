//! All that a log says of a company, with how sure it is.

use std::ops::Range;

use heard_contacts::Caveat;

use super::arrivals::{Rates, Week};
use super::calls::Calls;
use super::channels::Channel;
use super::classes::Class;
use super::crews::{Crew, Team};
use super::handling::{Handling, Worked};
use super::order::Order;
use super::patience::Patience;
use super::redials::Redials;
use super::replay::Replay;

/// What a log says of a company. A scenario is written from it alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// The contacts that all was estimated from.
    pub sample: Sample,
    /// The channels, in the order in which they first appear.
    pub channels: Vec<Channel>,
    /// What is known of each class of contacts, those with most contacts first.
    pub streams: Vec<Stream>,
    /// Which class is taken first when several wait; `None` where the oldest is, or nothing tells.
    pub order: Option<Order>,
    /// Who answers on which channels, and when they are there.
    pub teams: Vec<Team>,
    /// Other contacts, or the same, that the scenario replays; `None` where arrivals are random.
    pub replay: Option<Replay>,
}

/// Contacts of one company on some days of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// What the log is called.
    pub log: String,
    /// The company.
    pub company: String,
    /// Contacts with it on those days.
    pub contacts: usize,
    /// The days, counted since 1970.
    pub dates: Range<i64>,
    /// How many of them tell how many come and who is there: not holidays, gaps and days cut off.
    pub counted: usize,
    /// Contacts whose rank was unknown and taken from others of their kind.
    pub guessed: usize,
    /// In what way the log is not a fair sample of what happened.
    pub caveats: Vec<Caveat>,
}

/// What is known of one class of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// What they have in common.
    pub class: Class,
    /// When they come.
    pub arrivals: Rates,
    /// How long work on one takes; `None` where the log does not say.
    pub handling: Option<Handling>,
    /// How long they hold the line; `None` where they do not, or too few gave up.
    pub patience: Option<Patience>,
    /// Who calls again after giving up; `None` where nobody holds the line, or too few are known.
    pub redials: Option<Redials>,
}

impl Estimates {
    /// From these contacts. With `replay`, the scenario has the arrivals and the people of those other
    /// contacts, and all else from these.
    #[must_use]
    pub fn of(calls: &Calls, replay: Option<&Calls>) -> Self {
        let worked = Worked::of(calls);
        let writing = worked.writing(calls);
        let crews = Crew::all(calls).into_iter();
        let teams: Vec<Team> = crews.map(|crew| Team::of(calls, crew, writing)).collect();
        let rings = teams.first().map_or(0.0, |team| team.habits.pickup.median());
        let week = Week::of(calls);
        let handling =
            Handling::of(calls, &worked, |class| after_hours(&teams, calls.classes[class].channel));
        let (patience, redials) = (Patience::of(calls), Redials::of(calls));
        let streams = calls.classes.iter().zip(handling).zip(patience).zip(redials).enumerate();
        let stream =
            |(at, (((class, handling), patience), redials)): (usize, (((&Class, _), _), _))| {
                let live = calls.is_live(at);
                let redials: Option<Redials> = if live { redials } else { None };
                let again = redials.map_or(0.0, |redials| redials.share);
                Stream {
                    class: class.clone(),
                    arrivals: Rates::of(calls, &week, at, again),
                    handling,
                    patience: if live { patience } else { None },
                    redials,
                }
            };
        Self {
            sample: Sample::of(calls),
            channels: calls.channels.clone(),
            streams: streams.map(stream).collect(),
            order: Order::of(calls, rings),
            replay: replay.map(|other| Replay::of(calls, other, &teams, writing)),
            teams,
        }
    }

    /// What follows a conversation of a stream before the next can begin, in hours.
    #[must_use]
    pub fn after_hours(&self, stream: &Stream) -> f64 {
        after_hours(&self.teams, stream.class.channel)
    }

    /// The channel of a stream.
    #[must_use]
    pub fn channel_of(&self, stream: &Stream) -> &Channel {
        &self.channels[stream.class.channel]
    }
}

/// What follows a conversation on a channel, of the first team that has it, in hours.
fn after_hours(teams: &[Team], channel: usize) -> f64 {
    let team = teams.iter().find(|team| team.crew.channels.contains(&channel));
    team.map_or(0.0, |team| team.habits.after_hours)
}

impl Sample {
    pub(super) fn of(calls: &Calls) -> Self {
        Self {
            log: calls.about.name.clone(),
            company: calls.company.clone(),
            contacts: calls.calls.len(),
            dates: calls.dates(),
            counted: calls.counted.len(),
            guessed: calls.guessed,
            caveats: calls.about.caveats.clone(),
        }
    }

    /// How many days there are.
    #[must_use]
    pub fn days(&self) -> usize {
        usize::try_from(self.dates.end - self.dates.start).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::read;
    use crate::fit::scenario::Scenario;

    /// A call every minute from nine on, each of three minutes, of two kinds with strange names.
    fn calls(minutes: usize) -> Calls {
        let mut log = "arrived,answered,closed,kind\n".to_owned();
        for at in 0..minutes {
            let time =
                |minute: usize| format!("2026-03-02T{:02}:{:02}", 9 + minute / 60, minute % 60);
            let kind = ["\"a, \"\"b\"\" #\"", "[c] = 'd'\u{7f}"][at % 2];
            log += &format!("{},{},{},{kind}\n", time(at), time(at), time(at + 3));
        }
        read(&log, None)
    }

    #[test]
    fn estimates_of_the_same_log_are_equal_and_of_another_log_are_not() {
        let estimates = |minutes| Estimates::of(&calls(minutes), None);
        assert_eq!(estimates(200), estimates(200));
        assert_ne!(estimates(200).streams[0].arrivals, estimates(240).streams[0].arrivals);
    }

    #[test]
    fn a_replay_can_be_run_before_anything_is_on_the_disk() {
        let calls = calls(200);
        let scenario = Estimates::of(&calls, Some(&calls)).scenario("nowhere.arrivals.csv");
        let study = scenario.study("mine", 3).map_err(|refusal| refusal.render(false)).unwrap();
        assert_eq!((study.name.as_str(), study.base.run.replications), ("mine", 3));
        assert_eq!(study.replayed.unwrap().contacts(), 200);
        let without_arrivals = Scenario { arrivals: None, ..scenario };
        assert!(without_arrivals.study("mine", 3).is_err());
    }
}
