//! A file of edges: who follows whom, one line `followed,follower` per tie, customers numbered from 0.
//!
//! The first line may be the header `followed,follower`; blank lines and lines that begin with `#`
//! say nothing. The file is read line by line and never kept: while it is read, eight bytes are held
//! for each edge, then four.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use heard_contacts::files::{Files, Kind};
use heard_text::list::counted;
use sha2::{Digest, Sha256};

use super::source::{Problem, Sources};
use base16ct::lower::encode_string as hexadecimal;

#[cfg(test)]
mod tests;

/// Maximum number of edges in a file.
pub const MOST_EDGES: usize = 20_000_000;

/// Maximum size of a file, in bytes: far more than that many edges need.
const MOST_BYTES: u64 = 1 << 30;

/// Maximum length of a line, in bytes.
const MOST_OF_LINE: u64 = 4096;

const HEADER: [&str; 2] = ["followed", "follower"];
const EXAMPLE: &str = "write `followed,follower`, such as `17,4`: customer 4 follows customer 17";

/// The edges of a file, in compressed rows. A clone shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edges {
    starts: Arc<Vec<usize>>,
    followers: Arc<Vec<u32>>,
    sha256: String,
}

impl Edges {
    /// Reads a file of edges between this many people.
    ///
    /// # Errors
    /// At the first line that is wrong; without a place where the file as a whole is.
    pub fn read(
        path: &Path,
        people: u32,
        files: &dyn Files,
        sources: &mut Sources,
    ) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let (file, bytes) = open(path, files)?;
        // No edge takes less than four bytes, and a reserve that stays empty takes no memory.
        let most = (bytes / 4) as usize;
        let mut ties = Vec::with_capacity(most.min(MOST_EDGES) + 1);
        let wrong = |wrong: Wrong, sources: &mut Sources| wrong.problem(&name, sources);
        let sha256 = scan(file, people, |line, tie| {
            ties.push(tie);
            if ties.len() > MOST_EDGES { Err(Wrong::too_many(line)) } else { Ok(()) }
        })
        .map_err(|error| wrong(error, sources))?;
        if ties.is_empty() {
            return Err(Problem::new(format!("{name} has no edges")).help(EXAMPLE));
        }
        ties.sort_unstable();
        let mut repeated: Vec<u64> =
            ties.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        if !repeated.is_empty() {
            repeated.dedup();
            return Err(wrong(first_repeated(open(path, files)?.0, people, &repeated), sources));
        }
        Ok(Self::compressed(people, &ties, sha256))
    }

    /// The rows of ties in rising order.
    fn compressed(people: u32, ties: &[u64], sha256: String) -> Self {
        let mut starts = vec![0; people as usize + 1];
        for tie in ties {
            starts[(tie >> 32) as usize + 1] += 1;
        }
        for who in 0..people as usize {
            starts[who + 1] += starts[who];
        }
        let followers = ties.iter().map(|&tie| tie as u32).collect();
        Self { starts: Arc::new(starts), followers: Arc::new(followers), sha256 }
    }

    /// Where each customer's row of followers begins, and the end of the last one; and the rows, one
    /// after another, each in rising order.
    #[must_use]
    pub fn rows(&self) -> (&Arc<Vec<usize>>, &Arc<Vec<u32>>) {
        (&self.starts, &self.followers)
    }

    /// The SHA-256 of the file, as 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// What is wrong with a file that could be opened.
enum Wrong {
    /// It cannot be read to its end.
    Io(io::Error),
    /// A line of it.
    Line { number: usize, text: String, message: String, help: String },
}

impl Wrong {
    fn line(line: &Line, message: impl Into<String>, help: impl Into<String>) -> Self {
        let text = String::from_utf8_lossy(line.bytes).into_owned();
        Self::Line { number: line.number, text, message: message.into(), help: help.into() }
    }

    fn too_many(line: &Line) -> Self {
        let message = format!("this is edge {}, one more than can be read", MOST_EDGES + 1);
        Self::line(line, message, format!("a file may hold {MOST_EDGES} edges"))
    }

    fn problem(self, name: &str, sources: &mut Sources) -> Problem {
        match self {
            Self::Io(error) => Problem::new(format!("{name} cannot be read: {error}")),
            Self::Line { number, text, message, help } => {
                Problem::new(message).help(help).at(sources.add_line(name, number, text))
            }
        }
    }
}

/// A line that says something, without blanks around it.
struct Line<'a> {
    /// Counted from 1.
    number: usize,
    bytes: &'a [u8],
}

