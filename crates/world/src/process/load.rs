//! How many contacts are inside is read over the whole run.

use crate::terms::observer::Observer;
use crate::world::{Event, World};

impl<O: Observer> World<'_, O> {
    /// Schedules reading number `index`.
    pub(super) fn next_reading(&mut self, index: u32) {
        let Some(readings) = self.setting.readings else { return };
        if index < readings.stretches * readings.each {
            self.events.at(readings.at(index), Event::Reading(index));
        }
    }

    /// Reads how many are inside.
    pub(super) fn read_load(&mut self, index: u32) {
        let Some(readings) = self.setting.readings else { return };
        let stretch = (index / readings.each) as usize;
        for company in &mut self.companies {
            let inside = f64::from(company.desk.contacts()) / f64::from(readings.each);
            company.census.read_load(stretch, inside);
        }
        self.next_reading(index + 1);
    }
}
