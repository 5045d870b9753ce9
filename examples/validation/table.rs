//! What a row of the table says, and how it is judged and written.

use std::fmt::{self, Write};

use heard_math::stats::Interval;

/// Whether a published figure set a value or is kept to check the model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A default was set from it: meeting it proves no more than that it was set well.
    Set,
    /// Nothing was set from it.
    Check,
}

/// What became of a target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// In the published range or a tenth around it; for a sign: the interval leaves out 0.
    Met,
    /// Between half and twice what was published.
    Within,
    /// Further away, or another sign, or none that can be told.
    Missed,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::Within => "within a factor of two",
            Self::Missed => "**missed**",
        })
    }
}

/// One target.
pub struct Row {
    /// What is measured.
    pub target: &'static str,
    /// What was published.
    pub published: &'static str,
    /// By whom, and the section of evidence.md.
    pub source: &'static str,
    /// What came out.
    pub simulated: String,
    /// Set or check.
    pub used: Use,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it was missed, as far as that is known; printed where it was.
    pub why: &'static str,
}

/// Targets that belong together.
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// How it was measured.
    pub setting: String,
    /// The targets.
    pub rows: Vec<Row>,
}

/// Judges a level against a published range.
pub fn level(found: &Interval, low: f64, high: f64) -> Verdict {
    let mean = found.mean;
    if low * 0.9 <= mean && mean <= high * 1.1 {
        Verdict::Met
    } else if low / 2.0 <= mean && mean <= high * 2.0 {
        Verdict::Within
    } else {
        Verdict::Missed
    }
}

/// Judges a difference that ought to be above 0.
pub fn above_zero(found: &Interval) -> Verdict {
    met(found.low.is_some_and(|low| low > 0.0))
}

/// Judges a difference that ought to be below 0.
pub fn below_zero(found: &Interval) -> Verdict {
    met(found.high.is_some_and(|high| high < 0.0))
}

/// Met or missed.
pub fn met(it_is: bool) -> Verdict {
    if it_is { Verdict::Met } else { Verdict::Missed }
}

/// A share as a percentage.
pub fn percent(found: &Interval, digits: usize) -> String {
    numbers(found, 100.0, digits, "%", false)
}

/// A difference of shares in percentage points.
pub fn points(found: &Interval, digits: usize) -> String {
    numbers(found, 100.0, digits, " points", true)
}

/// A difference.
pub fn signed(found: &Interval, digits: usize) -> String {
    numbers(found, 1.0, digits, "", true)
}

/// A number.
pub fn plain(found: &Interval, digits: usize) -> String {
    numbers(found, 1.0, digits, "", false)
}

fn numbers(found: &Interval, scale: f64, digits: usize, unit: &str, sign: bool) -> String {
    let number = |value: f64| {
        let value = value * scale;
        // No -0.
        let value = if value.abs() < 0.5 * libm::pow(0.1, digits as f64) { 0.0 } else { value };
        if sign { format!("{value:+.digits$}") } else { format!("{value:.digits$}") }
    };
    match (found.low, found.high) {
        (Some(low), Some(high)) if low < high => {
            format!("{}{unit} ({} to {})", number(found.mean), number(low), number(high))
        }
        _ => format!("{}{unit}", number(found.mean)),
    }
}

/// The rows of one use, as a table of Markdown.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| Target | Published | Simulated, 95% interval | Used to | Verdict |\n|---|---|---|---|---|\n",
    );
    for row in rows {
        let used = if row.used == Use::Set { "set" } else { "check" };
        let Row { target, published, source, simulated, verdict, .. } = row;
        let _ = writeln!(
            text,
            "| {target} | {published} ({source}) | {simulated} | {used} | {verdict} |"
        );
    }
    text
}
