//! What differed: where the arms part, and how each ends.

use heard_lab::trace::fate::Fate;
use heard_lab::trace::story::{Part, Story};
use heard_text::list;
use heard_text::name::safe;
use heard_text::time::{clock, since};

use super::outcome::outcome;
use super::telling::Telling;

/// Where the arms part, how the case ends under each, and any doubt that it is the same customer: a
/// paragraph each.
#[must_use]
pub fn sentences(story: &Story, telling: &Telling) -> Vec<String> {
    let mut text = Vec::new();
    if story.parts.len() > 1 && story.parts.iter().all(|part| part.fate.is_some()) {
        text.push(match telling.parting(story) {
            None => "Nothing: it goes the same way under both arms.".to_owned(),
            Some((hours, texts)) => {
                let when = match since(story.began, hours) {
                    late if late.is_empty() => "at the very beginning".to_owned(),
                    late => format!("on {} ({late})", clock(hours)),
                };
                let under = |(part, text): (&Part, &Option<&str>)| match text {
                    Some(text) => format!("under {} \"{}\"", safe(&part.arm), safe(text)),
                    None => format!("under {} nothing happens then", safe(&part.arm)),
                };
                let sides: Vec<String> = story.parts.iter().zip(&texts).map(under).collect();
                let said = format!("They part {when}: {}", sides.join("; "));
                if said.ends_with(".\"") { said } else { said + "." }
            }
        });
        let voices: Vec<_> =
            story.parts.iter().filter_map(|part| Some(part.fate.as_ref()?.voiced)).collect();
        if voices.windows(2).any(|pair| pair[0] != pair[1]) {
            text.push(
                "Customers' earlier experiences decide whether and where they speak up.".to_owned(),
            );
        }
    }
    text.extend(story.parts.iter().map(ending));
    text.extend(doubt(story));
    text
}

fn ending(part: &Part) -> String {
    let arm = safe(&part.arm);
    match &part.fate {
        Some(fate) => format!("{arm}: {}.", outcome(fate)),
        None => format!(
            "{arm}: it did not happen; the customer had left by then, or its cause was fixed."
        ),
    }
}

/// Says so where somebody else may have taken the customer's place.
fn doubt(story: &Story) -> Option<String> {
    let departures = |part: &Part| part.fate.as_ref().map(|fate: &Fate| fate.earlier_departures);
    let [first, second] = [story.parts.first()?, story.parts.get(1)?].map(departures);
    let (first, second) = (first?, second?);
    let times = |n: u32| match n {
        0 => "never".to_owned(),
        n => list::times(f64::from(n)),
    };
    (first != second).then(|| {
        format!(
            "This may not be the same person: before it, a customer with this number had left a \
             company {} under {}, {} under {}.",
            times(first),
            safe(&story.parts[0].arm),
            times(second),
            safe(&story.parts[1].arm)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fate, story};
    use super::*;
    use heard_scenario::triage::Kind;
    use heard_world::observer::Happening;

    const OCCASION: (f64, Happening) = (
        1.0,
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 },
    );
    const VOICED: (f64, Happening) =
        (1.0, Happening::Voiced { channel: 0, tagged: true, belief: None });

    fn said(diaries: [&[(f64, Happening)]; 2], change: impl FnOnce(&mut [Fate])) -> Vec<String> {
        let mut fates = diaries.map(fate);
        change(&mut fates);
        let mut story = story(diaries);
        for (part, fate) in story.parts.iter_mut().zip(fates) {
            part.fate = (fate.steps > 0).then_some(fate);
        }
        sentences(&story, &Telling::new(&story))
    }

    #[test]
    fn the_first_thing_that_is_not_the_same_is_where_arms_part() {
        let first = [OCCASION, VOICED, (73.0, Happening::GaveUp)];
        let second = [OCCASION, VOICED, (3.0, Happening::Seen), (4.0, Happening::Resolved)];
        assert_eq!(
            said([&first, &second], |_| ()),
            [
                "They part on day 0 Mon 03:00 (+2 h): under one nothing happens then; under two \
                 \"A person at the company reads it.\"",
                "one: gave up after 3 d, unanswered.",
                "two: solved after 3 h, unanswered.",
            ]
        );
    }

    #[test]
    fn arms_that_part_in_how_customers_speak_up_say_why() {
        let said = said([&[OCCASION, VOICED], &[OCCASION, (1.0, Happening::Silent)]], |_| ());
        assert!(said[0].starts_with("They part at the very beginning: "), "{said:?}");
        assert!(said[1].contains("earlier experiences"), "{said:?}");
    }

    #[test]
    fn a_case_that_goes_the_same_way_or_does_not_happen_is_said() {
        let story = [OCCASION, VOICED];
        assert!(said([&story, &story], |_| ())[0].starts_with("Nothing: "));
        let gone = said([&story, &[]], |_| ());
        assert_eq!(gone.len(), 2);
        assert!(gone[1].starts_with("two: it did not happen"), "{gone:?}");
    }

    #[test]
    fn a_customer_whom_somebody_else_may_have_replaced_is_said() {
        let story = [OCCASION, VOICED];
        let said = said([&story, &story], |fates| fates[1].earlier_departures = 1);
        let doubt = said.last().unwrap();
        assert!(doubt.contains("never under one, once under two"), "{doubt}");
    }
}
