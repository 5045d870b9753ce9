//! Whether customers hold the line on a channel, as far as a log shows it: one rule for report cards and
//! for fits. Contacts go by one at a time, so memory does not grow with the log.

mod overlap;
mod told;

use std::fmt;

pub use told::Told;

use crate::audit::durations::Durations;
use heard_contacts::{Contact, Outcome};
use heard_math::stats::Share;
use heard_text::number::percent;
use heard_text::time::rounded;
use overlap::Conversations;

/// Where it is not certain that more than this share hang up, that may be a slip of the log.
const HANG_UPS: f64 = 0.01;
/// Who hangs up does so before this many times the wait of nine tenths of the served; what ends later was closed.
const SLOWEST_HANG_UP: u32 = 3;
/// Where at least this many conversations follow another of the same person, they show whether people have several at once,
/// though most of the log names nobody.
const ENOUGH_PAIRS: u64 = 30;
/// Nobody holds the line for longer than this where half of the answers take longer, in seconds.
const LONGEST_WAIT: u32 = 30 * 60;
/// Where half of the answers come within this, somebody picked up: a message takes longer to read and to
/// answer. In seconds.
const SECONDS: u32 = 60;
/// The same of nine answers in ten.
const MOST_SECONDS: u32 = 120;
/// Half of the conversations on a line do not take this long, in seconds.
const LONGEST_TALK: u32 = 2 * 3600;

/// Where at least this share of conversations overlaps another of the same person, people have several at once.
const MOST_OVERLAP: f64 = 0.25;

/// What a channel's contacts show of how customers wait there.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    contacts: u64,
    public: u64,
    /// Those who gave up: how long they waited, and how many of whom that is not known.
    gave_up: Durations,
    gave_up_untimed: u64,
    waits: Durations,
    lengths: Durations,
    takes_time: u64,
    conversations: Conversations,
}

impl Evidence {
    /// One more contact, in any order.
    pub fn add(&mut self, contact: &Contact) {
        self.contacts += 1;
        self.public += u64::from(contact.public == Some(true));
        if contact.outcome == Outcome::GaveUp {
            match contact.closed {
                Some(closed) => self.gave_up.push(contact.arrived.until(closed)),
                None => self.gave_up_untimed += 1,
            }
        }
        let Some(answered) = contact.answered else { return };
        self.waits.push(contact.arrived.until(answered));
        let Some(length) = contact.busy_ms() else { return };
        self.lengths.push(length);
        self.takes_time += u64::from(length > 0);
        let Some(agent) = contact.agent else { return };
        let start = answered.instant_ms();
        self.conversations.add(agent, (start, start + length));
    }

    /// How many hung up: those who ended about as fast as others were served.
    fn hang_ups(&self, waits: &[(u32, u64)]) -> u64 {
        let slowest = quantile(waits, 0.9).map_or(u32::MAX, |wait| {
            wait.max(LONGEST_WAIT / SLOWEST_HANG_UP).saturating_mul(SLOWEST_HANG_UP)
        });
        let counts = self.gave_up.counts().into_iter();
        let quick = counts.filter(|(seconds, _)| *seconds <= slowest);
        self.gave_up_untimed + quick.map(|(_, times)| times).sum::<u64>()
    }

    /// What it comes to. Most of those who are served wait at most half an hour; where the log says how
    /// long conversations take, most take some time, and half of them no more than two hours, and those who serve
    /// have one at a time, or, where nobody is named, some customers hang up. Where the log does not say how
    /// long conversations take, some customers hang up, or answers come within seconds.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let waits = self.waits.counts();
        let wait = quantile(&waits, 0.5);
        let length = quantile(&self.lengths.counts(), 0.5);
        let told = self.lengths.total();
        let hang_ups = Share { hits: self.hang_ups(&waits), trials: self.contacts };
        let gave_up = if hang_ups.trials > 0 { hang_ups.value() } else { 0.0 };
        // A handful shows nothing.
        let hang_up = hang_ups.hits > 0 && hang_ups.interval(0.95).0 >= HANG_UPS;
        let (pairs, overlapping) = self.conversations.overlaps();
        let known = pairs >= ENOUGH_PAIRS || pairs > 0 && pairs * 2 >= told;
        let overlap = known.then(|| overlapping as f64 / pairs as f64);
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
            (Some(wait), Some(length)) => match overlap {
                Some(share) if share >= MOST_OVERLAP => Basis::Overlap { share },
                _ if hang_up => Basis::HangUps { wait: Some(wait), gave_up },
                overlap => Basis::OneAtATime { wait, length, overlap },
            },
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
                    None => "; who served is not named often enough to say whether they overlap"
                        .to_owned(),
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
        // So they are where some gave up.
        assert_eq!(finding(&format!("{AT_ONCE}{HUNG_UP}")).basis, several.basis);
    }

    /// Conversations of six people, each of 50 minutes, a new one each 17: three at once.
    fn chats() -> Vec<String> {
        let clock = |minutes: u32| {
            format!(
                "2026-03-{:02}T{:02}:{:02}",
                2 + minutes / 1440,
                minutes / 60 % 24,
                minutes % 60
            )
        };
        let row = |at: u32| {
            let (from, agent) = (at / 6 * 17 + at % 6, at % 6);
            let (answered, closed) = (clock(from + 1), clock(from + 51));
            format!("{},{answered},{closed},ann{agent},,", clock(from))
        };
        (0..300).map(row).collect()
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let rows = chats();
        let shuffled: Vec<String> = (0..300).map(|at| rows[at * 119 % 300].clone()).collect();
        let (one, other) = (finding(&rows.join("\n")), finding(&shuffled.join("\n")));
        assert_eq!(one, other);
        assert_eq!((one.live, one.basis), (false, Basis::Overlap { share: 1.0 }));
    }

    #[test]
    fn what_overlaps_is_a_share_of_those_that_can_tell() {
        // One in five names who served; all of those overlap.
        let rows = chats().into_iter().enumerate();
        let few = rows.map(|(at, row)| match at % 5 {
            0 => format!("{}ann,,", &row[..row.len() - 6]),
            _ => format!("{},,", &row[..row.len() - 6]),
        });
        let few: Vec<String> = few.collect();
        assert_eq!(finding(&few.join("\n")).basis, Basis::Overlap { share: 1.0 });
        let none: Vec<String> = few.iter().map(|row| row.replace("ann", "")).collect();
        let none = finding(&none.join("\n"));
        assert_eq!(none.basis, Basis::OneAtATime { wait: 60, length: 3000, overlap: None });
        assert!(
            none.basis.to_string().ends_with("not named often enough to say whether they overlap")
        );
    }

    #[test]
    fn tickets_closed_late_without_a_reply_are_no_hang_ups_and_a_handful_is_not_enough() {
        let answered = "2026-03-02T09:00,2026-03-02T09:10,2026-03-02T10:10,,,\n".repeat(95);
        let late = "2026-03-02T09:00,,2026-03-02T22:00,,,\n".repeat(5);
        let quick = "2026-03-02T09:00,,2026-03-02T09:05,,,\n";
        let basis = |rows: String| finding(&rows).basis;
        let one_at_a_time = Basis::OneAtATime { wait: 600, length: 3600, overlap: None };
        assert_eq!(basis(format!("{answered}{late}")), one_at_a_time);
        assert_eq!(basis(format!("{answered}{quick}")), one_at_a_time);
        let many = basis(format!("{answered}{}", quick.repeat(5)));
        assert_eq!(many, Basis::HangUps { wait: Some(600), gave_up: 0.05 });
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
