//! How many threads a verb runs on, and what it says about them.

use super::end::{End, note};
use heard_lab::experiment::Experiment;
use heard_lab::job::threads::{self, Shortage};
use heard_text::list::counted;
use heard_text::number::bytes;

/// Threads for an experiment: as many as there is memory for, if the user does not say.
pub fn fitting(given: Option<u16>, experiment: &Experiment) -> Result<usize, End> {
    match threads::fitting(given.map(usize::from), experiment) {
        Ok(threads) => {
            if let Some(short) = threads.short {
                let count = counted(threads.count as f64, "thread", "threads");
                note(&format!("note: {}; running on {count}", needed(&short)));
            }
            Ok(threads.count)
        }
        Err(short) => Err(End::refused(
            needed(&short),
            match short.fits {
                Some(fits) => format!("`--threads {fits}` fits"),
                None => "use fewer customers, days or replications, or lower rates".to_owned(),
            },
        )),
    }
}

fn needed(short: &Shortage) -> String {
    let Shortage { wanted, needed, free, .. } = *short;
    let threads = counted(wanted as f64, "thread", "threads");
    let (needed, free) = (bytes(needed), bytes(free));
    format!("this needs about {needed} of memory on {threads}, and {free} are free")
}
