//! Documents as text for a terminal, at most 100 columns wide however long or strange the names in
//! them.

use comfy_table::{
    Attribute, Cell as Drawn, CellAlignment, Color, ColumnConstraint, ContentArrangement,
    LineStyle, Table as Grid, TableStyle, Width,
};

use heard_text::name::harmless;

use super::{Align, Block, Cell, Document, Line, Row, Table, Tone};

/// Columns of a terminal that the text fits in.
pub const PAGE: u16 = 100;
/// Columns that the first column of a table may always take. A longer name is wrapped where the other
/// columns leave no room for it.
const NAME: u16 = 34;
/// Columns that a column of sentences needs at least.
const SENTENCE: u16 = 26;
/// Blanks between two columns.
const BETWEEN: u16 = 2;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// Columns of the terminal that standard output goes to, from 40 to 140; [`PAGE`] where there is none.
#[must_use]
pub fn width() -> u16 {
    Grid::new().width().map_or(PAGE, |width| width.clamp(40, 140))
}

/// The document as text with a line end at its end, at most `width` columns wide.
/// Colours are escape sequences of ANSI terminals; without them the text is plain.
#[must_use]
pub fn text(document: &Document, width: u16, colour: bool) -> String {
    let page = Page { width, colour };
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in &document.blocks {
        let shown = page.block(block);
        if shown.is_empty() {
            continue;
        }
        if before.is_some_and(|before| stands_apart(before, block)) {
            text.push('\n');
        }
        text += &shown;
        before = Some(block);
    }
    text
}

/// Whether a blank line stands between two blocks: what follows a heading and notes that follow each
/// other stand together.
fn stands_apart(before: &Block, now: &Block) -> bool {
    !matches!(
        (before, now),
        (Block::Heading { .. }, _)
            | (Block::Note { .. }, Block::Note { .. })
            | (Block::Warning { .. }, Block::Warning { .. })
    )
}

#[derive(Clone, Copy)]
struct Page {
    width: u16,
    colour: bool,
}

impl Page {
    fn block(self, block: &Block) -> String {
        match block {
            Block::Heading { text } => self.strong(&self.paragraph(text)),
            Block::Paragraph { text } | Block::SmallPrint { text } => self.paragraph(text),
            Block::Note { text } => self.paragraph(&format!("Note: {text}")),
            Block::Warning { text } => {
                let text = self.paragraph(&format!("Warning: {text}"));
                if !self.colour {
                    return text;
                }
                text.replacen("Warning:", "\u{1b}[33mWarning:\u{1b}[0m", 1)
            }
            Block::Outline { lines } => lines.iter().map(|line| self.line(line)).collect(),
            Block::Table(table) => self.tables(table),
            Block::Figure(_) => String::new(),
        }
    }

    fn strong(self, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        text.lines().map(|line| format!("\u{1b}[1m{line}\u{1b}[0m\n")).collect()
    }

    /// A line of an outline. Where it is wrapped, the rest stands two columns further in, so that it
    /// is not taken for the next one.
    fn line(self, line: &Line) -> String {
        let indent = "  ".repeat(line.depth);
        self.wrapped(&indent, &format!("{indent}  "), &line.text)
    }

    fn paragraph(self, text: &str) -> String {
        self.wrapped("", "", text)
    }

