//! Every form of a time that logs have, and what is not one.

use super::*;

/// 2026-03-02T09:05:10 on the wall, by `date -u -d ... +%s`.
const WALL: i64 = 1_772_442_310_000;
const MINUTE: i64 = 60_000;

fn read(text: &str, order: Option<Order>) -> Result<Written, Unread> {
    Written::read(text.as_bytes(), order, &Zone::unknown())
}

fn moment(wall_ms: i64, ahead_minutes: Option<i16>) -> Result<Written, Unread> {
    Ok(Written::Moment(Moment { wall_ms, ahead_minutes }))
}

#[test]
fn moments_read_as_logs_write_them() {
    for (text, ahead) in [
        ("2026-03-02T09:05:10", None),
        (" 2026-03-02 09:05:10 ", None),
        ("2026-3-2 9:05:10", None),
        ("2026-03-02T09:05:10.0000001", None),
        ("2026/03/02 09:05:10", None),
        ("2026.03.02 09:05:10", None),
        ("2026-03-02T09:05:10Z", Some(0)),
        ("2026-03-02 09:05:10 UTC", Some(0)),
        ("2026-03-02 09:05:10 GMT", Some(0)),
        ("2026-03-02 09:05:10+00:00", Some(0)),
        ("2026-03-02T09:05:10-05:00", Some(-300)),
        ("2026-03-02T09:05:10.000+05:30", Some(330)),
        ("2026-03-02 09:05:10 -0800", Some(-480)),
        ("2026-03-02T09:05:10+01", Some(60)),
        ("2026-03-02T09:05:10+01:00[Europe/Rome]", Some(60)),
        ("2026-03-02T09:05:10[Europe/Rome]", Some(60)),
        ("2026-03-02 09:05:10 GMT+2", Some(120)),
        ("2026-03-02 09:05:10 PST", Some(-480)),
        ("Mon, 02 Mar 2026 09:05:10 +0100", Some(60)),
        ("2 Mar 2026 09:05:10 GMT", Some(0)),
        ("Mon Mar 02 09:05:10 +0000 2026", Some(0)),
        ("Mon Mar  2 09:05:10 2026", None),
        ("Mon Mar 02 2026 09:05:10 GMT+0100 (Central European Standard Time)", Some(60)),
        ("Mar 2, 2026 9:05:10 AM", None),
        ("Mar 2, 2026, 9:05:10\u{202f}AM", None),
        ("March 2nd, 2026 at 9:05:10 am", None),
        ("2-Mar-26 9:05:10", None),
        ("02-MAR-2026 09:05:10", None),
        ("02Mar2026 09:05:10", None),
        ("2 March 2026 9:05:10 a.m.", None),
        ("2. März 2026 09:05:10", None),
        ("Mo., 2. Mrz. 2026 09:05:10 Uhr", None),
        ("2 mars 2026 à 09:05:10", None),
        ("lunes, 2 de marzo de 2026 9:05:10 a. m.", None),
        ("2 de março de 2026 às 09:05:10", None),
        ("2 marzo 2026 09:05:10", None),
        ("2026 Mar 2 09:05:10", None),
        ("20260302090510", None),
        ("20260302 090510", None),
        ("20260302T090510", None),
        ("20260302T090510Z", Some(0)),
        ("20260302T090510.000Z", Some(0)),
        ("02-MAR-26 09.05.10.000000 AM", None),
        ("02/Mar/26 9:05:10 AM", None),
        ("2026-03-02 9:05:10a", None),
        ("09:05:10 2026-03-02", None),
        ("1772442310", Some(0)),
        ("1772442310000", Some(0)),
        ("1772442310000000", Some(0)),
        ("1772442310.0", Some(0)),
        ("46083.3785879630", None),
        ("46083.37859", None),
        ("46083,37859", None),
    ] {
        assert_eq!(read(text, None), moment(WALL, ahead), "{text}");
    }
    assert_eq!(read("1772442310.25", None), moment(WALL + 250, Some(0)));
    assert_eq!(read("2026-03-02 09:05:10,25", None), moment(WALL + 250, None));
    assert_eq!(read("202603020905", None), moment(WALL - 10_000, None));
    assert_eq!(read("2026-03-02T24:00", None), moment(WALL - 32_710_000 + DAY_MS, None));
}

