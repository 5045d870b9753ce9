//! Memory: how much an experiment will need, estimated before it starts, and how much is free.
//!
//! Better to refuse at once than to be killed after an hour by a system that has run out. The need is
//! estimated from the plan ([`heard_world::footprint`]); what is free comes from the system. If the
//! system does not say, nothing is refused.

use std::fs;

use super::{Experiment, schedule};
use heard_world::column::{Column, length};
use heard_world::footprint;

/// The program itself, its tables, and its charts.
const PROGRAM: f64 = 25e6;
/// Bytes of a number that is kept.
const KEPT: f64 = 8.0;
/// Bytes of a column that is kept as moments, and of its lines in the tables.
const COLUMN: f64 = 500.0;
/// The share of free memory that a run may use; the rest is for the rest of the machine.
const SHARE: f64 = 0.95;

/// What an experiment needs, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// At any number of threads.
    pub common: f64,
    /// For each thread: one replication of one arm.
    pub each: f64,
    /// For each replication that is under way: its row.
    pub row: f64,
}

impl Need {
    /// What this experiment will need.
    #[must_use]
    pub fn of(experiment: &Experiment) -> Self {
        let kept = |column: &&Column| matches!(column, Column::Total(_) | Column::Check(_));
        let blocks = (experiment.plans.len() * experiment.subjects().len()) as f64;
        let windows = experiment.windows.len();
        let columns = length(&experiment.columns, windows) as f64;
        let values: Vec<Column> = experiment.columns.iter().filter(kept).cloned().collect();
        let values = length(&values, windows) as f64;
        let replications = f64::from(experiment.study.base.run.replications);
        let shared =
            experiment.plans.first().map_or(0.0, |plan| footprint::shared_ties(&plan.setting));
        Self {
            common: PROGRAM
                + shared
                + blocks * columns * COLUMN
                + blocks * values * replications * KEPT,
            each: experiment.plans.iter().map(footprint::bytes).fold(0.0, f64::max),
            row: experiment.row_length() as f64 * KEPT,
        }
    }

    /// Bytes at this many threads.
    #[must_use]
    pub fn at(&self, threads: usize) -> f64 {
        let rows = schedule::most_open(u32::try_from(threads).unwrap_or(u32::MAX));
        self.common + self.each * threads as f64 + self.row * f64::from(rows)
    }

    /// The most threads, up to `wanted`, whose need fits into `free` bytes; `None` where not even one
    /// does. All of them if it is unknown what is free.
    #[must_use]
    pub fn threads(&self, wanted: usize, free: Option<f64>) -> Option<usize> {
        let Some(free) = free else { return Some(wanted) };
        (1..=wanted).rev().find(|&threads| self.at(threads) <= free * SHARE)
    }
}

/// Bytes that this process may still use: what the machine has free, its control groups leave, and
/// its own limit allows. `None` if the system does not say.
#[must_use]
pub fn free() -> Option<f64> {
    let text = |path: &str| fs::read_to_string(path).ok();
    let machine = text("/proc/meminfo").and_then(|text| of_machine(&text));
    let own = text("/proc/self/limits").and_then(|text| of_limits(&text));
    let groups = text("/proc/self/cgroup").unwrap_or_default();
    let groups = of_groups(&groups, |path| text(path));
    [machine, own, groups].into_iter().flatten().reduce(f64::min)
}

/// `MemAvailable` of `/proc/meminfo`.
fn of_machine(text: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0)
}

/// The soft limit on the address space, of `/proc/self/limits`.
fn of_limits(text: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// What the tightest of the control groups that the process is in leaves of its limit: version 2, or
/// the memory controller of version 1.
fn of_groups(own: &str, read: impl Fn(&str) -> Option<String>) -> Option<f64> {
    let number = |path: String| read(&path)?.trim().parse::<f64>().ok();
    let left = |folder: String, most: &str, now: &str| {
        let most = number(format!("{folder}/{most}"))?;
        let now = number(format!("{folder}/{now}")).unwrap_or(0.0);
        let stat = read(&format!("{folder}/memory.stat")).unwrap_or_default();
        Some((most - now + cached(&stat)).clamp(0.0, most))
    };
    let mut tightest: Option<f64> = None;
    for line in own.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (root, most, now) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max", "memory.current"),
            "memory" => ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes"),
            _ => continue,
        };
        // Within a container the path may be that of outside: the groups above it count as well.
        let mut path = path.trim_end_matches('/');
        loop {
            let here = left(format!("{root}{path}"), most, now);
            tightest = here.into_iter().chain(tightest).reduce(f64::min);
            let Some((above, _)) = path.rsplit_once('/') else { break };
            path = above;
        }
    }
    tightest
}

/// What a control group holds of files, and gives back when it is asked to.
fn cached(stat: &str) -> f64 {
    let fields = stat.lines().filter_map(|line| line.split_once(' '));
    let files = fields.filter(|(name, _)| ["inactive_file", "active_file"].contains(name));
    files.filter_map(|(_, bytes)| bytes.trim().parse::<f64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEED: Need = Need { common: 1e9, each: 2e9, row: 0.0 };

    #[test]
    fn as_many_threads_as_fit_and_none_where_not_one_does() {
        assert_eq!(NEED.threads(8, None), Some(8));
        assert_eq!(NEED.threads(8, Some(100e9)), Some(8));
        assert_eq!(NEED.threads(8, Some(10e9)), Some(4));
        assert_eq!(NEED.threads(8, Some(3.2e9)), Some(1));
        assert_eq!(NEED.threads(8, Some(3e9)), None);
        assert_eq!(NEED.threads(8, Some(0.0)), None);
    }

    #[test]
    fn there_is_memory_for_the_row_of_every_replication_under_way() {
        let need = Need { row: 1e6, ..NEED };
        for threads in [1, 2, 8] {
            let rows = f64::from(schedule::most_open(threads));
            assert_eq!(need.at(threads as usize), NEED.at(threads as usize) + 1e6 * rows);
        }
    }

    #[test]
    fn what_the_machine_and_the_process_have_is_read_off_linux() {
        let text = "MemTotal:       24732068 kB\nMemAvailable:   23640000 kB\n";
        assert_eq!(of_machine(text), Some(23_640_000.0 * 1024.0));
        assert_eq!(of_machine("MemTotal: 5 kB\n"), None);
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max address space         4096000              unlimited            bytes\n";
        assert_eq!(of_limits(limits), Some(4_096_000.0));
        assert_eq!(of_limits(&limits.replace("4096000  ", "unlimited")), None);
    }

    #[test]
    fn the_tightest_control_group_counts() {
        let files = |path: &str| {
            let text = match path {
                "/sys/fs/cgroup/a/b/memory.max" => "max\n",
                "/sys/fs/cgroup/a/memory.max" => "8000\n",
                "/sys/fs/cgroup/a/memory.current" => "5000\n",
                "/sys/fs/cgroup/a/memory.stat" => "anon 1\ninactive_file 1500\nactive_file 500\n",
                "/sys/fs/cgroup/memory/c/memory.limit_in_bytes" => "6000\n",
                _ => return None,
            };
            Some(text.to_owned())
        };
        assert_eq!(of_groups("0::/a/b\n", files), Some(5000.0));
        assert_eq!(of_groups("4:cpu:/x\n3:memory:/c\n", files), Some(6000.0));
        assert_eq!(of_groups("0::/elsewhere\n", files), None);
        assert_eq!(of_groups("", files), None);
    }
}
