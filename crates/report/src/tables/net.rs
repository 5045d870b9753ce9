//! `net.csv`: what every arm gains over the baseline net of cost, where `run.worth` says what a unit is
//! worth.

use super::{Field, Row};
use heard_lab::experiment::net::{Net, net};
use heard_lab::experiment::results::Results;

/// One arm against the baseline, at one worth of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain<'a> {
    /// What was found.
    pub net: Net,
    /// The arm.
    pub arm: &'a str,
    /// The arm that it is compared with.
    pub baseline: &'a str,
    /// The company; `all` for all of them together, where there are several.
    pub company: &'a str,
    /// The window that it is counted over.
    pub window: &'a str,
}

impl Row for Gain<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "arm",
        "baseline",
        "company",
        "unit",
        "worth",
        "difference",
        "ci_low",
        "ci_high",
        "verdict",
        "window",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let found = &self.net.found;
        vec![
            Field::Text(self.arm),
            Field::Text(self.baseline),
            Field::Text(self.company),
            Field::Text(self.net.unit.name()),
            Field::Number(Some(self.net.worth)),
            Field::Number(Some(found.difference.mean)),
            Field::Number(found.difference.low),
            Field::Number(found.difference.high),
            Field::Text(found.verdict.as_str()),
            Field::Text(self.window),
        ]
    }
}

/// All rows: arms, companies and windows as in the scenario, then units, from the least to the most worth. Empty
/// without `run.worth`.
#[must_use]
pub fn rows<'a>(results: &'a Results) -> Vec<Gain<'a>> {
    let study = &results.experiment.study;
    let row = |net: Net| Gain {
        net,
        arm: results.arm_name(net.subject),
        baseline: &study.arms[study.baseline].name,
        company: results.company_name(net.subject),
        window: results.window_name(net.subject),
    };
    net(results).into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;
    use heard_lab::experiment::net::break_even;
    use heard_lab::experiment::results::Subject;
    use heard_math::stats::Verdict;
    use heard_scenario::metric::Metric;
    use heard_scenario::worth::Unit;

    const WORTH: &str = "run.worth={ resolution = [5, 45], customer = [50, 500] }";

    #[test]
    fn a_gain_is_what_is_achieved_more_times_its_worth_less_what_it_costs_more() {
        let experiment = studies::bundled(&[WORTH]);
        let results = studies::play(&experiment, 4);
        let rows = rows(&results);
        assert_eq!(rows.len(), 6 * 2 * 5);
        let worths: Vec<f64> = rows[..5].iter().map(|row| row.net.worth).collect();
        let expected = [5.0, 8.66, 15.0, 25.98, 45.0];
        assert!(
            worths.iter().zip(expected).all(|(worth, it)| (worth - it).abs() < 0.01),
            "{worths:?}"
        );
        for row in &rows {
            let baseline = Subject { arm: experiment.study.baseline, ..row.net.subject };
            let more = |metric: Metric| {
                let mean = |subject| results.total(subject, metric).unwrap().mean;
                mean(row.net.subject) - mean(baseline)
            };
            let units = match row.net.unit {
                Unit::Resolution => more(Metric::Resolutions),
                // All 300 customers are the only company's.
                Unit::Customer => -300.0 * more(Metric::ChurnRate),
            };
            let expected = row.net.worth * units - more(Metric::Cost);
            let found = row.net.found.difference.mean;
            assert!((found - expected).abs() < 1e-6, "{row:?}: {expected}");
        }
    }

    #[test]
    fn gains_hold_for_each_company_and_all_of_them_together() {
        let experiment = studies::bundled_with("[company.acme]\n[company.bolt]\n", &[WORTH]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        assert_eq!(rows.len(), 6 * 3 * 2 * 5);
        let companies: Vec<&str> = rows.chunks(10).take(3).map(|rows| rows[0].company).collect();
        assert_eq!(companies, ["acme", "bolt", "all"]);
    }

    #[test]
    fn gains_are_counted_over_each_window() {
        let windows = "run.windows={ early = \"14-20\", late = \"20-26\" }";
        let experiment = studies::bundled(&[WORTH, windows]);
        let results = studies::play(&experiment, 2);
        let rows = rows(&results);
        assert_eq!(rows.len(), 6 * 2 * 2 * 5);
        let names: Vec<&str> = rows.chunks(10).take(3).map(|rows| rows[0].window).collect();
        assert_eq!(names, ["early", "late", "early"]);
        let answering = |window: &str| {
            let mut of = rows.iter().filter(|row| row.arm == "responding" && row.window == window);
            of.next_back().unwrap().net.found.difference.mean
        };
        assert_ne!(answering("early"), answering("late"));
    }

    #[test]
    fn what_costs_more_and_achieves_nothing_is_never_worth_it() {
        let experiment = studies::bundled(&[WORTH]);
        let results = studies::play(&experiment, 4);
        let silent = rows(&results).into_iter().filter(|row| row.arm == "listening-only");
        assert!(silent.clone().all(|row| row.net.found.verdict == Verdict::Lower));
        assert_eq!(silent.count(), 10);
    }

    #[test]
    fn an_arm_breaks_even_between_the_worths_at_which_the_ends_of_its_interval_cross_zero() {
        let experiment =
            studies::bundled(&["run.worth={ resolution = [0, 20_000] }", "customers.count=1000"]);
        let results = studies::play(&experiment, 6);
        let rows = rows(&results);
        let of = |name: &str| rows.iter().filter(|row| row.arm == name).collect::<Vec<_>>();
        let arm = of("responding");
        let [low, high] = break_even(&results, arm[0].net.subject, Unit::Resolution).unwrap();
        let [first, last] = [0, 4].map(|at| arm[at].net.found.difference.mean);
        let mean = 20_000.0 * -first / (last - first);
        assert!(0.0 < low && low < mean && mean < high && high < 20_000.0, "{low} {mean} {high}");
        for name in ["no-presence", "listening-only"] {
            assert_eq!(break_even(&results, of(name)[0].net.subject, Unit::Resolution), None);
        }
    }

    #[test]
    fn nothing_is_valued_unless_the_scenario_says_what_it_is_worth() {
        let names = |sets: &[&str]| {
            let experiment = studies::bundled(sets);
            let made = crate::outputs(&studies::play(&experiment, 2), &[]).unwrap();
            made.into_iter().map(|output| output.name).collect::<Vec<String>>()
        };
        assert!(!names(&[]).contains(&"net.csv".to_owned()));
        let made = names(&["run.worth.resolution=[5, 45]"]);
        assert!(made.contains(&"net.csv".to_owned()) && crate::is_output("net.csv"));
    }
}
