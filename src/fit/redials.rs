//! Who gives up and calls again within the hour.

use indexmap::IndexMap;

use super::calls::{Call, Calls, End};

/// Calling again after giving up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Redials {
    /// Chance that somebody who gave up calls again within the hour because of it: above that of those
    /// who were served.
    pub share: f64,
    /// Customers who gave up and are known.
    pub known: usize,
    /// Of those, who called again.
    pub again: usize,
}

/// Fewer than this many known customers say nothing.
const FEW: usize = 30;

impl Redials {
    /// Of all contacts; `None` where too few customers are known.
    #[must_use]
    pub fn of(calls: &Calls) -> Option<Self> {
        let mut by_customer: IndexMap<u64, Vec<&Call>> = IndexMap::new();
        for call in &calls.calls {
            if let Some(customer) = call.customer {
                by_customer.entry(customer).or_default().push(call);
            }
        }
        let (mut gave_up, mut served) = ((0, 0), (0, 0));
        for contacts in by_customer.values() {
            for (at, call) in contacts.iter().enumerate() {
                let (over, count) = match call.end {
                    End::GaveUp => (call.arrived + call.wait, &mut gave_up),
                    End::Served(service) => {
                        (call.arrived + call.wait + service.unwrap_or(0.0), &mut served)
                    }
                    End::Cut => continue,
                };
                let next = contacts.get(at + 1);
                count.0 += usize::from(next.is_some_and(|next| next.arrived <= over + 1.0));
                count.1 += 1;
            }
        }
        if gave_up.1 < FEW {
            return None;
        }
        let anyway = served.0 as f64 / f64::max(served.1 as f64, 1.0);
        let again = gave_up.0 as f64 / gave_up.1 as f64;
        let share = ((again - anyway) / (1.0 - anyway).max(1e-9)).clamp(0.0, 0.95);
        Some(Self { share, known: gave_up.1, again: gave_up.0 })
    }
}
