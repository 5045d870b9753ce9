//! What became of a case under one arm: what choosing a case needs, and no more.

use super::names::Names;
use heard_scenario::triage::Kind;
use heard_world::observer::Happening;

/// What became of one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fate {
    /// When it began, in hours.
    pub began: f64,
    /// What it was.
    pub occasion: Option<Occasion>,
    /// How many customers with this number had left a company before: where it differs between arms,
    /// it may be a different person.
    pub earlier_departures: u32,
    /// The customer kept it to themselves.
    pub silent: bool,
    /// The channel on which the customer spoke up, and whether that named the company.
    pub voiced: Option<(usize, bool)>,
    /// It was said in public, at first or later.
    pub public: bool,
    /// A person of the company has read it.
    pub seen: bool,
    /// Anything came back.
    pub answered: bool,
    /// An on-topic answer by a person came back.
    pub heard: bool,
    /// When the problem was solved, in hours.
    pub resolved: Option<f64>,
    /// Its first ending without a solution, if it was not solved by then, and when, in hours.
    pub ending: Option<(Ending, f64)>,
    /// The customer left the company over it.
    pub quit: bool,
    /// The number of things that happened.
    pub steps: u32,
}

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasion {
    /// Its kind.
    pub kind: Kind,
    /// How bad, how pressing or how pleasing, from 0 to 1.
    pub severity: f64,
    /// Index of the company.
    pub company: usize,
    /// The customer's number.
    pub customer: u32,
}

/// An end without a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Answered but not solved, and the customer dropped it.
    Settled,
    /// The customer stopped waiting.
    GaveUp,
    /// The customer left the company first.
    Left,
}

impl Fate {
    /// `what` happened at `hours`.
    pub fn add(&mut self, hours: f64, what: &Happening, names: &Names) {
        if self.steps == 0 {
            self.began = hours;
        }
        self.steps += 1;
        let company = self.occasion.map_or(0, |occasion| occasion.company);
        match *what {
            Happening::Occasion { kind, severity, company, customer } => {
                self.occasion = Some(Occasion { kind, severity, company, customer });
            }
            Happening::Silent => self.silent = true,
            Happening::Voiced { channel, tagged, .. } => {
                self.voiced = Some((channel, tagged));
                self.public |= names.channel(company, channel).public;
            }
            Happening::WentPublic { channel } => {
                self.public |= names.channel(company, channel).public;
            }
            Happening::Seen => self.seen = true,
            Happening::Answered { heard, .. } => {
                self.answered = true;
                self.heard |= heard;
            }
            Happening::Resolved => self.resolved = self.resolved.or(Some(hours)),
            Happening::GaveUp => self.end(Ending::GaveUp, hours),
            Happening::Settled => self.end(Ending::Settled, hours),
            Happening::Left => self.end(Ending::Left, hours),
            Happening::Quit => self.quit = true,
            Happening::WroteAgain { .. }
            | Happening::Sorted { .. }
            | Happening::PickedUp { .. }
            | Happening::HungUp
            | Happening::SentTo { .. }
            | Happening::Ignored { .. }
            | Happening::Shared { .. }
            | Happening::WentTo { .. } => {}
        }
    }

    fn end(&mut self, ending: Ending, hours: f64) {
        self.ending = self.ending.or(Some((ending, hours)));
    }

    /// Whether the customer left the company, over this case or before it was over.
    #[must_use]
    pub fn left(&self) -> bool {
        self.quit || matches!(self.ending, Some((Ending::Left, _)))
    }

    /// Whether its author wants something of the company.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.occasion.is_none_or(|occasion| occasion.kind.asks())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;
    use heard_scenario::answer::Action;

    /// The fate that a diary makes.
    fn fate(diary: &[(f64, Happening)]) -> Fate {
        let names = example(&["company"]);
        let mut fate = Fate::default();
        diary.iter().for_each(|(hours, what)| fate.add(*hours, what, &names));
        fate
    }

    const OCCASION: Happening =
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 };
    const VOICED: Happening = Happening::Voiced { channel: 1, tagged: true, belief: None };

    fn answered(heard: bool) -> Happening {
        Happening::Answered { action: Action::Restore, heard, satisfaction: 0.0 }
    }

    #[test]
    fn a_fate_remembers_what_happened_and_when() {
        let fate = fate(&[
            (10.0, OCCASION),
            (10.0, VOICED),
            (11.0, Happening::Seen),
            (12.0, answered(true)),
            (12.0, Happening::Resolved),
            (12.0, Happening::Quit),
        ]);
        assert!(fate.seen && fate.answered && fate.heard && fate.left() && !fate.public);
        assert_eq!((fate.began, fate.resolved, fate.steps), (10.0, Some(12.0), 6));
    }

    #[test]
    fn going_public_later_counts_as_public() {
        let story = [(1.0, OCCASION), (1.0, VOICED), (5.0, Happening::WentPublic { channel: 0 })];
        assert!(fate(&story).public);
    }
}
