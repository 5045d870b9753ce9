//! Plain logs, read.

use super::*;
use crate::field::Mapping;
use crate::log::tests::contacts;
use crate::moment::Order;

fn outcomes(text: &str) -> Vec<Outcome> {
    let (_, all) = contacts(text, &Options::default()).unwrap();
    all.iter().map(|contact| contact.outcome).collect()
}

#[test]
fn every_column_goes_where_it_belongs() {
    let text = "Priority,kind,followers,public,agent,outcome,closed,answered,arrived,company,channel,customer,id,other\n\
                2.0,bill,12.5,YES,eve,Redirected,2026-03-01T12:00:00,2026-03-01T11:00:00,2026-03-01T10:00:00,acme,mail,ann,7,x\n\
                ,,,,,,,,2026-03-01T10:00:00,,,,,\n";
    let (about, all) = contacts(text, &Options::default()).unwrap();
    assert_eq!(about.fields, Field::WRITTEN);
    let first = &all[0];
    assert_eq!((first.line, first.priority, first.followers), (2, Some(2), Some(12.5)));
    assert_eq!((first.public, first.outcome), (Some(true), Outcome::Redirected));
    assert_eq!(first.answered.map(|answered| first.arrived.until(answered)), Some(3_600_000));
    assert_eq!(first.closed.map(|closed| first.arrived.until(closed)), Some(7_200_000));
    assert_eq!(about.names.companies.iter().collect::<Vec<_>>(), ["acme", "company"]);
    assert_eq!(about.names.channels.iter().collect::<Vec<_>>(), ["mail", "channel"]);
    assert_eq!(about.names.kinds.name(first.kind.unwrap()), "bill");
    assert_eq!(about.names.agents.name(first.agent.unwrap()), "eve");
    let second = &all[1];
    assert_eq!((second.customer, second.kind, second.agent), (None, None, None));
    assert_eq!((second.company, second.channel, second.outcome), (1, 1, Outcome::Waiting));
}

#[test]
fn without_a_word_on_it_times_tell_what_became_of_a_contact() {
    let text = "arrived,answered,closed\n\
                2026-03-01T10:00:00,2026-03-01T11:00:00,\n\
                2026-03-01T10:00:00,,2026-03-01T11:00:00\n\
                2026-03-01T10:00:00,,\n";
    assert_eq!(outcomes(text), [Outcome::Answered, Outcome::GaveUp, Outcome::Waiting]);
    // Where nobody wrote down answers, a closed contact may have been answered.
    assert_eq!(
        outcomes("arrived,closed\n2026-03-01T10:00:00,2026-03-01T11:00:00\n"),
        [Outcome::Unknown]
    );
    assert_eq!(outcomes("arrived,outcome\n2026-03-01T10:00:00,\n"), [Outcome::Unknown]);
    let words = "answered resolved redirected abandoned unanswered open";
    let rows: String =
        words.split(' ').map(|word| format!("2026-03-01T10:00:00,{word}\n")).collect();
    assert_eq!(
        outcomes(&format!("arrived,outcome\n{rows}")),
        [
            Outcome::Answered,
            Outcome::Answered,
            Outcome::Redirected,
            Outcome::GaveUp,
            Outcome::Waiting,
            Outcome::Waiting
        ]
    );
}

#[test]
fn a_mapped_column_takes_the_place_of_the_one_with_the_fields_name() {
    let text = "arrived,created,id\nnever,2026-03-01T10:00:00,7\n";
    let mapped = |map: &[(&str, Field)]| {
        let map = map.iter().map(|&(name, field)| Mapping::new(name, field)).collect();
        contacts(text, &Options { map, ..Options::default() })
    };
    let (about, all) = mapped(&[("CREATED", Field::Arrived), ("arrived", Field::Kind)]).unwrap();
    assert_eq!(all[0].arrived.text(), "2026-03-01T10:00:00");
    assert_eq!(about.names.kinds.iter().collect::<Vec<_>>(), ["never"]);
    assert_eq!(about.fields, [Field::Id, Field::Arrived, Field::Kind]);
    let twice = mapped(&[("created", Field::Arrived), ("arrived", Field::Arrived)]);
    assert!(twice.unwrap_err().message.contains("two columns"));
    assert!(mapped(&[("made", Field::Arrived)]).unwrap_err().message.contains("no column `made`"));
}

