//! Objects as a spreadsheet, in the blocks that openBIS writes.
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::model::{Kind, Timestamp};
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;

/// The kinds in their order: how their blocks begin, and what names the type.
const BLOCKS: &[(Kind, &str, &str)] = &[
    (Kind::Space, "SPACE", ""),
    (Kind::Project, "PROJECT", ""),
    (Kind::Experiment, "EXPERIMENT", "Experiment type"),
    (Kind::Sample, "SAMPLE", "Sample type"),
    (Kind::DataSet, "DATASET", "Dataset type"),
];

/// The objects as a workbook of one sheet.
pub(in crate::sandbox) fn workbook(
    work: &Work<'_>,
    objects: &[&Object],
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut row = 0;
    for block in BLOCKS {
        let own = objects.iter().filter(|object| object.kind == block.0);
        let mut types: Vec<Option<Number>> =
            own.clone().map(|it| it.one("type")).collect();
        types.sort_unstable();
        types.dedup();
        for entity_type in types {
            let same: Vec<&Object> =
                own.clone().filter(|it| it.one("type") == entity_type).copied().collect();
            let lines = lines(work, block, entity_type, &same);
            row = write(sheet, row, &lines)? + 1;
        }
    }
    workbook.save_to_buffer()
}

/// Writes the lines from this row on; the row behind them.
fn write(
    sheet: &mut Worksheet,
    from: u32,
    lines: &[Vec<String>],
) -> Result<u32, XlsxError> {
    let mut row = from;
    for line in lines {
        for (column, text) in (0..).zip(line) {
            sheet.write_string(row, column, text)?;
        }
        row += 1;
    }
    Ok(row)
}

/// A block: what it is of, the names of the columns, a line for each object.
fn lines(
    work: &Work<'_>,
    (_, title, type_title): &(Kind, &str, &str),
    entity_type: Option<Number>,
    objects: &[&Object],
) -> Vec<Vec<String>> {
    let mut lines = vec![vec![(*title).to_owned()]];
    let of_type = entity_type.and_then(|number| work.object(number).ok());
    if let Some(of_type) = of_type {
        lines.push(vec![(*type_title).to_owned()]);
        lines.push(vec![of_type.code().to_owned()]);
    }
    let properties = entity_type.map_or_else(Vec::new, |it| properties(work, it));
    let Some(first) = objects.first() else { return lines };
    let names = attributes(work, first).into_iter().map(|(name, _)| name.to_owned());
    lines.push(names.chain(properties.iter().map(|it| it.1.clone())).collect());
    for object in objects {
        let held = object.map("properties");
        let value = |code: &String| held.and_then(|it| it.get(code)).cloned();
        let values = properties.iter().map(|(code, _)| value(code).unwrap_or_default());
        let own = attributes(work, object).into_iter().map(|(_, value)| value);
        lines.push(own.chain(values).collect());
    }
    lines
}

/// Codes and labels of the properties of a type, in its order.
fn properties(work: &Work<'_>, entity_type: Number) -> Vec<(String, String)> {
    let assigned =
        work.store.linking(Kind::PropertyAssignment, "entityType", entity_type);
    let mut assigned: Vec<&Object> = assigned.map(|it| &**it).collect();
    assigned.sort_by_key(|it| it.integer("ordinal"));
    let types = assigned.iter().filter_map(|it| it.one("propertyType"));
    let types = types.filter_map(|number| work.object(number).ok());
    types
        .map(|it| {
            let label = it.text("label").unwrap_or_default();
            (it.code().to_owned(), label.to_owned())
        })
        .collect()
}

fn attributes(work: &Work<'_>, object: &Object) -> Vec<(&'static str, String)> {
    let holder = |field: &str| {
        let number = object.one(field);
        let holder = number.and_then(|number| work.object(number).ok());
        holder.filter(|it| work.rights.sees(&work.store, it))
    };
    let path = |field: &str| {
        holder(field).map(|it| identifier::of(&work.store, it)).unwrap_or_default()
    };
    let code =
        |field: &str| holder(field).map(|it| it.code().to_owned()).unwrap_or_default();
    let text = |field: &str| object.text(field).unwrap_or_default().to_owned();
    let own = || identifier::of(&work.store, object);
    let mut named = match object.kind {
        Kind::Project => vec![
            ("Identifier", own()),
            ("Code", text("code")),
            ("Space", code("space")),
            ("Description", text("description")),
        ],
        Kind::Experiment => vec![
            ("PermId", text("permId")),
            ("Identifier", own()),
            ("Code", text("code")),
            ("Project", path("project")),
        ],
        Kind::Sample => vec![
            ("PermId", text("permId")),
            ("Identifier", own()),
            ("Code", text("code")),
            ("Space", code("space")),
            ("Project", path("project")),
            ("Experiment", path("experiment")),
            ("Parents", relatives(work, object.many("parents").iter().copied())),
            ("Children", children(work, object)),
        ],
        Kind::DataSet => vec![
            ("Code", text("code")),
            ("Experiment", path("experiment")),
            ("Sample", path("sample")),
        ],
        _ => vec![("Code", text("code")), ("Description", text("description"))],
    };
    let date = |field: &str| object.time(field).map(stamp).unwrap_or_default();
    let person = |field: &str| {
        let person = object.one(field).and_then(|number| work.object(number).ok());
        person.and_then(|it| it.text("userId")).unwrap_or_default().to_owned()
    };
    named.push(("Registrator", person("registrator")));
    named.push(("Registration Date", date("registrationDate")));
    named.push(("Modifier", person("modifier")));
    named.push(("Modification Date", date("modificationDate")));
    named
}

fn children(work: &Work<'_>, object: &Object) -> String {
    let children = work.store.live_linking(Kind::Sample, "parents", object.number);
    relatives(work, children.map(|it| it.number))
}

/// Their identifiers, a line for each; of those that the caller sees.
fn relatives(work: &Work<'_>, numbers: impl Iterator<Item = Number>) -> String {
    let objects = numbers.filter_map(|number| work.object(number).ok());
    let seen = objects.filter(|it| work.rights.sees(&work.store, it));
    let named = seen.map(|it| identifier::of(&work.store, it));
    named.collect::<Vec<_>>().join("\n")
}

fn stamp(millis: i64) -> String {
    let time = Timestamp(millis);
    let time = chrono::DateTime::from_timestamp_millis(time.0).unwrap_or_default();
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}
