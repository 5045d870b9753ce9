//! The feed: what the company posts unasked takes its people's time, and reaches its customers.

use crate::desk::contact::{Entry, Work};
use crate::terms::observer::Observer;
use crate::world::{Event, World};

/// Hours of the day over which posts are due.
const HOURS: (f64, f64) = (9.0, 17.0);

impl<O: Observer> World<'_, O> {
    /// Schedules what is due on the day that begins: evenly over the hours of work. A fraction of a
    /// post is due on that fraction of the days.
    pub(super) fn plan_feed(&mut self, company: usize) {
        let feed = &self.policy(company).feed;
        let midnight = (self.now() / 24.0).round() * 24.0;
        for (entry, per_day) in [
            (Entry::Promotion, feed.promotions_per_day),
            (Entry::Link, feed.links_per_day),
            (Entry::Face, feed.faces_per_day),
        ] {
            let day = midnight / 24.0;
            let due = ((day + 1.0) * per_day).floor() - (day * per_day).floor();
            for post in 0..due as u32 {
                let part = (f64::from(post) + 0.5) / due;
                let at = midnight + HOURS.0 + part * (HOURS.1 - HOURS.0);
                self.events.at(at, Event::FeedDue { company: company as u8, entry });
            }
        }
    }

    /// Somebody has to write a post.
    pub(super) fn feed_due(&mut self, company: usize, entry: Entry) {
        let (now, policy) = (self.now(), self.policy(company));
        if let Some(team) = policy.feed_team {
            let handle = policy.feed.minutes_per_post / 60.0;
            self.chore(company, team, Work::Feed(entry), policy.feed.priority, handle, now);
        }
    }

    /// A post is written, and readers see it.
    pub(super) fn post(&mut self, company: usize, entry: Entry) {
        let (now, policy) = (self.now(), self.policy(company));
        let (readers, reaction) = (policy.feed.readers, &policy.reaction);
        let views = readers * self.customers.members(company).0 as f64;
        let this = &mut self.companies[company];
        this.census.viewed(now, views, false);
        this.awareness.mention(now, views);
        let (mood, step) = match entry {
            Entry::Promotion => (-1.0, reaction.promotion_wears),
            Entry::Link => return,
            Entry::Face => (1.0, reaction.face_warms),
        };
        self.customers.pull_all(company, readers * step, mood, now);
    }
}

#[cfg(test)]
mod tests;