/// A contact in a few words: seconds until the answer, seconds until the end, outcome.
type Brief = (Option<i64>, Option<i64>, Outcome);

fn brief(contact: &Contact) -> Brief {
    let after = |moment: Option<Moment>| moment.map(|it| contact.arrived.until(it) / 1000);
    (after(contact.answered), after(contact.closed), contact.outcome)
}

fn briefs(text: &str, options: &Options) -> Vec<Brief> {
    let (_, all) = contacts(text, options).unwrap_or_else(|error| panic!("{error}"));
    all.iter().map(brief).collect()
}

fn refusal(text: &str, options: &Options) -> String {
    contacts(text, options).unwrap_err().to_string()
}

fn mapped(map: &[(&str, Field)]) -> Options {
    let map = map.iter().map(|&(name, field)| Mapping::new(name, field)).collect();
    Options { map, ..Options::default() }
}

/// Three contacts: answered after 5 s and over after 65, given up after 10, answered after 40 min.
const THREE: [Brief; 3] = [
    (Some(5), Some(65), Outcome::Answered),
    (None, Some(10), Outcome::GaveUp),
    (Some(2_400), Some(3_000), Outcome::Answered),
];

#[test]
fn columns_of_real_systems_are_found_without_a_mapping() {
    for text in [
        // Day first, as 13/03 shows; a title of no known field is ignored.
        "Chamado;Data Abertura;Primeira Resposta;Data Fechamento;Obs\n\
         1;02/03/2026 08:05:10;02/03/2026 08:05:15;02/03/2026 08:06:15;x\n\
         2;03/03/2026 08:05:10;;03/03/2026 08:05:20;y\n\
         3;13/03/2026 23:50:00;14/03/2026 00:30:00;14/03/2026 00:40:00;\n",
        "Call Number,Received DtTm,Answered DtTm,Available DtTm\n\
         1,3/2/2026 8:05:10 AM,3/2/2026 8:05:15 AM,3/2/2026 8:06:15 AM\n\
         2,3/3/2026 8:05:10 AM,,3/3/2026 8:05:20 AM\n\
         3,3/13/2026 11:50:00 PM,3/14/2026 12:30:00 AM,3/14/2026 12:40:00 AM\n",
        // A clock alone belongs to the day of the arrival, and may be past midnight.
        "Erstellt am\tBeantwortet\tEnde\n\
         2.3.2026 8:05:10\t8:05:15\t8:06:15\n\
         3.3.2026 8:05:10\t-\t8:05:20\n\
         13.3.2026 23:50:00\t00:30:00\t00:40:00\n",
        // Date and clock have a column each, lengths stand for times, Y and N for answers.
        "Call Id,Date,Time,Answered (Y/N),Speed of answer in seconds,AvgTalkDuration\n\
         1,2026-03-02,08:05:10,Y,5,0:01:00\n\
         2,2026-03-03,08:05:10,N,10,\n\
         3,2026-03-13,23:50:00,Y,2400,0:10:00\n",
        // The whole length less that of the conversation is the wait.
        "calldate,channel,duration,billsec,disposition,uniqueid\n\
         2026-03-02 08:05:10,SIP/1,65,60,ANSWERED,1.1\n\
         2026-03-03 08:05:10,SIP/2,10,0,NO ANSWER,1.2\n\
         2026-03-13 23:50:00,SIP/3,3000,600,ANSWERED,1.3\n",
        // Marks of what did not happen.
        "created,first reply,closed\n\
         1772438710,1772438715,1772438775\n\
         1772525110,0,1772525120\n\
         1773445800,1773448200,1773448800\n",
        "arrived,answered,closed\n\
         2026-03-02T08:05:10Z,2026-03-02T08:05:15Z,2026-03-02T08:06:15Z\n\
         2026-03-03T08:05:10Z,1970-01-01T00:00:00Z,2026-03-03T08:05:20Z\n\
         2026-03-13T23:50:00Z,2026-03-14T00:30:00Z,2026-03-14T00:40:00Z\n",
    ] {
        assert_eq!(briefs(text, &Options::default()), THREE, "{text}");
    }
}

