//! The scenario that comes out: every value with where it comes from and how sure it is.

use std::fmt::Write as _;

use super::arrivals::{Rates, Week};
use super::calls::Calls;
use super::channels::Channel;
use super::classes::{Class, Described};
use super::handling::{Handling, Worked};
use super::order::Order;
use super::patience::Patience;
use super::redials::Redials;
use super::staff::{Hour, IDENTIFIED, Shifts};
use heard_contacts::Moment;
use heard_contacts::moment::{DAY_MS, day_text};
use heard_report::VERSION;
use heard_scenario::calendar::WEEKDAYS;
use heard_scenario::spell::{Shape, Spell};
use heard_text::number::{count, percent, significant};

/// What a log gives.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The scenario as TOML.
    pub scenario: String,
    /// The arrivals of the days that are replayed, as CSV; `None` where arrivals come at random.
    pub arrivals: Option<String>,
}

/// Fits a scenario to `calls`. With `replay`, their order, handle times and patience are laid on the
/// arrivals and the staff of those other contacts; `file` is what their arrivals will be called.
#[must_use]
pub fn fit(calls: &Calls, replay: Option<(&Calls, &str)>) -> Fitted {
    let parts = Parts::of(calls);
    let mut text = head(calls, replay.map(|(replay, _)| replay));
    match replay {
        None => {
            text += "[run]\ndays         = 35\nwarmup_days  = 7   # from an empty start to the rhythm of the week\nmargin_days  = 0\n";
        }
        Some((other, file)) => {
            let weeks = other.days.end.div_ceil(7);
            let _ = writeln!(
                text,
                "[run]\ndays         = {}\nwarmup_days  = {}   # the days of the first week before the log begins\nmargin_days  = {}",
                weeks * 7,
                other.days.start,
                weeks * 7 - other.days.end,
            );
            replications(&mut text, calls);
            let _ = writeln!(
                text,
                "\n# The log's own contacts at their own times, in every replication.\n[replay]\nfile      = {}\nfirst_day = {}",
                quoted(file),
                quoted(&day_text(other.monday)),
            );
        }
    }
    if replay.is_none() {
        replications(&mut text, calls);
    }
    text +=
        "\n[customers]\ncount = 0   # the log tells of contacts, not of those who kept silent\n";
    channels(&mut text, calls);
    streams(&mut text, calls, &parts, replay.map(|(other, _)| other));
    rules(&mut text, calls, &parts);
    match replay {
        None => weekly_staff(&mut text, calls, &parts.shifts),
        Some((other, _)) => {
            dated_staff(&mut text, calls, other, &Shifts::of(other, parts.writing));
        }
    }
    Fitted { scenario: text, arrivals: replay.map(|(other, _)| arrivals(calls, other)) }
}

/// What is estimated from the days that are fitted.
struct Parts {
    shifts: Shifts,
    redials: Vec<Option<Redials>>,
    patience: Vec<Option<Patience>>,
    order: Option<Order>,
    week: Week,
    handling: Vec<Option<Handling>>,
    /// What an answer to a message takes, in hours.
    writing: f64,
}

impl Parts {
    fn of(calls: &Calls) -> Self {
        let worked = Worked::of(calls);
        let writing = worked.writing(calls);
        let shifts = Shifts::of(calls, writing);
        Self {
            redials: Redials::of(calls),
            patience: Patience::of(calls),
            order: Order::of(calls),
            week: Week::of(calls),
            handling: Handling::of(calls, &worked, shifts.after_hours),
            shifts,
            writing,
        }
    }
}

