//! The zip archive that a workbook is: whose it is, and whether it is small enough.

use std::io::{self, Read};

use heard_text::number::bytes;
use zip::ZipArchive;

use super::{Book, Seekable, Trouble, excel, open_document};
use crate::input::Input;
use crate::limits::{MOST_OF_ROW, MOST_OF_WORKBOOK, MOST_UNPACKED};
use crate::values::shown;

/// Files that an archive may hold.
const MOST_FILES: usize = 10_000;
/// An attribute by which calamine makes room for texts before it has seen any.
const ROOM: &[u8] = b"uniqueCount";

/// Opens a workbook.
pub(crate) fn open(input: &Input) -> Result<Box<dyn Book>, Trouble> {
    let mut archive = archive(input)?;
    if archive.len() > MOST_FILES {
        return Err(Trouble::TooMuch(format!("{} files", archive.len())));
    }
    let names = names(&mut archive)?;
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let is_excel = has("xl/workbook.xml") || has("[Content_Types].xml") && has_sheet(&names);
    if has("xl/workbook.bin") {
        return Err(Trouble::Other {
            what: "a binary Excel workbook (.xlsb)".to_owned(),
            help: "open it in a spreadsheet and save it as .xlsx, or the sheet as CSV",
        });
    }
    if is_excel {
        check(&mut archive)?;
        return excel::open(seekable(input)?);
    }
    if has("content.xml") && has("mimetype") {
        let kind = read_small(&mut archive, "mimetype")?;
        if kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            check(&mut archive)?;
            return open_document::open(archive);
        }
    }
    Err(other(&names))
}

fn has_sheet(names: &[String]) -> bool {
    names.iter().any(|name| name.to_ascii_lowercase().starts_with("xl/worksheets/"))
}

fn seekable(input: &Input) -> Result<Box<dyn Seekable>, Trouble> {
    input
        .seekable(MOST_OF_WORKBOOK)?
        .ok_or_else(|| Trouble::TooMuch(format!("more than {}", bytes(MOST_OF_WORKBOOK as f64))))
}

fn archive(input: &Input) -> Result<ZipArchive<Box<dyn Seekable>>, Trouble> {
    ZipArchive::new(seekable(input)?).map_err(|error| Trouble::Damaged(error.to_string()))
}

/// The names of the files in an archive, if none of them is locked.
fn names(archive: &mut ZipArchive<Box<dyn Seekable>>) -> Result<Vec<String>, Trouble> {
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(|error| Trouble::Damaged(error.to_string()))?;
        if file.encrypted() {
            return Err(Trouble::Other {
                what: "an archive that is locked with a password".to_owned(),
                help: "save it without a password",
            });
        }
        names.push(String::from_utf8_lossy(file.name_raw()).into_owned());
    }
    Ok(names)
}

fn read_small(archive: &mut ZipArchive<Box<dyn Seekable>>, name: &str) -> Result<Vec<u8>, Trouble> {
    let file = archive.by_name(name).map_err(|error| Trouble::Damaged(error.to_string()))?;
    let mut text = Vec::new();
    file.take(1000).read_to_end(&mut text)?;
    Ok(text)
}

/// What an archive is, if not a workbook.
fn other(names: &[String]) -> Trouble {
    let begins = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    let what = match names {
        _ if begins("word/") => "a Word document".to_owned(),
        _ if begins("ppt/") => "a PowerPoint presentation".to_owned(),
        [] => "an empty zip archive".to_owned(),
        [first, ..] => {
            format!("a zip archive and no workbook; it holds `{}`", shown(first.as_bytes()))
        }
    };
    Trouble::Other { what, help: "unpack it and name a log that it holds" }
}

