//! What results promise of windows.

use super::*;
use heard_scenario::study::{Request, Study};

/// Two arms over three windows.
fn experiment(request: &Request) -> Arc<Experiment> {
    let text = "[run]\nwindows = { spring = '14-40', summer = '40-60', fall = '50-76' }\n\
                headline = ['reputation', 'churn_rate']\n\
                smallest_effect_of_interest = { reputation = 0.01, churn_rate = 0.01 }\n\
                [customers]\ncount = 10\n[channel.mail]\nseen_by = 'private'\nwaits = 'in an inbox'\n[arm.a]\n[arm.b]\n";
    let study = Study::of_text("mine", text, request);
    Arc::new(Experiment::new(study.unwrap_or_else(|refusal| panic!("{}", refusal.render(false)))))
}

/// Twenty replications in which b differs from a in `metric` by these means, one for each window, give
/// or take `spread`.
fn results(metric: Metric, means: [f64; 3], spread: f64) -> Results {
    results_of(&Request::default(), metric, means, spread)
}

fn results_of(request: &Request, metric: Metric, means: [f64; 3], spread: f64) -> Results {
    let experiment = experiment(request);
    let mut results = Results::new(&experiment);
    let column = results.position(&Column::Total(metric)).unwrap();
    for replication in 0..20 {
        let mut row = vec![0.0; experiment.row_length()];
        for (window, mean) in means.into_iter().enumerate() {
            let subject = Subject { arm: 1, company: 0, window };
            let side = if replication % 2 == 0 { 1.0 } else { -1.0 };
            row[results.place(subject, column)] = mean + side * spread;
        }
        results.push(&row);
    }
    results
}

fn turns(metric: Metric, means: [f64; 3], spread: f64) -> Vec<(usize, usize)> {
    let results = results(metric, means, spread);
    let windows = |turn: &Turn| (turn.before.subject.window, turn.after.subject.window);
    results.turns().iter().map(windows).collect()
}

#[test]
fn every_number_of_a_row_belongs_to_one_subject_and_column() {
    let results = Results::new(&experiment(&Request::default()));
    let columns = results.experiment.columns.len();
    let all = results.subjects().flat_map(|subject| (0..columns).map(move |at| (subject, at)));
    let mut places: Vec<usize> = all.map(|(subject, at)| results.place(subject, at)).collect();
    places.sort_unstable();
    places.dedup();
    assert!(places.into_iter().eq(0..results.experiment.row_length()));
}

#[test]
fn a_claim_turns_where_it_is_clearly_on_both_sides() {
    let reputation = Metric::Reputation;
    assert_eq!(turns(reputation, [-0.07, 0.09, 0.09], 0.01), [(0, 1)]);
    assert_eq!(turns(reputation, [-0.07, 0.09, -0.07], 0.01), [(0, 1), (1, 2)]);
    // Undecided in between.
    assert_eq!(turns(reputation, [0.07, 0.0, -0.09], 0.04), [(0, 2)]);
    assert_eq!(turns(Metric::ChurnRate, [0.07, 0.0, -0.09], 0.04), [(0, 2)]);
}

#[test]
fn a_claim_does_not_turn_where_one_side_is_unclear_too_small_or_not_tested() {
    let reputation = Metric::Reputation;
    assert_eq!(turns(reputation, [0.07, 0.09, 0.02], 0.01), []);
    assert_eq!(turns(reputation, [-0.07, 0.01, 0.01], 0.05), []);
    assert_eq!(turns(reputation, [-0.07, 0.004, 0.004], 0.001), []);
    assert_eq!(turns(Metric::Attitude, [-0.07, 0.09, 0.09], 0.01), []);
}

#[test]
fn a_turn_carries_both_intervals() {
    let results = results(Metric::Reputation, [-0.07, 0.09, 0.0], 0.01);
    let [turn] = results.turns()[..] else { panic!("{:?}", results.turns()) };
    let (before, after) = (turn.before.found.difference, turn.after.found.difference);
    assert!(before.high.unwrap() < 0.0 && after.low.unwrap() > 0.0, "{turn:?}");
    assert_eq!((before.count, turn.metric), (20, Metric::Reputation));
}

#[test]
fn a_claim_turns_in_the_order_of_time_and_by_what_is_told() {
    let windows = "run.windows={ late='50-76', early='14-40', middle='40-50' }";
    let request = Request { sets: vec![windows.to_owned()], ..Request::default() };
    let mut results = results_of(&request, Metric::Reputation, [0.09, -0.07, 0.0], 0.01);
    let [turn] = results.turns()[..] else { panic!("{:?}", results.turns()) };
    assert_eq!((turn.before.subject.window, turn.after.subject.window), (1, 0));
    results.judge_at_any_look();
    assert!(
        results.turns()[0].after.found.difference.half_width()
            > turn.after.found.difference.half_width()
    );
}
