//! What cards say of contacts that are counted by hand, and of many by a plain calculation.

use super::card::Card;
use super::finding::Finding;
use super::groups::By;
use super::settings::Settings;
use super::{Audit, Grader};
use heard_contacts::moment::DAY_MS;
use heard_contacts::note::Reading;
use heard_contacts::rows::Skipped;
use heard_contacts::{About, Contact, Known, Measure, Moment, Outcome};

/// 2026-03-02, a Monday, at midnight.
const MONDAY: i64 = 1_772_409_600_000;
const HOUR: i64 = 3600;

fn moment(seconds: i64) -> Moment {
    Moment::local(MONDAY + seconds * 1000)
}

fn contact(arrived: i64, answered: Option<i64>, closed: Option<i64>, outcome: Outcome) -> Contact {
    Contact {
        answered: answered.map(moment),
        closed: closed.map(moment),
        outcome,
        ..Contact::arrived_at(2, moment(arrived))
    }
}

fn audit(contacts: &[Contact], settings: Settings) -> Audit {
    let mut names = Known::default();
    for name in ["phone", "mail"] {
        names.channels.number(name).unwrap();
    }
    names.companies.number("acme").unwrap();
    names.agents.number("ann").unwrap();
    names.agents.number("bob").unwrap();
    let moments = contacts.iter().flat_map(|contact| {
        [Some(contact.arrived), contact.answered, contact.closed].into_iter().flatten()
    });
    let last = moments.max_by_key(|moment| moment.wall_ms).unwrap();
    let mut grader = Grader::new(settings);
    contacts.iter().for_each(|contact| grader.count(contact));
    grader.audit(About {
        name: "log".to_owned(),
        format: "by hand",
        rows: contacts.len() as u64,
        skipped: Skipped::default(),
        contacts: contacts.len() as u64,
        span: Some((moment(0), last)),
        names,
        fields: Vec::new(),
        left_out: Vec::new(),
        caveats: Vec::new(),
        look: None,
        reading: Reading::default(),
        tells_answer_rate: contacts.iter().any(|one| one.outcome != Outcome::Unknown),
    })
}

/// The value of a measure and of how many it is, on the first card.
fn found(audit: &Audit, measure: Measure) -> Option<(f64, u64)> {
    let subjects = audit.subjects();
    let finding = subjects[0].find(measure)?;
    Some((finding.value.unwrap(), finding.of))
}

/// Service levels within a time: of the offered, of the answered, less early hang-ups.
fn levels(audit: &Audit, seconds: u32) -> Vec<(f64, u64)> {
    let subjects = audit.subjects();
    let of = |measure| {
        let fits = |one: &&Finding| one.measure == measure && one.within == Some(seconds);
        subjects[0].findings.iter().find(fits).map(|one| (one.value.unwrap(), one.of))
    };
    [Measure::ServiceLevel, Measure::ServiceLevelOfAnswered, Measure::ServiceLevelOfPatient]
        .into_iter()
        .filter_map(of)
        .collect()
}

fn close(found: Option<(f64, u64)>, value: f64, of: u64) {
    let (is, is_of) = found.unwrap();
    assert!((is - value).abs() < 1e-9 && is_of == of, "{is} of {is_of}, not {value} of {of}");
}

/// Five answered after 5, 20, 21, 40 and 100 s; three gave up after 10 s, after 50 s and nobody knows when;
/// one has waited for 15 s when the log ends and one for 300 s; one is unknown, one answered nobody knows when.
fn calls() -> Vec<Contact> {
    let mut calls: Vec<Contact> = [5, 20, 21, 40, 100]
        .iter()
        .map(|&wait| contact(0, Some(wait), Some(wait + 60), Outcome::Answered))
        .collect();
    calls[1].answered = Some(Moment::local(MONDAY + 20_000));
    calls.push(contact(100, None, Some(110), Outcome::GaveUp));
    calls.push(contact(100, None, Some(150), Outcome::GaveUp));
    calls.push(contact(100, None, None, Outcome::GaveUp));
    calls.push(contact(1000 - 15, None, None, Outcome::Waiting));
    calls.push(contact(1000 - 300, None, None, Outcome::Waiting));
    calls.push(contact(0, None, None, Outcome::Unknown));
    calls.push(contact(0, None, Some(1000), Outcome::Answered));
    calls
}

