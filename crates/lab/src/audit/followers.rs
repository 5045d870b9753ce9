//! Whether customers with many followers are answered more often.

use super::finding::Finding;
use heard_contacts::Measure;
use heard_math::stats::Share;

/// Classes of followers: class 0 has none, class n at least 2^(n-1).
const CLASSES: usize = 40;

/// Answered and all contacts by class of followers; no room is taken where no contact has any.
#[derive(Clone, Debug, Default)]
pub(super) struct Followers(Vec<(u64, u64)>);

impl Followers {
    /// Counts a contact of a customer with this number of followers.
    pub fn count(&mut self, followers: f64, is_answered: bool) {
        self.0.resize(CLASSES, (0, 0));
        let class = libm::log2(followers.max(0.5)).floor() as isize + 1;
        let (answered, all) = &mut self.0[class.clamp(0, CLASSES as isize - 1) as usize];
        *answered += u64::from(is_answered);
        *all += 1;
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), (0, 0));
        for ((answered, all), (more, of)) in self.0.iter_mut().zip(&other.0) {
            *answered += more;
            *all += of;
        }
    }

    /// The best-followed tenth against the rest, as near to a tenth as classes allow.
    pub fn findings(&self, all: &mut Vec<Finding>) {
        let total: u64 = self.0.iter().map(|(_, all)| all).sum();
        let (mut hits, mut trials) = (0, 0);
        for &(answered, of) in self.0.iter().rev() {
            if trials * 10 >= total {
                break;
            }
            hits += answered;
            trials += of;
        }
        let answered: u64 = self.0.iter().map(|(answered, _)| answered).sum();
        if trials == 0 || trials == total {
            return;
        }
        all.push(Finding::share(Measure::WellFollowedAnswered, Share { hits, trials }));
        let rest = Share { hits: answered - hits, trials: total - trials };
        all.push(Finding::share(Measure::OthersAnswered, rest));
    }
}
