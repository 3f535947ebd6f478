use rhai::{Array, Dynamic, Map};

use crate::script::report::{self, Cell, Table};

/// The value as one JSON document, with an item a line; one object alone is no list.
pub(super) fn document(value: &Dynamic, alone: bool) -> String {
    if let Some(map) = value.read_lock::<Map>() {
        let pairs = map.iter().map(|(key, value)| pair(key, &inline(value)));
        return block('{', &pairs.collect::<Vec<_>>(), '}');
    }
    if let Some(table) = report::table(value).filter(|_| alone) {
        return block(
            '{',
            &table.rows.first().map_or(Vec::new(), |row| pairs(&table, row)),
            '}',
        );
    }
    match items(value) {
        Some(items) => block('[', &items, ']'),
        None => format!("{}\n", inline(value)),
    }
}

/// An item a line.
pub(super) fn lines(value: &Dynamic) -> String {
    match items(value) {
        Some(items) => super::lines(items),
        None => format!("{}\n", inline(value)),
    }
}

/// The rows of a table, as a list of objects.
pub(super) fn table_document(table: &Table) -> String {
    block('[', &objects(table), ']')
}

/// A row of a table a line.
pub(super) fn table_lines(table: &Table) -> String {
    super::lines(objects(table))
}

fn block(open: char, items: &[String], close: char) -> String {
    if items.is_empty() {
        return format!("{open}{close}\n");
    }
    format!("{open}\n  {}\n{close}\n", items.join(",\n  "))
}

/// The items of a list, whatever it is a list of.
fn items(value: &Dynamic) -> Option<Vec<String>> {
    if let Some(items) = value.read_lock::<Array>() {
        return Some(items.iter().map(inline).collect());
    }
    if value.is_map() {
        return None;
    }
    report::table(value).map(|table| objects(&table))
}

fn inline(value: &Dynamic) -> String {
    if value.is_unit() {
        return "null".to_owned();
    }
    if value.is_int() || value.is_bool() {
        return value.to_string();
    }
    if let Ok(number) = value.as_float() {
        return if number.is_finite() { value.to_string() } else { "null".to_owned() };
    }
    if let Some(items) = value.read_lock::<Array>() {
        let items: Vec<String> = items.iter().map(inline).collect();
        return format!("[{}]", items.join(","));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let pairs = map.iter().map(|(key, value)| pair(key, &inline(value)));
        return format!("{{{}}}", pairs.collect::<Vec<_>>().join(","));
    }
    match report::table(value).as_ref().map(objects) {
        Some(objects) => objects.join(","),
        None => quoted(&value.to_string()),
    }
}

fn objects(table: &Table) -> Vec<String> {
    let object = |row: &Vec<Cell>| format!("{{{}}}", pairs(table, row).join(","));
    table.rows.iter().map(object).collect()
}

fn pairs(table: &Table, row: &[Cell]) -> Vec<String> {
    table
        .columns
        .iter()
        .zip(row)
        .map(|(column, value)| pair(column, &cell(value)))
        .collect()
}

fn cell(cell: &Cell) -> String {
    serde_json::to_string(cell).expect("a cell is always JSON")
}

fn pair(key: &str, value: &str) -> String {
    format!("{}:{value}", quoted(key))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON")
}
