//! How much one scenario may ask for, before any of it is laid out.
//!
//! Every arm holds the whole scenario anew, from each of its switches on and for each company. A file
//! of a few kilobytes can thus ask for more than any machine holds, and is refused before that.

use indexmap::IndexMap;

use super::source::{Node, Problem, Value};
use super::study::{COMPANY, entries};

/// Maximum number of arms of a scenario.
pub const MOST_ARMS: usize = 255;

/// Maximum number of switches of an arm.
pub const MOST_SWITCHES: usize = 100;

/// Maximum number of companies of a scenario.
pub const MOST_COMPANIES: usize = 8;

/// Maximum number of values over all arms, switches and companies. A small scenario has 400.
const MOST_VALUES: usize = 1_000_000;

/// Refuses more arms than can be compared.
pub fn check_arms(arms: &IndexMap<String, Node>) -> Result<(), Problem> {
    let Some((_, arm)) = arms.get_index(MOST_ARMS) else { return Ok(()) };
    let message = format!("arm: {} are more than the {MOST_ARMS} that can be compared", arms.len());
    Err(Problem::new(message)
        .at(arm.key_or_place().clone())
        .help("leave some out, or write several scenarios"))
}

/// Refuses more companies than can be simulated.
pub fn check_companies(tree: &Node, ids: &[String]) -> Result<(), Problem> {
    let Some(id) = ids.get(MOST_COMPANIES) else { return Ok(()) };
    let message = format!(
        "company: {} companies are more than the {MOST_COMPANIES} that can be simulated",
        ids.len()
    );
    let place = tree.at(&[COMPANY, id]).unwrap_or(tree).key_or_place().clone();
    Err(Problem::new(message).at(place).help("leave some out"))
}

/// Refuses arms, each with its own tree, that come to more than can be held.
pub fn check_values(
    trees: &[(String, Node)],
    arms: &IndexMap<String, Node>,
    companies: usize,
) -> Result<(), Problem> {
    let sizes: Vec<usize> = trees.iter().map(|(_, tree)| values(tree)).collect();
    let largest = sizes.iter().copied().max().unwrap_or(0);
    let mut sum = 0;
    for ((name, tree), &size) in trees.iter().zip(&sizes) {
        let switches = entries(tree, "switch");
        if let Some(switch) = switches.get(MOST_SWITCHES) {
            let message = format!(
                "switch: {} are more than the {MOST_SWITCHES} that an arm can have",
                switches.len()
            );
            return Err(Problem::new(message).at(switch.place.clone()).help("leave some out"));
        }
        // From such a switch on, the arm may be as large as any other.
        let size = if switches.iter().any(|switch| switch.at(&["like"]).is_some()) {
            largest
        } else {
            size
        };
        sum += size * (1 + switches.len()) * companies.max(1);
        if sum > MOST_VALUES {
            let place = arms.get(name).unwrap_or(tree).key_or_place().clone();
            let message = format!(
                "up to `{name}`, arms come to more than {MOST_VALUES} values: each holds the whole \
                 scenario, from every switch on and for every company"
            );
            return Err(Problem::new(message)
                .at(place)
                .help("leave some arms, switches or companies out"));
        }
    }
    Ok(())
}

/// Values in a tree: tables, lists, and all that lies in them.
fn values(tree: &Node) -> usize {
    1 + match &tree.value {
        Value::Array(items) => items.iter().map(values).sum(),
        Value::Table(entries) => entries.values().map(values).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::quick::quick;
    use crate::study::{Request, Study};

    const BASE: &str = "[customers]\ncount = 0\n[channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
         [stream.callers]\nchannel = \"phone\"\nper_hour = 5\n";

    /// What is said to a scenario, which must be said quickly.
    fn said(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, text).unwrap();
        let request = Request { scenario: path.display().to_string(), ..Request::default() };
        quick(|| match Study::load(&request) {
            Ok(study) => format!("{} arms", study.arms.len()),
            Err(refusal) => refusal.render(false),
        })
    }

    fn each(count: usize, of: impl Fn(usize) -> String) -> String {
        (0..count).map(of).collect()
    }

    #[test]
    fn arms_beyond_the_most_are_refused_however_they_hang_together() {
        assert_eq!(said(&format!("{BASE}{}", each(255, |n| format!("[arm.n{n}]\n")))), "255 arms");
        let text = said(&format!("{BASE}{}", each(256, |n| format!("[arm.n{n}]\n"))));
        assert!(text.contains("arm: 256 are more than the 255") && text.contains("mine.toml:264"));
        // Each like the next: their number must be known before the first is followed.
        let like = |n| format!("[arm.n{n}]\nlike = \"n{}\"\n", n + 1);
        let text = said(&format!("{BASE}{}[arm.n30000]\n", each(30_000, like)));
        assert!(text.contains("arm: 30001 are more than the 255"), "{text}");
    }

    #[test]
    fn switches_and_companies_beyond_the_most_are_refused() {
        let switches = |count| each(count, |n| format!("{{ at_day = {} }},", 1 + n));
        let text = |count| format!("run.days = 3000\nswitch = [{}]\n{BASE}", switches(count));
        assert_eq!(said(&text(100)), "1 arms");
        let refused = said(&text(2_000));
        assert!(refused.contains("switch: 2000 are more than the 100"), "{refused}");
        assert!(refused.contains("mine.toml:2:"), "{refused}");
        let companies = each(3_000, |n| format!("[company.n{n}]\n"));
        let refused = said(&format!("{BASE}{companies}"));
        assert!(refused.contains("3000 companies are more than the 8"), "{refused}");
        assert!(refused.contains("mine.toml:17:"), "{refused}");
    }

    #[test]
    fn what_arms_switches_and_companies_come_to_together_is_bounded() {
        let switches = each(100, |n| format!("{{ at_day = {} }},", 1 + n));
        let arms = each(50, |n| format!("[arm.n{n}]\n"));
        let refused = said(&format!("run.days = 300\nswitch = [{switches}]\n{BASE}{arms}"));
        assert!(refused.contains("come to more than 1000000 values"), "{refused}");
        assert!(refused.contains("[arm.n"), "{refused}");
        let rules = each(5_000, |n| {
            format!("{{ when = {{ severity = \"> 0.{n}\" }}, do = \"restore\" }},")
        });
        let like = each(99, |n| format!("{{ at_day = {}, like = \"large\" }},", 1 + n));
        let text = format!(
            "run.days = 300\n{BASE}[arm.small]\nswitch = [{like}]\n[arm.large]\ntriage = [{rules}]\n"
        );
        assert!(said(&text).contains("come to more than"), "{}", said(&text));
    }
}
