//! What all formats have in common: they go over the rows once, and what they make of them is put
//! together in one place.

use heard_text::number::count;

use crate::about::{About, Known, Options};
use crate::caveat::{Caveat, LeftOut};
use crate::contact::Contact;
use crate::field::Field;
use crate::names::Names;
use crate::note::Reading;
use crate::rows::{Ended, Rows};
use heard_text::diagnostic::Diagnostic;

/// Turns rows of one format into contacts.
pub(crate) trait Reader {
    /// Takes in one row. A contact that is whole goes to `each`; what belongs together is held back.
    ///
    /// # Errors
    /// Where the row cannot be read, or the log cannot.
    fn row(
        &mut self,
        rows: &Rows,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<(), Fault>;

    /// Shows the contacts that were held back, and says what is known of the log.
    ///
    /// # Errors
    /// Where the log as a whole cannot be taken.
    fn end(
        self: Box<Self>,
        names: &mut Known,
        each: &mut dyn FnMut(&Contact),
    ) -> Result<Told, Diagnostic>;
}

/// What a reader says of a log that it has read.
#[derive(Debug)]
pub(crate) struct Told {
    /// The fields that the log has.
    pub fields: Vec<Field>,
    /// Rows that are not contacts: how many, and what they are.
    pub left_out: Vec<(u64, LeftOut)>,
    /// In what way it is not a fair sample of what happened.
    pub caveats: Vec<Caveat>,
    /// Whether it shows who was never answered.
    pub tells_answer_rate: bool,
    /// How its columns were taken.
    pub reading: Reading,
}

/// What is wrong with a row.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It cannot be read: why.
    Row(String),
    /// A field has more different values than the log may have.
    TooMany(Field, usize),
    /// The log cannot be read.
    Log(Diagnostic),
}

impl From<String> for Fault {
    fn from(why: String) -> Self {
        Self::Row(why)
    }
}

/// The number of a name.
///
/// # Errors
/// Where a field has too many different values.
pub(crate) fn number(field: Field, name: &str, names: &mut Names) -> Result<u32, Fault> {
    names.number(name).ok_or(Fault::TooMany(field, names.most()))
}

/// Reads a log from its beginning to its end.
///
/// # Errors
/// Where it breaks off, or too many of its rows cannot be read.
pub(crate) fn read(
    format: &'static str,
    mut reader: Box<dyn Reader>,
    mut rows: Rows,
    options: &Options,
    each: &mut dyn FnMut(&Contact),
) -> Result<About, Diagnostic> {
    let mut names = Known::default();
    while rows.go_on()? {
        match reader.row(&rows, &mut names, each) {
            Ok(()) => {}
            Err(Fault::Row(why)) => rows.skip(why),
            Err(Fault::Log(error)) => return Err(error),
            Err(Fault::TooMany(field, most)) => return Err(too_many(&rows, field, most)),
        }
    }
    let name = rows.name().to_owned();
    let Ended { rows, skipped, look } = rows.end(options.skip)?;
    let Told { fields, left_out, caveats, tells_answer_rate, reading } =
        reader.end(&mut names, each)?;
    Ok(About {
        name,
        format,
        rows,
        skipped,
        look: Some(look),
        contacts: 0,
        span: None,
        names,
        fields,
        left_out,
        caveats,
        tells_answer_rate,
        reading,
    })
}

fn too_many(rows: &Rows, field: Field, most: usize) -> Diagnostic {
    let (name, most) = (field.name(), count(most as u64));
    rows.error_at(rows.line(), format!("`{name}` has more than {most} different values"))
        .help("if it is free text, map another column, or none")
}
