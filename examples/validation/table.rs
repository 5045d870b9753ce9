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

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Set { "set" } else { "check" })
    }
}

/// What kind of thing a target is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A published number: the model meets its size, or not.
    Number,
    /// A direction: above or below something. Much weaker than a number.
    Sign,
    /// No effect, or hardly any.
    Null,
    /// It follows from a rule or a setting of the model, whatever else happens: it shows that the
    /// rule works, and nothing about people.
    Built,
}

impl Kind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Number, Self::Sign, Self::Null, Self::Built];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "number",
            Self::Sign => "sign",
            Self::Null => "null",
            Self::Built => "by construction",
        })
    }
}

/// What became of a target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// In the published range or a tenth around it; for a sign: the interval leaves out 0, and the
    /// effect is at least a quarter of a published size.
    Met,
    /// The sign, with an effect below a quarter of the published size.
    SignOnly,
    /// Between half and twice what was published.
    Within,
    /// Further away, or another sign, or none that can be told.
    Missed,
}

impl Verdict {
    /// Every verdict, best first.
    pub const ALL: [Self; 4] = [Self::Met, Self::SignOnly, Self::Within, Self::Missed];
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::SignOnly => "met in sign only",
            Self::Within => "within a factor of two",
            Self::Missed => "**missed**",
        })
    }
}

/// A kind and a verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// What the target is.
    pub kind: Kind,
    /// What became of it.
    pub verdict: Verdict,
}

impl Judged {
    /// The same, of what follows from a rule of the model.
    pub fn by_construction(self) -> Self {
        Self { kind: Kind::Built, ..self }
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
    /// What it is, and what became of it.
    pub judged: Judged,
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

/// Judges a number against a published range.
pub fn level(found: &Interval, low: f64, high: f64) -> Judged {
    let mean = found.mean;
    let verdict = if low * 0.9 <= mean && mean <= high * 1.1 {
        Verdict::Met
    } else if low / 2.0 <= mean && mean <= high * 2.0 {
        Verdict::Within
    } else {
        Verdict::Missed
    };
    Judged { kind: Kind::Number, verdict }
}

/// Judges several numbers by the worst of them.
pub fn levels(each: impl Iterator<Item = Judged>) -> Judged {
    let worst = each.map(|judged| judged.verdict).max().unwrap_or(Verdict::Missed);
    Judged { kind: Kind::Number, verdict: worst }
}

/// Judges a difference that ought to be above 0, whose size was not published.
pub fn above_zero(found: &Interval) -> Judged {
    sign(found.low.is_some_and(|low| low > 0.0))
}

/// Judges a difference that ought to be below 0, whose size was not published.
pub fn below_zero(found: &Interval) -> Judged {
    sign(found.high.is_some_and(|high| high < 0.0))
}

/// Judges a difference that ought to have the sign of the one `published`; met in sign only where it is
/// smaller than a quarter of that.
pub fn like(found: &Interval, published: f64) -> Judged {
    let judged = if published > 0.0 { above_zero(found) } else { below_zero(found) };
    let too_small = found.mean.abs() < 0.25 * published.abs();
    match judged.verdict {
        Verdict::Met if too_small => Judged { verdict: Verdict::SignOnly, ..judged },
        _ => judged,
    }
}

/// Judges a direction by whether it is there.
pub fn sign(it_is: bool) -> Judged {
    Judged { kind: Kind::Sign, verdict: met(it_is) }
}

/// Judges an effect that ought not to be there.
pub fn null(it_is: bool) -> Judged {
    Judged { kind: Kind::Null, verdict: met(it_is) }
}

/// Judges a number by whether it is what it should be.
pub fn number(it_is: bool) -> Judged {
    Judged { kind: Kind::Number, verdict: met(it_is) }
}

fn met(it_is: bool) -> Verdict {
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
        "| Target | Published | Simulated, 95% interval | Used to | Kind | Verdict |\n\
         |---|---|---|---|---|---|\n",
    );
    for row in rows {
        let Row { target, published, source, simulated, used, judged, .. } = row;
        let Judged { kind, verdict } = judged;
        let _ = writeln!(
            text,
            "| {target} | {published} ({source}) | {simulated} | {used} | {kind} | {verdict} |"
        );
    }
    text
}
