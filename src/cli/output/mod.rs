//! Values as text, in the format that was asked for.
mod grid;
mod json;
mod separated;

use rhai::{Array, Dynamic};

use super::global::Format;
use crate::script::{Entity, Failure, report};

/// What is written for a value: nothing for `()`, a scalar alone, else a table.
pub(crate) fn render(
    value: &Dynamic,
    format: Format,
    width: Option<u16>,
) -> Result<String, Failure> {
    if value.is_unit() {
        return Ok(String::new());
    }
    let is_object = value.is::<Entity>();
    let value = &report::fetched(value)?;
    let alone = is_object || value.is_map();
    match format {
        Format::Json => Ok(json::document(value, alone)),
        Format::Jsonl => Ok(json::lines(value)),
        Format::Table => Ok(tabular(value, |table| match alone {
            true => grid::down(table, width),
            false => grid::across(table, width),
        })),
        Format::Csv => Ok(tabular(value, |table| separated::text(table, b','))),
        Format::Tsv => Ok(tabular(value, |table| separated::text(table, b'\t'))),
    }
}

/// What is written for a table of our own.
pub(crate) fn render_table(
    table: &report::Table,
    format: Format,
    width: Option<u16>,
) -> String {
    match format {
        Format::Json => json::table_document(table),
        Format::Jsonl => json::table_lines(table),
        Format::Table => grid::across(table, width),
        Format::Csv => separated::text(table, b','),
        Format::Tsv => separated::text(table, b'\t'),
    }
}

/// A value that is no table is a line, or a line for each of its items.
fn tabular(value: &Dynamic, write: impl Fn(&report::Table) -> String) -> String {
    if let Some(table) = report::table(value) {
        return write(&table);
    }
    match value.read_lock::<Array>() {
        Some(items) => lines(items.iter().map(ToString::to_string)),
        None => format!("{value}\n"),
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: &str, format: Format) -> String {
        let value: Dynamic = rhai::Engine::new().eval(script).unwrap();
        render(&value, format, Some(80)).unwrap()
    }

    #[test]
    fn a_scalar_stands_alone_and_nothing_is_nothing() {
        assert_eq!(shown("42", Format::Table), "42\n");
        assert_eq!(shown("\"a b\"", Format::Csv), "a b\n");
        assert_eq!(shown("\"a b\"", Format::Json), "\"a b\"\n");
        assert_eq!(shown("()", Format::Table), "");
        assert_eq!(shown("[1, 2]", Format::Table), "1\n2\n");
    }

    #[test]
    fn maps_make_rows_in_every_format() {
        let rows = "[#{ code: \"A\", n: 1 }, #{ code: \"B, C\" }]";
        assert_eq!(shown(rows, Format::Csv), "code,n\nA,1\n\"B, C\",\n");
        assert_eq!(shown(rows, Format::Tsv), "code\tn\nA\t1\nB, C\t\n");
        assert_eq!(
            shown(rows, Format::Jsonl),
            "{\"code\":\"A\",\"n\":1}\n{\"code\":\"B, C\"}\n"
        );
        assert_eq!(shown(rows, Format::Table), "code  n\nA     1\nB, C\n");
    }

    #[test]
    fn one_map_is_shown_from_top_to_bottom() {
        assert_eq!(shown("#{ a: 1, bc: \"x\" }", Format::Table), "a   1\nbc  x\n");
        assert_eq!(shown("#{ a: [1, ()] }", Format::Json), "{\n  \"a\":[1,null]\n}\n");
    }
}
