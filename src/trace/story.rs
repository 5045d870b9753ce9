//! A case told under each arm, its moments in the order of time.

use super::fate::{Fate, Occasion};
use super::names::Names;
use super::words::Teller;
use super::{DETRACTORS, MISTAKES, PROBES, Trace};
use heard_scenario::triage::Kind;
use heard_world::observer::Happening;

/// A case under one arm or two.
#[derive(Debug)]
pub struct Story<'a> {
    /// The case's number.
    pub case: u32,
    /// When it came about, in hours.
    pub began: f64,
    /// Each arm's part.
    pub parts: Vec<Part<'a>>,
    /// The moments of all arms, in order.
    pub moments: Vec<Moment>,
}

/// One arm's part.
#[derive(Debug)]
pub struct Part<'a> {
    /// The arm's name.
    pub arm: &'a str,
    /// What its companies are called.
    pub names: &'a Names,
    /// What became of the case; `None` where it did not come about.
    pub fate: Option<&'a Fate>,
}

/// A moment at which something happens under some arm.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When, in hours.
    pub hours: f64,
    /// What happens, for each arm; often nothing.
    pub told: Vec<Vec<Told>>,
}

/// Something that happened, in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it is.
    pub what: Happening,
    /// The sentence.
    pub text: String,
}

impl<'a> Story<'a> {
    /// The story of `case`, from what happened to it under each arm of `trace`.
    pub(super) fn new(trace: &'a Trace<'_>, case: u32, diaries: &[Vec<(f64, Happening)>]) -> Self {
        let part = |(index, side): (usize, &'a super::Side)| Part {
            arm: trace.arm_name(index),
            names: &side.names,
            fate: side.fates.get(&case),
        };
        let parts: Vec<Part<'_>> = trace.sides.iter().enumerate().map(part).collect();
        let names: Vec<&Names> = parts.iter().map(|part| part.names).collect();
        let moments = moments(&names, diaries);
        let began = moments.first().map_or(0.0, |moment| moment.hours);
        Self { case, began, parts, moments }
    }

    /// What the case is, from the first arm in which it came about.
    #[must_use]
    pub fn occasion(&self) -> Option<Occasion> {
        self.parts.iter().find_map(|part| part.fate?.occasion)
    }

    /// What it is about, in a few words: `customer 1207 runs into a problem (severity 0.62 of 1)`.
    #[must_use]
    pub fn about(&self) -> String {
        let Some(occasion) = self.occasion() else { return self.author().to_owned() };
        let severity = match self.severities()[..] {
            [] => String::new(),
            [all] => format!(" (severity {all:.2} of 1)"),
            [first, second, ..] => {
                format!(" (severity {first:.2} of 1, {second:.2} under the other arm)")
            }
        };
        if self.case >= DETRACTORS {
            return format!("{}{severity}", self.author());
        }
        let what = match occasion.kind {
            Kind::Complaint => "runs into a problem",
            Kind::Question => "has a question",
            Kind::Misguided => "is wrong about the facts",
            Kind::Rage => "runs into a problem, and rages",
            Kind::Troll => "is out to bash the company",
            Kind::Praise => "is pleased",
        };
        format!("customer {} {what}{severity}", occasion.customer)
    }

    /// Whose case it is, where it is no customer's.
    fn author(&self) -> &'static str {
        match self.case {
            MISTAKES.. => "a mistake that the company makes in public",
            PROBES.. => "a probe of the auditor",
            DETRACTORS.. => "a post of a detractor",
            _ => "something happens to a customer",
        }
    }

    /// How bad it is under each arm, said once where it is the same.
    fn severities(&self) -> Vec<f64> {
        let occasions = self.parts.iter().filter_map(|part| part.fate?.occasion);
        let mut severities: Vec<f64> = occasions.map(|occasion| occasion.severity).collect();
        severities.dedup();
        severities
    }

    /// The moments with shares gathered: of those that follow one another with nothing between them
    /// only the last, whose sentence counts them all.
    #[must_use]
    pub fn gathered(&self) -> Vec<&Moment> {
        let mut kept: Vec<&Moment> = Vec::new();
        for moment in &self.moments {
            // A run ends where an arm would lose its last count.
            let joins = |last: &&Moment| {
                last.only_shares()
                    && moment.only_shares()
                    && last
                        .told
                        .iter()
                        .zip(&moment.told)
                        .all(|(a, b)| a.is_empty() || !b.is_empty())
            };
            if kept.last().is_some_and(joins) {
                kept.pop();
            }
            kept.push(moment);
        }
        kept
    }
}

