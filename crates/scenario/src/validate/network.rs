//! `[network]` against the customers.

use super::{Finding, finding};
use crate::Scenario;
use crate::network::NetworkKind;
use heard_text::list::counted;

/// Maximum number of ties of a generated network: about 800 MB for each thread.
const MOST_TIES: f64 = 2e8;

/// A network that there cannot be.
pub(super) fn check(arm: &Scenario, found: &mut Vec<Finding>) {
    let Some(network) = &arm.network else { return };
    let (count, degree) = (f64::from(arm.customers.count), network.mean_degree);
    if arm.customers.count == 0 {
        found.push(finding(
            &["network"],
            "network: there are no customers who could follow each other",
            "write `[customers]` with `count = 20_000`, or take [network] out",
        ));
        return;
    }
    match (network.kind, &network.file) {
        (NetworkKind::Edges, Some(_)) => {}
        (NetworkKind::Edges, None) => found.push(finding(
            &["network"],
            "network: `kind = \"edges\"` needs a file of edges",
            "write `file = \"edges.csv\"`, a file with a line `followed,follower` for each tie",
        )),
        (_, Some(_)) => found.push(finding(
            &["network", "file"],
            "network.file: only `kind = \"edges\"` reads a file",
            "take `file` out, or write `kind = \"edges\"`",
        )),
        (_, None) if degree > count - 1.0 => found.push(finding(
            &["network", "mean_degree"],
            format!(
                "network.mean_degree: nobody can have {degree} followers among {}",
                counted(count, "customer", "customers")
            ),
            format!("write `mean_degree = {}` or less: nobody follows themselves", count - 1.0),
        )),
        (_, None) if degree * count > MOST_TIES => found.push(finding(
            &["network", "mean_degree"],
            format!(
                "network.mean_degree: {degree} followers for each of {count} customers are more \
                 ties than can be held"
            ),
            format!(
                "200 million are the most: write `mean_degree = {}` or less",
                MOST_TIES / count
            ),
        )),
        (_, None) => {}
    }
}