fn head(calls: &Calls, replay: Option<&Calls>) -> String {
    let days = |calls: &Calls| {
        let dates = calls.dates();
        format!("{} to {}", day_text(dates.start), day_text(dates.end - 1))
    };
    let fitted_days = days(calls);
    let mut text = format!(
        "# Made by heard {VERSION} from {}: {} contacts with {}, {fitted_days}.\n",
        comment(&calls.about.name),
        count(calls.calls.len() as u64),
        comment(&calls.company),
    );
    for bias in &calls.about.biases {
        let _ = writeln!(text, "# Mind: {}.", comment(bias));
    }
    if calls.guessed > 0 {
        let _ = writeln!(
            text,
            "# The rank of {} contacts is not in the log; they were shared out as the others of their kind.",
            count(calls.guessed as u64)
        );
    }
    text += "# What the log cannot tell is left out below, and so takes the default that docs/scenario.md states: what an\n# answer solves, what work costs, and so what a report says of resolution and money, is not from the log.\n";
    if calls.counted.len() < calls.days.len() {
        let _ = writeln!(
            text,
            "# {} of {} days do not count for arrivals and people: without contacts where several are usual, or cut off.",
            calls.days.len() - calls.counted.len(),
            calls.days.len(),
        );
    }
    if let Some(other) = replay {
        let moved = |class: &&Class| calls.classes[same_class(calls, class)].key != class.key;
        for class in other.classes.iter().filter(moved) {
            let _ = writeln!(
                text,
                "# {} contacts of {} are taken for {}: the days that were fitted have too few of their own.",
                count(class.calls as u64),
                comment(&class.name),
                comment(&calls.classes[same_class(calls, class)].name),
            );
        }
        let _ = writeln!(
            text,
            "# It replays {} contacts of {}, with the people seen on those days.",
            count(other.calls.len() as u64),
            days(other),
        );
    }
    let what = replay.map_or(fitted_days, |other| days(other) + " replayed");
    let _ = writeln!(text, "title = {}\n", quoted(&format!("{}, {what}", calls.company)));
    text
}

fn replications(text: &mut String, calls: &Calls) {
    let headline = if calls.channels.iter().any(|channel| channel.live) {
        ["abandon_rate", "wait_seconds_mean"]
    } else {
        ["first_answer_hours_p50", "first_answer_hours_p90"]
    };
    let _ = writeln!(text, "replications = 100\nseed         = 1\nheadline     = {headline:?}");
}

fn channels(text: &mut String, calls: &Calls) {
    for channel in &calls.channels {
        let (seen_by, waits, why) = match (channel.public, channel.live) {
            (true, _) => ("public", "in an inbox", "the log says that everybody can read it"),
            (false, true) if channel.gave_up > 0 => {
                ("private", "on the line", "customers of the log hang up")
            }
            (false, true) => (
                "private",
                "on the line",
                "those of the log who answer have one conversation at a time",
            ),
            (false, false) => (
                "private",
                "in an inbox",
                "answers of the log take long, take no time, or overlap: nobody holds the line",
            ),
        };
        let _ = writeln!(
            text,
            "\n[channel.{}]\nseen_by = \"{seen_by}\"\nwaits   = \"{waits}\"   # {why}",
            quoted(&channel.name)
        );
        if channel.redirected > 0 {
            let _ = writeln!(
                text,
                "# {} of {} first answers send the customer elsewhere. Here all of them try to solve the problem:\n# a rule can redirect some kinds, none does so by chance.",
                percent(channel.redirected as f64 / channel.answered as f64),
                count(channel.answered as u64),
            );
        }
    }
}

