//! Rows of JSON: an object a line, an array of objects, or an object that holds such an array.
//!
//! Objects are cut out of the file one by one, and each becomes a row: nested objects become columns
//! `outer.inner`, `null` is empty, and numbers are as they were written.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::Range;

use heard_text::diagnostic::Diagnostic;
use indexmap::{IndexMap, IndexSet};
use serde_json::value::RawValue;

use super::{Row, broken};
use crate::guard::MARK;
use crate::input::{Input, fill};
use crate::limits::{MOST_KEYS, MOST_OF_ROW};
use crate::look::Encoding;
use crate::look::cells::is_dated;
use crate::values::shown;

/// Objects within one another that become columns.
const DEPTH: usize = 8;
/// Objects by which the columns are known, and bytes of them.
const FIRST: (usize, usize) = (1_000, 1 << 20);

/// What a file in JSON looks like.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Whether every object has a line of its own.
    pub lines: bool,
    /// Where the objects begin, in bytes of UTF-8.
    start: u64,
    /// Its columns: the keys of its first objects.
    pub columns: IndexSet<String>,
}

impl Shape {
    /// Looks at a file that begins with an object or an array of objects.
    pub(crate) fn of(
        input: &Input,
        encoding: Option<Encoding>,
        head: &[u8],
    ) -> Result<Self, Diagnostic> {
        let mut shape = Self { lines: is_lines(head), start: 0, columns: IndexSet::new() };
        if !shape.lines {
            shape.start = inner(head).unwrap_or(0) as u64;
        }
        let mut json = Json::open(input, encoding, &shape, false)
            .map_err(|error| broken(&input.name, 0, &error))?;
        let (mut objects, mut bytes) = (0, 0);
        while objects < FIRST.0 && bytes < FIRST.1 && json.cut()? {
            objects += 1;
            bytes += json.object.len();
            let mut cells = IndexMap::new();
            if flatten(&json.object, "", 0, &mut cells).is_ok() {
                shape.columns.extend(cells.into_keys());
            }
        }
        if shape.columns.len() > MOST_KEYS {
            let message = format!("its objects have {} different keys", shape.columns.len());
            return Err(Diagnostic::in_source(&input.name, None, message)
                .help("a log of contacts has the same few keys in every object"));
        }
        Ok(shape)
    }
}

/// Whether the first object ends where its line ends.
fn is_lines(head: &[u8]) -> bool {
    let first = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    first.is_some_and(|line| {
        let whole = serde_json::from_slice::<IndexMap<String, &RawValue>>(line.trim_ascii());
        let more = head.trim_ascii_end().len() > line.len();
        whole.is_ok() && (more || arrays(line).is_empty())
    })
}

/// Where the array of objects begins that an object or an array holds: the first one with dates, or else
/// the first.
fn inner(head: &[u8]) -> Option<usize> {
    let arrays = arrays(head);
    let has_dates = |array: &&Range<usize>| {
        let begin = &head[array.start..array.end.min(array.start + 4_000)];
        begin.split(|byte| matches!(byte, b'"' | b',' | b':')).any(is_dated)
            || begin.split(|byte| *byte == b'"').any(is_dated)
    };
    arrays.iter().find(has_dates).or(arrays.first()).map(|array| array.start)
}

/// Where arrays of objects stand, but for those within others.
fn arrays(head: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut quoted, mut escaped, mut depth) = (false, false, 0_usize);
    for (at, byte) in head.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' => {
                let holds = head[at + 1..].trim_ascii_start().first() == Some(&b'{');
                if depth == 0 && holds {
                    found.push(at..head.len());
                }
                depth += 1;
            }
            b']' => {
                depth = depth.saturating_sub(1);
                if let Some(last) =
                    found.last_mut().filter(|last| depth == 0 && last.end == head.len())
                {
                    last.end = at;
                }
            }
            _ => {}
        }
    }
    found
}

/// A file in JSON, read object by object.
pub(crate) struct Json {
    name: String,
    reader: BufReader<Box<dyn Read + Send>>,
    lines: bool,
    columns: IndexSet<String>,
    /// The object that was cut out last, and the line or the number it has.
    object: Vec<u8>,
    line: u64,
    objects: u64,
    place: u64,
    /// Whether an array has begun, and whether it has ended.
    opened: bool,
    ended: bool,
    /// The first key without a column, and how many objects have such keys.
    pub late: Option<(String, u64)>,
}

