//! Which claims turn from one window to another, in sentences.

use heard_lab::experiment::results::{Results, Side, Turn};
use heard_text::list::counted;
use heard_text::name::safe;
use heard_text::number::{shared_decimals, signed};

/// Turns that are told; more are only counted.
const TOLD: usize = 12;

/// A sentence for each headline difference that is clearly on one side over one window and on the other
/// over another.
pub fn sentences(results: &Results) -> Vec<String> {
    let turns = results.turns();
    let mut told: Vec<String> = turns.iter().take(TOLD).map(|turn| told(results, turn)).collect();
    if turns.len() > TOLD {
        let more = (turns.len() - TOLD) as f64;
        told.push(format!(
            "{}: see comparison.csv.",
            counted(more, "more claim turns", "more claims turn")
        ));
    }
    told
}

/// "wrong-reply against presence-only, reputation: lower over `first quarter` (-0.067), higher over
/// `after a year` (+0.092): it turns."
fn told(results: &Results, turn: &Turn) -> String {
    let study = &results.experiment.study;
    let sides = [turn.before, turn.after];
    let means = sides.map(|side| side.found.difference.mean);
    let halves = sides.map(|side| side.found.difference.half_width().unwrap_or_default());
    let decimals = shared_decimals(&means, &halves);
    let side = |side: Side| {
        format!(
            "{} over `{}` ({})",
            side.found.verdict,
            safe(results.window_name(side.subject)),
            signed(side.found.difference.mean, decimals)
        )
    };
    let company = match study.companies.as_slice() {
        [_] => String::new(),
        _ => format!(", {}", safe(results.company_name(turn.before.subject))),
    };
    format!(
        "{} against {}{company}, {}: {}, {}: it turns.",
        safe(results.arm_name(turn.before.subject)),
        safe(&study.arms[study.baseline].name),
        turn.metric,
        side(turn.before),
        side(turn.after)
    )
}
