//! What verbs that read a log have in common.

use heard_text::list::list;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::end::End;
use super::progress;
use heard_contacts::input::Input;
use heard_contacts::{Encoding, Field, Header, Options, Wanted};

/// A log, and how to read it.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// Read a column as a field of another name: `--map created=arrived --map owner=agent`
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = mapping)]
    maps: Vec<(String, Field)>,
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

fn mapping(text: &str) -> Result<(String, Field), String> {
    let (column, field) = text.rsplit_once('=').ok_or("write COLUMN=FIELD")?;
    let known = || list(&Field::ALL.map(Field::name));
    let field = Field::of(field.trim()).ok_or_else(|| format!("the fields are: {}", known()))?;
    Ok((column.trim().to_owned(), field))
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
        Options { map: self.maps.clone(), wanted, skip: self.skip }
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
