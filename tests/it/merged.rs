//! Merges are finished: no file holds the marks that Git leaves where two sides differ.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders of what is built or run here, not of what is kept.
const NOT_KEPT: [&str; 3] = ["target", ".git", "output"];

/// The text files below a folder.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !NOT_KEPT.iter().any(|name| path.ends_with(name)) {
            found.extend(texts(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
    found
}

/// The lines, from 1, that begin as a side of an unfinished merge does.
fn marks(text: &str) -> Vec<usize> {
    let marks = ["<", ">"].map(|mark| mark.repeat(7) + " ");
    let is_mark = |line: &str| marks.iter().any(|mark| line.starts_with(mark));
    (1..).zip(text.lines()).filter(|(_, line)| is_mark(line)).map(|(number, _)| number).collect()
}

#[test]
fn no_file_has_marks_of_an_unfinished_merge() {
    let texts = texts(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(texts.len() > 500, "the files are elsewhere now: {}", texts.len());
    let left: Vec<String> = texts
        .iter()
        .flat_map(|(path, text)| {
            marks(text).into_iter().map(move |line| format!("{}:{line}", path.display()))
        })
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn marks_are_known_where_a_line_begins_with_them() {
    let [ours, theirs] = ["<", ">"].map(|mark| mark.repeat(7));
    let merge = format!("# Log\n{ours} HEAD\n- one\n=======\n- two\n{theirs} other\n");
    assert_eq!(marks(&merge), [2, 6]);
    assert_eq!(marks(&format!("a {ours} b\n{theirs}\n{theirs}> c\n")), [0; 0]);
}
