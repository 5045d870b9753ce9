//! The scenarios that come with the program.

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them, in the order in which they are listed.
pub const BUNDLED: [Bundled; 2] = [
    Bundled {
        name: "listening-vs-responding",
        text: include_str!("../../scenarios/listening-vs-responding.toml"),
    },
    Bundled {
        name: "air-force-triage",
        text: include_str!("../../scenarios/air-force-triage.toml"),
    },
];

/// The bundled scenario of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|bundled| bundled.name == name)
}
