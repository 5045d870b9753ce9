//! What verbs that read a log have in common.

use heard_text::list::list;
use heard_text::name::safe;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::end::{End, note};
use super::progress;
use heard_contacts::field::{Field, Mapping, Values};
use heard_contacts::input::Input;
use heard_contacts::length::Unit;
use heard_contacts::moment::{Order, Zone};
use heard_contacts::note::Reading;
use heard_contacts::words::Word;
use heard_contacts::{Encoding, FORMATS, Format, Header, Options, Wanted};

/// A log, and how to read it.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// Read a column as a field: `--map created=arrived --map "AHT=handle:minutes"`; `--map "Priority="`
    /// leaves a column out. Other columns are taken by name and values
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = mapping)]
    maps: Vec<Mapping>,
    /// Read it as this format, whatever it looks like: a name that `heard list --formats` shows
    #[arg(long = "as", value_name = "FORMAT", value_parser = format)]
    written_as: Option<&'static Format>,
    /// What a value means that is not known: `--value "NO REPLY=abandoned" --value "none yet="`
    #[arg(long = "value", value_name = "VALUE=WORD", value_parser = meaning)]
    values: Vec<(String, Option<Word>)>,
    /// Order of day, month and year in dates such as 02/03/2026 [default: what the dates show]
    #[arg(long, value_name = "ORDER", value_parser = order)]
    dates: Option<Order>,
    /// Time zone of times without an offset, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<Zone>,
    /// Separator of the columns [default: what the file shows]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// How letters are written, such as UTF-8, UTF-16, windows-1252 or CP850 [default: what the file
    /// shows]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Sheet of a workbook, by name or number [default: the first that looks like a log]
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// Line that names the columns, or `none` where none does: they are then called 1, 2, 3 and so on
    /// [default: what the file shows]
    #[arg(long, value_name = "LINE", value_parser = header)]
    header: Option<Header>,
    /// Largest share of rows that may be left out because they cannot be read
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = share)]
    skip: f64,
}

fn mapping(text: &str) -> Result<Mapping, String> {
    let (column, field) = text.rsplit_once('=').ok_or("write COLUMN=FIELD")?;
    let (column, field) = (column.trim(), field.trim());
    if field.is_empty() {
        return Ok(Mapping::left_out(column));
    }
    let (name, unit) = match field.split_once(':') {
        Some((name, unit)) => (name, Some(unit)),
        None => (field, None),
    };
    let known = || list(&Field::ALL.map(Field::name));
    let field = Field::of(name).ok_or_else(|| format!("the fields are: {}", known()))?;
    let unit = match unit {
        None => None,
        Some(_) if field.values() != Values::Lengths => {
            return Err(format!("`{name}` has no unit: it is not a length of time"));
        }
        Some(unit) => Some(
            Unit::of(unit)
                .ok_or_else(|| format!("the units are: {}", list(&Unit::ALL.map(Unit::name))))?,
        ),
    };
    Ok(Mapping { unit, ..Mapping::new(column, field) })
}

fn meaning(text: &str) -> Result<(String, Option<Word>), String> {
    let (value, word) =
        text.rsplit_once('=').ok_or("write VALUE=WORD, or VALUE= for an empty field")?;
    let word = word.trim();
    if word.is_empty() {
        return Ok((value.to_owned(), None));
    }
    let known = || list(&Word::NAMED.map(|(name, _)| name));
    let word = Word::named(word).ok_or_else(|| format!("the words are: {}", known()))?;
    Ok((value.to_owned(), Some(word)))
}

fn order(text: &str) -> Result<Order, String> {
    let found = Order::ALL.into_iter().find(|order| order.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "write DMY (day, month, year), MDY or YMD".to_owned())
}

fn zone(text: &str) -> Result<Zone, String> {
    Zone::named(text)
        .ok_or_else(|| "write the name of a zone, such as Europe/Berlin or UTC".to_owned())
}

fn format(text: &str) -> Result<&'static Format, String> {
    let known = || list(&FORMATS.map(|format| format.key));
    Format::of_key(text).ok_or_else(|| format!("the formats are: {}", known()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii() && !matches!(one, b'"' | b'\n' | b'\r') => Ok(*one),
        _ => Err("write one character, such as `;`, or `\\t` for a tab".to_owned()),
    }
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::of(text).ok_or_else(|| {
        "the names are those of the web, such as UTF-8, UTF-16 or windows-1252, and CP850 and CP437"
            .to_owned()
    })
}

fn header(text: &str) -> Result<Header, String> {
    if text == "none" {
        return Ok(Header::Missing);
    }
    let line = text.parse().ok().filter(|line| *line > 0);
    line.map(Header::Line).ok_or_else(|| "write the number of a line, or `none`".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().ok().map(|number| number / unit);
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "write a share from 0% to 100%".to_owned())
}

impl Log {
    /// How the log is to be read.
    pub fn options(&self) -> Options {
        let wanted = Wanted {
            encoding: self.encoding,
            sheet: self.sheet.clone(),
            delimiter: self.delimiter,
            header: self.header,
            ..Wanted::default()
        };
        Options {
            map: self.maps.clone(),
            format: self.written_as,
            values: self.values.clone(),
            dates: self.dates,
            zone: self.timezone.clone().unwrap_or_default(),
            wanted,
            skip: self.skip,
        }
    }
}

/// Says how the columns of a log were taken: what was guessed with the first contacts as they were read,
/// and what was left out.
pub fn say(reading: &Reading, samples: bool) {
    if samples && reading.is_guessed() {
        let mut text = format!(
            "columns are read as {}; `--map COLUMN=FIELD` changes that, `--map \"COLUMN=\"` leaves one out.",
            reading.mapping()
        );
        for sample in &reading.samples {
            text += &format!("\n  {}", safe(sample));
        }
        note(&text);
    }
    for what in &reading.notes {
        note(&format!("{}.", safe(&what.to_string())));
    }
}

/// Opens a log.
pub fn open(path: &Path) -> Result<Input, End> {
    Input::open(path).map_err(End::Refused)
}

/// Shows how far a log has been read during `work`.
pub fn watched<T>(input: Input, quiet: bool, work: impl FnOnce(Input) -> T + Send) -> T
where
    T: Send,
{
    let done = std::sync::Arc::clone(&input.done);
    let bar = progress::bar(quiet, input.bytes.unwrap_or(0));
    let template = match input.bytes {
        Some(_) => "{bar:40} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {bytes} read",
    };
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| follow(&bar, &done, &over));
        // However the work ends, the thread that watches must stop.
        let _end = Raised(&over);
        work(input)
    })
}

/// Raises a flag when it goes.
struct Raised<'a>(&'a AtomicBool);

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn follow(bar: &ProgressBar, done: &std::sync::atomic::AtomicU64, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        bar.set_position(done.load(Ordering::Relaxed));
        std::thread::park_timeout(Duration::from_millis(if bar.is_hidden() { 5 } else { 50 }));
    }
    bar.finish_and_clear();
}
