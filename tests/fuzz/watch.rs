//! Time and memory, watched from outside: what hangs or swells cannot tell of itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// An input whose thread takes the processor longer hangs, whatever else the machine does.
const LONGEST: Duration = Duration::from_secs(60);

/// One that takes longer by the clock hangs too: it waits, or the processor's time is not told. Far
/// longer than the busiest machine takes for a good one.
const LONGEST_WAIT: Duration = Duration::from_secs(1800);

/// The process may never hold more.
pub const MOST_MEBIBYTES: u64 = 1024;

const LOOK: Duration = Duration::from_millis(50);

/// A thread that looks at the clock, and ends the process when an input takes too long or too much.
pub struct Watch {
    begun: Instant,
    /// Milliseconds after `begun` at which the input at hand was thrown, plus 1; 0 between two.
    since: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to watch a target, which reads on this thread and whose input lies in `file`; what is
    /// wrong with it is kept in `folder`.
    pub fn begin(name: &'static str, file: &Path, folder: &Path) -> Self {
        let (begun, since) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let over = Arc::new(AtomicBool::new(false));
        let (theirs, ended) = (Arc::clone(&since), Arc::clone(&over));
        let (file, folder) = (file.to_owned(), folder.to_owned());
        let watched = fs::read_link("/proc/thread-self").ok();
        let thread = thread::spawn(move || {
            let worked = || worked(watched.as_deref()?);
            let mut at_start = (None, worked());
            while !ended.load(Ordering::Relaxed) {
                thread::sleep(LOOK);
                let since = theirs.load(Ordering::Relaxed);
                let Some(since) = since.checked_sub(1) else { continue };
                let took = begun.elapsed().saturating_sub(Duration::from_millis(since));
                if at_start.0 != Some(since) {
                    at_start = (Some(since), worked());
                }
                let work = worked().zip(at_start.1).map(|(now, then)| now.saturating_sub(then));
                if work.is_some_and(|work| work > LONGEST) || took > LONGEST_WAIT {
                    give_up(name, "hang", &file, &folder);
                }
                if resident_mebibytes().is_some_and(|held| held > MOST_MEBIBYTES) {
                    give_up(name, "memory", &file, &folder);
                }
            }
        });
        Self { begun, since, over, thread: Some(thread) }
    }

    /// An input is thrown.
    pub fn starts(&self) {
        let since = self.begun.elapsed().as_millis() as u64 + 1;
        self.since.store(since, Ordering::Relaxed);
    }

    /// It is done with.
    pub fn ends(&self) {
        self.since.store(0, Ordering::Relaxed);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Tells what went wrong and ends the process: nothing else ends a loop.
fn give_up(name: &str, why: &str, file: &Path, folder: &Path) {
    let mut kept: PathBuf = folder.join("findings").join(format!("{name}-{why}"));
    kept.set_extension(file.extension().unwrap_or_default());
    let copied = fs::copy(file, &kept);
    // Straight to standard error: what a test prints is lost when the process ends.
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("{name}: {why}; the input is {} ({copied:?} bytes)\n", kept.display()),
    );
    std::process::exit(101);
}

/// The most memory that the process has held so far; `None` where the system does not tell.
pub fn peak_mebibytes() -> Option<u64> {
    status("VmHWM:")
}

fn resident_mebibytes() -> Option<u64> {
    status("VmRSS:")
}

/// Processor time that a thread has taken; `None` where the system does not tell.
fn worked(thread: &Path) -> Option<Duration> {
    let stat = fs::read_to_string(Path::new("/proc").join(thread).join("stat")).ok()?;
    // Behind the name, which may hold anything: user and system time, in hundredths of a second.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}

fn status(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? / 1024)
}
