//! Lengths of time: how long somebody waited, spoke, or was busy.

use crate::fold::words;

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days, as spreadsheets count time.
    Days,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] =
        [Self::Milliseconds, Self::Seconds, Self::Minutes, Self::Hours, Self::Days];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// The unit of this name, or of one of its short forms.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = crate::fold::folded(name);
        Some(match word_ms(&name)? {
            1 => Self::Milliseconds,
            1_000 => Self::Seconds,
            60_000 => Self::Minutes,
            3_600_000 => Self::Hours,
            86_400_000 => Self::Days,
            _ => return None,
        })
    }

    /// The unit that a column's name gives: `Wait (min)`, `talk_ms`, `Speed of answer in seconds`.
    #[must_use]
    pub fn in_name(column: &str) -> Option<Self> {
        let words = words(column);
        // `Hold time h:mm:ss` gives a form; the last word is the unit's place, before a word such as
        // `total`. A single letter is a unit in brackets or at the end.
        let named = words.iter().enumerate().rev().find_map(|(at, word)| {
            let is_last = at + 1 == words.len();
            (word.len() > 1 && word != "sla" || is_last && at > 0).then(|| Self::of(word)).flatten()
        });
        named.filter(|_| words.len() > 1 || column.contains(['_', '(', ' ']))
    }

    fn ms(self) -> f64 {
        match self {
            Self::Milliseconds => 1.0,
            Self::Seconds => 1_000.0,
            Self::Minutes => 60_000.0,
            Self::Hours => 3_600_000.0,
            Self::Days => 86_400_000.0,
        }
    }
}

/// Milliseconds of the unit that a folded word names.
fn word_ms(word: &str) -> Option<i64> {
    Some(match word {
        "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" | "millisekunden" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" | "seg"
        | "segs" | "segundo" | "segundos" | "seconde" | "secondes" | "secondo" | "secondi"
        | "seconden" => 1_000,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos"
        | "minuti" | "minuut" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure"
        | "heures" | "hora" | "horas" | "ora" | "ore" | "uur" | "uren" => 3_600_000,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "dia" | "dias"
        | "giorno" | "giorni" | "dag" | "dagen" => 86_400_000,
        "w" | "wk" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana"
        | "semanas" | "settimana" | "settimane" | "weken" => 7 * 86_400_000,
        _ => return None,
    })
}

/// How a column writes lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthForm {
    /// What a bare number counts.
    pub unit: Unit,
    /// Whether `5:30` is hours and minutes; otherwise it is minutes and seconds.
    pub hours_first: bool,
    /// Whether a comma separates thousands; otherwise it separates decimals.
    pub comma_of_thousands: bool,
    /// Whether a point separates thousands; otherwise it separates decimals.
    pub point_of_thousands: bool,
}

/// A column's form, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The form.
    pub form: LengthForm,
    /// Whether the unit of bare numbers is an assumption: nothing names it, and there are such numbers.
    pub assumed: bool,
    /// Whether it is an assumption that `5:30` is minutes and seconds: nothing says so, and there are
    /// such values and none with hours.
    pub assumed_clock: bool,
    /// Whether the numbers are too large for the assumed unit.
    pub implausible: bool,
    /// Whether `1,920` or `1.920` may be one thousand and more, or a number with three decimals.
    pub ambiguous: bool,
}

/// What stands behind the commas, or the points, of a column's bare numbers.
struct Marks {
    /// Numbers that have the mark, and whole ones above 0 that have it not.
    with: usize,
    without: usize,
    /// Whether three digits stand behind every one, and some number before it.
    may_be_thousands: bool,
    /// Whether it can be nothing else: it comes twice in a number, or the decimals stand behind it.
    are_thousands: bool,
    /// Whether every number that has it ends in a zero.
    end_in_zeros: bool,
}

impl Marks {
    fn of<'a>(texts: impl Iterator<Item = &'a str>, mark: char) -> Self {
        let other = if mark == ',' { '.' } else { ',' };
        let (mut with, mut without) = (0, 0);
        let (mut all_three, mut twice, mut end_in_zeros) = (true, false, true);
        let is_bare = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        };
        for text in texts.map(str::trim).filter(|text| is_bare(text)) {
            let (number, decimals) =
                text.rsplit_once(other).map_or((text, None), |(number, rest)| (number, Some(rest)));
            let Some((whole, rest)) = number.split_once(mark) else {
                let is_above_0 = decimals.is_none() && text.bytes().any(|byte| byte != b'0');
                without += usize::from(is_above_0);
                // Decimals stand behind it: `1.5,3` is no number.
                all_three &= !decimals.is_some_and(|decimals| decimals.contains(mark));
                continue;
            };
            with += 1;
            all_three &= matches!(whole.len(), 1..=3)
                && !whole.starts_with('0')
                && rest.split(mark).all(|group| group.len() == 3);
            twice |= decimals.is_some() || rest.contains(mark);
            end_in_zeros &= number.ends_with('0');
        }
        let may_be_thousands = with > 0 && all_three;
        let are_thousands = may_be_thousands && twice;
        Self { with, without, may_be_thousands, are_thousands, end_in_zeros }
    }
}

