//! Tables as CSV: comma, LF, shortest numbers that read back the same, undefined as empty.

use super::ReportError;
use super::tables::{Field, Row};
use heard_text::number::shortest_or_empty;

/// A table with its header line.
///
/// # Errors
/// [`ReportError::Csv`] where the writer fails, which memory never makes it do.
pub fn table<R: Row>(rows: &[R]) -> Result<Vec<u8>, ReportError> {
    let failed = |error: ::csv::Error| ReportError::Csv(error.to_string());
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    writer.write_record(R::COLUMNS).map_err(failed)?;
    for row in rows {
        let texts: Vec<String> = row.fields().into_iter().map(text).collect();
        writer.write_record(&texts).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ReportError::Csv(error.to_string()))
}

fn text(field: Field<'_>) -> String {
    match field {
        Field::Text(text) => text.to_owned(),
        Field::Number(number) => shortest_or_empty(number),
        Field::Count(count) => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;
    use crate::tables::Tables;

    fn lines<R: Row>(rows: &[R]) -> Vec<String> {
        let text = String::from_utf8(table(rows).unwrap()).unwrap();
        assert!(text.ends_with('\n') && !text.contains('\r'));
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn headers_are_the_ones_that_other_programs_rely_on() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 1);
        let tables = Tables::new(&results);
        assert_eq!(
            lines(&tables.summary)[0],
            "arm,company,metric,unit,mean,ci_low,ci_high,replications,window"
        );
        assert_eq!(
            lines(&tables.comparison)[0],
            "arm,baseline,company,metric,unit,difference,ci_low,ci_high,verdict,variance_reduction,replications,window,\
             any_look_low,any_look_high,any_look_verdict"
        );
        assert_eq!(
            lines(&tables.breakdown)[0],
            "arm,company,metric,unit,mean,ci_low,ci_high,replications,dimension,level,window"
        );
        assert_eq!(
            lines(&tables.timeseries)[0],
            "arm,company,metric,unit,day,mean,ci_low,ci_high,replications"
        );
    }

    #[test]
    fn undefined_is_empty_and_the_row_stays() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 3);
        let tables = Tables::new(&results);
        let silent = "presence-only,company,first_answer_hours_p50,hours,,,,0,14-26";
        assert!(lines(&tables.summary).contains(&silent.to_owned()));
        // Nobody hears anything in either arm, every time; three replications are too few for an interval
        // that holds at any number of looks.
        let same = "no-presence,presence-only,company,heard_rate,share,0,0,0,not-tested,,3,14-26,,,not-tested";
        assert!(lines(&tables.comparison).contains(&same.to_owned()));
    }

    #[test]
    fn one_replication_gives_means_without_intervals() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 1);
        let tables = Tables::new(&results);
        let row = lines(&tables.summary).into_iter().find(|line| line.contains("reputation"));
        assert!(row.unwrap().ends_with(",,,1,14-26"));
    }

    #[test]
    fn names_with_commas_quotes_and_line_ends_read_back() {
        let experiment = studies::strange();
        let results = studies::play(&experiment, 1);
        let tables = Tables::new(&results);
        let bytes = table(&tables.summary).unwrap();
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let arms: Vec<String> =
            reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert!(experiment.study.arms.iter().all(|arm| arms.contains(&arm.name)));
    }
}
