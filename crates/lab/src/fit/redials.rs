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
    /// Of those who give up, by class; of one in which too few are known, of all classes; `None` where
    /// those are few as well. How many come back anyway is estimated from all who were served.
    #[must_use]
    pub fn of(calls: &Calls) -> Vec<Option<Self>> {
        let mut by_customer: IndexMap<u64, Vec<&Call>> = IndexMap::new();
        // Nobody calls again who wrote.
        for call in calls.calls.iter().filter(|call| calls.is_live(call.class)) {
            if let Some(customer) = call.customer {
                by_customer.entry(customer).or_default().push(call);
            }
        }
        let (mut gave_up, mut served) = (vec![(0, 0); calls.classes.len()], (0, 0));
        for contacts in by_customer.values() {
            for (at, call) in contacts.iter().enumerate() {
                let (over, count) = match call.end {
                    End::GaveUp => (call.arrived + call.wait, &mut gave_up[call.class]),
                    End::Served(service) => {
                        (call.arrived + call.wait + service.unwrap_or(0.0), &mut served)
                    }
                    End::Waiting | End::Unknown => continue,
                };
                let next = contacts.get(at + 1);
                count.0 += usize::from(next.is_some_and(|next| next.arrived <= over + 1.0));
                count.1 += 1;
            }
        }
        let anyway = served.0 as f64 / f64::max(served.1 as f64, 1.0);
        let of = |(again, known): (usize, usize)| {
            let share = again as f64 / known as f64;
            let share = ((share - anyway) / (1.0 - anyway).max(1e-9)).clamp(0.0, 0.95);
            (known >= FEW).then_some(Self { share, known, again })
        };
        let all = gave_up.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        gave_up.iter().map(|class| of(*class).or(of(all))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::calls::tests::{call, calls};

    #[test]
    fn who_comes_back_after_giving_up_counts_beyond_who_comes_back_anyway() {
        let mut all = Vec::new();
        for customer in 0..100_u64 {
            let at = customer as f64 * 10.0;
            // Half of those who give up come back within the hour, and are served then.
            all.push(Call { customer: Some(customer), ..call(at, 0.1, End::GaveUp) });
            if customer % 2 == 0 {
                let back = call(at + 0.5, 0.0, End::Served(Some(0.1)));
                all.push(Call { customer: Some(customer), ..back });
            }
            // Of those who are served, a tenth come back.
            let other = Some(1000 + customer);
            all.push(Call { customer: other, ..call(at, 0.0, End::Served(Some(0.1))) });
            if customer % 10 == 0 {
                let back = call(at + 1.0, 0.0, End::Served(None));
                all.push(Call { customer: other, ..back });
            }
        }
        let found = Redials::of(&calls(all.clone()))[0].unwrap();
        assert_eq!((found.known, found.again), (100, 50));
        // Of 160 who were served, 10 came back.
        let anyway = 10.0 / 160.0;
        assert!((found.share - (0.5 - anyway) / (1.0 - anyway)).abs() < 1e-12, "{found:?}");
        all.iter_mut().for_each(|call| call.customer = None);
        assert_eq!(Redials::of(&calls(all)), [None]);
    }
}
