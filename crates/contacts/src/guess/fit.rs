//! Whether the values of a column fit a field.

use indexmap::IndexSet;

use crate::field::{Field, Values};
use crate::length::{LengthForm, Unit};
use crate::moment::{Unread, Written, Zone};
use crate::values::whole;
use crate::words::{Word, truth};

/// The share of the values that must be what the field holds.
const MOST: f64 = 0.95;

/// Why values do not fit a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// There is none.
    Empty,
    /// This one is not what the field holds, and others like it: its place among the values.
    Value(usize),
    /// There is nearly one for every row.
    TooMany {
        /// Different values.
        different: usize,
        /// Values.
        of: usize,
    },
}

/// Whether values fit a field. `meaning` knows what a word says.
pub(crate) fn fits(
    field: Field,
    column: &str,
    unit: Option<Unit>,
    values: &[&[u8]],
    meaning: &dyn Fn(&str) -> Option<Word>,
) -> Result<(), Misfit> {
    if values.is_empty() {
        return Err(Misfit::Empty);
    }
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let most = |holds: &dyn Fn(&[u8]) -> bool| {
        let misfits: Vec<usize> = (0..values.len()).filter(|at| !holds(values[*at])).collect();
        match misfits.first() {
            Some(first) if misfits.len() as f64 > (1.0 - MOST) * values.len() as f64 => {
                Err(Misfit::Value(*first))
            }
            _ => Ok(()),
        }
    };
    match field.values() {
        Values::Times => {
            // `3:25` in a column of hours is a length, not a time of day.
            let is_length = |value: &[u8]| {
                field != Field::Arrived && Unit::in_name(column).is_some() && is_clock(value)
            };
            let holds = |value: &[u8]| is_time(field, value) && !is_length(value);
            // Zeros beside what is no time are flags, not times of what never was.
            if !values.iter().any(|value| holds(value) && !is_never(value)) {
                let other = values.iter().position(|value| !holds(value));
                return other.map_or(Ok(()), |at| Err(Misfit::Value(at)));
            }
            most(&holds)
        }
        Values::Lengths => {
            let decided = LengthForm::decide(column, unit, values.iter().copied());
            if decided.implausible {
                return Err(Misfit::Value(0));
            }
            most(&|value| value == b"-1" || decided.form.read(value).is_some())
        }
        Values::Words => most(&|value| meaning(&text(value)).is_some()),
        Values::Names => {
            if field != Field::Agent {
                most(&|value| !is_personal(&text(value)))?;
            }
            let different: IndexSet<&[u8]> = values.iter().copied().collect();
            let (different, of) = (different.len(), values.len());
            if different > 3 && different * 2 > of {
                return Err(Misfit::TooMany { different, of });
            }
            Ok(())
        }
        Values::Marks => Ok(()),
        Values::Truths => most(&|value| truth(&text(value)).is_some()),
        Values::Numbers => most(&|value| number(value).is_some()),
        Values::Ranks => most(&|value| rank(value).is_some()),
    }
}

/// Whether a value looks like an address, a telephone number, a long number or a sentence: no name of a company, a
/// channel or a kind.
fn is_personal(value: &str) -> bool {
    const LONGEST: usize = 60;
    const MOST_WORDS: usize = 8;
    const MOST_DIGITS: usize = 6;
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let number = |c: char| c.is_ascii_digit() || " +-/().".contains(c);
    value.contains('@')
        || value.chars().count() > LONGEST
        || value.split_whitespace().count() > MOST_WORDS
        || digits > MOST_DIGITS && value.chars().all(number)
}

/// Whether a value is a time that this field can hold.
fn is_time(field: Field, value: &[u8]) -> bool {
    match Written::read(value, None, &Zone::unknown()) {
        Ok(Written::Moment(_) | Written::Day(_)) | Err(Unread::Ambiguous) => true,
        // A clock belongs to the date of the arrival; a number below one is more likely a length.
        Ok(Written::Clock(_)) => field != Field::Arrived && value.contains(&b':'),
        Ok(Written::Never) => field != Field::Arrived,
        Err(_) => false,
    }
}