/// A length of which half of a column's being longer is not believed: 14 days.
const LONGEST_LIKELY_S: f64 = 14.0 * 86_400.0;

impl LengthForm {
    /// Bare numbers in this unit.
    #[must_use]
    pub fn of_unit(unit: Unit) -> Self {
        Self {
            unit,
            hours_first: unit == Unit::Hours,
            comma_of_thousands: false,
            point_of_thousands: false,
        }
    }

    /// Decides the form of a column by its name and some of its values.
    #[must_use]
    pub fn decide<'a>(
        column: &str,
        wanted: Option<Unit>,
        values: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> Decided {
        let texts = || values.clone().filter_map(|value| std::str::from_utf8(value).ok());
        let (commas, points) = (Marks::of(texts(), ','), Marks::of(texts(), '.'));
        // A unit that the user names says that a mark which could be either separates thousands.
        let comma_of_thousands = commas.are_thousands
            || commas.may_be_thousands && (commas.without > 0 || wanted.is_some());
        let unclear_points = commas.with == 0
            && points.may_be_thousands
            && (points.without > 0 || points.end_in_zeros);
        let point_of_thousands = points.are_thousands || unclear_points && wanted.is_some();
        let ambiguous =
            commas.may_be_thousands && !comma_of_thousands || unclear_points && !point_of_thousands;
        let named = wanted.or_else(|| Unit::in_name(column));
        let as_is = Self {
            unit: Unit::Seconds,
            hours_first: false,
            comma_of_thousands,
            point_of_thousands,
        };
        let bare: Vec<f64> = texts().filter_map(|text| as_is.bare(text.trim())).collect();
        let is_parts = !bare.is_empty()
            && bare.iter().all(|number| (0.0..1.0).contains(number))
            && bare.iter().any(|number| *number > 0.0)
            && texts().any(|text| text.trim().len() > 4);
        let unit = named.unwrap_or(if is_parts { Unit::Days } else { Unit::Seconds });
        let mut sorted = bare.clone();
        sorted.sort_by(f64::total_cmp);
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let assumed = named.is_none() && bare.iter().any(|number| *number > 0.0);
        // `hh:mm` in the name, or a unit of hours.
        let spelled: String = column
            .to_ascii_lowercase()
            .chars()
            .filter(|c| c.is_ascii_alphabetic() || *c == ':')
            .collect();
        let hours_first =
            named == Some(Unit::Hours) || spelled.contains("h:mm") && !spelled.contains("h:mm:ss");
        let colons = |count: usize| {
            texts().any(|text| text.bytes().filter(|byte| *byte == b':').count() == count)
        };
        let assumed_clock =
            named.is_none() && !hours_first && !spelled.contains("m:ss") && colons(1) && !colons(2);
        Decided {
            form: Self { unit, hours_first, comma_of_thousands, point_of_thousands },
            assumed,
            assumed_clock,
            implausible: assumed && median > LONGEST_LIKELY_S,
            ambiguous,
        }
    }

    /// Milliseconds of a written length; `None` for anything else.
    #[must_use]
    pub fn read(&self, text: &[u8]) -> Option<i64> {
        let text = std::str::from_utf8(text).ok()?.trim();
        if let Some(number) = self.bare(text) {
            return to_ms(number * self.unit.ms());
        }
        if let Some(rest) = text.strip_prefix(['P', 'p']) {
            return iso(rest);
        }
        if text.contains(':') {
            return self.clock(text);
        }
        spoken(text)
    }

    /// A number alone.
    fn bare(&self, text: &str) -> Option<f64> {
        let first = text.as_bytes().first()?;
        if !first.is_ascii_digit() && !matches!(first, b'.' | b',') {
            return None;
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
            return None;
        }
        let number: f64 = if self.point_of_thousands {
            text.replace('.', "").replace(',', ".").parse().ok()?
        } else if self.comma_of_thousands {
            text.replace(',', "").parse().ok()?
        } else {
            text.replace(',', ".").parse().ok()?
        };
        number.is_finite().then_some(number)
    }

