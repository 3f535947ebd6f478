//! Spreadsheets of the electronic lab notebook, as XML properties hold them.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::session::lock;
use super::{ErrorKind, ScriptError};

/// A spreadsheet: copies of the value are the same sheet.
#[derive(Clone)]
pub struct Sheet(Arc<Mutex<Grid>>);

/// What is in a spreadsheet, under the names of its JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Grid {
    pub(super) headers: Vec<String>,
    /// What users wrote: texts, formulas; by row.
    pub(super) data: Vec<Vec<Datum>>,
    /// CSS by cell: `A1`.
    #[serde(default)]
    pub(super) style: BTreeMap<String, Datum>,
    #[serde(default)]
    pub(super) meta: Datum,
    #[serde(default)]
    pub(super) width: Vec<Datum>,
    /// What the formulas give; by row.
    #[serde(default)]
    pub(super) values: Vec<Vec<Datum>>,
    #[serde(default)]
    pub(super) version: Datum,
    /// What later versions say besides.
    #[serde(flatten)]
    others: BTreeMap<String, Datum>,
}

/// Any value of JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Datum {
    #[default]
    Null,
    Flag(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    List(Vec<Datum>),
    Map(BTreeMap<String, Datum>),
}

/// One place of a sheet, counted from 0.
#[derive(Clone)]
pub struct SheetCell {
    pub(super) sheet: Sheet,
    pub(super) column: usize,
    pub(super) row: usize,
}

/// One column of a sheet.
#[derive(Clone)]
pub struct SheetColumn {
    pub(super) sheet: Sheet,
    pub(super) column: usize,
}

const STYLE: &str = "text-align: center;";
const WIDTH: i64 = 50;
const LETTERS: usize = 26;
/// `A` to `ZZ`.
const MOST: usize = LETTERS + LETTERS * LETTERS;
const BEFORE: &str = "<DATA>";
const BEHIND: &str = "</DATA>";

impl Sheet {
    /// An empty one.
    pub(super) fn new(columns: usize, rows: usize) -> Result<Self, ScriptError> {
        if !(1..=MOST).contains(&columns) {
            let message = format!("a spreadsheet has 1 to {MOST} columns");
            return Err(ScriptError::invalid(message));
        }
        let empty = Grid {
            headers: Vec::new(),
            data: vec![Vec::new(); rows],
            style: BTreeMap::new(),
            meta: Datum::Map(BTreeMap::new()),
            width: Vec::new(),
            values: vec![Vec::new(); rows],
            version: Datum::Text("1".to_owned()),
            others: BTreeMap::new(),
        };
        let sheet = Self::of(empty);
        for _ in 0..columns {
            sheet.grid().add_column(None)?;
        }
        Ok(sheet)
    }

    pub(super) fn of(grid: Grid) -> Self {
        Self(Arc::new(Mutex::new(grid)))
    }

    /// The sheet in an XML property; nothing where it holds something else.
    pub(super) fn read(stored: &str) -> Option<Self> {
        let inner = stored.trim().strip_prefix(BEFORE)?.strip_suffix(BEHIND)?;
        let bytes = STANDARD.decode(inner.trim()).ok()?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            // Old notebooks wrote Latin-1.
            Err(error) => error.as_bytes().iter().copied().map(char::from).collect(),
        };
        serde_json::from_str(&text).ok().map(Self::of)
    }

    /// As an XML property holds it.
    pub(super) fn written(&self) -> Result<String, ScriptError> {
        Ok(format!("{BEFORE}{}{BEHIND}", STANDARD.encode(self.to_json()?)))
    }

    pub(super) fn to_json(&self) -> Result<String, ScriptError> {
        serde_json::to_string(&*self.grid()).map_err(|error| {
            ScriptError::invalid(format!("the sheet is no JSON: {error}"))
        })
    }

    pub(super) fn from_json(text: &str) -> Result<Self, ScriptError> {
        let grid = serde_json::from_str(text);
        grid.map(Self::of).map_err(|error| {
            ScriptError::invalid(format!("that is no spreadsheet: {error}"))
        })
    }

    pub(super) fn grid(&self) -> MutexGuard<'_, Grid> {
        lock(&self.0)
    }
}

impl Grid {
    /// The place of a column, by its header or its number from 1 on.
    pub(super) fn column(&self, name: &str) -> Result<usize, ScriptError> {
        let named = self.headers.iter().position(|header| header == name);
        let counted = || name.parse::<usize>().ok()?.checked_sub(1);
        let place = named.or_else(counted).filter(|place| *place < self.headers.len());
        place.ok_or_else(|| {
            let error = missing(format!("no column `{name}`"));
            error.hint(format!("there are: {}", self.headers.join(", ")))
        })
    }

    /// The place of a row, by its number from 1 on.
    pub(super) fn row(&self, number: i64) -> Result<usize, ScriptError> {
        let place = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        let rows = self.data.len();
        place.filter(|place| *place < rows).ok_or_else(|| {
            missing(format!("no row {number}")).hint(format!("there are {rows} rows"))
        })
    }

