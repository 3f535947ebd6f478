//! Values as tables, for whoever prints them.
use rhai::{Array, Dynamic, Map};

/// Columns and rows, all as text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    /// A text.
    Text(String),
    /// A number, a boolean: as written in JSON.
    Plain(String),
    /// A list, as texts.
    List(Vec<String>),
}

impl Cell {
    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::List(items) => items.join(", "),
        }
    }
}

/// The table that a value makes, if it is one: records, results, arrays of maps, maps.
pub fn table(value: &Dynamic) -> Option<Table> {
    if let Some(rows) = value.clone().try_cast::<Array>() {
        let maps: Option<Vec<Map>> =
            rows.into_iter().map(Dynamic::try_cast::<Map>).collect();
        return maps.map(|maps| of_maps(&maps));
    }
    value.clone().try_cast::<Map>().map(|map| of_maps(&[map]))
}

fn of_maps(maps: &[Map]) -> Table {
    let mut columns: Vec<String> = Vec::new();
    for key in maps.iter().flat_map(Map::keys) {
        if !columns.iter().any(|column| column == key.as_str()) {
            columns.push(key.to_string());
        }
    }
    let row = |map: &Map| {
        columns.iter().map(|c| map.get(c.as_str()).map_or(Cell::Empty, cell)).collect()
    };
    let rows = maps.iter().map(row).collect();
    Table { columns, rows }
}

fn cell(value: &Dynamic) -> Cell {
    if value.is_unit() {
        return Cell::Empty;
    }
    if value.is_int() || value.is_bool() || value.is_float() {
        return Cell::Plain(value.to_string());
    }
    match value.read_lock::<Array>() {
        Some(items) => Cell::List(items.iter().map(Dynamic::to_string).collect()),
        None => Cell::Text(value.to_string()),
    }
}
