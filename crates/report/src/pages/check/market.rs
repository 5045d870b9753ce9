//! What all arms and companies share: who buys from whom, who follows whom, who is audited.

use heard_scenario::market::Buying;
use heard_scenario::network::{Network, NetworkKind};
use heard_scenario::study::Study;
use heard_text::list::{counted, list};
use heard_text::number::percent_trimmed;

/// A sentence each.
#[must_use]
pub fn lines(study: &Study) -> Vec<String> {
    let mut lines = Vec::new();
    let customers = f64::from(study.base.customers.count);
    if study.companies.len() > 1 && customers > 0.0 {
        let buying = match study.base.market.customers_buy {
            Buying::FromOne => "compete: each customer buys from one of them",
            Buying::FromEach => "are in different trades: each customer buys from all of them",
        };
        lines.push(format!("{} {buying}.", list(&study.companies)));
        lines.push(format!("They share {}.", counted(customers, "customer", "customers")));
    }
    lines.extend(study.base.network.as_ref().map(network));
    let audit = &study.base.audit;
    if audit.probes_per_channel > 0 {
        lines.push(format!(
            "A mystery shopper with {} sends {} to each channel that a company presents.",
            counted(audit.followers, "follower", "followers"),
            counted(f64::from(audit.probes_per_channel), "probe", "probes")
        ));
    }
    lines
}

fn network(network: &Network) -> String {
    let degree = counted(network.mean_degree, "follower", "followers");
    match network.kind {
        NetworkKind::HeavyTailed => {
            format!("Customers follow one another: {degree} on average, a few with very many.")
        }
        NetworkKind::SmallWorld => format!(
            "Customers follow their neighbours: {degree} each; {} of the ties are rewired at random.",
            percent_trimmed(network.rewired)
        ),
        NetworkKind::Edges => format!(
            "Who follows whom is read from {}.",
            network.file.as_deref().unwrap_or("a file")
        ),
    }
}
