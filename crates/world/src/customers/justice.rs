//! What an answer is worth to the customer, by the three kinds of justice.

use heard_scenario::reaction::Reaction;

/// One answer as the customer experiences it.
#[derive(Clone, Copy, Debug)]
pub struct Experience {
    /// The problem is gone.
    pub solved: bool,
    /// Distributive justice added by money.
    pub makes_good: f64,
    /// The customer had an earlier failure, so that a remedy does less.
    pub repeated_failure: bool,
    /// Interactional justice of the answer, -1 to 1.
    pub tone: f64,
    /// Time that the customer waited for it, in hours.
    pub waited: f64,
    /// Time within which an answer was expected; infinite where none was.
    pub expected_within: f64,
    /// Messages that the customer has had to write.
    pub messages: u16,
}

/// Distributive justice of a problem that is still there.
const UNSOLVED: f64 = -0.5;
/// Procedural justice lost with each further message.
const FURTHER_MESSAGE: f64 = 0.2;

impl Experience {
    /// Justice, -1 to 1: distributive, interactional and procedural, weighed.
    #[must_use]
    pub fn justice(&self, reaction: &Reaction) -> f64 {
        let outcome = if self.solved { 1.0 } else { UNSOLVED } + self.makes_good;
        let kept =
            if self.repeated_failure && outcome > 0.0 { reaction.second_remedy } else { 1.0 };
        let distributive = (outcome * kept).clamp(-1.0, 1.0);
        let further = f64::from(self.messages.saturating_sub(1));
        let procedural =
            (promptness(self.waited, self.expected_within) - FURTHER_MESSAGE * further).max(-1.0);
        let (d, i, p) = (
            reaction.weight_distributive,
            reaction.weight_interactional,
            reaction.weight_procedural,
        );
        let sum = d + i + p;
        if sum <= 0.0 {
            return 0.0;
        }
        (d * distributive + i * self.tone + p * procedural) / sum
    }
}

/// Procedural justice of a wait: 1 at once, 0 just when expected, towards -1 ever later; 0 to those
/// who expected nothing and got something.
fn promptness(waited: f64, expected_within: f64) -> f64 {
    if expected_within.is_infinite() {
        return 0.0;
    }
    (expected_within - waited) / (expected_within + waited).max(1e-9)
}

/// Satisfaction, -1 to 1: judged mostly by itself and partly against the expectation of care
/// (0 to 1) that the customer has come to have.
#[must_use]
pub fn satisfaction(justice: f64, expectation: f64, reaction: &Reaction) -> f64 {
    let share = reaction.against_expectation;
    let expected = 2.0 * expectation - 1.0;
    ((1.0 - share) * justice + share * (justice - expected)).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt_solution() -> Experience {
        Experience {
            solved: true,
            makes_good: 0.0,
            repeated_failure: false,
            tone: 0.5,
            waited: 0.5,
            expected_within: 1.0,
            messages: 1,
        }
    }

    #[test]
    fn outcome_weighs_more_than_tone_and_tone_more_than_speed() {
        let reaction = Reaction::default();
        let best = prompt_solution();
        let loss = |worse: Experience| best.justice(&reaction) - worse.justice(&reaction);
        let outcome = loss(Experience { makes_good: -2.0, ..best });
        let tone = loss(Experience { tone: -1.0, ..best }) * 2.0 / 1.5;
        let speed = loss(Experience { waited: 1e9, ..best }) * 2.0 / (1.0 + 1.0 / 3.0);
        assert!(outcome > tone && tone > speed && speed > 0.0, "{outcome} {tone} {speed}");
    }

    #[test]
    fn justice_stays_between_minus_one_and_one() {
        let reaction = Reaction::default();
        for makes_good in [0.0, 2.0] {
            for tone in [-1.0, 1.0] {
                for waited in [0.0, 1e6] {
                    for messages in [1, 50] {
                        let case =
                            Experience { makes_good, tone, waited, messages, ..prompt_solution() };
                        assert!(case.justice(&reaction).abs() <= 1.0);
                    }
                }
            }
        }
    }

    #[test]
    fn a_remedy_does_less_after_a_second_failure() {
        let reaction = Reaction::default();
        let second = Experience { repeated_failure: true, ..prompt_solution() };
        assert!(second.justice(&reaction) < prompt_solution().justice(&reaction));
    }

    #[test]
    fn the_same_care_satisfies_those_less_who_expect_more() {
        let reaction = Reaction::default();
        assert!(satisfaction(0.4, 0.9, &reaction) < satisfaction(0.4, 0.2, &reaction));
        let blind = Reaction { against_expectation: 0.0, ..reaction };
        assert_eq!(satisfaction(0.4, 0.9, &blind), satisfaction(0.4, 0.2, &blind));
    }
}
