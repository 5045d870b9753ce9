//! `draws = "arms"`: each arm's mean with its interval.

use super::{arms as arms_of, companies, frame, of_whom, published};
use crate::charts::{self, ChartError, Dots, Rows};
use crate::figures::{estimate, wording};
use heard_lab::experiment::results::{MAIN, Results, Subject};
use heard_scenario::figure::Figure;

/// A panel for each metric, a row for each arm, under the name of each company where several are
/// drawn.
pub fn arms(results: &Results, figure: &Figure) -> Result<String, ChartError> {
    let (arms, companies) = (arms_of(results, figure), companies(results, figure));
    let names = results.experiment.subjects();
    let section = |&company: &usize| Rows {
        heading: if companies.len() > 1 { names[company].to_owned() } else { String::new() },
        names: arms.iter().map(|&arm| results.experiment.study.arms[arm].name.clone()).collect(),
    };
    let sections: Vec<Rows> = companies.iter().map(section).collect();
    let subjects = companies
        .iter()
        .flat_map(|&company| arms.iter().map(move |&arm| Subject { arm, company, window: MAIN }));
    let subjects: Vec<Subject> = subjects.collect();
    let (mut panels, mut absent) = (Vec::new(), Vec::new());
    for &metric in &figure.metrics {
        let values = subjects.iter().map(|&subject| results.total(subject, metric).map(estimate));
        let values: Vec<_> = values.collect();
        if values.iter().all(Option::is_none) {
            absent.push(metric);
            continue;
        }
        let (measure, published) = (wording::measure(metric), published(figure, metric));
        panels.push(Dots { measure, values, published });
    }
    let reading = format!("Mean of each arm with its 95% interval.{}", of_whom(results, figure));
    charts::arms(&frame(results, figure, &reading, true, &absent), &sections, &panels)
}
