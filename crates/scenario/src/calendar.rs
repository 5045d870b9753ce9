//! Days of the week and hours of the day, as people write them, and the week that they make.
//!
//! Local time without daylight saving; hour 0 of a run is midnight at the start of a Monday.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Hours in a week.
pub const WEEK_HOURS: f64 = 168.0;

/// Minutes in a week.
pub const WEEK_MINUTES: u32 = 7 * 24 * 60;

/// The days of the week, as they are written.
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A set of days of the week: `Mon-Fri`, `Sat`, `Mon,Wed,Fri`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Days {
    text: String,
    on: [bool; 7],
}

/// A stretch of the day: `09:00-17:00`, past midnight `22:00-06:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    text: String,
    from: u32,
    minutes: u32,
}

impl Days {
    /// Whether the day is in the set; 0 is Monday.
    #[must_use]
    pub fn contains(&self, day: usize) -> bool {
        self.on[day % 7]
    }
}

impl Hours {
    /// Minute of the day at which it starts.
    #[must_use]
    pub fn start_minute(&self) -> u32 {
        self.from
    }

    /// Length in minutes, above 0 and at most 24 hours.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.minutes
    }
}

impl TryFrom<String> for Days {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = |name: &str| {
            WEEKDAYS.iter().position(|known| known.eq_ignore_ascii_case(name.trim())).ok_or_else(|| {
                format!("`{}` is not a day of the week in `{text}`; write for instance \"Mon-Fri\", \"Sat\" or \"Mon,Wed,Fri\"", name.trim())
            })
        };
        let mut on = [false; 7];
        for part in text.split(',') {
            let (first, last) = match part.split_once('-') {
                Some((first, last)) => (day(first)?, day(last)?),
                None => (day(part)?, day(part)?),
            };
            for step in 0..=(last + 7 - first) % 7 {
                on[(first + step) % 7] = true;
            }
        }
        Ok(Self { text, on })
    }
}

impl TryFrom<String> for Hours {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let help = "write for instance \"09:00-17:00\", past midnight \"22:00-06:00\", round the clock \"00:00-24:00\"";
        let minute = |clock: &str| {
            let (hour, minute) = clock.trim().split_once(':')?;
            let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
            // The hour first: an absurd one times 60 would be more than a number holds.
            let minutes = (hour <= 24 && minute < 60).then(|| hour * 60 + minute);
            minutes.filter(|&minutes| minutes <= 24 * 60)
        };
        let (from, to) = text
            .split_once('-')
            .and_then(|(from, to)| Some((minute(from)?, minute(to)?)))
            .ok_or_else(|| format!("`{text}` is not a stretch of the day; {help}"))?;
        if from == to {
            return Err(format!("the shift `{text}` has no length; {help}"));
        }
        let minutes = if to > from { to - from } else { to + 24 * 60 - from };
        if from == 24 * 60 || minutes > 24 * 60 {
            return Err(format!("`{text}` is not a stretch of the day; {help}"));
        }
        Ok(Self { text, from, minutes })
    }
}

impl From<Days> for String {
    fn from(days: Days) -> Self {
        days.text
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.text
    }
}

impl JsonSchema for Days {
    fn schema_name() -> Cow<'static, str> {
        "Days".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["Mon-Fri", "Sat", "Mon,Wed,Fri"] })
    }
}

impl JsonSchema for Hours {
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["09:00-17:00", "22:00-06:00", "00:00-24:00"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Result<Days, String> {
        Days::try_from(text.to_owned())
    }

    fn hours(text: &str) -> Result<Hours, String> {
        Hours::try_from(text.to_owned())
    }

    #[test]
    fn days_read_as_people_write_them() {
        assert_eq!(days("Mon-Fri").unwrap().on, [true, true, true, true, true, false, false]);
        assert_eq!(days("sat-MON").unwrap().on, [true, false, false, false, false, true, true]);
        assert_eq!(days("Mon, Wed").unwrap().on, [true, false, true, false, false, false, false]);
        for wrong in ["", "Monday-Friday", "Mon-", "Mon Fri", "Mon,,Tue"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hours_may_pass_midnight_but_not_be_empty() {
        assert_eq!(hours("09:00-17:30").unwrap().minutes(), 510);
        assert_eq!(hours("22:00-06:00").unwrap().minutes(), 480);
        assert_eq!(hours("00:00-24:00").unwrap().minutes(), 1440);
        assert!(hours("09:00-09:00").unwrap_err().contains("no length"));
        for wrong in [
            "",
            "9-17",
            "09:00",
            "25:00-26:00",
            "24:00-06:00",
            "09:60-10:00",
            "-1:00-5:00",
            "71582789:00-5:00",
        ] {
            assert!(hours(wrong).is_err(), "{wrong}");
        }
    }
}