fn streams(text: &mut String, calls: &Calls, parts: &Parts, replay: Option<&Calls>) {
    for (at, class) in calls.classes.iter().enumerate() {
        let channel = &calls.channels[class.channel];
        let redials = parts.redials[at].filter(|_| channel.live);
        let again = redials.map_or(0.0, |redials| redials.share);
        let rates = Rates::of(calls, &parts.week, at, again);
        let _ = writeln!(
            text,
            "\n[stream.{}]\nchannel  = {}",
            quoted(&class.name),
            quoted(&channel.name)
        );
        let spread = (rates.contacts as f64).sqrt() / rates.contacts.max(1) as f64;
        let _ = writeln!(
            text,
            "per_hour = {}   # {} contacts in {} days (known to {} by chance alone){}",
            number(rates.per_hour),
            count(rates.contacts as u64),
            calls.counted.len(),
            percent(2.0 * spread),
            if replay.is_some() { "; the replay's come at their own times" } else { "" },
        );
        *text += "by_hour_of_week = [\n";
        for (day, weights) in WEEKDAYS.iter().zip(rates.by_hour_of_week.chunks(24)) {
            let weights: Vec<String> = weights.iter().map(|weight| number(*weight)).collect();
            let _ = writeln!(text, "    {},   # {day}", weights.join(", "));
        }
        *text += "]";
        let unseen: Vec<&str> = rates.unseen.iter().map(|&day| WEEKDAYS[day]).collect();
        if unseen.is_empty() {
            *text += "\n";
        } else {
            let _ = writeln!(text, "   # the log has no {}: nobody comes then", unseen.join(", "));
        }
        if rates.day_to_day_cv > 0.005 {
            let _ = writeln!(
                text,
                "day_to_day_cv = {}   # what days of one weekday differ beyond chance",
                number(rates.day_to_day_cv)
            );
        }
        handle(text, channel.live, parts, at);
        if channel.live {
            patience(text, channel, parts.patience[at].as_ref());
            if replay.is_some() {
                *text += "# Those who call again are among the log's contacts already: `redials` stays 0.\n";
            } else if let Some(redials) = redials {
                let _ = writeln!(
                    text,
                    "redials  = {}   # of {} who gave up and are known, {} came back within the hour; less those who come back anyway",
                    number(redials.share),
                    count(redials.known as u64),
                    count(redials.again as u64),
                );
            } else {
                *text += "# Too few who gave up are known by name to tell who calls again: `redials` stays 0.\n";
            }
        }
    }
}

fn handle(text: &mut String, live: bool, parts: &Parts, class: usize) {
    let handling = &parts.handling[class];
    let Some(handling) = handling else {
        let what = if live { "conversations" } else { "answers" };
        let _ = writeln!(
            text,
            "# The log does not say how long {what} take: `handle` is that of the action, assumed."
        );
        return;
    };
    let what = if live {
        "conversations"
    } else {
        "answers to messages that lay there when the same person had answered another"
    };
    let after = 3600.0 * parts.shifts.after_hours;
    let before_the_next = if live && after >= 0.5 {
        format!(", and {} s before the next", significant(after, 2))
    } else {
        String::new()
    };
    let whose = if handling.shared { ", of all classes as this one has few" } else { "" };
    let _ = writeln!(
        text,
        "handle   = {}   # {} min (± {}) in {} {what}{whose}{before_the_next}",
        spell(&handling.spell),
        significant(handling.mean, 3),
        significant(1.96 * handling.error, 2),
        count(handling.served as u64),
    );
}

fn patience(text: &mut String, channel: &Channel, patience: Option<&Patience>) {
    if channel.gave_up == 0 {
        *text += "hangs_up = false   # nobody of the log does\n";
        return;
    }
    let Some(patience) = patience else {
        *text +=
            "# Hardly anybody gave up after waiting: `patience` is that of the channel, assumed.\n";
        return;
    };
    let fit = patience.fit;
    let seen: Vec<String> = patience
        .kaplan_meier
        .iter()
        .map(|(minutes, share)| format!("{} min {}", significant(*minutes, 1), percent(*share)))
        .collect();
    let minutes = |hours: f64| significant(60.0 * hours, 3);
    let median = match fit.error {
        _ if patience.left > 0.5 => format!(
            "{} never gave up as long as anybody was seen waiting: what lies beyond is extrapolated",
            percent(patience.left)
        ),
        Some(error) => {
            let (low, high) = (libm::exp(-1.96 * error), libm::exp(1.96 * error));
            let (low, high) = (minutes(fit.median * low), minutes(fit.median * high));
            format!("median {} min ({low} to {high})", minutes(fit.median))
        }
        None => format!("median {} min, of a spread that is cut", minutes(fit.median)),
    };
    let _ = writeln!(
        text,
        "patience = {}   # {} hang-ups{}, others cut off by being served; {median}",
        spell(&fit.spell),
        count(fit.ends as u64),
        if patience.shared { " of the channel, as this class has few" } else { "" },
    );
    if !seen.is_empty() {
        let _ =
            writeln!(text, "# Still holding the line, by Kaplan and Meier: {}.", seen.join(", "));
    }
}

