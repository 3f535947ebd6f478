use rhai::plugin::*;

/// Tables: shown, written to files.
#[export_module]
pub mod tables {
    use rhai::{Array, Dynamic, INT, ImmutableString};

    use crate::script::error::Result;
    use crate::script::modules::session_of;
    use crate::script::report::{self, Table as Frame};
    use crate::script::value::count;
    use crate::script::{ScriptError, files};

    /// Columns and rows.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Table = Frame;

    /// The table that a value makes: objects, what a search found, maps, lists of them.
    ///
    /// ```rhai
    /// assert_eq(table([#{ a: 1 }, #{ a: 2 }]).len(), 2);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn table(value: Dynamic) -> Result<Frame> {
        let table = report::table(&report::fetched(&value)?);
        Ok(table.ok_or_else(|| {
            let noun = crate::script::value::noun(&value);
            ScriptError::invalid(format!("{noun} makes no table"))
        })?)
    }

    /// The names of the columns.
    ///
    /// ```rhai
    /// assert_eq(table([#{ a: 1 }]).columns, ["a"]);
    /// ```
    #[rhai_fn(get = "columns", pure)]
    pub fn columns(table: &mut Frame) -> Array {
        table.columns.iter().cloned().map(Dynamic::from).collect()
    }

    /// How many rows it has.
    ///
    /// ```rhai
    /// assert_eq(table([#{ a: 1 }]).len(), 1);
    /// ```
    #[rhai_fn(pure)]
    pub fn len(table: &mut Frame) -> INT {
        count(table.rows.len() as u64)
    }

    /// Writes the table as CSV to a file below the working folder; the path.
    ///
    /// # Errors
    /// `denied` for a path elsewhere, `file` when it cannot be written.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_csv("spaces.csv");
    /// ```
    #[rhai_fn(name = "to_csv", return_raw, pure)]
    pub fn to_csv_file(
        context: NativeCallContext<'_>,
        table: &mut Frame,
        path: ImmutableString,
    ) -> Result<ImmutableString> {
        let session = session_of(&context)?;
        files::write(session.host(), &path, &table.to_csv()?)?;
        Ok(path)
    }

    /// The table as CSV.
    ///
    /// ```rhai
    /// assert_eq(table([#{ a: 1 }]).to_csv(), "a\n1\n");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn to_csv(table: &mut Frame) -> Result<String> {
        Ok(String::from_utf8_lossy(&table.to_csv()?).into_owned())
    }

    /// Writes the table as JSON to a file below the working folder; the path.
    ///
    /// ```rhai
    /// o.get_spaces().df.to_json("spaces.json");
    /// ```
    #[rhai_fn(name = "to_json", return_raw, pure)]
    pub fn to_json_file(
        context: NativeCallContext<'_>,
        table: &mut Frame,
        path: ImmutableString,
    ) -> Result<ImmutableString> {
        let session = session_of(&context)?;
        files::write(session.host(), &path, table.to_json()?.as_bytes())?;
        Ok(path)
    }

    /// The table as JSON: a list of objects.
    ///
    /// ```rhai
    /// assert(table([#{ a: 1 }]).to_json().contains("\"a\": 1"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn to_json(table: &mut Frame) -> Result<String> {
        Ok(table.to_json()?)
    }

    /// The table as CSV, for printing.
    ///
    /// ```rhai
    /// print(table([#{ a: 1 }]));
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", return_raw, pure)]
    pub fn to_text(table: &mut Frame) -> Result<String> {
        to_csv(table)
    }
}
