//! People who are told apart: their skill, how they are rated, and who takes a contact.

use super::Desk;
use crate::plan::Plan;
use crate::plan::policy::Policy;
use crate::plan::team::Team;
use crate::terms::purpose::Purpose;
use heard_math::engine::keyed::Draws;
use heard_math::normal;

/// Ratings that a person without any is taken to have, all of them 0: a few early ones decide
/// nothing.
const PRIOR_RATINGS: f64 = 3.0;

/// Ratings of one person: satisfactions, -1 to 1.
#[derive(Clone, Copy, Debug, Default)]
struct Ratings {
    sum: f64,
    count: f64,
}

/// The people of a company's teams.
#[derive(Clone, Debug)]
pub struct People {
    /// Standard normal skill, by team and person.
    skills: Vec<Vec<f64>>,
    ratings: Vec<Vec<Ratings>>,
}

impl People {
    /// The people of company number `company`: the same in every arm.
    #[must_use]
    pub fn new(plan: &Plan, company: usize, draws: &Draws) -> Self {
        let policies = || plan.phases.iter().map(|phase| &phase.policies[company]);
        let most = |team: usize| {
            let known = policies().map(|policy| &policy.teams[team]).filter(|t| t.knows_people());
            known.map(|team| team.rota.most_people()).max().unwrap_or(0)
        };
        let skill = |team: usize, person: u32| {
            let who = (team as u32) << 24 | person;
            normal::quantile(draws.uniform(who, Purpose::Skill, company as u16))
        };
        let teams = 0..plan.policies()[company].teams.len();
        let skills: Vec<Vec<f64>> =
            teams.map(|team| (0..most(team)).map(|person| skill(team, person)).collect()).collect();
        let ratings = skills.iter().map(|team| vec![Ratings::default(); team.len()]).collect();
        Self { skills, ratings }
    }

    /// How a person is rated, -1 to 1; 0 by nobody yet.
    pub fn rating(&self, team: usize, person: u16) -> f64 {
        let Ratings { sum, count } = self.ratings[team][usize::from(person)];
        sum / (count + PRIOR_RATINGS)
    }

    /// Somebody rates a person.
    pub fn rate(&mut self, team: usize, person: u16, satisfaction: f64) {
        let ratings = &mut self.ratings[team][usize::from(person)];
        ratings.sum += satisfaction;
        ratings.count += 1.0;
    }

    /// The chance that a person solves what people on average solve with chance `fixes`.
    #[must_use]
    pub fn fixes(&self, policy: &Policy, team: usize, person: Option<u16>, fixes: f64) -> f64 {
        let staff = &policy.teams[team];
        let skill = person.map_or(0.0, |who| staff.skill_sd * self.skills[team][usize::from(who)]);
        let effort = if staff.ratings_shown { policy.reaction.rating_motivates } else { 0.0 };
        if skill + effort == 0.0 || fixes <= 0.0 || fixes >= 1.0 {
            return fixes;
        }
        let odds = fixes / (1.0 - fixes) * libm::exp(skill + effort);
        odds / (1.0 + odds)
    }

    /// Which of the free people takes a contact: the one who answered before, if people go by name;
    /// else the best rated, where customers choose; else anybody, by a uniform in (0, 1).
    #[must_use]
    pub fn choose(
        &self,
        desk: &Desk,
        staff: &Team,
        team: usize,
        before: Option<u16>,
        luck: f64,
    ) -> Option<u16> {
        let free = desk.free_people(team);
        if let Some(before) = before.filter(|_| staff.named)
            && free.clone().any(|person| person == before)
        {
            return Some(before);
        }
        if staff.ratings_shown {
            let rated = |person: &u16| self.rating(team, *person);
            let best = free.clone().map(|person| rated(&person)).fold(f64::MIN, f64::max);
            let best = free.filter(|person| rated(person) >= best);
            return pick(best, luck);
        }
        pick(free, luck)
    }
}

/// One of several, all alike.
fn pick(people: impl Iterator<Item = u16> + Clone, luck: f64) -> Option<u16> {
    let count = people.clone().count();
    people.clone().nth(((luck * count as f64) as usize).min(count.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::stage;

    #[test]
    fn one_of_several_is_picked_with_equal_chances() {
        let mut counts = [0; 3];
        for i in 0..3000 {
            let luck = (f64::from(i) + 0.5) / 3000.0;
            counts[usize::from(pick([0, 1, 2].into_iter(), luck).unwrap())] += 1;
        }
        assert_eq!(counts, [1000; 3]);
        assert_eq!(pick(std::iter::empty(), 0.5), None);
    }

    #[test]
    fn a_rating_is_a_mean_with_a_few_of_nought_before_it() {
        let plan = stage::plan(&["team.care.skill_sd=0.1"]);
        let mut people = People::new(&plan, 0, &Draws::new(2011, 0));
        assert_eq!(people.rating(0, 0), 0.0);
        people.rate(0, 0, 0.8);
        people.rate(0, 0, -0.3);
        assert!((people.rating(0, 0) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn the_contact_goes_to_whom_the_customer_knows_or_rates_best_or_to_anybody() {
        let shifts = "team.care.shifts=[{days='Mon-Sun', hours='00:00-24:00', people=3}]";
        let plan = stage::plan(&[shifts, "team.care.named=true", "team.care.ratings_shown=true"]);
        let policy = &plan.policies()[0];
        let mut people = People::new(&plan, 0, &Draws::new(2011, 0));
        let mut desk = Desk::new(policy, &plan.setting.counted);
        desk.staff(0, 3, 0.0);
        people.rate(0, 1, 1.0);
        people.rate(0, 2, -1.0);
        let both = &policy.teams[0];
        assert_eq!(people.choose(&desk, both, 0, Some(2), 0.5), Some(2));
        assert_eq!(people.choose(&desk, both, 0, None, 0.99), Some(1));
        let unnamed = Team { named: false, ..both.clone() };
        assert_eq!(people.choose(&desk, &unnamed, 0, Some(2), 0.5), Some(1));
        let plain = Team { ratings_shown: false, ..unnamed };
        let any = [0.1, 0.5, 0.9].map(|luck| people.choose(&desk, &plain, 0, Some(0), luck));
        assert_eq!(any, [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn skill_and_effort_move_the_odds_of_a_solution() {
        let plan = stage::plan(&[
            "team.care.skill_sd=0.5",
            "team.care.named=true",
            "team.care.ratings_shown=true",
            "reaction.rating_motivates=0.25",
        ]);
        let policy = &plan.policies()[0];
        let people = People::new(&plan, 0, &Draws::new(2011, 0));
        let odds = libm::exp(0.5 * people.skills[0][0] + 0.25) * 0.25;
        assert!((people.fixes(policy, 0, Some(0), 0.2) - odds / (1.0 + odds)).abs() < 1e-12);
        let nobody = libm::exp(0.25) * 0.25;
        assert!((people.fixes(policy, 0, None, 0.2) - nobody / (1.0 + nobody)).abs() < 1e-12);
        assert_eq!([0.0, 1.0].map(|fixes| people.fixes(policy, 0, Some(0), fixes)), [0.0, 1.0]);
    }
}
