//! Who of a team takes which contact. The desk counts heads and does not care who they are, unless
//! people are told apart; a log of contacts has names.

/// The people of a team, numbered from 1. Those on duty are the first of them.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    people: Vec<Person>,
    on_duty: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Person {
    conversations: u32,
    /// When the latest conversation ended, or the shift began.
    since: f64,
}

impl Roster {
    /// From `hours` on this many are on duty. Those with the highest numbers leave, once they have
    /// finished what they have in hand.
    pub fn staff(&mut self, people: u32, hours: f64) {
        let (before, people) = (self.on_duty, people as usize);
        if self.people.len() < people {
            self.people.resize(people, Person::default());
        }
        for person in self.people.iter_mut().take(people).skip(before) {
            person.since = hours;
        }
        self.on_duty = people;
    }

    /// Somebody begins a conversation: `chosen` (from 0) where the desk says who; else of those on
    /// duty the one with the fewest conversations, of them the one idle the longest, of them the
    /// first. Returns their number, from 1.
    pub fn begin(&mut self, chosen: Option<u32>, hours: f64) -> u32 {
        let there = self.people.iter().take(self.on_duty).enumerate();
        let best = there.min_by(|(_, a), (_, b)| {
            a.conversations.cmp(&b.conversations).then(a.since.total_cmp(&b.since))
        });
        let who = chosen.map_or(best.map_or(0, |(who, _)| who), |who| who as usize);
        if self.people.len() <= who {
            self.people.resize(who + 1, Person { conversations: 0, since: hours });
        }
        self.people[who].conversations += 1;
        who as u32 + 1
    }

    /// The person of this number (from 1) has ended a conversation.
    pub fn end(&mut self, number: u32, hours: f64) {
        if let Some(person) = self.people.get_mut(number.saturating_sub(1) as usize) {
            person.conversations = person.conversations.saturating_sub(1);
            person.since = hours;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_the_fewest_conversations_and_is_idle_the_longest_takes_the_next() {
        let mut roster = Roster::default();
        roster.staff(3, 0.0);
        let first: Vec<u32> = (1..=4).map(|hour| roster.begin(None, f64::from(hour))).collect();
        assert_eq!(first, [1, 2, 3, 1]);
        roster.end(3, 5.0);
        roster.end(2, 6.0);
        let next: Vec<u32> = (0..3).map(|_| roster.begin(None, 7.0)).collect();
        // Numbers 3 and 2 are free, 3 for longer; then 1 has two conversations, 2 and 3 one each.
        assert_eq!(next, [3, 2, 3]);
    }

    #[test]
    fn the_highest_numbers_leave_and_take_nothing_more() {
        let mut roster = Roster::default();
        roster.staff(2, 0.0);
        assert_eq!([roster.begin(None, 1.0), roster.begin(None, 1.0)], [1, 2]);
        roster.staff(1, 2.0);
        roster.end(2, 3.0);
        roster.end(1, 4.0);
        assert_eq!(roster.begin(None, 5.0), 1);
        roster.staff(2, 6.0);
        assert_eq!(roster.begin(None, 7.0), 2);
    }

    #[test]
    fn who_is_told_apart_by_the_desk_is_taken_at_its_word() {
        let mut roster = Roster::default();
        roster.staff(2, 0.0);
        assert_eq!([roster.begin(Some(1), 1.0), roster.begin(None, 1.0)], [2, 1]);
    }
}
