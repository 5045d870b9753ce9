//! Checks that go over all rows of a log.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::moment::Moment;
use crate::values::shown;

/// The days of the years 1970 to 2099: what lies outside stands for "unknown" or "never".
pub(crate) const YEARS: std::ops::Range<i64> = 0..47_482;

/// Checks that go over all rows of a log.
#[derive(Default)]
pub(crate) struct Checks {
    zoned: Option<bool>,
}

impl Checks {
    /// A moment, or what is wrong with it.
    pub(crate) fn moment(&mut self, field: &str, text: &[u8]) -> Result<Moment, String> {
        let Some(moment) = Moment::parse(text) else {
            return Err(format!(
                "`{field}` is not a valid timestamp: `{}`; write for instance 2026-03-01T09:30:00",
                shown(text)
            ));
        };
        if !YEARS.contains(&moment.day()) {
            return Err(format!(
                "`{field}` is `{}`, outside of 1970 to 2099; leave empty what did not happen",
                shown(text)
            ));
        }
        self.zone(field, moment, || shown(text))?;
        Ok(moment)
    }

    /// Whether a moment has an offset from UTC if those before it have, and none if they have none.
    ///
    /// # Errors
    /// Where it differs from them: what is wrong with it, `text` being what is written.
    pub(crate) fn zone(
        &mut self,
        field: &str,
        moment: Moment,
        text: impl FnOnce() -> String,
    ) -> Result<(), String> {
        let zoned = moment.ahead_minutes.is_some();
        if *self.zoned.get_or_insert(zoned) == zoned {
            return Ok(());
        }
        let (this, others) = if zoned { ("an", "none") } else { ("no", "one") };
        Err(format!(
            "`{field}` has {this} offset from UTC and the times before it have {others}: `{}`",
            text()
        ))
    }
}

/// Names a value by a number: equal for equal values, and hardly ever for others. SipHash-1-3 of the
/// value behind its length, the same on every machine and with every compiler: which replies are
/// copies of one another rests on it.
pub(crate) fn hash_of(value: &[u8]) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(&(value.len() as u64).to_le_bytes());
    hasher.write(value);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_same_number_on_every_machine_and_with_every_compiler() {
        let long = "sorry to hear that ".repeat(9);
        for (value, number) in [
            ("", 0xbd60_acb6_58c7_9e45),
            ("a", 0xbeb9_a6bb_f61b_58b4),
            ("customer 17", 0xa8d7_2f4f_d2d9_0dc3),
            (long.as_str(), 0x7c45_bc2a_f649_706e),
        ] {
            assert_eq!(hash_of(value.as_bytes()), number, "{value}");
        }
    }
}
