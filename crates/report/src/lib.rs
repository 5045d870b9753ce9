//! What comes out of an experiment: tables, files, charts, and the text for a person.
//!
//! Nothing here touches the file system: results go in, bytes and text come out. [`outputs`] gives
//! every file of a run but the manifest, which [`manifest`] makes from them.

pub mod cautions;
pub mod charts;
pub mod csv;
pub mod document;
pub mod figures;
pub mod json;
pub mod manifest;
pub mod pages;
pub mod parquet;
pub mod pictures;
pub mod self_check;
#[cfg(test)]
mod studies;
pub mod tables;
pub mod warm_up;

use heard_lab::experiment::results::Results;

use document::Figure;
use tables::Tables;

/// The version that made a report.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// One file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its name in the run's folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A table could not be written as CSV.
    #[error("a table could not be written as CSV: {0}")]
    Csv(String),
    /// The replications could not be written as Parquet.
    #[error("replications.parquet could not be written: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A chart could not be drawn.
    #[error("chart-{name} could not be made: {error}")]
    Chart {
        /// Which chart.
        name: String,
        /// Why.
        error: charts::ChartError,
    },
}

/// The tables of every run, and all values of all replications.
const TABLES: [&str; 5] =
    ["summary.csv", "comparison.csv", "breakdown.csv", "timeseries.csv", "replications.parquet"];

/// The table of a run whose scenario says what a unit is worth.
const NET: &str = "net.csv";

/// Whether a run may write a file of this name into its folder: a table, a chart, or a log of
/// contacts.
#[must_use]
pub fn is_output(name: &str) -> bool {
    let between = |start, ends: &[&str]| {
        name.starts_with(start) && ends.iter().any(|end| name.ends_with(end))
    };
    TABLES.contains(&name)
        || name == NET
        || between("chart-", &[".svg", ".png"])
        || between("contacts-", &[".csv"])
}

/// Every file of a run but the manifest, always in the same order: tables, replications, what is gained net of cost
/// where a unit has a worth, then all SVGs and all PNGs of `figures`.
///
/// # Errors
/// Where a file cannot be made.
pub fn outputs<'a>(
    results: &Results,
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Result<Vec<Output>, ReportError> {
    let tables = Tables::new(results);
    let mut outputs = vec![
        output("summary.csv", csv::table(&tables.summary)?),
        output("comparison.csv", csv::table(&tables.comparison)?),
        output("breakdown.csv", csv::table(&tables.breakdown)?),
        output("timeseries.csv", csv::table(&tables.timeseries)?),
        output("replications.parquet", parquet::replications(results)?),
    ];
    if !tables.net.is_empty() {
        outputs.push(output(NET, csv::table(&tables.net)?));
    }
    outputs.extend(pictures::files(figures)?);
    Ok(outputs)
}

fn output(name: &str, bytes: Vec<u8>) -> Output {
    Output { name: name.to_owned(), bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file, with all charts.
    fn all(results: &Results) -> Vec<Output> {
        outputs(results, &figures::figures(results).unwrap()).unwrap()
    }

    fn names(outputs: &[Output]) -> Vec<&str> {
        outputs.iter().map(|output| output.name.as_str()).collect()
    }

    #[test]
    fn every_file_of_a_run_is_known_by_its_name() {
        let experiment = studies::bundled(&[]);
        let made = all(&studies::play(&experiment, 2));
        assert!(names(&made).into_iter().all(is_output));
        assert!(!["mine.toml", "edges.csv", "chart-1.txt"].into_iter().any(is_output));
    }

    #[test]
    fn files_come_in_a_fixed_order_with_svgs_before_pngs() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 2);
        let outputs = all(&results);
        let charts = || figures::EVERY_RUN.iter().map(|(name, _)| name);
        let of = |end: &str| charts().map(|name| format!("chart-{name}.{end}")).collect::<Vec<_>>();
        let expected: Vec<String> =
            TABLES.map(str::to_owned).into_iter().chain(of("svg")).chain(of("png")).collect();
        assert_eq!(names(&outputs), expected);
        assert!(
            outputs
                .iter()
                .filter(|o| o.name.ends_with("png"))
                .all(|o| { o.bytes.starts_with(b"\x89PNG") })
        );
    }

    #[test]
    fn without_charts_there_are_tables_only() {
        let experiment = studies::bundled(&[]);
        let outputs = outputs(&studies::play(&experiment, 1), &[]).unwrap();
        assert_eq!(names(&outputs), TABLES);
    }

    #[test]
    fn the_same_results_give_the_same_bytes() {
        let experiment = studies::bundled(&[]);
        let made = || all(&studies::play(&experiment, 2));
        assert!(made() == made());
    }

    #[test]
    fn a_plain_queue_has_no_sentiment_and_one_arm_no_differences() {
        let experiment = studies::queue();
        let outputs = all(&studies::play(&experiment, 3));
        let names = names(&outputs);
        assert!(names.contains(&"chart-answer-time.svg"), "{names:?}");
        for absent in ["chart-sentiment.svg", "chart-differences.svg"] {
            assert!(!names.contains(&absent), "{names:?}");
        }
    }

    #[test]
    fn no_replications_still_give_every_table() {
        let experiment = studies::bundled(&[]);
        let outputs = all(&Results::new(&experiment));
        assert_eq!(names(&outputs), TABLES);
    }

    #[test]
    fn names_of_any_kind_are_written_and_drawn() {
        let experiment = studies::strange();
        let results = studies::play(&experiment, 2);
        assert_eq!(all(&results).len(), 5 + 2 * 5);
    }
}
