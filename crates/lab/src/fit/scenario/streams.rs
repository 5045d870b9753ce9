//! Streams of contacts, and which of them is taken first.

use heard_scenario::calendar::WEEKDAYS;
use heard_scenario::spell::{Shape, Spell};
use heard_scenario::triage::Kind;
use heard_text::list::{counted, days, joined, list};
use heard_text::number::{count, percent, significant};

use super::toml::{Toml, Value};
use crate::fit::Estimates;
use crate::fit::arrivals::Rates;
use crate::fit::channels::Channel;
use crate::fit::estimates::Stream;
use crate::fit::handling::Handling;
use crate::fit::patience::Patience;

/// Variations between days below this are left out.
const LEAST_VARIATION: f64 = 0.005;
/// Head starts below this are left out, in minutes.
const LEAST_HEAD_START: f64 = 0.01;

pub(super) fn stream(toml: &mut Toml, estimates: &Estimates, stream: &Stream) {
    let channel = estimates.channel_of(stream);
    toml.table(&["stream", &stream.class.name]);
    toml.value("channel", &*channel.name);
    let (_, kind, ..) = &stream.class.key;
    let kind = kind.as_deref().filter(|kind| Kind::ALL.iter().any(|known| known.name() == *kind));
    if let Some(kind) = kind {
        toml.value("kind", kind);
    }
    arrivals(toml, estimates, &stream.arrivals);
    if !stream.class.taken {
        toml.comment(
            "Nobody answered these, though others that came later were answered: nobody takes them up, \
             however much time people have.",
        );
        return;
    }
    match &stream.handling {
        Some(found) => handling(toml, channel.live, found, estimates.after_hours(stream)),
        None => {
            let what = if channel.live { "conversations" } else { "answers" };
            toml.comment(&format!(
                "The log does not say how long {what} take: `handle` is that of the action, assumed."
            ));
        }
    }
    if channel.live {
        patience(toml, channel, stream.patience.as_ref());
        redials(toml, estimates, stream);
    }
}

fn arrivals(toml: &mut Toml, estimates: &Estimates, rates: &Rates) {
    let replayed = "; the replay's come at their own times";
    toml.noted(
        "per_hour",
        rates.per_hour,
        &format!(
            "{} in {} (± {} by chance alone){}",
            counted(rates.contacts as f64, "contact", "contacts"),
            days(estimates.sample.counted as f64),
            percent(rates.relative_half_width()),
            if estimates.replay.is_some() { replayed } else { "" },
        ),
    );
    toml.line("by_hour_of_week = [");
    for (day, weights) in WEEKDAYS.iter().zip(rates.by_hour_of_week.chunks(24)) {
        let weights: Vec<String> = weights.iter().map(|weight| Value::from(*weight).0).collect();
        toml.noted_line(&format!("    {},", weights.join(", ")), day);
    }
    let unseen: Vec<&str> = rates.unseen.iter().map(|&day| WEEKDAYS[day]).collect();
    let missing = match unseen.as_slice() {
        [] => String::new(),
        days => format!("the log has no {}: nobody comes then", joined(days, "or")),
    };
    toml.noted_line("]", &missing);
    if rates.day_to_day_cv > LEAST_VARIATION {
        let why = "how much days of one weekday differ beyond chance";
        toml.noted("day_to_day_cv", rates.day_to_day_cv, why);
    }
}

fn handling(toml: &mut Toml, live: bool, handling: &Handling, after_hours: f64) {
    let after = 3600.0 * after_hours;
    let before_the_next = if live && after >= 0.5 {
        format!(", and {} s before the next", significant(after, 2))
    } else {
        String::new()
    };
    let what = if live {
        "conversations"
    } else {
        "answers to messages that were waiting when the same person had answered another"
    };
    let whose = if handling.shared { ", of all classes because this one has few" } else { "" };
    toml.noted(
        "handle",
        &handling.spell,
        &format!(
            "{} min (± {}) in {} {what}{whose}{before_the_next}",
            significant(handling.mean, 3),
            significant(handling.half_width(), 2),
            count(handling.served as u64),
        ),
    );
}

