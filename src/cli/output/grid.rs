use comfy_table::{ContentArrangement, Row, Table as Grid, presets};
use rhai::{Dynamic, Map};

use crate::script::report::{Cell, Table};

/// A table for people; one map alone from top to bottom.
pub(super) fn text(value: &Dynamic, table: &Table, width: Option<u16>) -> String {
    match table.rows.as_slice() {
        [row] if value.is::<Map>() => {
            let cells = table.columns.iter().zip(row);
            let lines = cells.map(|(name, cell)| vec![name.clone(), cell.text()]);
            grid(lines.collect(), width)
        }
        _ => across(table, width),
    }
}

/// The names of the columns, then a line for each row.
pub(super) fn across(table: &Table, width: Option<u16>) -> String {
    let rows = table.rows.iter().map(|row| row.iter().map(Cell::text).collect());
    grid(std::iter::once(table.columns.clone()).chain(rows).collect(), width)
}

fn grid(lines: Vec<Vec<String>>, width: Option<u16>) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    match width {
        Some(width) => {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width)
        }
        None => grid.set_content_arrangement(ContentArrangement::Disabled),
    };
    for cells in lines {
        let mut row = Row::from(cells);
        row.max_height(8);
        grid.add_row(row);
    }
    for column in grid.column_iter_mut() {
        column.set_padding((0, 2));
    }
    super::lines(grid.lines().map(|line| line.trim_end().to_owned()))
}
