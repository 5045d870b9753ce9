//! Kinds of messages, and the table that says what is done about each.

use toml::{Table, Value};

use crate::independent::keys::{number, text};

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    Complaint,
    Question,
    Misguided,
    Rage,
    Troll,
    Praise,
}

pub const KINDS: [Kind; 6] =
    [Kind::Complaint, Kind::Question, Kind::Misguided, Kind::Rage, Kind::Troll, Kind::Praise];

impl Kind {
    pub fn is_failure(self) -> bool {
        matches!(self, Kind::Complaint | Kind::Rage)
    }

    pub fn asks(self) -> bool {
        !matches!(self, Kind::Troll | Kind::Praise)
    }

    fn read(name: &str) -> Self {
        match name {
            "complaint" => Kind::Complaint,
            "question" => Kind::Question,
            "misguided" => Kind::Misguided,
            "rage" => Kind::Rage,
            "troll" => Kind::Troll,
            "praise" => Kind::Praise,
            other => panic!("{other} is not a kind"),
        }
    }
}

/// What one action costs and is worth.
#[derive(Clone)]
pub struct Action {
    pub name: String,
    /// An automatic line.
    pub machine: bool,
    /// A person answers; if neither this nor a machine, a person only reads.
    pub person: bool,
    pub on_topic: bool,
    /// Mean hours and sigma; a sigma of 0 is a constant.
    pub handle: (f64, f64),
    pub fixes: f64,
    pub tone: f64,
    pub makes_good: f64,
    pub money: f64,
}

impl Action {
    pub fn ignores(&self) -> bool {
        self.name == "ignore"
    }

    /// Sounds like marketing.
    pub fn is_gimmick(&self) -> bool {
        ["canned", "compensate", "share-success"].contains(&self.name.as_str())
    }
}

/// What triage knows of a message.
pub struct Known {
    pub kind: Kind,
    pub severity: f64,
    pub followers: f64,
    pub tagged: bool,
    pub repeat: bool,
    pub waited_hours: f64,
    pub audience: f64,
    pub channel: usize,
}

#[derive(Clone)]
pub struct Rule {
    kinds: Vec<Kind>,
    /// Name of what is compared, and a range from (included) and to (excluded).
    numbers: Vec<(String, f64, f64)>,
    truths: Vec<(String, bool)>,
    channel: Option<usize>,
    pub action: Action,
    pub rank: Option<usize>,
    /// Hours.
    pub head_start: f64,
    pub to: Option<usize>,
}

impl Rule {
    pub fn read(it: &Value, table: &Table, channels: &[&str]) -> Self {
        let position = |it: &Value| channels.iter().position(|name| *name == text(it));
        let mut rule = Self {
            kinds: Vec::new(),
            numbers: Vec::new(),
            truths: Vec::new(),
            channel: None,
            action: action(text(&it["do"]), table),
            rank: it.get("priority").map(|rank| number(rank) as usize),
            head_start: it.get("head_start_minutes").map_or(0.0, number) / 60.0,
            to: it.get("to").and_then(position),
        };
        for (key, value) in it.get("when").and_then(Value::as_table).into_iter().flatten() {
            match (key.as_str(), value) {
                ("kind", Value::Array(kinds)) => {
                    rule.kinds = kinds.iter().map(|it| Kind::read(text(it))).collect();
                }
                ("kind", one) => rule.kinds = vec![Kind::read(text(one))],
                ("channel", name) => rule.channel = position(name),
                (_, Value::Boolean(truth)) => rule.truths.push((key.clone(), *truth)),
                (_, range) => {
                    let (from, to) = bounds(text(range));
                    rule.numbers.push((key.clone(), from, to));
                }
            }
        }
        rule
    }

    pub fn holds(&self, known: &Known) -> bool {
        let number = |name: &str| match name {
            "severity" => known.severity,
            "followers" => known.followers,
            "waited_hours" => known.waited_hours,
            "audience" => known.audience,
            other => panic!("{other} is not known"),
        };
        let truth = |name: &str| match name {
            "tagged" => known.tagged,
            "repeat" => known.repeat,
            other => panic!("{other} is not known"),
        };
        (self.kinds.is_empty() || self.kinds.contains(&known.kind))
            && self.channel.is_none_or(|channel| channel == known.channel)
            && self.numbers.iter().all(|(name, from, to)| (*from..*to).contains(&number(name)))
            && self.truths.iter().all(|(name, wanted)| truth(name) == *wanted)
    }
}

/// `">= 0.3 and < 0.6"`.
fn bounds(text: &str) -> (f64, f64) {
    let mut range = (f64::NEG_INFINITY, f64::INFINITY);
    for part in text.split(" and ") {
        let value = |it: &str| it.trim().replace('_', "").parse::<f64>().expect("a number");
        if let Some(from) = part.strip_prefix(">=") {
            range.0 = value(from);
        } else if let Some(to) = part.strip_prefix('<') {
            range.1 = value(to);
        } else {
            panic!("{part} is not a bound");
        }
    }
    range
}

fn action(name: &str, table: &Table) -> Action {
    let none = Action {
        name: name.to_owned(),
        machine: false,
        person: false,
        on_topic: false,
        handle: (0.0, 0.0),
        fixes: 0.0,
        tone: 0.0,
        makes_good: 0.0,
        money: 0.0,
    };
    if name == "ignore" {
        return none;
    }
    let it = &table["answer"][name];
    let handle = &it["handle"];
    let constant = text(&handle["shape"]) == "constant";
    Action {
        machine: text(&it["by"]) == "machine",
        person: text(&it["by"]) == "person",
        on_topic: it["on_topic"].as_bool().expect("a truth value"),
        handle: (
            number(&handle["mean_minutes"]) / 60.0,
            if constant { 0.0 } else { number(&handle["sigma"]) },
        ),
        fixes: number(&it["fixes"]),
        tone: number(&it["tone"]),
        makes_good: number(&it["makes_good"]),
        money: number(&it["money"]),
        ..none
    }
}
