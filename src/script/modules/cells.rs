use crate::script::error::Result;
use crate::script::sheet::Datum;
use crate::script::{Day, Moment, ScriptError};
use rhai::Dynamic;
use rhai::plugin::*;

/// The cells and columns of spreadsheets.
#[export_module]
pub mod cells {
    use super::super::sheets::shown;
    use super::given;
    use crate::script::error::Result;
    use crate::script::sheet::{Datum, Sheet, SheetCell, SheetColumn};
    use crate::script::{ScriptError, value};
    use rhai::{Dynamic, INT, ImmutableString};

    /// A cell of a spreadsheet.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Cell = SheetCell;

    /// A column of a spreadsheet.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Column = SheetColumn;

    /// A cell, by the header or the number of its column and the number of its row, both from
    /// 1 on: `formula` and `style` can be changed, `value` is what the notebook computed.
    ///
    /// # Errors
    /// `not_found` when there is no such column or row.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet["B2"].style = "font-weight: bold";
    /// assert_eq(sheet.cell(2, 2).style, "font-weight: bold");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn cell(sheet: &mut Sheet, column: Dynamic, row: INT) -> Result<SheetCell> {
        let grid = sheet.grid();
        let (column, row) = (grid.column(&column.to_string())?, grid.row(row)?);
        drop(grid);
        Ok(SheetCell { sheet: sheet.clone(), column, row })
    }

    /// A cell by its name: `B2`.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet["B2"].formula = "5";
    /// assert_eq(sheet.cell("B", 2).formula, "5");
    /// ```
    #[rhai_fn(index_get, return_raw, pure)]
    pub fn named_cell(sheet: &mut Sheet, name: ImmutableString) -> Result<SheetCell> {
        let column = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let row = name[column.len()..].parse::<INT>();
        let row = row.map_err(|_| ScriptError::invalid(format!("no cell `{name}`")))?;
        cell(sheet, column.to_owned().into(), row)
    }

    /// Writes into a cell by its name.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet["A1"] = "=1+1";
    /// assert_eq(sheet["A1"].formula, "=1+1");
    /// ```
    #[rhai_fn(index_set, return_raw)]
    pub fn write_cell(
        sheet: &mut Sheet,
        name: ImmutableString,
        formula: Dynamic,
    ) -> Result<()> {
        // What was changed of a cell is in the sheet already.
        if formula.is::<SheetCell>() {
            return Ok(());
        }
        let mut cell = named_cell(sheet, name)?;
        set_formula(&mut cell, formula)
    }

    /// What was written into the cell.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(1, 1).cell("A", 1).formula, "");
    /// ```
    #[rhai_fn(get = "formula", pure)]
    pub fn formula(cell: &mut SheetCell) -> Dynamic {
        let grid = cell.sheet.grid();
        grid.data[cell.row].get(cell.column).map_or(Dynamic::UNIT, shown)
    }

    /// Writes into the cell.
    ///
    /// ```rhai
    /// let cell = o.new_spreadsheet(1, 1).cell("A", 1);
    /// cell.formula = "=2*3";
    /// ```
    #[rhai_fn(set = "formula", return_raw)]
    pub fn set_formula(cell: &mut SheetCell, formula: Dynamic) -> Result<()> {
        let datum = given(&formula)?;
        let mut grid = cell.sheet.grid();
        let width = grid.headers.len();
        grid.data[cell.row].resize(width, Datum::Text(String::new()));
        grid.data[cell.row][cell.column] = datum;
        Ok(())
    }

    /// What the notebook computed for the cell.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(1, 1).cell("A", 1).value, "");
    /// ```
    #[rhai_fn(get = "value", pure)]
    pub fn value_of(cell: &mut SheetCell) -> Dynamic {
        let grid = cell.sheet.grid();
        let row = grid.values.get(cell.row);
        row.and_then(|row| row.get(cell.column)).map_or(Dynamic::UNIT, shown)
    }

    /// How the cell is shown, as CSS.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(1, 1).cell("A", 1).style, "text-align: center;");
    /// ```
    #[rhai_fn(get = "style", pure)]
    pub fn style(cell: &mut SheetCell) -> Dynamic {
        let grid = cell.sheet.grid();
        let name = format!("{}{}", grid.headers[cell.column], cell.row + 1);
        grid.style.get(&name).map_or(Dynamic::UNIT, shown)
    }

    /// Changes how the cell is shown.
    ///
    /// ```rhai
    /// let cell = o.new_spreadsheet(1, 1).cell("A", 1);
    /// cell.style = "color: red";
    /// ```
    #[rhai_fn(set = "style")]
    pub fn set_style(cell: &mut SheetCell, css: &str) {
        let mut grid = cell.sheet.grid();
        let name = format!("{}{}", grid.headers[cell.column], cell.row + 1);
        grid.style.insert(name, Datum::Text(css.to_owned()));
    }

    /// The header of the cell's column.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).cell(2, 1).column_header, "B");
    /// ```
    #[rhai_fn(get = "column_header", pure)]
    pub fn column_header(cell: &mut SheetCell) -> String {
        cell.sheet.grid().headers[cell.column].clone()
    }

    /// The number of the cell's column, from 1 on.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).cell("B", 1).column_number, 2);
    /// ```
    #[rhai_fn(get = "column_number", pure)]
    pub fn cell_column_number(cell: &mut SheetCell) -> INT {
        value::count(cell.column as u64 + 1)
    }

    /// The number of the cell's row, from 1 on.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(1, 3).cell("A", 3).row_number, 3);
    /// ```
    #[rhai_fn(get = "row_number", pure)]
    pub fn row_number(cell: &mut SheetCell) -> INT {
        value::count(cell.row as u64 + 1)
    }

    /// A column, by its header or its number from 1 on: `header` and `width` can be changed.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// let first = sheet.column("A");
    /// first.header = "Name";
    /// assert_eq(sheet.get_headers(), ["Name", "B"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn column(sheet: &mut Sheet, name: Dynamic) -> Result<SheetColumn> {
        let column = sheet.grid().column(&name.to_string())?;
        Ok(SheetColumn { sheet: sheet.clone(), column })
    }

    /// The header of the column.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 2).column(1).header, "A");
    /// ```
    #[rhai_fn(get = "header", pure)]
    pub fn header(column: &mut SheetColumn) -> String {
        column.sheet.grid().headers[column.column].clone()
    }

    /// Changes the header of the column.
    ///
    /// ```rhai
    /// let column = o.new_spreadsheet(2, 2).column(1);
    /// column.header = "Name";
    /// ```
    #[rhai_fn(set = "header", return_raw)]
    pub fn set_header(column: &mut SheetColumn, name: &str) -> Result<()> {
        Ok(column.sheet.grid().rename(column.column, name)?)
    }

    /// How wide the column is shown.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 2).column(1).width, 50);
    /// ```
    #[rhai_fn(get = "width", pure)]
    pub fn width(column: &mut SheetColumn) -> Dynamic {
        column.sheet.grid().width.get(column.column).map_or(Dynamic::UNIT, shown)
    }

    /// Changes how wide the column is shown.
    ///
    /// ```rhai
    /// let column = o.new_spreadsheet(2, 2).column(1);
    /// column.width = 120;
    /// ```
    #[rhai_fn(set = "width")]
    pub fn set_width(column: &mut SheetColumn, width: INT) {
        let mut grid = column.sheet.grid();
        if grid.width.len() <= column.column {
            grid.width.resize(column.column + 1, Datum::Null);
        }
        grid.width[column.column] = Datum::Integer(width);
    }

    /// The number of the column, from 1 on.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 2).column("B").column_number, 2);
    /// ```
    #[rhai_fn(get = "column_number", pure)]
    pub fn column_number(column: &mut SheetColumn) -> INT {
        value::count(column.column as u64 + 1)
    }
}

/// What a script writes into a cell: a text, a number, a flag, a time.
fn given(value: &Dynamic) -> Result<Datum> {
    if let Ok(number) = value.as_int() {
        return Ok(Datum::Integer(number));
    }
    if let Ok(number) = value.as_float() {
        return Ok(Datum::Real(number));
    }
    if let Ok(flag) = value.as_bool() {
        return Ok(Datum::Flag(flag));
    }
    if value.is_string() || value.is::<Day>() || value.is::<Moment>() {
        return Ok(Datum::Text(crate::script::columns::text(value)));
    }
    if value.is_unit() {
        return Ok(Datum::Text(String::new()));
    }
    let noun = crate::script::value::noun(value);
    Err(ScriptError::invalid(format!("{noun} cannot stand in a cell")).into())
}
