//! Playing replications in parallel and handing their rows over in order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;

use super::Experiment;

/// Plays the replications of `range` on `threads` threads and gives each row to `take`, in order
/// and without a gap. Ends early, with what is finished, when `stop` is raised or `take` fails.
///
/// # Errors
/// What `take` fails with, or [`Error::Threads`] where no threads can be had.
pub fn run<E>(
    experiment: &Experiment,
    range: Range<u32>,
    threads: usize,
    stop: &AtomicBool,
    mut take: impl FnMut(u32, Vec<f64>) -> Result<(), E>,
) -> Result<(), Error<E>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::Threads(error.to_string()))?;
    let next = AtomicU32::new(range.start);
    let halt = AtomicBool::new(false);
    // Bounded: where rows are taken more slowly than they are made, they do not pile up.
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, halt, range) = (&next, &halt, &range);
            scope.spawn(move |_| {
                loop {
                    if stop.load(Ordering::Relaxed) || halt.load(Ordering::Relaxed) {
                        break;
                    }
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= range.end {
                        break;
                    }
                    let Some(row) = experiment.row(index, stop) else { break };
                    if sender.send((index, row)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut expected = range.start;
        for (index, row) in receiver {
            waiting.insert(index, row);
            while let Some(row) = waiting.remove(&expected) {
                if let Err(error) = take(expected, row) {
                    halt.store(true, Ordering::Relaxed);
                    return Err(Error::Take(error));
                }
                expected += 1;
            }
        }
        Ok(())
    })
}

/// Why a run ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum Error<E> {
    /// The system gave no threads.
    #[error("no threads can be had: {0}")]
    Threads(String),
    /// A row could not be taken.
    #[error(transparent)]
    Take(E),
}