    /// Wrapped text, with what stands before the first of its lines and before the others.
    fn wrapped(self, first: &str, others: &str, text: &str) -> String {
        let mut grid = Grid::new();
        grid.load_style(TableStyle::new())
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width.saturating_sub(others.len() as u16).max(20))
            .force_no_tty();
        grid.add_row([harmless(text)]);
        if let Some(column) = grid.column_mut(0) {
            column.set_padding((0, 0));
        }
        let indents = std::iter::once(first).chain(std::iter::repeat(others));
        let lines = indents.zip(grid.lines());
        lines.map(|(indent, line)| format!("{indent}{line}").trim_end().to_owned() + "\n").collect()
    }

    /// The table; in several, each with the first column, where the columns do not fit side by side.
    fn tables(self, table: &Table) -> String {
        let widths: Vec<u16> =
            (0..table.columns.len()).map(|at| natural_width(table, at)).collect();
        let least = |at: usize| match table.columns[at].align {
            _ if at == 0 => widths[at].min(NAME),
            Align::Wrapped => widths[at].min(BETWEEN + SENTENCE),
            Align::Left | Align::Right => widths[at],
        };
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        for at in 1..table.columns.len() {
            let fits = |block: &&mut Vec<usize>| {
                block.iter().map(|&at| least(at)).sum::<u16>() + least(at) <= self.width
            };
            match blocks.last_mut().filter(fits) {
                Some(block) => block.push(at),
                None => blocks.push(vec![0, at]),
            }
        }
        if blocks.is_empty() {
            blocks.push((0..table.columns.len()).collect());
        }
        let drawn = blocks
            .iter()
            .map(|block| self.table(table, block, &self.limits(table, block, &widths)));
        drawn.collect::<Vec<_>>().join("\n")
    }

    /// Columns of the page that each column of a block may take, with the blanks before it: sentences
    /// share what the others leave, and a long name takes what is left over.
    fn limits(self, table: &Table, columns: &[usize], widths: &[u16]) -> Vec<Option<u16>> {
        let wrapped = |at: usize| at > 0 && table.columns[at].align == Align::Wrapped;
        let mut open: Vec<u16> =
            columns.iter().filter(|&&at| wrapped(at)).map(|&at| widths[at]).collect();
        let fixed = columns.iter().filter(|&&at| at > 0 && !wrapped(at));
        let mut room = self.width.saturating_sub(fixed.map(|&at| widths[at]).sum());
        let name = if open.is_empty() { room.max(NAME) } else { NAME };
        room = room.saturating_sub(columns.first().map_or(0, |&at| widths[at].min(name)));
        // The narrowest come first: what one does not need, the others share.
        open.sort_unstable();
        let mut share = 0;
        for (index, width) in open.iter().enumerate() {
            share = room / (open.len() - index) as u16;
            room -= share.min(*width);
        }
        let limit = |&at: &usize| match at {
            0 => Some(name),
            at if wrapped(at) => Some(share.min(widths[at])),
            _ => None,
        };
        columns.iter().map(limit).collect()
    }

    /// Some columns of a table, each at most as wide as its limit. Groups stand across it and do not
    /// widen the first column; rows with nothing but their name in these columns are left to the others.
    fn table(self, table: &Table, columns: &[usize], limits: &[Option<u16>]) -> String {
        let mut grid = Grid::new();
        grid.load_style(STYLE)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width)
            .force_no_tty();
        if self.colour {
            grid.enforce_styling();
            // Blanks stay plain, so that lines end with their last word.
            grid.style_text_only();
        }
        if table.columns.iter().any(|column| !column.heading.is_empty()) {
            grid.set_header(columns.iter().map(|&at| harmless(&table.columns[at].heading)));
        }
        let mut any = false;
        for row in &table.rows {
            if is_said_elsewhere(row, columns) {
                continue;
            }
            if table.apart && any {
                grid.add_row([BLANK]);
            }
            any = true;
            match row {
                Row::Group { .. } => grid.add_row([GROUP]),
                Row::Cells { depth, cells } => {
                    grid.add_row(columns.iter().map(|&at| drawn(*depth, cells, at)))
                }
            };
        }
        for (index, (&at, limit)) in columns.iter().zip(limits).enumerate() {
            let Some(set) = grid.column_mut(index) else { continue };
            set.set_padding((if index == 0 { 0 } else { BETWEEN }, 0));
            if table.columns[at].align == Align::Right {
                set.set_cell_alignment(CellAlignment::Right);
            }
            if let Some(limit) = limit {
                set.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(*limit)));
            }
        }
        let mut groups = table.rows.iter().filter_map(|row| match row {
            Row::Group { text } => Some(self.strong(&self.paragraph(text))),
            Row::Cells { .. } => None,
        });
        let line = |line: String| match line.trim() {
            GROUP => groups.next().unwrap_or_default(),
            _ => line.trim_end().to_owned() + "\n",
        };
        grid.lines().map(|text| text.to_string()).map(line).collect()
    }
}

