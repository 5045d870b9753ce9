//! Files of all kinds that logs come in: workbooks, JSON, older encodings, tables with titles, totals and
//! no names.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use heard_contacts::{Encoding, Header, Options, Wanted};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::driver::{Pool, Target, fuzz};
use super::log::{audited, field, packed};
use super::mutate;
use super::random::Random;

const TABLE: &str = "\
Call report\r\nMarch;;;;\r\n\r\nid;arrived;answered;closed;firm\r\n\
1;2026-03-02 08:05:10;2026-03-02 08:05:15;2026-03-02 08:06:15;M\u{fc}ller\r\n\
2;2026-03-02 09:15:20;;2026-03-02 09:17:28;\"M\u{f6}ller; S\u{f6}hne\"\r\n\
3;2026-03-02 10:15:20;;;\r\nTotal;3;1;2;\r\n(3 rows)\r\n";

const NAMELESS: &str =
    "sep=|\n1|2026-03-02 08:05:10|2026-03-02 08:05:15|x\n2|2026-03-02 09:15:20||y\n";

const LINES: &str = "\
{\"id\": 1, \"arrived\": \"2026-03-02T08:05:10Z\", \"via\": {\"channel\": \"mail\"}, \"tags\": [1, {\"a\": 2}]}
{\"id\": 2, \"arrived\": \"2026-03-02T09:05:10Z\", \"answered\": null, \"text\": \"a\\u00e4\\\"}{\"}
";

const ARRAY: &str = "{\"count\": 2, \"data\": {\"tickets\": [\n{\"id\": 1, \"arrived\": \"2026-03-02 08:05\"},\n\
    {\"id\": 2, \"arrived\": \"2026-03-02 09:05\", \"late\": 1.50}]}, \"next\": null}";

const SHEET: &str = r#"<worksheet><dimension ref="A1:D4"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>arrived</t></is></c><c r="C1" t="str"><v>wait</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>46083.25</v></c><c r="C2" s="2"><v>0.01</v></c></row><row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" s="1"><v>46083.5</v></c><c r="D4" t="e"><v>#N/A</v></c></row></sheetData></worksheet>"#;

const CONTENT: &str = r#"<office:document-content><table:table table:name="a"><table:table-row><table:table-cell><text:p>arrived</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>id &amp; &#65;</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:date-value="2026-03-02T08:05:10"/><table:table-cell office:time-value="PT3M20S" table:number-columns-repeated="2"/></table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:document-content>"#;

/// What may stand in quotation marks or between tags, and means trouble.
const VALUES: [&str; 16] = [
    "",
    "0",
    "-1",
    "1",
    "16384",
    "1048577",
    "4294967296",
    "99999999999999999999",
    "1e308",
    "NaN",
    "A1",
    "XFD1048576",
    "inlineStr",
    "PT99999999999999H",
    "&#xD800;",
    "2026-03-02T08:05:10",
];

fn excel() -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", "<Types/>".into()),
        ("_rels/.rels", r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.into()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.into()),
        ("xl/workbook.xml", r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="0"/><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#.into()),
        ("xl/styles.xml", r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#.into()),
        ("xl/sharedStrings.xml", r#"<sst count="1" uniqueCount="1"><si><t>id</t></si></sst>"#.into()),
        ("xl/worksheets/sheet1.xml", SHEET.into()),
    ])
}

fn open_document() -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[("mimetype", kind.into()), ("content.xml", CONTENT.into())])
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files of an archive, as far as they can be read.
fn unzipped(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).ok()?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let mut text = Vec::new();
        file.take(1 << 16).read_to_end(&mut text).ok()?;
        files.push((name, text));
    }
    Some(files)
}

fn wide(text: &str) -> Vec<u8> {
    [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Puts another value between quotation marks or tags.
fn value(random: &mut Random, input: &mut Vec<u8>) {
    let marks: Vec<usize> =
        (0..input.len()).filter(|&at| matches!(input[at], b'"' | b'>' | b'<')).collect();
    if marks.len() < 2 {
        return;
    }
    let at = random.below(marks.len() - 1);
    input.splice(marks[at] + 1..marks[at + 1], random.pick(&VALUES).bytes());
}

fn damaged(random: &mut Random, input: &mut Vec<u8>, other: &[u8]) {
    match random.below(5) {
        0 => mutate::bytes(random, input),
        1 => mutate::lines(random, input, other),
        2 => field(random, input),
        _ => value(random, input),
    }
}

struct Files;

impl Target for Files {
    const NAME: &'static str = "files";
    const ENDING: &'static str = "bin";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let texts = [TABLE, NAMELESS, LINES, ARRAY];
        let written =
            texts.iter().flat_map(|text| [text.as_bytes().to_vec(), wide(text), latin(text)]);
        written.chain([excel(), open_document(), packed(&excel())]).collect()
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        let mut input = pool.pick(random).clone();
        let times = *random.pick(&[1, 1, 2, 3, 6]);
        if let Some(mut files) = unzipped(&input).filter(|files| !files.is_empty()) {
            let at = random.below(files.len());
            for _ in 0..times {
                damaged(random, &mut files[at].1, SHEET.as_bytes());
            }
            if random.one_in(20) {
                files.remove(at);
            }
            let files: Vec<(&str, Vec<u8>)> =
                files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
            let mut whole = zipped(&files);
            if random.one_in(10) {
                mutate::bytes(random, &mut whole);
            }
            return whole;
        }
        for _ in 0..times {
            let other = pool.pick(random);
            damaged(random, &mut input, other);
        }
        match random.below(12) {
            0 => packed(&input),
            1 => wide(&String::from_utf8_lossy(&input)),
            2 => latin(&String::from_utf8_lossy(&input)),
            _ => input,
        }
    }

    fn read(&mut self, input: &[u8], _: &Path) -> String {
        let sum = crc32fast::hash(input);
        let mut wanted = Wanted::default();
        match sum % 24 {
            0 => wanted.encoding = Encoding::of("CP850"),
            1 => wanted.encoding = Encoding::of("UTF-16"),
            2 => wanted.encoding = Encoding::of("Shift_JIS"),
            3 => wanted.delimiter = Some(b'|'),
            4 => wanted.header = Some(Header::Missing),
            5 => wanted.header = Some(Header::Line(u64::from(sum >> 24) % 8)),
            6 => wanted.sheet = Some("2".to_owned()),
            _ => {}
        }
        let skip = if sum.is_multiple_of(2) { 0.9 } else { 0.01 };
        audited(input, &Options { wanted, skip, ..Options::default() })
    }
}

#[test]
fn any_file_is_read_as_a_log_or_refused_with_reason() {
    fuzz(Files);
}
