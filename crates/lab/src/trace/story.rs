//! A case under each arm, its moments in order of time.

use heard_world::observer::Happening;

use super::Side;
use super::fate::{Fate, Occasion};
use super::names::Names;

/// A case under one arm or two.
#[derive(Clone, Debug)]
pub struct Story {
    /// The case's number.
    pub case: u32,
    /// When it began, in hours.
    pub began: f64,
    /// Each arm's part.
    pub parts: Vec<Part>,
    /// The moments of all arms, in order.
    pub moments: Vec<Moment>,
}

/// One arm's part.
#[derive(Clone, Debug)]
pub struct Part {
    /// The arm's name.
    pub arm: String,
    /// What its companies, channels and teams are called.
    pub names: Names,
    /// What became of the case; `None` where it did not happen.
    pub fate: Option<Fate>,
}

/// A moment at which something happens under some arm.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When, in hours.
    pub hours: f64,
    /// What happens under each arm, in order; often nothing.
    pub happenings: Vec<Vec<Happening>>,
}

impl Story {
    /// The story of `case`, from what happened to it under each side.
    pub(super) fn new(case: u32, sides: &[Side], diaries: &[Vec<(f64, Happening)>]) -> Self {
        let part = |side: &Side| Part {
            arm: side.name.clone(),
            names: side.names.clone(),
            fate: side.fates.get(&case).cloned(),
        };
        Self::of(case, sides.iter().map(part).collect(), diaries)
    }

    /// The story of `case`, from the parts and a diary for each.
    #[must_use]
    pub fn of(case: u32, parts: Vec<Part>, diaries: &[Vec<(f64, Happening)>]) -> Self {
        let moments = moments(diaries);
        let began = moments.first().map_or(0.0, |moment| moment.hours);
        Self { case, began, parts, moments }
    }

    /// What the case is about, from the first arm in which it happened.
    #[must_use]
    pub fn occasion(&self) -> Option<Occasion> {
        self.occasions().next()
    }

    /// How severe it is under each arm, from 0 to 1; only once where the arms agree.
    #[must_use]
    pub fn severities(&self) -> Vec<f64> {
        let mut severities: Vec<f64> = self.occasions().map(|occasion| occasion.severity).collect();
        severities.dedup();
        severities
    }

    fn occasions(&self) -> impl Iterator<Item = Occasion> {
        self.parts.iter().filter_map(|part| part.fate.as_ref()?.occasion)
    }

    /// Indices of the moments to show: of shares that follow each other with nothing in between, only
    /// the last.
    #[must_use]
    pub fn gathered(&self) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        for (index, moment) in self.moments.iter().enumerate() {
            if kept.last().is_some_and(|&last| moment.continues(&self.moments[last])) {
                kept.pop();
            }
            kept.push(index);
        }
        kept
    }
}

impl Moment {
    /// Whether it has nothing but shares, under every arm that the earlier moment had shares under: no
    /// arm may lose its last share.
    fn continues(&self, earlier: &Self) -> bool {
        let sides = earlier.happenings.iter().zip(&self.happenings);
        let keeps = |(earlier, now): (&Vec<_>, &Vec<_>)| earlier.is_empty() || !now.is_empty();
        earlier.has_only_shares() && self.has_only_shares() && sides.into_iter().all(keeps)
    }

    fn has_only_shares(&self) -> bool {
        self.happenings.iter().flatten().all(|what| matches!(what, Happening::Shared { .. }))
    }
}

/// What happened under each arm as one sequence of moments.
fn moments(diaries: &[Vec<(f64, Happening)>]) -> Vec<Moment> {
    let mut rest: Vec<&[(f64, Happening)]> = diaries.iter().map(Vec::as_slice).collect();
    let mut moments = Vec::new();
    loop {
        let heads = rest.iter().filter_map(|lines| lines.first()).map(|(hours, _)| *hours);
        let Some(hours) = heads.min_by(f64::total_cmp) else { return moments };
        let mut happenings = Vec::with_capacity(rest.len());
        for lines in &mut rest {
            let count = lines.iter().take_while(|line| line.0 <= hours).count();
            let (now, after) = lines.split_at(count);
            happenings.push(now.iter().map(|(_, what)| *what).collect());
            *lines = after;
        }
        moments.push(Moment { hours, happenings });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;
    use heard_scenario::triage::Kind;

    const OCCASION: Happening =
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 };

    fn share(hours: f64) -> (f64, Happening) {
        (hours, Happening::Shared { views: hours })
    }

    /// A story under two arms, from their diaries.
    fn story(diaries: [&[(f64, Happening)]; 2]) -> Story {
        let names = example(&["company"]);
        let part = |arm: &str| Part { arm: arm.to_owned(), names: names.clone(), fate: None };
        Story::of(1, ["one", "two"].map(part).into(), &diaries.map(<[_]>::to_vec))
    }

    #[test]
    fn moments_are_in_order_of_time_and_join_what_happens_at_once() {
        let first = [(1.0, OCCASION), (1.0, Happening::Silent), (4.0, Happening::Quit)];
        let second = [(1.0, OCCASION), (2.0, Happening::Seen), (4.0, Happening::GaveUp)];
        let story = story([&first, &second]);
        let row = |m: &Moment| (m.hours, m.happenings[0].len(), m.happenings[1].len());
        let rows: Vec<_> = story.moments.iter().map(row).collect();
        assert_eq!(rows, [(1.0, 2, 1), (2.0, 0, 1), (4.0, 1, 1)]);
        assert_eq!(story.moments[2].happenings[0], [Happening::Quit]);
    }

    #[test]
    fn shares_in_a_row_become_one() {
        let first = [(1.0, OCCASION), share(2.0), share(3.0), share(5.0), share(6.0)];
        let second = [(1.0, OCCASION), share(2.0), share(3.0), (4.0, Happening::Seen)];
        let story = story([&first, &second]);
        let hours: Vec<f64> = story.gathered().iter().map(|&at| story.moments[at].hours).collect();
        assert_eq!(hours, [1.0, 3.0, 4.0, 6.0]);
    }

    #[test]
    fn a_share_under_one_arm_never_hides_one_under_the_other() {
        let story = story([&[share(2.0), share(4.0)], &[share(3.0)]]);
        assert_eq!(story.gathered(), [0, 1, 2]);
    }
}
