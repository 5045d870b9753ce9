//! Running replications in parallel and handing over their results in order.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;

use super::Experiment;
use super::cost::Costs;
use super::schedule::{Piece, Schedule};

/// How long a caller waits at most before it is called.
pub const WAKE: Duration = Duration::from_millis(100);

/// What a caller is called for.
#[derive(Debug)]
pub enum Turn<T> {
    /// The next replication is complete: one result for each arm.
    Replication(u32, Vec<T>),
    /// Time to report and to look whether to go on: after every piece, and at least every [`WAKE`].
    Wait,
}

/// Runs the replications of `range` on `threads` threads, at least one, and gives each row to `take`,
/// in order and without a gap. Ends early, with what is finished, when `stop` is raised or `take` fails.
///
/// # Errors
/// What `take` fails with, or [`Error::Threads`] if worker threads cannot be started.
pub fn run<E>(
    experiment: &Experiment,
    range: Range<u32>,
    threads: usize,
    stop: &AtomicBool,
    mut take: impl FnMut(u32, Vec<f64>) -> Result<(), E>,
) -> Result<(), Error<E>> {
    rows(experiment, range, threads, stop, |row| {
        row.map_or(Ok(()), |(index, row)| take(index, row))
    })
}

/// As [`run`], but calls `take` with `None` as well: at least every [`WAKE`] while no row is complete.
///
/// # Errors
/// As for [`run`].
pub fn rows<E>(
    experiment: &Experiment,
    range: Range<u32>,
    threads: usize,
    stop: &AtomicBool,
    mut take: impl FnMut(Option<(u32, Vec<f64>)>) -> Result<(), E>,
) -> Result<(), Error<E>> {
    let run_arm = |piece: Piece, stop: &AtomicBool| {
        experiment.play(piece.arm, piece.replication, stop, &mut ())
    };
    pieces(range, experiment.costs(), threads, stop, run_arm, |turn| match turn {
        Turn::Replication(index, arms) => take(Some((index, arms.concat()))),
        Turn::Wait => take(None),
    })
}

/// Does `work` for every arm that has a cost, of every replication of `range`, on `threads` threads.
/// Calls `take` with each replication that is complete, in order and without a gap, and at least every
/// [`WAKE`]. Ends early, with what is finished, when `stop` is raised, `work` gives nothing, or `take`
/// fails; `work` learns of it by the flag that it gets.
///
/// # Errors
/// As for [`run`].
pub fn pieces<T: Send, E>(
    range: Range<u32>,
    costs: Costs,
    threads: usize,
    stop: &AtomicBool,
    work: impl Fn(Piece, &AtomicBool) -> Option<T> + Sync,
    mut take: impl FnMut(Turn<T>) -> Result<(), E>,
) -> Result<(), Error<E>> {
    let threads = threads.max(1);
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::Threads(error.to_string()))?;
    let halt = AtomicBool::new(false);
    let mut order = InOrder::new(range.start, costs.arms());
    let mut schedule = Schedule::new(range, costs, threads);
    let (sender, receiver) = mpsc::channel();
    let mut turn = |turn| take(turn).map_err(Error::Take);
    pool.in_place_scope(|scope| {
        let _end = Raised(&halt);
        let mut running = 0;
        loop {
            if stop.load(Ordering::Relaxed) {
                halt.store(true, Ordering::Relaxed);
            }
            // One piece a thread is in hand beyond those that run: no thread waits for this one.
            while running < 2 * threads && !halt.load(Ordering::Relaxed) {
                let Some(piece) = schedule.start_next() else { break };
                let (sender, halt, work) = (sender.clone(), &halt, &work);
                scope.spawn(move |_| run_piece(piece, halt, work, sender));
                running += 1;
            }
            while let Some((index, arms)) = order.next() {
                turn(Turn::Replication(index, arms))?;
            }
            if running == 0 {
                return Ok(());
            }
            if let Ok(Ended { piece, made, seconds }) = receiver.recv_timeout(WAKE) {
                running -= 1;
                match made {
                    Some(made) => {
                        schedule.done(piece, seconds);
                        order.put(piece, made);
                    }
                    None => halt.store(true, Ordering::Relaxed),
                }
            }
            turn(Turn::Wait)?;
        }
    })
}

/// Raises a flag when it goes, by a return, an error or a panic: work under way is not waited for.
struct Raised<'a>(&'a AtomicBool);

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What became of a piece.
struct Ended<T> {
    piece: Piece,
    made: Option<T>,
    seconds: f64,
}

/// Sends what became of a piece, even if the work panics: somebody waits for it.
struct Report<T> {
    sender: Sender<Ended<T>>,
    piece: Piece,
    made: Option<T>,
    begun: Instant,
}

impl<T> Drop for Report<T> {
    fn drop(&mut self) {
        let (piece, made) = (self.piece, self.made.take());
        let seconds = self.begun.elapsed().as_secs_f64();
        // Nobody receives it once a row could not be taken.
        let _ = self.sender.send(Ended { piece, made, seconds });
    }
}

fn run_piece<T>(
    piece: Piece,
    halt: &AtomicBool,
    work: &impl Fn(Piece, &AtomicBool) -> Option<T>,
    sender: Sender<Ended<T>>,
) {
    let mut report = Report { sender, piece, made: None, begun: Instant::now() };
    if !halt.load(Ordering::Relaxed) {
        report.made = work(piece, halt);
    }
}

/// Results of pieces, until all arms of the next replication are there.
struct InOrder<T> {
    next: u32,
    arms: usize,
    open: VecDeque<Vec<Option<T>>>,
}

impl<T> InOrder<T> {
    fn new(first: u32, arms: usize) -> Self {
        Self { next: first, arms, open: VecDeque::new() }
    }

