//! Values as tables, for whoever prints them.
use rhai::{Array, Dynamic, Map};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::properties::Props;
use super::{Entity, Results, SavedToken, ScriptError, columns};

/// Columns and rows, in order: `df` in scripts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Flag(bool),
    Integer(i64),
    Real(f64),
    List(Vec<Cell>),
    /// Values by name, in the order of the names.
    Map(Vec<(String, Cell)>),
}

impl Cell {
    /// What a value shows.
    pub fn of(value: &Dynamic) -> Self {
        if value.is_unit() {
            return Self::Empty;
        }
        if let Ok(number) = value.as_int() {
            return Self::Integer(number);
        }
        if let Ok(number) = value.as_float() {
            return Self::Real(number);
        }
        if let Ok(flag) = value.as_bool() {
            return Self::Flag(flag);
        }
        if let Some(items) = value.read_lock::<Array>() {
            return Self::List(items.iter().map(Self::of).collect());
        }
        if let Some(map) = value.read_lock::<Map>() {
            let pairs =
                map.iter().map(|(name, value)| (name.to_string(), Self::of(value)));
            return Self::Map(pairs.collect());
        }
        Self::Text(columns::text(value))
    }

    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::List(items) => {
                items.iter().map(Self::text).collect::<Vec<_>>().join(", ")
            }
            Self::Map(pairs) => {
                let pairs =
                    pairs.iter().map(|(name, cell)| format!("{name}: {}", cell.text()));
                pairs.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl Table {
    /// The table as CSV, with a line of column names.
    pub fn to_csv(&self) -> Result<Vec<u8>, ScriptError> {
        let failed = |error: &dyn std::fmt::Display| {
            ScriptError::new(super::ErrorKind::File, format!("no CSV: {error}"))
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns).map_err(|e| failed(&e))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::text)).map_err(|e| failed(&e))?;
        }
        writer.into_inner().map_err(|e| failed(&e))
    }

    /// The table as JSON: a list of objects.
    pub fn to_json(&self) -> Result<String, ScriptError> {
        serde_json::to_string_pretty(self).map_err(|error| {
            ScriptError::new(super::ErrorKind::File, format!("no JSON: {error}"))
        })
    }
}

/// The value with everything in it that openBIS has to be asked for: objects and what a
/// search found are tables then, or names within lists and maps.
pub fn fetched(value: &Dynamic) -> Result<Dynamic, ScriptError> {
    if let Some(entity) = value.read_lock::<Entity>() {
        let table = columns::of_entities(&[Entity::clone(&entity)])?;
        return Ok(Dynamic::from(table));
    }
    if let Some(results) = value.read_lock::<Results>() {
        return Ok(Dynamic::from(columns::of_results(&results)?));
    }
    if let Some(props) = value.read_lock::<Props>() {
        return within(&Dynamic::from_map(props.all()?));
    }
    if let Some(items) = value.read_lock::<Array>() {
        let entities: Option<Vec<Entity>> =
            items.iter().map(|item| item.clone().try_cast::<Entity>()).collect();
        if let Some(entities) = entities.filter(|entities| !entities.is_empty()) {
            return Ok(Dynamic::from(columns::of_entities(&entities)?));
        }
    }
    within(value)
}

/// Within lists and maps an object is its name.
fn within(value: &Dynamic) -> Result<Dynamic, ScriptError> {
    if let Some(items) = value.read_lock::<Array>() {
        let items: Result<Array, ScriptError> = items.iter().map(within).collect();
        return Ok(Dynamic::from_array(items?));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let pairs = map.iter().map(|(name, value)| Ok((name.clone(), within(value)?)));
        return Ok(Dynamic::from_map(pairs.collect::<Result<Map, ScriptError>>()?));
    }
    if let Some(results) = value.read_lock::<Results>() {
        let names = results.pages().map(|entity| Ok(entity?.label().into()));
        return Ok(Dynamic::from_array(names.collect::<Result<Array, ScriptError>>()?));
    }
    if let Some(props) = value.read_lock::<Props>() {
        return within(&Dynamic::from_map(props.all()?));
    }
    if let Some(saved) = value.read_lock::<SavedToken>() {
        return within(&Dynamic::from_map(saved.facts()));
    }
    if value.is_unit() || value.is_int() || value.is_float() || value.is_bool() {
        return Ok(value.clone());
    }
    if value.read_lock::<Table>().is_some() {
        return Ok(value.clone());
    }
    Ok(columns::text(value).into())
}

/// The table that a fetched value makes, if it is one: tables, maps, lists of maps.
pub fn table(value: &Dynamic) -> Option<Table> {
    if let Some(table) = value.read_lock::<Table>() {
        return Some(table.clone());
    }
    if let Some(map) = value.read_lock::<Map>() {
        return Some(of_maps(&[Map::clone(&map)]));
    }
    let items = value.read_lock::<Array>()?;
    let maps: Option<Vec<Map>> =
        items.iter().map(|item| item.clone().try_cast::<Map>()).collect();
    maps.filter(|maps| !maps.is_empty()).map(|maps| of_maps(&maps))
}

fn of_maps(maps: &[Map]) -> Table {
    let mut names: Vec<String> = Vec::new();
    for key in maps.iter().flat_map(Map::keys) {
        if !names.iter().any(|name| name == key.as_str()) {
            names.push(key.to_string());
        }
    }
    let row = |map: &Map| {
        names.iter().map(|n| map.get(n.as_str()).map_or(Cell::Empty, Cell::of)).collect()
    };
    let rows = maps.iter().map(row).collect();
    Table { columns: names, rows }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => to.serialize_unit(),
            Self::Text(text) => to.serialize_str(text),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Integer(number) => to.serialize_i64(*number),
            Self::Real(number) => to.serialize_f64(*number),
            Self::List(items) => items.serialize(to),
            Self::Map(pairs) => {
                to.collect_map(pairs.iter().map(|(name, cell)| (name, cell)))
            }
        }
    }
}

/// One row, by column.
struct Row<'t>(&'t [String], &'t [Cell]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut rows = to.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            rows.serialize_element(&Row(&self.columns, row))?;
        }
        rows.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_maps_is_a_table_whose_gaps_are_empty() {
        let engine = rhai::Engine::new();
        let rows = engine.eval::<Dynamic>("[#{a: 1}, #{a: 2, b: \"x\"}]").unwrap();
        let table = table(&rows).unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.rows[0], [Cell::Integer(1), Cell::Empty]);
        assert_eq!(table.to_csv().unwrap(), b"a,b\n1,\n2,x\n");
    }
}
