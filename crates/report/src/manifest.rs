//! `manifest.json`: what was run, how, and the result; written last.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::cautions::Cautions;
use super::self_check::SelfCheck;
use super::{Output, VERSION};
use base16ct::lower::encode_string as hexadecimal;
use heard_lab::experiment::looks::Looks;
use heard_lab::experiment::results::Results;

/// What the results do not know about their making.
#[derive(Clone, Debug, PartialEq)]
pub struct Making {
    /// Threads used.
    pub threads: usize,
    /// When it began, as RFC 3339 has it.
    pub started: String,
    /// How long it took.
    pub seconds: f64,
    /// The numbers of replications at which results of this experiment were shown.
    pub looks: Looks,
}

/// The manifest of a run with these files. It is complete when all replications that the scenario
/// asks for are there.
#[must_use]
pub fn manifest(results: &Results, making: &Making, files: &[Output]) -> Value {
    let experiment = &results.experiment;
    let study = &experiment.study;
    let sum = |file: &Output| {
        (file.name.clone(), Value::String(hexadecimal(&Sha256::digest(&file.bytes))))
    };
    let files: Map<String, Value> = files.iter().map(sum).collect();
    let requested = study.base.run.replications;
    json!({
        "version": VERSION,
        "name": study.name,
        "scenario": study.to_json(),
        "hash": experiment.hash(),
        "seed": study.base.run.seed,
        "replications": results.replications(),
        "requested_replications": requested,
        "complete": results.is_complete(),
        "threads": making.threads,
        "started": making.started,
        "seconds": making.seconds,
        "looks": making.looks.count(),
        "looked_at": making.looks.numbers().collect::<Vec<u32>>(),
        "self_check": SelfCheck::new(results).to_json(),
        "cautions": Cautions::new(results).told().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "files": files,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{outputs, studies};

    fn making() -> Making {
        let looks = Looks::default().and(3);
        Making { threads: 2, started: "2011-03-01T09:00:00Z".into(), seconds: 1.5, looks }
    }

    #[test]
    fn the_manifest_names_everything_that_the_run_rests_on() {
        let experiment = studies::bundled(&["run.replications=3"]);
        let results = studies::play(&experiment, 3);
        let files = outputs(&results, &[]).unwrap();
        let manifest = manifest(&results, &making(), &files);
        let keys: Vec<&String> = manifest.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "version",
                "name",
                "scenario",
                "hash",
                "seed",
                "replications",
                "requested_replications",
                "complete",
                "threads",
                "started",
                "seconds",
                "looks",
                "looked_at",
                "self_check",
                "cautions",
                "files"
            ]
        );
        assert_eq!(manifest["scenario"]["base"]["customers"]["count"], 300);
        assert_eq!(manifest["hash"].as_str().unwrap().len(), 64);
        assert_eq!((&manifest["looks"], &manifest["looked_at"]), (&json!(1), &json!([3])));
        assert_eq!((&manifest["seed"], &manifest["complete"]), (&json!(2011), &json!(true)));
        let names: Vec<&String> = manifest["files"].as_object().unwrap().keys().collect();
        assert!(names.into_iter().eq(files.iter().map(|file| &file.name)));
    }

    #[test]
    fn a_run_that_was_cut_short_says_so() {
        let experiment = studies::bundled(&["run.replications=3"]);
        let manifest = manifest(&studies::play(&experiment, 2), &making(), &[]);
        assert_eq!(manifest["complete"], false);
        assert_eq!(manifest["self_check"]["status"], "warnings");
    }

    #[test]
    fn a_file_is_named_with_its_sha_256() {
        let experiment = studies::queue();
        let file = Output { name: "abc".into(), bytes: b"abc".to_vec() };
        let manifest = manifest(&Results::new(&experiment), &making(), &[file]);
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(manifest["files"]["abc"], sum);
    }
}
