//! What a report card measures, and how well it is known.

use heard_math::stats::lifetimes::Lifetimes;
use heard_math::stats::{Moments, Share, student_quantile};

/// Fewer than this many say little.
pub const FEW: u64 = 30;

const CONFIDENCE: f64 = 0.95;
/// Standard errors to either side of a 95% interval.
pub const Z: f64 = 1.959_963_984_540_054;

macro_rules! measures {
    ($($(#[doc = $doc:literal])+ $measure:ident = $name:literal, $unit:literal, $of:literal;)+) => {
        /// One measure of a report card.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure { $($(#[doc = $doc])+ $measure,)+ }

        impl Measure {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$measure,)+];

            /// Its name in tables for other programs.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$measure => $name,)+ }
            }

            /// Its unit.
            #[must_use]
            pub fn unit(self) -> &'static str {
                match self { $(Self::$measure => $unit,)+ }
            }

            /// What it is a share or a mean of.
            #[must_use]
            pub fn of(self) -> &'static str {
                match self { $(Self::$measure => $of,)+ }
            }
        }
    };
}

measures! {
    /// How many.
    Contacts = "contacts", "contacts", "";
    /// Answered by somebody.
    Answered = "answered", "share", "contacts of which the log tells";
    /// Given up before anybody answered.
    GaveUp = "gave_up", "share", "contacts of which the log tells";
    /// Not answered when the log ends.
    StillWaiting = "still_waiting", "share", "contacts of which the log tells";
    /// Time by which half are answered.
    Median = "first_answer_p50", "seconds", "contacts";
    /// Time by which nine tenths are answered.
    NinetiethPercentile = "first_answer_p90", "seconds", "contacts";
    /// Hours of the week in which anybody was answered.
    HoursCovered = "hours_covered", "hours of 168", "";
    /// First answers that send the customer to a private channel.
    Redirected = "redirected", "share", "answered contacts";
    /// First answers that send to private messages.
    ToPrivateMessages = "sent_to_private_messages", "share", "conversations";
    /// First answers that send to the telephone.
    ToPhone = "sent_to_phone", "share", "conversations";
    /// First answers that send to mail.
    ToMail = "sent_to_mail", "share", "conversations";
    /// First answers that send to a page.
    ToPage = "sent_to_page", "share", "conversations";
    /// First answers that say sorry.
    Apologizes = "apologizes", "share", "conversations";
    /// First answers in the words of others.
    Copied = "copied", "share", "conversations";
    /// First answers in the words of others within a minute.
    Automatic = "automatic", "share", "conversations";
    /// Conversations with one reply of the company.
    OneReply = "one_reply", "share", "conversations";
    /// Conversations in which the customer wrote again after the first answer.
    WroteAgain = "wrote_again", "share", "conversations";
    /// Conversations with several signed replies, all by one person.
    SamePerson = "same_person", "share", "conversations with several signed replies";
    /// Messages of both sides.
    Turns = "turns_mean", "messages", "conversations";
    /// Their median.
    TurnsMedian = "turns_p50", "messages", "conversations";
    /// Their 90th percentile.
    TurnsNinetieth = "turns_p90", "messages", "conversations";
    /// Answered, of the best-followed tenth.
    WellFollowedAnswered = "well_followed_answered", "share", "contacts of the best-followed tenth";
    /// Answered, of the others.
    OthersAnswered = "others_answered", "share", "contacts of the others";
}

/// A measure with its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What is measured.
    pub measure: Measure,
    /// Its value; `None` where the log does not get there, such as a time by which nine tenths are
    /// answered where fewer ever are.
    pub value: Option<f64>,
    /// The 95% interval, where there is one; an end may lie beyond what the log shows.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// Of how many.
    pub of: u64,
}

impl Finding {
    pub(super) fn count(measure: Measure, count: u64) -> Self {
        Self { measure, value: Some(count as f64), low: None, high: None, of: count }
    }

    pub(super) fn number(measure: Measure, value: Option<f64>, of: u64) -> Self {
        Self { measure, value, low: None, high: None, of }
    }

    pub(super) fn share(measure: Measure, share: Share) -> Self {
        let known = share.trials > 0;
        let (low, high) = if known { share.interval(CONFIDENCE) } else { (0.0, 1.0) };
        Self {
            measure,
            value: known.then(|| share.value()),
            low: known.then_some(low),
            high: known.then_some(high),
            of: share.trials,
        }
    }

    pub(super) fn mean(measure: Measure, values: &Moments) -> Self {
        let (value, error) = (values.mean(), values.standard_error());
        let half = error.map(|error| {
            student_quantile(0.5 + CONFIDENCE / 2.0, values.count() as f64 - 1.0) * error
        });
        let end = |sign: f64| value.zip(half).map(|(value, half)| value + sign * half);
        Self { measure, value, low: end(-1.0), high: end(1.0), of: values.count() }
    }

    pub(super) fn time(measure: Measure, share: f64, times: &Lifetimes) -> Self {
        let (low, high) = times.quantile_interval(share, Z);
        Self { measure, value: times.quantile(share), low, high, of: times.observed }
    }

    /// Whether it rests on few.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.of < FEW && !matches!(self.measure, Measure::Contacts | Measure::HoursCovered)
    }
}