impl Json {
    /// Opens it where its objects begin.
    pub(crate) fn open(
        input: &Input,
        encoding: Option<Encoding>,
        shape: &Shape,
        counted: bool,
    ) -> io::Result<Self> {
        let mut source = input.reader(counted)?;
        if let Some(encoding) = encoding {
            source = encoding.reader(source);
        }
        let mut begin = [0; MARK.len()];
        let read = fill(&mut *source, &mut begin)?;
        if begin != MARK {
            source = Box::new(Cursor::new(begin).take(read as u64).chain(source));
        }
        io::copy(&mut source.by_ref().take(shape.start), &mut io::sink())?;
        Ok(Self {
            name: input.name.clone(),
            reader: BufReader::with_capacity(1 << 16, source),
            lines: shape.lines,
            columns: shape.columns.clone(),
            object: Vec::new(),
            line: 1,
            objects: 0,
            place: 0,
            opened: false,
            ended: false,
            late: None,
        })
    }

    /// Reads the next object as a row; false at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, Diagnostic> {
        if !self.cut()? {
            return Ok(false);
        }
        row.line = self.place;
        row.fault = None;
        row.record.clear();
        let mut cells = IndexMap::new();
        if let Err(why) = flatten(&self.object, "", 0, &mut cells) {
            row.fault = Some(why);
            cells.clear();
            // It is not a blank line.
            row.record.push_field(b"?");
            return Ok(true);
        }
        for column in &self.columns {
            let cell = cells.swap_remove(column).unwrap_or_default();
            row.record.push_field(cell.as_bytes());
        }
        if let Some(key) = cells.into_keys().next() {
            self.late.get_or_insert((key, 0)).1 += 1;
        }
        Ok(true)
    }

    fn error(&self, message: &str) -> Diagnostic {
        let (what, place) =
            if self.lines { ("line", self.place) } else { ("object", self.objects) };
        let source = format!("{}, {what} {place}", self.name);
        Diagnostic::in_source(&source, None, message)
    }

    /// Cuts the next object out of the file, without reading it; false at the end.
    fn cut(&mut self) -> Result<bool, Diagnostic> {
        self.object.clear();
        let mut state = Cutting::default();
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => return Err(broken(&self.name, self.line, &error)),
            };
            if buffer.is_empty() || self.ended && !state.begun {
                if state.begun && !self.lines {
                    return Err(self
                        .error("the file breaks off within this object")
                        .help("it was cut off in the middle: export it again"));
                }
                return Ok(state.begun);
            }
            let mut used = 0;
            let mut done = false;
            for byte in buffer {
                used += 1;
                if *byte == b'\n' {
                    self.line += 1;
                }
                match state.hear(*byte, self.lines, self.opened) {
                    Heard::Between if *byte == b'[' => self.opened = true,
                    Heard::Between if *byte == b']' => self.ended = true,
                    Heard::Between => {}
                    Heard::Within => {
                        if self.object.is_empty() {
                            self.objects += 1;
                            self.place = if self.lines { self.line } else { self.objects };
                        }
                        self.object.push(*byte);
                    }
                    Heard::Last => {
                        self.object.push(*byte);
                        done = true;
                    }
                    Heard::Over => {
                        self.ended = *byte == b']';
                        done = true;
                    }
                }
                if done || self.ended || self.object.len() > MOST_OF_ROW {
                    break;
                }
            }
            self.reader.consume(used);
            if self.object.len() > MOST_OF_ROW {
                return Err(self
                    .error("the object is longer than 1 MiB")
                    .help("an object of a log of contacts is not that long"));
            }
            if done {
                return Ok(true);
            }
        }
    }
}

/// Where in a file the cutting stands.
#[derive(Default)]
struct Cutting {
    begun: bool,
    quoted: bool,
    escaped: bool,
    depth: usize,
}

/// What a byte is.
enum Heard {
    /// Between objects.
    Between,
    /// Within one.
    Within,
    /// The last of one.
    Last,
    /// Behind one that has ended.
    Over,
}

