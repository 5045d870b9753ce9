//! What the answers cost and are worth.

use super::length::Length;
use heard_scenario::answer::{Action, Answers, By};

/// An action's cost and worth.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Who answers.
    pub by: By,
    /// Speaks to the problem.
    pub on_topic: bool,
    /// Handle time.
    pub handle: Length,
    /// Chance to solve the problem.
    pub fixes: f64,
    /// Interactional justice.
    pub tone: f64,
    /// Distributive justice of the money.
    pub makes_good: f64,
    /// The money.
    pub money: f64,
}

/// In the order of the actions' own numbers.
pub(super) fn answers(answers: &Answers) -> Vec<Option<Answer>> {
    Action::ALL
        .into_iter()
        .map(|action| {
            let answer = answers.of(action)?;
            Some(Answer {
                by: answer.by,
                on_topic: answer.on_topic,
                handle: Length::new(&answer.handle),
                fixes: answer.fixes,
                tone: answer.tone,
                makes_good: answer.makes_good,
                money: answer.money,
            })
        })
        .collect()
}
