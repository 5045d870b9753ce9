//! Playing replications in parallel and handing over what comes of them in order.

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
    take: impl FnMut(u32, Vec<f64>) -> Result<(), E>,
) -> Result<(), Error<E>> {
    each(range, threads, stop, |index| experiment.row(index, stop), take)
}

/// Does `work` for every replication of `range` on `threads` threads and gives what comes of it to
/// `take`, in order and without a gap. Ends early, with what is finished, when `stop` is raised,
/// `work` gives nothing, or `take` fails.
///
/// # Errors
/// As [`run`] says.
pub fn each<T: Send, E>(
    range: Range<u32>,
    threads: usize,
    stop: &AtomicBool,
    work: impl Fn(u32) -> Option<T> + Sync,
    mut take: impl FnMut(u32, T) -> Result<(), E>,
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
            let (next, halt, range, work) = (&next, &halt, &range, &work);
            scope.spawn(move |_| {
                loop {
                    if stop.load(Ordering::Relaxed) || halt.load(Ordering::Relaxed) {
                        break;
                    }
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= range.end {
                        break;
                    }
                    let Some(made) = work(index) else { break };
                    if sender.send((index, made)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut expected = range.start;
        for (index, made) in receiver {
            waiting.insert(index, made);
            while let Some(made) = waiting.remove(&expected) {
                if let Err(error) = take(expected, made) {
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
