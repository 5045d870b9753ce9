//! How a verb ends, and writing to standard output without falling over.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Why a verb did not simply succeed.
#[derive(Debug)]
pub enum End {
    /// The input is wrong; nothing was written. The text says it all.
    Refused(String),
    /// Something else failed.
    Failed(String),
    /// Interrupted by the user; what was finished is kept.
    Interrupted,
}

impl End {
    /// The input is wrong, in one line, with what would be right.
    pub fn refused(message: impl std::fmt::Display, help: impl std::fmt::Display) -> Self {
        Self::Refused(format!("error: {message}\n  = help: {help}"))
    }

    /// Something failed, in one line.
    pub fn failed(message: impl std::fmt::Display) -> Self {
        Self::Failed(format!("error: {message}"))
    }
}

/// Says a failure on standard error and gives the exit code.
pub fn exit_code(end: Result<(), End>) -> ExitCode {
    match end {
        Ok(()) => ExitCode::SUCCESS,
        Err(End::Failed(text)) => {
            note(text.trim_end());
            ExitCode::from(1)
        }
        Err(End::Refused(text)) => {
            note(text.trim_end());
            ExitCode::from(2)
        }
        Err(End::Interrupted) => ExitCode::from(130),
    }
}

/// Writes the result to standard output. A reader that has gone away is no error.
pub fn print(bytes: &[u8]) -> Result<(), End> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(End::failed(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says something on standard error. Where nobody can hear it, nothing can be done about it.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Whether messages on standard error may be coloured.
pub fn colour() -> bool {
    may_colour(&io::stderr())
}

/// Whether what goes to `stream` may be coloured.
pub fn may_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Text with its colours, if messages may have them.
pub fn styled(text: &clap::builder::StyledStr) -> String {
    if colour() { text.ansi().to_string() } else { text.to_string() }
}
