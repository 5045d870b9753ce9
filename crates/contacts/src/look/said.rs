//! What a file turned out to be, in words.

use heard_text::list::{abridged, counted};

use super::{Container, Encoding, Look};
use crate::values::shown;

/// Other sheets that are named.
const MOST_SHOWN: usize = 5;

impl Look {
    /// What it turned out to be, in a sentence; nothing where it is what logs mostly are: text in UTF-8,
    /// with commas, under a first line of names.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        let mut parts = Vec::new();
        match &self.container {
            Container::Text => self.say_text(&mut parts),
            Container::Json { lines: true } => {
                parts.push("it is JSON, an object per line".to_owned())
            }
            Container::Json { lines: false } => {
                parts.push("it is JSON, an array of objects".to_owned())
            }
            Container::Sheet { kind, name, others } => {
                let others: Vec<String> =
                    others.iter().map(|other| format!("`{}`", shown(other.as_bytes()))).collect();
                let more = match others.len() {
                    0 => String::new(),
                    _ => format!(" (others with --sheet: {})", abridged(&others, MOST_SHOWN)),
                };
                parts.push(format!("it is sheet `{}` of an {kind}{more}", shown(name.as_bytes())));
            }
        }
        if !matches!(self.container, Container::Json { .. }) {
            match (self.header, self.titles) {
                (None, _) => parts.push(
                    "no line names the columns, so they are called 1, 2, 3 (--header)".to_owned(),
                ),
                (Some(_), 0) => {}
                (Some(line), titles) => {
                    let above = counted(titles as f64, "line", "lines");
                    parts.push(format!("line {line} names the columns, below {above} (--header)"));
                }
            }
        }
        if let Some((key, objects)) = &self.late {
            let objects = counted(*objects as f64, "object has", "objects have");
            let key = shown(key.as_bytes());
            parts.push(format!(
                "{objects} keys that the first have not, such as `{key}`: they are not read"
            ));
        }
        (!parts.is_empty()).then(|| format!("How the file was read: {}.", parts.join("; ")))
    }

    fn say_text(&self, parts: &mut Vec<String>) {
        if let Some(encoding) = self.encoding.filter(|encoding| *encoding != Encoding::UTF8) {
            parts.push(format!("its letters are {} (--encoding)", encoding.name()));
        }
        match self.delimiter {
            None | Some(b',') => {}
            Some(b'\t') => parts.push("tabs separate its columns (--delimiter)".to_owned()),
            Some(other) => {
                parts.push(format!("`{}` separates its columns (--delimiter)", char::from(other)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_the_ordinary_is_said_with_the_flag_that_changes_it() {
        let plain = Look {
            encoding: Some(Encoding::UTF8),
            delimiter: Some(b','),
            header: Some(1),
            ..Look::default()
        };
        assert_eq!(plain.said(), None);
        let text = Look {
            encoding: Encoding::of("latin1"),
            delimiter: Some(b';'),
            header: Some(4),
            titles: 2,
            ..plain.clone()
        };
        assert_eq!(
            text.said().unwrap(),
            "How the file was read: its letters are windows-1252 (--encoding); `;` separates its columns \
             (--delimiter); line 4 names the columns, below 2 lines (--header)."
        );
        let others = ["Cover", "More"].map(str::to_owned).to_vec();
        let container =
            Container::Sheet { kind: "Excel workbook", name: "Calls".to_owned(), others };
        let sheet = Look { container, header: None, ..plain };
        assert_eq!(
            sheet.said().unwrap(),
            "How the file was read: it is sheet `Calls` of an Excel workbook (others with --sheet: `Cover` \
             and `More`); no line names the columns, so they are called 1, 2, 3 (--header)."
        );
    }
}
