//! Names of files from names of arms, which may hold anything.

use heard_text::name::distinct;

/// Characters of an arm's name that a file's name takes.
const MOST: usize = 60;

/// A part of a file's name for each of these names: letters, digits, `_` and `-` of ASCII stay, all
/// else becomes `-`, and names that would then be the same get numbers: some systems do not tell
/// capitals apart.
#[must_use]
pub fn file_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let plain = |name: &str| match name {
        "" => "-".to_owned(),
        name => name.chars().take(MOST).map(kept).collect(),
    };
    distinct(names.into_iter().map(plain), "-", str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stay_and_strange_ones_become_plain() {
        let names = ["presence-only", "a/b", "..", "über allem", "", "x,\"y\"\n"];
        let files = file_names(names);
        assert_eq!(files, ["presence-only", "a-b", "--", "-ber-allem", "-", "x--y--"]);
    }

    #[test]
    fn no_two_names_are_the_same_file_on_any_system() {
        let files = file_names(["a b", "a-b", "A-B", "a-b-2", "a?b"]);
        assert_eq!(files, ["a-b", "a-b-2", "A-B-3", "a-b-2-2", "a-b-4"]);
        let long = "x".repeat(200);
        assert_eq!(file_names([long.as_str()])[0].len(), 60);
    }
}
