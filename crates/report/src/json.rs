//! The summary, the comparison and the gains net of cost as one JSON object: the rows of the CSV files, undefined as null.

use serde_json::{Map, Value, json};

use super::tables::{Field, Row, Tables};

/// `{"summary": [...], "comparison": [...], "net": [...]}`.
#[must_use]
pub fn tables(tables: &Tables<'_>) -> Value {
    json!({
        "summary": rows(&tables.summary),
        "comparison": rows(&tables.comparison),
        "net": rows(&tables.net),
    })
}

/// The rows of one table, each an object whose keys are the columns.
#[must_use]
pub fn rows<R: Row>(rows: &[R]) -> Value {
    let object = |row: &R| {
        let names = R::COLUMNS.iter().map(|&name| name.to_owned());
        Value::Object(names.zip(row.fields().into_iter().map(value)).collect::<Map<_, _>>())
    };
    rows.iter().map(object).collect()
}

fn value(field: Field<'_>) -> Value {
    match field {
        Field::Text(text) => json!(text),
        // What is not finite becomes null.
        Field::Number(number) => json!(number),
        Field::Count(count) => json!(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{csv, studies};

    #[test]
    fn json_says_what_the_csv_files_say() {
        let experiment = studies::bundled(&[]);
        let results = studies::play(&experiment, 3);
        let tables = Tables::new(&results);
        let json = super::tables(&tables);
        let files = [csv::table(&tables.summary).unwrap(), csv::table(&tables.comparison).unwrap()];
        for (name, file) in ["summary", "comparison"].into_iter().zip(files) {
            let mut reader = ::csv::Reader::from_reader(file.as_slice());
            let columns = reader.headers().unwrap().clone();
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            let objects = json[name].as_array().unwrap();
            assert_eq!(objects.len(), records.len());
            for (object, record) in objects.iter().zip(&records) {
                assert!(object.as_object().unwrap().keys().eq(columns.iter()));
                for (column, text) in columns.iter().zip(record) {
                    match &object[column] {
                        Value::Null => assert_eq!(text, ""),
                        Value::String(word) => assert_eq!(text, word),
                        number => {
                            let printed: f64 = number.to_string().parse().unwrap();
                            assert_eq!(text.parse::<f64>().unwrap(), printed);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn one_arm_has_an_empty_comparison() {
        let experiment = studies::queue();
        let json = super::tables(&Tables::new(&studies::play(&experiment, 2)));
        assert_eq!(json["comparison"], json!([]));
        assert_eq!(json["summary"][0]["replications"], json!(2));
    }
}