/// Stands in the grid where a group's text goes. A cell cannot hold it: it would be taken out.
const GROUP: &str = "\u{1}";
/// Stands in the grid where a blank line goes between two rows.
const BLANK: &str = "";

/// Whether a row has nothing in these columns but the first, which names it, and something in others.
fn is_said_elsewhere(row: &Row, columns: &[usize]) -> bool {
    let Row::Cells { cells, .. } = row else { return false };
    let mut filled = (1..cells.len()).filter(|&at| !cells[at].text.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|at| !columns.contains(&at))
}

/// The cell of one column. The depth of the row indents the first.
fn drawn(depth: usize, cells: &[Cell], at: usize) -> Drawn {
    let Some(Cell { text, tone }) = cells.get(at) else { return Drawn::new("") };
    let indent = "  ".repeat(if at == 0 { depth } else { 0 });
    let text = harmless(text);
    let lines: Vec<String> = text.split('\n').map(|line| format!("{indent}{line}")).collect();
    let drawn = Drawn::new(lines.join("\n"));
    match tone {
        Tone::Plain => drawn,
        Tone::Higher => drawn.fg(Color::Blue),
        Tone::Lower => drawn.fg(Color::Red),
        Tone::Alike => drawn.fg(Color::Green),
        Tone::Open => drawn.fg(Color::Yellow),
        Tone::Wrong => drawn.fg(Color::Red).add_attribute(Attribute::Bold),
    }
}