fn rules(text: &mut String, calls: &Calls, parts: &Parts) {
    if let Some(order) = &parts.order {
        let _ = writeln!(
            text,
            "\n# Head starts by a logit of who was taken when several waited ({} choices): {} fell on whoever counts\n# as oldest so, {} on whoever was oldest.",
            count(order.choices as u64),
            percent(order.explained.0),
            percent(order.explained.1),
        );
    }
    let Some(order) = &parts.order else {
        *text += "\n[[triage]]\ndo = \"restore\"\n";
        return;
    };
    let mut rule = |when: &str, ahead: f64| {
        let _ = write!(text, "[[triage]]\n{when}do   = \"restore\"\n");
        if ahead >= 0.01 {
            let _ = writeln!(text, "head_start_minutes = {}", number(ahead));
        }
    };
    let (mut sum, mut all) = (0.0, 0.0);
    for (class, ahead) in calls.classes.iter().zip(&order.minutes) {
        let Some(ahead) = ahead else { continue };
        rule(&format!("when = {{ stream = {} }}\n", quoted(&class.name)), *ahead);
        (sum, all) = (sum + class.calls as f64 * ahead, all + class.calls as f64);
    }
    // Whoever too few choices tell of, or a mystery shopper, is taken as the mean contact is.
    rule("", sum / all);
}

fn team(text: &mut String, calls: &Calls) {
    let _ = writeln!(text, "[team.people]\nchannels = [{}]\nshifts   = [", channel_names(calls));
}

fn channel_names(calls: &Calls) -> String {
    calls.channels.iter().map(|channel| quoted(&channel.name)).collect::<Vec<_>>().join(", ")
}

fn weekly_staff(text: &mut String, calls: &Calls, shifts: &Shifts) {
    let week = shifts.week(&calls.counted);
    let how = if shifts.named {
        format!(
            "{} different people; somebody is there from one conversation to the next, unless they pause for\n# {} min while others wait, or for an hour",
            count(shifts.people as u64),
            significant(60.0 * shifts.longest_pause, 2),
        )
    } else {
        "who served is not in the log: people are those in conversation while others wait, and\n# elsewhere the most of the hour around"
            .to_owned()
    };
    let hidden = if shifts.named {
        format!("they are busy for no more than {} of the time", percent(IDENTIFIED))
    } else {
        "nobody waits for half of the time".to_owned()
    };
    let _ = writeln!(
        text,
        "\n# People by the hour, averaged over the log's weeks: {how}.\n# Where {hidden}, the log does not show how many more were there: those hours\n# are marked \"not identified\", and their numbers are of those seen.",
    );
    team(text, calls);
    for weekday in 0..7 {
        let mut hour = 0;
        while hour < 24 {
            let Some(Hour { there, busy, identified: known }) = week[weekday * 24 + hour] else {
                hour += 1;
                continue;
            };
            let people = whole(there);
            let mut end = hour + 1;
            let (mut sum, mut sum_busy) = (there, busy);
            let alike = |other: &Hour| whole(other.there) == people && other.identified == known;
            while let Some(Hour { there, busy, .. }) =
                week[..(weekday + 1) * 24].get(weekday * 24 + end).copied().flatten().filter(alike)
            {
                (sum, sum_busy) = (sum + there, sum_busy + busy);
                end += 1;
            }
            if people > 0 {
                let hours = (end - hour) as f64;
                let _ = writeln!(
                    text,
                    "    {{ days = \"{}\", hours = \"{hour:02}:00-{end:02}:00\", people = {people} }},   # {} seen, busy {}{}",
                    WEEKDAYS[weekday],
                    significant(sum / hours, 2),
                    percent(sum_busy / hours),
                    if known { "" } else { ", not identified" },
                );
            }
            hour = end;
        }
    }
    *text += "]\n";
}

