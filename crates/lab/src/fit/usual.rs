//! How long contacts with an inbox usually lie there before somebody answers.

use indexmap::IndexMap;

use super::channels::{ByChannel, Channel};
use heard_contacts::{Contact, Moment, Outcome};

/// Share of the answers that come sooner.
const USUAL: f64 = 0.95;
/// Where a smaller share of a channel's contacts is skipped, that may be chance.
const FEW: f64 = 0.005;

/// The waits, in milliseconds, that few of those who are answered in an inbox exceed: by the number that
/// the log gives its channel.
#[derive(Clone, Debug)]
pub(super) struct Usual {
    waits: IndexMap<u32, i64>,
    log_ends: Option<Moment>,
}

impl Usual {
    /// Of the inboxes on which somebody answers.
    pub(super) fn of(
        by_channel: &ByChannel<'_>,
        channels: &[Channel],
        log_ends: Option<Moment>,
    ) -> Self {
        let inboxes = by_channel.iter().zip(channels).filter(|(_, channel)| !channel.live);
        let usual = |((number, contacts), _): ((&u32, &Vec<&Contact>), &Channel)| {
            let answered = contacts.iter().filter(|contact| contact.outcome.is_answered());
            let mut waits: Vec<i64> = answered
                .filter_map(|contact| contact.answered.map(|at| contact.arrived.until(at)))
                .collect();
            waits.sort_unstable();
            let last = waits.len().checked_sub(1)?;
            Some((*number, waits[(USUAL * last as f64).ceil() as usize]))
        };
        let mut this = Self { waits: inboxes.filter_map(usual).collect(), log_ends };
        // What becomes of a few is no rule.
        let often = |(number, contacts): (&u32, &Vec<&Contact>)| {
            let passed = contacts.iter().filter(|contact| this.passed_over(contact)).count();
            (passed as f64 >= FEW * contacts.len() as f64).then_some(*number)
        };
        let often: Vec<u32> = by_channel.iter().filter_map(often).collect();
        this.waits.retain(|number, _| often.contains(number));
        this
    }

    /// Whether nobody ever answered a contact with an inbox, though it came long enough before the end of
    /// the log.
    pub(super) fn passed_over(&self, contact: &Contact) -> bool {
        let usual = self.waits.get(&contact.channel);
        let lies = self.log_ends.map(|end| contact.arrived.until(end));
        let unanswered = matches!(contact.outcome, Outcome::GaveUp | Outcome::Waiting);
        unanswered && usual.zip(lies).is_some_and(|(usual, lies)| lies > *usual)
    }
}

#[cfg(test)]
mod tests {
    use crate::fit::calls::tests::read;

    #[test]
    fn messages_that_lie_longer_than_others_took_are_nobodys() {
        // An answer after an hour, every hour of four days, but for every tenth message, and the last.
        let mut log = "arrived,answered,kind\n".to_owned();
        let time = |hour: usize| format!("2026-03-{:02}T{:02}:00", 2 + hour / 24, hour % 24);
        for hour in 0..600 {
            let open = hour % 10 == 3 || hour == 599;
            let answered = if open { String::new() } else { time(hour + 1) };
            log += &format!("{},{answered},complaint\n", time(hour));
        }
        let calls = read(&log, None);
        let found: Vec<(&str, bool, usize)> = calls
            .classes
            .iter()
            .map(|class| (class.name.as_str(), class.taken, class.calls))
            .collect();
        assert_eq!(found, [("complaint", true, 540), ("complaint-unanswered", false, 60)]);
        // Who lies in an inbox that nobody answers is no class of its own.
        let unanswered = read("arrived,answered,kind\n2026-03-02T09:00,,complaint\n", None);
        assert_eq!(unanswered.classes.len(), 1);
    }
}
