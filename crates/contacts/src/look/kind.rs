//! What a file is, by how it begins.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text whose columns are separated by a character, as far as can be told.
    Text,
    /// Objects of JSON.
    Json,
    /// A zip archive: a workbook, perhaps.
    Zip,
    /// No log: what it is, and what to do.
    Other(&'static str, &'static str),
}

const CSV: &str = "export the table as CSV or .xlsx and name that";
const SHEET: &str = "open it in a spreadsheet and save it as .xlsx, or the sheet as CSV";
const UNPACK: &str = "unpack it and name a log that it holds; gzip is read as it is";

/// Beginnings of files that are no logs.
const BEGINNINGS: [(&[u8], &str, &str); 15] = [
    (b"%PDF", "a PDF document", CSV),
    (
        b"\xd0\xcf\x11\xe0",
        "an Excel workbook of before 2007 (.xls), or another old Office file",
        SHEET,
    ),
    (b"PAR1", "a Parquet file", CSV),
    (b"SQLite format 3\0", "a SQLite database", CSV),
    (b"BZh", "a file packed with bzip2", UNPACK),
    (b"\xfd7zXZ\0", "a file packed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\x89PNG", "a picture", CSV),
    (b"\xff\xd8\xff", "a picture", CSV),
    (b"GIF8", "a picture", CSV),
    (b"{\\rtf", "a document in RTF", CSV),
    (b"\x7fELF", "a program", CSV),
    (b"Obj\x01", "an Avro file", CSV),
];

impl Kind {
    /// What a file is that begins so.
    pub(crate) fn of(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        let known = BEGINNINGS.iter().find(|(begin, ..)| head.starts_with(begin));
        if let Some((_, what, help)) = known {
            return Self::Other(what, help);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Other("a tar archive", UNPACK);
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let begin: Vec<u8> = text.iter().take(100).map(u8::to_ascii_lowercase).collect();
        let is = |words: &[&[u8]]| words.iter().any(|word| begin.starts_with(word));
        if is(&[b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<div", b"<meta"]) {
            return Self::Other("a web page (HTML), whatever its name says", SHEET);
        }
        if is(&[b"<?xml", b"<workbook", b"<ss:workbook"]) {
            return Self::Other("an XML file", SHEET);
        }
        match Self::second(text) {
            Some(b'"' | b'}') if text.starts_with(b"{") => Self::Json,
            Some(b'{' | b']') if text.starts_with(b"[") => Self::Json,
            _ => Self::Text,
        }
    }

    /// What follows the first letter.
    fn second(text: &[u8]) -> Option<u8> {
        text.get(1..)?.trim_ascii_start().first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_how_they_begin() {
        for (head, is) in [
            (&b"id,arrived\n"[..], "Text"),
            (b"", "Text"),
            (b"\xef\xbb\xbf {\"id\": 1}", "Json"),
            (b"[\n {\"id\": 1}]", "Json"),
            (b"[id],[arrived]\n", "Text"),
            (b"{id},{arrived}\n", "Text"),
            (b"PK\x03\x04...", "Zip"),
            (b"%PDF-1.7", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "before 2007"),
            (b"\n <HTML><body>", "HTML"),
            (b"<?xml version=\"1.0\"?><Workbook>", "XML"),
        ] {
            let kind = format!("{:?}", Kind::of(head));
            assert!(kind.contains(is), "{kind}: {is}");
        }
    }
}