#[test]
fn a_mapping_adds_to_the_guess_and_leaves_columns_out() {
    let text = "Created,Opened,First reply,Closed at,Priority\n\
                2026-03-01 08:00:00,2026-03-02 08:05:10,2026-03-02 08:05:15,2026-03-02 08:06:15,Low\n\
                2026-03-01 08:00:00,2026-03-03 08:05:10,,2026-03-03 08:05:20,High\n\
                2026-03-01 08:00:00,2026-03-13 23:50:00,2026-03-14 00:30:00,2026-03-14 00:40:00,Low\n";
    assert_eq!(briefs(text, &mapped(&[("Opened", Field::Arrived)])), THREE);
    let (about, _) = contacts(text, &mapped(&[("Opened", Field::Arrived)])).unwrap();
    assert_eq!(about.fields, [Field::Arrived, Field::Answered, Field::Closed]);
    assert!(matches!(
        about.reading.notes.as_slice(),
        [Note::LeftOut { column, field: Field::Priority, value: Some(value), .. }]
            if column == "Priority" && value == "Low"
    ));
    let (about, _) = contacts(text, &Options::default()).unwrap();
    assert!(about.reading.notes.iter().any(|note| matches!(
        note,
        Note::Doubtful { field: Field::Arrived, column, other }
            if column == "Created" && other == "Opened"
    )));
    let none = Options { map: vec![Mapping::left_out("priority")], ..Options::default() };
    let (about, _) = contacts(text, &none).unwrap();
    assert!(!about.reading.notes.iter().any(|note| matches!(note, Note::LeftOut { .. })));
    let refused = refusal(text, &mapped(&[("Priority", Field::Priority)]));
    for part in ["`Priority` is `Low`", "log:2", "--map \"Priority=\""] {
        assert!(refused.contains(part), "{refused}");
    }
}

#[test]
fn the_order_of_a_date_is_never_guessed() {
    let log = |rows: &str| format!("arrived,closed\n{rows}");
    let open = log("02/03/2026 08:00,\n04/03/2026 08:00,05/03/2026 08:00\n");
    let refused = refusal(&open, &Options::default());
    for part in ["ambiguous", "`02/03/2026 08:00`", "log:2", "--dates DMY", "--dates MDY"] {
        assert!(refused.contains(part), "{refused}");
    }
    for (order, first) in [(Order::DayFirst, "2026-03-02"), (Order::MonthFirst, "2026-02-03")] {
        let options = Options { dates: Some(order), ..Options::default() };
        let (about, _) = contacts(&open, &options).unwrap();
        assert_eq!(about.span.unwrap().0.text(), format!("{first}T08:00:00"));
    }
    // Another column decides it; or a row beyond those that are looked at first.
    let other = log("02/03/2026 08:00,13/03/2026 08:00\n");
    assert_eq!(
        contacts(&other, &Options::default()).unwrap().1[0].arrived.text(),
        "2026-03-02T08:00:00"
    );
    let late = log(&format!("{}03/13/2026 08:00,\n", "02/03/2026 08:00,\n".repeat(3_000)));
    assert_eq!(
        contacts(&late, &Options::default()).unwrap().1[0].arrived.text(),
        "2026-02-03T08:00:00"
    );
    for rows in ["13/03/2026 08:00,\n03/13/2026 08:00,\n".to_owned(), {
        format!("13/03/2026 08:00,\n{}03/13/2026 08:00,\n", "02/03/2026 08:00,\n".repeat(3_000))
    }] {
        let refused = refusal(&log(&rows), &Options::default());
        for part in ["`13/03/2026 08:00`", "`03/13/2026 08:00`", "line 2", "--dates DMY"] {
            assert!(refused.contains(part), "{refused}");
        }
    }
}

