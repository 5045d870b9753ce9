//! Workbooks made here, of files that are written by hand.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;
use crate::records::Row;

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of Excel's: sheets by name and rows, and texts that cells share.
fn excel(sheets: &[(&str, &str)], texts: &str, is_1904: bool) -> Vec<u8> {
    let of = |each: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(at, (name, _))| each(at + 1, name)).collect()
    };
    let links = of(&|at, _| {
        format!(
            r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        )
    });
    let names = of(&|at, name| {
        let state = if name.starts_with("hidden") { r#" state="hidden""# } else { "" };
        format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{state}/>"#)
    });
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), PACKAGE.to_owned()),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{links}</Relationships>")),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="{}"/><sheets>{names}</sheets></workbook>"#,
                u8::from(is_1904)
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
                .to_owned(),
        ),
        ("xl/sharedStrings.xml".to_owned(), texts.to_owned()),
    ];
    for (at, (_, rows)) in sheets.iter().enumerate() {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{}.xml", at + 1), sheet));
    }
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    packed(&files)
}

const TEXTS: &str = r#"<sst count="2" uniqueCount="2"><si><t>Müller &amp; Söhne</t></si><si><r><t>arr</t></r><r><t>ived</t></r></si></sst>"#;
const LOG: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="str"><v>talk</v></c></row>
<row r="3"><c r="A3"><v>1.0</v></c><c r="B3" s="1"><v>46083.25</v></c><c r="C3" t="s"><v>0</v></c><c r="D3" s="2"><v>1.25</v></c></row>
<row r="4"><c r="A4"><v>2</v></c><c r="B4" s="1"><v>46084</v></c><c r="C4" t="e"><v>#N/A</v></c><c r="D4" t="b"><v>1</v></c></row>"#;

fn opened(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Diagnostic> {
    open(&Input::of_bytes("book", bytes.to_vec()).unwrap(), wanted)
}

fn all(sheet: &Sheet) -> Vec<(u64, Vec<String>)> {
    let (mut rows, mut row, mut all) = (sheet.rows.rows(), Row::default(), Vec::new());
    while rows.next(&mut row).unwrap() {
        let cells = row.record.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
        all.push((row.line, cells.collect()));
    }
    all
}

fn rows(expected: &[(u64, &[&str])]) -> Vec<(u64, Vec<String>)> {
    let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    expected.iter().map(|(line, row)| (*line, cells(row))).collect()
}

fn refused(bytes: &[u8], wanted: Option<&str>) -> String {
    opened(bytes, wanted).err().unwrap().to_string()
}

#[test]
fn a_sheet_of_excel_is_read_cell_by_cell() {
    let sheet = opened(&excel(&[("Calls", LOG)], TEXTS, false), None).ok().unwrap();
    assert_eq!((sheet.kind, sheet.name.as_str()), ("Excel workbook", "Calls"));
    assert_eq!(
        all(&sheet),
        rows(&[
            (1, &["id", "arrived", "", "talk"]),
            (3, &["1", "2026-03-02T06:00:00", "Müller & Söhne", "30:00:00"]),
            (4, &["2", "2026-03-03", "", "true"]),
        ])
    );
    // Days are counted from 1904 on: four years and a day later.
    let sheet = opened(&excel(&[("Calls", LOG)], TEXTS, true), None).ok().unwrap();
    assert_eq!(all(&sheet)[1].1[1], "2030-03-03T06:00:00");
}

#[test]
fn the_first_sheet_that_looks_like_a_log_is_read_or_the_one_that_is_named() {
    let cover = r#"<row r="1"><c r="A1" t="str"><v>Report of the team</v></c></row>"#;
    let book =
        excel(&[("hidden", LOG), ("Cover", cover), ("Calls", LOG), ("More", LOG)], TEXTS, false);
    let sheet = opened(&book, None).ok().unwrap();
    assert_eq!((sheet.name.as_str(), sheet.others.len()), ("Calls", 3));
    for (wanted, name) in [("more", "More"), ("1", "Cover"), ("4", "hidden")] {
        assert_eq!(opened(&book, Some(wanted)).ok().unwrap().name, name);
    }
    let error = refused(&book, Some("5"));
    assert!(
        error.contains("no sheet `5`") && error.contains("Cover, Calls, More and hidden"),
        "{error}"
    );
}

/// A workbook of LibreOffice's.
fn open_document(content: &str) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let content = format!("<office:document-content>{content}</office:document-content>");
    packed(&[("mimetype", kind), ("content.xml", &content)])
}

