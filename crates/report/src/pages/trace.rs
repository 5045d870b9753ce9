//! The pages of `heard trace`: one case under each arm and what differed, or a list of cases.

pub mod difference;
pub mod json;
pub mod outcome;
pub mod telling;
pub mod words;

use heard_lab::trace::fate::Fate;
use heard_lab::trace::story::Story;
use heard_lab::trace::{DETRACTORS, MISTAKES, PROBES, Trace};
use heard_scenario::triage::Kind;
use heard_text::name::safe;
use heard_text::number::{count, fixed};
use heard_text::time::{clock, since};

use crate::document::{Align, Cell, Document, Table};
use outcome::outcome;
use telling::Telling;

/// One case: what it is about, its story and what differed. `chosen` is the number of cases that it was
/// chosen from, where the program chose it.
#[must_use]
pub fn document(trace: &Trace, story: &Story, chosen: Option<usize>) -> Document {
    let telling = Telling::new(story);
    let run = &trace.experiment.study.base.run;
    let several = story.parts.len() > 1;
    let same = if several { ": the same occasion and the same luck under both arms" } else { "" };
    let mut document = Document::new();
    document
        .paragraph(format!(
            "Case {}, {}: {}.\nReplication {}, seed {}{same}.",
            case_number(story.case),
            clock(story.began),
            about(story),
            trace.replication,
            run.seed
        ))
        .table(moments(story, &telling))
        .heading(if several { "What differed" } else { "How it ended" })
        .paragraph(difference::sentences(story, &telling).join("\n"))
        .small_print(chosen.map(|chosen| choice(chosen, several)).unwrap_or_default());
    document
}

/// A column per arm and a row per moment.
fn moments(story: &Story, telling: &Telling) -> Table {
    let arms = story.parts.iter().map(|part| (safe(&part.arm), Align::Wrapped));
    let columns = [(String::new(), Align::Left)].into_iter().chain(arms);
    let mut table = Table::new(columns).apart();
    for at in story.gathered() {
        let hours = story.moments[at].hours;
        let when = match since(story.began, hours) {
            since if since.is_empty() => clock(hours),
            since => format!("{}\n{since}", clock(hours)),
        };
        let sentences =
            |told: &Vec<String>| told.iter().map(|text| safe(text)).collect::<Vec<_>>().join("\n");
        table.row([when].into_iter().chain(telling.moments[at].iter().map(sentences)));
    }
    table
}

fn choice(chosen: usize, several: bool) -> String {
    let which = if several { "that went differently" } else { "of this replication" };
    match chosen {
        1 => format!("The only counted case {which}."),
        2..=10 => {
            format!("Chosen from {chosen} counted cases {which}; `--list {chosen}` lists them all.")
        }
        _ => format!(
            "Chosen from {} counted cases {which}; `--list 10` lists ten of them.",
            count(chosen as u64)
        ),
    }
}

/// The first `most` of `cases`, one per line.
#[must_use]
pub fn list(trace: &Trace, cases: &[u32], most: usize) -> Document {
    let shown = &cases[..most.min(cases.len())];
    let arms = trace.sides.iter().map(|side| (safe(&side.name), Align::Wrapped));
    let columns = [
        ("case", Align::Right),
        ("when", Align::Left),
        ("kind", Align::Left),
        ("severity", Align::Right),
    ];
    let columns = columns.map(|(heading, align)| (heading.to_owned(), align));
    let mut table = Table::new(columns.into_iter().chain(arms));
    for case in shown {
        table.row(row(trace, *case));
    }
    let which = if trace.sides.len() > 1 { " that went differently" } else { "" };
    let mut document = Document::new();
    document.table(table).small_print(format!(
        "{} of {} counted cases{which} in replication {}; `--case {}` tells the first.",
        count(shown.len() as u64),
        count(cases.len() as u64),
        trace.replication,
        shown.first().map(|case| case_number(*case)).unwrap_or_default()
    ));
    document
}

fn row(trace: &Trace, case: u32) -> Vec<Cell> {
    let fates: Vec<Option<&Fate>> = trace.sides.iter().map(|side| side.fates.get(&case)).collect();
    let first = fates.iter().copied().flatten().next();
    let occasion = first.and_then(|fate| fate.occasion);
    let mut cells: Vec<Cell> = vec![
        case_number(case).into(),
        first.map(|fate| clock(fate.began)).unwrap_or_default().into(),
        occasion.map_or("", |occasion| occasion.kind.name()).into(),
        occasion.map(|occasion| fixed(occasion.severity, 2)).unwrap_or_default().into(),
    ];
    cells.extend(fates.iter().map(|fate| match fate {
        Some(fate) => Cell::from(outcome(fate)),
        None => Cell::from("did not happen"),
    }));
    cells
}

