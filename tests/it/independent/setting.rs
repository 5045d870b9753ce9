//! What a scenario says, read from its file key by key. Every value that is used must be written
//! there: this implementation knows no defaults.

use toml::{Table, Value};

use crate::independent::keys::{
    Company, Customers, Followers, Listening, Market, Publicity, Reaction, Run, Spread, number,
    text,
};
use crate::independent::triage::Rule;

pub struct Channel {
    pub name: String,
    pub public: bool,
    pub live: bool,
    pub presented: bool,
    pub effort: f64,
    pub belief: f64,
    pub tagged: f64,
    /// Mean hours, exponential.
    pub patience: f64,
    /// Callers at once.
    pub lines: usize,
}

pub struct Shift {
    /// Monday is 0.
    pub days: std::ops::RangeInclusive<usize>,
    pub from: f64,
    pub to: f64,
    pub people: usize,
}

pub struct Team {
    pub channels: Vec<usize>,
    pub shifts: Vec<Shift>,
    pub conversations: usize,
    pub wage: f64,
    pub tone: f64,
    pub may_fix: bool,
    pub may_compensate: bool,
    /// Hours; infinite where there is no target.
    pub handle_target: f64,
    /// Mean hours for which a call rings, and the spread of its logarithm; 0 where nothing is said.
    pub pickup: (f64, f64),
}

pub struct Setting {
    pub run: Run,
    pub customers: Customers,
    pub followers: Followers,
    pub attitude: Spread,
    pub expectation: Spread,
    /// Cumulative shares and hours by which an answer is expected.
    pub reply_expected: Vec<(f64, f64)>,
    pub by_hour: Vec<f64>,
    pub by_weekday: Vec<f64>,
    pub company: Company,
    pub severity: Spread,
    pub market: Market,
    pub channels: Vec<Channel>,
    pub teams: Vec<Team>,
    pub listening: Listening,
    /// The team that searches.
    pub listeners: usize,
    pub triage: Vec<Rule>,
    pub reaction: Reaction,
    pub publicity: Publicity,
}

impl Setting {
    pub fn read(scenario: &str) -> Self {
        let table: Table = scenario.parse().expect("a table");
        let customers = &table["customers"];
        let listening = &table["listening"];
        let channels: Vec<Channel> =
            section(&table, "channel").iter().map(|(name, it)| channel(name, it)).collect();
        let names: Vec<&str> = channels.iter().map(|it| it.name.as_str()).collect();
        let teams = section(&table, "team");
        Self {
            run: Run::read(&table["run"]),
            customers: Customers::read(customers),
            followers: Followers::read(&customers["followers"]),
            attitude: Spread::read(&customers["attitude"]),
            expectation: Spread::read(&customers["expectation"]),
            reply_expected: list(&customers["reply_expected_hours"])
                .iter()
                .map(|it| (number(&it["share"]), number(&it["hours"])))
                .collect(),
            by_hour: list(&customers["by_hour"]).iter().map(number).collect(),
            by_weekday: list(&customers["by_weekday"]).iter().map(number).collect(),
            company: Company::read(&table["company"]),
            severity: Spread::read(&table["company"]["severity"]),
            market: Market::read(&table["market"]),
            teams: teams.iter().map(|(_, it)| team(it, &names)).collect(),
            listening: Listening::read(listening),
            listeners: teams
                .keys()
                .position(|name| name == text(&listening["team"]))
                .expect("a team that listens"),
            triage: list(&table["triage"])
                .iter()
                .map(|it| Rule::read(it, &table, &names))
                .collect(),
            reaction: Reaction::read(&table["reaction"]),
            publicity: Publicity::read(&table["publicity"]),
            channels,
        }
    }

    /// The counted window, in hours.
    pub fn window(&self) -> std::ops::Range<f64> {
        self.run.warmup_days * 24.0..(self.run.days - self.run.margin_days) * 24.0
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list"))
}

fn section<'a>(table: &'a Table, name: &str) -> &'a Table {
    table[name].as_table().unwrap_or_else(|| panic!("{name} is not a section"))
}

fn channel(name: &str, it: &Value) -> Channel {
    let live = text(&it["waits"]) == "on the line";
    Channel {
        name: name.to_owned(),
        public: text(&it["seen_by"]) == "public",
        live,
        presented: it["presented"].as_bool().expect("a truth value"),
        effort: number(&it["effort"]),
        belief: number(&it["belief"]),
        tagged: number(&it["tagged"]),
        patience: if live { number(&it["patience"]["mean_minutes"]) / 60.0 } else { 0.0 },
        lines: if live { number(&it["lines"]) as usize } else { 0 },
    }
}

fn team(it: &Value, channels: &[&str]) -> Team {
    let may = |what: &str| list(&it["may"]).iter().any(|it| text(it) == what);
    let position = |name| channels.iter().position(|it| *it == name).expect("a channel");
    Team {
        channels: list(&it["channels"]).iter().map(|it| position(text(it))).collect(),
        shifts: list(&it["shifts"]).iter().map(shift).collect(),
        conversations: number(&it["conversations_at_once"]) as usize,
        wage: number(&it["wage_per_hour"]),
        tone: number(&it["tone"]),
        may_fix: may("fix"),
        may_compensate: may("compensate"),
        handle_target: it
            .get("handle_target_minutes")
            .map_or(f64::INFINITY, |minutes| number(minutes) / 60.0),
        pickup: it
            .get("pickup_seconds")
            .map_or((0.0, 0.0), |seconds| (number(seconds) / 3600.0, number(&it["pickup_sigma"]))),
    }
}

/// Days such as `Mon-Fri`; hours such as `08:30-17:00`, not past midnight.
fn shift(it: &Value) -> Shift {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = |name: &str| DAYS.iter().position(|day| *day == name).expect("a day");
    let (first, last) = text(&it["days"]).split_once('-').expect("a range of days");
    let (from, to) = text(&it["hours"]).split_once('-').expect("a range of hours");
    let hours = |time: &str| {
        let (hour, minute) = time.split_once(':').expect("a time");
        hour.parse::<f64>().expect("hours") + minute.parse::<f64>().expect("minutes") / 60.0
    };
    Shift {
        days: day(first)..=day(last),
        from: hours(from),
        to: hours(to),
        people: number(&it["people"]) as usize,
    }
}
