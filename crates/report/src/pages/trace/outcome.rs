//! How a case ended, in a few words.

use heard_lab::trace::fate::{Ending, Fate};
use heard_text::time::between;

/// How it ended, in a few words: `solved after 2 h 10 min`.
#[must_use]
pub fn outcome(fate: &Fate) -> String {
    let after = |hours: f64| match hours - fate.began {
        0.0 => "at once".to_owned(),
        _ => format!("after {}", between(fate.began, hours)),
    };
    let mut text = match (fate.resolved, fate.ending) {
        (Some(at), None) => format!("solved {}", after(at)),
        (Some(at), Some((_, first))) if at <= first => format!("solved {}", after(at)),
        (Some(at), Some(_)) => format!("solved {}, too late", after(at)),
        (None, Some((Ending::GaveUp, at))) => format!("gave up {}", after(at)),
        (None, None | Some((Ending::Settled, _))) if fate.silent => "kept silent".to_owned(),
        (None, None | Some((Ending::Settled, _))) if !fate.asks() => "said".to_owned(),
        (None, Some((Ending::Settled, at))) => format!("dropped it {}, unsolved", after(at)),
        (None, Some((Ending::Left, at))) => format!("left the company {}", after(at)),
        (None, None) => "still open at the end".to_owned(),
    };
    text += match (fate.heard, fate.answered) {
        _ if fate.silent => "",
        (true, _) if fate.asks() => "",
        (true, _) => ", and heard",
        (false, true) => ", answered but not heard",
        (false, false) => ", unanswered",
    };
    if fate.quit {
        text += "; then left the company";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::fate;
    use super::*;
    use heard_scenario::answer::Action;
    use heard_scenario::triage::Kind;
    use heard_world::observer::Happening;

    const OCCASION: Happening =
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 };
    const VOICED: Happening = Happening::Voiced { channel: 1, tagged: true, belief: None };

    fn answered(heard: bool) -> Happening {
        Happening::Answered { action: Action::Restore, heard, satisfaction: 0.0 }
    }

    #[test]
    fn outcomes_say_how_it_ended_and_whether_anybody_answered() {
        let after = |more: &[(f64, Happening)]| {
            outcome(&fate(&[&[(0.0, OCCASION), (0.0, VOICED)], more].concat()))
        };
        assert_eq!(after(&[(72.0, Happening::GaveUp)]), "gave up after 3 d, unanswered");
        assert_eq!(after(&[(0.0, Happening::GaveUp)]), "gave up at once, unanswered");
        assert_eq!(
            after(&[(2.0, answered(false)), (2.0, Happening::Settled)]),
            "dropped it after 2 h, unsolved, answered but not heard"
        );
        assert_eq!(after(&[(1.0, Happening::Left)]), "left the company after 1 h, unanswered");
        assert_eq!(after(&[]), "still open at the end, unanswered");
        let late = [(1.0, Happening::GaveUp), (9.0, answered(true)), (9.0, Happening::Resolved)];
        assert_eq!(after(&late), "solved after 9 h, too late");
        assert_eq!(outcome(&fate(&[(0.0, OCCASION), (0.0, Happening::Silent)])), "kept silent");
        let Happening::Occasion { severity, company, customer, .. } = OCCASION else { panic!() };
        let praise = Happening::Occasion { kind: Kind::Praise, severity, company, customer };
        let thanked =
            [(0.0, praise), (0.0, VOICED), (1.0, answered(true)), (1.0, Happening::Settled)];
        assert_eq!(outcome(&fate(&thanked)), "said, and heard");
    }
}