    fn put(&mut self, piece: Piece, made: T) {
        let at = (piece.replication - self.next) as usize;
        while self.open.len() <= at {
            self.open.push_back((0..self.arms).map(|_| None).collect());
        }
        self.open[at][piece.arm] = Some(made);
    }

    /// The next replication, once all of its arms are there.
    fn next(&mut self) -> Option<(u32, Vec<T>)> {
        if !self.open.front()?.iter().all(Option::is_some) {
            return None;
        }
        let arms = self.open.pop_front()?;
        self.next += 1;
        Some((self.next - 1, arms.into_iter().flatten().collect()))
    }
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error<E> {
    /// The system did not provide threads.
    #[error("cannot start worker threads: {0}")]
    Threads(String),
    /// A row could not be taken.
    #[error(transparent)]
    Take(E),
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::AtomicU32;
    use std::thread::sleep;

    use super::*;

    type Taken = Vec<(u32, Vec<u32>)>;

    /// Runs pieces whose result is their number, some of them slowly.
    fn taken(range: Range<u32>, arms: usize, threads: usize) -> Taken {
        let mut taken = Taken::new();
        let costs = Costs::new((0..arms).map(|arm| arm as f64));
        let work = |piece: Piece, _: &AtomicBool| {
            let number = piece.replication * 10 + piece.arm as u32;
            sleep(Duration::from_micros(u64::from(number * 7 % 5) * 300));
            Some(number)
        };
        pieces(range, costs, threads, &AtomicBool::new(false), work, |turn| {
            if let Turn::Replication(index, made) = turn {
                taken.push((index, made));
            }
            Ok::<(), Infallible>(())
        })
        .unwrap();
        taken
    }

    #[test]
    fn replications_come_in_order_with_their_arms_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            for (range, arms) in [(0..20, 4), (3..17, 1), (0..1, 9), (4..4, 3)] {
                let expected = range
                    .clone()
                    .map(|index| (index, (0..arms as u32).map(|arm| index * 10 + arm).collect()));
                assert_eq!(taken(range, arms, threads), expected.collect::<Taken>());
            }
        }
    }

    #[test]
    fn a_caller_is_called_while_nothing_is_complete_and_its_stop_ends_the_work() {
        let stop = AtomicBool::new(false);
        let mut turns = 0;
        // Work that ends only once it is told to.
        let work = |_: Piece, halt: &AtomicBool| -> Option<()> {
            while !halt.load(Ordering::Relaxed) {
                sleep(Duration::from_millis(1));
            }
            None
        };
        pieces(0..5, Costs::new([1.0; 3]), 2, &stop, work, |turn| {
            assert!(matches!(turn, Turn::Wait));
            turns += 1;
            stop.store(turns == 3, Ordering::Relaxed);
            Ok::<(), Infallible>(())
        })
        .unwrap();
        assert!(turns >= 3);
    }

    #[test]
    fn a_replication_that_stops_half_way_is_not_taken() {
        let stop = AtomicBool::new(false);
        let mut indices = Vec::new();
        let work = |piece: Piece, _: &AtomicBool| {
            (piece != Piece { replication: 4, arm: 1 }).then_some(piece)
        };
        pieces(0..9, Costs::new([1.0; 3]), 3, &stop, work, |turn| {
            if let Turn::Replication(index, arms) = turn {
                assert_eq!(arms.len(), 3);
                indices.push(index);
            }
            Ok::<(), Infallible>(())
        })
        .unwrap();
        assert_eq!(indices, [0, 1, 2, 3]);
    }

    #[test]
    fn a_row_that_cannot_be_taken_ends_the_work_under_way() {
        let (started, stop) = (AtomicU32::new(0), AtomicBool::new(false));
        let work = |piece: Piece, halt: &AtomicBool| {
            started.fetch_add(1, Ordering::Relaxed);
            while piece.replication > 0 && !halt.load(Ordering::Relaxed) {
                sleep(Duration::from_millis(1));
            }
            Some(())
        };
        let ended = pieces(0..100, Costs::new([1.0]), 2, &stop, work, |turn| match turn {
            Turn::Replication(..) => Err("the disk is full"),
            Turn::Wait => Ok(()),
        });
        assert!(matches!(ended, Err(Error::Take("the disk is full"))));
        assert!(started.load(Ordering::Relaxed) <= 5);
    }

    #[test]
    fn a_panic_of_the_caller_ends_the_work_under_way() {
        let (halted, stop) = (AtomicU32::new(0), AtomicBool::new(false));
        let work = |_: Piece, halt: &AtomicBool| -> Option<()> {
            let begun = Instant::now();
            while !halt.load(Ordering::Relaxed) {
                if begun.elapsed() > Duration::from_secs(60) {
                    return None;
                }
                sleep(Duration::from_millis(1));
            }
            halted.fetch_add(1, Ordering::Relaxed);
            None
        };
        let call = || {
            pieces(0..1, Costs::new([1.0]), 1, &stop, work, |_| -> Result<(), Infallible> {
                panic!("the caller")
            })
        };
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        assert_eq!(halted.load(Ordering::Relaxed), 1);
    }

    #[test]
    #[should_panic(expected = "arm 1")]
    fn a_panic_in_the_work_reaches_the_caller() {
        let work = |piece: Piece, _: &AtomicBool| -> Option<()> { panic!("arm {}", piece.arm) };
        let stop = AtomicBool::new(false);
        let skip = |piece: Piece, halt: &AtomicBool| {
            if piece.arm == 0 { Some(()) } else { work(piece, halt) }
        };
        let _ = pieces(0..3, Costs::new([1.0; 2]), 2, &stop, skip, |_| Ok::<(), Infallible>(()));
    }
}
