//! Whether customers hold the line on a channel, as far as a log shows it: one rule for report cards and
//! for fits. Contacts go by one at a time, so memory does not grow with the log.

mod told;

use std::fmt;

pub use told::Told;

use indexmap::IndexMap;

use crate::audit::durations::Durations;
use heard_contacts::{Contact, Outcome};
use heard_text::number::percent;
use heard_text::time::rounded;

/// Where fewer than this share give up, that may be a slip of the log.
const HANG_UPS: f64 = 0.01;
/// Nobody holds the line for longer than this where half of the answers take longer, in seconds.
const LONGEST_WAIT: u32 = 30 * 60;
/// Where half of the answers come within this, somebody picked up: a message takes longer to read and to
/// answer. In seconds.
const SECONDS: u32 = 60;
/// The same of nine answers in ten.
const MOST_SECONDS: u32 = 120;
/// Half of the conversations on a line do not take this long, in seconds.
const LONGEST_TALK: u32 = 2 * 3600;

/// What a channel's contacts show of how customers wait there.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    contacts: u64,
    public: u64,
    gave_up: u64,
    waits: Durations,
    lengths: Durations,
    takes_time: u64,
    /// Conversations that follow another of the same person in the log, and those that overlap it.
    pairs: u64,
    overlapping: u64,
    /// The latest conversation of each person, in milliseconds since 1970.
    latest: IndexMap<u32, (i64, i64)>,
}

impl Evidence {
    /// One more contact, in the order of the log.
    pub fn add(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.public += u64::from(contact.public == Some(true));
        self.gave_up += u64::from(contact.outcome == Outcome::GaveUp);
        let Some(answered) = contact.answered else { return };
        self.waits.push(contact.arrived.until(answered));
        let Some(length) = contact.busy_ms() else { return };
        self.lengths.push(length);
        self.takes_time += u64::from(length > 0);
        let Some(agent) = contact.agent else { return };
        let this = (answered.instant_ms(), answered.instant_ms() + length);
        if let Some(before) = self.latest.insert(agent, this) {
            self.pairs += 1;
            self.overlapping += u64::from(this.0.max(before.0) < this.1.min(before.1));
        }
    }

    /// What it comes to. Most of those who are served wait at most half an hour; where the log says how
    /// long conversations take, most take some time, and half of them no more than two hours; and some
    /// customers hang up, or those who serve have one conversation at a time. Where the log does not say how
    /// long conversations take, some customers hang up, or answers come within seconds.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let waits = self.waits.counts();
        let wait = quantile(&waits, 0.5);
        let length = quantile(&self.lengths.counts(), 0.5);
        let told = self.lengths.total();
        let gave_up = self.gave_up as f64 / self.contacts as f64;
        let hang_up = self.gave_up > 0 && gave_up >= HANG_UPS;
        let seconds = wait.is_some_and(|wait| wait <= SECONDS)
            || quantile(&waits, 0.9).is_some_and(|wait| wait <= MOST_SECONDS);
        let basis = match (wait, length) {
            _ if self.public * 2 > self.contacts => Basis::Public,
            (Some(wait), _) if wait > LONGEST_WAIT => Basis::LongWaits { wait },
            (None, _) if hang_up => Basis::HangUps { wait, gave_up },
            (None, _) => Basis::NoAnswers,
            (_, None) if hang_up => Basis::HangUps { wait, gave_up },
            (Some(wait), None) if seconds => Basis::Seconds { wait },
            (Some(wait), None) => Basis::Minutes { wait },
            (_, Some(length)) if length > LONGEST_TALK => Basis::LongTalks { length },
            _ if self.takes_time * 2 <= told => Basis::NoTime,
            _ if hang_up => Basis::HangUps { wait, gave_up },
            (Some(wait), Some(length)) if self.overlapping * 4 < told => Basis::OneAtATime {
                wait,
                length,
                overlap: (self.pairs > 0).then(|| self.overlapping as f64 / self.pairs as f64),
            },
            _ => Basis::Overlap { share: self.overlapping as f64 / self.pairs as f64 },
        };
        Finding { public: basis == Basis::Public, live: basis.is_live(), basis }
    }
}

/// The least length that this share of all do not exceed; `None` of none.
fn quantile(counts: &[(u32, u64)], share: f64) -> Option<u32> {
    let total: u64 = counts.iter().map(|(_, times)| times).sum();
    let at = (share * total as f64) as u64;
    let mut passed = 0;
    counts.iter().find_map(|(seconds, times)| {
        passed += times;
        (passed > at).then_some(*seconds)
    })
}

