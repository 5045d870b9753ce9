//! What a replication comes to.

use crate::independent::case::{Case, End};
use crate::independent::people::Standing;
use crate::independent::setting::Setting;
use crate::independent::triage::Kind;
use crate::independent::world::World;

/// Counts of the window, kept while it passes.
#[derive(Default)]
pub struct Tally {
    pub failures: usize,
    pub views: f64,
    pub money: f64,
    pub firestorms: usize,
    /// Failures that ended, and those after which the customer stayed.
    pub ended: usize,
    pub stayed: usize,
    pub left: usize,
    pub satisfactions: Vec<f64>,
    negative: usize,
    public: usize,
    calls: Vec<Call>,
    days: Vec<Day>,
}

struct Call {
    waited: f64,
    hung_up: bool,
}

/// States at the end of a day.
struct Day {
    attitude: f64,
    nps: f64,
    sentiment: f64,
    expectation: f64,
    awareness: f64,
    kept: f64,
}

impl Tally {
    pub fn public_message(&mut self, kind: Kind, counted: bool) {
        if counted {
            self.public += 1;
            self.negative += usize::from(!matches!(kind, Kind::Question | Kind::Praise));
        }
    }

    pub fn picked_up(&mut self, waited: f64, setting: &Setting, came: f64) {
        self.called(waited, false, setting, came);
    }

    pub fn hung_up(&mut self, waited: f64, setting: &Setting, came: f64) {
        self.called(waited, true, setting, came);
    }

    fn called(&mut self, waited: f64, hung_up: bool, setting: &Setting, came: f64) {
        if setting.window().contains(&came) {
            self.calls.push(Call { waited, hung_up });
        }
    }
}

