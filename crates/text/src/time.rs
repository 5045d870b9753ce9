//! Points in time and lengths of time.

use crate::number::significant;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `day 23 Wed 14:07`: day 0 is a Monday.
#[must_use]
pub fn clock(hours: f64) -> String {
    let minutes = (hours.max(0.0) * 60.0) as u64;
    let (day, minute) = (minutes / 1440, minutes % 1440);
    format!("day {day} {} {:02}:{:02}", DAYS[(day % 7) as usize], minute / 60, minute % 60)
}

/// `20 s`, `14 min`, `2 h 10 min`, `3 d 4 h`.
#[must_use]
pub fn length(hours: f64) -> String {
    let seconds = (hours.max(0.0) * 3600.0).round() as u64;
    let two = |large: u64, unit: &str, small: u64, part: &str| match small {
        0 => format!("{large} {unit}"),
        _ => format!("{large} {unit} {small} {part}"),
    };
    let minutes = (seconds + 30) / 60;
    match seconds {
        0..60 => format!("{seconds} s"),
        60.. if minutes < 60 => format!("{minutes} min"),
        60.. if minutes < 1440 => two(minutes / 60, "h", minutes % 60, "min"),
        _ => {
            let hours = (minutes + 30) / 60;
            two(hours / 24, "d", hours % 24, "h")
        }
    }
}

/// The length of time between two points, as their clocks show it.
#[must_use]
pub fn between(from: f64, to: f64) -> String {
    if to - from < 1.0 / 60.0 {
        return length(to - from);
    }
    let minute = |hours: f64| (hours.max(0.0) * 60.0).floor();
    length((minute(to) - minute(from)) / 60.0)
}

/// `+2 h 10 min`; empty at the very beginning.
#[must_use]
pub fn since(from: f64, to: f64) -> String {
    if to <= from { String::new() } else { format!("+{}", between(from, to)) }
}

/// A rounded length of time in one unit: `40 s`, `12 min`, `5.1 h`, `3.2 d`.
#[must_use]
pub fn rounded(seconds: f64) -> String {
    match seconds {
        s if s < 120.0 => format!("{} s", significant(s, 2)),
        s if s < 90.0 * 60.0 => format!("{} min", significant(s / 60.0, 2)),
        s if s < 48.0 * 3600.0 => format!("{} h", significant(s / 3600.0, 2)),
        s => format!("{} d", significant(s / 86_400.0, 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_lengths_have_two_digits_and_one_unit() {
        let said = [(40.0, "40 s"), (720.0, "12 min"), (18_360.0, "5.1 h"), (276_480.0, "3.2 d")];
        said.iter().for_each(|(seconds, text)| assert_eq!(rounded(*seconds), *text));
    }

    #[test]
    fn clocks_begin_on_a_monday_at_midnight() {
        assert_eq!(clock(0.0), "day 0 Mon 00:00");
        assert_eq!(clock(22.0 * 24.0 + 14.0 + 7.5 / 60.0), "day 22 Tue 14:07");
        assert_eq!(clock(6.999_999 * 24.0), "day 6 Sun 23:59");
    }

    #[test]
    fn lengths_are_said_with_at_most_two_units() {
        let minute = 1.0 / 60.0;
        let said = [
            (20.0 / 3600.0, "20 s"),
            (14.0 * minute, "14 min"),
            (130.0 * minute, "2 h 10 min"),
            (59.6 * minute, "1 h"),
            (76.0, "3 d 4 h"),
            (48.0, "2 d"),
            (23.999, "1 d"),
        ];
        for (hours, text) in said {
            assert_eq!(length(hours), text);
        }
        assert_eq!((since(5.0, 5.0), since(5.0, 7.0)), (String::new(), "+2 h".to_owned()));
        let (early, late) = (37.9 * minute, 38.2 * minute);
        assert_eq!(
            (between(early, late).as_str(), between(early, 2.0 + late).as_str()),
            ("18 s", "2 h 1 min")
        );
    }
}
