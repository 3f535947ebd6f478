use std::collections::BTreeMap;

use super::Step;
use crate::ledger::verb;
use crate::model::{Change, Edit, Kind, Link, Record, Value, several};
use crate::script::report::{Cell, Table};
use crate::script::value::called;

/// What a run would change.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By the address of the openBIS: what would go in one call each.
    pub servers: Vec<(String, Vec<Vec<Step>>)>,
}

/// How many objects a plan touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub creates: u64,
    pub updates: u64,
    pub deletes: u64,
    pub others: u64,
}

impl Plan {
    pub(super) fn of<'s>(
        servers: impl Iterator<Item = (&'s str, &'s [Vec<Step>])>,
    ) -> Self {
        let some = servers.filter(|(_, calls)| !calls.is_empty());
        let servers = some.map(|(url, calls)| (url.to_owned(), calls.to_vec())).collect();
        Self { servers }
    }

    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.servers.iter().flat_map(|(_, calls)| calls.iter().flatten())
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for step in self.steps() {
            let total = match &step.change {
                Change::Create(_) => &mut totals.creates,
                Change::Update { .. } => &mut totals.updates,
                Change::Delete { .. } => &mut totals.deletes,
                Change::Archive { .. }
                | Change::Unarchive { .. }
                | Change::Lock { .. }
                | Change::Unlock { .. }
                | Change::Confirm { .. }
                | Change::Revert { .. }
                | Change::Call(_) => &mut totals.others,
            };
            *total += step.objects();
        }
        totals
    }

    /// A row for each object that is created or deleted, and for each field that changes.
    pub fn table(&self) -> Table {
        let columns = ["change", "kind", "object", "field", "before", "after"];
        let rows = self.steps().flat_map(rows).collect();
        Table { columns: columns.map(str::to_owned).into(), rows }
    }
}

impl std::fmt::Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { creates, updates, deletes, others } = self;
        write!(f, "create: {creates}, update: {updates}, delete: {deletes}")?;
        if *others > 0 {
            write!(f, ", other: {others}")?;
        }
        Ok(())
    }
}

type Row = Vec<Cell>;

fn rows(step: &Step) -> Vec<Row> {
    match &step.change {
        Change::Create(record) => {
            let whole = text_of_new(record);
            vec![row(step, 0, ["", "", &whole])]
        }
        Change::Update { id, edits } => {
            let mut rows = Vec::new();
            for (name, edit) in edits {
                let before = step.before.get(name);
                edited(id.kind(), name, edit, before, &mut |field, before, after| {
                    rows.push(row(step, 0, [field, before, after]));
                });
            }
            rows
        }
        Change::Delete { reason, .. } => (0..step.labels.len())
            .map(|place| row(step, place, ["", "", reason]))
            .collect(),
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. } => {
            (0..step.labels.len()).map(|place| row(step, place, ["", "", ""])).collect()
        }
        Change::Call(called) => {
            let cells = ["call", "", &called.method, "", "", &called.shown()];
            vec![cells.map(cell).into()]
        }
    }
}

fn row(step: &Step, place: usize, [field, before, after]: [&str; 3]) -> Row {
    let kind = step.kind().map_or_else(String::new, called);
    let label = step.labels.get(place).map_or("", String::as_str);
    [verb(&step.change), &kind, label, field, before, after].map(cell).into()
}

fn cell(text: &str) -> Cell {
    match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    }
}

/// Tells what an edit does, property by property.
fn edited(
    kind: Kind,
    name: &str,
    edit: &Edit,
    before: Option<&Value>,
    tell: &mut dyn FnMut(&str, &str, &str),
) {
    if let Edit::Properties(edits) = edit {
        let old = match before {
            Some(Value::Properties(all) | Value::Map(all)) => all.clone(),
            Some(_) | None => BTreeMap::new(),
        };
        for (code, value) in edits {
            let before = old.get(code).map_or("", String::as_str);
            let after = value.as_deref().unwrap_or("");
            let [before, after] = [before, after].map(several::shown);
            tell(&code.to_lowercase(), &before, &after);
        }
        return;
    }
    let field = kind.spec().field(name);
    let known = before.is_some() || edit.is_whole();
    let after = match (field, known) {
        (Some(field), true) => text(&edit.after(field.ty, before)),
        (_, _) => relative(edit),
    };
    tell(name, &before.map(text).unwrap_or_default(), &after);
}

/// What comes and goes, where nobody knows the rest.
fn relative(edit: &Edit) -> String {
    let links = |sign: &str, links: &[Link]| {
        links.iter().map(|link| format!("{sign}{}", link_text(link))).collect::<Vec<_>>()
    };
    let all = match edit {
        Edit::AddRemove { add, remove } => [links("+", add), links("-", remove)].concat(),
        Edit::Parts { add, remove } => {
            let add: Vec<Link> = add.iter().cloned().map(Link::part).collect();
            let gone = remove.iter().map(|name| format!("-{name}")).collect();
            [links("+", &add), gone].concat()
        }
        Edit::Links(all) => links("", all),
        Edit::Set(value) => vec![text(value)],
        Edit::Properties(_) => Vec::new(),
    };
    all.join(", ")
}

/// What a new object holds, without its code.
fn text_of_new(record: &Record) -> String {
    let mut record = record.clone();
    record.apply(&record.edits().clone());
    let shown = record.iter().filter(|(name, value)| {
        let written =
            record.kind().spec().field(name).is_some_and(|field| field.on_create);
        written && *name != "code" && **value != Value::Null
    });
    let pairs = shown.map(|(name, value)| match value {
        Value::Properties(all) => {
            let all = all
                .iter()
                .map(|(code, text)| format!("{}: {}", code.to_lowercase(), short(text)));
            all.collect::<Vec<_>>().join(", ")
        }
        value => format!("{name}: {}", text(value)),
    });
    pairs.filter(|pair| !pair.is_empty()).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => short(text),
        Value::Flag(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Time(time) => crate::script::Moment::from(*time).to_string(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Value::Texts(texts) => texts.join(", "),
        Value::Map(map) | Value::Properties(map) => {
            let pairs = map.iter().map(|(key, text)| format!("{key}: {}", short(text)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Value::One(link) => link_text(link),
        Value::Many(links) => links.iter().map(link_text).collect::<Vec<_>>().join(", "),
    }
}

fn link_text(link: &Link) -> String {
    match &link.record {
        Some(record) => record.label(),
        None => link.id.text().to_owned(),
    }
}

/// Long texts are cut.
fn short(text: &str) -> String {
    const SHOWN: usize = 80;
    let text = &*several::shown(text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