impl Cutting {
    fn hear(&mut self, byte: u8, lines: bool, opened: bool) -> Heard {
        if !self.begun {
            let is_between = byte.is_ascii_whitespace()
                || !lines && (matches!(byte, b',' | b']') || byte == b'[' && !opened);
            if is_between {
                return Heard::Between;
            }
            self.begun = true;
        }
        if lines {
            return if byte == b'\n' { Heard::Over } else { Heard::Within };
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => self.quoted = !self.quoted,
            _ if self.quoted => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 1 => self.depth -= 1,
            b'}' | b']' if self.depth == 1 => return Heard::Last,
            b',' | b']' if self.depth == 0 => return Heard::Over,
            _ => {}
        }
        Heard::Within
    }
}

/// Writes the values of an object under the names of its keys.
fn flatten(
    object: &[u8],
    prefix: &str,
    depth: usize,
    cells: &mut IndexMap<String, String>,
) -> Result<(), String> {
    let object = object.trim_ascii();
    if !object.starts_with(b"{") {
        return Err(format!("it is not an object: `{}`", shown(object)));
    }
    let Ok(text) = std::str::from_utf8(object) else {
        return Err("it is not text in UTF-8: say how it is written with --encoding".to_owned());
    };
    let fields: IndexMap<String, &RawValue> =
        serde_json::from_str(text).map_err(|error| format!("it is not valid JSON: {error}"))?;
    for (key, value) in fields {
        // `{"$date": ...}`, as MongoDB writes a value of some type, is that value.
        let name = match prefix.strip_suffix('.') {
            Some(outer) if key.starts_with('$') => outer.to_owned(),
            _ => format!("{prefix}{}", key.trim()),
        };
        let value = value.get();
        match value.as_bytes().first() {
            Some(b'{') if depth < DEPTH => {
                flatten(value.as_bytes(), &format!("{name}."), depth + 1, cells)?;
            }
            Some(b'"') => {
                let text = serde_json::from_str::<String>(value)
                    .or_else(|_| serde_json::from_str::<String>(&with_whole_letters(value)));
                cells.insert(name, text.map_err(|error| format!("it is not valid JSON: {error}"))?);
            }
            Some(b'n') => {
                cells.insert(name, String::new());
            }
            _ => {
                cells.insert(name, value.to_owned());
            }
        }
    }
    Ok(())
}

