//! People at work.

use heard_scenario::calendar::WEEKDAYS;
use heard_text::number::{count, percent, significant};

use super::toml::{Toml, Value};
use crate::fit::Estimates;
use crate::fit::crews::Team;
use crate::fit::habits::Habits;
use crate::fit::people::{Hour, Roster};
use crate::fit::replay::{Replay, Rota};
use crate::fit::staff::{IDENTIFIED, QUARTERS};

/// The head of a team, as far as its shifts.
fn head(toml: &mut Toml, estimates: &Estimates, name: &str, channels: &[usize], habits: &Habits) {
    toml.header(&["team", name]);
    toml.value("channels", names(estimates, channels));
    let pickup = habits.pickup;
    if pickup.mean > 0.0 {
        toml.noted(
            "pickup_seconds",
            3600.0 * pickup.mean,
            &format!(
                "± {} s: waits of {} calls that found somebody free",
                significant(3600.0 * pickup.half_width(), 2),
                count(pickup.calls as u64),
            ),
        );
        toml.value("pickup_sigma", pickup.sigma.min(4.0));
    }
    toml.line("shifts = [");
}

/// The names of channels.
fn names(estimates: &Estimates, channels: &[usize]) -> Value {
    channels.iter().map(|&at| estimates.channels[at].name.as_str()).collect()
}

pub(super) fn weekly(toml: &mut Toml, estimates: &Estimates) {
    if estimates.teams.len() > 1 {
        toml.blank();
        toml.comment(
            "Those who answer on the same channels are a team. Names are what those of its people have in \
             common, or its channels.",
        );
    }
    estimates.teams.iter().for_each(|team| weekly_of(toml, estimates, team));
}

fn weekly_of(toml: &mut Toml, estimates: &Estimates, team: &Team) {
    let Team { crew, habits, staff } = team;
    let how = if staff.named {
        format!(
            "{} different people; somebody is there from one conversation to the next, unless they pause for \
             {} min while others wait, or for {} h",
            count(staff.people as u64),
            significant(60.0 * habits.longest_pause, 2),
            significant(habits.absent_hours, 2),
        )
    } else {
        "the log does not say who served: people are those in conversation while others wait, and \
         elsewhere the most of the hour around"
            .to_owned()
    };
    let hidden = if staff.named {
        format!("people are busy for no more than {} of the time", percent(IDENTIFIED))
    } else {
        "nobody waits for half of the time".to_owned()
    };
    toml.blank();
    toml.comment(&format!("People by the hour, averaged over the log's weeks: {how}."));
    toml.comment(&format!(
        "Where {hidden}, the log does not show how many more were there: those hours are marked \"not \
         identified\", and give the number of people seen."
    ));
    head(toml, estimates, &crew.name, &crew.channels, habits);
    for (weekday, day) in WEEKDAYS.into_iter().zip(staff.hours.chunks(24)) {
        shifts(toml, weekday, day);
        if staff.closing {
            closing(toml, weekday, day);
        }
    }
    toml.line("]");
}

/// The shifts of a day: hours in a row with the same number of people are one.
fn shifts(toml: &mut Toml, weekday: &str, day: &[Option<Hour>]) {
    let mut hour = 0;
    let seen = |hour: &Option<Hour>| hour.map(|hour| (hour.people, hour.added, hour.identified));
    for alike in day.chunk_by(|a, b| seen(a) == seen(b)) {
        let (from, to) = (hour, hour + alike.len());
        hour = to;
        let Some((people, added, identified)) = seen(&alike[0]).filter(|(people, ..)| *people > 0)
        else {
            continue;
        };
        let added = match added {
            0 => String::new(),
            more => format!(", {} more as so few wait", count(more.into())),
        };
        let mean =
            |of: fn(&Hour) -> f64| alike.iter().flatten().map(of).sum::<f64>() / alike.len() as f64;
        toml.noted_line(
            &format!(
                "    {{ days = \"{weekday}\", hours = \"{from:02}:00-{to:02}:00\", people = {people} }},"
            ),
            &format!(
                "{} seen, busy {}{added}{}",
                significant(mean(|hour| hour.there), 2),
                percent(mean(|hour| hour.busy)),
                if identified { "" } else { ", not identified" },
            ),
        );
    }
}

/// Somebody stays for those who call before closing.
fn closing(toml: &mut Toml, weekday: &str, day: &[Option<Hour>]) {
    let there = |hour: &Option<Hour>| hour.is_some_and(|hour| hour.people > 0);
    let closes = |&hour: &usize| there(&day[hour - 1]) && !there(&day[hour]);
    for hour in (1..day.len()).filter(closes) {
        toml.noted_line(
            &format!(
                "    {{ days = \"{weekday}\", hours = \"{hour:02}:00-{hour:02}:15\", people = 1 }},"
            ),
            "who calls before closing is served: nobody in the log hangs up",
        );
    }
}

pub(super) fn dated(toml: &mut Toml, estimates: &Estimates, replay: &Replay) {
    replay.rosters.iter().for_each(|rota| dated_of(toml, estimates, replay, rota));
    toml.blank();
    toml.comment(
        "To ask what two more people in the evening would have changed, remove the `#`s below and run \
         `heard run`.",
    );
    let mut channels: Vec<usize> =
        replay.rosters.iter().flat_map(|rota| rota.channels.iter().copied()).collect();
    channels.sort_unstable();
    channels.dedup();
    let channels = names(estimates, &channels).0;
    toml.line(&format!(
        "# [arm.as-it-was]\n#\n# [arm.two-more.team.more]\n# channels = {channels}\n# shifts   = [{{ days = \
         \"Mon-Sun\", hours = \"17:00-21:00\", people = 2 }}]"
    ));
}

fn dated_of(toml: &mut Toml, estimates: &Estimates, replay: &Replay, rota: &Rota) {
    let Rota { name, channels, habits, roster } = rota;
    let Roster { quarters, raised, people } = roster;
    toml.blank();
    toml.comment(&format!(
        "People by the quarter of an hour, as seen on the days that are replayed ({} different people); \
         those who served nobody are not seen. In {} quarters there is one person, although hardly \
         anybody was seen: somebody held the line who was served later.",
        count(*people as u64),
        count(*raised as u64),
    ));
    head(toml, estimates, name, channels, habits);
    let clock = |quarter: usize| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    for (day, quarters) in replay.days.clone().zip(quarters.chunks(QUARTERS)) {
        let mut from = 0;
        for alike in quarters.chunk_by(|a, b| a == b) {
            let to = from + alike.len();
            if alike[0] > 0 {
                toml.line(&format!(
                    "    {{ weeks = [{}], days = \"{}\", hours = \"{}-{}\", people = {} }},",
                    day / 7 + 1,
                    WEEKDAYS[day % 7],
                    clock(from),
                    clock(to),
                    alike[0],
                ));
            }
            from = to;
        }
    }
    toml.line("]");
}
