//! The smallest and the largest number allowed.

use std::cmp::Ordering;

use serde_json::{Number, Value as Json};

use super::super::node::{Node, Value};
use super::super::words;
use super::{Checker, in_unit, kind, text};

impl<'s> Checker<'s> {
    /// Compares a number with `minimum`, `maximum`, their exclusive variants, and the integer format.
    pub(super) fn bounds(&mut self, node: &Node, schema: &'s Json, unit: Option<&'s str>) {
        let Some(value) = number(&node.value) else { return };
        let (low, high) = format_range(text(schema, "format"));
        let bound = |key: &str| schema.get(key).and_then(Json::as_number).cloned();
        let (least, most) = (bound("minimum"), bound("maximum"));
        let (low, high) = (least.clone().or(low), most.clone().or(high));
        let (above, below) = (bound("exclusiveMinimum"), bound("exclusiveMaximum"));
        let against = |limit: &Option<Number>| limit.as_ref().map(|limit| compare(&value, limit));

        let of = in_unit(unit);
        let broken = if against(&low).is_some_and(Ordering::is_lt) {
            low.as_ref().map(|low| format!("is below the smallest allowed, {}{of}", show(low)))
        } else if against(&high).is_some_and(Ordering::is_gt) {
            high.as_ref().map(|high| format!("is above the largest allowed, {}{of}", show(high)))
        } else if against(&above).is_some_and(Ordering::is_le) {
            above.as_ref().map(|above| format!("must be above {}{of}", show(above)))
        } else if against(&below).is_some_and(Ordering::is_ge) {
            below.as_ref().map(|below| format!("must be below {}{of}", show(below)))
        } else {
            None
        };
        let Some(broken) = broken else { return };
        let over = against(&high).is_some_and(Ordering::is_gt)
            || against(&below).is_some_and(Ordering::is_ge);
        let top = high.as_ref().or(below.as_ref()).and_then(Number::as_f64);
        let reached = high.is_some();
        let help = match (value.as_f64(), top) {
            (Some(value), Some(top)) if over && top <= 1.0 && kind::is_share(unit) => {
                Some(self.share_help(node, value, top, reached))
            }
            _ => range([&least, &most, &above, &below].map(Option::as_ref), unit),
        };
        let message = format!("{}: {} {broken}", self.subject(), show(&value));
        self.report(node, message, help);
    }

    /// What a share is, and what the percentage was probably meant to be.
    fn share_help(&self, node: &Node, value: f64, top: f64, reached: bool) -> String {
        let largest =
            if reached && top == 1.0 { "1 is the largest and means" } else { "1 would mean" };
        let meaning = format!("{largest} all of it; 0.8 means 80%");
        let share = (value * 1e6).round() / 1e8;
        if value < 2.0 || share > top || (share == top && !reached) {
            return meaning;
        }
        let line = kind::line(node, &self.path, &words::number_text(share));
        format!("{meaning}: for {}% write {line}", words::number_text(value))
    }
}

/// What is allowed, where the message alone does not say it.
fn range([low, high, above, below]: [Option<&Number>; 4], unit: Option<&str>) -> Option<String> {
    let of = in_unit(unit);
    match (low, high, above, below) {
        (Some(low), Some(high), _, _) => {
            Some(format!("allowed: {} to {}{of}", show(low), show(high)))
        }
        (_, Some(high), Some(above), _) => {
            Some(format!("allowed: above {}, up to {}{of}", show(above), show(high)))
        }
        (Some(low), _, _, Some(below)) => {
            Some(format!("allowed: from {} to below {}{of}", show(low), show(below)))
        }
        (_, _, Some(above), Some(below)) => {
            Some(format!("allowed: above {} and below {}{of}", show(above), show(below)))
        }
        _ => None,
    }
}

/// The range of the Rust integer that serde will read into; TOML itself ends at 64 bits, signed.
fn format_range(format: Option<&str>) -> (Option<Number>, Option<Number>) {
    let range = |low: i64, high: i64| (Some(Number::from(low)), Some(Number::from(high)));
    match format {
        Some("uint8") => range(0, u8::MAX.into()),
        Some("uint16") => range(0, u16::MAX.into()),
        Some("uint32") => range(0, u32::MAX.into()),
        Some("uint64" | "uint") => range(0, i64::MAX),
        Some("int8") => range(i8::MIN.into(), i8::MAX.into()),
        Some("int16") => range(i16::MIN.into(), i16::MAX.into()),
        Some("int32") => range(i32::MIN.into(), i32::MAX.into()),
        _ => (None, None),
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Integer(number) => Some(Number::from(*number)),
        Value::Float(number) => Number::from_f64(*number),
        _ => None,
    }
}

/// Exact where both are whole, else as floating-point numbers.
fn compare(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => {
            let (a, b) = (a.as_f64().unwrap_or_default(), b.as_f64().unwrap_or_default());
            a.partial_cmp(&b).unwrap_or(Ordering::Equal)
        }
    }
}

fn show(number: &Number) -> String {
    match (number.as_i128(), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) => words::number_text(float),
        (None, None) => number.to_string(),
    }
}
