use crate::script::ScriptError;
use crate::script::error::Result;
use crate::script::report::{Cell, Table};
use crate::script::sheet::{Datum, Sheet};
use rhai::plugin::*;
use rhai::{Array, Dynamic, INT, Map};

/// Spreadsheets of the electronic lab notebook.
#[export_module]
pub mod sheets {
    use super::{lines, list, number, shown, table};
    use crate::script::error::Result;
    use crate::script::report::Table;
    use crate::script::sheet::Sheet;
    use crate::script::{Session, value};
    use rhai::{Array, Dynamic, INT, Map};

    /// A spreadsheet of the notebook: the value of an XML property.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Spreadsheet = Sheet;

    /// An empty spreadsheet of so many columns and rows: the value of an XML property that
    /// the notebook shows as one.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(3, 2);
    /// sheet["A1"] = "=1+1";
    /// assert_eq(sheet.get_formulas()[0][0], "=1+1");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn new_spreadsheet(
        session: &mut Session,
        columns: INT,
        rows: INT,
    ) -> Result<Sheet> {
        let _ = session;
        Ok(Sheet::new(number(columns)?, number(rows)?)?)
    }

    /// An empty spreadsheet of ten columns and ten rows.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet().get_headers().len(), 10);
    /// ```
    #[rhai_fn(name = "new_spreadsheet", return_raw, pure)]
    pub fn new_usual_spreadsheet(session: &mut Session) -> Result<Sheet> {
        new_spreadsheet(session, 10, 10)
    }

    /// An empty spreadsheet, with `columns` and `rows`.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(#{ columns: 2 }).get_column_count(), 2);
    /// ```
    #[rhai_fn(name = "new_spreadsheet", return_raw, pure)]
    pub fn new_spreadsheet_with(session: &mut Session, size: Map) -> Result<Sheet> {
        let of = |name: &str| -> Result<INT> {
            let Some(given) = size.get(name) else { return Ok(10) };
            let number = given.as_int();
            Ok(number.map_err(|_| value::mismatch(name, "a whole number", given))?)
        };
        new_spreadsheet(session, of("columns")?, of("rows")?)
    }

    /// A spreadsheet from its JSON.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// assert_eq(spreadsheet_from_json(sheet.to_json()).get_row_count(), 2);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn spreadsheet_from_json(text: &str) -> Result<Sheet> {
        Ok(Sheet::from_json(text)?)
    }

    /// One row more, at the end.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet.add_row();
    /// assert_eq(sheet.get_row_count(), 3);
    /// ```
    #[rhai_fn(pure)]
    pub fn add_row(sheet: &mut Sheet) {
        sheet.grid().add_row();
    }

    /// Takes a row away, by its number from 1 on.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet.delete_row(1);
    /// assert_eq(sheet.get_row_count(), 1);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn delete_row(sheet: &mut Sheet, number: INT) -> Result<()> {
        let mut grid = sheet.grid();
        let place = grid.row(number)?;
        grid.delete_row(place);
        Ok(())
    }

    /// One column more, at the end, with the next letter as header.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet.add_column();
    /// assert_eq(sheet.get_headers(), ["A", "B", "C"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn add_column(sheet: &mut Sheet) -> Result<()> {
        Ok(sheet.grid().add_column(None)?)
    }

    /// One column more, at the end, with this header.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(1, 1);
    /// sheet.add_column("Name");
    /// assert_eq(sheet.get_headers(), ["A", "Name"]);
    /// ```
    #[rhai_fn(name = "add_column", return_raw, pure)]
    pub fn add_named_column(sheet: &mut Sheet, name: &str) -> Result<()> {
        Ok(sheet.grid().add_column(Some(name))?)
    }

    /// Takes a column away, by its header or its number from 1 on.
    ///
    /// ```rhai
    /// let sheet = o.new_spreadsheet(2, 2);
    /// sheet.delete_column("A");
    /// assert_eq(sheet.get_headers(), ["B"]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn delete_column(sheet: &mut Sheet, name: Dynamic) -> Result<()> {
        let mut grid = sheet.grid();
        let place = grid.column(&name.to_string())?;
        grid.delete_column(place);
        Ok(())
    }

    /// What was written into the cells, by row.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_formulas(), [["", ""]]);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_formulas(sheet: &mut Sheet) -> Array {
        lines(&sheet.grid().data)
    }

    /// What the notebook computed for the cells, by row.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_values(), [["", ""]]);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_values(sheet: &mut Sheet) -> Array {
        lines(&sheet.grid().values)
    }

    /// The headers of the columns.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_headers(), ["A", "B"]);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_headers(sheet: &mut Sheet) -> Array {
        sheet.grid().headers.iter().cloned().map(Dynamic::from).collect()
    }

    /// How wide the columns are.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_width(), [50, 50]);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_width(sheet: &mut Sheet) -> Array {
        list(&sheet.grid().width)
    }

    /// How the cells are shown, by their names.
    ///
    /// ```rhai
    /// assert("A1" in o.new_spreadsheet(2, 1).get_style());
    /// ```
    #[rhai_fn(pure)]
    pub fn get_style(sheet: &mut Sheet) -> Map {
        let grid = sheet.grid();
        grid.style.iter().map(|(name, css)| (name.into(), shown(css))).collect()
    }

    /// What is said of the sheet besides.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_meta_data(), #{});
    /// ```
    #[rhai_fn(pure)]
    pub fn get_meta_data(sheet: &mut Sheet) -> Dynamic {
        shown(&sheet.grid().meta)
    }

    /// The version of its form.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_version(), "1");
    /// ```
    #[rhai_fn(pure)]
    pub fn get_version(sheet: &mut Sheet) -> Dynamic {
        shown(&sheet.grid().version)
    }

    /// How many columns it has.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_column_count(), 2);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_column_count(sheet: &mut Sheet) -> INT {
        value::count(sheet.grid().headers.len() as u64)
    }

    /// How many rows it has.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).get_row_count(), 1);
    /// ```
    #[rhai_fn(pure)]
    pub fn get_row_count(sheet: &mut Sheet) -> INT {
        value::count(sheet.grid().data.len() as u64)
    }

    /// A table of the `formulas`, the `values`, the `headers` or the `width`.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).df("formulas").columns, ["A", "B"]);
    /// ```
    #[rhai_fn(name = "df", return_raw, pure)]
    pub fn df(sheet: &mut Sheet, what: &str) -> Result<Table> {
        table(sheet, what)
    }

    /// The sheet as JSON.
    ///
    /// ```rhai
    /// assert(o.new_spreadsheet(1, 1).to_json().contains("headers"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn to_json(sheet: &mut Sheet) -> Result<String> {
        Ok(sheet.to_json()?)
    }

    /// The size of the sheet, as a text.
    ///
    /// ```rhai
    /// assert_eq(o.new_spreadsheet(2, 1).to_string(), "a spreadsheet of 2 columns, 1 rows");
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn to_text(sheet: &mut Sheet) -> String {
        let grid = sheet.grid();
        let (columns, rows) = (grid.headers.len(), grid.data.len());
        format!("a spreadsheet of {columns} columns, {rows} rows")
    }
}

