//! Which rules of a triage table can ever come first.
//!
//! The bounds of a table cut each number that it asks for into stretches within which no rule changes
//! its mind. One message for each combination of stretches, kind, place and so on therefore stands for
//! all messages that there can be, and trying the table on each of them shows exactly what each rule
//! still gets. Where that would be too many, rules are compared two by two instead, which misses what
//! only several rules together take away.

use std::collections::BTreeSet;

use super::Scenario;
use super::bound::Bound;
use super::place::Place;
use super::triage::{Condition, Facts, Kind, Rule};

/// Maximum number of messages that are tried.
const MOST_MESSAGES: usize = 200_000;

/// Maximum number of messages times rules that are tried.
const MOST_TRIALS: usize = 4_000_000;

/// What becomes of a table's rules.
#[derive(Debug)]
pub struct Reach<'a> {
    /// Where messages can come from.
    pub places: Vec<Place<'a>>,
    /// For each rule and place: whether it is ever the first that applies.
    pub applies: Vec<Vec<bool>>,
    /// For each rule that is possible but never the first: the rules that come before it.
    pub shadowed: Vec<(usize, BTreeSet<usize>)>,
    /// Whether the last, unwritten rule ever applies.
    pub unwritten: bool,
}

impl Scenario {
    /// Whether some message can pass every rule of the triage table, so that the last, unwritten rule
    /// takes it.
    #[must_use]
    pub fn leaves_messages_unmatched(&self) -> bool {
        reach(self).unwritten
    }
}

/// Tries the table on every message that there can be.
pub fn reach(arm: &Scenario) -> Reach<'_> {
    let table = &arm.triage;
    let places = Place::all(arm);
    let tried = Tried::new(&places, table);
    let mut reach = Reach {
        places: places.clone(),
        applies: vec![vec![false; places.len()]; table.len()],
        shadowed: Vec::new(),
        unwritten: !table.iter().any(|rule| rule.when == Condition::default()),
    };
    let messages = tried.count();
    if messages <= MOST_MESSAGES && messages.saturating_mul(table.len()) <= MOST_TRIALS {
        exactly(&tried, table, &mut reach);
    } else {
        by_pairs(table, &mut reach);
    }
    reach
}

fn exactly(tried: &Tried, table: &[Rule], reach: &mut Reach) {
    let mut before = vec![BTreeSet::new(); table.len()];
    let mut ever = vec![false; table.len()];
    let mut unwritten = false;
    tried.each(|place, facts| {
        let mut holding = (0..table.len()).filter(|&rule| table[rule].when.holds(facts));
        let Some(first) = holding.next() else {
            unwritten = true;
            return;
        };
        reach.applies[first][place] = true;
        ever[first] = true;
        for later in holding.filter(|&later| !ever[later]) {
            before[later].insert(first);
        }
    });
    reach.unwritten = unwritten;
    let never = before.into_iter().enumerate().filter(|(rule, _)| !ever[*rule]);
    reach.shadowed = never.filter(|(_, before)| !before.is_empty()).collect();
}

fn by_pairs(table: &[Rule], reach: &mut Reach) {
    for (index, rule) in table.iter().enumerate() {
        let cover = table[..index].iter().position(|earlier| earlier.when.covers(&rule.when));
        let possible: Vec<bool> =
            reach.places.iter().map(|place| place.refuses(&rule.when).is_none()).collect();
        match cover {
            Some(earlier) if possible.contains(&true) => {
                reach.shadowed.push((index, BTreeSet::from([earlier])));
            }
            Some(_) => {}
            None => reach.applies[index] = possible,
        }
    }
}

/// The messages that stand for all.
struct Tried<'a> {
    places: &'a [Place<'a>],
    severity: Vec<f64>,
    followers: Vec<f64>,
    waited_hours: Vec<f64>,
    audience: Vec<f64>,
}

impl<'a> Tried<'a> {
    fn new(places: &'a [Place<'a>], table: &[Rule]) -> Self {
        let points = |high: f64, of: fn(&Condition) -> Option<Bound>| {
            stand_ins(high, table.iter().filter_map(|rule| of(&rule.when)))
        };
        Self {
            places,
            severity: points(1.0, |when| when.severity),
            followers: points(f64::INFINITY, |when| when.followers),
            waited_hours: points(f64::INFINITY, |when| when.waited_hours),
            audience: points(f64::INFINITY, |when| when.audience),
        }
    }

    /// How many there are, or more.
    fn count(&self) -> usize {
        [&self.severity, &self.followers, &self.waited_hours, &self.audience]
            .into_iter()
            .map(Vec::len)
            .chain([self.places.len(), Kind::ALL.len(), 4])
            .fold(1, usize::saturating_mul)
    }

    fn each(&self, mut take: impl FnMut(usize, &Facts)) {
        for (index, place) in self.places.iter().enumerate() {
            let anonymous = place.stream.is_some();
            let kinds = place.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
            let severity = place.severity.map_or(self.severity.clone(), |severity| vec![severity]);
            let followers = if anonymous { &[0.0][..] } else { &self.followers };
            let audience = if place.private { &[0.0][..] } else { &self.audience };
            let tagged = if place.private || anonymous { &[true][..] } else { &[false, true] };
            let numbers = [&severity, followers, &self.waited_hours, audience];
            let sizes = numbers.iter().map(|axis| axis.len()).chain([kinds.len(), tagged.len(), 2]);
            for message in 0..sizes.product::<usize>() {
                let mut left = message;
                let mut digit = |size: usize| {
                    let digit = left % size;
                    left /= size;
                    digit
                };
                let [severity, followers, waited_hours, audience] =
                    numbers.map(|axis| axis[digit(axis.len())]);
                let facts = Facts {
                    kind: kinds[digit(kinds.len())],
                    severity,
                    followers,
                    tagged: tagged[digit(tagged.len())],
                    repeat: digit(2) == 1,
                    waited_hours,
                    audience,
                    channel: place.channel,
                    stream: place.stream,
                };
                take(index, &facts);
            }
        }
    }
}

/// One number for each stretch from 0 to `high` that the bounds do not divide further: the ends of
/// the bounds, and one number between any two of them. Without bounds, any number does.
fn stand_ins(high: f64, bounds: impl Iterator<Item = Bound>) -> Vec<f64> {
    let mut ends: Vec<f64> = bounds.flat_map(|bound| bound.ends().collect::<Vec<_>>()).collect();
    if ends.is_empty() {
        return vec![0.0];
    }
    ends.retain(|end| (0.0..=high).contains(end));
    ends.push(0.0);
    if high.is_finite() {
        ends.push(high);
    }
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let mut points: Vec<f64> =
        ends.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
    if high.is_infinite() {
        points.extend(ends.last().map(|last| 2.0 * last + 1.0));
    }
    points.extend(ends);
    points
}
