//! Which cases of a customer are open.

/// The open cases of each customer, as chains through one array.
#[derive(Clone, Debug)]
pub struct OpenCases {
    first: Vec<u32>,
    next: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl OpenCases {
    /// No open case for any of `places` customers.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { first: vec![NONE; places], next: Vec::new() }
    }

    /// Case number `case`, the newest, is open.
    pub fn add(&mut self, place: usize, case: u32) {
        self.next.push(self.first[place]);
        self.first[place] = case;
    }

    /// The case is over.
    pub fn remove(&mut self, place: usize, case: u32) {
        if self.first[place] == case {
            self.first[place] = self.next[case as usize];
            return;
        }
        let mut at = self.first[place];
        while at != NONE {
            let next = self.next[at as usize];
            if next == case {
                self.next[at as usize] = self.next[case as usize];
                return;
            }
            at = next;
        }
    }

    /// Puts an open case back that was taken away.
    pub fn put_back(&mut self, place: usize, case: u32) {
        self.next[case as usize] = self.first[place];
        self.first[place] = case;
    }

    /// Takes one open case of the customer away.
    pub fn take(&mut self, place: usize) -> Option<u32> {
        let case = self.first[place];
        if case == NONE {
            return None;
        }
        self.first[place] = self.next[case as usize];
        Some(case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_cases_come_and_go_in_any_order() {
        let mut open = OpenCases::new(2);
        for case in 0..5 {
            open.add(usize::from(case == 3), case);
        }
        open.remove(0, 1);
        open.remove(0, 4);
        open.remove(1, 3);
        assert_eq!((open.take(0), open.take(0), open.take(0)), (Some(2), Some(0), None));
        assert_eq!(open.take(1), None);
    }

    #[test]
    fn open_cases_are_found_again_after_one_was_put_back() {
        let mut open = OpenCases::new(1);
        (0..4).for_each(|case| open.add(0, case));
        assert_eq!(open.take(0), Some(3));
        open.put_back(0, 3);
        open.remove(0, 2);
        open.remove(0, 9);
        let left: Vec<u32> = std::iter::from_fn(|| open.take(0)).collect();
        assert_eq!(left, [3, 1, 0]);
    }
}