    pub(super) fn add_column(&mut self, name: Option<&str>) -> Result<(), ScriptError> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => self.next_header()?,
        };
        if self.headers.contains(&name) {
            let message = format!("there is a column `{name}` already");
            return Err(ScriptError::new(ErrorKind::Conflict, message));
        }
        for row in self.data.iter_mut().chain(&mut self.values) {
            row.push(Datum::Text(String::new()));
        }
        for row in 1..=self.data.len() {
            self.style.insert(format!("{name}{row}"), Datum::Text(STYLE.to_owned()));
        }
        self.width.push(Datum::Integer(WIDTH));
        self.headers.push(name);
        Ok(())
    }

    /// `A` to `Z`, then `AA` to `ZZ`: the first that is not taken.
    fn next_header(&self) -> Result<String, ScriptError> {
        let free = (0..MOST).map(header).find(|name| !self.headers.contains(name));
        free.ok_or_else(|| ScriptError::invalid("the spreadsheet is full"))
    }

    pub(super) fn delete_column(&mut self, place: usize) {
        let name = self.headers.remove(place);
        self.style.retain(|cell, _| place_of(cell, &name).is_none());
        for row in self.data.iter_mut().chain(&mut self.values) {
            if place < row.len() {
                row.remove(place);
            }
        }
        if place < self.width.len() {
            self.width.remove(place);
        }
    }

    pub(super) fn add_row(&mut self) {
        let empty = vec![Datum::Text(String::new()); self.headers.len()];
        self.data.push(empty.clone());
        self.values.push(empty);
        for name in &self.headers {
            let cell = format!("{name}{}", self.data.len());
            self.style.insert(cell, Datum::Text(STYLE.to_owned()));
        }
    }

    pub(super) fn delete_row(&mut self, place: usize) {
        self.data.remove(place);
        if place < self.values.len() {
            self.values.remove(place);
        }
        let style = std::mem::take(&mut self.style);
        for (cell, css) in style {
            let name = self.headers.iter().find(|name| place_of(&cell, name).is_some());
            let Some((name, row)) = name.and_then(|n| Some((n, place_of(&cell, n)?)))
            else {
                self.style.insert(cell, css);
                continue;
            };
            match row.cmp(&(place + 1)) {
                std::cmp::Ordering::Less => self.style.insert(cell, css),
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => {
                    self.style.insert(format!("{name}{}", row - 1), css)
                }
            };
        }
    }

    /// Another header; the styles of its cells go along.
    pub(super) fn rename(&mut self, place: usize, name: &str) -> Result<(), ScriptError> {
        if self.headers.iter().any(|header| header == name) {
            let message = format!("there is a column `{name}` already");
            return Err(ScriptError::new(ErrorKind::Conflict, message));
        }
        let old = std::mem::replace(&mut self.headers[place], name.to_owned());
        for row in 1..=self.data.len() {
            if let Some(css) = self.style.remove(&format!("{old}{row}")) {
                self.style.insert(format!("{name}{row}"), css);
            }
        }
        Ok(())
    }
}

/// The row of a cell such as `A12`, where it is in this column.
fn place_of(cell: &str, name: &str) -> Option<usize> {
    cell.strip_prefix(name)?.parse().ok()
}

fn header(place: usize) -> String {
    let letter =
        |place: usize| char::from(b'A' + u8::try_from(place % LETTERS).unwrap_or(0));
    match place.checked_sub(LETTERS) {
        None => letter(place).to_string(),
        Some(rest) => [letter(rest / LETTERS), letter(rest)].iter().collect(),
    }
}

fn missing(message: String) -> ScriptError {
    ScriptError::not_found(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_go_on_behind_z_with_two_letters() {
        assert_eq!(
            [0, 25, 26, 51, 52, MOST - 1].map(header),
            ["A", "Z", "AA", "AZ", "BA", "ZZ"]
        );
    }

    #[test]
    fn a_sheet_is_read_as_it_was_written() {
        let sheet = Sheet::new(2, 1).unwrap();
        sheet.grid().data[0][0] = Datum::Text("=1+1".to_owned());
        let again = Sheet::read(&sheet.written().unwrap()).unwrap();
        assert_eq!(again.to_json().unwrap(), sheet.to_json().unwrap());
        assert!(Sheet::read("<DATA>no</DATA>").is_none());
    }

    #[test]
    fn styles_go_with_their_rows_and_columns() {
        let sheet = Sheet::new(2, 3).unwrap();
        let mut grid = sheet.grid();
        grid.style.insert("A3".to_owned(), Datum::Text("bold".to_owned()));
        grid.rename(0, "Z").unwrap();
        grid.delete_row(0);
        assert_eq!(grid.style.get("Z2"), Some(&Datum::Text("bold".to_owned())));
        assert_eq!(grid.style.len(), 4);
        grid.delete_column(0);
        assert_eq!(grid.style.len(), 2);
    }
}
