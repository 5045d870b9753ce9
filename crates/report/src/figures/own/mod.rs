//! Charts made for the scenario's own question: the `[[figure]]`s.

mod arms;
mod days;
mod hours;
mod parts;
mod trade_off;

use super::captions::{footer, window};
use super::wording;
use crate::charts::{ChartError, Frame, Published};
use heard_lab::experiment::results::{MAIN, Results, Subject};
use heard_scenario::figure::{ALL, Drawing, Figure};
use heard_scenario::metric::Metric;
use heard_text::list::list;

/// A scenario's figure; `None` where there is nothing to draw.
pub fn draw(results: &Results, figure: &Figure) -> Option<Result<String, ChartError>> {
    let drawn = match figure.draws {
        Drawing::Arms => arms::arms(results, figure),
        Drawing::Days => days::days(results, figure),
        Drawing::Parts => parts::parts(results, figure),
        Drawing::TradeOff => trade_off::trade_off(results, figure),
        Drawing::Hours => hours::hours(results, figure),
    };
    (!matches!(drawn, Err(ChartError::Nothing))).then_some(drawn)
}

/// What stands around a figure; `absent` are metrics that nothing defines.
fn frame(
    results: &Results,
    figure: &Figure,
    reading: &str,
    counted: bool,
    absent: &[Metric],
) -> Frame {
    let mut subtitle = reading.to_owned();
    if !figure.published.is_empty() {
        subtitle += match figure.draws {
            Drawing::Days => " Diamonds and dashed lines: published figures.",
            _ => " Dashed: published figures.",
        };
    }
    if counted {
        subtitle = format!("{subtitle} {}", window(results));
    }
    let mut note = figure.note.clone();
    if !absent.is_empty() {
        let names: Vec<String> =
            absent.iter().map(|&metric| wording::measure(metric).name).collect();
        note = format!("{note} Not measured here: {}.", list(&names)).trim_start().to_owned();
    }
    let title = figure.title.clone();
    Frame { title, subtitle, note, footer: footer(results, "95% intervals") }
}

/// The companies that a figure draws, as indices of subjects.
fn companies(results: &Results, figure: &Figure) -> Vec<usize> {
    let names = results.experiment.subjects();
    let chosen = |name: &str| match &figure.companies {
        Some(chosen) => chosen.iter().any(|company| company == name),
        None => names.len() == 1 || name != ALL,
    };
    names.iter().enumerate().filter(|(_, name)| chosen(name)).map(|(index, _)| index).collect()
}

/// The arms that a figure draws, in the scenario's order.
fn arms(results: &Results, figure: &Figure) -> Vec<usize> {
    let chosen = |name: &str| match &figure.arms {
        Some(chosen) => chosen.iter().any(|arm| arm == name),
        None => true,
    };
    results.arms().enumerate().filter(|(_, name)| chosen(name)).map(|(index, _)| index).collect()
}

/// Whom a figure draws, arm by arm, with their names: the arm, and the company where there are
/// several.
fn named(results: &Results, figure: &Figure) -> Vec<(Subject, String)> {
    let companies = companies(results, figure);
    let name = |subject: Subject| {
        let (arm, company) = (results.arm_name(subject), results.company_name(subject));
        let name = if companies.len() > 1 { format!("{arm}, {company}") } else { arm.to_owned() };
        (subject, name)
    };
    let arms = arms(results, figure).into_iter();
    arms.flat_map(|arm| {
        companies.iter().map(move |&company| Subject { arm, company, window: MAIN })
    })
    .map(name)
    .collect()
}

/// Who is drawn, for a subtitle; empty where there is one company.
fn of_whom(results: &Results, figure: &Figure) -> String {
    let names = results.experiment.subjects();
    match companies(results, figure).as_slice() {
        [one] if names.len() > 1 && names[*one] == ALL => " All companies together.".to_owned(),
        [one] if names.len() > 1 => format!(" Company: {}.", names[*one]),
        _ => String::new(),
    }
}

