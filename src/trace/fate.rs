//! What became of a case under one arm: all that choosing a case takes, and no more.

use super::names::Names;
use heard_scenario::triage::Kind;
use heard_text::time::between;
use heard_world::observer::Happening;

/// What became of one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fate {
    /// When it came about, in hours.
    pub began: f64,
    /// What it was.
    pub occasion: Option<Occasion>,
    /// How often the customer at this place had left before: where it differs between arms, it may
    /// be somebody else.
    pub earlier_departures: u32,
    /// The customer kept it to themselves.
    pub silent: bool,
    /// The channel on which the customer spoke up, and whether that named the company.
    pub voiced: Option<(usize, bool)>,
    /// It was said where anybody can read it, at the beginning or later.
    pub public: bool,
    /// A person of the company has read it.
    pub seen: bool,
    /// Anything came back.
    pub answered: bool,
    /// An on-topic answer by a person came back.
    pub heard: bool,
    /// When the problem was gone.
    pub resolved: Option<f64>,
    /// The end it came to first, if it was not solved by then, and when.
    pub ending: Option<(Ending, f64)>,
    /// The customer left the company over it.
    pub quit: bool,
    /// How much happened.
    pub steps: u32,
}

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasion {
    /// Its kind.
    pub kind: Kind,
    /// How bad, how pressing or how pleasing.
    pub severity: f64,
    /// Index of the company.
    pub company: usize,
    /// Place of the customer.
    pub customer: u32,
}

/// An end without a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Answered, not solved, and the customer let it rest.
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

    /// How it ended, in a few words: `solved after 2 h 10 min`.
    #[must_use]
    pub fn outcome(&self) -> String {
        let after = |hours: f64| match hours - self.began {
            0.0 => "at once".to_owned(),
            _ => format!("after {}", between(self.began, hours)),
        };
        let mut text = match (self.resolved, self.ending) {
            (Some(at), None) => format!("solved {}", after(at)),
            (Some(at), Some((_, first))) if at <= first => format!("solved {}", after(at)),
            (Some(at), Some(_)) => format!("solved {}, too late", after(at)),
            (None, Some((Ending::GaveUp, at))) => format!("gave up {}", after(at)),
            (None, None | Some((Ending::Settled, _))) if self.silent => "kept silent".to_owned(),
            (None, None | Some((Ending::Settled, _))) if !self.asks() => "said".to_owned(),
            (None, Some((Ending::Settled, at))) => format!("let it rest {}, unsolved", after(at)),
            (None, Some((Ending::Left, at))) => format!("left the company {}", after(at)),
            (None, None) => "still open at the end".to_owned(),
        };
        text += match (self.heard, self.answered) {
            _ if self.silent => "",
            (true, _) if self.asks() => "",
            (true, _) => ", and heard",
            (false, true) => ", answered but not heard",
            (false, false) => ", unanswered",
        };
        if self.quit {
            text += "; then left the company";
        }
        text
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use heard_scenario::answer::Action;

    /// The fate that a diary makes.
    pub fn fate(diary: &[(f64, Happening)]) -> Fate {
        let names = Names::example(&["company"]);
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
        assert_eq!(fate.outcome(), "solved after 2 h; then left the company");
    }

    #[test]
    fn going_public_later_counts_as_public() {
        let story = [(1.0, OCCASION), (1.0, VOICED), (5.0, Happening::WentPublic { channel: 0 })];
        assert!(fate(&story).public);
    }

    #[test]
    fn outcomes_say_how_it_ended_and_whether_anybody_answered() {
        let after = |more: &[(f64, Happening)]| {
            fate(&[&[(0.0, OCCASION), (0.0, VOICED)], more].concat()).outcome()
        };
        assert_eq!(after(&[(72.0, Happening::GaveUp)]), "gave up after 3 d, unanswered");
        assert_eq!(after(&[(0.0, Happening::GaveUp)]), "gave up at once, unanswered");
        assert_eq!(
            after(&[(2.0, answered(false)), (2.0, Happening::Settled)]),
            "let it rest after 2 h, unsolved, answered but not heard"
        );
        assert_eq!(after(&[(1.0, Happening::Left)]), "left the company after 1 h, unanswered");
        assert_eq!(after(&[]), "still open at the end, unanswered");
        let late = [(1.0, Happening::GaveUp), (9.0, answered(true)), (9.0, Happening::Resolved)];
        assert_eq!(after(&late), "solved after 9 h, too late");
        assert_eq!(fate(&[(0.0, OCCASION), (0.0, Happening::Silent)]).outcome(), "kept silent");
        let Happening::Occasion { severity, company, customer, .. } = OCCASION else { panic!() };
        let praise = Happening::Occasion { kind: Kind::Praise, severity, company, customer };
        let thanked =
            [(0.0, praise), (0.0, VOICED), (1.0, answered(true)), (1.0, Happening::Settled)];
        assert_eq!(fate(&thanked).outcome(), "said, and heard");
    }
}