fn number(given: INT) -> Result<usize> {
    let number = usize::try_from(given);
    Ok(number.map_err(|_| ScriptError::invalid(format!("`{given}` is no count")))?)
}

/// A value of the sheet, for scripts.
pub(super) fn shown(datum: &Datum) -> Dynamic {
    match datum {
        Datum::Null => Dynamic::UNIT,
        Datum::Flag(flag) => (*flag).into(),
        Datum::Integer(number) => (*number).into(),
        Datum::Real(number) => (*number).into(),
        Datum::Text(text) => text.clone().into(),
        Datum::List(items) => list(items).into(),
        Datum::Map(members) => {
            let members = members.iter().map(|(name, item)| (name.into(), shown(item)));
            Dynamic::from_map(members.collect::<Map>())
        }
    }
}

fn list(items: &[Datum]) -> Array {
    items.iter().map(shown).collect()
}

fn lines(rows: &[Vec<Datum>]) -> Array {
    rows.iter().map(|row| list(row).into()).collect()
}

fn table(sheet: &Sheet, what: &str) -> Result<Table> {
    let grid = sheet.grid();
    let cells = |rows: &[Vec<Datum>]| {
        let row = |row: &Vec<Datum>| row.iter().map(|d| Cell::of(&shown(d))).collect();
        Table { columns: grid.headers.clone(), rows: rows.iter().map(row).collect() }
    };
    let column = |items: Vec<Cell>| Table {
        columns: vec![what.to_owned()],
        rows: items.into_iter().map(|item| vec![item]).collect(),
    };
    match what {
        "formulas" => Ok(cells(&grid.data)),
        "values" => Ok(cells(&grid.values)),
        "headers" => Ok(column(grid.headers.iter().cloned().map(Cell::Text).collect())),
        "width" => Ok(column(grid.width.iter().map(|d| Cell::of(&shown(d))).collect())),
        other => {
            let error = ScriptError::invalid(format!("a spreadsheet has no `{other}`"));
            Err(error.hint("one of formulas, values, headers, width").into())
        }
    }
}
