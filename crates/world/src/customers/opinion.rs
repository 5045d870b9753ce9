//! What all customers think of one thing, with two movements that touch everybody at no cost.
//!
//! Between the events of their own lives all opinions drift back to where they started and are
//! pulled by what is seen in public. Both movements are the same affine map for everybody, so one
//! map is kept for all: a customer's opinion is `scale * own + shift + anchor * base`, and only a
//! personal event touches `own`. Means over customers follow from sums, without a loop.
//!
//! Attitudes towards a company and beliefs in a channel are such opinions.

/// Opinions of one thing, -1 to 1.
#[derive(Clone, Debug)]
pub struct Opinions {
    own: Vec<f64>,
    base: Base,
    scale: f64,
    shift: f64,
    anchor: f64,
    half_life_hours: f64,
    at: f64,
}

/// Where opinions start, and what they drift back to.
#[derive(Clone, Debug)]
enum Base {
    Each(Vec<f64>),
    Same(f64),
}

impl Base {
    #[inline]
    fn of(&self, who: usize) -> f64 {
        match self {
            Self::Each(base) => base[who],
            Self::Same(base) => *base,
        }
    }
}

/// A sum over a group of customers, kept up to date by those who change the group.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupSum {
    own: f64,
    base: f64,
    members: f64,
}

impl Opinions {
    /// Opinions that start at `base` and drift back to it.
    #[must_use]
    pub fn new(base: Vec<f64>, half_life_hours: f64) -> Self {
        Self::starting(base.clone(), Base::Each(base), half_life_hours)
    }

    /// Opinions of `count` customers that all start at `base` and drift back to it.
    #[must_use]
    pub fn all_alike(count: usize, base: f64, half_life_hours: f64) -> Self {
        Self::starting(vec![base; count], Base::Same(base), half_life_hours)
    }

    fn starting(own: Vec<f64>, base: Base, half_life_hours: f64) -> Self {
        Self { own, base, scale: 1.0, shift: 0.0, anchor: 0.0, half_life_hours, at: 0.0 }
    }

    /// Lets time pass until `now` (hours).
    pub fn advance(&mut self, now: f64) {
        if now == self.at {
            return;
        }
        let kept = libm::exp2((self.at - now) / self.half_life_hours);
        self.at = now;
        self.map_all(kept, 0.0, 1.0 - kept);
    }

    /// Moves everybody by the share `weight` of the way to `mood`.
    pub fn pull_all(&mut self, weight: f64, mood: f64) {
        self.map_all(1.0 - weight, weight * mood, 0.0);
    }

    fn map_all(&mut self, factor: f64, shift: f64, anchor: f64) {
        self.scale *= factor;
        self.shift = self.shift * factor + shift;
        self.anchor = self.anchor * factor + anchor;
    }

    /// The opinion of customer `who`.
    #[must_use]
    pub fn of(&self, who: usize) -> f64 {
        self.scale * self.own[who] + self.shift + self.anchor * self.base.of(who)
    }

    /// Moves one customer by the share `step` of the way to `target`; returns the new opinion.
    pub fn move_towards(
        &mut self,
        who: usize,
        target: f64,
        step: f64,
        group: Option<&mut GroupSum>,
    ) -> f64 {
        let before = self.of(who);
        let after = (before + step * (target - before)).clamp(-1.0, 1.0);
        let change = (after - before) / self.scale;
        self.own[who] += change;
        if let Some(group) = group {
            group.own += change;
        }
        after
    }

    /// Puts a new customer in place of `who`.
    pub fn replace(&mut self, who: usize, base: f64) {
        if let Base::Each(all) = &mut self.base {
            all[who] = base;
        }
        self.own[who] = (base - self.shift - self.anchor * base) / self.scale;
    }

    /// Whether the map has shrunk so far that its inverse loses digits. Call [`Self::rebase`] then.
    #[must_use]
    pub fn worn_out(&self) -> bool {
        self.scale < 1e-6
    }

    /// Starts the common map afresh, opinions unchanged.
    pub fn rebase(&mut self) {
        for who in 0..self.own.len() {
            self.own[who] = self.of(who);
        }
        (self.scale, self.shift, self.anchor) = (1.0, 0.0, 0.0);
    }

    /// The sum over the customers for whom `member` holds.
    #[must_use]
    pub fn group(&self, member: impl Fn(usize) -> bool) -> GroupSum {
        let mut sum = GroupSum::default();
        for who in (0..self.own.len()).filter(|&who| member(who)) {
            sum.own += self.own[who];
            sum.base += self.base.of(who);
            sum.members += 1.0;
        }
        sum
    }

    /// How many of those whose `members` have this bit are at `high` or above, less those below `low`. One
    /// pass without a branch, for it is made every day.
    #[must_use]
    pub fn balance(&self, members: &[u8], bit: usize, (low, high): (f64, f64)) -> i64 {
        let side = |own: f64, base: f64, member: u8| {
            let opinion = self.scale * own + self.shift + self.anchor * base;
            let side = i32::from(opinion >= high) - i32::from(opinion < low);
            side * i32::from(member >> bit & 1)
        };
        let own = self.own.iter().zip(members);
        i64::from(match &self.base {
            Base::Each(base) => {
                own.zip(base).map(|((own, member), base)| side(*own, *base, *member)).sum::<i32>()
            }
            Base::Same(base) => own.map(|(own, member)| side(*own, *base, *member)).sum(),
        })
    }

    /// Takes `who` out of the group.
    pub fn remove_from(&self, group: &mut GroupSum, who: usize) {
        group.own -= self.own[who];
        group.base -= self.base.of(who);
        group.members -= 1.0;
    }

    /// The sum of the group's opinions.
    #[must_use]
    pub fn sum(&self, group: &GroupSum) -> f64 {
        self.scale * group.own + self.shift * group.members + self.anchor * group.base
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_common_map_is_what_a_loop_over_all_customers_gives(
            base in prop::collection::vec(-1.0..1.0f64, 1..6),
            steps in prop::collection::vec((0usize..6, 0.0..1.0f64, -1.0..1.0f64, 0.0..50.0f64), 0..60),
        ) {
            let n = base.len();
            let mut fast = Opinions::new(base.clone(), 24.0);
            let mut group = fast.group(|who| who % 2 == 0);
            let mut slow = base.clone();
            let mut now = 0.0;
            for (who, weight, target, hours) in steps {
                now += hours;
                fast.advance(now);
                let kept = libm::exp2(-hours / 24.0);
                slow.iter_mut().zip(&base).for_each(|(a, b)| *a = b + kept * (*a - b));
                if who == 5 {
                    fast.pull_all(weight * 0.1, target);
                    slow.iter_mut().for_each(|a| *a += weight * 0.1 * (target - *a));
                } else {
                    let who = who % n;
                    let member = (who % 2 == 0).then_some(&mut group);
                    fast.move_towards(who, target, weight, member);
                    slow[who] += weight * (target - slow[who]);
                }
                if fast.worn_out() {
                    fast.rebase();
                    group = fast.group(|who| who % 2 == 0);
                }
                for (who, attitude) in slow.iter().enumerate() {
                    prop_assert!((fast.of(who) - attitude).abs() < 1e-6);
                }
                let even: f64 = slow.iter().step_by(2).sum();
                prop_assert!((fast.sum(&group) - even).abs() < 1e-5);
            }
        }
    }
}
