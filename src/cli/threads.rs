//! How many threads a verb runs on.

use super::end::{End, note};
use heard_lab::experiment::Experiment;
use heard_lab::experiment::memory::{self, Need};

/// Threads to run on. By default as many as there is memory for; what the user asks for must fit.
pub fn fitting(given: Option<u16>, experiment: &Experiment) -> Result<usize, End> {
    let replications = experiment.study.base.run.replications as usize;
    let given = given.map(usize::from);
    let wanted = given.unwrap_or_else(super::all_threads);
    let wanted = wanted.min(replications);
    let (need, free) = (Need::of(experiment), memory::free());
    let fit = need.threads(wanted, free);
    let plural = if wanted == 1 { "" } else { "s" };
    let said = format!(
        "this needs about {} of memory on {wanted} thread{plural}, but only {} is free",
        heard_text::number::bytes(need.at(wanted)),
        heard_text::number::bytes(free.unwrap_or_default()),
    );
    match fit {
        Some(threads) if threads == wanted => Ok(threads),
        Some(threads) if given.is_none() => {
            note(&format!("note: {said}: running on {threads} instead"));
            Ok(threads)
        }
        Some(threads) => Err(End::refused(said, format!("use `--threads {threads}`"))),
        None => {
            Err(End::refused(said, "use fewer customers, days or replications, or lower rates"))
        }
    }
}