/// A figure's published values of a metric.
fn published(figure: &Figure, metric: Metric) -> Vec<Published> {
    let here = figure.published.iter().filter(|value| value.metric == metric);
    here.map(|it| Published { day: it.day, value: it.value, label: it.label.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::figures;
    use crate::studies;

    const FIGURES: &str = r#"
[[figure]]
name = "costs"
title = "What does it cost to be heard?"
draws = "trade-off"
metrics = ["cost", "heard_rate"]

[[figure]]
name = "means"
title = "Who gets heard?"
draws = "arms"
metrics = ["heard_rate", "reputation", "wait_seconds_mean"]
arms = ["responding", "presence-only"]
published = [{ metric = "heard_rate", value = 0.42, label = "a published figure" }]
note = "A note for the reader."

[[figure]]
name = "daily"
title = "Does it last?"
draws = "days"
metrics = ["reputation", "answer_rate"]
published = [{ metric = "reputation", day = 20, value = 0.1, label = "a published day" }]

[[figure]]
name = "channels"
title = "Where are they heard?"
draws = "parts"
dimension = "channel"
metrics = ["heard_rate"]

[[figure]]
name = "mistake"
title = "How far does a mistake spread?"
draws = "hours"

[[mistake]]
at_day = 20
channel = "twitter"
"#;

    #[test]
    fn own_figures_come_first_in_the_scenarios_order_and_need_data() {
        let experiment = studies::bundled_with(FIGURES, &[]);
        let drawn = figures(&studies::play(&experiment, 2)).unwrap();
        let names: Vec<&str> = drawn.iter().map(|figure| figure.name.as_str()).collect();
        assert_eq!(names[..6], ["costs", "means", "daily", "channels", "mistake", "resolution"]);
        assert!(figures(&Results::new(&experiment)).unwrap().is_empty());
    }

    #[test]
    fn a_figure_has_its_title_its_note_its_arms_and_what_was_published() {
        let experiment = studies::bundled_with(FIGURES, &[]);
        let drawn = figures(&studies::play(&experiment, 3)).unwrap();
        for (figure, title) in drawn.iter().zip(["cost to be", "gets heard", "it last", "Where"]) {
            let svg = &figure.svg;
            for part in [title, "seed 2011", "3 replications", "Monte Carlo", "responding"] {
                assert!(svg.contains(part), "{}: {part}", figure.name);
            }
        }
        let means = &drawn[1].svg;
        for part in ["a published figure", "A note for the reader.", "presence-only"] {
            assert!(means.contains(part), "{part}");
        }
        assert!(means.contains("Not measured here: wait seconds mean."));
        assert!(!means.contains("wrong-reply"));
        assert!(drawn[2].svg.contains("a published day"));
    }

    #[test]
    fn several_companies_are_drawn_each_unless_some_are_chosen() {
        let chosen = |companies: &str| {
            let experiment =
                studies::market(&FIGURES.replace("draws", &format!("{companies}\ndraws")));
            let drawn = figures(&studies::play(&experiment, 2)).unwrap();
            drawn[..4].iter().map(|figure| figure.svg.clone()).collect::<Vec<String>>()
        };
        for (rank, svg) in chosen("").iter().enumerate() {
            // Of arms, the companies are headings.
            let part = if rank == 1 { ">\nbolt\n" } else { "responding, bolt" };
            assert!(svg.contains(part), "{rank}");
            assert!(!svg.contains(", all"), "{rank}");
        }
        for svg in chosen("companies = [\"bolt\"]") {
            assert!(svg.contains("bolt.") && !svg.contains(", bolt"));
        }
        for svg in chosen("companies = [\"all\"]") {
            assert!(svg.contains("together.") && !svg.contains("bolt"));
        }
    }

    #[test]
    fn switches_are_marked_on_their_day() {
        let switch = "[arm.late]\nswitch = [{ at_day = 12, like = \"responding\" }]\n";
        let experiment = studies::bundled_with(&format!("{switch}{FIGURES}"), &[]);
        let drawn = figures(&studies::play(&experiment, 2)).unwrap();
        assert!(drawn[2].svg.contains("late: switch"));
        assert!(!drawn[1].svg.contains("late: switch"));
    }
}
