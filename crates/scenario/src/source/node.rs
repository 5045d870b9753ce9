//! A TOML value that knows where it stands.

use indexmap::IndexMap;

use super::sources::Place;

/// A value together with the place of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value itself.
    pub value: Value,
    /// Where the value stands; for a table with a header, the header.
    pub place: Place,
    /// Where the value's key stands; `None` for the root and for the entries of lists.
    pub key_place: Option<Place>,
}

/// What TOML can express.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with decimals, an exponent, or one of TOML's `nan` and `inf`.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time, or both, as it was written.
    Datetime(String),
    /// A list.
    Array(Vec<Node>),
    /// A table, its keys in the order of the text.
    Table(IndexMap<String, Node>),
}

impl Node {
    /// The value at a path of keys and, within lists, numbers counted from 0.
    pub fn at<S: AsRef<str>>(&self, path: &[S]) -> Option<&Node> {
        path.iter().try_fold(self, |node, step| node.step(step.as_ref()))
    }

    /// The place of the value at a path, or of the nearest enclosing value that exists.
    pub fn place_of<S: AsRef<str>>(&self, path: &[S]) -> Place {
        let mut node = self;
        for step in path {
            match node.step(step.as_ref()) {
                Some(next) => node = next,
                None => break,
            }
        }
        node.place.clone()
    }

    /// The place of the value's key where it has one, else of the value.
    #[must_use]
    pub fn key_or_place(&self) -> &Place {
        self.key_place.as_ref().unwrap_or(&self.place)
    }

    fn step(&self, step: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries.get(step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::super::{Node, Value, parse};

    const TEXT: &str = "[team.care]\npeople = 3\nshifts = [{ from = 8 }, { from = 12 }]\n";

    fn tree() -> Node {
        let mut sources = Sources::new();
        let number = sources.add_text("a.toml", TEXT);
        parse(&sources, number).unwrap()
    }

    #[test]
    fn a_path_walks_through_tables_and_lists() {
        let found = tree().at(&["team", "care", "shifts", "1", "from"]).cloned().unwrap();
        assert_eq!(found.value, Value::Integer(12));
        assert_eq!(&TEXT[found.place.range], "12");
        assert_eq!(&TEXT[found.key_place.unwrap().range], "from");
    }

    #[test]
    fn a_path_to_nowhere_has_no_value_but_the_place_of_its_nearest_ancestor() {
        let tree = tree();
        assert!(tree.at(&["team", "care", "shifts", "2"]).is_none());
        assert!(tree.at(&["team", "care", "people", "x"]).is_none());
        assert_eq!(
            &TEXT[tree.place_of(&["team", "care", "skills", "x"]).range.clone()],
            "[team.care]"
        );
        assert_eq!(&TEXT[tree.place_of(&["team", "care", "people", "x"]).range], "3");
        assert_eq!(tree.place_of(&["nothing"]).range, 0..0);
    }

    #[test]
    fn an_empty_path_is_the_root() {
        let tree = tree();
        assert_eq!(tree.at::<&str>(&[]), Some(&tree));
    }
}
