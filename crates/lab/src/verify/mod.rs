//! How do you know? The simulator against exact results.
//!
//! A [`Check`] simulates a small world, or tries out a piece of statistics, whose result is known
//! exactly, and returns rows: the exact value and the simulated one. A [`run::Request`] runs checks
//! into one [`table`], judged at a family-wise level: a correct program is called wrong in one table
//! of a hundred, not in one row of a hundred.
//!
//! One file per family of checks; their worlds are the scenarios in `scenarios/`.

pub mod bench;
pub mod row;
pub mod run;
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
mod order;
mod queues;
mod sentiment;
mod shifts;
mod world;

use bench::{Bench, Halt};
use row::Row;

/// Something known exactly, and how the simulator is compared with it.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is about, in one line.
    pub what: &'static str,
    /// Where the exact result comes from.
    pub source: &'static str,
    rows: fn(&Bench<'_>) -> Result<Vec<Row>, Halt>,
}

impl Check {
    /// Its rows, not yet judged.
    ///
    /// # Errors
    /// If it was stopped, or its world is invalid with the faults planted in it.
    pub fn rows(&self, bench: &Bench<'_>) -> Result<Vec<Row>, Halt> {
        (self.rows)(bench)
    }
}

/// All checks, in the order of the table.
pub const CHECKS: [Check; 27] = [
    Check {
        name: "erlang-c",
        what: "M/M/14 at 71%: waiting, nobody hangs up",
        source: "Erlang, 1917",
        rows: queues::erlang_c,
    },
    Check {
        name: "erlang-c-96",
        what: "M/M/50 at 96%: near saturation",
        source: "Erlang, 1917",
        rows: queues::erlang_c_near_saturation,
    },
    Check {
        name: "erlang-a",
        what: "M/M/50+M: callers hang up",
        source: "Palm, 1957; Garnett, Mandelbaum and Reiman, 2002",
        rows: queues::erlang_a,
    },
    Check {
        name: "full-house",
        what: "M/M/4/7: a busy signal when all seven lines are taken",
        source: "Gross et al., 2008, section 3.5",
        rows: queues::full_house,
    },
    Check {
        name: "lognormal",
        what: "M/G/1: one agent, lognormal handle times",
        source: "Pollaczek, 1930; Khinchine, 1932",
        rows: queues::lognormal,
    },
    Check {
        name: "even-arrivals",
        what: "D/M/1: an appointment every five minutes",
        source: "Kendall, 1953",
        rows: queues::even_arrivals,
    },
    Check {
        name: "priorities",
        what: "M/M/1 with two priorities, without preemption",
        source: "Cobham, 1954",
        rows: queues::priorities,
    },
    Check {
        name: "priorities-5",
        what: "M/M/5 with two priorities on two lines",
        source: "Cobham, 1954",
        rows: queues::priorities_of_many,
    },
    Check {
        name: "conversations",
        what: "4 people x 3 conversations at once = M/M/12",
        source: "Erlang, 1917",
        rows: queues::conversations,
    },
    Check {
        name: "shifts",
        what: "M(t)/M/c(t)+M: calls and staff vary by hour",
        source: "Kolmogorov equations, solved numerically",
        rows: shifts::rows,
    },
    Check {
        name: "order",
        what: "nobody is taken while a better one waits, in random worlds",
        source: "a judge with lines of its own",
        rows: order::rows,
    },
    Check {
        name: "accounts",
        what: "no case lost or counted twice, no gap in Little's law",
        source: "Little, 1961",
        rows: accounts::rows,
    },
    Check {
        name: "sweeps",
        what: "posts found at the next search, uniformly within 4 hours",
        source: "uniform distribution",
        rows: listening::rows,
    },
    Check {
        name: "voice",
        what: "who speaks up, and where",
        source: "logit, integrated over severity",
        rows: choices::rows,
    },
    Check {
        name: "learning",
        what: "belief at the nth call when nothing is forgotten",
        source: "geometric convergence to the true rate",
        rows: learning::rows,
    },
    Check {
        name: "shares",
        what: "trees of shares when each share leads to 0.6 others",
        source: "Borel, 1942; Otter, 1949",
        rows: cascades::trees,
    },
    Check {
        name: "dying-out",
        what: "trees of shares that die out when each leads to 1.5 others",
        source: "Galton and Watson, 1875",
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
        what: "who leaves, and for which rival, at known attitudes",
        source: "logit",
        rows: market::rows,
    },
    Check {
        name: "incidence",
        what: "first answers, with giving up competing and censoring",
        source: "Aalen and Johansen, 1978",
        rows: incidence::rows,
    },
    Check {
        name: "draws",
        what: "uniform draws: mean, variance, no correlation between keys",
        source: "uniform distribution",
        rows: draws::rows,
    },
    Check {
        name: "student",
        what: "coverage of Student's 95% interval, 5 normal values",
        source: "Student, 1908",
        rows: coverage::student,
    },
    Check {
        name: "bootstrap",
        what: "coverage of the bootstrap's 95% interval, 50 normal values",
        source: "Efron, 1979; Student, 1908",
        rows: coverage::bootstrap,
    },
    Check {
        name: "forecasts",
        what: "coverage of a forecast's interval",
        source: "chi-squared distribution of a variance",
        rows: coverage::forecasts,
    },
    Check {
        name: "coverage",
        what: "coverage of 95% intervals for the mean wait, M/M/1 at 80%",
        source: "Erlang, 1917",
        rows: coverage::mean_wait,
    },
    Check {
        name: "holm",
        what: "20 true hypotheses tested at 5%",
        source: "Holm, 1979",
        rows: comparisons::holm,
    },
    Check {
        name: "alike",
        what: "identical arms on different customers, compared at 5%",
        source: "Student, 1908",
        rows: comparisons::alike,
    },
];
