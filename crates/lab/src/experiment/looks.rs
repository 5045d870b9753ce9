//! How often the results of an experiment have been looked at.
//!
//! Who adds replications until the results say something finds something too often: 20 looks at 5%
//! give 25% false findings. So the manifest of a folder counts its looks, and after more than one the
//! verdicts are those of an interval that holds at any number of them
//! ([`heard_math::stats::anytime`]).
//!
//! A look is a number of replications at which a finished run has shown its results. The same number
//! again is not another look, since it shows the same results; neither is another baseline, another
//! headline metric or a restart with the same seed, whose rows are the same.
//!
//! Nor is the partial result of an interrupted run that is continued to the number it was planned for:
//! the number at which it ends was chosen before any result was seen. If the number is changed after the
//! interrupt, it may have been changed for what the partial result showed, and that counts as a look.
//! Who stops at a partial result may do so because of what it shows, so its verdicts are those that hold
//! at any number of looks ([`Looks::are_several`]).
//!
//! Only the folder's own manifest can be read: looks in another folder, or before this one was deleted,
//! are not counted.

use std::collections::BTreeSet;

use serde_json::Value;

/// The numbers of replications at which results have been shown, in increasing order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks(BTreeSet<u32>);

impl Looks {
    /// Takes in the looks that a manifest lists, if it is that of the experiment with this `hash`.
    /// `wanted` is the number of replications that the run at hand is to have.
    pub fn take(&mut self, manifest: &Value, hash: &str, wanted: u32) {
        if manifest["hash"] != hash {
            return;
        }
        let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        let earlier = manifest["looked_at"].as_array().into_iter().flatten();
        self.0.extend(earlier.filter_map(number));
        let planned = number(&manifest["requested_replications"]);
        if manifest["complete"] == true || planned != Some(wanted) {
            self.0.extend(number(&manifest["replications"]).filter(|&shown| shown > 0));
        }
    }

    /// Takes in one more.
    #[must_use]
    pub fn and(mut self, replications: u32) -> Self {
        self.0.insert(replications);
        self
    }

    /// The numbers of replications, in increasing order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    /// Whether the verdicts on these results, of all replications that were planned or fewer, must hold at
    /// any number of looks: after more than one, and while a run that was interrupted can go on.
    #[must_use]
    pub fn are_several(&self, is_complete: bool) -> bool {
        self.count() > 1 || !is_complete
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NONE: [u32; 0] = [];

    fn after(manifest: Value, wanted: u32) -> Vec<u32> {
        let mut looks = Looks::default();
        looks.take(&manifest, "h", wanted);
        looks.numbers().collect()
    }

    fn run(replications: u32, requested: u32, looked_at: &[u32]) -> Value {
        json!({
            "hash": "h", "replications": replications, "requested_replications": requested,
            "complete": replications == requested, "looked_at": looked_at,
        })
    }

    #[test]
    fn a_finished_run_is_a_look_at_its_number_once() {
        assert_eq!(after(run(10, 10, &[10]), 20), [10]);
        assert_eq!(after(run(20, 20, &[10, 20]), 40), [10, 20]);
        assert_eq!(after(run(20, 20, &[10, 20]), 20), [10, 20]);
        let mut looks = Looks::default();
        looks.take(&run(20, 20, &[10, 20]), "h", 20);
        assert_eq!(looks.and(20).count(), 2);
    }

    #[test]
    fn an_interrupted_run_is_none_if_it_goes_on_to_the_number_planned() {
        assert_eq!(after(run(7, 10, &[]), 10), NONE);
        assert_eq!(after(run(7, 10, &[5]), 10), [5]);
        assert_eq!(after(run(7, 10, &[]), 40), [7]);
        assert_eq!(after(run(0, 10, &[]), 40), NONE);
    }

    #[test]
    fn other_experiments_and_what_is_no_manifest_count_nothing() {
        let other = json!({ "hash": "i", "replications": 9, "complete": true, "looked_at": [9] });
        for nothing in [other, Value::Null, json!([1]), json!({ "hash": "h" })] {
            assert_eq!(after(nothing, 10), NONE);
        }
        let odd = json!({ "hash": "h", "looked_at": [-1, "x", 5_000_000_000_u64, 3], "replications": null });
        assert_eq!(after(odd, 10), [3]);
    }
}
