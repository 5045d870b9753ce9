//! TOML with comments, written from top to bottom.

use heard_text::wrap::wrap;
use toml_writer::{ToTomlKey, ToTomlValue};

/// Columns of a comment.
const WIDTH: usize = 100;

/// TOML as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Toml {
    text: String,
}

impl Toml {
    /// The text so far.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A comment on lines of its own.
    pub(super) fn comment(&mut self, text: &str) {
        // What ends a line would end the comment.
        let text = text.replace(char::is_control, " ");
        wrap(&text, WIDTH - 2).iter().for_each(|line| self.line(&format!("# {line}")));
    }

    /// The header of a table, after an empty line.
    pub(super) fn table(&mut self, keys: &[&str]) {
        self.blank();
        self.header(keys);
    }

    /// The header of a table.
    pub(super) fn header(&mut self, keys: &[&str]) {
        let keys: Vec<String> = keys.iter().map(ToTomlKey::to_toml_key).collect();
        self.line(&format!("[{}]", keys.join(".")));
    }

    /// The header of one more table of a list, after an empty line.
    pub(super) fn next_table(&mut self, key: &str) {
        self.line(&format!("\n[[{}]]", key.to_toml_key()));
    }

    /// A key and its value.
    pub(super) fn value(&mut self, key: &str, value: impl Into<Value>) {
        self.noted(key, value, "");
    }

    /// A key and its value with a comment behind them on the same line, unless it is empty.
    pub(super) fn noted(&mut self, key: &str, value: impl Into<Value>, comment: &str) {
        let line = format!("{} = {}", key.to_toml_key(), value.into().0);
        self.noted_line(&line, comment);
    }

    /// A line with a comment behind it, unless that is empty.
    pub(super) fn noted_line(&mut self, line: &str, comment: &str) {
        let comment = comment.replace(char::is_control, " ");
        if comment.is_empty() {
            self.line(line);
        } else {
            self.line(&format!("{line}   # {comment}"));
        }
    }
}

/// A value as TOML has it, on one line.
#[derive(Debug)]
pub(super) struct Value(pub(super) String);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(toml_writer::TomlStringBuilder::new(text).as_basic().to_toml_value())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self(number.to_string())
    }
}

/// Four significant digits.
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        let rounded: f64 = format!("{number:.3e}").parse().unwrap_or(number);
        Self(heard_text::number::shortest(rounded))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self(value.to_string())
    }
}

impl<'a> FromIterator<&'a str> for Value {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let texts: Vec<String> = texts.into_iter().map(|text| Self::from(text).0).collect();
        Self(format!("[{}]", texts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_reads_back_as_a_key_and_as_a_value() {
        for text in ["plain", "two words", "a\"b\\c\n\u{7f}\u{1b}[31m", "ü", "", "a.b", "'''"] {
            let mut toml = Toml::default();
            toml.comment(text);
            toml.table(&["stream", text]);
            toml.noted(text, text, text);
            let text_written = toml.finish();
            let read = only_value(&text_written);
            assert_eq!(read, text, "{text_written}");
        }
    }

    /// The value under `stream.*.*`.
    fn only_value(text: &str) -> String {
        let table: toml::Table = text.parse().unwrap();
        let stream = table["stream"].as_table().unwrap().values().next().unwrap();
        stream.as_table().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn numbers_have_four_digits_and_no_tail() {
        let written = |number: f64| Value::from(number).0;
        assert_eq!([written(0.0), written(1.0), written(123_456.0)], ["0", "1", "123500"]);
        assert_eq!(written(0.550_61), "0.5506");
    }
}