/// Unpacks everything once, to see that it is not too much.
fn check(archive: &mut ZipArchive<Box<dyn Seekable>>) -> Result<(), Trouble> {
    let too_much =
        || Trouble::TooMuch(format!("more than {} when unpacked", bytes(MOST_UNPACKED as f64)));
    if archive.decompressed_size().is_some_and(|size| size > u128::from(MOST_UNPACKED)) {
        return Err(too_much());
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| Trouble::Damaged(error.to_string()))?;
        let name = String::from_utf8_lossy(file.name_raw()).to_ascii_lowercase();
        let mut watched = Watched {
            is_xml: name.ends_with(".xml") || name.ends_with(".rels"),
            holds_texts: name.ends_with("sharedstrings.xml"),
            ..Watched::default()
        };
        // What an archive says of its sizes need not be true.
        let size = io::copy(&mut file.take(left + 1), &mut watched)?;
        left = left.checked_sub(size).ok_or_else(too_much)?;
        if watched.room > size {
            return Err(Trouble::Damaged(format!("it claims to hold {} texts", watched.room)));
        }
        if watched.is_far {
            return Err(Trouble::Damaged("a cell stands outside any sheet".to_owned()));
        }
        if watched.longest > 2 * MOST_OF_ROW {
            return Err(Trouble::TooMuch("a text of more than 1 MiB".to_owned()));
        }
    }
    Ok(())
}

/// What goes by, as far as it shows how much room it takes.
#[derive(Default)]
struct Watched {
    is_xml: bool,
    /// Bytes between two tags: those since the last, and the most of any.
    run: usize,
    longest: usize,
    holds_texts: bool,
    room: u64,
    tail: Vec<u8>,
    place: Place,
    /// Whether a cell stands at a place whose numbers are too large to be counted with.
    is_far: bool,
}

/// Where in a tag with the place of a cell, such as `<c r="B7">`, a byte stands.
#[derive(Clone, Copy, Default)]
enum Place {
    #[default]
    Text,
    Tag,
    /// Before the name of an attribute.
    Space,
    /// Within a name that may be `r` or `ref`, or behind it.
    Name,
    Equals,
    /// Within its value: letters and digits so far.
    Within(u32, u32),
}

impl Place {
    /// Most letters and digits of a place that calamine counts without running over.
    const MOST: (u32, u32) = (6, 9);

    fn then(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Within(letters, 0), b'A'..=b'Z' | b'a'..=b'z') => Self::Within(letters + 1, 0),
            (Self::Within(letters, digits), b'0'..=b'9') => Self::Within(letters, digits + 1),
            (Self::Within(..), b':') => Self::Within(0, 0),
            (_, b'<') => Self::Tag,
            (Self::Text, _) | (_, b'>') => Self::Text,
            (Self::Space, b'r') | (Self::Name, b'e' | b'f') => Self::Name,
            (Self::Name, b'=') => Self::Equals,
            (Self::Name | Self::Equals, b' ' | b'\t' | b'\r' | b'\n') => self,
            (_, b' ' | b'\t' | b'\r' | b'\n') => Self::Space,
            (Self::Equals, b'"' | b'\'') => Self::Within(0, 0),
            _ => Self::Tag,
        }
    }
}

impl Watched {
    fn look(&mut self) {
        let mut rest = self.tail.as_slice();
        while let Some(at) = rest.windows(ROOM.len()).position(|window| window == ROOM) {
            rest = &rest[at + ROOM.len()..];
            let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
            let number =
                digits.take_while(|byte| byte.is_ascii_digit()).fold(0_u64, |number, digit| {
                    number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
                });
            self.room = self.room.max(number);
        }
    }
}

impl io::Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_xml {
            for byte in bytes {
                self.place = self.place.then(*byte);
                if let Place::Within(letters, digits) = self.place {
                    self.is_far |= letters > Place::MOST.0 && digits > 0 || digits > Place::MOST.1;
                }
            }
            let is_tag = |byte: &u8| *byte == b'<';
            self.run += bytes.iter().position(is_tag).unwrap_or(bytes.len());
            self.longest = self.longest.max(self.run);
            if let Some(last) = bytes.iter().rposition(is_tag) {
                self.run = bytes.len() - last;
            }
        }
        if self.holds_texts {
            self.tail.extend(bytes);
            self.look();
            // What may stand across two pieces.
            let keep = self.tail.len().min(ROOM.len() + 60);
            self.tail.drain(..self.tail.len() - keep);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