/// Columns of the page that a column takes when nothing in it is wrapped, with the blanks before it.
fn natural_width(table: &Table, at: usize) -> u16 {
    let mut grid = Grid::new();
    let column = &table.columns[at];
    grid.set_header([harmless(&column.heading)]);
    for row in &table.rows {
        if let Row::Cells { depth, cells } = row {
            grid.add_row([drawn(*depth, cells, at)]);
        }
    }
    let width = grid.column_max_content_widths().first().copied().unwrap_or_default();
    if at == 0 { width } else { width.saturating_add(BETWEEN) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn page(document: &Document) -> String {
        text(document, PAGE, false)
    }

    /// Columns of the terminal that a line takes.
    pub fn width(line: &str) -> u16 {
        let mut grid = Grid::new();
        grid.add_row([line]);
        grid.column_max_content_widths()[0]
    }

    #[test]
    fn paragraphs_wrap_at_the_page_and_stand_apart() {
        let mut document = Document::new();
        document.paragraph("words and ".repeat(40)).paragraph("").note("one.").note("another.");
        let text = page(&document);
        assert!(text.lines().all(|line| width(line) <= PAGE && !line.ends_with(' ')));
        assert!(text.ends_with("\n\nNote: one.\nNote: another.\n"), "{text}");
    }

    #[test]
    fn lines_of_an_outline_are_told_from_what_wraps() {
        let line = |depth, text: &str| Line { depth, text: text.to_owned() };
        let lines = vec![line(0, "one two three four five"), line(1, "six seven eight nine ten")];
        let document = Document { blocks: vec![Block::Outline { lines }] };
        let expected = "\
one two three four
  five
  six seven eight nine
    ten
";
        assert_eq!(text(&document, 24, false), expected);
    }

    #[test]
    fn groups_stand_across_and_do_not_widen_the_first_column() {
        let mut table = Table::new([("arm", Align::Left), ("difference", Align::Right)]);
        table.group("a group whose text is much longer than every name below it is");
        table.row_at(1, ["a", "+0.1"]).row_at(1, ["b", "-12.5"]);
        let mut document = Document::new();
        document.table(table);
        let expected = "\
arm  difference
───────────────
a group whose text is much longer than every name below it is
  a        +0.1
  b       -12.5
";
        assert_eq!(page(&document), expected);
    }

    #[test]
    fn what_does_not_fit_side_by_side_goes_below_with_the_first_column_again() {
        let mut table = Table::new((0..30).map(|at| (format!("column {at}"), Align::Right)));
        table.row((0..30).map(|at| format!("{at},000")));
        let mut document = Document::new();
        document.table(table);
        let text = page(&document);
        assert!(text.lines().all(|line| width(line) <= PAGE), "{text}");
        assert!(text.matches("column 0").count() >= 3);
        (1..30).for_each(|at| assert_eq!(text.matches(&format!("  {at},000")).count(), 1, "{at}"));
    }

    #[test]
    fn a_long_name_is_wrapped_only_where_there_is_no_room_for_it() {
        let name = "a name of fifty letters, which is more than most are";
        let lines = |numbers: usize| {
            let heads = (0..numbers).map(|at| (format!("number {at}"), Align::Right));
            let mut table = Table::new([(String::new(), Align::Left)].into_iter().chain(heads));
            table.row([name].into_iter().chain(["1,234"].repeat(numbers)));
            let mut document = Document::new();
            document.table(table);
            let text = page(&document);
            assert!(text.lines().all(|line| width(line) <= PAGE), "{text}");
            text.lines().count()
        };
        assert_eq!((lines(2), lines(4), lines(6)), (3, 3, 4));
    }

    /// A table of three moments under two arms, with rows apart.
    fn sentences(page: u16) -> String {
        let columns = [("", Align::Left), ("one", Align::Wrapped), ("two", Align::Wrapped)];
        let mut table = Table::new(columns).apart();
        let long = "Somebody takes it up, reads it, and answers it at once.\nIt is solved.";
        table.row(["Mon 09:00", "It begins.", "It begins."]).row(["Mon 10:00", "", long]);
        let mut document = Document::new();
        document.table(table);
        text(&document, page, false)
    }

    #[test]
    fn columns_of_sentences_wrap_side_by_side_and_their_rows_stand_apart() {
        let expected = "\
\u{20}          one         two
────────────────────────────────────────────────────────────
Mon 09:00  It begins.  It begins.

Mon 10:00              Somebody takes it up, reads it, and
                       answers it at once.
                       It is solved.
";
        assert_eq!(sentences(60), expected);
    }

    #[test]
    fn sentences_stand_one_under_another_on_a_narrow_page_without_empty_rows() {
        let text = sentences(36);
        assert!(text.lines().all(|line| width(line) <= 36), "{text}");
        let (first, second) = text.split_once("\n\n").unwrap();
        assert!(first.contains("one") && !first.contains("10:00"), "{text}");
        assert!(second.contains("two") && second.contains("10:00"), "{text}");
    }

    #[test]
    fn names_cannot_steer_the_terminal() {
        let mut table = Table::new([("name\u{1b}[2J\u{202e}", Align::Left)]);
        table.row(["a\u{1b}[31m\u{1}b\u{202e}"]);
        let mut document = Document::new();
        document.paragraph("a\u{1b}[2Jb").table(table);
        assert!(
            !page(&document).contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}'))
        );
    }

    #[test]
    fn colours_are_there_only_where_they_are_wanted() {
        let mut table = Table::new([("verdict", Align::Left)]);
        table.row([Cell::toned("higher", Tone::Higher)]);
        let mut document = Document::new();
        document.table(table).warning("too few.");
        assert!(!page(&document).contains('\u{1b}'));
        let coloured = text(&document, PAGE, true);
        assert!(coloured.contains("\u{1b}[33mWarning:\u{1b}[0m too few."), "{coloured}");
        assert!(coloured.matches('\u{1b}').count() >= 4);
    }
}
