//! When something happened, as a log says it.

mod names;
mod order;
mod reader;
mod stamp;
mod tokens;
mod written;
mod zone;

pub use order::{Evidence, Seen, Verdict};
pub use written::{Order, Unread, Written};
pub use zone::Zone;

use jiff::civil::Date;
use jiff::tz::Offset;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 24 * 3_600_000;

/// A moment, to the millisecond: the clock on the wall where it was written down, and how far that
/// clock is from UTC, where the log says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970 began, by the clock on the wall.
    pub wall_ms: i64,
    /// Minutes by which that clock is ahead of UTC; `None` where the log does not say.
    pub ahead_minutes: Option<i16>,
}

impl Moment {
    /// A moment by the clock on the wall, to the millisecond.
    #[must_use]
    pub fn local(wall_ms: i64) -> Self {
        Self { wall_ms, ahead_minutes: None }
    }

    /// Milliseconds since 1970 began in UTC; by the wall where the log does not say how far that is.
    #[must_use]
    pub fn instant_ms(self) -> i64 {
        self.wall_ms - i64::from(self.ahead_minutes.unwrap_or(0)) * 60_000
    }

    /// Milliseconds from this moment until a later one.
    #[must_use]
    pub fn until(self, later: Self) -> i64 {
        later.instant_ms() - self.instant_ms()
    }

    /// The clock on the wall of this moment's day.
    pub(crate) fn on_day(self, clock_ms: i64, zone: &Zone) -> Self {
        let wall_ms = self.day() * DAY_MS + clock_ms;
        match self.ahead_minutes {
            Some(ahead) if zone.name().is_none() => Self { wall_ms, ahead_minutes: Some(ahead) },
            _ => zone.of_wall(wall_ms),
        }
    }

    /// The moment of a clock that is known to be near this moment: on its day, or on the next if it
    /// would be earlier by more than half a day.
    pub(crate) fn at_clock(self, clock_ms: i64, zone: &Zone) -> Self {
        let same = self.on_day(clock_ms, zone);
        if self.wall_ms - same.wall_ms > DAY_MS / 2 {
            return Self { wall_ms: self.wall_ms + DAY_MS, ..self }.on_day(clock_ms, zone);
        }
        same
    }

    /// Hour of the week by the clock on the wall, 0 to 167; 0 begins with Monday.
    #[must_use]
    pub fn hour_of_week(self) -> usize {
        // The first of January 1970 was a Thursday.
        let hours = self.wall_ms.div_euclid(3_600_000) + 3 * 24;
        hours.rem_euclid(168) as usize
    }

    /// The day by the clock on the wall, days since 1970 began.
    #[must_use]
    pub fn day(self) -> i64 {
        self.wall_ms.div_euclid(DAY_MS)
    }

    /// The month by the clock on the wall: years times twelve plus months since January.
    #[must_use]
    pub fn month(self) -> i64 {
        // The civil calendar's usual formula, with years that begin in March.
        let day = self.day() + 719_468;
        let of_era = day.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march_is_0 = (5 * of_year + 2) / 153;
        (day.div_euclid(146_097) * 400 + year) * 12 + march_is_0 + 2
    }

    /// Reads a moment in any of the forms that logs have, where it is one whatever comes first, day or
    /// month; by the clock on the wall where it has no offset. `None` for anything else, and for a date
    /// or a clock alone.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        match Written::read(text, None, &Zone::unknown()) {
            Ok(Written::Moment(moment)) => Some(moment),
            _ => None,
        }
    }

    /// The moment as this reader reads it: `2026-03-01T09:30:00`, with the offset if there is one.
    #[must_use]
    pub fn text(self) -> String {
        let Ok(wall) = jiff::Timestamp::from_millisecond(self.wall_ms) else {
            return "?".to_owned();
        };
        let civil = Offset::UTC.to_datetime(wall);
        match self.ahead_minutes {
            None => civil.to_string(),
            Some(0) => format!("{civil}Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
                format!("{civil}{sign}{hours:02}:{minutes:02}")
            }
        }
    }
}

/// Days since 1970 began; `None` where there is no such date.
pub(crate) fn day_of(year: u16, month: u16, day: u16) -> Option<i64> {
    const DAYS: [u16; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let most = *DAYS.get(usize::from(month.checked_sub(1)?))?;
    if day == 0 || day > most || month == 2 && day == 29 && !is_leap {
        return None;
    }
    let [year, month, day] = [year, month, day].map(i64::from);
    // Years that begin in March, so that leap days come last (the civil calendar's usual formula).
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A day by the clock on the wall: `2026-03-01`.
#[must_use]
pub fn day_text(day: i64) -> String {
    let wall = jiff::Timestamp::from_millisecond(day * DAY_MS);
    wall.map_or("?".to_owned(), |wall| Offset::UTC.to_datetime(wall).date().to_string())
}

/// The day of `2026-03-01`, days since 1970 began; `None` for anything else.
#[must_use]
pub fn parse_day(text: &str) -> Option<i64> {
    let date: Date = text.trim().parse().ok()?;
    day_of(
        u16::try_from(date.year()).ok()?,
        u16::from(date.month().unsigned_abs()),
        u16::from(date.day().unsigned_abs()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_with_monday_by_the_clock_on_the_wall() {
        let hour = |text: &str| Moment::parse(text.as_bytes()).unwrap().hour_of_week();
        assert_eq!(Moment::local(0).hour_of_week(), 72);
        assert_eq!(hour("2026-11-23T00:59:59"), 0);
        assert_eq!(hour("2026-11-22T23:00:00+05:00"), 167);
        assert_eq!(Moment::local(-3 * DAY_MS + 3_600_000).hour_of_week(), 1);
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let month = |text: &str| Moment::parse(text.as_bytes()).unwrap().month();
        for (text, year, of_year) in [
            ("1970-01-02T00:00", 1970, 0),
            ("2024-02-29T23:59", 2024, 1),
            ("2024-03-01T00:00", 2024, 2),
            ("2025-12-31T23:59", 2025, 11),
            ("2026-01-01T00:00", 2026, 0),
            ("2000-02-29T12:00", 2000, 1),
            ("2099-12-31T12:00", 2099, 11),
        ] {
            assert_eq!(month(text), year * 12 + of_year, "{text}");
        }
    }

    #[test]
    fn moments_and_days_are_written_as_they_are_read() {
        for text in ["2017-10-31T22:10:47", "2017-10-31T22:10:47Z", "2017-10-31T22:10:47.25-05:30"]
        {
            assert_eq!(Moment::parse(text.as_bytes()).unwrap().text(), text);
        }
        let day = parse_day("2000-02-29").unwrap();
        assert_eq!((day, day_text(day).as_str()), (11_016, "2000-02-29"));
        assert_eq!(parse_day("1970-01-01"), Some(0));
        assert_eq!(parse_day("soon"), None);
    }

    #[test]
    fn time_between_moments_goes_by_utc() {
        let [a, b] = ["2017-10-29T01:30:00+02:00", "2017-10-29T01:30:00+01:00"]
            .map(|text| Moment::parse(text.as_bytes()).unwrap());
        assert_eq!((a.until(b), b.until(a)), (3_600_000, -3_600_000));
        assert_eq!(a.hour_of_week(), b.hour_of_week());
    }
}
