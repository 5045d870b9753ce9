//! Writes a file with each of its mutants behind a switch.
//!
//! The switches are in `heard-math`, the lowest crate that is changed. Comments mark where a mutant's
//! own text and its whole spot begin and end, so that a compiler error can be traced to its mutant.

use std::collections::BTreeMap;

use crate::mutant::{Mutant, Part};

/// Mutants of one spot with their numbers.
struct Spot<'a> {
    part: Part,
    start: usize,
    end: usize,
    mutants: Vec<(u32, &'a Mutant)>,
}

/// The source with these mutants, by number, behind switches.
pub fn instrument(source: &str, mutants: &[(u32, &Mutant)]) -> String {
    let mut spots: BTreeMap<(usize, std::cmp::Reverse<usize>, Part), Spot> = BTreeMap::new();
    for &(number, mutant) in mutants {
        let (part, start, end) = (mutant.part, mutant.start, mutant.end);
        let spot = spots.entry((start, std::cmp::Reverse(end), part));
        let spot = spot.or_insert_with(|| Spot { part, start, end, mutants: Vec::new() });
        spot.mutants.push((number, mutant));
    }
    let spots: Vec<Spot> = spots.into_values().collect();
    render(source, 0, source.len(), &spots)
}

fn render(source: &str, start: usize, end: usize, spots: &[Spot]) -> String {
    let mut text = String::new();
    let (mut at, mut index) = (start, 0);
    while let Some(spot) = spots.get(index) {
        text.push_str(&source[at..spot.start]);
        let mut inner = index + 1;
        while spots.get(inner).is_some_and(|other| other.start < spot.end) {
            inner += 1;
        }
        let original = render(source, spot.start, spot.end, &spots[index + 1..inner]);
        text.push_str(&switched(spot, &original));
        (at, index) = (spot.end, inner);
    }
    text.push_str(&source[at..end]);
    text
}

fn switched(spot: &Spot, original: &str) -> String {
    let is = |number: u32| format!("heard_math::mutant::is({number})");
    let marked = |number: u32, text: &str| format!("/*<{number}>*/{text}/*</{number}>*/");
    let numbers: Vec<String> = spot.mutants.iter().map(|(number, _)| number.to_string()).collect();
    let name = numbers.join(",");
    let body = match spot.part {
        Part::Head => spot
            .mutants
            .iter()
            .map(|(number, mutant)| {
                let value = marked(*number, mutant.text.as_deref().unwrap_or("()"));
                format!(" if {} {{ return {value}; }}", is(*number))
            })
            .collect(),
        Part::Whole => {
            spot.mutants.iter().fold(format!("{{{original}}}"), |rest, (number, mutant)| {
                let value = marked(*number, mutant.text.as_deref().unwrap_or_default());
                format!(
                    "if {} {{ heard_math::mutant::Either::Mutated({value}) }} \
                 else {{ heard_math::mutant::Either::Original({rest}) }}",
                    is(*number)
                )
            })
        }
        Part::Expression => {
            let any: Vec<String> = spot.mutants.iter().map(|(number, _)| is(*number)).collect();
            let mut text = format!("(if !({}) {{ {original} }}", any.join(" || "));
            for (index, (number, mutant)) in spot.mutants.iter().enumerate() {
                let value = marked(*number, mutant.text.as_deref().unwrap_or_default());
                if index + 1 < spot.mutants.len() {
                    text += &format!(" else if {} {{ {value} }}", is(*number));
                } else {
                    text += &format!(" else {{ {value} }}");
                }
            }
            text + ")"
        }
        Part::Guard => {
            let mut text =
                if original.is_empty() { "true".to_owned() } else { original.to_owned() };
            for (number, mutant) in &spot.mutants {
                let value = marked(*number, mutant.text.as_deref().unwrap_or("false"));
                text = format!("(if {} {{ {value} }} else {{ {text} }})", is(*number));
            }
            if original.is_empty() { format!(" if {text}") } else { text }
        }
    };
    format!("/*<{name};>*/{body}/*</{name};>*/")
}

/// The mutants whose text, or else whose spot, holds this byte of an instrumented file; the
/// narrowest that does.
pub fn at(text: &str, byte: usize) -> Vec<u32> {
    let mut best: Option<(usize, &str)> = None;
    let mut from = 0;
    while let Some(found) = text[from..].find("/*<") {
        let open = from + found;
        from = open + 3;
        let Some(close) = text[open..].find(">*/") else { break };
        let name = &text[open + 3..open + close];
        if name.starts_with('/') || open > byte {
            continue;
        }
        let end = text[open..].find(&format!("/*</{name}>*/")).map_or(0, |end| open + end);
        if byte < end && best.is_none_or(|(size, _)| end - open < size) {
            best = Some((end - open, name));
        }
    }
    let names = best.map_or("", |(_, name)| name.trim_end_matches(';'));
    names.split(',').filter_map(|number| number.parse().ok()).collect()
}