#[test]
fn what_hangs_on_what_happened_is_never_left_out() {
    let rows = |odd: usize, row: &str| {
        let good = "2026-03-02 08:00:00,2026-03-02 08:00:10,answered\n".repeat(1_000 - odd);
        format!("arrived,answered,outcome\n{good}{}", row.repeat(odd))
    };
    let skip = Options { skip: 0.5, ..Options::default() };
    for row in ["2026-03-02 08:00:00,,lost in space\n", "2026-03-02 08:00:00,soon,\n"] {
        let (about, all) = contacts(&rows(10, row), &skip).unwrap();
        assert_eq!((all.len(), about.skipped.rows), (1_000, 0));
        assert_eq!(all.iter().filter(|it| it.outcome == Outcome::Unknown).count(), 10);
        assert!(about.caveats.contains(&Caveat::Doubtful(10)), "{:?}", about.caveats);
        let refused = refusal(&rows(11, row), &skip);
        assert!(
            refused.contains("11 of 1,000 rows (1.1%)") && refused.contains("log:991"),
            "{refused}"
        );
        assert!(refused.contains("--value") && !refused.contains("--skip"), "{refused}");
    }
    let said =
        |word| Options { values: vec![("Lost in  space".to_owned(), word)], ..Options::default() };
    let lost = rows(500, "2026-03-02 08:00:00,,lost_in_space\n");
    for (word, outcome) in
        [(Some(Word::Abandoned), Outcome::GaveUp), (Some(Word::Answered), Outcome::Answered)]
    {
        let (_, all) = contacts(&lost, &said(word)).unwrap();
        assert_eq!(
            all.iter().filter(|it| it.outcome == outcome && it.answered.is_none()).count(),
            500
        );
    }
    let empty = Options { values: vec![("soon".to_owned(), None)], ..Options::default() };
    let (_, all) = contacts(&rows(500, "2026-03-02 08:00:00,soon,open\n"), &empty).unwrap();
    assert_eq!(all.iter().filter(|it| it.outcome == Outcome::Waiting).count(), 500);
}

#[test]
fn rows_that_are_left_out_are_compared_with_those_that_are_kept() {
    let good = "2026-03-02 20:00:00,2026-03-02 20:00:10,a\n".repeat(100);
    let text = format!("arrived,answered,kind\n{good}2026-03-02 09:00:00,,b,c,d\n");
    let (about, all) = contacts(&text, &Options { skip: 0.1, ..Options::default() }).unwrap();
    assert_eq!((all.len(), about.skipped.rows), (100, 1));
    let differ = about.caveats.iter().find(|it| matches!(it, Caveat::LeftOutRows { .. })).unwrap();
    assert_eq!(
        differ.to_string(),
        "of the 1 row that is left out, 0.0% came in the evening (100.0% of those kept) and 0.0% have \
         an answer (100.0% of those kept)"
    );
}

