//! A written time, taken apart into date, clock and zone; which of two numbers is the day is left open.

use super::reader;

const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
/// The day that spreadsheets count as 0 is 1899-12-30: days from there to 1970.
const SERIAL_OF_1970: i64 = 25_569;

/// A written time, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// A date, a clock, or both.
    Parts(Parts),
    /// Milliseconds since 1970 began in UTC.
    Instant(i64),
    /// Milliseconds since 1970 began, by the clock on the wall; whether they are whole days.
    Serial(i64, bool),
    /// A zero: it did not happen.
    Zero,
}

/// Date, clock and zone of a written time; at least one of the first two is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub date: Option<WrittenDate>,
    /// Milliseconds since midnight.
    pub clock: Option<i64>,
    pub zone: WrittenZone,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenDate {
    /// Year, month and day.
    Clear(u16, u8, u8),
    /// Three numbers, the last of which is the year if it has four digits.
    Open { numbers: [u16; 3], short: bool },
}

/// A zone as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenZone {
    /// None is.
    None,
    /// Minutes ahead of UTC.
    Ahead(i16),
    /// A name in brackets: where it begins and ends.
    Named(u8, u8),
}

impl Stamp {
    /// Takes a written time apart; `None` for anything else.
    pub fn of(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        if let Some(parts) = usual(text) {
            return Some(Self::Parts(parts));
        }
        // As some programs write what did not happen.
        if text == b"-1" {
            return Some(Self::Zero);
        }
        let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
        if text.iter().all(is_number)
            && let Some(stamp) = number(text)
        {
            return Some(stamp);
        }
        reader::read(text).map(Self::Parts)
    }
}

/// `2026-03-01 09:30:00`, also with a `T`, without seconds, without a clock, and with a `Z`: nearly
/// every time of nearly every log.
fn usual(text: &[u8]) -> Option<Parts> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, rest @ ..] = text else { return None };
    let two = |tens: &u8, ones: &u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| tens * 10 + ones)
    };
    let year = u16::from(two(y0, y1)?) * 100 + u16::from(two(y2, y3)?);
    let date = Some(WrittenDate::Clear(year, two(m0, m1)?, two(d0, d1)?));
    let (clock, rest): (_, &[u8]) = match rest {
        [] => (None, &[]),
        [b'T' | b' ', h0, h1, b':', m0, m1, b':', s0, s1, rest @ ..] => {
            (Some((two(h0, h1)?, two(m0, m1)?, two(s0, s1)?)), rest)
        }
        [b'T' | b' ', h0, h1, b':', m0, m1, rest @ ..] => {
            (Some((two(h0, h1)?, two(m0, m1)?, 0)), rest)
        }
        _ => return None,
    };
    let zone = match rest {
        [] => WrittenZone::None,
        b"Z" => WrittenZone::Ahead(0),
        _ => return None,
    };
    let clock = match clock {
        Some((hour, minute, second)) => {
            Some(clock_ms(u64::from(hour), u64::from(minute), u64::from(second), 0)?)
        }
        None => None,
    };
    Some(Parts { date, clock, zone })
}

/// A number alone: a date without separators, time since 1970, or a spreadsheet's count of days.
fn number(text: &[u8]) -> Option<Stamp> {
    let point = text.iter().position(|&byte| matches!(byte, b'.' | b','));
    let (whole, fraction) = match point {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, &[][..]),
    };
    if fraction.iter().any(|byte| !byte.is_ascii_digit()) || whole.is_empty() {
        return None;
    }
    let value: i64 = std::str::from_utf8(whole).ok()?.parse().ok()?;
    // A part of one, to twelve digits.
    let part = |unit: i64| {
        let digits = fraction.iter().take(12);
        let (mut sum, mut scale) = (0_i128, 1_i128);
        for digit in digits {
            sum = sum * 10 + i128::from(digit - b'0');
            scale *= 10;
        }
        // To the nearest, halves up.
        i64::try_from((sum * i128::from(unit) * 2 + scale) / (2 * scale)).ok()
    };
    if value == 0 && fraction.iter().all(|&digit| digit == b'0') {
        return Some(Stamp::Zero);
    }
    let compact = |clock: Option<i64>, date: i64| {
        let date = WrittenDate::Clear(
            u16::try_from(date / 10_000).ok()?,
            u8::try_from(date / 100 % 100).ok()?,
            u8::try_from(date % 100).ok()?,
        );
        Some(Stamp::Parts(Parts { date: Some(date), clock, zone: WrittenZone::None }))
    };
    let clock = |hour: i64, minute: i64, second: i64| {
        clock_ms(hour.unsigned_abs(), minute.unsigned_abs(), second.unsigned_abs(), 0)
    };
    match (whole.len(), fraction.is_empty()) {
        // A part of a day.
        (1, false) if value == 0 => {
            let ms = part(super::DAY_MS)?;
            let parts = Parts { date: None, clock: Some(ms), zone: WrittenZone::None };
            Some(Stamp::Parts(parts)).filter(|_| ms < super::DAY_MS)
        }
        (5, _) => {
            let day = value - SERIAL_OF_1970;
            let ms = day * super::DAY_MS + part(super::DAY_MS)?;
            // Five decimals of a day are a second: what is written with so few is that second.
            let ms = if fraction.len() < 9 { (ms + 500).div_euclid(1000) * 1000 } else { ms };
            Some(Stamp::Serial(ms, fraction.iter().all(|&digit| digit == b'0')))
        }
        (8, true) => compact(None, value),
        (10, _) => Some(Stamp::Instant(value * 1000 + part(1000)?)),
        (12, true) => compact(Some(clock(value / 100 % 100, value % 100, 0)?), value / 10_000),
        (13, _) => Some(Stamp::Instant(value)),
        (14, true) => {
            let of_day = clock(value / 10_000 % 100, value / 100 % 100, value % 100)?;
            compact(Some(of_day), value / 1_000_000)
        }
        (16, true) => Some(Stamp::Instant(value.div_euclid(1000))),
        (19, true) => Some(Stamp::Instant(value.div_euclid(1_000_000))),
        _ => None,
    }
}

/// Milliseconds since midnight; `None` where there is no such time of day.
pub(super) fn clock_ms(hour: u64, minute: u64, second: u64, ms: i64) -> Option<i64> {
    let is_end = hour == 24 && minute == 0 && second == 0 && ms == 0;
    if hour > 23 && !is_end || minute > 59 || second > 60 {
        return None;
    }
    // A leap second is the second before it.
    let second = second.min(59);
    let [hour, minute, second] = [hour, minute, second].map(|part| part as i64);
    Some(hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + ms)
}

/// The year of two digits.
pub(super) fn full_year(short: u16) -> u16 {
    short + if short < 69 { 2000 } else { 1900 }
}