/// What a channel is taken for, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Whether everybody can read it.
    pub public: bool,
    /// Whether customers hold the line.
    pub live: bool,
    /// What that rests on.
    pub basis: Basis,
}

impl Finding {
    /// What somebody has said that it is: a line, where nobody else can listen, or an inbox.
    #[must_use]
    pub fn told(self, live: bool) -> Self {
        let basis = if live { Basis::ToldLine } else { Basis::ToldInbox };
        Self { public: self.public && !live, live, basis }
    }
}

/// What a finding rests on: lengths are medians, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// `--line` says so.
    ToldLine,
    /// `--inbox` says so.
    ToldInbox,
    /// Everybody can read it.
    Public,
    /// Some customers hang up.
    HangUps {
        /// How long the served wait; `None` where the log does not say.
        wait: Option<u32>,
        /// The share of all that give up.
        gave_up: f64,
    },
    /// Answers come within seconds, and the log does not say how long conversations take.
    Seconds {
        /// How long the served wait.
        wait: u32,
    },
    /// Each person has one conversation at a time.
    OneAtATime {
        /// How long the served wait.
        wait: u32,
        /// How long conversations take.
        length: u32,
        /// The share that overlap another of the same person; `None` where people are not named.
        overlap: Option<f64>,
    },
    /// Answers take too long for a line.
    LongWaits {
        /// How long the served wait.
        wait: u32,
    },
    /// Answers take minutes, nobody hangs up, and the log does not say how long conversations take.
    Minutes {
        /// How long the served wait.
        wait: u32,
    },
    /// The log has neither the time of an answer nor anybody who gave up.
    NoAnswers,
    /// Contacts are closed as they are answered.
    NoTime,
    /// Contacts stay open for too long to be conversations.
    LongTalks {
        /// How long they stay open.
        length: u32,
    },
    /// People have several contacts open at once.
    Overlap {
        /// The share that overlap another of the same person.
        share: f64,
    },
}