    /// `h:mm:ss`, `mm:ss`, `1 day 02:03:04`, `1.02:03:04`.
    fn clock(&self, text: &str) -> Option<i64> {
        let first = text.find(':')?;
        let start = text[..first].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        let (before, clock) = (text.get(..start)?.trim(), text.get(start..)?);
        let days = match before {
            "" => 0,
            // `1.02:03:04` is a day and two hours.
            before if before.ends_with('.') => {
                before.trim_end_matches('.').parse::<i64>().ok()?.checked_mul(86_400_000)?
            }
            before => spoken(before.trim_end_matches(','))?,
        };
        let parts: Vec<&str> = clock.split(':').collect();
        let whole = |part: &str| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<i64>().ok().filter(|_| digits)
        };
        let seconds = |part: &str| {
            let number = self.bare_decimal(part)?;
            (number < 60.0).then(|| to_ms(number * 1000.0)).flatten()
        };
        let ms = match parts.as_slice() {
            [hours, minutes, rest] => {
                let minutes = whole(minutes).filter(|minutes| *minutes < 60)?;
                hours_ms(whole(hours)?)?.checked_add(minutes * 60_000 + seconds(rest)?)?
            }
            [hours, minutes] if self.hours_first => {
                let minutes = whole(minutes).filter(|minutes| *minutes < 60)?;
                hours_ms(whole(hours)?)?.checked_add(minutes * 60_000)?
            }
            [minutes, rest] => whole(minutes)?.checked_mul(60_000)?.checked_add(seconds(rest)?)?,
            _ => return None,
        };
        days.checked_add(ms)
    }

    fn bare_decimal(&self, text: &str) -> Option<f64> {
        Self { comma_of_thousands: false, point_of_thousands: false, ..*self }.bare(text)
    }
}

fn hours_ms(hours: i64) -> Option<i64> {
    hours.checked_mul(3_600_000)
}

/// To the nearest millisecond; `None` beyond a thousand years.
fn to_ms(ms: f64) -> Option<i64> {
    (0.0..3.2e13).contains(&ms).then(|| ms.round() as i64)
}

/// `3 min 20 s`, `2h 5m`, `1 day, 2 hours and 3 minutes`.
fn spoken(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut sum: Option<i64> = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
        let number: f64 = rest.get(..end)?.replace(',', ".").parse().ok()?;
        rest = rest.get(end..)?.trim_start();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = word_ms(&crate::fold::folded(rest.get(..end)?))?;
        sum = Some(sum.unwrap_or(0).checked_add(to_ms(number * unit as f64)?)?);
        rest = rest.get(end..)?.trim_start_matches(['.', ',', ' ']);
        for and in ["and ", "und ", "et ", "y ", "e ", "en "] {
            rest = rest.strip_prefix(and).unwrap_or(rest);
        }
    }
    sum
}

