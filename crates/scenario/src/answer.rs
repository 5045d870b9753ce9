//! `[answer.ACTION]`: what each action costs, and what its answer is worth to the customer,
//! described by the three kinds of justice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spell::{Shape, Spell};

/// What a rule of the triage table does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing: nobody reads it.
    Ignore,
    /// A person reads it and leaves it.
    Monitor,
    /// An automatic reply goes out at once.
    Automatic,
    /// A person sends a standard reply.
    Canned,
    /// A person sends the customer to a private channel.
    Redirect,
    /// A person corrects the facts or answers a question.
    Correct,
    /// A person apologises.
    Apologise,
    /// A person offers compensation.
    Compensate,
    /// A person tries to solve the problem.
    Restore,
    /// A person passes praise on.
    ShareSuccess,
    /// A person replies off topic.
    OffTopic,
    /// A person argues instead of addressing the problem.
    Defensive,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 12] = [
        Self::Ignore,
        Self::Monitor,
        Self::Automatic,
        Self::Canned,
        Self::Redirect,
        Self::Correct,
        Self::Apologise,
        Self::Compensate,
        Self::Restore,
        Self::ShareSuccess,
        Self::OffTopic,
        Self::Defensive,
    ];

    /// The name in scenarios.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Monitor => "monitor",
            Self::Automatic => "automatic",
            Self::Canned => "canned",
            Self::Redirect => "redirect",
            Self::Correct => "correct",
            Self::Apologise => "apologise",
            Self::Compensate => "compensate",
            Self::Restore => "restore",
            Self::ShareSuccess => "share-success",
            Self::OffTopic => "off-topic",
            Self::Defensive => "defensive",
        }
    }
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// No answer goes out.
    Nobody,
    /// A machine answers at once.
    Machine,
    /// A person answers.
    Person,
}

/// What one action costs and what its answer is worth. The defaults differ by action: see Answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who answers.
    #[schemars(extend("x-moves" = "heard_rate +", "x-try" = ["machine", "person"]))]
    pub by: By,
    /// Whether it addresses the problem specifically: a customer is heard when a person gives an
    /// on-topic answer.
    #[schemars(extend("x-moves" = "heard_rate +", "x-try" = [false, true]))]
    pub on_topic: bool,
    /// Time it takes a person.
    #[schemars(extend("x-moves" = "occupancy +", "x-try" = [1, 10],
        "x-moves-spread" = "wait_seconds_mean +", "x-try-spread" = [0, 1.5]))]
    pub handle: Spell,
    /// Chance that it solves the problem, if the team may fix; a machine needs no permission.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-unit" = "probability", "x-source" = "assumed",
        "x-moves" = "resolution_rate +"))]
    pub fixes: f64,
    /// Interactional justice: tone, apology, sincerity.
    #[schemars(range(min = -1.0, max = 1.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction +"))]
    pub tone: f64,
    /// Distributive justice that compensation adds, if the team may compensate.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-unit" = "justice", "x-source" = "assumed",
        "x-moves" = "satisfaction +", "x-try" = [0, 1]))]
    pub makes_good: f64,
    /// Compensation paid, if the team may compensate.
    #[schemars(range(min = 0.0), extend("x-unit" = "money", "x-source" = "assumed",
        "x-moves" = "cost +", "x-try" = [0, 30]))]
    pub money: f64,
}

/// What each action costs and what its answer is worth, by default. `ignore` has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answers {
    /// A person reads and leaves it.
    pub monitor: Answer,
    /// An automatic reply.
    pub automatic: Answer,
    /// A standard reply.
    pub canned: Answer,
    /// Sent to a private channel.
    pub redirect: Answer,
    /// Facts corrected.
    pub correct: Answer,
    /// An apology.
    pub apologise: Answer,
    /// Money.
    pub compensate: Answer,
    /// Restoration.
    pub restore: Answer,
    /// Praise passed on.
    pub share_success: Answer,
    /// An off-topic reply.
    pub off_topic: Answer,
    /// An argument.
    pub defensive: Answer,
}

impl Answer {
    fn person(on_topic: bool, minutes: f64, fixes: f64, tone: f64) -> Self {
        Self {
            by: By::Person,
            on_topic,
            handle: Spell::lognormal(minutes),
            fixes,
            tone,
            makes_good: 0.0,
            money: 0.0,
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        let read = Spell { shape: Shape::Constant, ..Spell::lognormal(0.5) };
        Self {
            monitor: Answer {
                by: By::Nobody,
                handle: read,
                ..Answer::person(false, 0.5, 0.0, 0.0)
            },
            automatic: Answer { by: By::Machine, ..Answer::person(false, 0.1, 0.0, -0.2) },
            canned: Answer::person(false, 2.0, 0.05, -0.1),
            redirect: Answer::person(true, 2.0, 0.0, 0.0),
            correct: Answer::person(true, 5.0, 0.5, 0.3),
            apologise: Answer::person(true, 5.0, 0.0, 0.6),
            compensate: Answer {
                makes_good: 0.8,
                money: 15.0,
                ..Answer::person(true, 6.0, 0.0, 0.3)
            },
            restore: Answer::person(true, 5.0, 0.5, 0.5),
            share_success: Answer::person(true, 2.0, 0.0, 0.5),
            off_topic: Answer::person(false, 2.0, 0.0, -0.6),
            defensive: Answer::person(false, 3.5, 0.0, -0.8),
        }
    }
}

impl Answers {
    /// The answer that belongs to `action`; none for `ignore`.
    #[must_use]
    pub fn of(&self, action: Action) -> Option<&Answer> {
        match action {
            Action::Ignore => None,
            Action::Monitor => Some(&self.monitor),
            Action::Automatic => Some(&self.automatic),
            Action::Canned => Some(&self.canned),
            Action::Redirect => Some(&self.redirect),
            Action::Correct => Some(&self.correct),
            Action::Apologise => Some(&self.apologise),
            Action::Compensate => Some(&self.compensate),
            Action::Restore => Some(&self.restore),
            Action::ShareSuccess => Some(&self.share_success),
            Action::OffTopic => Some(&self.off_topic),
            Action::Defensive => Some(&self.defensive),
        }
    }
}
