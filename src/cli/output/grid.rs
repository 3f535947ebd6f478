use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table as Grid, presets};

use crate::script::report::{Cell, Table};

/// The names of the columns on the left, what the first row holds on the right.
pub(super) fn down(table: &Table, width: Option<u16>) -> String {
    let Some(row) = table.rows.first() else { return String::new() };
    let cells = table.columns.iter().zip(row);
    grid(cells.map(|(name, cell)| vec![name.clone(), cell.text()]).collect(), width)
}

/// The names of the columns, then a line for each row.
pub(super) fn across(table: &Table, width: Option<u16>) -> String {
    let rows = table.rows.iter().map(|row| row.iter().map(Cell::text).collect());
    grid(std::iter::once(table.columns.clone()).chain(rows).collect(), width)
}

fn grid(lines: Vec<Vec<String>>, width: Option<u16>) -> String {
    let whole = whole_columns(&lines, width);
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
    for (at, column) in grid.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if whole.contains(&at) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    super::lines(grid.lines().map(|line| line.trim_end().to_owned()))
}

/// The columns of words that cannot be broken, where there is room for them.
fn whole_columns(lines: &[Vec<String>], width: Option<u16>) -> Vec<usize> {
    let columns = lines.first().map_or(0, Vec::len);
    let cells = |at: usize| lines.iter().filter_map(move |line| line.get(at));
    let is_whole = |at: &usize| cells(*at).all(|cell| !cell.contains(' '));
    let wide = |at: usize| cells(at).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let whole: Vec<usize> = (0..columns).filter(is_whole).collect();
    let taken: usize = whole.iter().map(|at| wide(*at) + 2).sum();
    let others = (columns - whole.len()) * LEAST;
    if width.is_some_and(|width| taken + others <= usize::from(width)) {
        whole
    } else {
        Vec::new()
    }
}

/// What a column needs at least whose words can be broken.
const LEAST: usize = 14;
