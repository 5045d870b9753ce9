//! What each arm is known to cost before it is simulated, and which arms do not cost the same.

use heard_scenario::study::Study;
use heard_text::number::fixed;
use heard_world::plan::budget::planned;

use crate::document::{Align, Document, Table};
use crate::pages::cost::{differ, mixes_policy_and_money};

const WHAT: &str = "wages of all shifts and tools, money per 30 days; overtime and money given to \
    customers come on top";

/// A row for each arm and what follows from it; nothing where there is one arm.
pub fn show(study: &Study, document: &mut Document) {
    if study.arms.len() < 2 {
        return;
    }
    let costs: Vec<f64> = study.arms.iter().map(|arm| planned(arm, &study.base.run)).collect();
    let named = || study.arms.iter().map(|arm| &arm.name).zip(&costs);
    let baseline = costs[study.baseline];
    let unequal = named().filter(|(_, cost)| differ(**cost, baseline));
    let unequal: Vec<String> = unequal.map(|(name, _)| name.clone()).collect();
    if unequal.is_empty() {
        let lowest = fixed(costs.iter().copied().fold(f64::INFINITY, f64::min), 0);
        let highest = fixed(costs.iter().copied().fold(0.0, f64::max), 0);
        let range = if lowest == highest { lowest } else { format!("{lowest} to {highest}") };
        document
            .paragraph(format!("All arms cost about the same: {range} ({WHAT}{}).", over(study)));
        return;
    }
    let mut table = Table::new([("arm", Align::Left), ("cost", Align::Right)]);
    for (name, cost) in named() {
        table.row([name.clone(), fixed(*cost, 0)]);
    }
    let finding = mixes_policy_and_money(&study.arms[study.baseline].name, &unequal);
    document.table(table).paragraph(format!("Cost: {WHAT}{}. {finding}", over(study)));
}

/// Over which days the cost is, where a run gives that of each window.
fn over(study: &Study) -> &'static str {
    match study.base.run.windows.is_empty() {
        true => "",
        false => "; over all counted days, whereas a run gives the cost over each window",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::terminal::{PAGE, text};
    use crate::studies;
    use heard_lab::experiment::Experiment;

    fn shown(experiment: &Experiment) -> String {
        let mut document = Document::new();
        show(&experiment.study, &mut document);
        text(&document, PAGE, false).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn arms_that_do_not_cost_the_same_are_named() {
        // Two people for eight hours a day at 22 an hour: 352 a day; the tools cost 500 a month.
        let shown = shown(&studies::bundled(&[]));
        for part in [
            "presence-only 0 ",
            "listening-only 5,780 ",
            "responding 10,560 ",
            "listening-and-responding 11,060 ",
            "listening-only, wrong-reply, responding and listening-and-responding cost over 10% more or \
             less than presence-only, so their differences reflect money as well as policy.",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains("no-presence and") && !shown.contains("each window"), "{shown}");
        let windows = "run.windows={ early='14-20', late='20-26' }";
        assert!(
            self::shown(&studies::bundled(&[windows])).contains("gives the cost over each window")
        );
    }

    #[test]
    fn wages_and_shifts_count_from_the_switch_on() {
        let arms = "[arm.a]\n[arm.b]\nswitch = [{ at_day = 5, team.desk.wage_per_hour = 44 }]\n";
        let shown = shown(&studies::written(&format!("{}{arms}", studies::QUEUE)));
        // Four of the eight counted days at the double wage.
        assert!(shown.contains("a 31,680 b 47,520 "), "{shown}");
    }

    #[test]
    fn arms_that_cost_about_the_same_are_said_to() {
        let arms = "[arm.a]\n[arm.b]\nteam.desk.wage_per_hour = 23\n";
        let shown = shown(&studies::written(&format!("{}{arms}", studies::QUEUE)));
        assert!(
            shown.starts_with("All arms cost about the same: 31,680 to 33,120 (wages"),
            "{shown}"
        );
    }

    #[test]
    fn one_arm_is_not_compared() {
        assert_eq!(shown(&studies::queue()), "");
    }
}