impl World<'_> {
    pub fn day_ends(&mut self) {
        let window = self.setting.window();
        if self.now <= window.start || self.now > window.end {
            return;
        }
        let day = self.state();
        self.tally.days.push(day);
    }

    fn state(&mut self) -> Day {
        let attitudes = self.people.first_attitudes();
        let recommends = |a: &f64| libm::round(5.0 + 5.0 * a);
        let promoters = attitudes.iter().filter(|a| recommends(a) >= 9.0).count() as f64;
        let critics = attitudes.iter().filter(|a| recommends(a) <= 6.0).count() as f64;
        let count = attitudes.len() as f64;
        let here = self.people.places.iter().filter(|it| it.here);
        let expectations: Vec<f64> = here.map(|it| it.expectation).collect();
        Day {
            attitude: mean(&attitudes),
            nps: 100.0 * (promoters - critics) / count,
            sentiment: self.public.sentiment(self.now, self.setting),
            expectation: mean(&expectations),
            awareness: self.public.awareness(self.now, self.setting),
            kept: expectations.len() as f64 / count,
        }
    }

    /// Every metric by its name; undefined ones are not numbers.
    pub fn measure(mut self) -> Vec<(&'static str, f64)> {
        let last = self.state();
        let states = if self.rules.states_at_the_end { vec![last] } else { Vec::new() };
        let states = if states.is_empty() { &self.tally.days } else { &states };
        let state = |of: fn(&Day) -> f64| mean(&states.iter().map(of).collect::<Vec<_>>());
        let sentiments: Vec<f64> = self.tally.days.iter().map(|day| day.sentiment).collect();

        let tally = &self.tally;
        let asked: Vec<&Case> = self.cases.iter().filter(|it| it.counted && it.asks()).collect();
        let voiced: Vec<&Case> = asked.iter().copied().filter(|it| it.kind.is_failure()).collect();
        let resolved = |it: &&Case| it.resolved.is_some();
        let part = |of: &dyn Fn(&&Case) -> bool| -> Vec<&Case> {
            asked.iter().copied().filter(|it| of(it)).collect()
        };
        let resolution = |cases: &[&Case]| share(cases, resolved);
        let window = self.setting.window();
        let months = (window.end - window.start) / 720.0;
        let tools = if self.setting.listening.coverage > 0.0 {
            self.setting.listening.cost_per_month * months
        } else {
            0.0
        };
        let costs = self.desk.wages + tools + tally.money;
        let calls = tally.calls.len() as f64;
        let called = |of: &dyn Fn(&Call) -> bool| {
            tally.calls.iter().filter(|call| of(call)).count() as f64 / calls
        };
        let end = self.now;
        let answers = Incidence::of(&asked, end, |it| it.answered);
        let solutions = Incidence::of(&asked, end, |it| it.resolved);
        let failures = tally.failures as f64;
        let count = self.people.places.len() as f64;

        vec![
            ("seen_rate", share(&asked, |it| it.seen)),
            ("answer_rate", share(&asked, |it| it.answered.is_some())),
            ("heard_rate", share(&asked, |it| it.heard)),
            ("resolution_rate", resolution(&asked)),
            (
                "resolved_per_failure",
                voiced.iter().filter(|it| resolved(it)).count() as f64 / failures,
            ),
            ("first_answer_hours_p50", answers.quantile(0.5)),
            ("first_answer_hours_p90", answers.quantile(0.9)),
            ("resolution_hours_p50", solutions.quantile(0.5)),
            (
                "wait_seconds_mean",
                tally.calls.iter().map(|it| it.waited * 3600.0).sum::<f64>() / calls,
            ),
            ("wait_probability", called(&|call| call.waited > 0.0)),
            ("abandon_rate", called(&|call| call.hung_up)),
            ("occupancy", self.desk.busy_hours / self.desk.staffed_hours),
            ("public_share", share(&voiced, |it| it.first_public)),
            ("complaints_per_failure", voiced.len() as f64 / failures),
            ("attitude", state(|day| day.attitude)),
            ("nps", state(|day| day.nps)),
            ("stars", 3.0 + 2.0 * state(|day| day.attitude)),
            ("reputation", mean(&sentiments)),
            ("churn_rate", tally.left as f64 / months / count),
            ("firestorms", tally.firestorms as f64 / months),
            ("audience", tally.views / months),
            ("cost", costs / months),
            ("cost_per_resolution", costs / asked.iter().filter(|it| resolved(it)).count() as f64),
            (
                "reach_gap",
                resolution(&part(&|it| it.standing == Standing::TopTenth))
                    - resolution(&part(&|it| it.standing == Standing::LowerFiveTenths)),
            ),
            (
                "channel_gap",
                resolution(&part(&|it| it.first_public))
                    - resolution(&part(&|it| !it.first_public)),
            ),
            ("satisfaction", mean(&tally.satisfactions)),
            ("expectation", state(|day| day.expectation)),
            ("loyalty_rate", tally.stayed as f64 / tally.ended as f64),
            ("negative_share", tally.negative as f64 / tally.public as f64),
            ("awareness", state(|day| day.awareness)),
            ("customers_kept", state(|day| day.kept)),
        ]
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn share(cases: &[&Case], of: impl Fn(&&Case) -> bool) -> f64 {
    cases.iter().filter(|it| of(it)).count() as f64 / cases.len() as f64
}

/// Cumulative incidence of an event that giving up, leaving and dropping it compete with (Aalen and
/// Johansen): only the end of the run censors.
struct Incidence {
    /// Hours, and the share that had the event by then.
    steps: Vec<(f64, f64)>,
}

impl Incidence {
    fn of(cases: &[&Case], end: f64, event: impl Fn(&Case) -> Option<f64>) -> Self {
        let competes = |it: &Case| match it.end {
            Some((at, End::GaveUp | End::Left | End::Settled)) => Some(at),
            _ => None,
        };
        let mut spells: Vec<(f64, bool, bool)> = Vec::new();
        for it in cases {
            let (happened, other) = (event(it), competes(it));
            let first = match (happened, other) {
                (Some(at), Some(other)) if other < at => (other, false, true),
                (Some(at), _) => (at, true, false),
                (None, Some(other)) => (other, false, true),
                (None, None) => (end, false, false),
            };
            spells.push((first.0 - it.voiced, first.1, first.2));
        }
        spells.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free = 1.0;
        let mut incidence = 0.0;
        let mut steps = Vec::new();
        for (index, (hours, happened, other)) in spells.iter().enumerate() {
            let at_risk = (spells.len() - index) as f64;
            if *happened {
                incidence += free / at_risk;
                steps.push((*hours, incidence));
            }
            if *happened || *other {
                free *= 1.0 - 1.0 / at_risk;
            }
        }
        Self { steps }
    }

    fn quantile(&self, share: f64) -> f64 {
        self.steps.iter().find(|step| step.1 >= share).map_or(f64::NAN, |step| step.0)
    }
}