impl Moment {
    fn only_shares(&self) -> bool {
        self.told.iter().flatten().all(|told| matches!(told.what, Happening::Shared { .. }))
    }
}

/// Puts what happened under each arm into one row of moments.
fn moments(names: &[&Names], diaries: &[Vec<(f64, Happening)>]) -> Vec<Moment> {
    let mut tellers: Vec<Teller<'_>> = names.iter().map(|names| Teller::new(names)).collect();
    let mut rest: Vec<&[(f64, Happening)]> = diaries.iter().map(Vec::as_slice).collect();
    let mut moments = Vec::new();
    loop {
        let heads = rest.iter().filter_map(|lines| lines.first()).map(|(hours, _)| *hours);
        let Some(hours) = heads.min_by(f64::total_cmp) else { return moments };
        let mut told = Vec::with_capacity(rest.len());
        for (lines, teller) in rest.iter_mut().zip(&mut tellers) {
            let mut now = Vec::new();
            while let Some(((_, what), after)) = lines.split_first().filter(|(l, _)| l.0 <= hours) {
                now.push(Told { what: *what, text: teller.tell(hours, what) });
                *lines = after;
            }
            told.push(now);
        }
        moments.push(Moment { hours, told });
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const OCCASION: Happening =
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 };

    /// A story of two arms, `one` and `two`, from their diaries.
    pub fn story<'a>(names: &'a Names, diaries: [&[(f64, Happening)]; 2]) -> Story<'a> {
        let moments = moments(&[names, names], &diaries.map(<[_]>::to_vec));
        let began = moments.first().map_or(0.0, |moment| moment.hours);
        let parts = ["one", "two"].map(|arm| Part { arm, names, fate: None });
        Story { case: 1, began, parts: parts.into(), moments }
    }

    #[test]
    fn moments_stand_in_the_order_of_time_and_join_what_happens_at_once() {
        let names = Names::example(&["company"]);
        let first = [(1.0, OCCASION), (1.0, Happening::Silent), (4.0, Happening::Quit)];
        let second = [(1.0, OCCASION), (2.0, Happening::Seen), (4.0, Happening::GaveUp)];
        let story = story(&names, [&first, &second]);
        let row = |moment: &Moment| (moment.hours, moment.told[0].len(), moment.told[1].len());
        let rows: Vec<_> = story.moments.iter().map(row).collect();
        assert_eq!(rows, [(1.0, 2, 1), (2.0, 0, 1), (4.0, 1, 1)]);
        assert_eq!(story.moments[2].told[0][0].text, "Leaves the company because of it.");
    }

    #[test]
    fn shares_in_a_row_become_one_and_none_is_lost() {
        let names = Names::example(&["company"]);
        let share = |hours| (hours, Happening::Shared { views: hours });
        let first = [(1.0, OCCASION), share(2.0), share(3.0), share(5.0), share(6.0)];
        let second = [(1.0, OCCASION), share(2.0), share(3.0), (4.0, Happening::Seen)];
        let story = story(&names, [&first, &second]);
        let hours: Vec<f64> = story.gathered().iter().map(|moment| moment.hours).collect();
        assert_eq!(hours, [1.0, 3.0, 4.0, 6.0]);
        let last = story.gathered()[3];
        assert_eq!(last.told[0][0].text, "Shared 4 times by now; seen 6 times in all.");
    }

    #[test]
    fn what_is_no_customers_case_says_whose_it_is() {
        let names = Names::example(&["company"]);
        let mut story = story(&names, [&[(1.0, OCCASION)], &[]]);
        let said = [(DETRACTORS + 3, "detractor"), (PROBES, "auditor"), (MISTAKES, "mistake")];
        for (case, word) in said {
            story.case = case;
            assert!(story.about().contains(word), "{}", story.about());
        }
    }

    #[test]
    fn a_share_under_one_arm_never_hides_one_under_the_other() {
        let names = Names::example(&["company"]);
        let share = |hours| (hours, Happening::Shared { views: hours });
        let story = story(&names, [&[share(2.0), share(4.0)], &[share(3.0)]]);
        assert_eq!(story.gathered().len(), 3);
    }
}
