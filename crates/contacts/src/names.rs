//! Names that come again and again, by number.

use indexmap::IndexSet;

/// Names in the order of their first appearance. Their number is limited, so that a column of
/// free text does not fill the memory.
#[derive(Clone, Debug)]
pub struct Names {
    names: IndexSet<String>,
    most: usize,
}

impl Names {
    /// No names yet, and at most this many later.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { names: IndexSet::new(), most }
    }

    /// The number of a name; `None` where there would be too many.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(number) = self.names.get_index_of(name) {
            return Some(number as u32);
        }
        if self.names.len() == self.most {
            return None;
        }
        Some(self.names.insert_full(name.to_owned()).0 as u32)
    }

    /// The name of a number.
    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        self.names.get_index(number as usize).map_or("", String::as_str)
    }

    /// How many different names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many there may be.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// All of them, in the order of their first appearance.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}
