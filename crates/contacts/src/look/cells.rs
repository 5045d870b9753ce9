//! What a cell looks like, as far as that tells a line of names from a row of values.
//!
//! It does not read the value: what a moment is exactly is decided where columns are read.

/// Names of months and weekdays begin with these, in the languages that exports come in.
const CALENDAR: [&[u8]; 34] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
    b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun", b"dez", b"okt", b"mai", b"ene", b"abr",
    b"ago", b"dic", b"set", b"out", b"fev", b"avr", b"aou", b"gen", b"mag", b"giu",
];

/// Whether it holds a date: `2026-03-02 ...`, `3/2/26`, `02.03.2026`, `2-Mar-26`, `Tue Oct 31 ...`,
/// `20260302`, or seconds or milliseconds since 1970.
pub(crate) fn is_dated(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    if cell.len() < 6 || cell.len() > 45 {
        return false;
    }
    let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &cell[digits..];
    if digits == 0 {
        let word = cell.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b',');
        return cell.iter().any(u8::is_ascii_digit)
            && (is_of_calendar(cell) || word.count() == 2 && is_of_calendar(&cell[3..]));
    }
    match rest {
        [] | [b'.', ..] if matches!(digits, 10 | 13 | 16) => {
            cell[0] == b'1' && rest.iter().skip(1).all(u8::is_ascii_digit)
        }
        [] | [b' ' | b'T', ..] if matches!(digits, 8 | 14) => {
            matches!(cell[..2], [b'1', b'9'] | [b'2', b'0'])
                && (b"01"..=b"12").contains(&&[cell[4], cell[5]])
                && (b"01"..=b"31").contains(&&[cell[6], cell[7]])
        }
        [b'-' | b'/' | b'.', rest @ ..] if matches!(digits, 1 | 2 | 4) => {
            second(rest, if digits == 4 { 1 } else { 2 })
        }
        [b' ', rest @ ..] if digits < 3 => is_of_calendar(rest),
        _ => false,
    }
}

/// Whether two parts more of a date follow, the last of as many digits at least.
fn second(rest: &[u8], least: usize) -> bool {
    if is_of_calendar(rest) {
        return true;
    }
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = digits(rest);
    match rest.get(first..) {
        Some([b'-' | b'/' | b'.', last @ ..]) => {
            (1..=2).contains(&first) && (least..=4).contains(&digits(last))
        }
        _ => false,
    }
}

fn is_of_calendar(text: &[u8]) -> bool {
    text.get(..3).is_some_and(|begin| CALENDAR.iter().any(|name| begin.eq_ignore_ascii_case(name)))
}

/// Whether it is a number, perhaps with a sign, a unit of per cent or separators, or a time of day.
pub(crate) fn is_numeric(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let digits = cell.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits > 0
        && cell.iter().all(|byte| {
            byte.is_ascii_digit()
                || matches!(byte, b'.' | b',' | b'-' | b'+' | b'%' | b':' | b'$' | b' ')
        })
}

/// Whether it holds a value that names no column.
pub(crate) fn is_value(cell: &[u8]) -> bool {
    is_numeric(cell) || is_dated(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_kinds_are_known_and_names_are_not_taken_for_them() {
        for cell in [
            "2026-03-02 08:05:10",
            "2026-03-02T08:05:10Z",
            "2026-3-2 7:29",
            "3/2/2026 9:05 AM",
            "02.03.2026",
            "2-Mar-26",
            "2 March 2026",
            "2026/03/02",
            "20260302",
            "20260302080510",
            "Mon, 02 Mar 2026 08:05:10 +0000",
            "Tue Oct 31 22:10:47 +0000 2017",
            "Mar 2, 2026",
            "Di Okt 31 2017",
            "1772355900",
            "1772355900.25",
            "1772355900123",
            "3/2/26",
        ] {
            assert!(is_dated(cell.as_bytes()), "{cell}");
        }
        for cell in [
            "arrived",
            "C001",
            "",
            "17",
            "9:30:00",
            "March",
            "monday",
            "2026",
            "1.5.2-beta x",
            "12345678",
            "Total",
            "0.333333",
            "marked 7 times over and over again, at great length",
            "555-1234",
            "99999999",
            "Period: 1 to 31 March",
        ] {
            assert!(!is_dated(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn numbers_and_times_of_day_are_values() {
        for cell in ["17", "-1.5", "1,234.5", "12%", "9:30:00", "$12"] {
            assert!(is_value(cell.as_bytes()), "{cell}");
        }
        for cell in ["", "-", "Q1", "id", "C001"] {
            assert!(!is_value(cell.as_bytes()), "{cell}");
        }
    }
}