/// A case's number as `--case` takes it.
#[must_use]
pub fn case_number(case: u32) -> String {
    if case < DETRACTORS { case.to_string() } else { format!("0x{case:08X}") }
}

/// What a case is about, in a few words: `customer 1207 runs into a problem (severity 0.62 of 1)`.
#[must_use]
pub fn about(story: &Story) -> String {
    let severity = match story.severities()[..] {
        [] => String::new(),
        [all] => format!(" (severity {} of 1)", fixed(all, 2)),
        [first, second, ..] => format!(
            " (severity {} of 1, {} under the other arm)",
            fixed(first, 2),
            fixed(second, 2)
        ),
    };
    let author = match (story.case, story.occasion()) {
        (MISTAKES.., _) => "a mistake that the company makes in public",
        (PROBES.., _) => "a probe of the auditor",
        (DETRACTORS.., _) => "a post of a detractor",
        (_, None) => "something happens to a customer",
        (_, Some(occasion)) => {
            return format!("customer {} {}{severity}", occasion.customer, verb(occasion.kind));
        }
    };
    format!("{author}{severity}")
}

/// What a customer with such an occasion does.
fn verb(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "runs into a problem",
        Kind::Question => "has a question",
        Kind::Misguided => "is wrong about the facts",
        Kind::Rage => "runs into a problem, and rages",
        Kind::Troll => "is out to bash the company",
        Kind::Praise => "is pleased",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heard_lab::trace::names::{Channel, Company, Names};
    use heard_lab::trace::story::Part;
    use heard_world::observer::Happening;

    /// Names of companies with three channels and a team each.
    pub fn example(companies: &[&str]) -> Names {
        let channel = |name: &str, public, live| Channel { name: name.to_owned(), public, live };
        let company = |name: &&str| Company {
            name: (*name).to_owned(),
            channels: vec![
                channel("twitter", true, false),
                channel("email", false, false),
                channel("phone", false, true),
            ],
            teams: vec!["care".to_owned()],
        };
        Names::of(companies.iter().map(company).collect())
    }

    /// The fate that a diary makes.
    pub fn fate(diary: &[(f64, Happening)]) -> Fate {
        let names = example(&["company"]);
        let mut fate = Fate::default();
        diary.iter().for_each(|(hours, what)| fate.add(*hours, what, &names));
        fate
    }

    /// A story of two arms, `one` and `two`, from their diaries, without fates.
    pub fn story(diaries: [&[(f64, Happening)]; 2]) -> Story {
        let names = example(&["company"]);
        let part = |arm: &str| Part { arm: arm.to_owned(), names: names.clone(), fate: None };
        Story::of(1, ["one", "two"].map(part).into(), &diaries.map(<[_]>::to_vec))
    }

    const OCCASION: (f64, Happening) = (
        1.0,
        Happening::Occasion { kind: Kind::Complaint, severity: 0.5, company: 0, customer: 7 },
    );

    #[test]
    fn a_case_without_a_customer_says_whose_it_is() {
        let mut story = story([&[OCCASION], &[]]);
        let said = [(DETRACTORS + 3, "detractor"), (PROBES, "auditor"), (MISTAKES, "mistake")];
        for (case, word) in said {
            story.case = case;
            assert!(about(&story).contains(word), "{}", about(&story));
        }
    }

    #[test]
    fn gathered_shares_are_counted_in_the_last_of_them() {
        let share = |hours| (hours, Happening::Shared { views: hours });
        let first = [OCCASION, share(2.0), share(3.0), share(5.0), share(6.0)];
        let second = [OCCASION, share(2.0), share(3.0), (4.0, Happening::Seen)];
        let story = story([&first, &second]);
        let table = moments(&story, &Telling::new(&story));
        let crate::document::Row::Cells { cells: last, .. } = table.rows.last().unwrap() else {
            panic!()
        };
        assert_eq!(last[0].text, "day 0 Mon 06:00\n+5 h");
        assert_eq!(last[1].text, "Shared 4 times by now; seen 6 times in all.");
    }
}
