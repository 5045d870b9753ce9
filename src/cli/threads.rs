//! How many threads a verb plays on.

use super::end::{End, note};
use heard_lab::experiment::Experiment;
use heard_lab::experiment::memory::{self, Need};

/// Threads to play on: as many as there is memory for, where the user does not say.
pub fn fitting(given: Option<u16>, experiment: &Experiment) -> Result<usize, End> {
    let replications = experiment.study.base.run.replications as usize;
    let given = given.map(usize::from);
    let wanted = given.unwrap_or_else(super::all_threads);
    let wanted = wanted.min(replications);
    let (need, free) = (Need::of(experiment), memory::free());
    let fit = need.threads(wanted, free);
    let plural = if wanted == 1 { "" } else { "s" };
    let said = format!(
        "this needs about {} of memory at {wanted} thread{plural}, and {} are free",
        heard_text::number::bytes(need.at(wanted)),
        heard_text::number::bytes(free.unwrap_or_default()),
    );
    match fit {
        Some(threads) if threads == wanted => Ok(threads),
        Some(threads) if given.is_none() => {
            note(&format!("note: {said}: it is played on {threads}"));
            Ok(threads)
        }
        Some(threads) => Err(End::refused(said, format!("`--threads {threads}` fits"))),
        None => Err(End::refused(
            said,
            "fewer customers, days or replications, and lower rates, take less",
        )),
    }
}
