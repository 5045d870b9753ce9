//! Messages are noticed and sorted; searches find those that do not name the company.

use crate::independent::agenda::Event;
use crate::independent::desk::{Contact, Waiting, Work};
use crate::independent::triage::Known;
use crate::independent::world::World;

impl World<'_> {
    /// A message reaches the inbox, or waits for a search, or nobody will ever see it.
    pub fn receive(&mut self, case: usize) {
        let thread = &self.cases[case].thread;
        if thread.tagged || thread.answered {
            self.sort(case);
        } else if thread.found {
            self.to_find.push(case);
        }
    }

    /// The first rule that holds decides.
    pub fn decide(&self, case: usize) -> usize {
        let it = &self.cases[case];
        let known = Known {
            kind: it.read_as,
            severity: it.severity,
            followers: it.followers,
            tagged: it.thread.tagged,
            repeat: it.messages > 1,
            waited_hours: self.now - it.voiced,
            audience: it.thread.post.map_or(0.0, |post| self.public.posts[post].views),
            channel: it.channel,
        };
        let rules = &self.setting.triage;
        rules.iter().position(|rule| rule.holds(&known)).expect("a last rule that always holds")
    }

    fn sort(&mut self, case: usize) {
        let rule = self.decide(case);
        let action = &self.setting.triage[rule].action;
        let channel = self.cases[case].channel;
        if action.machine {
            self.answer(case, rule, None, 1.0, self.now);
        } else if !action.ignores() {
            self.put_in_line(case, channel, rule, 5);
        }
    }

    pub fn put_in_line(&mut self, case: usize, channel: usize, rule: usize, usual_rank: usize) {
        let it = &self.cases[case];
        let (thread, message) = (it.thread.number, it.messages);
        let work = Work::Contact(Contact { case, thread, message, channel, rule });
        let rule = &self.setting.triage[rule];
        self.enqueue(Waiting {
            work,
            rank: rule.rank.unwrap_or(usual_rank),
            since: self.now - rule.head_start,
            came: self.now,
        });
    }

    pub fn schedule_shifts(&mut self) {
        let days = self.setting.run.days as usize;
        for (team, it) in self.setting.teams.iter().enumerate() {
            for day in 0..days {
                for shift in it.shifts.iter().filter(|shift| shift.days.contains(&(day % 7))) {
                    for hour in [shift.from, shift.to] {
                        self.agenda.add(day as f64 * 24.0 + hour, Event::ShiftChange { team });
                    }
                }
            }
        }
        if self.rules.searches_from_midnight {
            let every = self.setting.listening.sweep_every_hours;
            for search in 0..(days as f64 * 24.0 / every) as usize {
                self.agenda.add(search as f64 * every, Event::Search { round: 0 });
            }
        }
    }

    /// A search happens when somebody of the listening team comes on duty.
    pub fn shift_change(&mut self, team: usize) {
        let before = self.desk.crews[team].people;
        let day = libm::floor(self.now / 24.0 + 1e-9);
        let hour = self.now - day * 24.0 + 1e-6;
        let weekday = day as usize % 7;
        let shifts = self.setting.teams[team].shifts.iter();
        let on = shifts.filter(|it| it.days.contains(&weekday) && it.from <= hour && hour < it.to);
        let people = on.map(|shift| shift.people).sum();
        self.desk.crews[team].people = people;
        let comes_on = before == 0 && people > 0 && team == self.setting.listeners;
        if comes_on && !self.rules.searches_from_midnight {
            self.search_round += 1;
            self.search_again(self.search_round);
        }
    }

    /// Searches if somebody is there, and again after the interval.
    pub fn search_again(&mut self, round: u32) {
        let team = self.setting.listeners;
        if round != self.search_round || self.desk.crews[team].people == 0 {
            return;
        }
        self.search(team);
        if !self.rules.searches_from_midnight {
            let every = self.setting.listening.sweep_every_hours;
            self.agenda.add(self.now + every, Event::Search { round });
        }
    }

    fn search(&mut self, team: usize) {
        let found = std::mem::take(&mut self.to_find);
        let chores: Vec<Vec<usize>> = if self.rules.search_interrupted {
            found.into_iter().map(|case| vec![case]).collect()
        } else if found.is_empty() {
            Vec::new()
        } else {
            vec![found]
        };
        for found in chores {
            let work = Work::Search { team, found };
            self.enqueue(Waiting { work, rank: 4, since: self.now, came: self.now });
        }
    }

    /// A message that a search found has been read: it is sorted like any other.
    pub fn read(&mut self, case: usize) {
        self.see(case);
        let action = &self.setting.triage[self.decide(case)].action;
        if action.person || action.machine {
            self.sort(case);
        }
    }

    /// A person has read something of a case. The company learns from the first time.
    pub fn see(&mut self, case: usize) {
        let it = &mut self.cases[case];
        if it.seen {
            return;
        }
        it.seen = true;
        let Some(cause) = it.cause else { return };
        self.causes[cause].0 += 1;
        if f64::from(self.causes[cause].0) == self.setting.company.reports_to_fix {
            let fixed = self.now + self.setting.company.days_to_fix * 24.0;
            self.agenda.add(fixed, Event::CauseRemoved { cause });
        }
    }
}
