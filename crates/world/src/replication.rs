//! One replication of one arm, from its start to the numbers that it yields.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::desk::contact::{Contact, Work};
use crate::plan::Plan;
use crate::record::census::Census;
use crate::record::column::{Column, length};
use crate::terms::LOOK_EVERY;
use crate::terms::observer::Observer;
use crate::world::{Event, World};
use heard_math::engine::keyed::Draws;

/// Runs replication number `replication` of `plan` and returns one value for each of `columns`, for
/// each company and, where there are several, for all of them together; NaN where it is not defined.
/// Those of further windows follow those of the main one. `None` if `stop` was raised before the end.
// A function of its own in every build: `tools/instructions` counts what happens inside it.
#[inline(never)]
pub fn replicate<O: Observer>(
    plan: &Plan,
    columns: &[Column],
    seed: u64,
    replication: u32,
    stop: &AtomicBool,
    observer: &mut O,
) -> Option<Vec<f64>> {
    let mut world = World::new(plan, Draws::new(seed, replication), observer, stop)?;
    world.start();
    let mut until_look = LOOK_EVERY;
    while let Some(event) = world.events.next_until(plan.setting.end) {
        world.happen(event);
        until_look -= 1;
        if until_look == 0 {
            until_look = LOOK_EVERY;
            if stop.load(Ordering::Relaxed) {
                return None;
            }
        }
    }
    Some(world.finish(columns))
}

impl<O: Observer> World<'_, O> {
    /// Open questions and complaints that nothing will ever end: neither at the desk, nor found by a
    /// sweep, nor with a customer who will give up or write again. There must be none.
    pub(crate) fn lost_cases(&self) -> Vec<usize> {
        let mut held = vec![false; self.cases.len()];
        for event in self.events.pending() {
            match event {
                Event::WritesAgain(case) => held[case as usize] = true,
                Event::GivesUp { case, message } => {
                    held[case as usize] |= self.still_waits(case as usize, message);
                }
                _ => {}
            }
        }
        for contact in self.companies.iter().flat_map(|company| company.desk.still_inside()) {
            if let Work::Case(case) = contact.work {
                held[case as usize] = true;
            }
        }
        let mut lost = vec![0; self.companies.len()];
        for (case, held) in self.cases.iter().zip(held) {
            if case.wants_answer() && case.ending.is_none() && !held {
                lost[usize::from(case.company)] += 1;
            }
        }
        lost
    }

    /// Counts what is left and returns the values of `columns`, as [`replicate`] does.
    pub(crate) fn finish(mut self, columns: &[Column]) -> Vec<f64> {
        let end = self.setting.end;
        if end % 24.0 != 0.0 {
            self.read_day(end);
        }
        let lost = self.lost_cases();
        let calls: Vec<(u8, Contact)> = (self.events.pending())
            .filter_map(|event| match event {
                Event::CallsAgain(redial) => Some(self.redials[redial as usize]),
                _ => None,
            })
            .collect();
        for case in &self.cases {
            self.companies[usize::from(case.company)].census.count_case(case);
        }
        for (index, company) in self.companies.iter_mut().enumerate() {
            company.desk.close(end);
            let calls = calls.iter().filter(|(whose, _)| usize::from(*whose) == index);
            let calls = calls.map(|(_, contact)| *contact);
            company.census.close(&self.policies[index], &company.desk, calls, lost[index]);
            company.census.customers_on_day_0(self.customers.members(index).1);
        }
        let censuses: Vec<Census> = self.companies.into_iter().map(|one| one.census).collect();
        let length = length(columns, self.setting.counted.windows.len());
        let mut values = Vec::with_capacity(length * (censuses.len() + 1));
        for census in &censuses {
            values.extend(census.values(columns));
        }
        if let [first, others @ ..] = censuses.as_slice()
            && !others.is_empty()
        {
            let mut all = first.clone();
            others.iter().for_each(|other| all.absorb(other));
            values.extend(all.values(columns));
        }
        values
    }
}

#[cfg(test)]
mod tests;