#[test]
fn lengths_are_seconds_where_that_is_likely_and_it_is_said() {
    let text = "Created,Wait,AHT,Result\n2026-03-02 08:00:00,2,3,Y\n2026-03-02 09:00:00,4,,N\n";
    let (about, all) = contacts(text, &Options::default()).unwrap();
    let seconds = [(Some(2), Some(5), Outcome::Answered), (None, Some(4), Outcome::GaveUp)];
    assert_eq!(all.iter().map(brief).collect::<Vec<_>>(), seconds);
    let assumed = about.reading.notes.iter().filter(|it| matches!(it, Note::AssumedUnit { .. }));
    assert_eq!(assumed.count(), 2);
    let minutes = |column: &str, field| Mapping {
        unit: Some(crate::length::Unit::Minutes),
        ..Mapping::new(column, field)
    };
    let map = vec![minutes("Wait", Field::Wait), minutes("AHT", Field::Handle)];
    let (about, all) = contacts(text, &Options { map, ..Options::default() }).unwrap();
    let minutes = [(Some(120), Some(300), Outcome::Answered), (None, Some(240), Outcome::GaveUp)];
    assert_eq!(all.iter().map(brief).collect::<Vec<_>>(), minutes);
    assert_eq!(all[0].handled_ms, Some(180_000));
    assert!(about.reading.notes.is_empty(), "{:?}", about.reading.notes);
    // A bare number that no unit makes a wait.
    let huge = "Created,wait\n2026-03-02 08:00:00,1772355900\n2026-03-02 09:00:00,1772355901\n";
    let (about, _) = contacts(huge, &Options::default()).unwrap();
    assert!(!about.fields.contains(&Field::Wait));
    let refused = refusal(huge, &mapped(&[("wait", Field::Wait)]));
    assert!(refused.contains("`wait` is `1772355900`") && refused.contains("log:2"), "{refused}");
}

#[test]
fn a_zone_gives_times_their_offset_and_counts_those_that_come_twice() {
    let text = "arrived,answered\n2026-10-25 01:59:00,2026-10-25 03:01:00\n2026-10-25 02:30:00,\n";
    let zone = crate::moment::Zone::named("Europe/Berlin").unwrap();
    let (about, all) = contacts(text, &Options { zone, ..Options::default() }).unwrap();
    // The hour from two to three comes twice.
    assert_eq!(brief(&all[0]).0, Some(2 * 3_600 + 120));
    assert_eq!(all[0].arrived.text(), "2026-10-25T01:59:00+02:00");
    assert!(about.caveats.contains(&Caveat::ShownTwice(1)), "{:?}", about.caveats);
    assert_eq!(briefs(text, &Options::default())[0].0, Some(3_720));
}

#[test]
fn tickets_with_beginning_and_end_alone_tell_what_is_settled() {
    let text = "Ticket ID,Created Date,Resolved Date,Status\n\
                1,2026-03-02 08:00:00,2026-03-02 10:00:00,Closed\n\
                2,2026-03-02 08:00:00,,In Progress\n";
    let (about, all) = contacts(text, &Options::default()).unwrap();
    assert!(!about.tells_answer_rate);
    assert_eq!(
        all.iter().map(|it| (it.outcome, it.resolved)).collect::<Vec<_>>(),
        [(Outcome::Unknown, Some(true)), (Outcome::Unknown, Some(false))]
    );
    let (_, all) = contacts(&text.replace(",Status", ",Note"), &Options::default()).unwrap();
    assert_eq!(all.iter().map(|it| it.resolved).collect::<Vec<_>>(), [Some(true), Some(false)]);
}

#[test]
fn the_first_contacts_are_shown_as_they_were_read() {
    let text = "Created,First reply,Assignee,Customer name\n\
                2026-03-02 08:00:00,2026-03-02 08:00:20,eve,Ann Example\n\
                2026-03-02 09:00:00,,,Bob Example\n";
    let (about, _) = contacts(text, &Options::default()).unwrap();
    assert!(about.reading.is_guessed());
    assert_eq!(
        about.reading.samples,
        [
            "line 2: arrived 2026-03-02T08:00:00, answered after 20 s, by eve",
            "line 3: arrived 2026-03-02T09:00:00, still waiting",
        ]
    );
    assert_eq!(
        about.reading.mapping(),
        "`Customer name` = customer, `Created` = arrived, `First reply` = answered, `Assignee` = agent"
    );
}

