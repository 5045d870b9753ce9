//! A time in words and signs, read piece by piece.

use super::names::{is_filler, is_weekday, month, zone};
use super::stamp::{Parts, WrittenDate, WrittenZone, clock_ms, full_year};
use super::tokens::{Number, Token, Tokens};

/// Date, clock and zone of a text; `None` for anything but a time.
pub(super) fn read(text: &[u8]) -> Option<Parts> {
    Reader::read(text)
}

/// Reads the pieces of a time from the first to the last.
struct Reader<'a> {
    tokens: Tokens<'a>,
    at: usize,
    date: Option<WrittenDate>,
    /// A month and a day whose year comes later.
    yearless: Option<(u8, u8)>,
    clock: Option<i64>,
    zone: WrittenZone,
    compact: bool,
}

impl<'a> Reader<'a> {
    fn read(text: &'a [u8]) -> Option<Parts> {
        let mut reader = Reader {
            tokens: Tokens::of(text)?,
            at: 0,
            date: None,
            yearless: None,
            clock: None,
            zone: WrittenZone::None,
            compact: false,
        };
        while reader.at < reader.tokens.len() {
            reader.piece(text)?;
        }
        let is_there = reader.date.is_some() || reader.clock.is_some();
        (is_there && reader.yearless.is_none()).then_some(Parts {
            date: reader.date,
            clock: reader.clock,
            zone: reader.zone,
        })
    }

    /// One piece more: a date, a clock, a zone, or a word between them.
    fn piece(&mut self, text: &[u8]) -> Option<()> {
        match self.tokens.get(self.at)? {
            Token::Number(number) => self.after_number(number),
            Token::Word(..) => self.after_word(),
            Token::Sign(b'+' | b'-') if self.may_be_offset() => self.offset(),
            Token::Sign(b'[') => self.bracket(text),
            Token::Sign(b'(') => self.comment(),
            // `Tue, 2 Mar 2026`; a zone may stand behind a comma too.
            Token::Sign(b',') if self.at > 0 && self.at + 1 < self.tokens.len() => {
                self.at += 1;
                Some(())
            }
            Token::Sign(_) => None,
        }
    }

    fn after_number(&mut self, number: Number) -> Option<()> {
        let is_clock = self.tokens.is_sign(self.at + 1, b':')
            || self.date.is_some()
                && self.tokens.is_sign(self.at + 1, b'.')
                && self.tokens.number(self.at + 2).is_some_and(|next| next.digits == 2);
        if is_clock {
            return self.clock(number, self.tokens.get(self.at + 1)? == Token::Sign(b'.'));
        }
        if let Some((month, day)) = self.yearless
            && self.clock.is_some()
            && number.digits == 4
        {
            self.yearless = None;
            self.date = Some(WrittenDate::Clear(u16::try_from(number.value).ok()?, month, day));
            self.at += 1;
            return Some(());
        }
        if self.compact && self.clock.is_none() && matches!(number.digits, 4 | 6) {
            self.at += 1;
            let (clock, seconds) = match number.digits {
                6 => (number.value / 100, number.value % 100),
                _ => (number.value, 0),
            };
            let ms = self.part();
            self.clock = Some(clock_ms(clock / 100, clock % 100, seconds, ms)?);
            return Some(());
        }
        // `9h05`, `9 h`.
        if self.date.is_some()
            && self.clock.is_none()
            && self.tokens.word(self.at + 1).is_some_and(|word| word == "h")
        {
            self.at += 2;
            let minute = self.tokens.number(self.at).filter(|next| next.digits == 2);
            self.at += usize::from(minute.is_some());
            self.clock =
                Some(clock_ms(number.value, minute.map_or(0, |minute| minute.value), 0, 0)?);
            return Some(());
        }
        // `9 AM`.
        if self.date.is_some() && self.clock.is_none() && self.half(self.at + 1).is_some() {
            return self.clock(number, false);
        }
        if self.date.is_some() || self.yearless.is_some() {
            return None;
        }
        self.date_from(number)
    }