/// A file of edges and its size in bytes.
fn open<'a>(path: &Path, files: &'a dyn Files) -> Result<(Box<dyn Read + 'a>, u64), Problem> {
    let name = path.display();
    let unreadable = |error: io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Problem::new(format!("there is no file {name}"))
                .help("`network.file` is the path of a file, relative to the scenario")
        }
        _ => Problem::new(format!("{name} cannot be read: {error}"))
            .help("name a file of edges that you may read"),
    };
    // Before it is opened: opening a pipe would wait for its other end.
    let info = files.info(path).map_err(unreadable)?;
    if info.kind != Kind::File {
        return Err(Problem::new(format!("{name} is not a file of edges"))
            .help("name a text file with a line `followed,follower` for each tie"));
    }
    if info.bytes > MOST_BYTES {
        return Err(Problem::new(format!("{name} is larger than 1 GiB"))
            .help(format!("a file may hold {MOST_EDGES} edges")));
    }
    Ok((files.open(path).map_err(unreadable)?, info.bytes))
}

/// Hands over the ties of a text, who is followed in the upper half and who follows in the lower
/// one, and returns the SHA-256 of it.
fn scan(
    reader: impl Read,
    people: u32,
    mut take: impl FnMut(&Line, u64) -> Result<(), Wrong>,
) -> Result<String, Wrong> {
    let mut reader = BufReader::with_capacity(1 << 16, Hashing { reader, hasher: Sha256::new() });
    let mut buffer = Vec::new();
    let mut begun = false;
    for number in 1.. {
        buffer.clear();
        let mut limited = (&mut reader).take(MOST_OF_LINE);
        if limited.read_until(b'\n', &mut buffer).map_err(Wrong::Io)? == 0 {
            break;
        }
        let text = if number == 1 { without_mark(&buffer) } else { &buffer };
        let line = Line { number, bytes: text.trim_ascii() };
        if buffer.len() as u64 == MOST_OF_LINE && !buffer.ends_with(b"\n") {
            let message = format!("this line is longer than {MOST_OF_LINE} bytes");
            return Err(Wrong::line(&line, message, EXAMPLE));
        }
        if line.bytes.is_empty() || line.bytes.starts_with(b"#") {
            continue;
        }
        let is_header = !begun && fields(line.bytes) == Some(HEADER);
        begun = true;
        if !is_header {
            take(&line, tie(&line, people)?)?;
        }
    }
    Ok(hexadecimal(&reader.into_inner().hasher.finalize()))
}

/// The first line that says what a line before it has said, given all ties that are repeated, in
/// rising order.
fn first_repeated(reader: impl Read, people: u32, repeated: &[u64]) -> Wrong {
    let mut seen = vec![None; repeated.len()];
    let scanned = scan(reader, people, |line, tie| {
        let Ok(index) = repeated.binary_search(&tie) else { return Ok(()) };
        let Some(before) = seen[index].replace(line.number) else { return Ok(()) };
        let (followed, follower) = (tie >> 32, tie as u32);
        let message =
            format!("customer {follower} already follows customer {followed}, by line {before}");
        Err(Wrong::line(line, message, "remove one of the two lines"))
    });
    match scanned {
        Err(wrong) => wrong,
        Ok(_) => Wrong::Io(io::Error::other("it changed while it was read")),
    }
}

/// The tie on a line.
fn tie(line: &Line, people: u32) -> Result<u64, Wrong> {
    let whole = |field: &&str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    let Some(fields) = fields(line.bytes).filter(|fields| fields.iter().all(whole)) else {
        let message = "this line is not two whole numbers with a comma between them";
        return Err(Wrong::line(line, message, EXAMPLE));
    };
    let customer = |field: &str| match field.parse::<u32>() {
        Ok(who) if who < people => Ok(who),
        _ => {
            let shown: String = field.chars().take(20).collect();
            let message = format!(
                "there is no customer {shown} among {}",
                counted(people.into(), "customer", "customers")
            );
            let help = match people.checked_sub(1) {
                Some(last) => format!("customers are numbered from 0 to {last}"),
                None => "`customers.count` says how many there are".to_owned(),
            };
            Err(Wrong::line(line, message, help))
        }
    };
    let (followed, follower) = (customer(fields[0])?, customer(fields[1])?);
    if followed == follower {
        let message = format!("customer {follower} cannot follow themselves");
        return Err(Wrong::line(line, message, "remove this line"));
    }
    Ok(u64::from(followed) << 32 | u64::from(follower))
}

fn fields(line: &[u8]) -> Option<[&str; 2]> {
    let (first, second) = std::str::from_utf8(line).ok()?.split_once(',')?;
    Some([first.trim(), second.trim()])
}

fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// A reader that hashes what passes through it.
struct Hashing<R> {
    reader: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}