#[test]
fn a_reply_time_says_who_was_answered_and_statuses_do_not() {
    // As helpdesks export: a first reply in minutes, and words on how far a ticket is.
    let text = "Created at,First reply time in minutes,Solved at,Status\n\
                2026-03-02 08:00:00,5,2026-03-02 10:00:00,Completed\n\
                2026-03-02 08:00:00,,2026-03-02 10:00:00,Canceled\n\
                2026-03-02 08:00:00,7.5,,Open\n\
                2026-03-02 08:00:00,,,New\n";
    assert_eq!(
        briefs(text, &Options::default()),
        [
            (Some(300), Some(7_200), Outcome::Answered),
            (None, Some(7_200), Outcome::Unknown),
            (Some(450), None, Outcome::Answered),
            (None, None, Outcome::Waiting),
        ]
    );
    let statuses = text.replace("First reply time in minutes", "Size");
    let (about, all) = contacts(&statuses, &Options::default()).unwrap();
    assert!(!about.tells_answer_rate);
    assert!(all.iter().all(|contact| contact.outcome == Outcome::Unknown));
    let settled: Vec<Option<bool>> = all.iter().map(|contact| contact.resolved).collect();
    assert_eq!(settled, [Some(true), Some(true), Some(false), Some(false)]);
    let strange = text.replace("Completed", "Parked").replace("Open", "Parked").replace("New", "");
    let (about, _) = contacts(&strange, &Options::default()).unwrap();
    let note = about.reading.notes.iter().find(|it| matches!(it, Note::WordsLeftOut { .. }));
    assert!(note.unwrap().to_string().contains("`Parked` (2); `--value \"Parked=WORD\"`"));
}

#[test]
fn a_column_that_asks_for_the_lost_says_yes_where_nobody_answered() {
    let text = "Created,Abandoned (Y/N)\n2026-03-02 08:00:00,N\n2026-03-02 08:00:00,Y\n";
    for options in [Options::default(), mapped(&[("Abandoned (Y/N)", Field::Outcome)])] {
        assert_eq!(
            briefs(text, &options),
            [(None, None, Outcome::Answered), (None, None, Outcome::GaveUp)]
        );
    }
}

#[test]
fn a_likely_column_whose_times_are_before_the_arrivals_is_left_out() {
    let text = "Created,First reply\n\
                2026-03-02 08:00:00,2026-03-02 07:00:00\n\
                2026-03-03 08:00:00,2026-03-03 07:00:00\n";
    let (about, _) = contacts(text, &Options::default()).unwrap();
    assert_eq!(about.fields, [Field::Arrived]);
    assert!(matches!(about.reading.notes.as_slice(), [Note::Earlier { .. }]));
    assert!(!about.tells_answer_rate);
    let (_, all) = contacts(text, &mapped(&[("First reply", Field::Answered)])).unwrap();
    assert!(all.iter().all(|it| it.outcome == Outcome::Answered && it.answered.is_none()));
}

#[test]
fn bare_numbers_are_milliseconds_where_as_seconds_they_would_outlast_the_contacts() {
    // A voice export: 20 s of waiting and 2 min of talking in a contact of three minutes.
    let text = "Conversation Start,Conversation End,Total Talk,Abandoned,Wait Time\n\
                2026-03-02T09:05:10Z,2026-03-02T09:08:10Z,120000,N,20000\n\
                2026-03-02T09:15:10Z,2026-03-02T09:15:40Z,,Y,30000\n";
    assert_eq!(
        briefs(text, &Options::default()),
        [(Some(20), Some(180), Outcome::Answered), (None, Some(30), Outcome::GaveUp)]
    );
    let (about, _) = contacts(text, &Options::default()).unwrap();
    let said: Vec<String> = about.reading.notes.iter().map(Note::to_string).collect();
    assert!(said.iter().any(|note| note.contains("`Wait Time` is taken to be in milliseconds")));
}

#[test]
fn a_column_of_times_with_strange_marks_is_left_out_with_a_note() {
    let text = "Created,First reply\n\
                2026-03-02 08:00:00,2026-03-02 08:00:20\n\
                2026-03-03 08:00:00,not yet\n";
    let (about, _) = contacts(text, &Options::default()).unwrap();
    assert!(matches!(
        about.reading.notes.as_slice(),
        [Note::LeftOut { field: Field::Answered, value: Some(value), .. }] if value == "not yet"
    ));
    let marked = Options { values: vec![("not yet".to_owned(), None)], ..Options::default() };
    let expected = [(Some(20), None, Outcome::Answered), (None, None, Outcome::Waiting)];
    assert_eq!(briefs(text, &marked), expected);
    assert_eq!(briefs(&text.replace("not yet", "-1"), &Options::default()), expected);
}

