//! What `--map` adds to a format of its own, such as a channel or a kind that the format does not tell.

use crate::about::Options;
use crate::field::Field;
use crate::rows::{Column, Rows};
use heard_text::diagnostic::Diagnostic;

/// Fields that can be added to any format that takes a map.
pub(crate) const ADDS: [Field; 5] =
    [Field::Customer, Field::Channel, Field::Company, Field::Kind, Field::Priority];

/// The columns of a format, and those that `--map` adds; where both name a field, that of `--map` counts.
///
/// # Errors
/// Where there is no such column, or there are several.
pub(crate) fn with_map(
    rows: &Rows,
    options: &Options,
    own: &[(Field, Option<Column>)],
) -> Result<Vec<(Field, Column)>, Diagnostic> {
    let mut all: Vec<(Field, Column)> = Vec::new();
    for mapping in &options.map {
        let column = column(rows, &mapping.column)?;
        if let Some(field) = mapping.field.filter(|field| ADDS.contains(field)) {
            all.push((field, column));
        }
    }
    for &(field, column) in own {
        if !all.iter().any(|(other, _)| *other == field) {
            all.extend(column.map(|column| (field, column)));
        }
    }
    Ok(all)
}

/// The column that `--map` names.
fn column(rows: &Rows, name: &str) -> Result<Column, Diagnostic> {
    rows.only_column(name)?.ok_or_else(|| {
        let message = format!("there is no column `{name}`, which --map names");
        rows.error_at(rows.header_line(), message)
            .help(format!("the columns are: {}", rows.columns_shown()))
    })
}
