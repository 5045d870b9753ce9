//! Two observers: one keeps the fate of every case, the other records a single case.

use std::collections::BTreeMap;

use super::DETRACTORS;
use super::fate::Fate;
use super::names::Names;
use heard_world::observer::{Happening, Observer};

/// Keeps the fate of every case.
#[derive(Debug)]
pub struct Survey<'a> {
    names: &'a Names,
    fates: BTreeMap<u32, Fate>,
    departures: BTreeMap<u32, u32>,
}

impl<'a> Survey<'a> {
    /// Before anything has happened.
    pub fn new(names: &'a Names) -> Self {
        Self { names, fates: BTreeMap::new(), departures: BTreeMap::new() }
    }

    /// The fate of every case.
    pub fn fates(self) -> BTreeMap<u32, Fate> {
        self.fates
    }
}

impl Observer for Survey<'_> {
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        let fate = self.fates.entry(candidate).or_default();
        fate.add(hours, &what, self.names);
        // Detractors, auditors and mistakes are not customers.
        if candidate >= DETRACTORS {
            return;
        }
        match (what, fate.occasion) {
            (Happening::Occasion { customer, .. }, _) => {
                fate.earlier_departures =
                    self.departures.get(&customer).copied().unwrap_or_default();
            }
            (Happening::Quit, Some(occasion)) => {
                *self.departures.entry(occasion.customer).or_default() += 1;
            }
            _ => {}
        }
    }
}

/// Records everything that happens to one case.
#[derive(Debug)]
pub struct Diary {
    case: u32,
    /// What happened, and when, in order.
    pub lines: Vec<(f64, Happening)>,
}

impl Diary {
    /// The diary of this case.
    pub fn new(case: u32) -> Self {
        Self { case, lines: Vec::new() }
    }
}

impl Observer for Diary {
    #[inline]
    fn happened(&mut self, hours: f64, candidate: u32, what: Happening) {
        if candidate == self.case {
            self.lines.push((hours, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;
    use heard_scenario::triage::Kind;

    fn occasion(customer: u32) -> Happening {
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer }
    }

    #[test]
    fn a_survey_knows_who_had_left_before() {
        let names = example(&["company"]);
        let mut survey = Survey::new(&names);
        survey.happened(1.0, 10, occasion(7));
        survey.happened(2.0, 10, Happening::Quit);
        survey.happened(3.0, 11, occasion(7));
        survey.happened(3.0, 12, occasion(8));
        let fates = survey.fates();
        let departures: Vec<u32> = fates.values().map(|fate| fate.earlier_departures).collect();
        assert_eq!(departures, [0, 1, 0]);
        assert!(fates[&10].quit && !fates[&11].quit);
    }

    #[test]
    fn a_diary_keeps_to_its_case() {
        let mut diary = Diary::new(3);
        diary.happened(1.0, 2, Happening::Seen);
        diary.happened(2.0, 3, Happening::Seen);
        assert_eq!(diary.lines, [(2.0, Happening::Seen)]);
    }
}
