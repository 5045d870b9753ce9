//! The table of `heard verify` as JSON.

use serde_json::{Value, json};

use heard_lab::experiment::results::CONFIDENCE;
use heard_lab::verify::bench::Effort;
use heard_lab::verify::row::{Found, Row};
use heard_lab::verify::table::{FALSE_ALARM, Judged, Table};

/// The whole table. Intervals are at 95%; rows are judged by their `p_value`.
#[must_use]
pub fn table(table: &Table, effort: Effort, seed: u64) -> Value {
    let checks: Vec<Value> = table
        .checks
        .iter()
        .map(|Judged { check, rows }| {
            let rows: Vec<Value> = rows.iter().map(|(found, off)| row(found, *off)).collect();
            json!({ "check": check.name, "what": check.what, "source": check.source, "rows": rows })
        })
        .collect();
    json!({
        "version": crate::VERSION,
        "effort": effort.name(),
        "seed": seed,
        "false_alarm": FALSE_ALARM,
        "sound": table.off().next().is_none(),
        "checks": checks,
    })
}

fn row(row: &Row, off: bool) -> Value {
    let (low, high) = row.interval(CONFIDENCE).unzip();
    let size = match row.found {
        Found::Mean(moments) => Some(moments.count()),
        Found::Count(share) => Some(share.trials),
        Found::Number(_) => None,
    };
    let finite = |value: f64| value.is_finite().then_some(value);
    json!({
        "quantity": row.quantity,
        "unit": row.unit,
        "exact": row.exact,
        "allowance": row.allowance,
        "simulated": finite(row.estimate()),
        "ci_low": low,
        "ci_high": high,
        "values": size,
        "z": row.z(),
        "p_value": row.p_value(),
        "verdict": if off { "off" } else { "agrees" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_lab::verify::CHECKS;

    #[test]
    fn what_has_no_value_is_null() {
        let rows = vec![Row::mean("x", "s", 1.0, []), Row::number("y", "", 1.0, 1.0)];
        let found = table(&Table::new(vec![(&CHECKS[0], rows)]), Effort::Quick, 7);
        assert_eq!(found["sound"], false);
        let rows = &found["checks"][0]["rows"];
        assert!(rows[0]["simulated"].is_null() && rows[0]["verdict"] == "off");
        assert!(
            rows[1]["z"].is_null() && rows[1]["verdict"] == "agrees" && rows[1]["values"].is_null()
        );
    }
}
