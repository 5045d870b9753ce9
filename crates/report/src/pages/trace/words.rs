//! Everything that can happen to a case, as a sentence.

use heard_lab::trace::names::Names;
use heard_scenario::answer::Action;
use heard_scenario::triage::Kind;
use heard_text::list::times;
use heard_text::number::{fixed, signed};
use heard_text::time::length;
use heard_world::observer::Happening;

/// Puts into words what happens to one case under one arm, in order. It remembers what later sentences
/// need.
#[derive(Debug)]
pub struct Teller<'a> {
    names: &'a Names,
    kind: Kind,
    company: usize,
    asked: Option<f64>,
    shares: u32,
}

impl<'a> Teller<'a> {
    /// At the beginning of a story.
    pub fn new(names: &'a Names) -> Self {
        Self { names, kind: Kind::Complaint, company: 0, asked: None, shares: 0 }
    }

    /// The sentence for what happened at `hours`.
    pub fn tell(&mut self, hours: f64, what: &Happening) -> String {
        match *what {
            Happening::Occasion { kind, company, .. } => {
                (self.kind, self.company) = (kind, company);
                self.occasion()
            }
            Happening::Silent => "Keeps it to themselves.".to_owned(),
            Happening::Voiced { channel, tagged, .. } => {
                self.asked = Some(hours);
                self.voiced(channel, tagged)
            }
            Happening::WroteAgain { channel, message } => {
                self.asked = Some(hours);
                let channel = self.names.channel(self.company, channel);
                if channel.live {
                    format!("Calls again on {} (call {message}).", channel.name)
                } else {
                    format!("Writes again on {} (message {message}).", channel.name)
                }
            }
            Happening::WentPublic { channel } => {
                self.asked = Some(hours);
                let channel = self.names.channel(self.company, channel).name;
                format!("Gets nowhere in private and takes it to {channel}, in public.")
            }
            Happening::Sorted { kind, action, rank } => self.sorted(kind, action, rank),
            Happening::Seen => "A person at the company reads it.".to_owned(),
            Happening::PickedUp { team, person } => {
                let team = self.names.team(self.company, team);
                match person {
                    Some(person) => format!("Person {} on team {team} picks it up.", person + 1),
                    None => format!("Someone on team {team} picks it up."),
                }
            }
            Happening::HungUp => self.hung_up(hours),
            Happening::Answered { action, heard, satisfaction } => {
                let heard = if heard { "Heard" } else { "Not heard" };
                format!("{} {heard}; {}.", self.answer(action), satisfied(satisfaction))
            }
            Happening::SentTo { channel } => {
                self.asked = Some(hours);
                let channel = self.names.channel(self.company, channel).name;
                format!("Goes to {channel}, in private, as told.")
            }
            Happening::Ignored { satisfaction } => {
                format!("No answer in time: {}.", satisfied(satisfaction))
            }
            Happening::Shared { views } => {
                self.shares += 1;
                let shared = times(f64::from(self.shares));
                format!("Shared {shared} by now; seen {} times in all.", fixed(views, 0))
            }
            Happening::Resolved => self.resolved(),
            Happening::GaveUp => "Gives up waiting.".to_owned(),
            Happening::Settled if self.kind.asks() => "Drops it, unsolved.".to_owned(),
            Happening::Settled => "Leaves it at that.".to_owned(),
            Happening::Left => "Leaves the company before this is over.".to_owned(),
            Happening::Quit => "Leaves the company because of it.".to_owned(),
            Happening::WentTo { company } => {
                format!("Buys from {} from now on.", self.names.company(company))
            }
        }
    }

    fn occasion(&self) -> String {
        let what = match self.kind {
            Kind::Complaint => "Something goes wrong",
            Kind::Question => "Has a question",
            Kind::Misguided => "Is wrong about the facts, and takes that for a problem",
            Kind::Rage => "Something goes wrong, and makes for a rant",
            Kind::Troll => "Is out to bash the company",
            Kind::Praise => "Is pleased",
        };
        format!("{what}{}.", self.company())
    }

    /// ` with acme`, where it could be another.
    fn company(&self) -> String {
        if !self.names.several() {
            return String::new();
        }
        format!(" with {}", self.names.company(self.company))
    }

