//! `[replay]`: contacts that arrive at the times of a log.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::source::{Problem, nearest};
use base16ct::lower::encode_string as hexadecimal;
use heard_contacts::Wanted;
use heard_contacts::files::{Files, Kind};
use heard_contacts::input::Input;
use heard_contacts::moment::{DAY_MS, Moment, parse_day};
use heard_contacts::rows::Rows;
use heard_text::diagnostic::Diagnostic;
use heard_text::list;

/// Maximum size of a file, in bytes.
const MOST_BYTES: u64 = 1 << 30;

/// All streams' contacts arrive at the times in a file instead of at random. Every replication has
/// the same arrivals; handle times and patience are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// A file with a row `arrived,stream` for each contact: its time, such as `2026-03-02T09:15:00`,
    /// and the stream that it belongs to. `heard fit --replay` writes it. Its path is
    /// relative to the scenario. A stream that it does not name has no contacts.
    pub file: String,
    /// The Monday on which the run begins, such as `2026-03-02`.
    pub first_day: String,
}

/// The arrivals of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    streams: IndexMap<String, Arc<[f64]>>,
    sha256: String,
}

impl Replay {
    /// The first day of the run, days since 1970 began.
    ///
    /// # Errors
    /// Where it is not a Monday: what is wrong and what would be right.
    pub fn first_day(&self) -> Result<i64, (String, String)> {
        let help = "write the Monday on which the run begins, such as 2026-03-02".to_owned();
        let Some(day) = parse_day(&self.first_day) else {
            return Err((
                format!("replay.first_day: `{}` is not a valid date", self.first_day),
                help,
            ));
        };
        if Moment::local(day * DAY_MS).hour_of_week() != 0 {
            return Err((format!("replay.first_day: {} is not a Monday", self.first_day), help));
        }
        Ok(day)
    }

    /// Reads the arrivals for a run of this many days with these streams.
    ///
    /// # Errors
    /// At the first row that is wrong.
    pub fn read(
        &self,
        path: &Path,
        days: f64,
        streams: &[&str],
        files: &dyn Files,
    ) -> Result<Replayed, Problem> {
        let first = self.first_day().map_err(|(message, help)| Problem::new(message).help(help))?;
        let name = path.display().to_string();
        let bytes = read_whole(path, &name, files)?;
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        let unreadable = |error| Problem::new(format!("{name} cannot be read: {error}"));
        let input = Input::of_bytes(&name, bytes).map_err(unreadable)?;
        let streams = arrivals(input, first, days, streams).map_err(|error| problem(&error))?;
        Ok(Replayed { streams, sha256 })
    }
}

fn read_whole(path: &Path, name: &str, files: &dyn Files) -> Result<Vec<u8>, Problem> {
    let help = "`replay.file` is the path of a file, relative to the scenario";
    let info = files
        .info(path)
        .map_err(|_| Problem::new(format!("there is no file {name}")).help(help))?;
    if info.kind != Kind::File || info.bytes > MOST_BYTES {
        let what = if info.kind == Kind::File { "is larger than 1 GiB" } else { "is not a file" };
        return Err(Problem::new(format!("{name} {what}")).help(help));
    }
    let mut bytes = Vec::with_capacity(info.bytes as usize);
    files
        .open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|error| Problem::new(format!("{name} cannot be read: {error}")))?;
    Ok(bytes)
}

/// The problem with the scenario that an unreadable file is: it is told where the scenario names it.
fn problem(error: &Diagnostic) -> Problem {
    let source = error.source_name().unwrap_or_default();
    let line = error.line().map_or(String::new(), |line| format!(", line {line}"));
    let problem = Problem::new(format!("{source}{line}: {}", error.message));
    match &error.help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn arrivals(
    input: Input,
    first_day: i64,
    days: f64,
    known: &[&str],
) -> Result<IndexMap<String, Arc<[f64]>>, Diagnostic> {
    let mut rows = Rows::open(input, &Wanted { delimiter: Some(b','), ..Wanted::default() })?;
    let (arrived, stream) = (rows.column("arrived"), rows.column("stream"));
    if arrived.is_none() || stream.is_none() {
        return Err(rows
            .error_at(1, "a file of arrivals has the columns `arrived` and `stream`")
            .help("its first line is `arrived,stream`"));
    }
    let mut times: IndexMap<String, Vec<f64>> =
        known.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
    while rows.go_on()? {
        let wrong = |message: String| rows.error_at(rows.line(), message);
        let text = rows.text(arrived).unwrap_or_default();
        let Some(moment) = Moment::parse(text.as_bytes()) else {
            return Err(wrong(format!("`arrived` is not a valid timestamp: `{text}`"))
                .help("write for instance 2026-03-02T09:15:00"));
        };
        let hours = (moment.wall_ms - first_day * DAY_MS) as f64 / 3_600_000.0;
        if !(0.0..days * 24.0).contains(&hours) {
            return Err(wrong(format!("{} is not within the run", moment.text())).help(format!(
                "the run has {} from replay.first_day on: change run.days or replay.first_day",
                list::days(days)
            )));
        }
        let name = rows.text(stream).unwrap_or_default();
        let Some(times) = times.get_mut(name.as_ref()) else {
            let error = wrong(format!("there is no stream `{name}`"));
            return Err(match nearest(&name, known.iter().copied()) {
                Some(close) => error.help(format!("did you mean `{close}`?")),
                None => error.help(format!("the streams are: {}", list::list(known))),
            });
        };
        times.push(hours);
    }
    rows.end(0.0)?;
    let sorted = |(name, mut times): (String, Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        (name, times.into())
    };
    Ok(times.into_iter().map(sorted).collect())
}

impl Replayed {
    /// When the contacts of a stream come, in hours since the run began, rising; `None` where the
    /// scenario has no such stream.
    #[must_use]
    pub fn of(&self, stream: &str) -> Option<&Arc<[f64]>> {
        self.streams.get(stream)
    }

    /// Contacts in the file.
    #[must_use]
    pub fn contacts(&self) -> usize {
        self.streams.values().map(|times| times.len()).sum()
    }

    /// The SHA-256 of the file, as 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
