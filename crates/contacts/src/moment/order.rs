//! Whether days or months come first: decided over a whole column, never guessed.

use super::written::{Order, ends, orders};

/// A field that says something about the order, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The line.
    pub line: u64,
    /// What stands there.
    pub value: String,
}

/// What the dates of a column say about their order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    day_first: Option<Seen>,
    month_first: Option<Seen>,
    year_first: Option<Seen>,
    open: Option<Seen>,
    /// The least and the greatest first and last number of dates with years of two digits.
    spread: Option<[u16; 4]>,
    /// Whether some date cannot begin with its year.
    not_year_first: bool,
}

/// What the evidence comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No date needs an order.
    NotNeeded,
    /// This date has one order alone.
    Decided(Order, Seen),
    /// Every date may be read in several orders; the first.
    Open(Seen),
    /// Two dates have no order in common.
    Contradiction(Seen, Seen),
}

impl Evidence {
    /// Looks at one more field.
    pub fn look(&mut self, line: u64, text: &[u8]) {
        let Some([day, month, year]) = orders(text) else { return };
        self.not_year_first |= !year;
        let place = match (day, month) {
            (true, false) => &mut self.day_first,
            (false, true) => &mut self.month_first,
            (true, true) => &mut self.open,
            (false, false) if year => &mut self.year_first,
            (false, false) => return,
        };
        place.get_or_insert_with(|| Seen { line, value: crate::values::shown(text) });
        if let Some((first, last)) = ends(text) {
            let [low, high, last_low, last_high] =
                self.spread.get_or_insert([first, first, last, last]);
            (*low, *high) = ((*low).min(first), (*high).max(first));
            (*last_low, *last_high) = ((*last_low).min(last), (*last_high).max(last));
        }
    }

    /// Whether a field decided it: what comes later can only contradict. Where the year has two digits
    /// and may come first, the whole column tells.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_decided =
            self.day_first.is_some() || self.month_first.is_some() || self.year_first.is_some();
        is_decided && (self.not_year_first || self.spread.is_none())
    }

    /// What it comes to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let decided = [
            (Order::DayFirst, &self.day_first),
            (Order::MonthFirst, &self.month_first),
            (Order::YearFirst, &self.year_first),
        ];
        let mut all = decided.iter().filter_map(|(order, seen)| Some((*order, (*seen).clone()?)));
        match (all.next(), all.next()) {
            (Some((_, one)), Some((_, other))) => {
                let (one, other) = if one.line <= other.line { (one, other) } else { (other, one) };
                Verdict::Contradiction(one, other)
            }
            // `26-03-02` to `26-03-31`: the year is what stays, and it comes first.
            (Some((order, seen)), None) if order != Order::YearFirst && self.year_may_lead() => {
                Verdict::Open(seen)
            }
            (Some((order, seen)), None) => Verdict::Decided(order, seen),
            (None, _) => match &self.open {
                Some(seen) => Verdict::Open(seen.clone()),
                None => Verdict::NotNeeded,
            },
        }
    }

    /// Whether the last numbers differ more than the first, as days do and years do not.
    fn year_may_lead(&self) -> bool {
        !self.not_year_first
            && self
                .spread
                .is_some_and(|[low, high, last_low, last_high]| high - low < last_high - last_low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(values: &[&str]) -> Verdict {
        let mut evidence = Evidence::default();
        for (at, value) in values.iter().enumerate() {
            evidence.look(at as u64 + 2, value.as_bytes());
        }
        evidence.verdict()
    }

    fn seen(line: u64, value: &str) -> Seen {
        Seen { line, value: value.to_owned() }
    }

    #[test]
    fn one_day_above_twelve_decides_a_column() {
        let decided = |order, line, value| Verdict::Decided(order, seen(line, value));
        assert_eq!(
            verdict(&["02/03/2026 09:05", "", "13/03/2026 09:05", "14/03/2026"]),
            decided(Order::DayFirst, 4, "13/03/2026 09:05")
        );
        assert_eq!(
            verdict(&["3/2/2026 9:05 AM", "3/13/2026 9:05 AM"]),
            decided(Order::MonthFirst, 3, "3/13/2026 9:05 AM")
        );
        assert_eq!(verdict(&["99-01-31"]), decided(Order::YearFirst, 2, "99-01-31"));
        assert_eq!(verdict(&["13/03/26", "01/04/26"]), decided(Order::DayFirst, 2, "13/03/26"));
        assert_eq!(verdict(&["1/15/25", "1/9/26"]), decided(Order::MonthFirst, 2, "1/15/25"));
    }

    #[test]
    fn a_year_of_two_digits_is_settled_by_the_whole_column_alone() {
        let mut evidence = Evidence::default();
        evidence.look(2, b"26-03-02");
        // Under this value alone the day comes first; the next shows days that run at the end.
        assert!(!evidence.is_settled());
        evidence.look(3, b"26-03-09");
        assert_eq!(evidence.verdict(), Verdict::Open(seen(2, "26-03-02")));
        // 1915-01-99 is no date: the year cannot lead.
        evidence.look(4, b"15-01-99");
        assert!(evidence.is_settled());
    }

    #[test]
    fn where_no_day_is_above_twelve_nothing_is_decided() {
        assert_eq!(verdict(&["2/2/2026", "02.03.2026"]), Verdict::Open(seen(2, "2/2/2026")));
        // The last number runs as days do: it may be 2026-03-13.
        assert_eq!(verdict(&["26-03-02", "26-03-13"]), Verdict::Open(seen(2, "26-03-02")));
        assert_eq!(
            verdict(&["2026-03-02", "Mar 2, 2026", "", "x", "1772442000"]),
            Verdict::NotNeeded
        );
    }

    #[test]
    fn dates_that_have_no_order_in_common_contradict() {
        assert_eq!(
            verdict(&["01/02/2026", "13/03/2026", "03/13/2026"]),
            Verdict::Contradiction(seen(3, "13/03/2026"), seen(4, "03/13/2026"))
        );
    }
}
