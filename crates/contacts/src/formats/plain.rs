//! The plain format: one row a contact.
//!
//! The columns `id, customer, channel, company, arrived, answered, closed, outcome, agent, public,
//! followers, kind, priority` in any order, of which only `arrived` must be there; columns of other
//! names are mapped. Others are ignored.

use super::reader::{Fault, Reader, Told, number as numbered};
use crate::about::{Known, Options};
use crate::caveat::Caveat;
use crate::checks::{Checks, hash_of};
use crate::contact::{Contact, Outcome};
use crate::field::Field;
use crate::names::Names;
use crate::rows::{Column, Rows};
use crate::values::{length, shown, whole};
use heard_text::diagnostic::Diagnostic;

/// Where the fields stand in a row.
struct Columns([Option<Column>; Field::ALL.len()]);

impl Columns {
    fn of(rows: &Rows, options: &Options) -> Result<Self, Diagnostic> {
        let mut columns = Self([None; Field::ALL.len()]);
        for (at, (name, field)) in options.map.iter().enumerate() {
            let earlier =
                options.map[..at].iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
            if let Some((_, other)) = earlier.filter(|(_, other)| other != field) {
                let (other, field) = (other.name(), field.name());
                return Err(rows.error(format!(
                    "--map takes column `{name}` for `{other}` and for `{field}`"
                )));
            }
            let Some(column) = rows.only_column(name)? else {
                return Err(rows
                    .error_at(1, format!("there is no column `{name}`, which --map names"))
                    .help(format!("the columns are: {}", rows.columns_shown())));
            };
            let at = &mut columns.0[*field as usize];
            if at.is_some() {
                return Err(rows.error(format!("--map gives `{}` two columns", field.name())));
            }
            *at = Some(column);
        }
        for field in Field::ALL {
            let at = &mut columns.0[field as usize];
            if at.is_none() {
                // A column that has been mapped to another field is not this one.
                let taken =
                    options.map.iter().any(|(name, _)| name.eq_ignore_ascii_case(field.name()));
                *at = if taken { None } else { rows.only_column(field.name())? };
            }
        }
        if columns.at(Field::Arrived).is_none() {
            return Err(rows.error_at(1, "no column says when contacts arrived").help(format!(
                "say which: `--map COLUMN=arrived`; the columns are: {}",
                rows.columns_shown()
            )));
        }
        Ok(columns)
    }

    fn at(&self, field: Field) -> Option<Column> {
        self.0[field as usize]
    }

    fn fields(&self) -> Vec<Field> {
        Field::ALL.into_iter().filter(|field| self.at(*field).is_some()).collect()
    }
}

/// One row per contact, in columns of any names.
struct Plain {
    columns: Columns,
    checks: Checks,
}

pub(crate) fn open(rows: &Rows, options: &Options) -> Result<Box<dyn Reader>, Diagnostic> {
    Ok(Box::new(Plain { columns: Columns::of(rows, options)?, checks: Checks::default() }))
}

impl Reader for Plain {
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault> {
        each(&contact(rows, &self.columns, &mut self.checks, names)?);
        Ok(())
    }

    fn end(self: Box<Self>, _: &mut Known, _: &mut dyn FnMut(&Contact)) -> Told {
        let fields = self.columns.fields();
        let tells = fields.iter().any(|field| matches!(field, Field::Answered | Field::Outcome));
        Told {
            fields,
            left_out: Vec::new(),
            caveats: if tells { Vec::new() } else { vec![Caveat::NoAnswers] },
            tells_answer_rate: tells,
        }
    }
}

