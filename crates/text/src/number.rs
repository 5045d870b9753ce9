//! Numbers as text: exact for files, short for people.

/// The shortest decimal that reads back as the same number; empty where it is not finite.
#[must_use]
pub fn shortest(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        // A zero is a zero: its sign is an accident of rounding.
        return "0".to_owned();
    }
    if (1e-6..1e16).contains(&value.abs()) { format!("{value}") } else { format!("{value:e}") }
}

/// The same, empty where there is none.
#[must_use]
pub fn shortest_or_empty(value: Option<f64>) -> String {
    value.map(shortest).unwrap_or_default()
}

/// With this many decimals and thousands separated, and no minus sign before nothing but zeros.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::with_capacity(text.len() + 4);
    if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        grouped.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && value.is_finite() {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// The same, with a plus sign where it is positive; `0` where it is exactly that.
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = fixed(value, decimals);
    let positive = value > 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if positive { format!("+{text}") } else { text }
}

/// With this many significant digits, thousands separated: `0.154`, `12.3`, `1,234`.
#[must_use]
pub fn significant(value: f64, digits: i32) -> String {
    fixed(value, decimals(value, digits))
}

/// A whole number of something, thousands separated.
#[must_use]
pub fn count(value: u64) -> String {
    let text = value.to_string();
    let mut grouped = String::with_capacity(text.len() + text.len() / 3);
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What rounding left of a number that should be 0: its order of magnitude, `4e-16`.
#[must_use]
pub fn rounding(value: f64) -> String {
    format!("{value:.0e}")
}

/// A share as a percentage with one decimal.
#[must_use]
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 1) + "%"
}

/// A number with thousands separated, at most four decimals and no zeros at their end.
#[must_use]
pub fn trimmed(value: f64) -> String {
    let text = fixed((value * 1e4).round() / 1e4, 4);
    match text.trim_end_matches('0').trim_end_matches('.') {
        whole if text.contains('.') => whole.to_owned(),
        _ => text,
    }
}

/// A share as a percentage, with at most four decimals and no zeros at their end.
#[must_use]
pub fn percent_trimmed(share: f64) -> String {
    trimmed(100.0 * share) + "%"
}

/// Bytes with a unit: `41 GB`, `7.6 GB`, `230 MB`.
#[must_use]
pub fn bytes(bytes: f64) -> String {
    let (number, unit) = match bytes {
        bytes if bytes >= 999.5e9 => (bytes / 1e12, "TB"),
        bytes if bytes >= 999.5e6 => (bytes / 1e9, "GB"),
        bytes => (bytes / 1e6, "MB"),
    };
    if number < 9.95 { format!("{number:.1} {unit}") } else { format!("{number:.0} {unit}") }
}

/// A rough number: rounded to two significant digits.
#[must_use]
pub fn roughly(value: u64) -> String {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    count((value / unit + u64::from(value % unit >= unit.div_ceil(2) && unit > 1)) * unit)
}

/// Decimals that the numbers of one column share: two significant digits of the widest half-width,
/// or four of the largest value where no half-width is known, and never less than three of that.
#[must_use]
pub fn shared_decimals(values: &[f64], half_widths: &[f64]) -> usize {
    let largest = |numbers: &[f64]| {
        let sizes = numbers.iter().map(|number| number.abs()).filter(|size| size.is_finite());
        sizes.fold(0.0, f64::max)
    };
    let (value, half) = (largest(values), largest(half_widths));
    // What rounding left is no spread.
    let half = if half < 1e-9 * value { 0.0 } else { half };
    if half > 0.0 { decimals(half, 2).max(decimals(value, 3)) } else { decimals(value, 4) }
}

/// Decimals that show this many significant digits, at most 9.
pub fn decimals(value: f64, digits: i32) -> usize {
    let size = value.abs();
    if !size.is_finite() || size == 0.0 {
        return 0;
    }
    let places = f64::from(digits - 1) - libm::log10(size).floor();
    places.clamp(0.0, 9.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn trimmed_numbers_have_commas_and_no_tails() {
        for (value, said) in [
            (0.0, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (-12_345.5, "-12,345.5"),
            (0.1 + 0.2, "0.3"),
            (1e6, "1,000,000"),
            (10.0, "10"),
            (-0.000_01, "0"),
        ] {
            assert_eq!(trimmed(value), said);
        }
        assert_eq!(percent_trimmed(0.07), "7%");
    }

    #[test]
    fn bytes_have_the_unit_that_people_use() {
        let said = [(230e6, "230 MB"), (7.62e9, "7.6 GB"), (41.4e9, "41 GB"), (5.04e12, "5.0 TB")];
        said.iter().for_each(|(size, text)| assert_eq!(bytes(*size), *text));
    }

    #[test]
    fn files_get_short_numbers_and_empty_fields() {
        let cases = [
            (0.1, "0.1"),
            (-0.0, "0"),
            (100_000.0, "100000"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.000_012, "0.000012"),
            (1e-9, "1e-9"),
            (-2.5e20, "-2.5e20"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ];
        for (value, text) in cases {
            assert_eq!(shortest(value), text);
        }
        assert_eq!(shortest_or_empty(None), "");
    }

    #[test]
    fn people_get_three_digits_and_separated_thousands() {
        assert_eq!(significant(0.153_87, 3), "0.154");
        assert_eq!(significant(1_234_567.8, 3), "1,234,568");
        assert_eq!(significant(12.345, 3), "12.3");
        assert_eq!(significant(0.0, 3), "0");
        assert_eq!((fixed(-0.000_4, 3), fixed(-1234.5, 1)), ("0.000".into(), "-1,234.5".into()));
        assert_eq!((signed(0.031, 3), signed(-0.031, 3)), ("+0.031".into(), "-0.031".into()));
        assert_eq!((signed(0.000_1, 3), signed(0.0, 1)), ("0.000".into(), "0".into()));
        assert_eq!((count(999), count(12_345_678)), ("999".into(), "12,345,678".into()));
        assert_eq!(percent(0.4321), "43.2%");
        assert_eq!((rounding(1.2e-14), rounding(-3.6e-16)), ("1e-14".into(), "-4e-16".into()));
    }

    #[test]
    fn rough_numbers_keep_two_digits() {
        let cases = [(7, "7"), (99, "99"), (104, "100"), (105, "110"), (897, "900")];
        for (value, text) in cases {
            assert_eq!(roughly(value), text);
        }
        assert_eq!(roughly(12_749), "13,000");
        assert_eq!(roughly(995), "1,000");
    }

    #[test]
    fn a_column_shows_two_digits_of_its_widest_half_width() {
        assert_eq!(shared_decimals(&[0.154, 0.0], &[0.0031, 0.0]), 4);
        assert_eq!(shared_decimals(&[123_456.0], &[789.0]), 0);
        assert_eq!(shared_decimals(&[0.154], &[0.4]), 3);
        assert_eq!(shared_decimals(&[0.154, f64::NAN], &[]), 4);
        assert_eq!(shared_decimals(&[], &[]), 0);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(value in any::<f64>()) {
            let text = shortest(value);
            if value.is_finite() {
                prop_assert_eq!(text.parse::<f64>().unwrap(), value);
            } else {
                prop_assert!(text.is_empty());
            }
        }
    }
}
