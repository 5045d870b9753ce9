//! Random worlds for the desk: what can change the order in which contacts are taken varies.

use heard_math::engine::keyed::{Draws, Sequence};
use heard_world::purpose::Purpose;

/// Chance in a few words.
struct Dice(Sequence);

impl Dice {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.0.uniform() * (high - low)
    }

    /// A whole number from `low` to `high`.
    fn whole(&mut self, low: u32, high: u32) -> u32 {
        (self.between(f64::from(low), f64::from(high + 1)) as u32).min(high)
    }

    fn chance(&mut self, chance: f64) -> bool {
        self.0.uniform() < chance
    }

    fn one_of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.whole(0, all.len() as u32 - 1) as usize]
    }
}

const CHANNELS: [&str; 4] = ["forum", "twitter", "mail", "phone"];

/// A scenario in which much comes in at once, and much waits. Shifts begin and end at minutes at
/// which nothing else is due.
pub fn text(draws: &Draws) -> String {
    let dice = &mut Dice(draws.sequence(0, Purpose::Gap, 0));
    // Teams that share a channel must be rewarded for the same.
    let reward = dice.one_of(&["oldest-first", "reach-first", "easiest-first"]);
    let later = dice.one_of(&["oldest-first", "reach-first", "easiest-first"]);
    let second = dice.chance(0.7);
    let third = dice.chance(0.3);
    let mut text = format!(
        "run = {{ days = 8, warmup_days = 1, margin_days = 1, headline = ['occupancy'] }}\n\
         customers = {{ count = 250, escalation_push = 3, redials = 0.5, gives_up_hours = {:.3} }}\n\
         company = {{ failures_per_customer_month = {:.3}, questions_per_customer_month = 2 }}\n",
        dice.between(3.0, 40.0),
        dice.between(4.0, 10.0),
    );
    for (name, rest) in [
        ("forum", "seen_by = 'public', waits = 'in an inbox', tagged = 0.3"),
        ("twitter", "seen_by = 'public', waits = 'in an inbox'"),
        ("mail", "seen_by = 'private', waits = 'in an inbox'"),
        ("phone", "seen_by = 'private', waits = 'on the line'"),
    ] {
        text += &format!("channel.{name} = {{ {rest} }}\n");
    }
    for (name, there) in [("first", true), ("second", second), ("third", third)] {
        if there {
            text += &team(dice, name, reward);
        }
    }
    text += &listening(dice, second);
    text += &format!(
        "feed = {{ promotions_per_day = {}, minutes_per_post = {:.3}, priority = {} }}\n\
         stream.letters = {{ channel = 'mail', per_hour = {:.3}, kind = 'question' }}\n\
         stream.calls = {{ channel = 'phone', per_hour = {:.3} }}\n",
        dice.whole(0, 4),
        dice.between(3.0, 30.0),
        dice.whole(1, 9),
        dice.between(0.0, 2.0),
        dice.between(0.0, 2.0),
    );
    text += &format!("triage = [{}]\n", triage(dice, reward));
    if dice.chance(0.6) {
        text += &switch(dice, later, second, third);
    }
    text
}

/// Minutes of the day at which no post and no search on the hour is due.
fn moment(dice: &mut Dice, from: u32, to: u32) -> String {
    format!("{:02}:{}7", dice.whole(from, to), dice.whole(0, 5))
}

fn shifts(dice: &mut Dice) -> String {
    let mut all = String::new();
    for part in 0..dice.whole(1, 2) {
        let (from, to) = (moment(dice, 6, 11), moment(dice, 12, 22));
        let weeks = if part > 0 && dice.chance(0.3) { ", weeks = [1]" } else { "" };
        let people = dice.whole(1, 2);
        all +=
            &format!("{{ days = 'Mon-Sun', hours = '{from}-{to}', people = {people}{weeks} }}, ");
    }
    format!("[{all}]")
}

fn team(dice: &mut Dice, name: &str, reward: &str) -> String {
    // The first team takes whatever the others leave.
    let channels: Vec<String> = (CHANNELS.iter())
        .filter(|_| name == "first" || dice.chance(0.5))
        .map(|channel| format!("'{channel}'"))
        .collect();
    let shifts = shifts(dice);
    let at_once = dice.whole(1, 3);
    let mut more = String::new();
    if dice.chance(0.4) {
        more += ", named = true";
    }
    if dice.chance(0.3) {
        more += &format!(", handle_target_minutes = {:.3}", dice.between(4.0, 15.0));
    }
    format!(
        "team.{name} = {{ channels = [{}], shifts = {shifts}, conversations_at_once = {at_once}, \
         rewarded_for = '{reward}'{more} }}\n",
        channels.join(", ")
    )
}

fn listening(dice: &mut Dice, second: bool) -> String {
    let team = if second && dice.chance(0.5) { "second" } else { "first" };
    format!(
        "listening = {{ team = '{team}', coverage = {:.3}, sweep_every_hours = {:.4}, \
         minutes_per_message = {:.4}, misreads = 0.1 }}\n",
        dice.between(0.3, 1.0),
        dice.between(0.6, 9.0),
        dice.between(0.1, 3.0),
    )
}

fn triage(dice: &mut Dice, reward: &str) -> String {
    let mut rules = String::new();
    for channel in CHANNELS {
        let serious = format!("{:.2}", dice.between(0.2, 0.7));
        for when in [
            format!("channel = '{channel}', severity = '>= {serious}'"),
            format!("channel = '{channel}'"),
        ] {
            let mut actions = vec!["restore", "correct", "canned", "apologise"];
            if channel != "phone" {
                actions.extend(["monitor", "automatic", "redirect"]);
            }
            let action = dice.one_of(&actions);
            let to = if action == "redirect" { ", to = 'phone'" } else { "" };
            let rank = dice.whole(1, 9);
            let early = if reward == "oldest-first" && dice.chance(0.5) {
                format!(", head_start_minutes = {:.2}", dice.between(1.0, 600.0))
            } else {
                String::new()
            };
            rules += &format!(
                "{{ when = {{ {when} }}, do = '{action}', priority = {rank}{early}{to} }}, "
            );
        }
    }
    rules
}

/// Other rules, rewards, shifts and searches from some moment on.
fn switch(dice: &mut Dice, reward: &str, second: bool, third: bool) -> String {
    let mut more = String::new();
    for (name, there) in [("first", true), ("second", second), ("third", third)] {
        if there {
            let shifts = shifts(dice);
            more += &format!(", team.{name} = {{ rewarded_for = '{reward}', shifts = {shifts} }}");
        }
    }
    let day = dice.between(2.0, 6.0);
    let every = dice.between(0.6, 9.0);
    format!(
        "switch = [{{ at_day = {day:.5}, listening.sweep_every_hours = {every:.4}{more}, triage = [{}] }}]\n",
        triage(dice, reward)
    )
}
