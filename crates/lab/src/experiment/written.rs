//! What earlier runs wrote into a folder: the files that its manifests name, with their checksums.
//!
//! Only those may be removed. A manifest can be damaged, or not be ours at all, so a name in it counts
//! only where it is that of a result, and a file only where it still has the bytes that were written.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use base16ct::lower::encode_string as hexadecimal;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a run has not replaced of the files of earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// They are as they were written: nothing is lost with them.
    pub unchanged: Vec<String>,
    /// Somebody has changed them since.
    pub changed: Vec<String>,
}

/// The files that the manifests of a folder name and that a new run does not write.
pub fn stale(folder: &Path, manifests: &[&str], is_new: impl Fn(&str) -> bool) -> Stale {
    let mut sums: Vec<(String, String)> = Vec::new();
    for manifest in manifests {
        let manifest = manifest_at(&folder.join(manifest));
        let files = manifest["files"].as_object().into_iter().flatten();
        sums.extend(files.filter_map(|(name, sum)| Some((name.clone(), sum.as_str()?.to_owned()))));
    }
    sums.retain(|(name, _)| is_result(name) && !is_new(name));
    sums.sort();
    let mut stale = Stale::default();
    for one in sums.chunk_by(|a, b| a.0 == b.0) {
        let name = one[0].0.clone();
        let Some(found) = sum_of(&folder.join(&name)) else { continue };
        let as_written = one.iter().any(|(_, sum)| *sum == found);
        if as_written { stale.unchanged.push(name) } else { stale.changed.push(name) }
    }
    stale
}

/// A manifest; null where there is none that can be read.
pub fn manifest_at(path: &Path) -> Value {
    let is_file = fs::metadata(path).is_ok_and(|info| info.is_file());
    let bytes = if is_file { fs::read(path).unwrap_or_default() } else { Vec::new() };
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Whether a name can be that of a run's result: it leads nowhere else, and has such an ending.
fn is_result(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let ends = [".csv", ".parquet", ".svg", ".png"];
    name.chars().all(plain) && ends.iter().any(|end| name.ends_with(end))
}

/// The SHA-256 of a file; `None` where there is none, or something else.
fn sum_of(path: &Path) -> Option<String> {
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let (mut reader, mut hasher) = (BufReader::new(File::open(path).ok()?), Sha256::new());
    loop {
        let bytes = reader.fill_buf().ok()?;
        if bytes.is_empty() {
            return Some(hexadecimal(&hasher.finalize()));
        }
        hasher.update(bytes);
        let read = bytes.len();
        reader.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(bytes: &str) -> String {
        hexadecimal(&Sha256::digest(bytes))
    }

    #[test]
    fn files_count_as_written_only_with_the_bytes_that_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        for name in ["a.csv", "b.csv", "c.csv", "d.csv", "mine.toml"] {
            write(name, name);
        }
        let files = serde_json::json!({ "files": {
            "a.csv": sum("a.csv"), "b.csv": sum("another"), "c.csv": sum("c.csv"),
            "gone.csv": sum("gone"), "mine.toml": sum("mine.toml"),
        }});
        write("one", &files.to_string());
        write("two", &serde_json::json!({ "files": { "b.csv": sum("other still") } }).to_string());
        let stale = stale(folder.path(), &["one", "two", "none"], |name| name == "c.csv");
        assert_eq!(stale, Stale { unchanged: vec!["a.csv".into()], changed: vec!["b.csv".into()] });
    }

    #[test]
    fn a_damaged_or_hostile_manifest_names_nothing_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir_all(inner.join("sub.csv")).unwrap();
        fs::write(folder.path().join("outside.csv"), "a").unwrap();
        fs::write(inner.join("sub.csv/file.csv"), "a").unwrap();
        let outside = folder.path().join("outside.csv").display().to_string();
        let mut names =
            vec!["../outside.csv", "sub.csv/file.csv", "sub.csv", "..", "", "a\\b.csv", &outside];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../outside.csv", inner.join("link.csv")).unwrap();
            names.push("link.csv");
        }
        let files = names.into_iter().map(|name| (name.to_owned(), sum("a").into()));
        let files = Value::Object(files.collect());
        for text in [
            serde_json::json!({ "files": files }).to_string(),
            serde_json::json!({ "files": { "sub.csv": 3, "manifest": [] } }).to_string(),
            "{ \"files\": [\"sub.csv\"] }".to_owned(),
            "[".to_owned(),
            String::new(),
        ] {
            fs::write(inner.join("manifest"), &text).unwrap();
            assert_eq!(stale(&inner, &["manifest"], |_| false), Stale::default(), "{text}");
        }
    }
}
