//! What comes with the program: its scenarios, and the formats of logs that it reads.

use heard_contacts::FORMATS;
use heard_scenario::study::Study;
use heard_text::list::counted;

use crate::document::{Block, Document, Line};

/// For each scenario: its name, the claim that it tests, and its arms.
#[must_use]
pub fn document(studies: &[Study]) -> Document {
    let mut document = Document::new();
    for study in studies {
        let arms: Vec<&str> = study.arms.iter().map(|arm| arm.name.as_str()).collect();
        let arms = format!("{}: {}", counted(arms.len() as f64, "arm", "arms"), arms.join(", "));
        let below = [study.base.claim.clone(), arms].map(|text| Line { depth: 2, text });
        let mut lines = vec![Line { depth: 0, text: study.name.clone() }];
        lines.extend(below.into_iter().filter(|line| !line.text.is_empty()));
        document.push(Block::Outline { lines });
    }
    document
}

/// For each format of a log: what `--as` calls it, what it is, and how it is recognized. The first that
/// recognizes a log reads it.
#[must_use]
pub fn formats() -> Document {
    let mut document = Document::new();
    for format in FORMATS {
        let below = [format.about, format.known_by].map(|text| format!("{text}."));
        let mut lines = vec![Line { depth: 0, text: format.key.to_owned() }];
        lines.extend(below.map(|text| Line { depth: 2, text }));
        document.push(Block::Outline { lines });
    }
    document
}
