//! Open streams: anonymous contacts that come whatever the company does.

use super::arrivals::Arrivals;
use super::census::Fate;
use super::desk::{Contact, Work};
use super::observer::Observer;
use super::plan::Plan;
use super::purpose::Purpose;
use super::service::Route;
use super::{Event, World};
use crate::scenario::answer::By;

/// The arrivals of one stream.
#[derive(Clone, Debug)]
pub struct Source {
    arrivals: Arrivals,
    number: u32,
    /// Luck of the next contact's handle time, drawn together with its time of arrival.
    handle_luck: f64,
}

impl Source {
    /// The sources of a plan.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let source = |(index, stream): (usize, &super::plan::Stream)| Self {
            arrivals: Arrivals::new(
                stream.per_hour,
                stream.profile.clone(),
                stream.day_to_day_cv,
                index as u16 + 1,
            ),
            number: 0,
            handle_luck: f64::NAN,
        };
        plan.streams.iter().enumerate().map(source).collect()
    }
}

impl<O: Observer> World<'_, O> {
    /// Schedules the next contact of a stream.
    #[inline]
    pub(super) fn next_of_stream(&mut self, stream: usize) {
        let source = &mut self.streams[stream];
        let (gap, handle_luck) =
            self.draws.uniforms(source.number, Purpose::StreamArrival, stream as u16);
        source.handle_luck = handle_luck;
        if let Some(time) = source.arrivals.next(&self.draws, gap, self.plan.end) {
            self.events.at(time, Event::StreamArrival(stream as u16));
        }
    }

    /// A contact of a stream comes in for the first time.
    #[inline]
    pub(super) fn stream_arrival(&mut self, stream: usize) {
        let now = self.now();
        let source = &mut self.streams[stream];
        let (number, handle_luck) = (source.number, source.handle_luck);
        source.number += 1;
        self.next_of_stream(stream);
        let settings = &self.plan.streams[stream];
        let action = settings.decision.action;
        let handle = match (settings.handle, self.plan.answer(action)) {
            (Some(handle), _) => handle.hours(handle_luck),
            (None, Some(answer)) => answer.handle.hours(handle_luck),
            (None, None) => 0.0,
        };
        self.stream_contact(Contact {
            work: Work::Stream(stream as u16),
            line: settings.channel as u16,
            priority: settings.decision.priority,
            action,
            handle,
            solves: 0.0,
            number,
            attempt: 0,
            voiced_at: now,
            arrived: now,
        });
    }

    /// A contact of a stream comes in, for the first time or again.
    #[inline]
    pub(super) fn stream_contact(&mut self, contact: Contact) {
        let now = self.now();
        let Work::Stream(stream) = contact.work else { return };
        let settings = &self.plan.streams[usize::from(stream)];
        let (patience, solves) = match settings.patience {
            Some(length) => {
                let key = stream_attempt(stream, contact.attempt);
                let (luck, solves) =
                    self.draws.uniforms(contact.number, Purpose::StreamPatience, key);
                (Some((length, luck)), solves)
            }
            None => (None, self.draws.uniform(contact.number, Purpose::StreamPatience, stream)),
        };
        let contact = Contact { arrived: now, solves, ..contact };
        if contact.attempt == 0 {
            self.census.stream_voiced(usize::from(stream), settings, now);
        }
        match self.route(settings.channel, contact.action, patience.is_none()) {
            Route::Machine => {
                let answer = self.plan.answer(contact.action);
                let resolved = answer.is_some_and(|answer| solves < answer.fixes);
                let fate = Fate { answered: true, resolved, ..Fate::default() };
                self.census.stream_served(usize::from(stream), settings, &contact, 0.0, fate);
            }
            Route::HangsUp => self.stream_hung_up(usize::from(stream), contact, 0.0),
            Route::Nowhere => {
                let rest = self.plan.end - contact.voiced_at;
                self.census.stream_lost(settings, &contact, rest);
            }
            Route::Desk => self.submit(contact, patience),
        }
    }

    /// A contact of a stream has been served.
    #[inline]
    pub(super) fn stream_served(&mut self, stream: usize, team: usize, contact: &Contact) {
        let Some(answer) = self.plan.answer(contact.action) else { return };
        let now = self.now();
        let settings = &self.plan.streams[stream];
        let answered = answer.by == By::Person;
        let fate = Fate {
            seen: true,
            answered,
            heard: answered && answer.on_topic,
            resolved: answered && self.plan.teams[team].may_fix && contact.solves < answer.fixes,
        };
        let live = self.plan.channels[settings.channel].live;
        // A call is answered when somebody picks up, a message when the reply is written.
        let until = if live { now - contact.handle } else { now };
        self.census.stream_served(stream, settings, contact, until - contact.voiced_at, fate);
    }

    /// A caller of a stream has hung up.
    pub(super) fn stream_hung_up(&mut self, stream: usize, contact: Contact, waited: f64) {
        self.census.wait(&contact, waited, true);
        let settings = &self.plan.streams[stream];
        let key = stream_attempt(stream as u16, contact.attempt);
        let (whether, when) = self.draws.uniforms(contact.number, Purpose::StreamRedial, key);
        if whether < settings.redials {
            let redial = self.redials.len() as u32;
            self.redials.push(Contact { attempt: contact.attempt + 1, ..contact });
            self.events.after(when, Event::CallsAgain(redial));
        } else {
            let since = self.now() - contact.voiced_at;
            self.census.stream_lost(settings, &contact, since);
        }
    }
}

/// One key for a stream and an attempt of one of its callers.
fn stream_attempt(stream: u16, attempt: u16) -> u16 {
    stream | attempt.min(255) << 8
}
