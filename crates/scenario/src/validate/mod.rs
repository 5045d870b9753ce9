//! What makes sense together: checks that no single key can tell.

mod amounts;
mod doubts;
mod figures;
mod network;
mod numbers;
mod policy;
mod policy_doubts;
mod sections;
mod windows;

pub use doubts::warnings;

use super::source::{nearest, path_text};
use super::study::Study;
use super::{Scenario, figure};

/// Something wrong, at a key.
#[derive(Debug)]
pub struct Finding {
    /// Where, as steps of keys and positions.
    pub path: Vec<String>,
    /// What.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

fn finding(path: &[&str], message: impl Into<String>, help: impl Into<String>) -> Finding {
    Finding {
        path: path.iter().map(|step| (*step).to_owned()).collect(),
        message: message.into(),
        help: Some(help.into()),
    }
}

/// A name that should be one of `known`.
fn unknown<'a>(
    path: &[&str],
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a String> + Clone,
) -> Option<Finding> {
    if known.clone().any(|other| other == name) {
        return None;
    }
    let names: Vec<&str> = known.map(String::as_str).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None if names.is_empty() => format!("the scenario has no [{what}...] section yet"),
        None => format!("known: {}", names.join(", ")),
    };
    Some(finding(path, format!("{}: there is no {what} `{name}`", path_text(path)), help))
}

/// Everything wrong with one arm that is in itself well formed.
pub fn errors(arm: &Scenario) -> Vec<Finding> {
    let mut found = Vec::new();
    amounts::too_many(arm, &mut found);
    if !found.is_empty() {
        return found;
    }
    amounts::errors(arm, &mut found);
    sections::errors(arm, &mut found);
    policy::errors(arm, &mut found);
    network::check(arm, &mut found);
    found
}

/// Everything wrong that only all arms, phases and companies together can show; `windows` are those that
/// the scenario's author has named.
pub fn study_errors(study: &Study, windows: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    figures::errors(study, &mut found);
    if study.companies.iter().any(|company| company == figure::ALL) {
        found.push(finding(
            &["company", figure::ALL],
            "company.all: tables call all companies together by this name",
            "choose another name",
        ));
    }
    numbers::errors(study, windows, &mut found);
    for arm in &study.arms {
        if let Some(wrong) = shares(study, &arm.phases[0].companies) {
            found.push(wrong);
            break;
        }
    }
    found
}

/// Shares of a market that do not fit together.
fn shares(study: &Study, companies: &[Scenario]) -> Option<Finding> {
    let claimed: Vec<f64> = companies.iter().filter_map(|one| one.company.share).collect();
    let sum = (claimed.iter().sum::<f64>() * 1e9).round() / 1e9;
    let all_claim = claimed.len() == companies.len();
    if sum <= 1.0 && !(all_claim && sum < 1.0) {
        return None;
    }
    let wrong = if sum > 1.0 { "more than 1" } else { "less than 1, and nobody has the rest" };
    let first = companies.iter().position(|one| one.company.share.is_some()).unwrap_or(0);
    Some(finding(
        &["company", &study.companies[first], "share"],
        format!("company: the shares of the market add up to {sum}, which is {wrong}"),
        "shares are parts of the customers of day 0; who leaves `share` out gets what is left",
    ))
}
