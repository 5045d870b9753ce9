//! Open streams: anonymous contacts that come whatever the company does.

use super::inbox::urgency;
use super::service::Route;
use crate::desk::contact::{Contact, Work};
use crate::record::census::{Caller, Fate};
use crate::terms::observer::{Matter, Observer, Step};
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_scenario::answer::By;

impl<O: Observer> World<'_, O> {
    /// Schedules the next contact of a stream.
    #[inline]
    pub(super) fn next_of_stream(&mut self, company: usize, stream: usize) {
        let key = self.policy(company).streams[stream].key;
        let source = &mut self.companies[company].streams[stream];
        let (gap, handle_luck) = self.draws.uniforms(source.number, Purpose::StreamArrival, key);
        source.handle_luck = handle_luck;
        let time = match &source.times {
            Some(times) => times.get(source.number as usize).copied(),
            None => source.arrivals.next(&self.draws, gap, self.setting.end),
        };
        if let Some(time) = time {
            let (company, stream) = (company as u8, stream as u8);
            self.events.at(time, Event::StreamArrival { company, stream });
        }
    }

    /// A contact of a stream comes in for the first time.
    #[inline]
    pub(super) fn stream_arrival(&mut self, company: usize, stream: usize) {
        let (now, policy) = (self.now(), self.policy(company));
        let source = &mut self.companies[company].streams[stream];
        let (number, handle_luck) = (source.number, source.handle_luck);
        source.number += 1;
        self.next_of_stream(company, stream);
        let settings = &policy.streams[stream];
        let action = settings.decision.action;
        let handle = match (settings.handle, policy.answer(action)) {
            (Some(handle), _) => handle.hours(handle_luck),
            (None, Some(answer)) => answer.handle.hours(handle_luck),
            (None, None) => 0.0,
        };
        let contact = Contact {
            work: Work::Stream(stream as u16),
            line: settings.channel as u16,
            priority: settings.decision.priority,
            urgency: f64::NAN,
            action,
            handle,
            solves: 0.0,
            number,
            attempt: 0,
            voiced_at: now,
            arrived: now,
        };
        self.stream_contact(company, contact);
    }

    /// A contact of a stream comes in, for the first time or again.
    #[inline]
    pub(super) fn stream_contact(&mut self, company: usize, contact: Contact) {
        let (now, policy) = (self.now(), self.policy(company));
        let Work::Stream(stream) = contact.work else { return };
        let settings = &policy.streams[usize::from(stream)];
        let (patience, solves) = match settings.patience {
            Some(length) => {
                let key = stream_attempt(settings.key, contact.attempt);
                let (luck, solves) =
                    self.draws.uniforms(contact.number, Purpose::StreamPatience, key);
                (Some((length, luck)), solves)
            }
            None => {
                (None, self.draws.uniform(contact.number, Purpose::StreamPatience, settings.key))
            }
        };
        let since = now - settings.decision.head_start;
        let urgency = urgency(policy, settings.channel, 0.0, contact.handle, since);
        let contact = Contact { arrived: now, urgency, solves, ..contact };
        if contact.attempt == 0 {
            self.companies[company].census.stream_voiced(usize::from(stream), settings, now);
        }
        let Contact { number, attempt, priority: rank, action, .. } = contact;
        let matter = Matter::Call { stream: usize::from(stream), number, attempt };
        let called = Step::Called { channel: settings.channel, rank };
        self.observer.handled(now, company, matter, called);
        match self.route(company, settings.channel, action, patience.is_none()) {
            Route::Machine => {
                self.observer.handled(now, company, matter, Step::ByMachine { action });
                let answer = policy.answer(action);
                let resolved = answer.is_some_and(|answer| solves < answer.fixes);
                let fate = Fate { answered: true, resolved, ..Fate::default() };
                self.companies[company].census.stream_served(
                    usize::from(stream),
                    settings,
                    &contact,
                    0.0,
                    fate,
                );
            }
            Route::HangsUp => {
                self.observer.handled(now, company, matter, Step::HungUp);
                self.stream_hung_up(company, usize::from(stream), contact, Caller::TurnedAway);
            }
            Route::Nowhere => {
                let rest = self.setting.end - contact.voiced_at;
                self.companies[company].census.stream_lost(settings, &contact, rest);
            }
            Route::Desk => self.submit(company, contact, patience),
        }
    }

    /// A contact of a stream has been served.
    #[inline]
    pub(super) fn stream_served(
        &mut self,
        company: usize,
        stream: usize,
        (team, person): (usize, Option<u16>),
        contact: &Contact,
    ) {
        let (now, policy) = (self.now(), self.policy(company));
        let Some(answer) = policy.answer(contact.action) else { return };
        let settings = &policy.streams[stream];
        let people = &self.companies[company].people;
        let fixes = people.fixes(policy, team, person, answer.fixes);
        let answered = answer.by == By::Person;
        let fate = Fate {
            seen: true,
            answered,
            heard: answered && answer.on_topic,
            resolved: answered && policy.teams[team].may_fix && contact.solves < fixes,
        };
        let live = policy.channels[settings.channel].live;
        // A call is answered when somebody picks up, a message when the reply is written.
        let until = if live { now - contact.handle } else { now };
        self.companies[company].census.stream_served(
            stream,
            settings,
            contact,
            until - contact.voiced_at,
            fate,
        );
    }

    /// A caller of a stream has hung up, or found nobody there.
    pub(super) fn stream_hung_up(
        &mut self,
        company: usize,
        stream: usize,
        contact: Contact,
        caller: Caller,
    ) {
        let waited = self.now() - contact.arrived;
        self.companies[company].census.wait(&contact, waited, caller);
        let settings = &self.policy(company).streams[stream];
        let key = stream_attempt(settings.key, contact.attempt);
        let (whether, when) = self.draws.uniforms(contact.number, Purpose::StreamRedial, key);
        if whether < settings.redials {
            let redial = self.redials.len() as u32;
            let again = Contact { attempt: contact.attempt + 1, ..contact };
            self.redials.push((company as u8, again));
            self.events.after(when, Event::CallsAgain(redial));
        } else {
            let since = self.now() - contact.voiced_at;
            self.companies[company].census.stream_lost(settings, &contact, since);
        }
    }
}

/// One key for a stream and an attempt of one of its callers.
pub(super) fn stream_attempt(stream: u16, attempt: u16) -> u16 {
    stream | attempt.min(255) << 8
}

#[cfg(test)]
mod tests;