#[test]
fn a_report_by_interval_is_refused_for_its_rows_are_no_contacts() {
    let text = "Date,Interval,Offered,Answered,Abandoned,ASA\n\
                2026-03-16,09:00,1,1,0,27\n2026-03-16,09:30,16,15,1,24\n";
    let error = contacts(text, &Options::default()).unwrap_err();
    assert!(
        error.message.contains("`Offered` is `16` and `Answered` is `15`"),
        "{}",
        error.message
    );
    let calls = text.replace("Offered,Answered,Abandoned", "Calls offered,No. of calls answered,X");
    assert!(contacts(&calls, &Options::default()).is_err());
    // Flags are none, and the user has the last word.
    let flags = text.replace(",16,15,1,", ",1,1,0,");
    assert!(contacts(&flags, &Options::default()).is_ok());
    let plain = Options { format: Some(&crate::formats::PLAIN), ..Options::default() };
    assert!(contacts(text, &plain).is_ok());
}

#[test]
fn a_duration_with_time_on_hold_gives_no_wait_and_the_talk_alone_is_named() {
    let text = "id,start,duration,talk time,hold time\n\
                1,2026-03-02 08:00:00,100,60,30\n2,2026-03-02 08:05:00,9,0,0\n";
    let outcomes = [(None, Some(100), Outcome::Answered), (None, Some(9), Outcome::GaveUp)];
    assert_eq!(briefs(text, &Options::default()), outcomes);
    let (about, _) = contacts(text, &Options::default()).unwrap();
    let said: Vec<String> = about.reading.notes.iter().map(Note::to_string).collect();
    assert!(said.iter().any(|note| note.contains("`talk time` alone: `hold time` is not in them")));
    assert!(said.iter().any(|note| note.contains("`duration` may hold more")), "{said:?}");
    // Mapped, it is the whole: 100 s less 60 s of talk.
    let mapped = mapped(&[("duration", Field::Duration)]);
    assert_eq!(briefs(text, &mapped)[0].0, Some(40));
}

#[test]
fn contacts_that_the_company_began_are_named() {
    let text = "Call ID,Start Time,Direction,Wait Time,Talk Time\n\
                1,2026-03-02 08:00:00,Inbound,0:00:10,0:01:00\n\
                2,2026-03-02 08:05:00,Outbound,0:00:00,0:01:00\n";
    let (about, _) = contacts(text, &Options::default()).unwrap();
    let note = about.reading.notes.iter().find(|it| matches!(it, Note::Outbound { .. })).unwrap();
    assert!(
        note.to_string().starts_with("`Direction` says that the company began 1 of the first 2")
    );
}

#[test]
fn whether_anybody_still_waits_is_asked_channel_by_channel() {
    // Calls are over within minutes; mails are answered after a day, and some of them wait.
    let mut text = "channel,arrived,answered,closed\n".to_owned();
    for at in 10..20 {
        text +=
            &format!("phone,2026-03-02T09:{at}:00,2026-03-02T09:{at}:20,2026-03-02T09:{at}:50\n");
        text +=
            &format!("mail,2026-03-02T09:{at}:00,2026-03-03T09:{at}:00,2026-03-05T09:{at}:00\n");
    }
    text += "phone,2026-03-02T10:00:00,,\nmail,2026-03-02T10:00:00,,\n";
    let (_, all) = contacts(&text, &Options::default()).unwrap();
    let last: Vec<Outcome> = all[20..].iter().map(|contact| contact.outcome).collect();
    assert_eq!(last, [Outcome::GaveUp, Outcome::Waiting]);
}
