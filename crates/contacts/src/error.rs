//! Why a log cannot be read.

use std::fmt::Write as _;

/// Why a log cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogError {
    /// What the log is called.
    pub name: String,
    /// The line, counted from 1, where one line is at fault.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// More of the same.
    pub notes: Vec<String>,
    /// What would be right.
    pub help: Option<String>,
}

impl LogError {
    /// An error with a line, or with the log as a whole.
    #[must_use]
    pub fn new(name: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self { name: name.to_owned(), line, message: message.into(), notes: Vec::new(), help: None }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The text of the error, over several lines.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = format!("error: {}", self.message);
        let line = self.line.map_or(String::new(), |line| format!(":{line}"));
        let _ = write!(text, "\n  --> {}{line}", self.name);
        for note in &self.notes {
            let _ = write!(text, "\n  = note: {note}");
        }
        if let Some(help) = &self.help {
            let _ = write!(text, "\n  = help: {help}");
        }
        text
    }
}
