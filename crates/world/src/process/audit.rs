//! The mystery shopper: probes on every channel that a company presents.

use crate::terms::candidate;
use crate::terms::observer::Observer;
use crate::terms::occasion::Occasion;
use crate::terms::purpose::Purpose;
use crate::world::{Event, World};
use heard_scenario::audit::HOURS;
use heard_scenario::triage::Kind;

impl<O: Observer> World<'_, O> {
    /// Schedules the probes: evenly over the days of each window, at any time of the auditor's hours.
    pub(super) fn plan_probes(&mut self) {
        let each = self.setting.audit.probes_per_channel;
        let channels = self.policies[0].channels.len() * self.companies.len();
        let of_window = each * channels as u32;
        for (window, &(from, to)) in self.setting.counted.windows.iter().enumerate() {
            for probe in (0..of_window).map(|probe| window as u32 * of_window + probe) {
                let part = (f64::from(probe % each) + 0.5) / f64::from(each);
                let day = ((from + part * (to - from)) / 24.0).floor();
                let luck = self.draws.uniform(candidate::PROBES | probe, Purpose::Probe, 0);
                let hour = HOURS.0 + luck * (HOURS.1 - HOURS.0);
                self.events.at((day * 24.0 + hour).clamp(from, to), Event::Probe(probe));
            }
        }
    }

    /// A probe is posted, if the company is there to be probed.
    pub(super) fn probe(&mut self, probe: u32) {
        let audit = &self.setting.audit;
        let channels = self.policies[0].channels.len();
        let at = (probe / audit.probes_per_channel) as usize % (channels * self.companies.len());
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
