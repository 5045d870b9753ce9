//! `replications.parquet`: every metric of every replication of every arm and company.
//!
//! One row group for each window of each company of each arm; in it the metrics one after another, each
//! with all its replications, so that the columns of words are long runs of the same word and take next
//! to no room.

use std::sync::Arc;

use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;

use heard_lab::experiment::results::{Results, Subject};
use heard_scenario::metric::Metric;

const SCHEMA: &str = "message replications {
    required int32 replication;
    required binary arm (utf8);
    required binary company (utf8);
    required binary metric (utf8);
    optional double value;
    required binary window (utf8);
}";

/// The file. A value that is undefined in a replication is null; metrics that no arm ever defines
/// are left out. The first replication is 0.
///
/// # Errors
/// Where the writer fails.
pub fn replications(results: &Results) -> Result<Vec<u8>> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties)?;
    let metrics = results.metrics();
    for subject in results.subjects() {
        let mut group = writer.next_row_group()?;
        subject_rows(&mut group, results, subject, &metrics)?;
        group.close()?;
    }
    writer.into_inner()
}

fn subject_rows(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    results: &Results,
    subject: Subject,
    metrics: &[Metric],
) -> Result<()> {
    let count = results.replications() as usize;
    let numbers: Vec<i32> = (0..i32::try_from(count)?).collect();
    let mut column = next(group)?;
    for _ in metrics {
        column.typed::<Int32Type>().write_batch(&numbers, None, None)?;
    }
    column.close()?;
    words(group, metrics, count, |_| results.arm_name(subject))?;
    words(group, metrics, count, |_| results.company_name(subject))?;
    words(group, metrics, count, Metric::name)?;
    let mut column = next(group)?;
    for &metric in metrics {
        let values = results.values(subject, metric);
        let defined: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
        let values: Vec<f64> = values.into_iter().flatten().collect();
        column.typed::<DoubleType>().write_batch(&values, Some(&defined), None)?;
    }
    column.close()?;
    words(group, metrics, count, |_| results.window_name(subject))
}

/// A column of words, the same in all replications of a metric.
fn words<'a>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    metrics: &[Metric],
    count: usize,
    word: impl Fn(Metric) -> &'a str,
) -> Result<()> {
    let mut column = next(group)?;
    for &metric in metrics {
        let words = vec![ByteArray::from(word(metric)); count];
        column.typed::<ByteArrayType>().write_batch(&words, None, None)?;
    }
    column.close()
}

fn next<'a>(
    group: &'a mut SerializedRowGroupWriter<'_, Vec<u8>>,
) -> Result<::parquet::file::writer::SerializedColumnWriter<'a>> {
    let missing = || ParquetError::General("the schema has no further column".to_owned());
    group.next_column()?.ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::{Field, Row};
    use heard_scenario::study::COMPANY;

    fn read(bytes: &[u8]) -> Vec<Row> {
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect()
    }

    #[test]
    fn every_value_reads_back_bit_by_bit_and_undefined_as_null() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 3);
        let mut rows = read(&replications(&results).unwrap()).into_iter();
        let mut nulls = 0;
        for subject in results.subjects() {
            for metric in results.metrics() {
                let values = results.values(subject, metric);
                for (replication, value) in values.into_iter().enumerate() {
                    let row = rows.next().unwrap();
                    let fields: Vec<&Field> = row.get_column_iter().map(|(_, f)| f).collect();
                    assert_eq!(*fields[0], Field::Int(replication as i32));
                    assert_eq!(*fields[1], Field::Str(results.arm_name(subject).to_owned()));
                    assert_eq!(*fields[2], Field::Str(COMPANY.to_owned()));
                    assert_eq!(*fields[3], Field::Str(metric.name().to_owned()));
                    assert_eq!(*fields[4], value.map_or(Field::Null, Field::Double));
                    assert_eq!(*fields[5], Field::Str(results.window_name(subject).to_owned()));
                    nulls += usize::from(value.is_none());
                }
            }
        }
        assert!(rows.next().is_none());
        assert!(nulls > 0);
    }

    #[test]
    fn columns_have_the_names_that_other_programs_rely_on() {
        let experiment = studies::queue();
        let rows = read(&replications(&studies::play(&experiment, 1)).unwrap());
        let names: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["replication", "arm", "company", "metric", "value", "window"]);
    }

    #[test]
    fn words_take_no_room() {
        let experiment = studies::queue();
        let results = studies::play(&experiment, 40);
        let bytes = replications(&results).unwrap().len();
        // A double and a small number for each value, and some room for the header.
        assert!(bytes < results.metrics().len() * 40 * 10 + 3000, "{bytes}");
    }

    #[test]
    fn no_replications_make_an_empty_file() {
        let experiment = studies::bundled(&[]);
        assert!(read(&replications(&Results::new(&experiment)).unwrap()).is_empty());
    }
}