/// ISO 8601 behind its `P`: `T3M20S`, `1DT2H`.
fn iso(text: &str) -> Option<i64> {
    let (days, clock) = text.split_once(['T', 't']).unwrap_or((text, ""));
    let mut sum: Option<i64> = None;
    let mut add = |part: &str, units: &[(char, i64)]| {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let number: f64 = rest.get(..end)?.replace(',', ".").parse().ok()?;
            let letter = rest[end..].chars().next()?.to_ascii_uppercase();
            let unit = units.iter().find(|(name, _)| *name == letter)?.1;
            sum = Some(sum.unwrap_or(0).checked_add(to_ms(number * unit as f64)?)?);
            rest = rest.get(end + 1..)?;
        }
        Some(())
    };
    add(days, &[('W', 7 * 86_400_000), ('D', 86_400_000)])?;
    add(clock, &[('H', 3_600_000), ('M', 60_000), ('S', 1_000)])?;
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<i64> {
        LengthForm::of_unit(Unit::Seconds).read(text.as_bytes())
    }

    fn decide(column: &str, values: &[&str]) -> Decided {
        LengthForm::decide(column, None, values.iter().map(|value| value.as_bytes()))
    }

    #[test]
    fn lengths_read_as_logs_write_them() {
        for (text, seconds) in [
            ("200", 200.0),
            ("200.5", 200.5),
            ("200,5", 200.5),
            ("0", 0.0),
            ("0:03:20", 200.0),
            ("00:03:20", 200.0),
            ("03:20", 200.0),
            ("3:20.5", 200.5),
            ("27:03:20", 97_400.0),
            ("1 day 02:03:04", 93_784.0),
            ("1 day, 2:03:04", 93_784.0),
            ("1.02:03:04", 93_784.0),
            ("3 min 20 s", 200.0),
            ("3m20s", 200.0),
            ("2h 5m", 7_500.0),
            ("2 hours and 5 minutes", 7_500.0),
            ("3 Min. 20 Sek.", 200.0),
            ("1 h", 3_600.0),
            ("1.5 hours", 5_400.0),
            ("2 days", 172_800.0),
            ("250 ms", 0.25),
            ("PT3M20S", 200.0),
            ("PT200S", 200.0),
            ("PT0.5S", 0.5),
            ("P1DT2H", 93_600.0),
            ("p1w", 604_800.0),
        ] {
            assert_eq!(read(text), Some((seconds * 1000.0) as i64), "{text}");
        }
        for text in [
            "",
            "x",
            "-1",
            "3 apples",
            "P",
            "PT",
            "PT3",
            "1:2:3:4",
            "1:75:00",
            "3:75",
            "nan",
            "1e9",
            "2026-03-02",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let in_unit = |unit, text: &str| LengthForm::of_unit(unit).read(text.as_bytes());
        assert_eq!(in_unit(Unit::Minutes, "2.5"), Some(150_000));
        assert_eq!(in_unit(Unit::Hours, "1:30"), Some(5_400_000));
        assert_eq!(in_unit(Unit::Days, "0.25"), Some(21_600_000));
        assert_eq!(in_unit(Unit::Milliseconds, "1250"), Some(1_250));
        // What names its unit does not mind that of the column.
        assert_eq!(in_unit(Unit::Minutes, "20 s"), Some(20_000));
    }

    #[test]
    fn the_unit_stands_in_the_name_or_follows_from_the_values() {
        for (column, unit) in [
            ("Speed of answer or wait in seconds", Some(Unit::Seconds)),
            ("Wait (min)", Some(Unit::Minutes)),
            ("First response time (in hrs)", Some(Unit::Hours)),
            ("talk_ms", Some(Unit::Milliseconds)),
            ("Dauer in Minuten", Some(Unit::Minutes)),
            ("wait_s", Some(Unit::Seconds)),
            ("Wait", None),
            ("billsec", None),
            ("minutes", None),
        ] {
            assert_eq!(Unit::in_name(column), unit, "{column}");
        }
        let decided = decide("Wait (min)", &["2", "3"]);
        assert_eq!((decided.form.unit, decided.assumed), (Unit::Minutes, false));
        let decided = decide("Wait", &["12", "30"]);
        assert_eq!(
            (decided.form.unit, decided.assumed, decided.implausible),
            (Unit::Seconds, true, false)
        );
        let decided = decide("Wait", &["0.000231", "0.00137"]);
        assert_eq!(decided.form.unit, Unit::Days);
        assert!(decide("Wait", &["1772355900", "1772355901"]).implausible);
        assert!(!decide("Talk", &["0:01:00", ""]).assumed);
        for (column, values, assumed) in [
            ("Talk", &["5:30"][..], true),
            ("Talk", &["5:30", "1:05:30"], false),
            ("Talk (mm:ss)", &["5:30"], false),
            ("Talk (h:mm)", &["5:30"], false),
        ] {
            assert_eq!(decide(column, values).assumed_clock, assumed, "{column} {values:?}");
        }
        assert!(decide("Talk (h:mm)", &["5:30"]).form.hours_first);
    }

    #[test]
    fn a_comma_separates_decimals_or_thousands_as_the_whole_column_shows() {
        let thousands = |values: &[&str]| decide("Wait (s)", values).form;
        assert_eq!(thousands(&["1,234", "12"]).read(b"1,234"), Some(1_234_000));
        assert_eq!(thousands(&["1,5", "12"]).read(b"1,5"), Some(1_500));
        assert_eq!(thousands(&["1,234", "0,250"]).read(b"1,234"), Some(1_234));
        assert_eq!(thousands(&["1.234,5", "12,5"]).read(b"1.234,5"), Some(1_234_500));
        assert_eq!(thousands(&["1,234.5"]).read(b"1,234.5"), Some(1_234_500));
        assert_eq!(thousands(&["12.345", "3.210"]).read(b"12.345"), Some(12_345));
        for (values, ambiguous) in [
            (&["1,920", "24,780"][..], true),
            (&["1,920", "780"], false),
            (&["1,920", "0,780"], false),
            (&["1,920", "1,204,000"], false),
            (&["1,920", "7,5"], false),
            (&["10.080", "24.780"], true),
            (&["1.920", "840"], true),
            (&["1.921", "0.840"], false),
            (&["1.921", "2.844"], false),
            (&["1 day, 2:03:04"], false),
        ] {
            assert_eq!(decide("Wait (s)", values).ambiguous, ambiguous, "{values:?}");
        }
        // The user names the unit: the mark separates thousands.
        let values = || [&b"10.080"[..], b"24.780"].into_iter();
        let named = LengthForm::decide("Wait", Some(Unit::Seconds), values());
        assert_eq!((named.form.read(b"10.080"), named.ambiguous), (Some(10_080_000), false));
    }
}
