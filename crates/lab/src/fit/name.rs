//! Names that a scenario can use.

use heard_text::name::distinct;

/// Characters of a name.
const MOST: usize = 40;

/// A name of a log as a scenario can have it: without control characters, and not too long.
pub(super) fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(MOST).collect();
    let name = name.trim();
    if name.is_empty() { "contacts".to_owned() } else { name.to_owned() }
}

/// The names, with a number behind those that have come before.
pub(super) fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    distinct(names, " ", str::to_owned)
}
