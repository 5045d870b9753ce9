//! The program: parses the command line, runs the verb, and turns its end into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    heard::cli::main()
}
