//! The scenarios that come with the program.

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The scenario whose file has this name.
macro_rules! bundled {
    ($name:literal) => {
        Bundled { name: $name, text: include_str!(concat!("../../../scenarios/", $name, ".toml")) }
    };
}

/// All of them, in the order in which they are listed.
pub const BUNDLED: [Bundled; 14] = [
    bundled!("listening-vs-responding"),
    bundled!("students-audit"),
    bundled!("dell-turnaround"),
    bundled!("named-representatives"),
    bundled!("marketing-channel"),
    bundled!("followed"),
    bundled!("air-force-triage"),
    bundled!("squeaky-wheel"),
    bundled!("marketing-or-care"),
    bundled!("rising-expectations"),
    bundled!("rated-people"),
    bundled!("firestorm"),
    bundled!("any-publicity"),
    bundled!("over-and-under-delivery"),
];

/// The bundled scenario of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|bundled| bundled.name == name)
}
