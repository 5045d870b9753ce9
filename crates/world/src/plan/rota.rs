//! Who is at work when: shifts added up to steps that repeat.

use heard_scenario::calendar::WEEK_MINUTES;
use heard_scenario::team::Shift;

/// People of a team over a week, or over all the weeks of a run, which then repeat. Whole minutes: a
/// step must be found again exactly, week after week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rota {
    /// Minutes after which it repeats.
    cycle: u32,
    /// Minute at which a step begins, people from then on. The first is at 0.
    steps: Vec<(u32, u32)>,
}

impl Rota {
    /// What the shifts add up to in a run of this many days.
    #[must_use]
    pub fn new(shifts: &[Shift], days: f64) -> Self {
        let weeks = if shifts.iter().any(|shift| shift.weeks.is_some()) {
            ((days / 7.0).ceil() as u32).max(1)
        } else {
            1
        };
        let cycle = weeks * WEEK_MINUTES;
        // How many come, less those who go, at each minute.
        let mut changes: Vec<(u32, i64)> = vec![(0, 0)];
        for shift in shifts {
            let people = i64::from(shift.people);
            let worked =
                |week: &u32| shift.weeks.as_ref().is_none_or(|weeks| weeks.contains(&(week + 1)));
            for week in (0..weeks).filter(worked) {
                for day in (0..7).filter(|&day| shift.days.contains(day)) {
                    let midnight = week * WEEK_MINUTES + day as u32 * 24 * 60;
                    let from = midnight + shift.hours.start_minute();
                    let to = from + shift.hours.minutes();
                    changes.push((from, people));
                    match to {
                        to if to < cycle => changes.push((to, -people)),
                        // Past the end of the cycle is at its beginning.
                        to if to > cycle => changes.extend([(0, people), (to - cycle, -people)]),
                        _ => {}
                    }
                }
            }
        }
        changes.sort_unstable_by_key(|(minute, _)| *minute);
        let mut steps: Vec<(u32, u32)> = Vec::new();
        let mut people = 0;
        for at_once in changes.chunk_by(|a, b| a.0 == b.0) {
            people += at_once.iter().map(|(_, change)| change).sum::<i64>();
            steps.push((at_once[0].0, people as u32));
        }
        steps.dedup_by_key(|step| step.1);
        Self { cycle, steps }
    }

    /// The step, counted through all cycles since the start, that has begun by `hours`.
    #[must_use]
    pub fn step_at(&self, hours: f64) -> u32 {
        let minutes = hours * 60.0;
        let cycles = (minutes / f64::from(self.cycle)) as u32;
        let minute = minutes - f64::from(cycles) * f64::from(self.cycle);
        let begun = self.steps.partition_point(|&(start, _)| f64::from(start) <= minute);
        cycles * self.steps.len().max(1) as u32 + begun.max(1) as u32 - 1
    }

    /// People from step number `step` on, steps counted through all cycles since the start, and the
    /// hour at which the next step begins; `None` where staffing never changes.
    #[must_use]
    pub fn step(&self, step: u32) -> (u32, Option<f64>) {
        let steps = self.steps.len().max(1) as u32;
        let people = self.steps.get((step % steps) as usize).map_or(0, |&(_, people)| people);
        if steps < 2 {
            return (people, None);
        }
        let next = step + 1;
        let minute = self.steps.get((next % steps) as usize).map_or(0, |&(minute, _)| minute);
        let minutes = f64::from(next / steps) * f64::from(self.cycle) + f64::from(minute);
        (people, Some(minutes / 60.0))
    }

    /// People at a minute since the start.
    #[must_use]
    pub fn people_at(&self, minute: u32) -> u32 {
        let begun = self.steps.partition_point(|&(start, _)| start <= minute % self.cycle);
        self.steps.get(begun.saturating_sub(1)).map_or(0, |&(_, people)| people)
    }

    /// Whether all days are alike.
    #[must_use]
    pub fn repeats_daily(&self) -> bool {
        const DAY: u32 = 24 * 60;
        (0..self.cycle).all(|at| self.people_at(at) == self.people_at(at + DAY))
    }

