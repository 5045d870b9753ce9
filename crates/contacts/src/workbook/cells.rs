//! What a cell says, as text.

use calamine::{DataRef, ExcelDateTime};

const DAY_MS: f64 = 86_400_000.0;

/// What stands in a cell of Excel's; nothing for an error.
pub(crate) fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => self::number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) => text.clone(),
        DataRef::DurationIso(text) => length_of(text).unwrap_or_else(|| text.clone()),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
    }
}

/// A number as short as it can be written: `1`, not `1.0`.
pub(crate) fn number(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { String::new() }
}

/// `2026-03-02T08:05:10`; a date alone is `2026-03-02`, a time of day alone `08:05:10`,
/// and `27:05:10` for a length.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !days.is_finite() {
        return String::new();
    }
    if moment.is_duration() {
        return length((days * DAY_MS).round());
    }
    if !(0.0..2_958_466.0).contains(&days) {
        return number(days);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let clock = match milli {
        0 => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    if days < 1.0 {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if clock == "00:00:00" { date } else { format!("{date}T{clock}") }
}

/// Milliseconds as `h:mm:ss`.
fn length(ms: f64) -> String {
    let sign = if ms < 0.0 { "-" } else { "" };
    let ms = ms.abs().min(9.0e15) as u64;
    let (seconds, rest) = (ms / 1000, ms % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}") };
    format!("{sign}{hours}:{minutes:02}:{seconds:02}{fraction}")
}

/// `PT8H5M10S` as `8:05:10`.
pub(crate) fn length_of(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (days, clock) = rest.strip_prefix('P')?.split_once('T')?;
    let mut seconds = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * 86_400.0,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    let mut number = String::new();
    for c in clock.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    number.is_empty().then(|| length((sign * seconds * 1000.0).round()))
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn cells_become_text_as_people_read_them() {
        let moment = |days, is_1904| {
            DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904))
        };
        let delta =
            |days| DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false));
        let second = 1.0 / 86_400.0;
        for (cell, says) in [
            (DataRef::Float(1.0), "1"),
            (DataRef::Float(46_083.25), "46083.25"),
            (DataRef::Float(f64::NAN), ""),
            (DataRef::Bool(true), "true"),
            (DataRef::Error(CellErrorType::NA), ""),
            // 2026-03-02 is day 46083 since 1899-12-30, and 44621 since 1904-01-01.
            (moment(46_083.0, false), "2026-03-02"),
            (moment(46_083.0 + 29_110.0 * second, false), "2026-03-02T08:05:10"),
            (moment(46_083.0 + 29_110.25 * second, false), "2026-03-02T08:05:10.250"),
            (moment(44_621.5, true), "2026-03-02T12:00:00"),
            (moment(29_110.0 * second, false), "08:05:10"),
            (moment(-3.0, false), "-3"),
            (delta(97_510.0 * second), "27:05:10"),
            (delta(-60.0 * second), "-0:01:00"),
            (DataRef::DurationIso("PT27H05M10S".to_owned()), "27:05:10"),
            (DataRef::DurationIso("P1DT5M".to_owned()), "24:05:00"),
            (DataRef::DurationIso("soon".to_owned()), "soon"),
        ] {
            assert_eq!(text(&cell), says, "{cell:?}");
        }
    }
}