    fn voiced(&self, channel: usize, tagged: bool) -> String {
        let channel = self.names.channel(self.company, channel);
        let verb = match self.kind {
            Kind::Complaint => "Complains",
            Kind::Question => "Asks",
            Kind::Misguided => "Complains, wrongly,",
            Kind::Rage => "Rants",
            Kind::Troll => "Attacks the company",
            Kind::Praise => "Says so",
        };
        let how = match (channel.public, tagged) {
            _ if channel.live => ", on the line",
            (true, true) => ", in public, naming the company",
            (true, false) => ", in public, not naming the company",
            (false, _) => ", in private",
        };
        format!("{verb} on {}{how}.", channel.name)
    }

    fn sorted(&self, kind: Kind, action: Action, rank: u8) -> String {
        let taken = match kind {
            Kind::Complaint => "a complaint",
            Kind::Question => "a question",
            Kind::Misguided => "a misunderstanding",
            Kind::Rage => "a rant",
            Kind::Troll => "trolling",
            Kind::Praise => "praise",
        };
        let wrong = if kind == self.kind { "" } else { ", wrongly" };
        let plan = match action {
            Action::Ignore => "ignore it",
            Action::Monitor => "read it, and leave it",
            Action::Automatic => "send an automatic reply",
            Action::Canned => "send a standard text",
            Action::Redirect => "send the customer to a private channel",
            Action::Correct => "put the facts right",
            Action::Apologise => "apologise",
            Action::Compensate => "give money",
            Action::Restore => "try to solve it",
            Action::ShareSuccess => "pass it on",
            Action::OffTopic => "answer beside the point",
            Action::Defensive => "argue",
        };
        let rank = match action {
            Action::Ignore | Action::Automatic => String::new(),
            _ => format!(" (rank {rank} of 9)"),
        };
        format!("Triage takes it for {taken}{wrong}: {plan}{rank}.")
    }

    fn hung_up(&self, hours: f64) -> String {
        match self.asked.map(|asked| hours - asked) {
            Some(0.0) => "Nobody is there: hangs up.".to_owned(),
            Some(waited) => format!("Hangs up after {} on the line.", length(waited)),
            None => "Hangs up.".to_owned(),
        }
    }

    fn answer(&self, action: Action) -> &'static str {
        match action {
            Action::Ignore | Action::Monitor => "Something comes back.",
            Action::Automatic => "An automatic reply comes back.",
            Action::Canned => "A standard reply comes back.",
            Action::Redirect => "A person asks the customer to write in private.",
            Action::Correct => "A person answers with the facts.",
            Action::Apologise => "A person apologises.",
            Action::Compensate => "A person offers money.",
            Action::Restore => "A person answers, to solve it.",
            Action::ShareSuccess => "A person says thanks and passes it on.",
            Action::OffTopic => "A person answers, beside the point.",
            Action::Defensive => "A person answers, and argues.",
        }
    }

    fn resolved(&self) -> String {
        match self.kind {
            Kind::Question => "The question is answered.",
            Kind::Misguided => "The misunderstanding is cleared up.",
            Kind::Complaint | Kind::Rage | Kind::Troll | Kind::Praise => "The problem is solved.",
        }
        .to_owned()
    }
}

