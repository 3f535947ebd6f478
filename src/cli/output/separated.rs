use crate::script::report::{Cell, Table};

/// Values with a separator between them, a line of names first.
pub(super) fn text(table: &Table, separator: u8) -> String {
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    let lines = table.rows.iter().map(|row| row.iter().map(Cell::text).collect());
    let names: Vec<String> = table.columns.clone();
    for line in std::iter::once(names).chain(lines) {
        writer.write_record(&line).expect("memory can be written to");
    }
    let bytes = writer.into_inner().expect("memory can be written to");
    String::from_utf8_lossy(&bytes).into_owned()
}
