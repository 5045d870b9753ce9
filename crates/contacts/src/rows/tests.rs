//! Rows of small logs.

use super::*;
use crate::look::Encoding;

fn open(text: &str) -> Result<Rows, Diagnostic> {
    Rows::open(Input::of_bytes("log", text.as_bytes().to_vec()).unwrap(), &Wanted::default())
}

fn lines(text: &str) -> Vec<(u64, String)> {
    let mut rows = open(text).unwrap();
    let mut all = Vec::new();
    while rows.go_on().unwrap() {
        all.push((rows.line(), rows.text(Some(0)).unwrap_or_default().into_owned()));
    }
    all
}

fn refused(text: &str) -> String {
    let error = match open(text) {
        Err(error) => error,
        Ok(mut rows) => loop {
            match rows.go_on() {
                Ok(true) => rows.skip("bad"),
                Ok(false) => break rows.end(0.4).unwrap_err(),
                Err(error) => break error,
            }
        },
    };
    error.to_string()
}

#[test]
fn rows_know_the_line_that_they_begin_on() {
    let expected = |list: &[(u64, &str)]| -> Vec<(u64, String)> {
        list.iter().map(|&(line, text)| (line, text.to_owned())).collect()
    };
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "1,2", "", "", "2,3", ",", "3,4", ""].join(end);
        assert_eq!(lines(&text), expected(&[(2, "1"), (5, "2"), (7, "3")]), "{end:?}");
        assert_eq!(lines(text.trim_end()), lines(&text), "without an end: {end:?}");
    }
    let quoted = "a,b\n\"1\n1\",2\n\n2,\"\n\"\n3,4";
    assert_eq!(lines(quoted), expected(&[(2, "1\n1"), (5, "2"), (7, "3")]));
    assert_eq!(lines("\n\n\"a\n\",b\n1,2\n"), expected(&[(5, "1")]));
}

#[test]
fn columns_are_found_by_name_behind_a_mark_and_in_quotation_marks() {
    let rows = open("\u{feff}\"Id\", Arrived \n").unwrap();
    assert_eq!(rows.header(), ["Id", "Arrived"]);
    assert_eq!(
        (rows.column("id"), rows.column("arrived"), rows.column("x")),
        (Some(0), Some(1), None)
    );
    let many = open(&"x,".repeat(30)).unwrap();
    assert!(many.columns_shown().ends_with("x, x, ..."), "{}", many.columns_shown());
    let twice = open("id,x,ID\n").unwrap();
    assert!(twice.only_column("id").unwrap_err().message.contains("2 columns are called `id`"));
    assert_eq!(twice.only_column("x").unwrap(), Some(1));
}

#[test]
fn what_is_no_table_is_refused_with_a_reason() {
    for (text, says) in [
        ("", "the log is empty"),
        ("\n\r\n \n", "the log is empty"),
        ("a,b\n", "a header and no rows"),
        ("a\0,b\n", "names no columns"),
        ("a,b\n1,\"2\n3,4\n", "log:2"),
        ("a\n1\n", "the only row cannot be read: bad\n --> log:2"),
        (
            "a\n1\n2\n",
            "2 of 2 rows (100.0%) cannot be read; the first: bad\n --> log:2\n  = note: line 3: bad",
        ),
    ] {
        let shown = refused(text);
        assert!(shown.contains(says), "{text:?}: {shown}");
    }
}

#[test]
fn a_log_of_hardly_any_good_row_is_given_up_early() {
    let mut rows = open(&("a\n".to_owned() + &"1\n".repeat(30_000))).unwrap();
    let error = loop {
        match rows.go_on() {
            Ok(more) => assert!(more, "read to its end"),
            Err(error) => break error,
        }
        rows.skip("bad");
    };
    assert!(error.message.starts_with("10,000 of 10,000 rows"), "{error:?}");
    assert_eq!(error.notes.len(), EXAMPLES - 1);
}

