//! The page for people: what the case is, its story, what differed; or a list of cases.

use super::columns::{self, Line, paragraph};
use super::difference;
use super::story::Story;
use super::{Trace, case_number};
use heard_report::terminal::layout::{self, Column};
use heard_text::name::safe;
use heard_text::number::count;
use heard_text::time::{clock, since};

/// How a page is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: u16,
    /// Whether it may be coloured.
    pub colour: bool,
}

/// One case, from what it is to what differed. `chosen`: out of how many it was chosen.
#[must_use]
pub fn story(trace: &Trace<'_>, story: &Story<'_>, chosen: Option<usize>, look: Look) -> String {
    let run = &trace.experiment.study.base.run;
    let (case, when, about) = (case_number(story.case), clock(story.began), story.about());
    let mut head = paragraph(&format!("Case {case}, {when}: {about}."), look.width);
    let same = match story.parts.len() {
        1 => "",
        _ => ": the same occasion and the same luck under both arms",
    };
    let play = format!("Replication {}, seed {}{same}.", trace.replication, run.seed);
    head += &paragraph(&play, look.width);
    let arms: Vec<String> = story.parts.iter().map(|part| safe(part.arm)).collect();
    let line = |moment: &super::story::Moment| Line {
        clock: clock(moment.hours),
        since: since(story.began, moment.hours),
        cells: moment
            .told
            .iter()
            .map(|told| told.iter().map(|told| safe(&told.text)).collect())
            .collect(),
    };
    let lines: Vec<Line> = story.gathered().into_iter().map(line).collect();
    let title = if arms.len() > 1 { "What differed" } else { "How it ended" };
    let mut last = format!("{title}\n");
    for sentence in difference::sentences(story) {
        last += &paragraph(&sentence, look.width);
    }
    let mut parts = vec![head, columns::story(&arms, &lines, look.width, look.colour), last];
    parts.extend(chosen.map(|chosen| {
        let which = if arms.len() > 1 { "that went differently" } else { "that came about" };
        let note = match chosen {
            1 => format!("The only counted case {which}."),
            2..=10 => format!(
                "Chosen from {chosen} counted cases {which}; `--list {chosen}` shows them all."
            ),
            _ => format!(
                "Chosen from {} counted cases {which}; `--list 10` shows ten of them.",
                count(chosen as u64)
            ),
        };
        paragraph(&note, look.width)
    }));
    parts.join("\n")
}

/// The first `most` of `cases`, a line each.
#[must_use]
pub fn list(trace: &Trace<'_>, cases: &[u32], most: usize, colour: bool) -> String {
    let shown = &cases[..most.min(cases.len())];
    let first = |case: &u32| trace.sides.iter().find_map(|side| side.fates.get(case));
    let column = |heading: &str, right: bool, cell: &dyn Fn(&u32) -> String| Column {
        heading: heading.to_owned(),
        cells: shown.iter().map(|case| cell(case).into()).collect(),
        right,
    };
    let occasion = |case: &u32| first(case).and_then(|fate| fate.occasion);
    let mut table = vec![
        column("case", true, &|case| case_number(*case)),
        column("when", false, &|case| first(case).map(|f| clock(f.began)).unwrap_or_default()),
        column("kind", false, &|case| occasion(case).map_or("", |o| o.kind.name()).to_owned()),
        column("severity", true, &|case| {
            occasion(case).map(|o| format!("{:.2}", o.severity)).unwrap_or_default()
        }),
    ];
    for (index, side) in trace.sides.iter().enumerate() {
        table.push(column(&safe(trace.arm_name(index)), false, &|case| {
            side.fates.get(case).map_or("did not come about".to_owned(), super::fate::Fate::outcome)
        }));
    }
    let which = if trace.sides.len() > 1 { " that went differently" } else { "" };
    let note = format!(
        "{} of {} counted cases{which} in replication {}; `--case {}` tells the first.",
        count(shown.len() as u64),
        count(cases.len() as u64),
        trace.replication,
        shown.first().map(|case| case_number(*case)).unwrap_or_default()
    );
    layout::columns(&table, colour) + "\n" + &layout::paragraph(&note)
}