    /// A date that begins with a number.
    fn date_from(&mut self, first: Number) -> Option<()> {
        if first.digits == 8 {
            let date = WrittenDate::Clear(
                u16::try_from(first.value / 10_000).ok()?,
                u8::try_from(first.value / 100 % 100).ok()?,
                u8::try_from(first.value % 100).ok()?,
            );
            (self.date, self.compact) = (Some(date), true);
            self.at += 1;
            return Some(());
        }
        if first.digits != 4 && first.digits > 2 {
            return None;
        }
        let mut at = self.at + 1;
        // `2nd of March`, `1er mars`, `2. März`.
        if let Some(word) = self.tokens.word(at)
            && ["st", "nd", "rd", "th", "er", "º", "ª", "o", "a"].contains(&word.as_str())
        {
            at += 1;
        }
        let sign = match self.tokens.get(at) {
            Some(Token::Sign(sign @ (b'-' | b'/' | b'.'))) => {
                at += 1;
                Some(sign)
            }
            _ => None,
        };
        if let Some(second) = self.tokens.number(at) {
            let third = self.tokens.number(at + 2).filter(|_| {
                sign.is_some_and(|sign| self.tokens.is_sign(at + 1, sign)) && second.digits <= 2
            })?;
            // `2026-03-02` needs no more; with the year last, or short, it is open.
            self.date = Some(match (first.digits, third.digits) {
                (4, 1 | 2) => WrittenDate::Clear(
                    u16::try_from(first.value).ok()?,
                    u8::try_from(second.value).ok()?,
                    u8::try_from(third.value).ok()?,
                ),
                (1 | 2, digits @ (2 | 4)) => {
                    let numbers = [first, second, third].map(|number| number.value as u16);
                    WrittenDate::Open { numbers, short: digits == 2 }
                }
                // `1/0/1900` is a spreadsheet's zero; `0/0/0` is one too.
                (1 | 2, 1) if first.value + second.value + third.value == 0 => {
                    WrittenDate::Clear(0, 0, 0)
                }
                _ => return None,
            });
            self.at = at + 3;
            return Some(());
        }
        while self.tokens.word(at).is_some_and(|word| is_filler(&word)) {
            at += 1;
        }
        let month = month(&self.tokens.word(at)?)?;
        at += 1;
        loop {
            let is_between =
                matches!(self.tokens.get(at), Some(Token::Sign(b'-' | b'/' | b'.' | b',')))
                    || self.tokens.word(at).is_some_and(|word| is_filler(&word));
            if !is_between {
                break;
            }
            at += 1;
        }
        let last = self.tokens.number(at).filter(|_| !self.tokens.is_sign(at + 1, b':'));
        match (first.digits, last) {
            (4, Some(day)) if day.digits <= 2 => {
                let day = u8::try_from(day.value).ok()?;
                self.date = Some(WrittenDate::Clear(u16::try_from(first.value).ok()?, month, day));
                at += 1;
            }
            (1 | 2, last) => {
                let day = u8::try_from(first.value).ok()?;
                match last {
                    Some(number) if matches!(number.digits, 2 | 4) => {
                        self.date = Some(WrittenDate::Clear(year(number)?, month, day));
                        at += 1;
                    }
                    _ => self.yearless = Some((month, day)),
                }
            }
            _ => return None,
        }
        self.at = at;
        Some(())
    }

    fn after_word(&mut self) -> Option<()> {
        let word = self.tokens.word(self.at)?;
        if self.date.is_none()
            && self.yearless.is_none()
            && let Some(month) = month(&word)
            && let Some(()) = self.date_from_month(month)
        {
            return Some(());
        }
        if let Some(ahead) = zone(&word)
            && (self.date.is_some() || self.clock.is_some() || self.yearless.is_some())
        {
            if self.zone != WrittenZone::None {
                return None;
            }
            self.zone = WrittenZone::Ahead(ahead);
            self.at += 1;
            // `GMT+1`, `UTC-08:00`.
            let is_offset = matches!(self.tokens.get(self.at), Some(Token::Sign(b'+' | b'-')));
            if ahead == 0 && is_offset && self.tokens.number(self.at + 1).is_some() {
                self.zone = WrittenZone::None;
                return self.offset();
            }
            return Some(());
        }
        let is_first = self.at == 0 && is_weekday(&word);
        if is_first || is_filler(&word) {
            self.at += 1;
            // `Di. 2. März`.
            self.at += usize::from(self.tokens.is_sign(self.at, b'.'));
            return Some(());
        }
        None
    }

