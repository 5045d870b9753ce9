//! When something happened, as a log says it.

use jiff::civil::{Date, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::Pieces;
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

    /// Reads a moment: `2026-03-01T09:30:00`, with a blank instead of the `T`, with or without
    /// seconds, parts of a second and an offset such as `+01:00` or `Z`; or seconds since 1970; or
    /// `Tue Oct 31 22:10:47 +0000 2017`. `None` for anything else.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        match text.first()? {
            b'0'..=b'9' if text.iter().all(u8::is_ascii_digit) => seconds(text),
            b'0'..=b'9' => iso(text),
            b'A'..=b'Z' => spoken(text),
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

/// Seconds since 1970, of the years 2001 to 2286.
fn seconds(text: &[u8]) -> Option<Moment> {
    if text.len() != 10 {
        return None;
    }
    let seconds: i64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    Some(Moment { wall_ms: seconds * 1000, ahead_minutes: Some(0) })
}

fn iso(text: &[u8]) -> Option<Moment> {
    let pieces = Pieces::parse(text).ok()?;
    // A date alone is not a timestamp.
    let time = pieces.time()?;
    let ahead = match pieces.offset() {
        Some(offset) => Some(ahead_minutes(offset.to_numeric_offset())?),
        None => None,
    };
    Some(Moment { wall_ms: wall_ms(pieces.date(), time), ahead_minutes: ahead })
}

fn spoken(text: &[u8]) -> Option<Moment> {
    let time = BrokenDownTime::parse("%a %b %d %H:%M:%S %z %Y", text).ok()?;
    let ahead = ahead_minutes(time.offset()?)?;
    let wall = time.to_datetime().ok()?;
    Some(Moment { wall_ms: wall_ms(wall.date(), wall.time()), ahead_minutes: Some(ahead) })
}

fn ahead_minutes(offset: Offset) -> Option<i16> {
    i16::try_from(offset.seconds() / 60).ok()
}

fn wall_ms(date: Date, time: Time) -> i64 {
    day_of(date) * DAY_MS
        + i64::from(time.hour()) * 3_600_000
        + i64::from(time.minute()) * 60_000
        + i64::from(time.second()) * 1_000
        + i64::from(time.millisecond())
}

/// Days since 1970 began.
fn day_of(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    // Years that begin in March, so that leap days come last (the civil calendar's usual formula).
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
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
    text.trim().parse::<Date>().ok().map(day_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> Option<(i64, Option<i16>)> {
        Moment::parse(text.as_bytes()).map(|moment| (moment.wall_ms, moment.ahead_minutes))
    }

    #[test]
    fn moments_read_as_logs_write_them() {
        // Seconds since 1970 by `date -u -d ... +%s`.
        let wall = 1_509_487_847_000;
        for (text, ahead) in [
            ("2017-10-31T22:10:47", None),
            (" 2017-10-31 22:10:47 ", None),
            ("2017-10-31T22:10:47Z", Some(0)),
            ("2017-10-31 22:10:47+00:00", Some(0)),
            ("2017-10-31T22:10:47-05:00", Some(-300)),
            ("2017-10-31T22:10:47.000+05:30", Some(330)),
            ("Tue Oct 31 22:10:47 +0000 2017", Some(0)),
            ("1509487847", Some(0)),
        ] {
            assert_eq!(ms(text), Some((wall, ahead)), "{text}");
        }
        assert_eq!(ms("2017-10-31T22:10"), Some((wall - 47_000, None)));
        assert_eq!(ms("2017-10-31T22:10:47.25"), Some((wall + 250, None)));
    }

    #[test]
    fn what_is_no_moment_is_not_read_as_one() {
        for text in [
            "",
            " ",
            "x",
            "2017-10-31",
            "22:10:47",
            "2017-02-29T10:00:00",
            "2017-13-01T10:00:00",
            "2017-10-31T25:00:00",
            "12",
            "15094878470",
            "Tue Oct 32 22:10:47 +0000 2017",
            "31/10/2017 22:10",
            "-1",
            "2017-10-31T22:10:47+99:00",
            "\u{feff}",
        ] {
            assert_eq!(ms(text), None, "{text}");
        }
    }

    #[test]
    fn weeks_begin_with_monday_by_the_clock_on_the_wall() {
        let hour = |text: &str| Moment::parse(text.as_bytes()).unwrap().hour_of_week();
        assert_eq!(hour("1970-01-01T00:00:00"), 72);
        assert_eq!(hour("2026-11-23T00:59:59"), 0);
        assert_eq!(hour("2026-11-22T23:00:00+05:00"), 167);
        assert_eq!(hour("1969-12-29T01:00:00"), 1);
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let month = |text: &str| Moment::parse(text.as_bytes()).unwrap().month();
        for (text, year, of_year) in [
            ("1970-01-01T00:00", 1970, 0),
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
        for text in [
            "2017-10-31T22:10:47",
            "2017-10-31T22:10:47Z",
            "2017-10-31T22:10:47.25-05:30",
            "1969-12-31T23:59:59",
        ] {
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
