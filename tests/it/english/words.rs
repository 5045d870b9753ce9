//! Text as words with their lines, and the turns of phrase in it.

use super::turns::{FINE, TURNS};

/// A word or a punctuation mark, in small letters, and the line it is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    text: String,
    line: usize,
}

/// A turn of phrase that was found.
#[derive(Debug, PartialEq)]
pub struct Hit {
    pub line: usize,
    pub avoid: &'static str,
    pub write: &'static str,
}

/// The words of numbered lines. What stands between backticks is code and becomes one mark, so that no
/// phrase is found in it or across it. Comment signs are dropped.
pub fn words<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut code = false;
    for (line, text) in lines {
        if text.trim_start().starts_with("```") {
            continue;
        }
        let mut open = false;
        for c in text.chars() {
            if c == '`' {
                code = !code;
                words.push(Word { text: "`".to_owned(), line });
                open = false;
            } else if code {
                continue;
            } else if c.is_alphanumeric() || "'-_".contains(c) || c == '’' {
                let c = if c == '’' { '\'' } else { c };
                let small = c.to_lowercase();
                match words.last_mut() {
                    Some(last) if open => last.text.extend(small),
                    _ => words.push(Word { text: small.collect(), line }),
                }
                open = true;
            } else {
                open = false;
                if ".,;:()!?|=[]{}<>%$\\\"".contains(c) {
                    words.push(Word { text: c.to_string(), line });
                }
            }
        }
        // A code span may continue on the next line of a paragraph, but not past an empty one.
        code &= !text.trim().is_empty();
    }
    words
}

/// Every turn of the table, in the order of the text.
pub fn hits(words: &[Word]) -> Vec<Hit> {
    let mut text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    for fine in FINE {
        let fine: Vec<&str> = fine.split(' ').collect();
        for at in places(&text, &fine) {
            text[at..at + fine.len()].fill("");
        }
    }
    let mut hits: Vec<(usize, Hit)> = Vec::new();
    for &(avoid, write) in TURNS {
        let phrase: Vec<&str> = avoid.split(' ').collect();
        for at in places(&text, &phrase) {
            hits.push((at, Hit { line: words[at].line, avoid, write }));
            text[at..at + phrase.len()].fill("");
        }
    }
    hits.sort_by_key(|&(at, _)| at);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

fn places(text: &[&str], phrase: &[&str]) -> Vec<usize> {
    let windows = text.windows(phrase.len()).enumerate();
    windows.filter(|(_, window)| *window == phrase).map(|(at, _)| at).collect()
}

/// The prose of a Rust source: doc comments and string literals, each line by itself.
pub fn prose_of_rust(source: &str) -> Vec<(usize, String)> {
    let mut prose = Vec::new();
    let mut inside = false;
    for (number, line) in (1..).zip(source.lines()) {
        let trimmed = line.trim_start();
        if !inside && let Some(doc) = trimmed.strip_prefix("///").or(trimmed.strip_prefix("//!")) {
            prose.push((number, doc.to_owned()));
        } else if inside || !trimmed.starts_with("//") {
            let (text, open) = literals(line, inside);
            inside = open;
            prose.push((number, text));
        }
    }
    prose
}

/// What a line has within quotation marks, with a mark between two literals, and whether the last one is
/// still open at its end. Placeholders are left out.
fn literals(line: &str, mut inside: bool) -> (String, bool) {
    let mut text = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside => {
                if let Some('n' | 't') = chars.next() {
                    text.push_str(" \\ ");
                }
            }
            '\'' if !inside && chars.peek() == Some(&'"') => {
                chars.next();
            }
            '"' => {
                inside = !inside;
                text.push_str(" \" ");
            }
            '{' if inside => while chars.next_if(|&c| c != '}').is_some() {},
            _ if inside => text.push(c),
            _ => {}
        }
    }
    (text, inside)
}