    /// A date that begins with a month: `Mar 2, 2026`, `Oct 31 22:10:47 +0000 2017`.
    fn date_from_month(&mut self, month: u8) -> Option<()> {
        let mut at = self.at + 1;
        let skip = |tokens: &Tokens<'_>, mut at: usize| {
            while matches!(tokens.get(at), Some(Token::Sign(b'-' | b'/' | b'.' | b','))) {
                at += 1;
            }
            at
        };
        at = skip(&self.tokens, at);
        let day = self.tokens.number(at).filter(|day| day.digits <= 2)?;
        let day = u8::try_from(day.value).ok()?;
        at += 1;
        if let Some(word) = self.tokens.word(at)
            && ["st", "nd", "rd", "th"].contains(&word.as_str())
        {
            at += 1;
        }
        at = skip(&self.tokens, at);
        let year_after = self
            .tokens
            .number(at)
            .filter(|number| matches!(number.digits, 2 | 4) && !self.tokens.is_sign(at + 1, b':'));
        match year_after {
            Some(number) => {
                self.date = Some(WrittenDate::Clear(year(number)?, month, day));
                at += 1;
            }
            None => self.yearless = Some((month, day)),
        }
        self.at = at;
        Some(())
    }

    /// A clock that begins with this number: `9:05`, `9:05:10.25 PM`, and `9.05` behind a date.
    fn clock(&mut self, hour: Number, dotted: bool) -> Option<()> {
        if self.clock.is_some() || hour.digits > 2 {
            return None;
        }
        let sign = if dotted { b'.' } else { b':' };
        let (mut minute, mut second, mut ms) = (0, 0, 0);
        self.at += 1;
        let next = |reader: &Self| {
            let number = reader
                .tokens
                .number(reader.at + 1)
                .filter(|_| reader.tokens.is_sign(reader.at, sign))?;
            Some((number.value, number.digits))
        };
        if let Some((value, digits)) = next(self) {
            minute = value;
            self.at += 2;
            if digits > 2 {
                return None;
            }
            if let Some((value, digits)) = next(self) {
                second = value;
                self.at += 2;
                if digits > 2 {
                    return None;
                }
                ms = self.part();
            }
        }
        let mut hour = hour.value;
        if let Some((afternoon, more)) = self.half(self.at) {
            if !(1..=12).contains(&hour) {
                // `13:05 PM` is written by some, and says no less; `0:05 AM` too.
                if hour > 23 || hour == 0 && afternoon || hour > 12 && !afternoon {
                    return None;
                }
            } else {
                hour = hour % 12 + if afternoon { 12 } else { 0 };
            }
            self.at += more;
        }
        self.clock = Some(clock_ms(hour, minute, second, ms)?);
        Some(())
    }

    /// A part of a second behind a point or a comma, in milliseconds: cut off behind them.
    fn part(&mut self) -> i64 {
        let is_point = self.tokens.is_sign(self.at, b'.') || self.tokens.is_sign(self.at, b',');
        let part = self.tokens.number(self.at + 1).filter(|part| is_point && !part.apart);
        let Some(part) = part else { return 0 };
        self.at += 2;
        let mut value = part.value;
        for _ in 3..part.digits {
            value /= 10;
        }
        for _ in part.digits..3 {
            value *= 10;
        }
        i64::try_from(value).unwrap_or(0)
    }

    /// `AM` or `PM` at a place, in any of their forms: whether it is the afternoon, and its pieces.
    fn half(&self, at: usize) -> Option<(bool, usize)> {
        let word = self.tokens.word(at)?;
        let dot = |at: usize| usize::from(self.tokens.is_sign(at, b'.'));
        match word.as_str() {
            "am" => Some((false, 1 + dot(at + 1))),
            "pm" => Some((true, 1 + dot(at + 1))),
            // `p. m.`
            "a" | "p" => {
                let second = at + 1 + dot(at + 1);
                let is_spelled = self.tokens.word(second).is_some_and(|word| word == "m");
                let length = if is_spelled { second + 1 + dot(second + 1) - at } else { 1 };
                Some((word == "p", length))
            }
            _ => None,
        }
    }

    fn may_be_offset(&self) -> bool {
        self.zone == WrittenZone::None
            && (self.clock.is_some() || self.date.is_some())
            && self.tokens.number(self.at + 1).is_some()
    }

    /// `+01:00`, `-0800`, `+01`.
    fn offset(&mut self) -> Option<()> {
        let is_behind = self.tokens.is_sign(self.at, b'-');
        let number = self.tokens.number(self.at + 1)?;
        self.at += 2;
        let (hours, minutes) = match number.digits {
            4 => (number.value / 100, number.value % 100),
            1 | 2 => {
                let minutes = self
                    .tokens
                    .number(self.at + 1)
                    .filter(|minutes| self.tokens.is_sign(self.at, b':') && minutes.digits == 2);
                self.at += if minutes.is_some() { 2 } else { 0 };
                (number.value, minutes.map_or(0, |minutes| minutes.value))
            }
            _ => return None,
        };
        if hours > 18 || minutes > 59 {
            return None;
        }
        let ahead = i16::try_from(hours * 60 + minutes).ok()?;
        self.zone = WrittenZone::Ahead(if is_behind { -ahead } else { ahead });
        Some(())
    }

    /// `[Europe/Rome]`: said by the offset before it, if there is one.
    fn bracket(&mut self, text: &[u8]) -> Option<()> {
        let from = text.iter().position(|&byte| byte == b'[')? + 1;
        let to = text.iter().position(|&byte| byte == b']').filter(|&to| to + 1 == text.len())?;
        if self.zone == WrittenZone::None {
            self.zone = WrittenZone::Named(u8::try_from(from).ok()?, u8::try_from(to).ok()?);
        }
        self.at = self.tokens.len();
        (self.clock.is_some() || self.date.is_some()).then_some(())
    }

    /// `(Central European Time)` behind an offset.
    fn comment(&mut self) -> Option<()> {
        if !self.tokens.is_sign(self.tokens.len() - 1, b')') || self.clock.is_none() {
            return None;
        }
        self.at = self.tokens.len();
        Some(())
    }
}

/// The year of a number of two digits or four; 69 to 99 are of the last century, as everywhere.
fn year(number: Number) -> Option<u16> {
    let value = u16::try_from(number.value).ok()?;
    Some(if number.digits == 2 { full_year(value) } else { value })
}
