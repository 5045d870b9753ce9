//! Arms side by side, a column each; one under another where the page is too narrow for that.

use comfy_table::{
    Attribute, Cell, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

/// Columns of the terminal that an arm's part needs at least.
const LEAST: u16 = 26;
/// Page width from which the time since the beginning stands beside the clock, not below it.
const WIDE: u16 = 100;
const BETWEEN: u16 = 2;

/// One row: the clock, the time since the beginning, and each arm's sentences.
#[derive(Clone, Debug)]
pub struct Line {
    /// The clock.
    pub clock: String,
    /// The time since the beginning; empty at first.
    pub since: String,
    /// What happens under each arm.
    pub cells: Vec<Vec<String>>,
}

/// The story as a table of at most `width` columns.
pub fn story(arms: &[String], lines: &[Line], width: u16, colour: bool) -> String {
    let clocks = lines.iter().map(|line| line.clock.len()).max().unwrap_or_default() as u16;
    let sinces = lines.iter().map(|line| line.since.len()).max().unwrap_or_default() as u16;
    let beside = width >= WIDE;
    let time = if beside { clocks + BETWEEN + sinces } else { clocks.max(sinces) };
    let part = width.saturating_sub(time) / (arms.len().max(1) as u16);
    let longest = arms.iter().map(|arm| columns_of(arm)).max().unwrap_or_default();
    if part >= LEAST + BETWEEN && longest + BETWEEN <= part {
        let when = |line: &Line| match (line.since.is_empty(), beside) {
            (true, _) => line.clock.clone(),
            (_, true) => {
                format!("{:1$}  {2:>3$}", line.clock, clocks.into(), line.since, sinces.into())
            }
            (_, false) => format!("{}\n{:>2$}", line.clock, line.since, clocks.into()),
        };
        let heads = [String::new()].into_iter().chain(arms.iter().cloned()).collect();
        let rows = lines.iter().map(|line| {
            [when(line)].into_iter().chain(line.cells.iter().map(|cell| cell.join("\n"))).collect()
        });
        let widths = [time].into_iter().chain(arms.iter().map(|_| part)).collect::<Vec<_>>();
        return table(heads, rows.collect(), &widths, colour);
    }
    let under = |(index, arm): (usize, &String)| {
        let rows = lines.iter().filter(|line| !line.cells[index].is_empty()).map(|line| {
            let when = format!("{:1$}  {2}", line.clock, clocks.into(), line.since);
            vec![when.trim_end().to_owned(), line.cells[index].join("\n")]
        });
        let time = clocks + BETWEEN + sinces;
        let widths = [time, width.saturating_sub(time).max(LEAST)];
        let name = paragraph(arm, width);
        name + &table(Vec::new(), rows.collect(), &widths, colour)
    };
    arms.iter().enumerate().map(under).collect::<Vec<_>>().join("\n")
}

/// A paragraph, wrapped at `width`.
pub fn paragraph(text: &str, width: u16) -> String {
    table(Vec::new(), vec![vec![text.to_owned()]], &[width], false)
}

/// Columns of the terminal that a text of one line takes.
fn columns_of(text: &str) -> u16 {
    let mut table = Table::new();
    table.add_row([text]);
    table.column_max_content_widths().first().copied().unwrap_or_default()
}

fn table(heads: Vec<String>, rows: Vec<Vec<String>>, widths: &[u16], colour: bool) -> String {
    let mut table = Table::new();
    let style = TableStyle::new().header_separator(LineStyle::none().fill('─'));
    table
        .load_style(if heads.is_empty() { TableStyle::new() } else { style })
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(widths.iter().sum())
        .force_no_tty();
    if colour {
        table.enforce_styling();
        table.style_text_only();
    }
    if !heads.is_empty() {
        table.set_header(heads.iter().map(|head| Cell::new(head).add_attribute(Attribute::Bold)));
    }
    for row in rows {
        table.add_row(row);
    }
    for (index, width) in widths.iter().enumerate() {
        if let Some(column) = table.column_mut(index) {
            column.set_padding((if index == 0 { 0 } else { BETWEEN }, 0));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
        }
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line> {
        let long = "A person answers, to solve it. Is heard, and is rather satisfied (+0.43).";
        let line = |since: &str, first: &[&str], second: &[&str]| Line {
            clock: "day 23 Wed 14:07".to_owned(),
            since: since.to_owned(),
            cells: [first, second]
                .map(|cell| cell.iter().map(ToString::to_string).collect())
                .into(),
        };
        vec![
            line("", &["Something goes wrong."], &["Something goes wrong."]),
            line("+2 h 10 min", &[], &[long, "The problem is solved."]),
        ]
    }

    fn arms(names: [&str; 2]) -> Vec<String> {
        names.map(str::to_owned).into()
    }

    #[test]
    fn arms_stand_side_by_side_within_the_page() {
        for width in [80, 100, 140] {
            let text = story(&arms(["one", "two"]), &lines(), width, false);
            let head = text.lines().next().unwrap();
            assert!(head.contains("one") && head.contains("two"), "{text}");
            assert!(text.lines().all(|line| columns_of(line) <= width), "{text}");
            assert!(text.contains("+2 h 10 min") && text.contains("solved."), "{text}");
        }
    }

    #[test]
    fn arms_stand_one_under_another_where_the_page_is_narrow_or_a_name_long() {
        let narrow = story(&arms(["one", "two"]), &lines(), 60, false);
        let long = story(&arms(["one", &"long ".repeat(9)]), &lines(), 80, false);
        for (text, width) in [(narrow, 60), (long, 80)] {
            assert_eq!(text.lines().next(), Some("one"), "{text}");
            assert!(text.lines().all(|line| columns_of(line) <= width), "{text}");
            assert_eq!(text.matches("Something goes wrong.").count(), 2, "{text}");
        }
    }

    #[test]
    fn colours_only_where_they_are_wanted() {
        let escape = |colour| story(&arms(["a", "b"]), &lines(), 100, colour).contains('\u{1b}');
        assert!(escape(true) && !escape(false));
    }
}
