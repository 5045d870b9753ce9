//! Reading a scenario file: one clear error for each way it can go wrong.

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use heard_contacts::files::{Files, Kind};

use super::problem::Problem;
use super::sources::Source;
use super::words;

/// The largest scenario file, in bytes.
pub const SIZE_LIMIT: u64 = 1 << 20;

/// Reads a scenario file as text; a byte-order mark at its beginning is dropped.
///
/// Never reads more than [`SIZE_LIMIT`] bytes, so that `/dev/zero` is refused as well.
///
/// # Errors
///
/// Where the file is missing, a folder, not readable, too large, not UTF-8, or says nothing.
pub fn read_file(path: impl AsRef<Path>, files: &dyn Files) -> Result<Source, Problem> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let info = files.info(path).map_err(|error| unreadable(path, &error, files))?;
    if info.kind == Kind::Folder {
        return Err(a_folder(path, files));
    }
    if info.bytes > SIZE_LIMIT {
        return Err(too_large(path));
    }
    let mut bytes = Vec::new();
    files
        .open(path)
        .and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error, files))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(too_large(path));
    }
    let text = decode(path, bytes)?;
    let says_something = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
    if !text.lines().any(says_something) {
        let what = if text.trim().is_empty() { "is empty" } else { "holds nothing but comments" };
        return Err(Problem::new(format!("{} {what}", quoted(path)))
            .help("a scenario has at least one line such as `title = \"...\"` or a `[table]`"));
    }
    Ok(Source { name, text })
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    let utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(_) if utf_16 => Err(Problem::new(format!("{} is UTF-16 text", quoted(path)))
            .help("save it as UTF-8 in your editor")),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            let before = String::from_utf8_lossy(error.as_bytes().get(..at).unwrap_or_default());
            let line = before.matches('\n').count() + 1;
            Err(Problem::new(format!(
                "{} is not UTF-8 text: byte {at} (0x{byte:02x}), in line {line}, is not a valid character",
                quoted(path)
            ))
            .help("a scenario is a TOML text; save it as UTF-8 in your editor"))
        }
    }
}

fn unreadable(path: &Path, error: &io::Error, files: &dyn Files) -> Problem {
    let name = quoted(path);
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => missing(path, files),
        ErrorKind::PermissionDenied => Problem::new(format!("{name} may not be read"))
            .help("give yourself permission to read the file and the folder it is in"),
        ErrorKind::IsADirectory => a_folder(path, files),
        _ => Problem::new(format!("{name} cannot be read: {error}"))
            .help("a scenario is a TOML text file, such as scenario.toml"),
    }
}

fn missing(path: &Path, files: &dyn Files) -> Problem {
    let problem = Problem::new(format!("there is no file {}", quoted(path)));
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let is_there = files.info(folder).is_ok_and(|info| info.kind == Kind::Folder);
    let near = is_there.then(|| toml_files(folder, files)).and_then(|names| {
        words::nearest(&name.unwrap_or_default(), names.iter().map(String::as_str))
            .map(|near| path.with_file_name(near))
    });
    match near {
        Some(near) => problem.help(format!("did you mean {}?", quoted(&near))),
        None if !is_there => problem.help(format!("there is no folder {} either", quoted(folder))),
        None => problem.help("give the path of a scenario, a TOML text file"),
    }
}

fn a_folder(path: &Path, files: &dyn Files) -> Problem {
    let problem = Problem::new(format!("{} is a folder, not a scenario file", quoted(path)));
    match toml_files(path, files).first() {
        Some(file) => problem.help(format!("did you mean {}?", quoted(&path.join(file)))),
        None => problem.help("name the file in it: a TOML text, such as scenario.toml"),
    }
}

fn too_large(path: &Path) -> Problem {
    Problem::new(format!("{} is larger than 1 MiB (1,048,576 bytes)", quoted(path)))
        .help("a scenario is a text somebody wrote, a few kilobytes; is this the right file?")
}

/// The names of the TOML files in a folder, sorted.
fn toml_files(folder: &Path, files: &dyn Files) -> Vec<String> {
    let mut names = files.names(folder);
    names.retain(|name| name.ends_with(".toml"));
    names.sort();
    names
}