fn contact(
    rows: &Rows,
    columns: &Columns,
    checks: &mut Checks,
    names: &mut Known,
) -> Result<Contact, Fault> {
    rows.has_all_fields()?;
    let get = |field| rows.get(columns.at(field));
    let mut moment = |field: Field| match get(field) {
        Some(text) => checks.moment(field.name(), text).map(Some),
        None => Ok(None),
    };
    let arrived = moment(Field::Arrived)?.ok_or_else(|| "`arrived` is empty".to_owned())?;
    let (answered, closed) = (moment(Field::Answered)?, moment(Field::Closed)?);
    let mut before = arrived;
    let mut what = "arrived";
    for (field, time) in [("answered", answered), ("closed", closed)] {
        let Some(time) = time else { continue };
        if before.until(time) < 0 {
            return Err(Fault::Row(format!(
                "`{field}` is {} before `{what}`",
                length(-before.until(time))
            )));
        }
        (before, what) = (time, field);
    }
    let outcome = match get(Field::Outcome) {
        Some(word) => outcome(word, answered.is_some(), closed.is_some())?,
        None if answered.is_some() => Outcome::Answered,
        None if columns.at(Field::Answered).is_none() => Outcome::Unknown,
        None if closed.is_some() => Outcome::GaveUp,
        None => Outcome::Waiting,
    };
    let public = get(Field::Public).map(truth).transpose()?;
    let followers = get(Field::Followers).map(number).transpose()?;
    let priority = get(Field::Priority).map(priority).transpose()?;
    if let Some(id) = get(Field::Id)
        && !checks.is_new(id)
    {
        return Err(Fault::Row(format!("the id `{}` has come before", shown(id))));
    }
    let named =
        |field: Field, names: &mut Names, otherwise: &str| match rows.text(columns.at(field)) {
            Some(name) => numbered(field, &name, names),
            None => Ok(names.number(otherwise).unwrap_or(0)),
        };
    let some = |field: Field, names: &mut Names| match rows.text(columns.at(field)) {
        Some(name) => numbered(field, &name, names).map(Some),
        None => Ok(None),
    };
    Ok(Contact {
        line: rows.line(),
        customer: get(Field::Customer).map(hash_of),
        company: named(Field::Company, &mut names.companies, "company")?,
        channel: named(Field::Channel, &mut names.channels, "channel")?,
        kind: some(Field::Kind, &mut names.kinds)?,
        priority,
        agent: some(Field::Agent, &mut names.agents)?,
        arrived,
        answered,
        closed,
        outcome,
        public,
        followers,
        handled_ms: None,
        resolved: None,
        talk: None,
    })
}

fn outcome(word: &[u8], answered: bool, closed: bool) -> Result<Outcome, String> {
    let outcome = match word.to_ascii_lowercase().as_slice() {
        b"answered" | b"resolved" => Outcome::Answered,
        b"redirected" => Outcome::Redirected,
        b"abandoned" => Outcome::GaveUp,
        // What is over without an answer waits no more.
        b"unanswered" | b"open" if closed => Outcome::GaveUp,
        b"unanswered" | b"open" => Outcome::Waiting,
        _ => {
            return Err(format!(
                "`outcome` is `{}`; it can be answered, resolved, redirected, abandoned, unanswered or open",
                shown(word)
            ));
        }
    };
    if answered && !outcome.is_answered() {
        return Err(format!("`outcome` is `{}`, but `answered` has a time", shown(word)));
    }
    Ok(outcome)
}

fn truth(word: &[u8]) -> Result<bool, String> {
    match word.to_ascii_lowercase().as_slice() {
        b"true" | b"yes" | b"1" | b"public" => Ok(true),
        b"false" | b"no" | b"0" | b"private" => Ok(false),
        _ => Err(format!("`public` is `{}`; it can be true or false", shown(word))),
    }
}

fn number(word: &[u8]) -> Result<f64, String> {
    let number = std::str::from_utf8(word).ok().and_then(|text| text.parse::<f64>().ok());
    number.filter(|number| number.is_finite() && *number >= 0.0).ok_or_else(|| {
        format!("`followers` is `{}`, which is not a number, 0 or more", shown(word))
    })
}

fn priority(word: &[u8]) -> Result<u8, String> {
    whole(word).and_then(|number| u8::try_from(number).ok()).ok_or_else(|| {
        format!("`priority` is `{}`, which is not a whole number from 0 to 255", shown(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(about.fields, Field::ALL);
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
            let map = map.iter().map(|&(name, field)| (name.to_owned(), field)).collect();
            contacts(text, &Options { map, ..Options::default() })
        };
        let (about, all) =
            mapped(&[("CREATED", Field::Arrived), ("arrived", Field::Kind)]).unwrap();
        assert_eq!(all[0].arrived.text(), "2026-03-01T10:00:00");
        assert_eq!(about.names.kinds.iter().collect::<Vec<_>>(), ["never"]);
        assert_eq!(about.fields, [Field::Id, Field::Arrived, Field::Kind]);
        let twice = mapped(&[("created", Field::Arrived), ("arrived", Field::Arrived)]);
        assert!(twice.unwrap_err().message.contains("two columns"));
        assert!(
            mapped(&[("made", Field::Arrived)]).unwrap_err().message.contains("no column `made`")
        );
    }
}
