//! `[[figure]]`: what can be drawn.

use super::{Finding, finding, unknown};
use crate::figure::{ALL, Drawing, Figure};
use crate::study::Study;

/// Everything wrong with a study's figures.
pub(super) fn errors(study: &Study, found: &mut Vec<Finding>) {
    let arms: Vec<String> = study.arms.iter().map(|arm| arm.name.clone()).collect();
    let together = (study.companies.len() > 1).then(|| ALL.to_owned());
    for (index, figure) in study.base.figure.iter().enumerate() {
        found.extend(figure_name(study, index, figure));
        found.extend(drawing(index, figure));
        found.extend(nothing_to_follow(study, index, figure));
        let index = index.to_string();
        for (position, arm) in figure.arms.iter().flatten().enumerate() {
            let path = ["figure", &index, "arms", &position.to_string()];
            found.extend(unknown(&path, "arm", arm, arms.iter()));
        }
        for (position, company) in figure.companies.iter().flatten().enumerate() {
            let path = ["figure", &index, "companies", &position.to_string()];
            let known = study.companies.iter().chain(&together);
            found.extend(unknown(&path, "company", company, known));
        }
    }
}

/// What is wrong with a figure's name.
fn figure_name(study: &Study, index: usize, figure: &Figure) -> Option<Finding> {
    let name = figure.name.as_str();
    let place = index.to_string();
    let wrong = |what: &str, help: &str| {
        let message = format!("figure[{index}].name: {what}");
        Some(finding(&["figure", &place, "name"], message, help))
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return wrong(
            &format!("`{name}` cannot be part of a file's name"),
            "write letters, digits and `-`, such as `name = \"who-is-heard\"`",
        );
    }
    let before = study.base.figure[..index].iter();
    if before.into_iter().any(|other| other.name.eq_ignore_ascii_case(name)) {
        return wrong(&format!("two figures are called `{name}`"), "give each a name of its own");
    }
    None
}

/// What is wrong with what a figure draws, one thing at a time.
fn drawing(index: usize, figure: &Figure) -> Option<Finding> {
    let place = index.to_string();
    let wrong = |key: &str, what: &str, help: &str| {
        let message = format!("figure[{index}].{key}: {what}");
        Some(finding(&["figure", &place, key], message, help))
    };
    match (figure.draws, figure.metrics.len()) {
        (Drawing::Hours, 0) | (Drawing::TradeOff, 2) => {}
        (Drawing::Hours, _) => {
            return wrong(
                "metrics",
                "`draws = \"hours\"` always shows the audience of the first mistake",
                "leave `metrics` out",
            );
        }
        (Drawing::TradeOff, _) => {
            return wrong(
                "metrics",
                "`draws = \"trade-off\"` takes two, across and upwards",
                "write for instance `metrics = [\"cost\", \"heard_rate\"]`",
            );
        }
        (_, 0) => {
            return wrong(
                "metrics",
                "there is nothing to draw",
                "name at least one, such as `metrics = [\"heard_rate\"]`",
            );
        }
        _ => {}
    }
    match (figure.draws, figure.dimension) {
        (Drawing::Parts, None) => {
            return wrong(
                "dimension",
                "`draws = \"parts\"` needs to know which parts",
                "write for instance `dimension = \"channel\"`",
            );
        }
        (Drawing::Parts, _) | (_, None) => {}
        _ => {
            return wrong(
                "dimension",
                "only `draws = \"parts\"` splits the whole",
                "take `dimension` out, or write `draws = \"parts\"`",
            );
        }
    }
    for (key, chosen) in [("arms", &figure.arms), ("companies", &figure.companies)] {
        if chosen.as_ref().is_some_and(Vec::is_empty) {
            return wrong(key, "none are left to draw", "leave it out to draw all");
        }
    }
    let stray = figure.published.iter().find(|it| !figure.metrics.contains(&it.metric))?;
    wrong(
        "published",
        &format!("`{}` is not among the figure's metrics", stray.metric),
        "publish figures of metrics that are drawn",
    )
}

/// The audience of a mistake cannot be drawn where nobody makes one.
fn nothing_to_follow(study: &Study, index: usize, figure: &Figure) -> Option<Finding> {
    let mut scenarios = study.arms.iter().flat_map(|arm| &arm.phases[0].companies);
    let nobody = scenarios.all(|scenario| scenario.mistake.is_empty());
    (figure.draws == Drawing::Hours && nobody).then(|| {
        finding(
            &["figure", &index.to_string(), "draws"],
            format!("figure[{index}].draws: `hours` follows the first mistake, and there is none"),
            "write a `[[mistake]]`, or draw something else",
        )
    })
}
