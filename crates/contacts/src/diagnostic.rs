//! What is wrong with a log, as a diagnostic.

use heard_text::diagnostic::Diagnostic;

use super::LogError;

impl From<LogError> for Diagnostic {
    fn from(error: LogError) -> Self {
        let LogError { name, line, message, notes, help } = error;
        Self { notes, help, ..Self::in_source(&name, line, message) }
    }
}
