//! What must be quick, in tests: by processor time, so that a busy machine makes no difference.

use std::fs;

/// Far more than anything quick takes, in hundredths of a second.
const MOST_TICKS: u64 = 6_000;

/// Does some work, which may take a minute of the processor at most.
pub fn quick<T>(work: impl FnOnce() -> T) -> T {
    let begun = ticks();
    let done = work();
    if let (Some(begun), Some(ended)) = (begun, ticks()) {
        assert!(ended - begun < MOST_TICKS, "it took {} s of the processor", (ended - begun) / 100);
    }
    done
}

/// Processor time of this thread; `None` where the system does not tell.
fn ticks() -> Option<u64> {
    let stat = fs::read_to_string("/proc/thread-self/stat").ok()?;
    // Behind the name, which may hold anything: user and system time.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}
