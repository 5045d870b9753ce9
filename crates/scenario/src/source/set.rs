//! `--set key=value`: one value from the command line.

use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use super::node::{Node, Value};
use super::parse::{Reader, on_a_large_stack};
use super::problem::Problem;
use super::sources::{Place, SET, Sources};
use super::{syntax, words};

/// What every complaint about a `--set` argument ends with.
const EXAMPLE: &str = "write `--set key=value`, for example `--set run.days=90`";

/// Takes one `--set` argument in as a source of its own and reads it.
///
/// The key is dotted and may be quoted as in TOML. The value is a TOML value or, failing that, the
/// text as it stands. The result is a table within tables, ready for [`overlay`](super::overlay).
///
/// # Errors
///
/// Where there is no `=`, the key is empty or not a key, or the value begins like a list, a table or
/// a quoted string and is not one.
pub fn parse_set(sources: &mut Sources, argument: &str) -> Result<Node, Problem> {
    let number = sources.add_text(SET, argument);
    on_a_large_stack(|| read(argument, number))
}

fn read(argument: &str, number: usize) -> Result<Node, Problem> {
    let refuse = |message: String, range| {
        Problem::new(message).at(Place { source: number, range }).help(EXAMPLE)
    };
    let whole = 0..argument.len();
    let Some(equals) = equals_sign(argument) else {
        let shown = words::code(argument);
        return Err(refuse(format!("{shown} has no `=` between key and value"), whole));
    };
    let key = argument.get(..equals).unwrap_or_default();
    if key.trim().is_empty() {
        return Err(refuse("the key before `=` is empty".to_owned(), whole));
    }
    let Some(keys) = keys(key) else {
        return Err(refuse(format!("{} is not a key", words::code(key.trim())), 0..equals));
    };
    let reader = Reader { source: number, offset: 0 };
    for (key, range) in &keys {
        reader.key(key.clone(), range)?;
    }
    let mut node = value(argument, equals + 1, number)?;
    for (index, (key, range)) in keys.iter().enumerate().rev() {
        let place = Place { source: number, range: range.clone() };
        node.key_place = Some(place);
        let outer = index.checked_sub(1).and_then(|outer| keys.get(outer));
        let range = outer.map_or(0..0, |(_, range)| range.clone());
        let place = Place { source: number, range };
        let entries = IndexMap::from([(key.clone(), node)]);
        node = Node { value: Value::Table(entries), place, key_place: None };
    }
    Ok(node)
}

/// The first `=` outside quotes.
fn equals_sign(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '=') => return Some(index),
            _ => {}
        }
    }
    None
}

/// The parts of a dotted key with their places, or `None` where it is not a key.
fn keys(key: &str) -> Option<Vec<(String, std::ops::Range<usize>)>> {
    if key.contains(['\n', '\r']) {
        return None;
    }
    let text = format!("{key}=0");
    let mut table = DeTable::parse(&text).ok()?.into_inner();
    let mut keys = Vec::new();
    loop {
        let (name, value) = table.into_iter().next()?;
        keys.push((name.get_ref().to_string(), name.span()));
        match value.into_inner() {
            DeValue::Table(inner) => table = inner,
            _ => return (keys.len() < super::DEPTH_LIMIT).then_some(keys),
        }
    }
}

/// The value that begins at a byte: TOML, or the text as it stands.
fn value(argument: &str, start: usize, number: usize) -> Result<Node, Problem> {
    let rest = argument.get(start..).unwrap_or_default();
    let text = rest.trim();
    let offset = start + (rest.len() - rest.trim_start().len());
    match DeValue::parse(text) {
        Ok(parsed) => Reader { source: number, offset }.value(parsed),
        Err(error) if text.starts_with(['[', '{', '"', '\'']) => {
            Err(syntax::explain(text, number, offset, &error))
        }
        Err(_) => {
            let span = 0..text.len();
            let value = Reader { source: number, offset }.text(text.to_owned(), &span)?;
            let place = Place { source: number, range: offset..offset + text.len() };
            Ok(Node { value: Value::String(value), place, key_place: None })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::super::{Problem, parse_set, to_json};

    fn json(argument: &str) -> String {
        let node = parse_set(&mut Sources::new(), argument).unwrap();
        serde_json::to_string(&to_json(&node)).unwrap()
    }

    fn refused(argument: &str) -> Problem {
        parse_set(&mut Sources::new(), argument).unwrap_err()
    }

    #[test]
    fn the_value_is_toml_where_it_is_toml_and_text_otherwise() {
        assert_eq!(json("run.seed=5"), r#"{"run":{"seed":5}}"#);
        assert_eq!(json("triage=[]"), r#"{"triage":[]}"#);
        assert_eq!(json("a = { b = 1.5 }"), r#"{"a":{"b":1.5}}"#);
        assert_eq!(json("title=hello world"), r#"{"title":"hello world"}"#);
        assert_eq!(json("title=\"5\""), r#"{"title":"5"}"#);
        assert_eq!(
            json("title=5 # not a comment to cut"),
            r#"{"title":"5 # not a comment to cut"}"#
        );
        assert_eq!(json("title=a=b"), r#"{"title":"a=b"}"#);
        assert_eq!(json("title="), r#"{"title":""}"#);
        assert_eq!(json("title=1\nother=2"), r#"{"title":"1\nother=2"}"#);
    }

    #[test]
    fn quoted_keys_may_hold_dots_and_equals_signs() {
        assert_eq!(json(r#"team."a.b=c".x=1"#), r#"{"team":{"a.b=c":{"x":1}}}"#);
        assert_eq!(json(r#"'it"s'=1"#), r#"{"it\"s":1}"#);
    }

    #[test]
    fn places_point_into_the_argument() {
        let text = "run.days =  nine";
        let node = parse_set(&mut Sources::new(), text).unwrap();
        let days = node.at(&["run", "days"]).unwrap();
        assert_eq!(&text[days.place.range.clone()], "nine");
        assert_eq!(&text[days.key_or_place().range.clone()], "days");
        assert_eq!(&text[node.at(&["run"]).unwrap().key_or_place().range.clone()], "run");
        let list = parse_set(&mut Sources::new(), "a= [1, 22]").unwrap();
        assert_eq!(list.at(&["a", "1"]).unwrap().place.range, 7..9);
    }

    #[test]
    fn what_is_no_assignment_is_refused() {
        assert_eq!(refused("run.days").message, "`run.days` has no `=` between key and value");
        assert_eq!(refused(" =5").message, "the key before `=` is empty");
        for key in ["a b", "a..b", ".a", "[a]", "#a", "[a]\nb", "é", "a."] {
            let problem = refused(&format!("{key}=5"));
            assert!(problem.message.ends_with("is not a key"), "{key}: {}", problem.message);
        }
        assert!(refused(&format!("{}=1", vec!["a"; 70].join("."))).message.ends_with("not a key"));
    }

    #[test]
    fn a_broken_list_table_or_string_is_not_taken_for_text() {
        for value in ["[1, 2", "{ a = ", "\"abc", "'abc", "[1] 2"] {
            let problem = refused(&format!("a={value}"));
            assert!(problem.place.unwrap().range.start >= 2, "{value}");
        }
        assert!(refused("a=99999999999999999999").message.contains("too large"));
        refused(&format!("a={}", "[".repeat(100_000)));
    }
}