#[test]
fn with_day_or_month_first_as_is_said() {
    let (day, month) = (Some(Order::DayFirst), Some(Order::MonthFirst));
    for (text, order) in [
        ("02/03/2026 09:05:10", day),
        ("02.03.2026 09:05:10", day),
        ("02.03.2026 09.05.10", day),
        ("2. 3. 2026 9:05:10", day),
        ("02-03-2026 09:05:10", day),
        ("02.03.26, 09:05:10", day),
        ("3/2/2026 9:05:10 AM", month),
        ("03/02/26 9:05:10 a.m.", month),
        ("03/02/2026, 9:05:10 am", month),
    ] {
        assert_eq!(read(text, order), moment(WALL, None), "{text}");
        assert_eq!(read(text, None), Err(Unread::Ambiguous), "{text}");
    }
    assert_eq!(read("26-03-02 09:05:10", Some(Order::YearFirst)), moment(WALL, None));
    assert_eq!(read("02/03/2026 9h05", day), moment(WALL - 10_000, None));
    assert_eq!(read("13/03/2026 09:05:10", None), moment(WALL + 11 * DAY_MS, None));
    assert_eq!(read("03/13/2026 09:05:10", None), moment(WALL + 11 * DAY_MS, None));
    assert_eq!(read("13/03/2026", month), Err(Unread::OtherOrder));
    assert_eq!(read("03/13/2026", day), Err(Unread::OtherOrder));
    // The same either way.
    assert_eq!(read("02/02/2026 09:05:10", None), moment(WALL - 28 * DAY_MS, None));
    // Years of two digits: 69 is 1969, before any log.
    assert!(matches!(read("1/2/68", day), Ok(Written::Day(_))));
    assert_eq!(read("1/2/69", day), Err(Unread::Outside));
}

#[test]
fn noon_and_midnight_are_twelve_of_the_other_half() {
    let midnight = WALL - (9 * 60 + 5) * MINUTE - 10_000;
    for (text, minutes) in [
        ("12:05 AM", 5),
        ("12:05 PM", 12 * 60 + 5),
        ("1:05 pm", 13 * 60 + 5),
        ("11:59 p.m.", 23 * 60 + 59),
        ("9 AM", 9 * 60),
    ] {
        let text = format!("2026-03-02 {text}");
        assert_eq!(read(&text, None), moment(midnight + minutes * MINUTE, None), "{text}");
    }
    assert_eq!(read("2026-03-02 13:05 AM", None), Err(Unread::NoTime));
}

#[test]
fn a_date_alone_is_its_midnight_and_a_clock_alone_has_no_date() {
    let midnight = WALL - (9 * 60 + 5) * MINUTE - 10_000;
    for text in
        ["2026-03-02", "20260302", "46083", "2-Mar-26", "March 2, 2026", "2026/3/2", "46083.0"]
    {
        assert_eq!(read(text, None), Ok(Written::Day(Moment::local(midnight))), "{text}");
    }
    let nine = (9 * 60 + 5) * MINUTE;
    for (text, clock) in [("09:05:10", nine + 10_000), ("9:05 AM", nine), ("0.5", DAY_MS / 2)] {
        assert_eq!(read(text, None), Ok(Written::Clock(clock)), "{text}");
    }
}

#[test]
fn zeros_say_that_it_did_not_happen() {
    for text in [
        "0",
        "-1",
        "0.0",
        "0000-00-00 00:00:00",
        "0000-00-00",
        "0001-01-01T00:00:00",
        "1970-01-01T00:00:00",
        "1970-01-01T00:00:00Z",
        "1970-01-01 01:00:00+01:00",
        "1900-01-00",
        "1900-01-00 00:00:00",
        "1899-12-30",
        "1/0/1900 0:00",
        "00/00/0000",
        "01/01/0001 00:00:00",
        "0000000000",
    ] {
        assert_eq!(read(text, None), Ok(Written::Never), "{text}");
    }
}

#[test]
fn what_is_no_time_is_not_read_as_one() {
    for text in [
        "",
        " ",
        "x",
        "12",
        "-2",
        "17.5",
        "15094878470",
        "2026-02-29T10:00:00",
        "2026-13-01T10:00:00",
        "2026-03-02T25:00:00",
        "2026-03-02T09:60:00",
        "2026-03-02T09:30:00+99:00",
        "2026-03-02T09:30:00[Europe/Nowhere]",
        "Tue Oct 32 22:10:47 +0000 2017",
        "31/31/2026 22:10",
        "2 Mar",
        "Mar 2026",
        "\u{feff}",
        "SIP/701-0000012a",
        "1-2-3",
        "1.2.3.4",
        "10.0.0.12",
        "2026-03-02 09:05:10 2026-03-02",
        "call 2026-03-02",
        "May",
        "99999999999999999999",
        "1:2:3:4:5:6:7:8:9:10:11:12:13:14:15",
    ] {
        assert_eq!(read(text, None), Err(Unread::NoTime), "{text}");
    }
    assert_eq!(read("9999-12-31 23:59:59", None), Err(Unread::Outside));
    assert_eq!(read("1969-12-31 23:59:59", None), Err(Unread::Outside));
}

