//! The program as its users call it: a folder, a scenario, arguments, and what comes back.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A scenario kept for tests: those that come with the program go their own ways.
pub const SEVEN_ARMS: &str = include_str!("../scenarios/listening-vs-responding.toml");

/// A small population for a short time: seven arms in a blink.
pub const SMALL: [&str; 10] = [
    "--set",
    "customers.count=200",
    "--set",
    "run.days=30",
    "--set",
    "run.warmup_days=2",
    "--set",
    "run.margin_days=5",
    "--set",
    "run.windows={}",
];

/// A folder of its own for each test.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// How a call of the program ended.
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its name.
    pub fn write<'a>(&self, name: &'a str, text: impl AsRef<[u8]>) -> &'a str {
        fs::write(self.path(name), text).unwrap();
        name
    }

    /// A scenario of seven arms with one piece of its text replaced.
    pub fn changed(&self, from: &str, to: &str) -> &'static str {
        let text = SEVEN_ARMS;
        assert!(text.contains(from), "{from}");
        self.write("mine.toml", text.replacen(from, to, 1))
    }

    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("heard").unwrap();
        command.current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    pub fn heard(&self, arguments: &[&str]) -> Outcome {
        outcome(self.command().args(arguments))
    }

    /// The same for what must be quick: it may take a minute of processor time, which is far more than
    /// it does, and the same on a busy machine.
    pub fn quick(&self, arguments: &[&str]) -> Outcome {
        let program = assert_cmd::cargo::cargo_bin!("heard");
        let mut command = Command::new("sh");
        command.current_dir(self.folder.path()).env("NO_COLOR", "1").env("HEARD", program);
        command.args(["-c", "ulimit -t 60; exec \"$HEARD\" \"$@\"", "sh"]);
        outcome(command.args(arguments))
    }

    /// Runs a shell line with the program as `$HEARD`.
    pub fn shell(&self, line: &str) -> Outcome {
        let program = assert_cmd::cargo::cargo_bin!("heard");
        let mut command = Command::new("sh");
        outcome(command.current_dir(self.folder.path()).env("HEARD", program).args(["-c", line]))
    }

    /// Names of the files in a folder, sorted, the lock left out.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .filter(|name| name != ".lock")
            .collect();
        names.sort();
        names
    }

    pub fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap()
    }
}

pub fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let outcome = Outcome {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    assert!(!outcome.err.contains("panicked"), "{}", outcome.err);
    outcome
}