/// Whole people. Who is seen for less than a quarter of an hour is no shift.
fn whole(there: f64) -> u32 {
    if there >= 0.25 { (there.round() as u32).max(1) } else { 0 }
}

fn dated_staff(text: &mut String, calls: &Calls, other: &Calls, shifts: &Shifts) {
    let (quarters, raised) = shifts.quarters(&other.days);
    let _ = writeln!(
        text,
        "\n# People by the quarter of an hour as they were seen on the days that are replayed ({} of them); who served\n# nobody is not seen. In {} quarters there is one, though hardly anybody was seen: somebody who was served later\n# held the line.",
        count(shifts.people as u64),
        count(raised as u64),
    );
    team(text, calls);
    let clock = |quarter: usize| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    for (index, day) in other.days.clone().enumerate() {
        let of_day = &quarters[index * 96..(index + 1) * 96];
        let mut from = 0;
        for alike in of_day.chunk_by(|a, b| a == b) {
            let to = from + alike.len();
            if alike[0] > 0 {
                let _ = writeln!(
                    text,
                    "    {{ weeks = [{}], days = \"{}\", hours = \"{}-{}\", people = {} }},",
                    day / 7 + 1,
                    WEEKDAYS[day % 7],
                    clock(from),
                    clock(to),
                    alike[0],
                );
            }
            from = to;
        }
    }
    *text += "]\n";
    let _ = writeln!(
        text,
        "\n# To ask what two more people in the evening would have changed, take off the `#`s below, and `heard run`.\n# [arm.as-it-was]\n#\n# [arm.two-more.team.more]\n# channels = [{}]\n# shifts   = [{{ days = \"Mon-Sun\", hours = \"17:00-21:00\", people = 2 }}]",
        channel_names(calls)
    );
}

/// The class of `calls` that each class of `other` is taken for: the same, or one of its kind, or of its
/// channel, or the largest.
fn same_class(calls: &Calls, other: &Class) -> usize {
    let find = |alike: &dyn Fn(&Described) -> bool| {
        calls.classes.iter().position(|class| alike(&class.key))
    };
    let (channel, kind, _) = &other.key;
    find(&|key| *key == other.key)
        .or_else(|| find(&|(c, k, _)| (c, k) == (channel, kind)))
        .or_else(|| find(&|(_, k, _)| k.is_some() && k == kind))
        .or_else(|| find(&|(c, ..)| c == channel))
        .unwrap_or(0)
}

/// The contacts of `other` by the names of the streams of `calls`.
fn arrivals(calls: &Calls, other: &Calls) -> String {
    let name = |class: &Class| calls.classes[same_class(calls, class)].name.as_str();
    let names: Vec<&str> = other.classes.iter().map(name).collect();
    let mut text = "arrived,stream\n".to_owned();
    for call in &other.calls {
        let ms = other.monday * DAY_MS + (call.arrived * 3_600_000.0).round() as i64;
        let name = names[call.class];
        let name = if name.contains([',', '"', '\n']) {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name.to_owned()
        };
        let _ = writeln!(text, "{},{name}", Moment::local(ms).text());
    }
    text
}

fn spell(spell: &Spell) -> String {
    let mean = number(spell.mean_minutes);
    match spell.shape {
        Shape::Lognormal => format!("{{ mean_minutes = {mean}, sigma = {} }}", number(spell.sigma)),
        Shape::Exponential => format!("{{ mean_minutes = {mean}, shape = \"exponential\" }}"),
        Shape::Constant => format!("{{ mean_minutes = {mean}, shape = \"constant\" }}"),
    }
}

/// Four significant digits, as TOML has them.
fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    heard_text::number::shortest(rounded)
}

/// A text as TOML has it, as a value or a key: on one line, whatever it holds.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// What can stand in a comment.
fn comment(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}
