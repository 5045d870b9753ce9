//! Classes: contacts that are treated alike, as they have channel, kind and rank in common.

use indexmap::{IndexMap, IndexSet};

use super::channels::{ByChannel, Channel};
use super::name;
use heard_contacts::{About, Contact};

/// Fewer than this make no class of their own.
const FEW: usize = 50;
/// Most classes: a scenario has no more streams.
const MOST: usize = 255;

/// What contacts that are treated alike have in common: channel, kind, rank, and whether somebody takes
/// them up at all.
pub type Key = (usize, Option<u32>, Option<u8>, bool);

/// What a class is known by in any log: channel, kind, rank, and whether somebody takes them up.
pub type Described = (String, Option<String>, Option<u8>, bool);

/// Contacts that are treated alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name, made of what they have in common.
    pub name: String,
    /// What it is known by in any log.
    pub key: Described,
    /// Its channel, by number.
    pub channel: usize,
    /// Whether somebody takes them up. In an inbox some lie for ever, however much time people have.
    pub taken: bool,
    /// Contacts in it.
    pub calls: usize,
}

/// The classes, those with most contacts first, the class of each contact, and how many have a rank that
/// was not known and taken for that of others of their kind.
#[must_use]
pub fn classes(
    kept: &[&Contact],
    by_channel: &ByChannel<'_>,
    channels: &[Channel],
    about: &About,
    taken: &[bool],
) -> (Vec<Class>, Vec<usize>, usize) {
    let ranks = ranks(kept, taken);
    let is_guessed = |((contact, rank), taken): &((&&Contact, &Option<u8>), &bool)| {
        **taken && contact.priority != **rank
    };
    let guessed = kept.iter().zip(&ranks).zip(taken).filter(is_guessed).count();
    let channel_of = |contact: &Contact| by_channel.get_index_of(&contact.channel).unwrap_or(0);
    let keys: Vec<Key> = kept
        .iter()
        .zip(&ranks)
        .zip(taken)
        .map(|((contact, rank), taken)| (channel_of(contact), contact.kind, *rank, *taken))
        .collect();
    let mut times: IndexMap<Key, usize> = IndexMap::new();
    keys.iter().for_each(|key| *times.entry(*key).or_default() += 1);
    times.sort_by(|a, calls, b, other| other.cmp(calls).then(a.cmp(b)));
    let joined = joined(&times);
    let mut large: IndexMap<Key, usize> = IndexMap::new();
    joined.iter().filter(|(key, other)| key == other).for_each(|(key, _)| {
        large.insert(*key, large.len());
    });
    let names = name::unique(large.keys().map(|key| name_of(key, &large, channels, about)));
    let class = |(key, name): (&Key, String)| Class {
        key: described(key, channels, about),
        name,
        channel: key.0,
        taken: key.3,
        calls: 0,
    };
    let classes = large.keys().zip(names).map(class).collect();
    let class_of = keys.iter().map(|key| large[&joined[key]]).collect();
    (classes, class_of, guessed)
}

/// The class that each joins: its own, or if it is small the largest of its kind, or else of its channel.
fn joined(times: &IndexMap<Key, usize>) -> IndexMap<Key, Key> {
    // The small ones of a channel may come to a class as well.
    let channels: IndexSet<(usize, bool)> = times.keys().map(|key| (key.0, key.3)).collect();
    let beyond = times.values().nth(MOST.saturating_sub(channels.len()));
    let few = beyond.map_or(FEW, |calls| FEW.max(calls + 1));
    let mut of_kind: IndexMap<(usize, Option<u32>, bool), Key> = IndexMap::new();
    let mut of_channel: IndexMap<(usize, bool), Key> = IndexMap::new();
    for (key, calls) in times {
        if *calls >= few {
            of_kind.entry((key.0, key.1, key.3)).or_insert(*key);
        }
        of_channel.entry((key.0, key.3)).or_insert(*key);
    }
    let joins = |(key, calls): (&Key, &usize)| {
        let of_kind = of_kind.get(&(key.0, key.1, key.3)).copied();
        let largest = of_kind.or_else(|| of_channel.get(&(key.0, key.3)).copied()).unwrap_or(*key);
        (*key, if *calls >= few { *key } else { largest })
    };
    times.iter().map(joins).collect()
}

/// What a class is known by in any log.
fn described((channel, kind, rank, taken): &Key, channels: &[Channel], about: &About) -> Described {
    (
        channels[*channel].name.clone(),
        kind.map(|kind| about.names.kinds.name(kind).to_owned()),
        *rank,
        *taken,
    )
}