/// Whether a value says that something did not happen, where times stand.
pub(crate) fn is_never(value: &[u8]) -> bool {
    matches!(Written::read(value, None, &Zone::unknown()), Ok(Written::Never))
}

/// Whether a value is a clock without a date.
pub(crate) fn is_clock(value: &[u8]) -> bool {
    matches!(Written::read(value, None, &Zone::unknown()), Ok(Written::Clock(_)))
}

/// Whether a value is a date without a clock, or with midnight.
pub(crate) fn is_date_alone(value: &[u8]) -> bool {
    use crate::moment::{DAY_MS, Order};
    let orders = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
    orders.into_iter().any(|order| match Written::read(value, Some(order), &Zone::unknown()) {
        Ok(Written::Day(_)) => true,
        Ok(Written::Moment(moment)) => moment.wall_ms % DAY_MS == 0,
        _ => false,
    })
}

/// A number, 0 or more.
pub(crate) fn number(value: &[u8]) -> Option<f64> {
    let number = std::str::from_utf8(value).ok()?.parse::<f64>().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

/// A whole number from 0 to 255.
pub(crate) fn rank(value: &[u8]) -> Option<u8> {
    whole(value).and_then(|number| u8::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: Field, column: &str, values: &[&str]) -> Result<(), Misfit> {
        let values: Vec<&[u8]> = values.iter().map(|value| value.as_bytes()).collect();
        fits(field, column, None, &values, &Word::of)
    }

    #[test]
    fn a_column_fits_a_field_if_its_values_do() {
        assert_eq!(of(Field::Arrived, "Created", &["2026-03-02", "3/2/2026 9:05"]), Ok(()));
        assert_eq!(of(Field::Arrived, "Created", &["09:05"]), Err(Misfit::Value(0)));
        assert_eq!(of(Field::Answered, "Answered", &["09:05", "0"]), Ok(()));
        assert_eq!(of(Field::Answered, "Answered", &["Y", "N"]), Err(Misfit::Value(0)));
        assert_eq!(of(Field::Answered, "Answered", &["0", "1"]), Err(Misfit::Value(1)));
        assert_eq!(of(Field::Answered, "Answered", &["0", "0"]), Ok(()));
        let hours = "First response time (in hrs)";
        assert_eq!(of(Field::Answered, hours, &["3:25"]), Err(Misfit::Value(0)));
        assert_eq!(of(Field::Wait, hours, &["3:25"]), Ok(()));
        assert_eq!(of(Field::Outcome, "Answered", &["Y", "N"]), Ok(()));
        assert_eq!(of(Field::Outcome, "Status", &["Open", "Limbo"]), Err(Misfit::Value(1)));
        assert_eq!(of(Field::Priority, "Priority", &["1", "Low"]), Err(Misfit::Value(1)));
        assert_eq!(of(Field::Wait, "Wait", &["0:20", "1:10:05"]), Ok(()));
        assert_eq!(of(Field::Wait, "Wait", &["1772355900"]), Err(Misfit::Value(0)));
        assert_eq!(of(Field::Wait, "Wait", &[]), Err(Misfit::Empty));
        let ids = ["SIP/1", "SIP/2", "SIP/3", "SIP/4", "SIP/5"];
        assert_eq!(
            of(Field::Channel, "channel", &ids),
            Err(Misfit::TooMany { different: 5, of: 5 })
        );
        assert_eq!(of(Field::Channel, "channel", &["mail", "phone", "chat"]), Ok(()));
    }

    #[test]
    fn what_may_be_a_customer_is_no_channel_company_or_kind() {
        for value in ["+49 171 5544755", "petra@example.com", "0049 (171) 55-44755"] {
            for field in [Field::Channel, Field::Company, Field::Kind] {
                assert_eq!(of(field, "Source", &[value; 9]), Err(Misfit::Value(0)), "{value}");
            }
        }
        let sentence = "My order has not come and I wait for days";
        assert_eq!(of(Field::Kind, "Topic", &[sentence; 9]), Err(Misfit::Value(0)));
        for value in ["Line 2", "0800", "Schmidt AG", "Product Support and Returns"] {
            assert_eq!(of(Field::Channel, "Source", &[value; 9]), Ok(()), "{value}");
        }
    }
}
