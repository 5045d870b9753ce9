//! How busy teams are.

use heard_lab::experiment::results::{MAIN, Results};
use heard_scenario::metric::Metric;
use heard_text::list::list;
use heard_text::name::safe;
use heard_text::number::significant;
use heard_world::column::{Column, Dimension};

/// A sentence on the occupancy of each arm's busiest team; empty where no team is staffed.
pub fn of_the_busiest_team(results: &Results) -> String {
    let teams: Vec<(usize, &str)> = results
        .experiment
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| match column {
            Column::Level { metric: Metric::Occupancy, dimension: Dimension::Team, level } => {
                Some((at, level.as_str()))
            }
            _ => None,
        })
        .collect();
    let several = teams.len() > 1;
    let busiest = |(index, arm): (usize, &str)| {
        let found = teams.iter().filter_map(|&(at, team)| {
            Some((team, results.interval(results.whole(index), at)?.mean))
        });
        let (team, share) = found.max_by(|a, b| a.1.total_cmp(&b.1))?;
        let team = if several { format!(" ({})", safe(team)) } else { String::new() };
        Some(format!("{} {}{team}", safe(arm), significant(share, 3)))
    };
    let arms: Vec<String> = results.arms().enumerate().filter_map(busiest).collect();
    let what = if several { "busiest team" } else { "team" };
    if arms.is_empty() {
        return String::new();
    }
    let over = match results.experiment.windows.as_slice() {
        [_] => String::new(),
        several => format!(" over `{}`", safe(&several[MAIN].name)),
    };
    format!(
        "Occupancy of the {what}{over} (share of staffed time in conversation): {}.",
        list(&arms)
    )
}
