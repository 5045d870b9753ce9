//! How many contacts are inside over the whole run: what tells whether a stream has settled.
//!
//! A population learns and has no steady state; streams alone have one. It is read at moments, not
//! kept at every event: reading costs nothing that a benchmark could see.

use super::rota::Rota;
use heard_scenario::Scenario;

/// Means that a run without any rhythm is cut into.
const PIECES: u32 = 200;
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// When the number inside is read: means over as many equal stretches, each of some readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readings {
    /// Hours that a stretch lasts: a whole day or week where rates or staff have that rhythm.
    pub stretch_hours: f64,
    /// Stretches in the run.
    pub stretches: u32,
    /// Readings in a stretch.
    pub(crate) each: u32,
}

impl Readings {
    /// The readings of a run that ends to be counted at `end` (hours); none with a population.
    #[must_use]
    pub fn new(scenarios: &[&Scenario], population: bool, end: f64) -> Option<Self> {
        if population || scenarios.iter().all(|scenario| scenario.stream.is_empty()) {
            return None;
        }
        let (stretch_hours, each) = match scenarios.iter().map(|scenario| rhythm(scenario)).max()? {
            Rhythm::None => (end / f64::from(PIECES), 1),
            Rhythm::Day => (24.0, 24),
            Rhythm::Week => (168.0, 168),
        };
        let stretches = (end / stretch_hours + 1e-9) as u32;
        Some(Self { stretch_hours, stretches, each })
    }

    /// Whether rates or staff differ by hour or weekday.
    #[must_use]
    pub fn has_rhythm(&self) -> bool {
        self.each > 1
    }

    /// When reading number `index` is due, in hours: somewhere in its part of the stretch, by multiples
    /// of the golden section, so that no rhythm of arrivals falls into step with the readings.
    pub(crate) fn at(&self, index: u32) -> f64 {
        let multiple = f64::from(index + 1) * GOLDEN;
        let within = multiple - multiple.floor();
        (f64::from(index) + within) * self.stretch_hours / f64::from(self.each)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rhythm {
    None,
    Day,
    Week,
}

/// What repeats in the rates and the staff of a company.
fn rhythm(scenario: &Scenario) -> Rhythm {
    let uneven = |weights: &Option<Vec<f64>>| {
        weights.as_ref().is_some_and(|weights| weights.windows(2).any(|pair| pair[0] != pair[1]))
    };
    let streams = || scenario.stream.values();
    let rotas: Vec<Rota> =
        (scenario.team.values()).map(|team| Rota::new(&team.shifts, scenario.run.days)).collect();
    if streams().any(|stream| uneven(&stream.by_weekday) || uneven(&stream.by_hour_of_week))
        || !rotas.iter().all(Rota::repeats_daily)
    {
        Rhythm::Week
    } else if streams().any(|stream| uneven(&stream.by_hour)) || rotas.iter().any(Rota::changes) {
        Rhythm::Day
    } else {
        Rhythm::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(stream: &str, shifts: &str, population: bool) -> Option<Readings> {
        let text = format!(
            "[channel.phone]\nseen_by = \"private\"\nwaits = \"on the line\"\n\
             [stream.callers]\nchannel = \"phone\"\nper_hour = 5\n{stream}\n\
             [team.care]\nchannels = [\"phone\"]\nshifts = [{shifts}]"
        );
        let scenario: Scenario = toml::from_str(&text).unwrap();
        Readings::new(&[&scenario], population, 30.5 * 24.0)
    }

    const ALWAYS: &str = "{ days = \"Mon-Sun\", hours = \"00:00-24:00\", people = 2 }";

    #[test]
    fn stretches_are_as_long_as_what_repeats() {
        let long = |stream: &str, shifts: &str| {
            let readings = readings(stream, shifts, false).unwrap();
            (readings.stretch_hours, readings.stretches)
        };
        assert_eq!(long("", ALWAYS), (30.5 * 24.0 / 200.0, 200));
        let by_hour = format!("by_hour = [{}2]", "1, ".repeat(23));
        assert_eq!(long(&by_hour, ALWAYS), (24.0, 30));
        let office = "{ days = \"Mon-Sun\", hours = \"09:00-17:15\", people = 2 }";
        assert_eq!(long("", office), (24.0, 30));
        assert_eq!(long("", &office.replace("Sun", "Fri")), (168.0, 4));
        assert_eq!(long("by_weekday = [1, 1, 1, 1, 1, 1, 2]", ALWAYS), (168.0, 4));
        let always_alike = format!("by_hour = [{}1]", "1, ".repeat(23));
        assert_eq!(long(&always_alike, ALWAYS).1, 200);
    }

    #[test]
    fn readings_come_in_order_and_once_in_each_part() {
        let readings = readings("", ALWAYS, false).unwrap();
        let part = 30.5 * 24.0 / 200.0;
        for index in 0..200 {
            let at = readings.at(index);
            assert!((f64::from(index) * part..f64::from(index + 1) * part).contains(&at));
        }
    }

    #[test]
    fn a_population_is_not_read() {
        assert_eq!(readings("", ALWAYS, true), None);
        let none = Scenario::default();
        assert_eq!(Readings::new(&[&none], false, 24.0), None);
    }
}