/// Satisfaction in words and in figures.
fn satisfied(satisfaction: f64) -> String {
    let word = match satisfaction {
        0.6.. => "very satisfied",
        0.2.. => "rather satisfied",
        -0.2.. => "neutral",
        -0.6.. => "rather dissatisfied",
        _ => "very dissatisfied",
    };
    format!("{word} ({})", signed(satisfaction, 2))
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    fn told(companies: &[&str], story: &[(f64, Happening)]) -> Vec<String> {
        let names = example(companies);
        let mut teller = Teller::new(&names);
        story.iter().map(|(hours, what)| teller.tell(*hours, what)).collect()
    }

    fn last(story: &[(f64, Happening)]) -> String {
        told(&["company"], story).pop().unwrap()
    }

    fn occasion(kind: Kind) -> (f64, Happening) {
        (1.0, Happening::Occasion { kind, severity: 0.624, company: 0, customer: 7 })
    }

    fn one(what: Happening) -> String {
        last(&[occasion(Kind::Complaint), (2.0, what)])
    }

    #[test]
    fn occasions_say_what_and_with_whom_if_there_are_several() {
        let story = [occasion(Kind::Complaint)];
        assert_eq!(last(&story), "Something goes wrong.");
        assert_eq!(told(&["acme", "b"], &story), ["Something goes wrong with acme."]);
        for kind in Kind::ALL {
            assert!(last(&[occasion(kind)]).ends_with('.'));
        }
    }

    #[test]
    fn speaking_up_says_where_and_before_whom() {
        let voiced = |channel, tagged| one(Happening::Voiced { channel, tagged, belief: None });
        assert_eq!(voiced(0, true), "Complains on twitter, in public, naming the company.");
        assert_eq!(voiced(0, false), "Complains on twitter, in public, not naming the company.");
        assert_eq!(voiced(1, true), "Complains on email, in private.");
        assert_eq!(voiced(2, true), "Complains on phone, on the line.");
        assert_eq!(voiced(9, true), "Complains on channel 9, in private.");
        assert_eq!(
            one(Happening::WroteAgain { channel: 0, message: 2 }),
            "Writes again on twitter (message 2)."
        );
        assert_eq!(
            one(Happening::WroteAgain { channel: 2, message: 3 }),
            "Calls again on phone (call 3)."
        );
        assert_eq!(
            one(Happening::WentPublic { channel: 0 }),
            "Gets nowhere in private and takes it to twitter, in public."
        );
        assert_eq!(one(Happening::SentTo { channel: 1 }), "Goes to email, in private, as told.");
        assert_eq!(one(Happening::Silent), "Keeps it to themselves.");
    }

    #[test]
    fn triage_says_what_it_took_it_for_and_whether_that_was_right() {
        let sorted = |kind, action| one(Happening::Sorted { kind, action, rank: 5 });
        assert_eq!(
            sorted(Kind::Complaint, Action::Restore),
            "Triage takes it for a complaint: try to solve it (rank 5 of 9)."
        );
        assert_eq!(
            sorted(Kind::Troll, Action::Ignore),
            "Triage takes it for trolling, wrongly: ignore it."
        );
        for action in Action::ALL {
            assert!(sorted(Kind::Praise, action).contains("praise, wrongly: "));
        }
    }

    #[test]
    fn people_are_counted_from_one() {
        assert_eq!(one(Happening::Seen), "A person at the company reads it.");
        assert_eq!(
            one(Happening::PickedUp { team: 0, person: Some(1) }),
            "Person 2 on team care picks it up."
        );
        assert_eq!(
            one(Happening::PickedUp { team: 0, person: None }),
            "Someone on team care picks it up."
        );
    }

    #[test]
    fn a_caller_who_hangs_up_has_waited_or_found_nobody() {
        let call = |hours| {
            let voiced = Happening::Voiced { channel: 2, tagged: true, belief: None };
            last(&[occasion(Kind::Complaint), (2.0, voiced), (hours, Happening::HungUp)])
        };
        assert_eq!(call(2.0), "Nobody is there: hangs up.");
        assert_eq!(call(2.1), "Hangs up after 6 min on the line.");
        assert_eq!(one(Happening::HungUp), "Hangs up.");
    }

    #[test]
    fn answers_say_what_came_whether_it_was_heard_and_how_it_was_taken() {
        let answer =
            |action, heard, satisfaction| one(Happening::Answered { action, heard, satisfaction });
        assert_eq!(
            answer(Action::Restore, true, 0.43),
            "A person answers, to solve it. Heard; rather satisfied (+0.43)."
        );
        assert_eq!(
            answer(Action::Automatic, false, -0.7),
            "An automatic reply comes back. Not heard; very dissatisfied (-0.70)."
        );
        for action in Action::ALL {
            assert!(answer(action, false, 0.0).contains("neutral (0)"));
        }
        assert_eq!(
            one(Happening::Ignored { satisfaction: -0.3 }),
            "No answer in time: rather dissatisfied (-0.30)."
        );
    }

    #[test]
    fn shares_are_counted_and_views_are_in_all() {
        let share = |views| (2.0, Happening::Shared { views });
        assert_eq!(last(&[share(12.0)]), "Shared once by now; seen 12 times in all.");
        assert_eq!(
            last(&[share(12.0), share(4530.4)]),
            "Shared twice by now; seen 4,530 times in all."
        );
    }

    #[test]
    fn endings_say_which() {
        assert_eq!(one(Happening::Resolved), "The problem is solved.");
        let question = last(&[occasion(Kind::Question), (2.0, Happening::Resolved)]);
        assert_eq!(question, "The question is answered.");
        assert_eq!(one(Happening::GaveUp), "Gives up waiting.");
        assert_eq!(one(Happening::Settled), "Drops it, unsolved.");
        let praise = last(&[occasion(Kind::Praise), (2.0, Happening::Settled)]);
        assert_eq!(praise, "Leaves it at that.");
        assert_eq!(one(Happening::Left), "Leaves the company before this is over.");
        assert_eq!(one(Happening::Quit), "Leaves the company because of it.");
    }
}
