//! How do you know? The simulator held against what is known exactly.
//!
//! A [`Check`] plays a small world, or tries out a piece of statistics, whose outcome theory gives,
//! and hands back rows: what the value is exactly, and what was found. All rows together are one
//! [`table`], judged at a family-wise level, so that a sound program is called wrong once in a
//! hundred tables and not once in a hundred rows.
//!
//! One file for each check or kin of checks; the worlds are the scenarios beside them.

pub mod bench;
pub mod json;
pub mod page;
pub mod row;
pub mod table;

mod accounts;
mod cascades;
mod choices;
mod comparisons;
mod coverage;
mod draws;
mod incidence;
mod learning;
mod listening;
mod market;
mod normals;
mod queues;
mod sentiment;
mod shifts;
mod world;

use bench::{Bench, Halt};
use row::Row;

/// Something known exactly, and how the simulator is held against it.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is about, in one line.
    pub what: &'static str,
    /// Who says what is exact.
    pub source: &'static str,
    rows: fn(&Bench<'_>) -> Result<Vec<Row>, Halt>,
}

impl Check {
    /// What comes out.
    ///
    /// # Errors
    /// Where it was stopped, or a change planted in its world is refused.
    pub fn rows(&self, bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
        (self.rows)(bench)
    }
}

/// All checks, in the order of the table.
pub const CHECKS: [Check; 26] = [
    Check {
        name: "erlang-c",
        what: "M/M/14 at 71%: waiting, nobody hangs up",
        source: "Erlang (1917)",
        rows: queues::erlang_c,
    },
    Check {
        name: "erlang-c-96",
        what: "M/M/50 at 96%: near saturation",
        source: "Erlang (1917)",
        rows: queues::erlang_c_near_saturation,
    },
    Check {
        name: "erlang-a",
        what: "M/M/50+M: callers hang up",
        source: "Palm (1957); Garnett, Mandelbaum, Reiman (2002)",
        rows: queues::erlang_a,
    },
    Check {
        name: "full-house",
        what: "M/M/4/7: a busy tone when seven are on the line",
        source: "Gross and others (2008), 3.5",
        rows: queues::full_house,
    },
    Check {
        name: "lognormal",
        what: "M/G/1: one agent, lognormal handle times",
        source: "Pollaczek (1930); Khinchine (1932)",
        rows: queues::lognormal,
    },
    Check {
        name: "even-arrivals",
        what: "D/M/1: an appointment every five minutes",
        source: "Kendall (1953)",
        rows: queues::even_arrivals,
    },
    Check {
        name: "priorities",
        what: "M/M/1 with two ranks, not interrupted",
        source: "Cobham (1954)",
        rows: queues::priorities,
    },
    Check {
        name: "priorities-5",
        what: "M/M/5 with two ranks on two lines",
        source: "Cobham (1954)",
        rows: queues::priorities_of_many,
    },
    Check {
        name: "conversations",
        what: "4 people x 3 conversations at once = M/M/12",
        source: "Erlang (1917)",
        rows: queues::conversations,
    },
    Check {
        name: "shifts",
        what: "M(t)/M/c(t)+M: calls and staff change by the hour",
        source: "Kolmogorov's equations, solved numerically",
        rows: shifts::rows,
    },
    Check {
        name: "accounts",
        what: "no case lost, none counted twice; Little's law",
        source: "Little (1961)",
        rows: accounts::rows,
    },
    Check {
        name: "sweeps",
        what: "listening: found at the next search, after 0 to 4 hours, all alike",
        source: "uniform distribution",
        rows: listening::rows,
    },
    Check {
        name: "voice",
        what: "who speaks up, and where",
        source: "logit, integrated over severities",
        rows: choices::rows,
    },
    Check {
        name: "learning",
        what: "what customers believe at their n-th call, nothing forgotten",
        source: "geometric approach to the true rate",
        rows: learning::rows,
    },
    Check {
        name: "shares",
        what: "trees of shares when each leads to 0.6 others",
        source: "Borel (1942); Otter (1949)",
        rows: cascades::trees,
    },
    Check {
        name: "dying-out",
        what: "chance that a tree dies out when each share leads to 1.5 others",
        source: "Galton and Watson (1875)",
        rows: cascades::dying_out,
    },
    Check {
        name: "sentiment",
        what: "public sentiment after one mistake, day by day",
        source: "exponential decay",
        rows: sentiment::rows,
    },
    Check {
        name: "market",
        what: "who leaves, and to which rival, at known attitudes",
        source: "logit",
        rows: market::rows,
    },
    Check {
        name: "incidence",
        what: "first answers where giving up competes and the end cuts off",
        source: "Aalen and Johansen (1978)",
        rows: incidence::rows,
    },
    Check {
        name: "draws",
        what: "uniforms: mean, spread, no relation between keys",
        source: "uniform distribution",
        rows: draws::rows,
    },
    Check {
        name: "student",
        what: "Student's 95% interval of 5 normal values covers",
        source: "Student (1908)",
        rows: coverage::student,
    },
    Check {
        name: "bootstrap",
        what: "the bootstrap's 95% interval of the mean of 50 normal values covers",
        source: "Efron (1979); Student's distribution",
        rows: coverage::bootstrap,
    },
    Check {
        name: "stopping",
        what: "replications until the half-width is as wished: the mean is within it",
        source: "Stein (1945)",
        rows: coverage::stopping,
    },
    Check {
        name: "coverage",
        what: "95% intervals of a mean wait (M/M/1 at 80%) cover",
        source: "Erlang (1917)",
        rows: coverage::mean_wait,
    },
    Check {
        name: "holm",
        what: "20 true hypotheses: any rejected, at 5%",
        source: "Holm (1979)",
        rows: comparisons::holm,
    },
    Check {
        name: "alike",
        what: "arms alike on different customers: called different, at 5%",
        source: "Student (1908)",
        rows: comparisons::alike,
    },
];
