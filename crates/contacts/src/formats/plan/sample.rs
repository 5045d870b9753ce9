//! The first contacts as they were read, for the user to check. For the terminal only: they may name
//! people.

use crate::about::Known;
use crate::contact::{Contact, Outcome};
use crate::values::length;

/// Contacts that are shown.
const MOST: usize = 5;

/// The first contacts as they were read.
#[derive(Default)]
pub(in crate::formats) struct Samples(Vec<String>);

impl Samples {
    /// Looks at one more contact.
    pub fn look(&mut self, contact: &Contact, names: &Known) {
        if self.0.len() >= MOST {
            return;
        }
        let arrived = contact.arrived;
        let mut parts = vec![format!("line {}: arrived {}", contact.line, arrived.text())];
        parts.push(match (contact.outcome, contact.answered) {
            (Outcome::Answered | Outcome::Redirected, Some(answered)) => {
                format!("answered after {}", length(arrived.until(answered)))
            }
            (Outcome::Answered, None) => "answered at an unknown time".to_owned(),
            (Outcome::Redirected, None) => "redirected at an unknown time".to_owned(),
            (Outcome::GaveUp, _) => match contact.closed {
                Some(closed) => format!("gave up after {}", length(arrived.until(closed))),
                None => "gave up at an unknown time".to_owned(),
            },
            (Outcome::Waiting, _) => "still waiting".to_owned(),
            (Outcome::Unknown, _) => "not known whether it was answered".to_owned(),
        });
        if let Some(closed) = contact.closed.filter(|_| contact.outcome != Outcome::GaveUp) {
            parts.push(format!("over after {}", length(arrived.until(closed))));
        }
        if let Some(resolved) = contact.resolved {
            parts.push(if resolved { "resolved" } else { "not resolved" }.to_owned());
        }
        parts.extend(contact.agent.map(|agent| format!("by {}", names.agents.name(agent))));
        self.0.push(parts.join(", "));
    }

    /// All of them.
    pub fn all(self) -> Vec<String> {
        self.0
    }
}
