//! How a verb ends, and writing to standard output without failing when nobody reads it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde::Serialize;

use heard_lab::experiment::folder::FolderError;
use heard_report::document::{Document, terminal};
use heard_text::diagnostic::Diagnostic;
use heard_text::name::{harmless, steers};

/// Why a verb did not simply succeed.
#[derive(Debug)]
pub enum End {
    /// The input is wrong; nothing was written.
    Refused(Diagnostic),
    /// The command line is wrong; the text is from clap.
    Misused(String),
    /// Something else failed.
    Failed(Diagnostic),
    /// Interrupted by the user; what was finished is kept.
    Interrupted,
}

impl End {
    /// The input is wrong, with what would be right.
    pub fn refused(message: impl std::fmt::Display, help: impl std::fmt::Display) -> Self {
        Self::Refused(Diagnostic::new(message.to_string()).help(help.to_string()))
    }

    /// Something failed.
    pub fn failed(message: impl std::fmt::Display) -> Self {
        Self::Failed(Diagnostic::new(message.to_string()))
    }
}

impl From<FolderError> for End {
    fn from(error: FolderError) -> Self {
        let failed = error.is_failure();
        let diagnostic = Diagnostic::from(error);
        if failed { Self::Failed(diagnostic) } else { Self::Refused(diagnostic) }
    }
}

/// Says a failure on standard error and gives the exit code.
pub fn exit_code(end: Result<(), End>) -> ExitCode {
    let (text, code) = match end {
        Ok(()) => return ExitCode::SUCCESS,
        Err(End::Failed(diagnostic)) => (diagnostic.render(colour()), 1),
        Err(End::Refused(diagnostic)) => (diagnostic.render(colour()), 2),
        Err(End::Misused(text)) => (text, 2),
        Err(End::Interrupted) => return ExitCode::from(130),
    };
    say(text.trim_end());
    ExitCode::from(code)
}

/// Writes a document to standard output as text, in colour where that is a terminal.
pub fn print_document(document: &Document) -> Result<(), End> {
    print_text(document, terminal::PAGE)
}

/// The same, as wide as the terminal is.
pub fn print_wide(document: &Document) -> Result<(), End> {
    print_text(document, terminal::width())
}

fn print_text(document: &Document, width: u16) -> Result<(), End> {
    print(terminal::text(document, width, may_colour(&io::stdout())).as_bytes())
}

/// Writes data to standard output as JSON.
pub fn print_json(data: &impl Serialize) -> Result<(), End> {
    let text = serde_json::to_string_pretty(data)
        .map_err(|error| End::failed(format!("the result cannot be written as JSON: {error}")))?;
    print((harmless_json(&text) + "\n").as_bytes())
}

/// JSON with everything escaped that could steer a terminal. Outside of strings there is none.
fn harmless_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if c != '\n' && steers(c) => text += &format!("\\u{:04x}", u32::from(c)),
            c => text.push(c),
        }
    }
    text
}

/// Writes tables for other programs to standard output; as text for people where it is a terminal.
pub fn print_table(bytes: &[u8]) -> Result<(), End> {
    match std::str::from_utf8(bytes) {
        Ok(text) if io::stdout().is_terminal() => print(harmless(text).as_bytes()),
        _ => print(bytes),
    }
}

/// Writes the result to standard output. It is not an error if the reader has gone away.
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
    say(&harmless(text));
}

fn say(text: &str) {
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
    // An argument is quoted as it is: what it holds must not be taken for colours.
    let plain = std::env::args_os().all(|argument| !argument.to_string_lossy().contains(steers));
    if colour() && plain { text.ansi().to_string() } else { harmless(&text.to_string()) }
}