fn quoted(path: &Path) -> String {
    words::shorten(&path.display().to_string(), 200)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;
    use std::path::{Path, PathBuf};

    use super::super::{Sources, parse};
    use super::{SIZE_LIMIT, unreadable};
    use crate::source::{Problem, Source};
    use heard_contacts::files::Disk;

    fn read_file(path: impl AsRef<Path>) -> Result<Source, Problem> {
        super::read_file(path, &Disk)
    }

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.toml");
        fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn refused(bytes: &[u8]) -> Problem {
        let (_folder, path) = written(bytes);
        read_file(path).unwrap_err()
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_columns_stay_right() {
        let (_folder, path) = written(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n");
        let source = read_file(&path).unwrap();
        assert!(source.text.starts_with("a = 1"));
        let mut sources = Sources::new();
        let number = sources.add(source);
        let root = parse(&sources, number).unwrap();
        let problem = Problem::about(&root, &["a"], "m");
        let place = problem.diagnostic(&sources).place.unwrap();
        assert!(place.to_string().ends_with("shop.toml:1:5"), "{place}");
    }

    #[test]
    fn a_missing_file_suggests_its_neighbour() {
        let (folder, path) = written(b"a = 1");
        let problem = read_file(folder.path().join("shp.toml")).unwrap_err();
        assert!(problem.message.starts_with("there is no file "), "{}", problem.message);
        assert_eq!(problem.help.unwrap(), format!("did you mean {}?", path.display()));
        let problem = read_file(folder.path().join("no/such.toml")).unwrap_err();
        assert!(problem.help.unwrap().starts_with("there is no folder"));
        let problem = read_file(path.join("x.toml")).unwrap_err();
        assert!(problem.message.starts_with("there is no file "), "{}", problem.message);
    }

    #[test]
    fn a_folder_suggests_the_scenario_in_it() {
        let (folder, path) = written(b"a = 1");
        let problem = read_file(folder.path()).unwrap_err();
        assert!(problem.message.ends_with("is a folder, not a scenario file"));
        assert_eq!(problem.help.unwrap(), format!("did you mean {}?", path.display()));
    }

    #[test]
    fn text_that_is_not_utf_8_says_which_byte_and_line() {
        let problem = refused(b"a = 1\nb = \"caf\xe9\"\n");
        assert!(
            problem.message.ends_with("byte 14 (0xe9), in line 2, is not a valid character"),
            "{}",
            problem.message
        );
        assert!(refused(b"\xff\xfea\0").message.ends_with("is UTF-16 text"));
    }

    #[test]
    fn a_file_that_says_nothing_is_refused() {
        assert!(refused(b"").message.ends_with("is empty"));
        assert!(refused(b"\xef\xbb\xbf \r\n\t\n").message.ends_with("is empty"));
        assert!(refused(b"# only\n  # talk").message.ends_with("holds nothing but comments"));
    }

    #[test]
    fn a_file_is_refused_one_byte_above_the_limit() {
        let most = usize::try_from(SIZE_LIMIT).unwrap();
        let mut text = b"a = 1\n".to_vec();
        text.resize(most, b'#');
        let (_folder, path) = written(&text);
        assert!(read_file(path).is_ok());
        text.push(b'#');
        assert!(refused(&text).message.contains("larger than 1 MiB"));
    }

    #[cfg(unix)]
    #[test]
    fn an_endless_device_is_refused() {
        let problem = read_file("/dev/zero").unwrap_err();
        assert!(problem.message.contains("larger than 1 MiB"), "{}", problem.message);
        assert!(read_file("/dev/null").unwrap_err().message.ends_with("is empty"));
    }

    #[test]
    fn a_forbidden_file_says_so() {
        // Not by a file without permissions: tests that run as root may read that too.
        let problem =
            unreadable(Path::new("shop.toml"), &ErrorKind::PermissionDenied.into(), &Disk);
        assert_eq!(problem.message, "shop.toml may not be read");
    }
}