impl Basis {
    fn is_live(self) -> bool {
        matches!(
            self,
            Self::ToldLine | Self::HangUps { .. } | Self::Seconds { .. } | Self::OneAtATime { .. }
        )
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |seconds: u32| rounded(f64::from(seconds));
        let at_most = |wait: u32| match wait {
            0 => "half of the served do not wait".to_owned(),
            wait => format!("half of the served wait {} or less", time(wait)),
        };
        match *self {
            Self::ToldLine => f.write_str("`--line` says so"),
            Self::ToldInbox => f.write_str("`--inbox` says so"),
            Self::Public => f.write_str("the log says that everybody can read it"),
            Self::HangUps { wait: Some(wait), gave_up } => {
                write!(f, "{}, and {} hang up", at_most(wait), percent(gave_up))
            }
            Self::HangUps { wait: None, gave_up } => {
                write!(f, "{} of the customers hang up", percent(gave_up))
            }
            Self::Seconds { wait } => {
                write!(f, "{}; the log does not say how long conversations take", at_most(wait))
            }
            Self::OneAtATime { wait, length, overlap } => {
                let how = match overlap {
                    None => String::new(),
                    Some(0.0) => ", which do not overlap".to_owned(),
                    Some(share) => format!(", of which {} overlap", percent(share)),
                };
                let length = time(length);
                write!(
                    f,
                    "{}, and half of the conversations take {length} or less{how}",
                    at_most(wait)
                )
            }
            Self::LongWaits { wait } => {
                write!(f, "half of the answers take {} or more", time(wait))
            }
            Self::Minutes { wait } => write!(
                f,
                "half of the answers take {} or more, nobody hangs up, and the log does not say how long \
                 conversations take",
                time(wait)
            ),
            Self::NoAnswers => f.write_str("the log has no answer times, and nobody hangs up"),
            Self::NoTime => f.write_str("most contacts are closed as they are answered"),
            Self::LongTalks { length } => {
                write!(
                    f,
                    "half of the contacts stay open for {} or more after the answer",
                    time(length)
                )
            }
            Self::Overlap { share } => write!(
                f,
                "people have several contacts open at once: {} overlap the one before",
                percent(share)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_contacts::input::Input;
    use heard_contacts::{Options, read};

    fn finding(rows: &str) -> Finding {
        let log = format!("arrived,answered,closed,agent,outcome,public\n{rows}");
        let input = Input::of_bytes("log", log.into_bytes()).unwrap();
        let mut evidence = Evidence::default();
        read(input, &Options::default(), &mut |contact| evidence.add(contact)).unwrap();
        evidence.finding()
    }

    const ONE_BY_ONE: &str = "2026-03-02T09:00,2026-03-02T09:00,2026-03-02T09:10,ann,,\n\
                              2026-03-02T09:05,2026-03-02T09:10,2026-03-02T09:20,ann,,\n\
                              2026-03-02T09:15,2026-03-02T09:20,2026-03-02T09:30,ann,,\n";
    /// Three conversations at once, each of more than half an hour.
    const AT_ONCE: &str = "2026-03-02T09:00,2026-03-02T09:00,2026-03-02T09:50,ann,,\n\
                           2026-03-02T09:05,2026-03-02T09:10,2026-03-02T09:50,ann,,\n\
                           2026-03-02T09:15,2026-03-02T09:20,2026-03-02T10:00,ann,,\n";
    const HUNG_UP: &str = "2026-03-02T09:15,,2026-03-02T09:20,,abandoned,\n";

    #[test]
    fn one_conversation_after_another_is_a_line_and_several_at_once_are_not() {
        let one = finding(ONE_BY_ONE);
        let basis = Basis::OneAtATime { wait: 300, length: 600, overlap: Some(0.0) };
        assert_eq!((one.live, one.public, one.basis), (true, false, basis));
        assert_eq!(
            basis.to_string(),
            "half of the served wait 5.0 min or less, and half of the conversations take 10 min or less, \
             which do not overlap"
        );
        let several = finding(AT_ONCE);
        assert_eq!((several.live, several.basis), (false, Basis::Overlap { share: 1.0 }));
        // The order of the log does not matter.
        let backwards: String = AT_ONCE.lines().rev().map(|row| format!("{row}\n")).collect();
        assert_eq!(finding(&backwards).basis, several.basis);
        // Somebody hung up: these are several conversations at once.
        let hung_up = finding(&format!("{AT_ONCE}{HUNG_UP}"));
        assert_eq!(hung_up.basis, Basis::HangUps { wait: Some(300), gave_up: 0.25 });
        assert!(hung_up.live);
    }

    #[test]
    fn long_waits_and_contacts_that_stay_open_are_an_inbox_even_where_some_give_up() {
        let hours = "2026-03-02T09:00,2026-03-02T10:00,2026-03-02T10:10,ann,,\n";
        assert_eq!(finding(&format!("{hours}{HUNG_UP}")).basis, Basis::LongWaits { wait: 3600 });
        let open = "2026-03-02T09:00,2026-03-02T09:01,2026-03-02T15:01,ann,,\n";
        let found = finding(&format!("{open}{HUNG_UP}"));
        assert_eq!((found.live, found.basis), (false, Basis::LongTalks { length: 6 * 3600 }));
        let at_once = "2026-03-02T09:00,2026-03-02T09:10,2026-03-02T09:10,ann,,\n";
        assert_eq!(finding(&format!("{at_once}{HUNG_UP}")).basis, Basis::NoTime);
    }

    #[test]
    fn answers_within_seconds_are_calls_though_the_log_has_no_end() {
        let row = |wait: u32| {
            format!("2026-03-02T09:00:00,2026-03-02T09:{:02}:{:02},,ann,,\n", wait / 60, wait % 60)
        };
        let of = |waits: &[u32]| finding(&waits.iter().map(|wait| row(*wait)).collect::<String>());
        assert_eq!(of(&[10, 24, 39]).basis, Basis::Seconds { wait: 24 });
        assert!(of(&[10, 24, 39]).live);
        // Regularly under two minutes.
        assert!(of(&[70, 90, 110]).live);
        // Minutes, as with messages.
        let minutes = of(&[300, 600, 900]);
        assert_eq!((minutes.live, minutes.basis), (false, Basis::Minutes { wait: 600 }));
    }

    #[test]
    fn what_everybody_can_read_is_no_line_and_what_somebody_says_goes() {
        let public = finding("2026-03-02T09:00,2026-03-02T09:00,2026-03-02T09:10,ann,,yes\n");
        assert_eq!((public.public, public.live, public.basis), (true, false, Basis::Public));
        let line = public.told(true);
        assert_eq!((line.public, line.live, line.basis), (false, true, Basis::ToldLine));
        let inbox = public.told(false);
        assert_eq!((inbox.public, inbox.live, inbox.basis), (true, false, Basis::ToldInbox));
        let nothing = finding("2026-03-02T09:00,,,,,\n");
        assert_eq!((nothing.live, nothing.basis), (false, Basis::NoAnswers));
        assert!(finding(HUNG_UP).live);
    }
}
