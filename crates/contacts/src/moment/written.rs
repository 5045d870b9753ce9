//! What a field that holds a time says, once it is known whether days or months come first.

use std::fmt::{self, Display, Formatter};

use super::stamp::{Parts, Stamp, WrittenDate, WrittenZone, full_year};
use super::{DAY_MS, Moment, Zone};

/// The order of the numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Year, month, day: of years with two digits.
    YearFirst,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];

    /// As a flag says it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "DMY",
            Self::MonthFirst => "MDY",
            Self::YearFirst => "YMD",
        }
    }
}

impl Display for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a field that holds a time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A moment.
    Moment(Moment),
    /// A date without a clock: its midnight.
    Day(Moment),
    /// A clock without a date: milliseconds since midnight.
    Clock(i64),
    /// A zero, as some programs write what did not happen: `0`, `0000-00-00`, `1900-01-00`, or 1970's
    /// beginning.
    Never,
}

/// Why a field does not hold a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not one.
    NoTime,
    /// It is one of two: its day or its month may come first.
    Ambiguous,
    /// There is no such date with this order, and there is one with the other.
    OtherOrder,
    /// It is before 1970 or after 2099.
    Outside,
}

impl Written {
    /// Whether a field holds a time of the clock on the wall, without an offset.
    #[must_use]
    pub fn is_local(text: &[u8]) -> bool {
        match Stamp::of(text) {
            Some(Stamp::Parts(parts)) => parts.zone == WrittenZone::None,
            stamp => matches!(stamp, Some(Stamp::Serial(..))),
        }
    }

    /// Reads a field.
    ///
    /// # Errors
    /// Where it does not hold a time.
    pub fn read(text: &[u8], order: Option<Order>, zone: &Zone) -> Result<Self, Unread> {
        let text = text.trim_ascii();
        match Stamp::of(text).ok_or(Unread::NoTime)? {
            Stamp::Zero => Ok(Self::Never),
            Stamp::Instant(0) => Ok(Self::Never),
            Stamp::Instant(ms) => Ok(Self::Moment(zone.of_instant(ms))),
            Stamp::Serial(ms, is_day) => {
                let moment = zone.of_wall(ms);
                if is_outside(ms) {
                    return Err(Unread::Outside);
                }
                Ok(if is_day { Self::Day(moment) } else { Self::Moment(moment) })
            }
            Stamp::Parts(parts) => of_parts(parts, text, order, zone),
        }
    }
}

fn of_parts(
    parts: Parts,
    text: &[u8],
    order: Option<Order>,
    zone: &Zone,
) -> Result<Written, Unread> {
    let Some(date) = parts.date else {
        return Ok(Written::Clock(parts.clock.unwrap_or(0)));
    };
    if is_zero(date) {
        return Ok(Written::Never);
    }
    let day = day(date, order)?;
    let wall_ms = day * DAY_MS + parts.clock.unwrap_or(0);
    if is_outside(wall_ms) {
        return Err(Unread::Outside);
    }
    let moment = match parts.zone {
        WrittenZone::None => zone.of_wall(wall_ms),
        WrittenZone::Ahead(0) => zone.of_instant(wall_ms),
        WrittenZone::Ahead(ahead) => Moment { wall_ms, ahead_minutes: Some(ahead) },
        WrittenZone::Named(from, to) => {
            let name = text.get(usize::from(from)..usize::from(to));
            let name = name.and_then(|name| std::str::from_utf8(name).ok());
            let named = name.and_then(Zone::named).ok_or(Unread::NoTime)?;
            named.of_wall(wall_ms)
        }
    };
    if moment.wall_ms == 0 || moment.instant_ms() == 0 {
        return Ok(Written::Never);
    }
    Ok(if parts.clock.is_some() { Written::Moment(moment) } else { Written::Day(moment) })
}

/// Whether a date stands for none: year 0 or 1, or a spreadsheet's day 0.
fn is_zero(date: WrittenDate) -> bool {
    match date {
        WrittenDate::Clear(year, month, day) => {
            year <= 1
                || month == 0 && day == 0
                || year == 1900 && month == 1 && day <= 1
                || year == 1899
        }
        WrittenDate::Open { numbers: [a, b, year], short: false } => {
            year <= 1 || year == 1899 || year == 1900 && a <= 1 && b <= 1
        }
        WrittenDate::Open { numbers, .. } => numbers == [0; 3],
    }
}

fn is_outside(wall_ms: i64) -> bool {
    !crate::checks::YEARS.contains(&wall_ms.div_euclid(DAY_MS))
}

/// The day of a date, days since 1970 began.
fn day(date: WrittenDate, order: Option<Order>) -> Result<i64, Unread> {
    let of = |year: u16, month: u16, day: u16| super::day_of(year, month, day);
    let (numbers, short) = match date {
        WrittenDate::Clear(year, month, day) => {
            return of(year, month.into(), day.into()).ok_or(Unread::NoTime);
        }
        WrittenDate::Open { numbers, short } => (numbers, short),
    };
    let under = |order: Order| in_order(numbers, short, order).and_then(|[y, m, d]| of(y, m, d));
    if let Some(order) = order {
        return under(order).ok_or_else(|| {
            let other = [Order::DayFirst, Order::MonthFirst]
                .into_iter()
                .any(|other| other != order && under(other).is_some());
            if other { Unread::OtherOrder } else { Unread::NoTime }
        });
    }
    match (under(Order::DayFirst), under(Order::MonthFirst)) {
        (Some(day), Some(other)) if day == other => Ok(day),
        (Some(_), Some(_)) => Err(Unread::Ambiguous),
        (Some(day), None) | (None, Some(day)) => Ok(day),
        (None, None) => under(Order::YearFirst).ok_or(Unread::NoTime),
    }
}

/// Year, month and day of three numbers.
fn in_order([a, b, c]: [u16; 3], short: bool, order: Order) -> Option<[u16; 3]> {
    let year = |number: u16| if short { full_year(number) } else { number };
    match order {
        Order::DayFirst => Some([year(c), b, a]),
        Order::MonthFirst => Some([year(c), a, b]),
        // A year of four digits comes last, or its date is not open.
        Order::YearFirst => short.then(|| [full_year(a), b, c]),
    }
}

/// The orders under which a field is a date, where that is open; `None` where it is not open, or no
/// date.
pub(super) fn orders(text: &[u8]) -> Option<[bool; 3]> {
    match Stamp::of(text)? {
        Stamp::Parts(Parts { date: Some(date @ WrittenDate::Open { numbers, short }), .. }) => {
            if is_zero(date) {
                return None;
            }
            Some(Order::ALL.map(|order| {
                in_order(numbers, short, order)
                    .is_some_and(|[year, month, day]| super::day_of(year, month, day).is_some())
            }))
        }
        _ => None,
    }
}

/// The first and the last number of a date that is open and has a year of two digits.
pub(super) fn ends(text: &[u8]) -> Option<(u16, u16)> {
    match Stamp::of(text)? {
        Stamp::Parts(Parts { date: Some(WrittenDate::Open { numbers, short: true }), .. }) => {
            Some((numbers[0], numbers[2]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
