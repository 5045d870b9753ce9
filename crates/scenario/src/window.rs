//! Windows: named stretches of days over which results are counted.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use heard_text::number::{count, trimmed};

use super::run::MOST_DAYS;

/// Maximum number of windows: each has a row for everything that is measured.
pub const MOST_WINDOWS: usize = 8;

/// Hours that a window has at least: in less, next to nothing happens.
const SHORTEST_HOURS: f64 = 1.0;

/// Hours by which it may be shorter: its ends are written as fractions of days.
const ROUNDING: f64 = 0.01;

/// Days as they are written, `14-76`: from the start of day 14 to the start of day 76.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stretch {
    text: String,
    /// The day on which it begins; part of a day is a fraction.
    pub from_day: f64,
    /// The day before which it ends, after `from_day`.
    pub to_day: f64,
}

impl Stretch {
    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl TryFrom<String> for Stretch {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let help = "write for instance \"14-76\", from the start of day 14 to the start of day 76";
        let plain = |c: char| c.is_ascii_digit() || c == '.';
        let day = |part: &str| part.trim().parse().ok().filter(|_| part.trim().chars().all(plain));
        let (from_day, to_day): (f64, f64) = text
            .split_once('-')
            .and_then(|(from, to)| Some((day(from)?, day(to)?)))
            .ok_or_else(|| format!("`{text}` is not a stretch of days; {help}"))?;
        if from_day == to_day {
            return Err(format!(
                "`{text}` is empty: it ends on the day on which it begins; {help}"
            ));
        }
        if from_day > to_day {
            return Err(format!("`{text}` ends before it begins; {help}"));
        }
        if to_day > MOST_DAYS {
            return Err(format!(
                "`{text}` ends too late: a run has at most {} days",
                count(MOST_DAYS as u64)
            ));
        }
        if (to_day - from_day) * 24.0 < SHORTEST_HOURS - ROUNDING {
            return Err(format!("`{text}` is shorter than an hour; {help}"));
        }
        Ok(Self { text, from_day, to_day })
    }
}

impl From<Stretch> for String {
    fn from(stretch: Stretch) -> Self {
        stretch.text
    }
}

impl JsonSchema for Stretch {
    fn schema_name() -> Cow<'static, str> {
        "Stretch".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["14-76", "289-351"] })
    }
}

/// A stretch of days that results are counted over, under the name that tables call it by.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Its name: the user's own, or its days.
    pub name: String,
    /// The day on which it begins.
    pub from_day: f64,
    /// The day before which it ends.
    pub to_day: f64,
}

impl Window {
    /// A window that is called by its days.
    #[must_use]
    pub fn unnamed(from_day: f64, to_day: f64) -> Self {
        Self { name: days(from_day, to_day), from_day, to_day }
    }

    /// Its days, as in `14-76`.
    #[must_use]
    pub fn days(&self) -> String {
        days(self.from_day, self.to_day)
    }

    /// Its name and its days, as in `first quarter, days 14-76`; `days 14-76` where these are its name.
    #[must_use]
    pub fn titled(&self) -> String {
        let days = self.days();
        if self.name == days {
            format!("days {days}")
        } else {
            format!("{}, days {days}", self.name)
        }
    }

    /// Its beginning and its end in hours from the start of the run; the end is not part of it.
    #[must_use]
    pub fn hours(&self) -> (f64, f64) {
        (self.from_day * 24.0, self.to_day * 24.0)
    }
}