#[test]
fn rows_ahead_are_looked_at_without_being_read_and_all_can_be_gone_over() {
    let text: String = (0..3_000).map(|row| format!("{row},x\n")).collect();
    let mut rows = open(&format!("id,name\n\n{text}")).unwrap();
    assert_eq!(rows.ahead().len(), 1_000);
    assert_eq!(
        (rows.ahead()[999].line, rows.ahead()[999].get(Some(0))),
        (1_002, Some(&b"999"[..]))
    );
    let mut read = 0;
    while rows.go_on().unwrap() {
        assert_eq!(rows.get(Some(0)), Some(read.to_string().as_bytes()));
        read += 1;
        if read == 2_000 {
            let mut seen = Vec::new();
            rows.scan(&mut |row| {
                seen.push((row.line, row.get(Some(0)).unwrap_or_default().to_vec()));
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(seen.len(), 3_000);
            assert_eq!((seen[0].0, &seen[0].1[..]), (3, &b"0"[..]));
            assert_eq!(seen[2_999], (3_002, b"2999".to_vec()));
        }
    }
    assert_eq!(read, 3_000);
    let mut seen = 0;
    rows.scan(&mut |_| {
        seen += 1;
        if seen == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(seen, 7);
}

#[test]
fn titles_and_totals_are_no_contacts() {
    let text = "Call report\nMarch 2026\n\nid,arrived,x,y\n1,2026-03-02 08:00,a,b\nTotal,1,,\n\
                2,2026-03-02 08:00,a,b\n\nGrand total,2,,\n(2 rows)\n";
    let mut rows = open(text).unwrap();
    assert_eq!((rows.header_line(), rows.look().titles), (4, 2));
    let mut lines = Vec::new();
    while rows.go_on().unwrap() {
        assert_eq!(rows.has_all_fields(), Ok(()));
        lines.push(rows.line());
    }
    assert_eq!(lines, [5, 7]);
    let ended = rows.end(0.0).unwrap();
    assert_eq!((ended.rows, ended.look.totals), (5, 3));
    // A remark among contacts is a row that cannot be read, and so is one that breaks off.
    let text = "id,arrived,x,y\n1,2026-03-02 08:00,a,b\nremark\n2,2026-03-02 08:00,a,b\n3,ab\n";
    let mut rows = open(text).unwrap();
    let mut bad = Vec::new();
    while rows.go_on().unwrap() {
        if rows.has_all_fields().is_err() {
            bad.push(rows.line());
        }
    }
    assert_eq!(bad, [3, 5]);
}

#[test]
fn cells_may_be_missing_or_too_many_at_the_end_where_they_are_empty() {
    let faults = |text: &str| {
        let mut rows = open(text).unwrap();
        let mut faults = Vec::new();
        while rows.go_on().unwrap() {
            faults.push(rows.has_all_fields().is_ok());
        }
        faults
    };
    assert_eq!(faults("id,at,\n1,2026-03-02,\n2,2026-03-02,\n"), [true, true]);
    assert_eq!(
        faults("id,at\n1,2026-03-02,\n2,2026-03-02,,\n3,2026-03-02,x\n"),
        [true, true, false]
    );
    assert_eq!(faults("id,at,x\n1,2026-03-02,a\n2,2026-03-02\n"), [true, true]);
    // Others write empty cells out, or a cell is missing in the middle.
    assert_eq!(faults("id,at,x\n1,2026-03-02,\n2,2026-03-02\n"), [true, false]);
    assert_eq!(faults("id,who,at,x\n1,a,2026-03-02,a\n2,2026-03-02,b\n"), [true, false]);
}

#[test]
fn columns_without_names_are_called_by_their_numbers() {
    let text = "C1,2026-03-02 08:00,x\nC2,2026-03-02 09:00,y\n";
    let rows = open(text).unwrap();
    assert_eq!(rows.header(), ["1", "2", "3"]);
    assert_eq!((rows.look().header, rows.ahead().len(), rows.column("2")), (None, 2, Some(1)));
    let named = open("id,3,at\n1,2,2026-03-02\n").unwrap();
    assert_eq!((named.column("3"), named.column("1"), named.column("4")), (Some(1), Some(0), None));
    let wanted = |header| Wanted { header: Some(header), ..Wanted::default() };
    let input = || Input::of_bytes("log", b"a,b\n1,2\n\nc,d\n3,4\n".to_vec()).unwrap();
    let rows = Rows::open(input(), &wanted(Header::Line(4))).unwrap();
    assert_eq!((rows.header(), rows.ahead().len()), (&["c".to_owned(), "d".to_owned()][..], 1));
    let rows = Rows::open(input(), &wanted(Header::Missing)).unwrap();
    assert_eq!(rows.ahead().len(), 4);
    let error = Rows::open(input(), &wanted(Header::Line(3))).err().unwrap();
    assert!(error.message.contains("no row begins on line 3"), "{error}");
}

#[test]
fn letters_are_read_as_they_were_written_wherever_the_first_of_them_stands() {
    let companies = |bytes: &[u8], encoding: Option<&str>| {
        let encoding = encoding.map(|name| Encoding::of(name).unwrap());
        let input = Input::of_bytes("log", bytes.to_vec()).unwrap();
        let mut rows = Rows::open(input, &Wanted { encoding, ..Wanted::default() })?;
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        while rows.go_on()? {
            match rows.has_all_fields() {
                Ok(()) => all.push(rows.text(Some(1)).unwrap_or_default().into_owned()),
                Err(why) => faults.push(why),
            }
        }
        let names = (rows.header()[1].clone(), rows.look().encoding.unwrap().name());
        Ok::<_, Diagnostic>((names, all, faults))
    };
    let german = |gap: usize| {
        let plain = "0,plain\n".repeat(gap);
        format!("id,firm\n{plain}1,Müller\n2,Möller\n").replace('\n', "\r\n")
    };
    for gap in [0, 50_000] {
        let text = german(gap);
        let (latin, utf16) = (
            encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        );
        for (bytes, name) in
            [(text.as_bytes(), "UTF-8"), (&latin, "windows-1252"), (&utf16, "UTF-16LE")]
        {
            let (names, all, faults) = companies(bytes, None).unwrap();
            assert_eq!((names.1, faults.len(), all.len()), (name, 0, gap + 2));
            assert_eq!(all[gap..], ["Müller", "Möller"], "{name}");
        }
    }
    let latin = encoding_rs::WINDOWS_1252.encode("id,größe\n1,größer\n").0.into_owned();
    assert_eq!(companies(&latin, None).unwrap().0, ("größe".to_owned(), "windows-1252"));
    let dos = b"id,firm\n1,M\x81ller\n2,M\x94ller\n";
    let (_, all, _) = companies(dos, Some("CP850")).unwrap();
    assert_eq!(all, ["Müller", "Möller"]);
    // No letter of Windows-1252: the row is not read as something else.
    let (_, all, faults) = companies(dos, Some("windows-1252")).unwrap();
    assert_eq!((all.len(), faults.len()), (1, 1), "{faults:?}");
    // One broken letter of UTF-8.
    let broken = b"id,firm\n1,M\xfcller\n2,M\xc3\xb6ller\n3,M\xc3\xbcller\n";
    let (names, all, faults) = companies(broken, None).unwrap();
    assert_eq!((names.1, all), ("UTF-8", vec!["Möller".to_owned(), "Müller".to_owned()]));
    assert_eq!(faults, ["it is not text in UTF-8: `M\u{fffd}ller`"]);
    let error = companies(b"id,firm\xfc\n1,M\xc3\xb6ller\n2,M\xc3\xbcller\n", None).unwrap_err();
    assert!(error.to_string().contains("--encoding windows-1252"), "{error}");
}
