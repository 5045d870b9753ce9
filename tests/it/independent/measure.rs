//! What a replication comes to: every metric by its name. Undefined ones are not numbers.

use crate::independent::case::Case;
use crate::independent::incidence::Incidence;
use crate::independent::people::Standing;
use crate::independent::tally::{Call, Day, mean};
use crate::independent::world::World;

type Metrics = Vec<(&'static str, f64)>;

impl World<'_> {
    pub fn measure(mut self) -> Metrics {
        let last = self.state();
        if self.rules.states_at_the_end {
            let sentiment = mean_of(&self.tally.days, |day| day.sentiment);
            self.tally.days = vec![Day { sentiment, ..last }];
        }
        let mut all = self.rates();
        all.extend(self.times());
        all.extend(self.calls());
        all.extend(self.desk_and_costs());
        all.extend(self.what_is_said());
        all.extend(self.customers());
        all
    }

    /// Cases of those who ask, voiced in the window.
    fn asked(&self) -> Vec<&Case> {
        self.cases.iter().filter(|it| it.counted && it.asks()).collect()
    }

    fn rates(&self) -> Metrics {
        let asked = self.asked();
        let part = |of: &dyn Fn(&&Case) -> bool| {
            let cases: Vec<&Case> = asked.iter().copied().filter(|it| of(it)).collect();
            share(&cases, |it| it.resolved.is_some())
        };
        let best_followed = part(&|it| it.standing == Standing::TopTenth);
        let least_followed = part(&|it| it.standing == Standing::LowerFiveTenths);
        let (public, private) = (part(&|it| it.first_public), part(&|it| !it.first_public));
        let complaints: Vec<&Case> =
            asked.iter().copied().filter(|it| it.kind.is_failure()).collect();
        let solved = complaints.iter().filter(|it| it.resolved.is_some()).count() as f64;
        let failures = self.tally.failures as f64;
        vec![
            ("seen_rate", share(&asked, |it| it.seen)),
            ("answer_rate", share(&asked, |it| it.answered.is_some())),
            ("heard_rate", share(&asked, |it| it.heard)),
            ("resolution_rate", share(&asked, |it| it.resolved.is_some())),
            ("resolutions", self.resolved() / self.months()),
            ("resolved_per_failure", solved / failures),
            ("reach_gap", best_followed - least_followed),
            ("channel_gap", public - private),
            ("public_share", share(&complaints, |it| it.first_public)),
            ("complaints_per_failure", complaints.len() as f64 / failures),
            ("satisfaction", mean(&self.tally.satisfactions)),
        ]
    }

    fn times(&self) -> Metrics {
        let answers = Incidence::of(&self.asked(), self.now, |it| it.answered);
        let solutions = Incidence::of(&self.asked(), self.now, |it| it.resolved);
        vec![
            ("first_answer_hours_p50", answers.quantile(0.5)),
            ("first_answer_hours_p90", answers.quantile(0.9)),
            ("resolution_hours_p50", solutions.quantile(0.5)),
        ]
    }

    fn calls(&self) -> Metrics {
        let calls = &self.tally.calls;
        let called = |of: fn(&Call) -> bool| mean_of(calls, |it| f64::from(u8::from(of(it))));
        let seconds = |of: fn(&&Call) -> bool| {
            mean(&calls.iter().filter(of).map(|it| it.waited * 3600.0).collect::<Vec<_>>())
        };
        vec![
            ("wait_seconds_mean", seconds(|_| true)),
            ("wait_seconds_served", seconds(|call| !call.hung_up)),
            ("wait_seconds_abandoned", seconds(|call| call.hung_up && call.waited > 0.0)),
            ("wait_probability", called(|call| call.waited > 0.0)),
            ("abandon_rate", called(|call| call.hung_up)),
        ]
    }

    fn desk_and_costs(&self) -> Metrics {
        let listening = &self.setting.listening;
        let tools = if listening.coverage > 0.0 { listening.cost_per_month } else { 0.0 };
        let costs = self.desk.wages + tools * self.months() + self.tally.money;
        vec![
            ("occupancy", self.desk.busy_hours / self.desk.staffed_hours),
            ("cost", costs / self.months()),
            ("cost_per_resolution", costs / self.resolved()),
        ]
    }

    fn what_is_said(&self) -> Metrics {
        let tally = &self.tally;
        vec![
            ("reputation", mean_of(&tally.days, |day| day.sentiment)),
            ("firestorms", tally.firestorms as f64 / self.months()),
            ("audience", tally.views / self.months()),
            ("negative_share", tally.negative as f64 / tally.public as f64),
            ("awareness", mean_of(&tally.days, |day| day.awareness)),
        ]
    }

    fn customers(&self) -> Metrics {
        let tally = &self.tally;
        let attitude = mean_of(&tally.days, |day| day.attitude);
        let count = self.people.places.len() as f64;
        vec![
            ("attitude", attitude),
            ("nps", mean_of(&tally.days, |day| day.nps)),
            ("stars", 3.0 + 2.0 * attitude),
            ("expectation", mean_of(&tally.days, |day| day.expectation)),
            ("churn_rate", tally.left as f64 / self.months() / count),
            ("loyalty_rate", tally.stayed as f64 / tally.ended as f64),
            ("customers_kept", mean_of(&tally.days, |day| day.kept)),
        ]
    }

    fn resolved(&self) -> f64 {
        self.asked().iter().filter(|it| it.resolved.is_some()).count() as f64
    }

    /// The window in months of 30 days.
    fn months(&self) -> f64 {
        let window = self.setting.window();
        (window.end - window.start) / 720.0
    }
}

fn mean_of<T>(all: &[T], of: impl Fn(&T) -> f64) -> f64 {
    mean(&all.iter().map(of).collect::<Vec<_>>())
}

fn share(cases: &[&Case], of: impl Fn(&&Case) -> bool) -> f64 {
    mean_of(cases, |it| f64::from(u8::from(of(it))))
}