fn name_of(key: &Key, large: &IndexMap<Key, usize>, channels: &[Channel], about: &About) -> String {
    let (channel, kind, rank, taken) = key;
    let mut parts = Vec::new();
    match kind {
        Some(kind) => parts.push(name::plain(about.names.kinds.name(*kind))),
        None => parts.push(channels[*channel].name.clone()),
    }
    if channels.len() > 1 && kind.is_some() {
        parts.push(channels[*channel].name.clone());
    }
    let ranks = large.keys().filter(|other| other.1 == *kind && other.2.is_some()).count();
    if let Some(rank) = rank.filter(|_| ranks > 1) {
        parts.push(rank.to_string());
    }
    if !taken {
        parts.push("unanswered".to_owned());
    }
    parts.join("-")
}

/// The rank of each contact. One that is not known is shared out among the ranks of its kind as those
/// that are; those that nobody takes up need none.
fn ranks(kept: &[&Contact], taken: &[bool]) -> Vec<Option<u8>> {
    let mut known: IndexMap<Option<u32>, IndexMap<u8, (usize, f64)>> = IndexMap::new();
    for (contact, _) in kept.iter().zip(taken).filter(|(_, taken)| **taken) {
        if let Some(rank) = contact.priority {
            known.entry(contact.kind).or_default().entry(rank).or_default().0 += 1;
        }
    }
    kept.iter()
        .zip(taken)
        .map(|(contact, taken)| {
            if !taken {
                return None;
            }
            if contact.priority.is_some() {
                return contact.priority;
            }
            let ranks = known.get_mut(&contact.kind)?;
            let all: usize = ranks.values().map(|(times, _)| times).sum();
            // Each rank gathers its share of every contact; the one that is owed most gets it.
            ranks.values_mut().for_each(|(times, owed)| *owed += *times as f64 / all as f64);
            let (rank, (_, owed)) = ranks.iter_mut().max_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
            *owed -= 1.0;
            Some(*rank)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::fit::calls::tests::read;

    #[test]
    fn ranks_that_are_not_known_are_shared_out_as_the_others() {
        let mut log = "arrived,kind,priority\n".to_owned();
        for number in 0..300 {
            let rank = ["1", "2", "2", "", "", ""][number % 6];
            log += &format!("2026-03-02T09:{:02}:{:02},loans,{rank}\n", number / 60, number % 60);
        }
        let calls = read(&log, None);
        assert_eq!(calls.guessed, 150);
        let found: Vec<(&str, usize)> =
            calls.classes.iter().map(|class| (class.name.as_str(), class.calls)).collect();
        assert_eq!(found, [("loans-2", 200), ("loans-1", 100)]);
    }

    #[test]
    fn classes_of_few_join_others_and_names_differ() {
        let mut log = "arrived,channel,kind\n".to_owned();
        let long = "kind-whose-name-is-longer-than-a-scenario-cares";
        let mut rows = |times: usize, channel: &str, kind: &str| {
            (0..times).for_each(|at| {
                log += &format!("2026-03-02T09:{:02}:00,{channel},{kind}\n", at % 60)
            });
        };
        rows(200, "phone", &format!("{long} 1"));
        rows(100, "phone", &format!("{long} 2"));
        rows(60, "phone", "");
        rows(55, "phone", "phone");
        rows(10, "phone", "rare");
        rows(3, "mail", "rare");
        let calls = read(&log, None);
        let found: Vec<(&str, usize)> =
            calls.classes.iter().map(|class| (class.name.as_str(), class.calls)).collect();
        let short = "kind-whose-name-is-longer-than-a-scenari";
        assert_eq!(found[0], (format!("{short}-phone").as_str(), 210));
        assert_eq!(found[1], (format!("{short}-phone 2").as_str(), 100));
        assert_eq!(found[2..], [("phone", 60), ("phone-phone", 55), ("rare-mail", 3)]);
    }

    #[test]
    fn a_scenario_has_streams_for_the_largest_classes_only() {
        let mut log = "arrived,kind\n".to_owned();
        for kind in 0..300 {
            for at in 0..60 {
                log += &format!("2026-03-02T09:{at:02}:00,{kind}\n");
            }
        }
        log += &"2026-03-02T09:00:00,often\n".repeat(70);
        let calls = read(&log, None);
        assert_eq!((calls.classes.len(), calls.classes[0].calls), (1, 18_070));
    }
}