    /// Whether staffing ever changes.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.steps.len() > 1
    }

    /// The people that there are on average.
    #[must_use]
    pub fn mean_people(&self) -> f64 {
        let ends = self.steps.iter().skip(1).map(|&(minute, _)| minute).chain([self.cycle]);
        let steps = self.steps.iter().zip(ends);
        let minutes = steps.map(|(&(from, people), to)| f64::from(to - from) * f64::from(people));
        minutes.sum::<f64>() / f64::from(self.cycle)
    }

    /// The hours that people work between two times, in hours from the start of the run.
    #[must_use]
    pub fn people_hours(&self, from: f64, to: f64) -> f64 {
        let (mut step, mut now, mut sum) = (self.step_at(from), from, 0.0);
        while now < to {
            let (people, next) = self.step(step);
            let end = next.map_or(to, |next| next.min(to));
            sum += f64::from(people) * (end - now);
            (step, now) = (step + 1, end);
        }
        sum
    }

    /// The most people that there ever are at once.
    #[must_use]
    pub fn most_people(&self) -> u32 {
        self.steps.iter().map(|&(_, people)| people).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(days: &str, hours: &str, people: u32) -> Shift {
        let days = days.to_owned().try_into().unwrap();
        Shift { days, hours: hours.to_owned().try_into().unwrap(), people, weeks: None }
    }

    #[test]
    fn hours_of_people_are_those_of_the_shifts_between_two_times() {
        let rota =
            Rota::new(&[shift("Mon-Fri", "09:00-17:00", 2), shift("Sun", "22:00-06:00", 1)], 30.0);
        assert_eq!(rota.people_hours(0.0, 168.0), 2.0 * 40.0 + 8.0);
        assert_eq!(rota.people_hours(168.0, 3.0 * 168.0), 2.0 * (2.0 * 40.0 + 8.0));
        // From ten to noon on Tuesday, and over a night without anybody.
        assert_eq!(rota.people_hours(34.0, 36.0), 4.0);
        assert_eq!(rota.people_hours(41.0, 57.0), 0.0);
        assert_eq!(rota.people_hours(36.0, 36.0), 0.0);
        assert_eq!(Rota::new(&[], 30.0).people_hours(0.0, 24.0), 0.0);
    }

    #[test]
    fn shifts_add_up_and_pass_midnight_and_the_end_of_the_week() {
        let rota = Rota::new(
            &[
                shift("Mon", "09:00-17:00", 2),
                shift("Mon", "16:00-18:00", 1),
                shift("Sun", "22:00-06:00", 1),
            ],
            1.0,
        );
        let hour = 60;
        assert_eq!(
            rota.steps,
            [
                (0, 1),
                (6 * hour, 0),
                (9 * hour, 2),
                (16 * hour, 3),
                (17 * hour, 1),
                (18 * hour, 0),
                (166 * hour, 1)
            ]
        );
        let always = Rota::new(&[shift("Mon-Sun", "00:00-24:00", 5)], 90.0);
        assert_eq!((always.steps.as_slice(), always.cycle), ([(0, 5)].as_slice(), WEEK_MINUTES));
        assert_eq!(Rota::new(&[], 90.0).steps, [(0, 0)]);
    }

    #[test]
    fn shifts_of_some_weeks_are_worked_in_those() {
        let some = Shift { weeks: Some(vec![2, 9]), ..shift("Tue", "09:00-17:00", 3) };
        let rota = Rota::new(&[some, shift("Mon", "09:00-17:00", 1)], 15.0);
        assert_eq!(rota.cycle, 3 * WEEK_MINUTES);
        let at =
            |week: u32, day: u32, hour: u32| rota.people_at(((week * 7 + day) * 24 + hour) * 60);
        assert_eq!([at(0, 1, 10), at(1, 1, 10), at(2, 1, 10)], [0, 3, 0]);
        assert_eq!([at(0, 0, 10), at(1, 0, 10), at(2, 0, 16), at(2, 0, 17)], [1, 1, 1, 0]);
        assert_eq!(rota.most_people(), 3);
        assert!((rota.mean_people() - (3.0 * 8.0 + 3.0 * 8.0) / (3.0 * 168.0)).abs() < 1e-12);
        assert!(!rota.repeats_daily());
    }

    #[test]
    fn staffing_follows_the_cycle_for_ever() {
        let steps = vec![(0, 2), (9 * 60 + 20, 0), (166 * 60, 1)];
        let rota = Rota { cycle: WEEK_MINUTES, steps };
        assert_eq!(rota.step(0), (2, Some(560.0 / 60.0)));
        assert_eq!(rota.step(1), (0, Some(166.0)));
        assert_eq!(rota.step(2), (1, Some(168.0)));
        assert_eq!(rota.step(3 * 52), (2, Some(168.0 * 52.0 + 560.0 / 60.0)));
        assert_eq!(Rota { cycle: WEEK_MINUTES, steps: vec![(0, 4)] }.step(0), (4, None));
        for (hours, step) in [(0.0, 0), (9.0, 0), (560.0 / 60.0, 1), (167.0, 2), (168.0 * 3.0, 9)] {
            assert_eq!(rota.step_at(hours), step);
        }
    }
}
