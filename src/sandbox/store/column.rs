//! All values of one property one behind another, for searches that have to look at each.
use std::collections::BTreeMap;

use super::Number;

/// A longer value is not copied.
const LONGEST: usize = 1000;

/// How many bytes nobody needs any more may stay in any case.
const SLACK: usize = 1 << 16;

#[derive(Debug, Default)]
pub(super) struct Column {
    rows: BTreeMap<Number, Row>,
    text: String,
    /// How many bytes of the text are no longer anybody's.
    waste: usize,
}

/// Where a value stands in the text; nothing for one that was too long.
type Row = Option<(usize, usize)>;

impl Column {
    pub(super) fn put(&mut self, number: Number, value: &str) {
        let row = (value.len() <= LONGEST).then_some((self.text.len(), value.len()));
        if row.is_some() {
            self.text.push_str(value);
        }
        if let Some(before) = self.rows.insert(number, row) {
            self.lose(before);
        }
    }

    pub(super) fn take(&mut self, number: Number) {
        if let Some(row) = self.rows.remove(&number) {
            self.lose(row);
        }
    }

    /// The values by the numbers of their objects, in order; of a long one only that it is
    /// there.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Number, Option<&str>)> {
        self.rows.iter().map(|(&number, &row)| (number, row.map(|row| self.value(row))))
    }

    fn value(&self, (start, length): (usize, usize)) -> &str {
        self.text.get(start..start + length).unwrap_or_default()
    }

    fn lose(&mut self, row: Row) {
        self.waste += row.map_or(0, |(_, length)| length);
        if self.waste > SLACK && self.waste > self.text.len() / 2 {
            self.tidy();
        }
    }

    fn tidy(&mut self) {
        let mut text = String::with_capacity(self.text.len() - self.waste);
        for row in self.rows.values_mut().flatten() {
            let (start, length) = *row;
            row.0 = text.len();
            text.push_str(self.text.get(start..start + length).unwrap_or_default());
        }
        self.text = text;
        self.waste = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(column: &Column) -> Vec<(u64, Option<&str>)> {
        column.rows().map(|(number, value)| (number.0, value)).collect()
    }

    #[test]
    fn each_object_has_its_last_value() {
        let mut column = Column::default();
        column.put(Number(2), "two");
        column.put(Number(1), "one");
        column.put(Number(2), "second");
        column.take(Number(1));
        assert_eq!(told(&column), [(2, Some("second"))]);
    }

    #[test]
    fn a_long_value_is_only_known_to_be_there() {
        let mut column = Column::default();
        column.put(Number(1), &"long ".repeat(LONGEST));
        assert_eq!(told(&column), [(1, None)]);
        assert!(column.text.is_empty());
    }

    #[test]
    fn a_value_that_changes_often_leaves_no_heap_behind() {
        let mut column = Column::default();
        column.put(Number(1), "stays");
        for _ in 0..10_000 {
            column.put(Number(2), "comes and goes");
        }
        assert!(column.text.len() < 2 * SLACK + 100, "{}", column.text.len());
        assert_eq!(told(&column), [(1, Some("stays")), (2, Some("comes and goes"))]);
    }
}
