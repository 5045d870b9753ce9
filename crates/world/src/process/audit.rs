//! The mystery shopper: probes on every channel that a company presents.

use crate::terms::candidate;
use crate::terms::observer::Observer;
use crate::terms::occasion::Occasion;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_scenario::audit::HOURS;
use heard_scenario::triage::Kind;

impl<O: Observer> World<'_, O> {
    /// Schedules the probes: evenly over the days of the main window, at any time of the auditor's hours.
    /// Other windows have none: they would be work there that the windows before them do not have.
    pub(super) fn plan_probes(&mut self) {
        let each = self.setting.audit.probes_per_channel;
        let channels = self.policies[0].channels.len() * self.companies.len();
        let (from, to) = self.setting.counted.main();
        for probe in 0..each * channels as u32 {
            let part = (f64::from(probe % each) + 0.5) / f64::from(each);
            let day = ((from + part * (to - from)) / 24.0).floor();
            let luck = self.draws.uniform(candidate::PROBES | probe, Purpose::Probe, 0);
            let hour = HOURS.0 + luck * (HOURS.1 - HOURS.0);
            self.events.at((day * 24.0 + hour).clamp(from, to), Event::Probe(probe));
        }
    }

    /// A probe is posted, if the company is there to be probed.
    pub(super) fn probe(&mut self, probe: u32) {
        let audit = &self.setting.audit;
        let channels = self.policies[0].channels.len();
        let at = (probe / audit.probes_per_channel) as usize;
        let (company, channel) = (at / channels, at % channels);
        if !self.policy(company).channels[channel].presented {
            return;
        }
        let candidate = candidate::PROBES | probe;
        let (severity, followers) = (audit.severity, audit.followers);
        let occasion = self.outsiders(candidate, company, Kind::Complaint, severity, followers);
        let occasion = Occasion { probe: true, ..occasion };
        self.speak(occasion, channel, None);
    }
}

#[cfg(test)]
mod tests;