#[test]
fn a_zone_gives_local_times_their_offset_and_instants_their_clock() {
    let zone = Zone::named("Europe/Berlin").unwrap();
    let read = |text: &str| Written::read(text.as_bytes(), None, &zone);
    assert_eq!(read("2026-03-02 09:05:10"), moment(WALL, Some(60)));
    assert_eq!(read("2026-03-02 08:05:10 UTC"), moment(WALL, Some(60)));
    assert_eq!(read("1772442310"), moment(WALL + 60 * MINUTE, Some(60)));
    // An offset that is written stays.
    assert_eq!(read("2026-03-02 09:05:10-05:00"), moment(WALL, Some(-300)));
    let Ok(Written::Moment(summer)) = read("2026-07-02 09:05:10") else { panic!() };
    assert_eq!(summer.ahead_minutes, Some(120));
    // Clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October.
    let Ok(Written::Moment(gap)) = read("2026-03-29 02:30:00") else { panic!() };
    assert_eq!(gap.text(), "2026-03-29T03:30:00+02:00");
    let Ok(Written::Moment(fold)) = read("2026-10-25 02:30:00") else { panic!() };
    assert_eq!(fold.text(), "2026-10-25T02:30:00+02:00");
    assert!(zone.comes_twice(fold.wall_ms) && !zone.comes_twice(gap.wall_ms));
    assert_eq!(zone.name(), Some("Europe/Berlin"));
    assert!(Zone::named("Europe/Nowhere").is_none());
}

/// What every form needs of a moment.
struct Of {
    civil: jiff::civil::DateTime,
    ms: i64,
}

/// How a form is written, in which order it is read, and how exact it is.
type Form = (fn(&Of) -> String, Option<Order>, i64);

const FORMS: [Form; 22] = [
    (|of| of.put("%Y-%m-%d %H:%M:%S"), None, 1000),
    (|of| of.put("%Y-%m-%dT%H:%M:%S%.3fZ"), None, 1),
    (|of| of.put("%Y-%m-%dT%H:%M:%S%.6f-08:00"), None, 1),
    (|of| of.put("%Y-%-m-%-d %-H:%M"), None, MINUTE),
    (|of| of.put("%Y/%m/%d %H:%M:%S"), None, 1000),
    (|of| of.put("%d/%m/%Y %H:%M:%S"), Some(Order::DayFirst), 1000),
    (|of| of.put("%d.%m.%Y %H:%M"), Some(Order::DayFirst), MINUTE),
    (|of| of.put("%d-%m-%y %H:%M:%S"), Some(Order::DayFirst), 1000),
    (|of| of.put("%-m/%-d/%Y %-I:%M:%S %p"), Some(Order::MonthFirst), 1000),
    (|of| of.put("%-m/%-d/%y %-I:%M %P"), Some(Order::MonthFirst), MINUTE),
    (|of| of.put("%y-%m-%d %H:%M"), Some(Order::YearFirst), MINUTE),
    (|of| of.put("%-d-%b-%y %H:%M:%S"), None, 1000),
    (|of| of.put("%-d %B %Y %H:%M:%S"), None, 1000),
    (|of| of.put("%b %-d, %Y %-I:%M:%S %p"), None, 1000),
    (|of| of.put("%a, %d %b %Y %H:%M:%S -0500"), None, 1000),
    (|of| of.put("%a %b %d %H:%M:%S +0000 %Y"), None, 1000),
    (|of| of.put("%Y%m%d%H%M%S"), None, 1000),
    (|of| of.put("%Y%m%d %H%M%S"), None, 1000),
    (|of| format!("{}", of.ms.div_euclid(1000)), None, 1000),
    (|of| format!("{}", of.ms), None, 1),
    (|of| format!("{}.{:03}", of.ms / 1000, of.ms % 1000), None, 1),
    (|of| format!("{:.6}", of.ms as f64 / DAY_MS as f64 + 25_569.0), None, 1000),
];

impl Of {
    fn put(&self, form: &str) -> String {
        jiff::fmt::strtime::format(form, self.civil).unwrap()
    }
}

proptest::proptest! {
    #[test]
    fn every_form_reads_back_the_moment_it_was_written_from(
        // From 2001-09-09, where seconds since 1970 have ten digits, to 2068.
        ms in 1_000_000_000_000_i64..3_100_000_000_000,
    ) {
        let timestamp = jiff::Timestamp::from_millisecond(ms).unwrap();
        let of = Of { civil: jiff::tz::Offset::UTC.to_datetime(timestamp), ms };
        for (at, (write, order, unit)) in FORMS.iter().enumerate() {
            let text = write(&of);
            let Ok(Written::Moment(moment)) = read(&text, *order) else {
                panic!("{at}: {text} is {:?}", read(&text, *order));
            };
            let expected = if at == 21 { (ms + 500).div_euclid(1000) } else { ms.div_euclid(*unit) };
            if at == 21 {
                // Six decimals of a day are a twelfth of a second off at most.
                assert!((moment.wall_ms - ms).abs() <= 550, "{text}");
            } else {
                assert_eq!(moment.wall_ms.div_euclid(*unit), expected, "{text}");
            }
        }
    }

    #[test]
    fn no_text_of_these_signs_is_read_with_a_panic(text in "[0-9:/. +,ZTaApPmM\\[\\]()-]{0,30}") {
        for order in [None, Some(Order::DayFirst), Some(Order::MonthFirst), Some(Order::YearFirst)] {
            let _ = read(&text, order);
        }
    }
}