fn patience(toml: &mut Toml, channel: &Channel, patience: Option<&Patience>) {
    if channel.gave_up == 0 {
        toml.noted("hangs_up", false, "nobody in the log does");
        return;
    }
    let Some(patience) = patience else {
        toml.comment(
            "Hardly anybody gave up after waiting: `patience` is that of the channel, assumed.",
        );
        return;
    };
    let fit = patience.fit;
    let minutes = |hours: f64| significant(60.0 * hours, 3);
    let median = match fit.median_interval() {
        _ if patience.left > 0.5 => format!(
            "{} did not give up as long as anybody was seen waiting: the rest is extrapolated",
            percent(patience.left)
        ),
        Some((low, high)) => {
            format!("median {} min ({} to {})", minutes(fit.median), minutes(low), minutes(high))
        }
        None => format!("median {} min, with a spread at its limit", minutes(fit.median)),
    };
    toml.noted(
        "patience",
        &fit.spell,
        &format!(
            "{} hang-ups{}, others censored when served; {median}",
            count(fit.ends as u64),
            if patience.shared { " of the channel because this class has few" } else { "" },
        ),
    );
    let holding = |(minutes, share): &(f64, f64)| {
        format!("{} min {}", significant(*minutes, 1), percent(*share))
    };
    let seen: Vec<String> = patience.kaplan_meier.iter().map(holding).collect();
    if !seen.is_empty() {
        let seen = list(&seen);
        toml.comment(&format!("Still holding the line (Kaplan-Meier estimate): {seen}."));
    }
}

fn redials(toml: &mut Toml, estimates: &Estimates, stream: &Stream) {
    match (&estimates.replay, stream.redials) {
        (Some(_), _) => toml.comment(
            "Those who call again are already among the log's contacts: `redials` stays 0.",
        ),
        (None, Some(redials)) => toml.noted(
            "redials",
            redials.share,
            &format!(
                "of {} known customers who gave up, {} came back within the hour; less those who would \
                 come back anyway",
                count(redials.known as u64),
                count(redials.again as u64),
            ),
        ),
        (None, None) => toml.comment(
            "Too few of those who gave up are known by name to tell who calls again: `redials` stays 0.",
        ),
    }
}

pub(super) fn rules(toml: &mut Toml, estimates: &Estimates) {
    for stream in estimates.streams.iter().filter(|stream| !stream.class.taken) {
        toml.next_table("triage");
        toml.value("when", of_stream(&stream.class.name));
        toml.value("do", "ignore");
    }
    let Some(order) = &estimates.order else {
        toml.next_table("triage");
        toml.value("do", "restore");
        return;
    };
    toml.blank();
    toml.comment(&format!(
        "Head starts from a logit of who was taken when several waited ({} choices): {} fell on the contact \
         that is oldest with its head start, {} on the one that is oldest without.",
        count(order.choices as u64),
        percent(order.explained.0),
        percent(order.explained.1),
    ));
    let mut rule = |when: Option<&str>, ahead: f64| {
        toml.next_table("triage");
        if let Some(stream) = when {
            toml.value("when", of_stream(stream));
        }
        toml.value("do", "restore");
        if ahead >= LEAST_HEAD_START {
            toml.value("head_start_minutes", ahead);
        }
    };
    let (mut sum, mut all) = (0.0, 0.0);
    for (stream, ahead) in estimates.streams.iter().zip(&order.minutes) {
        let Some(ahead) = ahead.filter(|_| stream.class.taken) else { continue };
        rule(Some(&stream.class.name), ahead);
        (sum, all) = (sum + stream.class.calls as f64 * ahead, all + stream.class.calls as f64);
    }
    // Classes with too few choices, and a mystery shopper, are taken as the mean contact is.
    rule(None, sum / all);
}

/// The condition that a contact is of this stream.
fn of_stream(name: &str) -> Value {
    Value(format!("{{ stream = {} }}", Value::from(name).0))
}

impl From<&Spell> for Value {
    fn from(spell: &Spell) -> Self {
        let mean = Self::from(spell.mean_minutes).0;
        Self(match spell.shape {
            Shape::Lognormal => {
                format!("{{ mean_minutes = {mean}, sigma = {} }}", Self::from(spell.sigma).0)
            }
            Shape::Exponential => format!("{{ mean_minutes = {mean}, shape = \"exponential\" }}"),
            Shape::Constant => format!("{{ mean_minutes = {mean}, shape = \"constant\" }}"),
        })
    }
}
