//! A mean with a standard deviation must leave something within the range that values can have.

use serde_json::Value as Json;

use super::super::node::{Node, Value};
use super::super::words::number_text;
use super::{Checker, array};

/// A mean this many standard deviations beyond an end leaves fewer than one draw in 30,000 within.
const FAR: f64 = 4.0;

impl Checker<'_> {
    /// Checks the table of a spread against `x-within`, the range of the values that are drawn: they are
    /// cut to it, so a spread that lies outside would make them all the same. Its ends are values that
    /// can be drawn, unless it is `x-open`.
    pub(super) fn within(&mut self, node: &Node, schema: &Json) {
        let [Some(low), Some(high)] =
            [0, 1].map(|end| array(schema, "x-within").get(end)?.as_f64())
        else {
            return;
        };
        let Some([mean, sd]) = numbers(node) else { return };
        let beyond = (low - mean).max(mean - high);
        let open = schema.get("x-open").and_then(Json::as_bool) == Some(true);
        let on_an_end = beyond == 0.0 && sd == 0.0;
        if beyond <= FAR * sd && !(open && on_an_end) {
            return;
        }
        let [low, high, mean, sd] = [low, high, mean, sd].map(number_text);
        let range = match open {
            true => format!("strictly between {low} and {high}"),
            false => format!("from {low} to {high}"),
        };
        let message = format!(
            "{}: with a mean of {mean} and a standard deviation of {sd}, nothing falls {range}, where its \
             values lie",
            self.subject()
        );
        // A table that is merged from several places has no line of its own; its mean has.
        let place = node.at(&["mean"]).unwrap_or(node).key_or_place().clone();
        self.report_at(place, message, Some(format!("write a mean {range}")));
    }
}

/// The mean and the standard deviation of a table that has both.
fn numbers(node: &Node) -> Option<[f64; 2]> {
    let number = |key: &str| match node.at(&[key])?.value {
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    };
    Some([number("mean")?, number("sd")?])
}