/// A text in which halves of letters, such as `\ud83d` where the other half was cut off, are replaced.
fn with_whole_letters(text: &str) -> String {
    let half = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
    };
    let (mut whole, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        let length = match (half(at), half(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(_), _) => {
                whole.push_str("\\ufffd");
                at += 6;
                continue;
            }
            // What is escaped begins no letter.
            _ if next == '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => next.len_utf8(),
        };
        whole.push_str(&text[at..at + length]);
        at += length;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_letter_is_replaced_and_the_row_is_kept() {
        let mut cells = IndexMap::new();
        let object = br#"{"a": "x\ud800", "b": "\udc00\ud83d\ude00\\ud800", "c": "\ud83d\u0041"}"#;
        flatten(object, "", 0, &mut cells).unwrap();
        let values: Vec<&str> = cells.values().map(String::as_str).collect();
        assert_eq!(values, ["x\u{fffd}", "\u{fffd}😀\\ud800", "\u{fffd}A"]);
    }

    #[test]
    fn values_with_a_type_stand_under_the_name_of_their_key() {
        let (mut cells, object) = (IndexMap::new(), br#"{"_id": {"$oid": "a1"}, "answered": {"$date": {"$numberLong": "1772442000000"}}, "by": {"name": "Ann"}}"#);
        flatten(object, "", 0, &mut cells).unwrap();
        let cells: Vec<(&str, &str)> =
            cells.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(cells, [("_id", "a1"), ("answered", "1772442000000"), ("by.name", "Ann")]);
    }

    /// The columns, and the rows with their places.
    type All = (Vec<String>, Vec<(u64, Vec<String>)>);

    fn read(text: &str) -> Result<All, Diagnostic> {
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let shape = Shape::of(&input, None, text.trim_start_matches('\u{feff}').as_bytes())?;
        let mut json = Json::open(&input, None, &shape, true).unwrap();
        let (mut row, mut all) = (Row::default(), Vec::new());
        while json.next(&mut row)? {
            let cells = row.record.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
            let cells = row.fault.clone().map_or_else(|| cells.collect(), |fault| vec![fault]);
            all.push((row.line, cells));
        }
        Ok((shape.columns.into_iter().collect(), all))
    }

    #[test]
    fn lines_arrays_and_arrays_within_objects_read_the_same() {
        let one = r#"{"id": 1.50, "from": {"name": "M\u00fc}ller", "x": [1, {"a": 2}]}, "at": "2026-03-02"}"#;
        let two = r#"{"id": 98765432109876543210, "at": null, "ok": true}"#;
        let columns = ["id", "from.name", "from.x", "at", "ok"];
        let cells = [
            vec!["1.50", "Mü}ller", r#"[1, {"a": 2}]"#, "2026-03-02", ""],
            vec!["98765432109876543210", "", "", "", "true"],
        ];
        let pretty = one.replace(", ", ",\n").replace('{', "{\n");
        for (text, places) in [
            (format!("{one}\n\n{two}\n"), [1, 3]),
            (format!("\u{feff}{one}\r\n{two}"), [1, 2]),
            (format!("[{one},{two}]"), [1, 2]),
            (format!("\u{feff}[{one},{two}]"), [1, 2]),
            (format!(" [\n{one},\n{two}\n]\n"), [1, 2]),
            (format!("{pretty}\n{two}"), [1, 2]),
            (
                format!(
                    r#"{{"count": 2, "tags": ["a"], "data": {{"tickets": [{one},{two}]}}, "next": null}}"#
                ),
                [1, 2],
            ),
            (format!(r#"{{"users": [{{"name": "ann"}}], "tickets": [{one},{two}]}}"#), [1, 2]),
        ] {
            let (names, rows) = read(&text).unwrap();
            assert_eq!(names, columns, "{text}");
            let got: Vec<_> = rows.iter().map(|(_, cells)| cells.clone()).collect();
            let unpretty = |cell: &String| cell.replace(",\n", ", ").replace("{\n", "{");
            let got: Vec<Vec<String>> =
                got.iter().map(|row| row.iter().map(unpretty).collect()).collect();
            assert_eq!(got, cells, "{text}");
            assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), places, "{text}");
        }
    }

    #[test]
    fn one_object_is_one_row() {
        assert_eq!(read(r#"{"id": 1, "at": "x"}"#).unwrap().1, [(1, vec!["1".into(), "x".into()])]);
        assert_eq!(read("[]").unwrap().1, []);
    }

    #[test]
    fn what_is_no_object_is_a_row_that_cannot_be_read() {
        let (_, rows) = read("{\"id\": 1}\n{\"id\": 2\n17\n{\"id\": 3}\n").unwrap();
        assert_eq!(rows.len(), 4);
        assert!(rows[1].1[0].contains("not valid JSON"), "{rows:?}");
        assert_eq!(rows[2], (3, vec!["it is not an object: `17`".to_owned()]));
        let (_, rows) = read("[{\"id\": 1}, 17, [1, 2], \"a,b\", {\"id\": 3}]").unwrap();
        assert_eq!(rows.len(), 5, "{rows:?}");
        assert!(rows[3].1[0].contains("not an object"), "{rows:?}");
        let error = read("[{\"id\": 1}, {\"id\": ").unwrap_err();
        assert!(error.to_string().contains("breaks off"), "{error}");
        let long = format!("[{{\"id\": 1}}, {{\"id\": \"{}\"}}]", "x".repeat(MOST_OF_ROW));
        assert!(read(&long).unwrap_err().to_string().contains("longer than 1 MiB"));
        let deep = format!("[{{\"id\": {}1{}}}]", "{\"a\":".repeat(9_000), "}".repeat(9_000));
        assert_eq!(read(&deep).unwrap().1.len(), 1);
    }

    #[test]
    fn keys_that_come_late_are_told() {
        let many: String = (0..2_000).map(|id| format!("{{\"id\": {id}}}\n")).collect();
        let text = format!("{many}{{\"id\": 1, \"late\": 2}}\n{{\"late\": 2}}\n");
        let input = Input::of_bytes("log", text.as_bytes().to_vec()).unwrap();
        let shape = Shape::of(&input, None, text.as_bytes()).unwrap();
        let mut json = Json::open(&input, None, &shape, true).unwrap();
        let mut row = Row::default();
        while json.next(&mut row).unwrap() {}
        assert_eq!(json.late, Some(("late".to_owned(), 2)));
    }
}
