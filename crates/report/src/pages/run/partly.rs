//! What is defined in some replications only, and in how many.

use heard_lab::experiment::results::{Results, Subject};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::count;

/// What a number is marked with that is the mean of some replications only.
pub const MARK: &str = "*";
/// Arms, and numbers of replications, that are named for one metric; the tables have them all.
const NAMED: usize = 3;

/// "reputation in 80 of 3,000 replications (a) and 90 (b)", for each metric that some subjects define in
/// some replications only. `of` tells in how many each subject does.
pub fn told(
    results: &Results,
    metrics: &[Metric],
    of: impl Fn(Metric) -> Vec<(Subject, u64)>,
) -> String {
    let several = results.experiment.subjects().len() > 1;
    let windows = results.experiment.windows.len() > 1;
    let named = |(subject, defined): (Subject, u64)| {
        let company = results.company_name(subject);
        let company = if several { format!(", {}", safe(company)) } else { String::new() };
        let window = results.window_name(subject);
        let window = if windows { format!(", {}", safe(window)) } else { String::new() };
        (safe(results.arm_name(subject)) + &company + &window, defined)
    };
    let all = u64::from(results.replications());
    let told = metrics.iter().filter_map(|&metric| {
        let told = of_how_many(of(metric).into_iter().map(named), all);
        (!told.is_empty()).then(|| format!("{metric} in {told}"))
    });
    told.collect::<Vec<String>>().join("; ")
}

/// "80 of 3,000 replications (a and b) and 90 (c)": leaves out what all or no replications define.
fn of_how_many(parts: impl IntoIterator<Item = (String, u64)>, all: u64) -> String {
    let mut groups: Vec<(u64, Vec<String>)> = Vec::new();
    for (name, defined) in parts.into_iter().filter(|(_, defined)| (1..all).contains(defined)) {
        match groups.iter_mut().find(|(same, _)| *same == defined) {
            Some((_, names)) => names.push(name),
            None => groups.push((defined, vec![name])),
        }
    }
    let more: usize = groups.iter().skip(NAMED).map(|(_, names)| names.len()).sum();
    let mut told: Vec<String> = Vec::new();
    for (defined, names) in groups.iter().take(NAMED) {
        let of = if told.is_empty() { share(*defined, all) } else { count(*defined) };
        told.push(format!("{of} ({})", first(names)));
    }
    if more > 0 {
        told.push(format!("fewer than all in {more} more"));
    }
    list(&told)
}

/// The first names, and the number of others.
fn first(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMED).cloned().collect();
    if names.len() > NAMED {
        shown.push(format!("{} more", names.len() - NAMED));
    }
    list(&shown)
}

/// "80 of 3,000 replications".
pub fn share(defined: u64, all: u64) -> String {
    format!("{} of {} replications", count(defined), count(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_some_replications_define_is_named() {
        let parts = |counts: &[u64]| {
            let named = counts.iter().zip('a'..).map(|(&count, name)| (name.to_string(), count));
            of_how_many(named.collect::<Vec<_>>(), 3000)
        };
        assert_eq!(parts(&[3000, 80, 0, 1500]), "80 of 3,000 replications (b) and 1,500 (d)");
        assert_eq!(parts(&[3000, 0]), "");
        assert_eq!(parts(&[7; 5]), "7 of 3,000 replications (a, b, c and 2 more)");
        assert!(parts(&[1, 2, 3, 4, 5, 4]).ends_with("3 (c) and fewer than all in 3 more"));
    }
}