#[test]
fn each_service_level_has_the_denominator_that_its_name_says() {
    let audit = audit(&calls(), Settings::default());
    assert_eq!(audit.subjects()[0].holds_the_line, Some(true));
    // Offered: 5 answered, 3 gave up, 1 has waited long enough to tell. Of ten, one each came to an end at once,
    // after 5 s and after 10 s; the seventh of the seven others is not seen after 15 s, so that the next of six
    // stands for 7/60. One tenth is known to have given up within 20 s.
    let right = 1.0 / 10.0 + 7.0 / 60.0;
    let [offered, answered, patient] = levels(&audit, 20)[..] else { panic!("three levels") };
    close(Some(offered), right, 9);
    close(Some(answered), 2.0 / 5.0, 5);
    close(Some(patient), right / 0.9, 8);
    assert_eq!(levels(&audit, 3600), [], "nobody asked for it");
    close(found(&audit, Measure::MeanSpeed), 37.2, 5);
    close(found(&audit, Measure::AnsweredMedian), 21.0, 5);
    // Five of a minute, and the one that was answered at an unknown time has no length.
    close(found(&audit, Measure::HandleTime), 60.0, 5);
    close(found(&audit, Measure::Unknown), 1.0 / 12.0, 12);
    assert_eq!(found(&audit, Measure::Resolved), None, "hanging up settles nothing");
}

#[test]
fn other_times_are_counted_where_they_are_asked_for_to_the_millisecond() {
    let mut calls = calls();
    calls[1].answered = Some(Moment::local(MONDAY + 20_001));
    let settings = Settings { within: vec![20, 60, 300, 301], ..Settings::default() };
    let audit = audit(&calls, settings);
    assert_eq!(levels(&audit, 20)[1], (1.0 / 5.0, 5));
    // Within a minute two gave up.
    let [offered, answered, patient] = levels(&audit, 60)[..] else { panic!("three levels") };
    let right = 1.0 / 10.0 + 3.0 * 7.0 / 60.0;
    close(Some(offered), right, 9);
    close(Some(answered), 4.0 / 5.0, 5);
    close(Some(patient), right / (1.0 - 1.0 / 10.0 - 7.0 / 60.0), 7);
    // Who has waited for just that time was not answered within it; within more, nobody knows.
    close(Some(levels(&audit, 300)[0]), 1.0 / 10.0 + 4.0 * 7.0 / 60.0, 9);
    close(Some(levels(&audit, 301)[0]), 1.0 / 10.0 + 4.0 * 7.0 / 60.0, 8);
}

#[test]
fn a_length_that_the_log_gives_counts_everywhere_and_the_end_of_a_ticket_is_no_length() {
    let mut tickets: Vec<Contact> = (0..4)
        .map(|at| {
            contact(at * 60, Some(at * 60 + HOUR), Some(at * 60 + 9 * HOUR), Outcome::Answered)
        })
        .collect();
    assert_eq!(found(&audit(&tickets, Settings::default()), Measure::HandleTime), None);
    tickets[2].handled_ms = Some(90_000);
    let audit = audit(&tickets, Settings::default());
    assert_eq!(audit.subjects()[0].holds_the_line, Some(false));
    close(found(&audit, Measure::HandleTime), 90.0, 1);
    close(found(&audit, Measure::Resolved), 1.0, 4);
    close(found(&audit, Measure::ResolvedMean), 9.0 * 3600.0, 4);
    assert_eq!(levels(&audit, 3600)[0], (1.0, 4));
}

#[test]
fn matters_that_are_settled_or_open_are_told_apart_from_those_that_were_closed() {
    // An inbox: answered after an hour each; closed after 2, 4 and 10 hours, the last unsettled; one settled
    // nobody knows when; one open for 50 hours; one that nobody answered for 30; one that gave up.
    let answered = |at: i64, closed: Option<i64>| {
        contact(at, Some(at + HOUR), closed.map(|hours| at + hours * HOUR), Outcome::Answered)
    };
    let mut mails = vec![
        answered(0, Some(2)),
        answered(0, Some(4)),
        answered(0, Some(10)),
        answered(0, None),
        answered(0, None),
        contact(20 * HOUR, None, None, Outcome::Waiting),
        contact(0, None, Some(3 * HOUR), Outcome::GaveUp),
        answered(49 * HOUR, Some(1)),
    ];
    mails[2].resolved = Some(false);
    mails[3].resolved = Some(true);
    let audit = audit(&mails, Settings::default());
    assert_eq!(audit.subjects()[0].holds_the_line, Some(false));
    close(found(&audit, Measure::Resolved), 4.0 / 8.0, 8);
    close(found(&audit, Measure::Open), 2.0, 2);
    close(found(&audit, Measure::OldestOpen), 50.0 * 3600.0, 2);
    close(found(&audit, Measure::ResolvedMedian), 2.0 * 3600.0, 3);
    close(found(&audit, Measure::ResolvedMean), 7.0 / 3.0 * 3600.0, 3);
    // Seven are timed: 1/7 by 1 h, 2/7 by 2 h, one gave up, 3/7 by 4 h, one closed unsettled: never half.
    let subjects = audit.subjects();
    let half = subjects[0].find(Measure::ResolutionMedian).unwrap();
    assert_eq!((half.value, half.of), (None, 7));
    assert_eq!(found(&audit, Measure::BacklogMost), None, "settled nobody knows when");
}