fn days(from: f64, to: f64) -> String {
    format!("{}-{}", trimmed(from), trimmed(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Request, Study};

    const FILE: &str = "[run]\ndays = 120\n[run.windows]\n\"first quarter\" = \"14-76\"\n\
         late = \"80-106\"\n[customers]\ncount = 10\n[channel.mail]\nseen_by = \"private\"\n\
         waits = \"in an inbox\"\n";

    fn study(text: &str, sets: &[&str]) -> Result<Study, String> {
        let sets = sets.iter().map(|&set| set.to_owned()).collect();
        let request = Request { sets, ..Request::default() };
        Study::of_text("mine", text, &request).map_err(|refusal| refusal.render(false))
    }

    fn windows(text: &str, sets: &[&str]) -> Vec<(String, String)> {
        let windows = study(text, sets).unwrap().base.run.counted_windows();
        windows.into_iter().map(|window| (window.name.clone(), window.days())).collect()
    }

    fn named(name: &str, days: &str) -> (String, String) {
        (name.to_owned(), days.to_owned())
    }

    #[test]
    fn windows_keep_their_order_and_set_replaces_all_of_them() {
        let two = [named("first quarter", "14-76"), named("late", "80-106")];
        assert_eq!(windows(FILE, &[]), two);
        let set = "run.windows={ z = '20-30.5', a = '14-106' }";
        assert_eq!(windows(FILE, &[set]), [named("z", "20-30.5"), named("a", "14-106")]);
        let short = ["run.days=60", "run.windows={}"];
        assert_eq!(windows(FILE, &short), [named("14-46", "14-46")]);
        let again = study(FILE, &[]).unwrap().to_json()["base"]["run"]["windows"].clone();
        assert_eq!(again.to_string(), r#"{"first quarter":"14-76","late":"80-106"}"#);
    }

    #[test]
    fn set_replaces_a_table_of_the_run_and_a_dotted_key_one_entry() {
        let late = [named("first quarter", "14-76"), named("late", "90-100")];
        assert_eq!(windows(FILE, &["run.windows.late=90-100"]), late);
        let text =
            FILE.replace("[run]", "[run]\nworth = { resolution = [5, 50], customer = [1, 9] }");
        let worth = |set| {
            let worth = study(&text, &[set]).unwrap().base.run.worth;
            (worth.resolution, worth.customer)
        };
        assert_eq!(worth("run.worth={}"), (None, None));
        assert_eq!(worth("run.worth={ customer = [2, 8] }"), (None, Some([2.0, 8.0])));
        assert_eq!(worth("run.worth.customer=[2, 8]"), (Some([5.0, 50.0]), Some([2.0, 8.0])));
        assert_eq!(worth("run={ worth = {} }"), (None, None));
    }

    #[test]
    fn a_switch_after_everything_that_is_counted_is_warned_of() {
        let warned = |day: &str, sets: &[&str]| {
            let arms = format!(
                "[arm.a]\n[arm.b]\nswitch = [{{ at_day = {day}, company.awareness = 0.4 }}]"
            );
            let study = study(&format!("{FILE}{arms}"), sets).unwrap();
            study.warnings.iter().any(|text| {
                text.starts_with(&format!("in arm b: the switch on day {day} comes after"))
                    && text.contains("counting ends on day")
            })
        };
        // Within a window, between the two, after both, in the margin.
        assert_eq!(
            ["30", "78", "106", "119"].map(|day| warned(day, &[])),
            [false, false, true, true]
        );
        assert!(warned("78", &["run.windows={ early='14-76' }"]));
        assert!(!warned("105", &["run.windows={}"]) && warned("106", &["run.windows={}"]));
    }

    #[test]
    fn a_window_without_an_hour_for_its_probes_is_refused() {
        let of = |days: &str, probes: &str| {
            let sets = [format!("run.windows={{ x = '{days}' }}"), format!("audit.{probes}")];
            study(FILE, &sets.each_ref().map(String::as_str))
        };
        for night in ["20-20.3", "20.9-21.2", "20.875-21.375"] {
            let said = of(night, "probes_per_channel=1").unwrap_err();
            for part in ["run.windows.x", "holds no hour from 9 to 21", "let the window hold"] {
                assert!(said.contains(part), "{night}: {part} is missing in\n{said}");
            }
            assert!(of(night, "probes_per_channel=0").is_ok());
        }
        for day in ["20-21", "20-20.4", "20.8-21.2", "20.9-21.4"] {
            assert!(of(day, "probes_per_channel=1").is_ok(), "{day}");
        }
    }

    #[test]
    fn a_window_in_which_no_day_ends_is_warned_of() {
        let warned = |days: &str, sets: &[&str]| {
            let study = study(&FILE.replace("80-106", days), sets).unwrap();
            study.warnings.iter().any(|text| {
                text.contains(&format!("no day ends within late, days {days}, so what is read"))
            })
        };
        let days = ["80.2-80.8", "80-80.8", "80.2-81", "80.2-81.1", "80-106"];
        assert_eq!(days.map(|days| warned(days, &[])), [true, true, false, false, false]);
        // The last day ends with the run, and without customers nothing is read.
        assert!(!warned("80.2-80.5", &["run.days=80.5", "run.margin_days=0"]));
        let calls = "stream.calls={ channel='mail', per_hour=1 }";
        assert!(!warned("80.2-80.8", &["customers.count=0", calls]));
    }

    #[test]
    fn a_wrong_window_is_named_with_its_line_and_what_would_be_right() {
        let wrong = |days: &str| study(&FILE.replace("80-106", days), &[]).unwrap_err();
        for (days, message, help) in [
            (
                "80-107",
                "not within the days that can be counted, \"14-106\"",
                "`days = 121` or more",
            ),
            ("3-20", "not within the days", "begin the window on day 14 or later"),
            ("76-14", "ends before it begins", "write for instance \"14-76\""),
            ("80-80", "is empty", "write for instance"),
            ("80-80.01", "is shorter than an hour", "write for instance"),
            ("80-3650.5", "ends too late", "a run has at most 3,650 days"),
            ("7-99999999999999999999", "ends too late", "a run has at most 3,650 days"),
            ("tomorrow", "is not a stretch of days", "write for instance"),
        ] {
            let said = wrong(days);
            for part in ["mine.toml:5", "run.windows.late", message, help] {
                assert!(said.contains(part), "{part} is missing in\n{said}");
            }
        }
        let twice = study(&FILE.replace("late =", "\"First Quarter\" ="), &[]).unwrap_err();
        assert!(twice.contains("can be taken for that of `first quarter`"), "{twice}");
        let blank = study(&FILE.replace("late =", "\" \" ="), &[]).unwrap_err();
        assert!(blank.contains("a window needs a name"), "{blank}");
        let many: Vec<String> = (0..9).map(|n| format!("w{n} = '20-30'")).collect();
        let many = format!("run.windows={{ {} }}", many.join(", "));
        assert!(study(FILE, &[&many]).unwrap_err().contains("9 are more than the 8 allowed"));
    }

    #[test]
    fn days_read_as_people_write_them() {
        let read = |text: &str| Stretch::try_from(text.to_owned());
        let hour = ("20.9583-21", 20.9583, 21.0);
        for (text, from, to) in [("14-76", 14.0, 76.0), (" 0 - 1.5", 0.0, 1.5), hour] {
            let stretch = read(text).unwrap();
            assert_eq!((stretch.from_day, stretch.to_day), (from, to));
            assert_eq!(String::from(stretch), text);
        }
        for wrong in ["", "14", "-5-10", "a-b", "1e3-2e3", "nan-inf", "14-", "1-2-3", "1..2-3"] {
            assert!(read(wrong).unwrap_err().contains("is not a stretch of days"), "{wrong}");
        }
        assert!(read("76-14").unwrap_err().contains("ends before it begins"));
        assert!(read("14-14.0").unwrap_err().contains("is empty"));
    }

    #[test]
    fn a_window_without_a_name_is_called_by_its_days() {
        let window = Window::unnamed(14.0, 76.5);
        assert_eq!((window.name.as_str(), window.hours()), ("14-76.5", (336.0, 1836.0)));
        assert_eq!(window.titled(), "days 14-76.5");
        let named = Window { name: "spring".to_owned(), ..window };
        assert_eq!(named.titled(), "spring, days 14-76.5");
    }
}
