//! What `--map` adds to a format of its own, such as a channel or a kind that the format does not tell.

use super::case::Traits;
use super::reader::{Fault, number};
use crate::about::{Known, Options};
use crate::checks::hash_of;
use crate::field::Field;
use crate::rows::{Column, Rows};
use crate::values::{shown, whole};
use heard_text::diagnostic::Diagnostic;

/// Fields that can be added to any format that takes a map.
pub(crate) const ADDS: [Field; 5] =
    [Field::Customer, Field::Channel, Field::Company, Field::Kind, Field::Priority];

/// Columns that are read besides those of the format.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra(Vec<(Field, Column)>);

impl Extra {
    /// The columns of `--map` for fields that can be added.
    ///
    /// # Errors
    /// Where there is no such column, or there are several.
    pub(crate) fn of(rows: &Rows, options: &Options) -> Result<Self, Diagnostic> {
        let mut extra = Self::default();
        for mapping in &options.map {
            let Some(field) = mapping.field.filter(|field| ADDS.contains(field)) else { continue };
            if extra.at(field).is_none() {
                extra.add(field, column(rows, &mapping.column)?);
            }
        }
        Ok(extra)
    }

    pub(crate) fn add(&mut self, field: Field, column: Column) {
        self.0.push((field, column));
    }

    /// Names the fields that are added.
    pub(crate) fn name(&self, fields: &mut Vec<Field>) {
        let new = self.0.iter().map(|(field, _)| *field).filter(|field| !fields.contains(field));
        let new: Vec<Field> = new.collect();
        fields.extend(new);
    }

    pub(crate) fn at(&self, field: Field) -> Option<Column> {
        self.0.iter().find(|(other, _)| *other == field).map(|(_, column)| *column)
    }

    /// What a row says of them.
    ///
    /// # Errors
    /// Where a value does not fit, or there are too many different ones.
    pub(crate) fn traits(&self, rows: &Rows, names: &mut Known) -> Result<Traits, Fault> {
        let mut traits = Traits::default();
        for &(field, column) in &self.0 {
            let Some(value) = rows.get(Some(column)) else { continue };
            let name = || String::from_utf8_lossy(value);
            match field {
                Field::Customer => traits.customer = Some(hash_of(value)),
                Field::Channel => {
                    traits.channel = Some(number(field, &name(), &mut names.channels)?);
                }
                Field::Company => {
                    traits.company = Some(number(field, &name(), &mut names.companies)?);
                }
                Field::Kind => traits.kind = Some(number(field, &name(), &mut names.kinds)?),
                Field::Priority => {
                    let rank = whole(value).and_then(|rank| u8::try_from(rank).ok());
                    traits.priority = Some(rank.ok_or_else(|| {
                        format!(
                            "`priority` is `{}`, which is not a whole number from 0 to 255",
                            shown(value)
                        )
                    })?);
                }
                _ => {}
            }
        }
        Ok(traits)
    }
}

/// The column that `--map` names.
///
/// # Errors
/// Where there is none, or there are several.
pub(crate) fn column(rows: &Rows, name: &str) -> Result<Column, Diagnostic> {
    rows.only_column(name)?.ok_or_else(|| {
        rows.error_at(1, format!("there is no column `{name}`, which --map names"))
            .help(format!("the columns are: {}", rows.columns_shown()))
    })
}