#[test]
fn without_closings_an_answer_ends_a_contact() {
    let mails = [
        contact(0, Some(20 * HOUR), None, Outcome::Answered),
        contact(HOUR, Some(30 * HOUR), None, Outcome::Answered),
        contact(2 * HOUR, None, None, Outcome::Waiting),
        contact(60 * HOUR, Some(61 * HOUR), None, Outcome::Answered),
    ];
    let audit = audit(&mails, Settings::default());
    close(found(&audit, Measure::Open), 1.0, 1);
    assert_eq!(found(&audit, Measure::Resolved), None);
    // Open at the ends of three days: 2, 1, 1.
    close(found(&audit, Measure::BacklogMost), 2.0, 3);
    close(found(&audit, Measure::BacklogMean), 4.0 / 3.0, 3);
}

/// Numbers from 0 below an end, from the high bits of a linear congruence.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64) % end
    }
}

fn some_mails(numbers: &mut Numbers) -> Vec<Contact> {
    let mail = |numbers: &mut Numbers| {
        let arrived = numbers.below(20 * 24) * HOUR + numbers.below(3600);
        let answered = arrived + HOUR + numbers.below(30 * HOUR);
        let closed = answered + numbers.below(100 * HOUR);
        match numbers.below(6) {
            0 => contact(arrived, None, None, Outcome::Waiting),
            1 => contact(arrived, None, Some(closed), Outcome::GaveUp),
            2 => contact(arrived, Some(answered), None, Outcome::Answered),
            _ => contact(arrived, Some(answered), Some(closed), Outcome::Answered),
        }
    };
    (0..200).map(|_| mail(numbers)).collect()
}

#[test]
fn the_backlog_of_every_day_is_what_a_count_of_all_contacts_gives() {
    let mut numbers = Numbers(13);
    for _ in 0..20 {
        let mails = some_mails(&mut numbers);
        let audit = audit(&mails, Settings::default());
        assert_eq!(audit.subjects()[0].holds_the_line, Some(false));
        let (subject, card): &(_, &Card) = &audit.cards()[0];
        let ends = audit.about.span.unwrap().1.wall_ms;
        let days = audit.days(subject, card);
        let mut sum = 0.0;
        let (first, last) = (days[0].day, days.last().unwrap().day);
        for day in first..=last {
            let end = ((day + 1) * DAY_MS).min(ends);
            let is_open = |mail: &&Contact| {
                let over = mail.closed.is_some_and(|closed| closed.day() <= day);
                mail.arrived.day() <= day && !over
            };
            let open: Vec<&Contact> = mails.iter().filter(is_open).collect();
            sum += open.len() as f64;
            let Some(found) = days.iter().find(|row| row.day == day) else { continue };
            assert_eq!(found.backlog, Some(open.len() as u64), "{day}");
            let oldest = open.iter().map(|mail| mail.arrived.wall_ms).min();
            assert_eq!(found.oldest, oldest.map(|at| (end - at) as f64 / 1000.0), "{day}");
        }
        let all = (last - first + 1) as u64;
        close(found(&audit, Measure::BacklogMean), sum / all as f64, all);
    }
}

