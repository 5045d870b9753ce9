//! Workbooks of Excel (`.xlsx`), read by calamine.

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{Book, Seekable, Sink, Trouble, cells};

struct Excel {
    book: Xlsx<Box<dyn Seekable>>,
    sheets: Vec<String>,
}

/// Opens a workbook that has been checked.
pub(crate) fn open(file: Box<dyn Seekable>) -> Result<Box<dyn Book>, Trouble> {
    let book = Xlsx::new(file).map_err(trouble)?;
    let of = |is_shown: bool| {
        let all = book.sheets_metadata().iter();
        let sheets = all.filter(move |sheet| {
            sheet.typ == SheetType::WorkSheet
                && (sheet.visible == SheetVisible::Visible) == is_shown
        });
        sheets.map(|sheet| sheet.name.clone())
    };
    let sheets = of(true).chain(of(false)).collect();
    Ok(Box::new(Excel { book, sheets }))
}

fn trouble(error: XlsxError) -> Trouble {
    match error {
        XlsxError::Password => Trouble::Other {
            what: "a workbook that is locked with a password".to_owned(),
            help: "save it without a password",
        },
        error => Trouble::Damaged(error.to_string()),
    }
}

impl Book for Excel {
    fn kind(&self) -> &'static str {
        "Excel workbook"
    }

    fn sheets(&self) -> Vec<String> {
        self.sheets.clone()
    }

    fn read(&mut self, sheet: usize, to: &mut dyn Sink) -> Result<(), Trouble> {
        let Some(name) = self.sheets.get(sheet) else { return Ok(()) };
        let mut cells = self.book.worksheet_cells_reader(name).map_err(trouble)?;
        while let Some(cell) = cells.next_cell().map_err(trouble)? {
            let (row, column) = cell.get_position();
            to.cell(u64::from(row) + 1, column as usize, &cells::text(cell.get_value()))?;
        }
        Ok(())
    }
}
