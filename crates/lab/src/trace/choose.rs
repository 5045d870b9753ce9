//! Which case is most instructive.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::DETRACTORS;
use super::fate::Fate;

/// What can go differently between two arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The problem was solved.
    Resolved,
    /// Anything came back.
    Answered,
    /// A person answered on topic.
    Heard,
    /// It was said in public.
    Public,
    /// The customer left the company.
    Left,
    /// The customer kept it to themselves.
    Silent,
}

impl Differs {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Resolved, Self::Answered, Self::Heard, Self::Public, Self::Left, Self::Silent];

    fn holds(self, fate: &Fate) -> bool {
        match self {
            Self::Resolved => fate.resolved.is_some(),
            Self::Answered => fate.answered,
            Self::Heard => fate.heard,
            Self::Public => fate.public,
            Self::Left => fate.left(),
            Self::Silent => fate.silent,
        }
    }
}

/// How instructive a pair of fates is: first whether the problem was solved in one arm only, then
/// whether the customer wanted something, then whether they spoke up in the same way in both, so that
/// what follows is the company's doing, then in how many ways they differ. `None` where they do not.
fn interest(pair: (&Fate, &Fate)) -> Option<(bool, bool, bool, usize)> {
    let differ = |differs: &Differs| differs.holds(pair.0) != differs.holds(pair.1);
    let ways = Differs::ALL.iter().filter(|way| differ(way)).count();
    let alike = pair.0.voiced.is_some() && pair.0.voiced == pair.1.voiced;
    (ways > 0).then(|| (differ(&Differs::Resolved), pair.0.asks(), alike, ways))
}

/// The counted cases that happened in both arms, to the same customer, and went differently: the most
/// instructive first, then the lowest number; only those that differ in `differs`, if it is given.
/// `windows` are when counting starts and ends, in hours.
#[must_use]
pub fn ranked(
    first: &BTreeMap<u32, Fate>,
    second: &BTreeMap<u32, Fate>,
    windows: &[(f64, f64)],
    differs: Option<Differs>,
) -> Vec<u32> {
    let same_person = |a: &Fate, b: &Fate| a.earlier_departures == b.earlier_departures;
    let mut cases: Vec<_> = counted(first, windows)
        .filter_map(|(&case, a)| Some((case, a, second.get(&case)?)))
        .filter(|(_, a, b)| same_person(a, b))
        .filter(|(_, a, b)| differs.is_none_or(|way| way.holds(a) != way.holds(b)))
        .filter_map(|(case, a, b)| Some((Reverse(interest((a, b))?), case)))
        .collect();
    cases.sort_unstable();
    cases.into_iter().map(|(_, case)| case).collect()
}

/// The counted cases of one arm, the most eventful first.
#[must_use]
pub fn busiest(fates: &BTreeMap<u32, Fate>, windows: &[(f64, f64)]) -> Vec<u32> {
    let mut cases: Vec<_> =
        counted(fates, windows).map(|(&case, fate)| (Reverse(fate.steps), case)).collect();
    cases.sort_unstable();
    cases.into_iter().map(|(_, case)| case).collect()
}

/// Customers' cases that begin in some window.
fn counted<'a>(
    fates: &'a BTreeMap<u32, Fate>,
    windows: &'a [(f64, f64)],
) -> impl Iterator<Item = (&'a u32, &'a Fate)> {
    let holds = |began: f64| windows.iter().any(|&(from, to)| from <= began && began < to);
    fates.range(..DETRACTORS).filter(move |(_, fate)| holds(fate.began))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOWS: &[(f64, f64)] = &[(24.0, 96.0), (90.0, 240.0)];

    fn fate(began: f64, change: impl FnOnce(&mut Fate)) -> Fate {
        let voiced = Some((0, true));
        let mut fate = Fate { began, voiced, steps: 1, ..Fate::default() };
        change(&mut fate);
        fate
    }

    fn solved(fate: &mut Fate) {
        (fate.answered, fate.heard, fate.resolved) = (true, true, Some(fate.began + 1.0));
    }

    fn both(pairs: Vec<(u32, Fate, Fate)>) -> (BTreeMap<u32, Fate>, BTreeMap<u32, Fate>) {
        pairs.into_iter().map(|(case, a, b)| ((case, a), (case, b))).unzip()
    }

    #[test]
    fn solved_in_one_arm_only_comes_first_then_said_alike_then_the_most_different_then_the_lowest_number()
     {
        let plain = || fate(100.0, |_| {});
        let (first, second) = both(vec![
            (1, plain(), plain()),
            (2, plain(), fate(100.0, |f| (f.answered, f.heard, f.quit) = (true, true, true))),
            (3, plain(), fate(100.0, solved)),
            (4, fate(100.0, |f| f.quit = true), fate(100.0, solved)),
            (5, fate(100.0, |f| f.quit = true), fate(100.0, solved)),
            (
                7,
                fate(100.0, |f| (f.voiced, f.public) = (Some((1, true)), true)),
                fate(100.0, solved),
            ),
            (
                6,
                fate(100.0, |f| (f.silent, f.voiced, f.quit) = (true, None, true)),
                fate(100.0, solved),
            ),
        ]);
        assert_eq!(ranked(&first, &second, WINDOWS, None), [4, 5, 3, 6, 7, 2]);
        assert_eq!(ranked(&first, &second, WINDOWS, Some(Differs::Silent)), [6]);
        assert_eq!(ranked(&first, &second, WINDOWS, Some(Differs::Left)), [4, 5, 6, 2]);
        assert_eq!(ranked(&first, &second, WINDOWS, Some(Differs::Public)), [7]);
    }

    #[test]
    fn only_counted_cases_of_the_same_customer_are_chosen() {
        let (mut first, second) = both(vec![
            (1, fate(23.0, |_| {}), fate(23.0, solved)),
            (2, fate(240.0, |_| {}), fate(240.0, solved)),
            (3, fate(99.0, |f| f.earlier_departures = 1), fate(99.0, solved)),
            (4, fate(99.0, |_| {}), fate(99.0, solved)),
            (DETRACTORS, fate(99.0, |_| {}), fate(99.0, solved)),
        ]);
        first.insert(5, fate(99.0, solved));
        assert_eq!(ranked(&first, &second, WINDOWS, None), [4]);
    }

    #[test]
    fn of_one_arm_the_case_to_which_most_happened_is_told() {
        let fates = [(1, 2), (2, 9), (3, 9)].map(|(case, n)| (case, fate(50.0, |f| f.steps = n)));
        assert_eq!(busiest(&fates.into(), WINDOWS), [2, 3, 1]);
    }
}
