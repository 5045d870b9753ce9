//! An occasion to speak up.

use heard_scenario::triage::Kind;

/// One occasion that occurred.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// Its number among the candidates.
    pub candidate: u32,
    /// Whose it is.
    pub place: usize,
    /// Which company it is with.
    pub company: usize,
    /// What it leads to.
    pub kind: Kind,
    /// How bad, how pressing, or how pleasing: 0 to 1.
    pub severity: f64,
    /// Root cause of a failure.
    pub cause: usize,
    /// Not the customer's first failure.
    pub not_first_failure: bool,
    /// An auditor's probe.
    pub probe: bool,
    /// Followers of the author.
    pub followers: f64,
}
