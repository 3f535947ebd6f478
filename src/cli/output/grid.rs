use comfy_table::{ContentArrangement, Row, Table as Grid, presets};
use rhai::{Dynamic, Map};

use crate::script::report::{Cell, Table};

/// Columns in line; one map alone from top to bottom.
pub(super) fn text(value: &Dynamic, table: &Table, width: Option<u16>) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    match width {
        Some(width) => {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width)
        }
        None => grid.set_content_arrangement(ContentArrangement::Disabled),
    };
    match table.rows.as_slice() {
        [row] if value.is::<Map>() => {
            for (name, cell) in table.columns.iter().zip(row) {
                grid.add_row(line([name.clone(), cell.text()]));
            }
        }
        rows => {
            grid.set_header(line(table.columns.iter().cloned()));
            for row in rows {
                grid.add_row(line(row.iter().map(Cell::text)));
            }
        }
    }
    for column in grid.column_iter_mut() {
        column.set_padding((0, 2));
    }
    grid.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn line(cells: impl IntoIterator<Item = String>) -> Row {
    let mut row = Row::from(cells.into_iter().collect::<Vec<_>>());
    row.max_height(8);
    row
}