#[test]
fn a_sheet_of_libre_office_is_read_cell_by_cell() {
    let book = open_document(
        r#"<table:table table:name="Leer"/><table:table table:name="Anrufe">
        <table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>arrived</text:p><office:annotation><text:p>a note</text:p></office:annotation></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value="1.0" office:value-type="float"><text:p>1,00</text:p></table:table-cell><table:table-cell office:date-value="2026-03-02T08:05:10"/><table:table-cell/><table:table-cell office:time-value="PT27H05M10S"/><table:table-cell table:number-columns-repeated="2"><text:p>M&amp;<text:span>M&#252;</text:span></text:p><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16378"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:boolean-value="true"/><table:table-cell calcext:value-type="error" office:string-value=""><text:p>#N/A</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048560"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>"#,
    );
    let sheet = opened(&book, None).ok().unwrap();
    assert_eq!((sheet.kind, sheet.name.as_str()), ("OpenDocument spreadsheet", "Anrufe"));
    assert_eq!(
        all(&sheet),
        rows(&[
            (1, &["id", "arrived"]),
            (5, &["1", "2026-03-02T08:05:10", "", "27:05:10", "M&Mü\nx", "M&Mü\nx"]),
            (6, &["true"]),
            (7, &["true"]),
        ])
    );
}

#[test]
fn what_holds_too_much_is_refused_before_it_fills_the_memory() {
    let wide = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" office:value="1"/></table:table-row></table:table>"#;
    let error = refused(&open_document(wide), Some("1"));
    assert!(error.contains("more than 50,000,000 cells"), "{error}");
    let long = format!(
        r#"<table:table table:name="a"><table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row></table:table>"#,
        "x".repeat(3 << 20)
    );
    assert!(refused(&open_document(&long), None).contains("a text of more than 1 MiB"));
    let room = TEXTS.replace(r#"uniqueCount="2""#, r#"uniqueCount="99999999999999""#);
    let error = refused(&excel(&[("Calls", LOG)], &room, false), None);
    assert!(error.contains("claims to hold 99999999999999 texts"), "{error}");
    let names: Vec<String> = (0..1_001).map(|at| format!("s{at}")).collect();
    let sheets: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let error = refused(&excel(&sheets, TEXTS, false), None);
    assert!(error.contains("more than 1,000 sheets"), "{error}");
    let files: Vec<String> = (0..10_001).map(|at| format!("f{at}")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refused(&packed(&files), None).contains("10001 files"));
}

#[test]
fn cells_outside_any_sheet_are_refused_before_their_places_are_counted() {
    for (place, says) in [
        ("ZZZZZZZ3", "a cell stands outside any sheet"),
        ("A99999999999", "a cell stands outside any sheet"),
        ("A1:ZZZZZZZ99999999999", "a cell stands outside any sheet"),
        ("XFE3", "more than 16,384 columns: row 3"),
    ] {
        let log = LOG.replace(r#"r="D3""#, &format!(r#"r="{place}""#));
        let error = refused(&excel(&[("Calls", &log)], TEXTS, false), Some("1"));
        assert!(error.contains(says), "{place}: {error}");
    }
    let log = LOG.replace(r#"r="D3""#, r#"r="XFD3""#);
    assert!(opened(&excel(&[("Calls", &log)], TEXTS, false), None).is_ok());
}

#[test]
fn archives_that_are_no_workbooks_are_named() {
    for (files, says) in [
        (&[("march.csv", "id\n")][..], "a zip archive and no workbook; it holds `march.csv`"),
        (&[], "an empty zip archive"),
        (&[("word/document.xml", "")], "a Word document"),
        (&[("xl/workbook.bin", "")], "a binary Excel workbook (.xlsb)"),
    ] {
        let error = refused(&packed(files), None);
        assert!(error.contains(says), "{error}");
    }
    let book = excel(&[("Calls", LOG)], TEXTS, false);
    let error = refused(&book[..book.len() / 2], None);
    assert!(error.contains("the workbook cannot be read"), "{error}");
    assert!(refused(&excel(&[("Calls", "")], TEXTS, false), None).contains("without any rows"));
}
