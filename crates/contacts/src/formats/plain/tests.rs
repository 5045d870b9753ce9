//! Plain logs, read.

use super::*;
use crate::field::Mapping;
use crate::log::tests::contacts;

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