#[test]
fn groups_add_up_and_come_in_order() {
    let mut numbers = Numbers(4);
    let mut mails = some_mails(&mut numbers);
    for (at, mail) in mails.iter_mut().enumerate() {
        mail.channel = u32::from(at % 3 == 0);
        mail.agent = mail.answered.and(numbers.below(3).checked_sub(1)).map(|agent| agent as u32);
    }
    for by in [By::Agent, By::Kind, By::Day, By::Hour, By::Month] {
        let audit = audit(&mails, Settings { by: Some(by), ..Settings::default() });
        let groups = audit.groups();
        for subject in audit.subjects().iter().filter(|subject| subject.channel != super::ALL) {
            let own = groups.iter().filter(|group| group.channel == subject.channel);
            let contacts = own.clone().map(|group| group.tally.contacts()).sum::<u64>();
            assert_eq!(contacts, subject.tally.contacts(), "{by:?}");
            let labels: Vec<&str> = own.filter_map(|group| group.group.as_deref()).collect();
            if by.is_time() {
                assert!(labels.windows(2).all(|pair| pair[0] < pair[1]), "{labels:?}");
            }
        }
        match by {
            By::Agent => {
                assert!(groups.iter().all(|group| group.find(Measure::Answered).is_none()));
                assert!(groups.iter().any(|group| group.group.as_deref() == Some("ann")));
            }
            By::Kind => assert_eq!(groups[0].group.as_deref(), Some("(no kind)")),
            By::Month => assert_eq!(groups[0].group.as_deref(), Some("2026-03")),
            By::Day | By::Hour => {}
        }
    }
}

#[test]
fn all_together_is_the_sum_of_the_cards_in_any_order() {
    let mut numbers = Numbers(7);
    let mut mails = some_mails(&mut numbers);
    mails.iter_mut().enumerate().for_each(|(at, mail)| mail.channel = (at % 2) as u32);
    let all = |mails: &[Contact]| {
        let audit = audit(mails, Settings::default());
        audit.subjects().last().unwrap().findings.clone()
    };
    let both = all(&mails);
    mails.reverse();
    assert_eq!(all(&mails), both);
    // As one channel: the same, for both are inboxes.
    mails.iter_mut().for_each(|mail| mail.channel = 0);
    assert_eq!(all(&mails), both);
}

#[test]
fn a_log_that_ends_early_does_not_favour_the_answered() {
    const DAY: f64 = 86_400.0;
    // Arrivals at an even pace over three days; answers after exponential waits with a mean of a day, taken at
    // even steps of probability in a mixed order. 1 - exp(-1) are answered within a day.
    let count = 3001_u32;
    let last = 3.0 * DAY;
    let mut all: Vec<Contact> = (0..count)
        .map(|i| {
            let arrived = last * f64::from(i) / f64::from(count);
            let place = (f64::from(i * 1201 % count) + 0.5) / f64::from(count);
            let answered = arrived - DAY * libm::log(1.0 - place);
            let answered = (answered <= last).then_some(answered as i64);
            let outcome = answered.map_or(Outcome::Waiting, |_| Outcome::Answered);
            contact(arrived as i64, answered, None, outcome)
        })
        .collect();
    all.push(contact(last as i64, None, None, Outcome::Waiting));
    let settings = Settings { within: vec![86_400], ..Settings::default() };
    let audit = audit(&all, settings);
    let subjects = audit.subjects();
    let found = subjects[0].find(Measure::ServiceLevel).unwrap();
    let right = 1.0 - libm::exp(-1.0);
    assert!((found.value.unwrap() - right).abs() < 0.015, "{found:?}");
    assert!(found.low.unwrap() < right && right < found.high.unwrap(), "{found:?}");
}

#[test]
fn answers_at_an_unknown_time_leave_the_service_level_of_the_offered_open() {
    let of = |untimed: usize| {
        let mut all = vec![contact(0, Some(10), Some(200), Outcome::Answered); 594];
        all.extend(vec![contact(0, None, Some(200), Outcome::Answered); untimed]);
        all.push(contact(0, None, Some(60), Outcome::GaveUp));
        let audit = audit(&all, Settings { within: vec![20], ..Settings::default() });
        let level = found(&audit, Measure::ServiceLevel);
        (level, found(&audit, Measure::ServiceLevelOfAnswered))
    };
    assert_eq!(of(6), (Some((594.0 / 595.0, 595)), Some((1.0, 594))));
    assert_eq!(of(7), (None, Some((1.0, 594))));
}

#[test]
fn a_channel_without_closings_says_nothing_of_resolution() {
    let row = |channel, at: i64| Contact {
        channel,
        ..contact(at, Some(at + HOUR), (channel == 0).then_some(at + 2 * HOUR), Outcome::Answered)
    };
    let all: Vec<Contact> = (0..40).map(|at| row(u32::from(at >= 25), at * HOUR)).collect();
    let audit = audit(&all, Settings::default());
    let subjects = audit.subjects();
    let resolved = |at: usize| {
        let subject: &super::Subject<'_> = &subjects[at];
        subject.find(Measure::Resolved).map(|it| (it.value.unwrap(), it.of))
    };
    assert_eq!([resolved(0), resolved(1)], [Some((1.0, 25)), None]);
    assert_eq!(subjects[1].find(Measure::Open).unwrap().value, Some(0.0));
}
