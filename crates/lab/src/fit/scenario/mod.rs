//! The scenario of a fit: every value with where it comes from and how sure it is.
//!
//! It is TOML with comments, and not a document for readers alone: an experiment is built from it, in
//! memory, before anything is on the disk.

mod staff;
mod streams;
mod toml;

use std::ops::Range;

use heard_contacts::files::Memory;
use heard_contacts::moment::day_text;
use heard_scenario::study::{Request, Study};
use heard_text::diagnostic::Diagnostic;
use heard_text::list::{self, counted};
use heard_text::number::{count, percent};

use super::Estimates;
use super::channels::Channel;
use super::estimates::Sample;
use super::replay::Replay;
use toml::{Toml, Value};

/// A scenario in memory, as it would lie on a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its TOML.
    pub toml: String,
    /// The file of arrivals that it names, and what that holds; `None` where arrivals are random.
    pub arrivals: Option<(String, String)>,
}

impl Scenario {
    /// What is to be run, `replications` times; `name` is what messages call it.
    ///
    /// # Errors
    /// Where the scenario is refused.
    pub fn study(&self, name: &str, replications: u32) -> Result<Study, Diagnostic> {
        let path = format!("{name}.toml");
        let mut files = Memory::default();
        files.put(&path, self.toml.as_str());
        if let Some((name, text)) = &self.arrivals {
            files.put(name, text.as_str());
        }
        let request =
            Request { scenario: path, replications: Some(replications), ..Request::default() };
        Study::read(&request, &files)
    }
}

impl Estimates {
    /// The scenario of these estimates; `arrivals_file` is what it calls the file of arrivals that are
    /// replayed.
    #[must_use]
    pub fn scenario(&self, arrivals_file: &str) -> Scenario {
        let mut toml = Toml::default();
        head(&mut toml, self);
        run(&mut toml, self);
        if let Some(replay) = &self.replay {
            toml.blank();
            toml.comment("The log's own contacts at their own times, in every replication.");
            toml.line("[replay]");
            toml.value("file", arrivals_file);
            toml.value("first_day", &*day_text(replay.monday));
        }
        toml.table(&["customers"]);
        toml.noted("count", 0, "the log has contacts, not customers who said nothing");
        self.channels.iter().for_each(|each| channel(&mut toml, each));
        self.streams.iter().for_each(|stream| streams::stream(&mut toml, self, stream));
        streams::rules(&mut toml, self);
        match &self.replay {
            None => staff::weekly(&mut toml, self),
            Some(replay) => staff::dated(&mut toml, self, replay),
        }
        let arrivals = self.replay.as_ref().map(|replay| self.arrivals(replay));
        Scenario {
            toml: toml.finish(),
            arrivals: arrivals.map(|text| (arrivals_file.to_owned(), text)),
        }
    }

    /// The contacts that are replayed, as CSV.
    fn arrivals(&self, replay: &Replay) -> String {
        let names: Vec<String> =
            self.streams.iter().map(|stream| csv_field(&stream.class.name)).collect();
        let mut text = "arrived,stream\n".to_owned();
        for (arrived, stream) in &replay.arrivals {
            text += &format!("{},{}\n", arrived.text(), names[*stream]);
        }
        text
    }
}

/// A text as one field of CSV (RFC 4180).
fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn dates(dates: &Range<i64>) -> String {
    format!("{} to {}", day_text(dates.start), day_text(dates.end - 1))
}

fn head(toml: &mut Toml, estimates: &Estimates) {
    let Sample { log, company, contacts, guessed, caveats, .. } = &estimates.sample;
    let of_contacts = |number: usize| counted(number as f64, "contact", "contacts");
    let fitted = dates(&estimates.sample.dates);
    toml.comment(&format!(
        "Written by heard {} from {log}: {} with {company}, {fitted}.",
        env!("CARGO_PKG_VERSION"),
        of_contacts(*contacts),
    ));
    caveats.iter().for_each(|caveat| toml.comment(&format!("Note: {caveat}.")));
    if *guessed > 0 {
        toml.comment(&format!(
            "The log does not give the rank of {}; they have the ranks of others of their kind, in the same \
             proportions.",
            of_contacts(*guessed)
        ));
    }
    toml.comment(
        "What the log does not tell is left out below, and so has the default that docs/scenario.md gives. \
         That is so of what an answer solves and of what work costs: what a report says about resolution \
         and money is not from the log.",
    );
    let (days, counting) = (estimates.sample.days(), estimates.sample.counted);
    if counting < days {
        toml.comment(&format!(
            "Of {}, {} not count for arrivals and people: cut off, or without contacts where several \
             are usual.",
            list::days(days as f64),
            counted((days - counting) as f64, "does", "do"),
        ));
    }
    if let Some(replay) = &estimates.replay {
        for moved in &replay.moved {
            toml.comment(&format!(
                "{} of {} count as {}: the days that were fitted have too few of their own.",
                of_contacts(moved.contacts),
                moved.class,
                estimates.streams[moved.stream].class.name,
            ));
        }
        toml.comment(&format!(
            "It replays {} of {}, with the people seen on those days.",
            of_contacts(replay.sample.contacts),
            dates(&replay.sample.dates),
        ));
    }
    let what = match &estimates.replay {
        None => fitted,
        Some(replay) => dates(&replay.sample.dates) + " replayed",
    };
    toml.value("title", &*format!("{company}, {what}"));
}

fn run(toml: &mut Toml, estimates: &Estimates) {
    toml.table(&["run"]);
    match &estimates.replay {
        None => {
            let lies =
                estimates.channels.iter().any(|channel| !channel.live && channel.answered > 0);
            toml.value("days", if lies { 42 } else { 35 });
            toml.noted("warmup_days", 7, "from an empty start to the rhythm of the week");
            if lies {
                toml.noted("margin_days", 7, "so that messages of the last days can be answered");
            } else {
                toml.value("margin_days", 0);
            }
        }
        Some(Replay { days, .. }) => {
            let whole_weeks = 7 * days.end.div_ceil(7);
            toml.value("days", whole_weeks);
            let before = "the days of the first week before the log begins";
            toml.noted("warmup_days", days.start, before);
            toml.value("margin_days", whole_weeks - days.end);
        }
    }
    toml.value("replications", 100);
    toml.value("seed", 1);
    let headline = if estimates.channels.iter().any(|channel| channel.live) {
        ["abandon_rate", "wait_seconds_mean"]
    } else {
        ["first_answer_hours_p50", "first_answer_hours_p90"]
    };
    toml.value("headline", headline.into_iter().collect::<Value>());
}

fn channel(toml: &mut Toml, channel: &Channel) {
    let seen_by = if channel.public { "public" } else { "private" };
    let waits = if channel.live { "on the line" } else { "in an inbox" };
    toml.table(&["channel", &channel.name]);
    toml.value("seen_by", seen_by);
    toml.noted("waits", waits, &channel.basis.to_string());
    if channel.redirected > 0 {
        toml.comment(&format!(
            "{} of {} first answers send the customer elsewhere. Here all of them try to solve the problem: \
             a rule can redirect some kinds, but none at random.",
            percent(channel.redirected as f64 / channel.answered as f64),
            count(channel.answered as u64),
        ));
    }
}
