//! Text and tables that fit the page, however long or strange the names in them.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

/// Columns of a terminal that the text fits in.
pub const PAGE: u16 = 100;
/// Columns that an arm's name may take; a longer one is wrapped.
const NAME: u16 = 34;
/// Blanks between two columns.
const BETWEEN: u16 = 2;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// A paragraph, wrapped.
pub fn paragraph(text: &str) -> String {
    let mut table = table(false);
    table.load_style(TableStyle::new()).add_row([text]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((0, 0));
    }
    trimmed(&table)
}

/// A column of words or numbers under a heading.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading; may have several lines.
    pub heading: String,
    /// The values from top to bottom.
    pub cells: Vec<Cell>,
    /// Whether they stand at the right, as numbers do.
    pub right: bool,
}

impl Column {
    /// Columns of the page that it takes, with the blanks before it.
    pub fn width(&self) -> u16 {
        let mut table = Table::new();
        table.set_header([self.heading.as_str()]);
        for cell in &self.cells {
            table.add_row([cell.clone()]);
        }
        let width = table.column_max_content_widths().first().copied().unwrap_or_default();
        (if self.right { width } else { width.min(NAME) }).saturating_add(BETWEEN)
    }
}

/// A table of these columns.
pub fn columns(columns: &[Column], colour: bool) -> String {
    let mut table = table(colour);
    table.set_header(columns.iter().map(|column| column.heading.as_str()));
    for row in 0..columns.iter().map(|column| column.cells.len()).max().unwrap_or_default() {
        let cell = |column: &Column| column.cells.get(row).cloned().unwrap_or(Cell::new(""));
        table.add_row(columns.iter().map(cell).collect::<Vec<Cell>>());
    }
    for (index, column) in columns.iter().enumerate() {
        let Some(set) = table.column_mut(index) else { continue };
        set.set_padding((if index == 0 { 0 } else { BETWEEN }, 0));
        if column.right {
            set.set_cell_alignment(CellAlignment::Right);
        }
        if index == 0 {
            set.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(NAME)));
        }
    }
    trimmed(&table)
}

fn table(colour: bool) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(PAGE)
        .force_no_tty();
    if colour {
        table.enforce_styling();
        // Blanks stay plain, so that lines end with their last word.
        table.style_text_only();
    }
    table
}

fn trimmed(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of the terminal that a line takes.
    fn width(line: &str) -> u16 {
        let mut table = Table::new();
        table.add_row([line]);
        table.column_max_content_widths()[0]
    }

    #[test]
    fn paragraphs_wrap_at_the_page() {
        let text = paragraph(&"words and ".repeat(40));
        assert!(text.lines().count() > 3);
        assert!(text.lines().all(|line| (80..=PAGE).contains(&width(line)) || line.len() < 80));
        assert!(!text.contains(" \n"));
    }
}
