//! A story in words: a sentence for everything that happens.

use heard_lab::trace::story::Story;

use super::words::Teller;

/// The sentences of a story.
#[derive(Clone, Debug)]
pub struct Telling {
    /// For each moment and arm, a sentence for everything that happens, in order.
    pub moments: Vec<Vec<Vec<String>>>,
}

impl Telling {
    /// Puts a story into words.
    #[must_use]
    pub fn new(story: &Story) -> Self {
        let mut tellers: Vec<Teller<'_>> =
            story.parts.iter().map(|part| Teller::new(&part.names)).collect();
        let moments = story.moments.iter().map(|moment| {
            let sides = moment.happenings.iter().zip(&mut tellers);
            sides
                .map(|(now, teller)| {
                    now.iter().map(|what| teller.tell(moment.hours, what)).collect()
                })
                .collect()
        });
        Self { moments: moments.collect() }
    }

    /// Where the story first reads differently under the arms: when, in hours, and the sentence under
    /// each.
    #[must_use]
    pub fn parting(&self, story: &Story) -> Option<(f64, Vec<Option<&str>>)> {
        story.moments.iter().zip(&self.moments).find_map(|(moment, told)| {
            let longest = told.iter().map(Vec::len).max()?;
            let at = |step: usize| -> Vec<Option<&str>> {
                told.iter().map(|told| told.get(step).map(String::as_str)).collect()
            };
            let differs = |texts: &Vec<Option<&str>>| texts.iter().any(|text| *text != texts[0]);
            Some((moment.hours, (0..longest).map(at).find(differs)?))
        })
    }
}
